"""Every script in Examples/, run as its head says, on a dev server of its own."""

import pathlib
import shlex
import sys
from collections.abc import Callable

import pytest
from programs import Outcome, Program

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "Examples"
DEMO_WORKER = EXAMPLES / "demo_worker.py"
TEST_WORKER = ROOT / "Tests" / "Support" / "test_worker.py"

#: Starts what the operators' scripts are to find: two that wait, and one whose activity fails for ever.
PREPARE = """
local queue = "moondial-test"
for i = 1, 2 do client:start_workflow { "Mailbox", id = "mailbox-" .. i, task_queue = queue } end
local stuck = client:start_workflow {
  "RunActivity", args = { "failing_activity", { "the card processor is busy" }, 0 }, id = "order-1", task_queue = queue,
}
repeat async.sleep(0.05) until client:count_workflows("ExecutionStatus = 'Running'").count == 3
repeat
  async.sleep(0.05)
  local pending = (stuck:describe().raw.pending_activities or {})[1]
until pending and pending.attempt >= 2 and pending.last_failure
"""


@pytest.fixture
def example(start: Callable[..., Program]) -> Callable[..., Outcome]:
    """Runs an example on a server of its own, after a piece of Lua."""

    def example(name: str, *arguments: str, before: str = "", worker: pathlib.Path = TEST_WORKER) -> Outcome:
        path = str(ROOT / ".venv" / "bin") + ":/usr/bin:/bin"
        dev = ["--dev", "--dev-worker", shlex.join([sys.executable, str(worker)])]
        return start(*dev, "-e", before, str(EXAMPLES / name), *arguments, PATH=path).finish()

    return example


def test_every_example_has_its_test():
    assert {file.name for file in EXAMPLES.glob("*.lua")} == {"tour.lua", "stuck.lua", "signal_all.lua"}


def test_tour(example):
    status, stdout, stderr = example("tour.lua", worker=DEMO_WORKER)
    assert (status, stderr) == (0, "")
    assert "Hello, Moon!" in stdout and "WORKFLOW_EXECUTION_COMPLETED" in stdout
    assert stdout.endswith("-- its result\nHei, Luna!\n")


def test_stuck(example):
    status, stdout, stderr = example("stuck.lua", "", "2", before=PREPARE)
    assert status == 4
    assert stdout.startswith("order-1  failing_activity, attempt ") and "the card processor is busy" in stdout
    assert stderr == "1 of 3 running workflows are stuck\n"


def test_stuck_finds_nothing_where_a_filter_leaves_nothing(example):
    status, stdout, stderr = example("stuck.lua", "WorkflowType = 'Mailbox'", "1", before=PREPARE)
    assert (status, stdout, stderr) == (0, "", "0 of 2 running workflows are stuck\n")


def test_signal_all_says_what_it_would_do(example):
    status, stdout, stderr = example("signal_all.lua", "WorkflowType = 'Mailbox'", "finish", before=PREPARE)
    assert (status, stderr) == (0, "")
    assert sorted(stdout.splitlines())[0].startswith("2 workflows would be sent finish")
    assert "mailbox-1\tMailbox" in stdout and "mailbox-2\tMailbox" in stdout


def test_signal_all(example):
    status, stdout, stderr = example(
        "signal_all.lua", "--yes", "WorkflowType = 'Mailbox'", "put", '"Luna"', before=PREPARE
    )
    assert (status, stdout, stderr) == (0, "2 workflows were sent put, 0 could not be\n", "")


def test_signal_all_refuses_what_is_no_json(example):
    status, stdout, stderr = example("signal_all.lua", "", "finish", "{")
    assert (status, stdout) == (2, "")
    assert stderr == "signal_all.lua: arguments must be JSON, not '{'\nsignal_all.lua --help tells more\n"


@pytest.mark.parametrize("name", ["stuck.lua", "signal_all.lua"])
def test_the_help_of_a_script(start, name):
    status, stdout, stderr = start(str(EXAMPLES / name), "--help").finish()
    assert (status, stderr) == (0, "")
    assert stdout.startswith(f"usage: {name} ") and "a list filter" in stdout
