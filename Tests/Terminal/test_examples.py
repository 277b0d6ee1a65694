"""Every script in Examples/, run as its head says, on a dev server of its own."""

import json
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
    assert {file.name for file in EXAMPLES.glob("*.lua")} == {
        "backlog.lua",
        "cancel_old.lua",
        "codec.lua",
        "pause_schedules.lua",
        "reset_failed.lua",
        "signal_all.lua",
        "start_again.lua",
        "stuck.lua",
        "tour.lua",
    }


def test_tour(example):
    status, stdout, stderr = example("tour.lua", worker=DEMO_WORKER)
    assert (status, stderr) == (0, "")
    assert "Hello, Moon!" in stdout and "WORKFLOW_EXECUTION_COMPLETED" in stdout
    assert stdout.endswith("-- its result\nHei, Luna!\n")


def test_codec(example):
    status, stdout, stderr = example("codec.lua")
    assert (status, stderr) == (0, "")
    assert stdout == (
        "with the codec:   \t4111 1111\nwithout the codec:\ttemporal.payload(binary/masked, 20 bytes)\n"
    )


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


def test_cancel_old_says_what_it_would_do(example):
    status, stdout, stderr = example("cancel_old.lua", "0s", "--type", "Mailbox", before=PREPARE)
    assert (status, stderr) == (0, "")
    assert stdout.startswith("Dry run  would do 2 of 2\n") and "mailbox-1" in stdout and "mailbox-2" in stdout


def test_cancel_old(example, tmp_path):
    check = """
      for i = 1, 2 do
        for e in client:get_workflow_handle("mailbox-" .. i):fetch_history_events() do
          local request = e.workflow_execution_cancel_requested_event_attributes
          if request then assert(request.cause == "it has run for longer than 0s") print("canceled", i) end
        end
      end"""
    run = 'arg = { [0] = "cancel_old.lua", "--yes", "0s", "--type", "Mailbox", "--file", "done.jsonl" } os.exit = function(code) assert(code == 0) end '
    path = EXAMPLES / "cancel_old.lua"
    twice = f"{PREPARE} {run} dofile('{path}') dofile('{path}') {check}"
    (tmp_path / "twice.lua").write_text(twice)
    status, stdout, stderr = example(str(tmp_path / "twice.lua"))
    assert (status, stderr) == (0, "")
    assert "Done   2 of 2" in stdout and "canceled\t1\ncanceled\t2\n" in stdout
    # The second time there may be nothing left to find, or what is found has been done.
    assert "Failed" not in stdout and len((tmp_path / "done.jsonl").read_text().splitlines()) == 2


def test_signal_all_refuses_what_is_no_json(example):
    status, stdout, stderr = example("signal_all.lua", "", "finish", "{")
    assert (status, stdout) == (2, "")
    assert stderr == "signal_all.lua: arguments must be JSON, not '{'\nsignal_all.lua --help tells more\n"


@pytest.mark.parametrize("name", ["stuck.lua", "signal_all.lua", "pause_schedules.lua"])
def test_the_help_of_a_script(start, name):
    status, stdout, stderr = start(str(EXAMPLES / name), "--help").finish()
    assert (status, stderr) == (0, "")
    assert stdout.startswith(f"usage: {name} ") and "a list filter" in stdout


#: Two schedules, the second of which is paused, and a list that shows both.
SCHEDULES = """
for i = 1, 2 do
  client:create_schedule("schedule-" .. i, {
    action = { workflow = "Echo", id = "echo", task_queue = "moondial-test" },
    spec = { intervals = { { every = "1h" } } }, state = { note = "note " .. i, paused = i == 2 } })
end
repeat async.sleep(0.05) until client:count_schedules().count == 2
"""

#: Runs the script a second time, on the same server, and tells the notes of before and after.
AND_RESUME = """
local function notes()
  for i = 1, 2 do
    local state = client:get_schedule_handle("schedule-" .. i):describe().schedule.state
    print(state.paused, state.note)
  end
end
local script = loadfile("%s")
os.exit = notes
script()
arg[1] = "resume"
script()
"""


def test_pause_schedules(example, tmp_path):
    twice = tmp_path / "twice.lua"
    twice.write_text(AND_RESUME % (EXAMPLES / "pause_schedules.lua"))
    status, stdout, stderr = example(str(twice), "pause", "upgrade", "--yes", before=SCHEDULES)
    assert (status, stderr) == (
        0, "1 of 2 schedules were paused, 0 could not be\n1 of 2 schedules were resumed, 0 could not be\n"
    )  # fmt: skip
    assert stdout.splitlines() == [
        "schedule-1", "true\tupgrade | note 1", "true\tnote 2", "schedule-1", "false\tnote 1", "true\tnote 2",
    ]  # fmt: skip


def test_pause_schedules_says_what_it_would_do(example):
    status, stdout, stderr = example("pause_schedules.lua", "pause", "upgrade", before=SCHEDULES)
    assert (status, stderr) == (0, "")
    assert stdout == "schedule-1\n1 of 2 schedules would be paused; say --yes to do it\n"


#: Two that have failed, and one that has not.
FAILED = """
local queue = "moondial-test"
for i = 1, 2 do
  local h = client:start_workflow {
    "RunActivity", args = { "failing_activity", { "no paper" } }, id = "print-" .. i, task_queue = queue,
  }
  pcall(h.result, h)
end
client:execute_workflow { "RunActivity", args = { "echo_activity", { 1 } }, id = "print-3", task_queue = queue }
repeat async.sleep(0.05) until client:count_workflows("ExecutionStatus = 'Failed'").count == 2
"""


def test_reset_failed_says_what_it_would_do(example):
    status, stdout, stderr = example("reset_failed.lua", "RunActivity", "1h", before=FAILED)
    assert (status, stderr) == (0, "")
    *lines, last = stdout.splitlines()
    assert sorted(lines) == ["print-1\tActivityBroke: no paper", "print-2\tActivityBroke: no paper"]
    assert last == "2 workflows would be reset; say --yes to do it"


def test_reset_failed(example):
    status, stdout, stderr = example("reset_failed.lua", "--yes", "RunActivity", "1h", before=FAILED)
    assert (status, stderr) == (0, "")
    assert stdout.endswith("2 workflows were reset, 0 could not be\n")
    assert stdout.count("run ") == 2


def test_reset_failed_finds_nothing_of_another_type(example):
    status, stdout, stderr = example("reset_failed.lua", "--yes", "It's", "1h", before=FAILED)
    assert (status, stdout, stderr) == (0, "0 workflows were reset, 0 could not be\n", "")


def test_start_again(example, tmp_path):
    (tmp_path / "ids").write_text("print-1\n\n  print-2\nprint-3\nnope\n")
    status, stdout, stderr = example("start_again.lua", str(tmp_path / "ids"), before=FAILED)
    assert (status, stderr) == (0, "")
    assert stdout.startswith("Dry run  would do 4 of 4\n") and not (tmp_path / "ids.jsonl").exists()
    status, stdout, stderr = example("start_again.lua", "--yes", str(tmp_path / "ids"), before=FAILED)
    assert (status, stderr) == (1, "")
    assert stdout.startswith("Done    2 of 4\nFailed  2\n")
    assert "WorkflowAlreadyStartedError: Workflow execution already started" in stdout
    lines = [json.loads(line) for line in (tmp_path / "ids.jsonl").read_text().splitlines()]
    assert {line["id"]: line["ok"] for line in lines} == {
        "print-1": True, "print-2": True, "print-3": False, "nope": False,
    }  # fmt: skip


def test_start_again_goes_on_where_it_was(example, tmp_path):
    (tmp_path / "ids").write_text("print-1\nprint-2\n")
    (tmp_path / "ids.jsonl").write_text('{"id":"print-1","ok":true}\n')
    status, stdout, stderr = example("start_again.lua", "--yes", str(tmp_path / "ids"), before=FAILED)
    assert (status, stderr) == (0, "")
    assert stdout.startswith("Done     1 of 2\nSkipped  1  done before\n")


def test_start_again_without_a_file(example):
    status, stdout, stderr = example("start_again.lua", "/nowhere/ids")
    assert (status, stdout) == (1, "") and "cannot open file '/nowhere/ids' (No such file or directory)" in stderr


#: A workflow that nobody is there to run.
LONELY = """
client:start_workflow { "Sleep", id = "lonely", task_queue = "nobody" }
repeat async.sleep(0.05) until client:describe_task_queue("nobody").backlog == 1
"""


def test_backlog(example):
    status, stdout, stderr = example("backlog.lua", "moondial-test", "nobody", before=LONELY)
    assert (status, stderr) == (4, "falling behind: nobody\n")
    header, *rows = stdout.splitlines()
    assert header.split() == ["Task", "queue", "Backlog", "Oldest", "Pollers", "Current", "version"]
    assert [row.split()[:2] for row in rows] == [["moondial-test", "0"], ["nobody", "1"]]


def test_backlog_that_is_none(example):
    status, stdout, stderr = example("backlog.lua", "--above", "1", "moondial-test")
    assert (status, stderr) == (0, "") and "moondial-test" in stdout
