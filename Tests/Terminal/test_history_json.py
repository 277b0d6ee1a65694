"""Histories as JSON: what Moondial writes and reads, beside the Python SDK and the CLI."""

import asyncio
import json
import pathlib
import random
import subprocess
from collections.abc import Callable
from typing import Any, NamedTuple

import make_vectors
import pytest
import test_worker
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from programs import TEMPORAL, Outcome
from temporalio.api.history.v1 import History, HistoryEvent
from temporalio.client import Client, WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

#: What is started, as Lua code, and what is done with its handle `h` before it has ended.
RUNS = {
    "Echo": ("'é\\u{1F319}\\127\\0', 1.5, 2^53, json.null", ""),
    "Fail": ("'broken', 'Broken', { 1, { a = 2 } }", ""),
    "OutliveCancel": ("", "h:cancel{ reason = 'no longer \\u{2764}' }"),
    "Sleep": ("", "h:terminate{ args = { 'one' }, reason = 'stuck' }"),
    "ContinueAsNew": ("1", ""),
    "ReturnProto": ("", ""),
    "ReturnBytes": ("", ""),
    "RunActivity": ("'failing_activity', { 'the processor is busy' }, 2", ""),
    "Parent": ("'Fail', { 'of the child', 'Broken', {} }", ""),
    "ManyEvents": ("600", ""),
    "Mailbox": (
        "",
        """h:signal("put", "one", { two = temporal.bytes("2")[1] })
        h:execute_update("append", 3)
        pcall(h.execute_update, h, "failing_update", "four")
        h:signal("finish")""",
    ),
}

WRITE = """
local id, workflow, list, act = table.unpack(arg)
local args = load("return table.pack(" .. list .. ")")()
h = client:start_workflow {
  workflow, args = args, id = id, task_queue = "moondial-test", memo = { one = 1, two = { "ü" } },
  static_summary = "a summary", retry_policy = { backoff_coefficient = 1.1, maximum_attempts = 1 },
}
load(act)()
pcall(h.result, h, { follow_runs = false })
local history = client:get_workflow_handle(id, { run_id = h.result_run_id }):fetch_history()
assert(history.run_id == h.result_run_id)
assert(temporal.history_from_json(id, history:to_json()):to_json() == history:to_json())
io.write(history:to_json())
"""

READ_AND_WRITE = "io.write(temporal.history_from_json('any', io.read('a')):to_json())"


class Written(NamedTuple):
    """A history that Moondial has fetched and written."""

    workflow_id: str
    run_id: str
    text: str


@pytest.fixture(params=RUNS)
def written(
    request: pytest.FixtureRequest, ask: Callable[..., Outcome], identifier: str, tmp_path: pathlib.Path
) -> Written:
    """The history of each of RUNS."""
    arguments, act = RUNS[request.param]
    script = tmp_path / "write.lua"
    script.write_text(WRITE)
    status, text, stderr = ask(str(script), identifier, request.param, arguments, act)
    assert (status, stderr) == (0, "")
    started = json.loads(text)["events"][0]["workflowExecutionStartedEventAttributes"]
    return Written(identifier, started["originalExecutionRunId"], text)


def fetch(address: str, written: Written) -> WorkflowHistory:
    """The same history as the Python SDK fetches it."""

    async def fetch() -> WorkflowHistory:
        client = await Client.connect(address)
        return await client.get_workflow_handle(written.workflow_id, run_id=written.run_id).fetch_history()

    return asyncio.run(fetch())


def with_sorted_maps(history: WorkflowHistory) -> str:
    """What `to_json` gives, with the keys of maps sorted: their order in Python is another one in each process."""
    tree = history.to_json_dict()
    assert json.dumps(tree, indent=2) == history.to_json()
    sort_maps(History.DESCRIPTOR, tree)
    return json.dumps(tree, indent=2)


def sort_maps(descriptor: Descriptor, tree: dict[str, Any]) -> None:
    for field in descriptor.fields:
        value = tree.get(field.json_name)
        if value is None or field.message_type is None:
            continue
        if make_vectors.is_map(field):
            by_text = field.message_type.fields_by_name["key"].type == FieldDescriptor.TYPE_STRING
            tree[field.json_name] = value = dict(sorted(value.items(), key=lambda e: e[0] if by_text else int(e[0])))
            inner, messages = field.message_type.fields_by_name["value"].message_type, list(value.values())
        else:
            inner, messages = field.message_type, value if isinstance(value, list) else [value]
        for message in messages:
            if inner is not None and isinstance(message, dict):
                sort_maps(inner, message)


def test_is_what_the_python_sdk_writes(address, written):
    history = fetch(address, written)
    assert written.text == with_sorted_maps(history)
    assert WorkflowHistory.from_json(written.workflow_id, written.text) == history


def test_is_what_a_replayer_takes(written):
    replayer = Replayer(workflows=test_worker.WORKFLOWS)
    asyncio.run(replayer.replay_workflow(WorkflowHistory.from_json(written.workflow_id, written.text)))


def test_that_was_changed_is_refused_by_a_replayer(address, ask, identifier, tmp_path):
    (tmp_path / "write.lua").write_text(WRITE)
    text = ask("write.lua", identifier, "RunActivity", "'echo_activity', { 1 }", "").stdout
    assert text.count('"name": "echo_activity"') == 1
    changed = WorkflowHistory.from_json(identifier, text.replace('"name": "echo_activity"', '"name": "another"'))
    with pytest.raises(NondeterminismError):
        asyncio.run(Replayer(workflows=test_worker.WORKFLOWS).replay_workflow(changed))


def test_of_the_cli_is_read(address, ask, written):
    show = [TEMPORAL, "workflow", "show", "--output", "json", "--address", address]
    show += ["--workflow-id", written.workflow_id, "--run-id", written.run_id]
    export = subprocess.run(show, capture_output=True, check=True, timeout=60).stdout
    assert export.decode() != written.text
    assert ask("-e", READ_AND_WRITE, stdin=export) == (0, written.text, "")


def legacy(text: str) -> str:
    """The short names of enum values that older files have, where the Python SDK knows them."""
    words = {
        "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED": "WorkflowExecutionStarted",
        "EVENT_TYPE_ACTIVITY_TASK_FAILED": "ActivityTaskFailed",
        "TASK_QUEUE_KIND_NORMAL": "Normal",
        "RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED": "MaximumAttemptsReached",
    }
    for word, short in words.items():
        assert f'"{word}"' in text
        text = text.replace(f'"{word}"', f'"{short}"')
    return text


def test_with_the_short_names_of_older_files_is_read(ask, identifier, tmp_path):
    (tmp_path / "write.lua").write_text(WRITE)
    text = ask("write.lua", identifier, "RunActivity", "'failing_activity', { 'busy' }, 1", "").stdout
    assert WorkflowHistory.from_json("any", legacy(text)) == WorkflowHistory.from_json("any", text)
    assert ask("-e", READ_AND_WRITE, stdin=legacy(text).encode()) == (0, text, "")


def test_of_every_kind_of_event_is_read_and_written_as_in_python(run, monkeypatch):
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    # Text with a NUL cannot be read: protobuf-c keeps text as C strings.
    monkeypatch.setattr(make_vectors, "TEXTS", [text for text in make_vectors.TEXTS if "\0" not in text])
    maker, events = make_vectors.Maker(seed), []
    attributes = [field.name for field in HistoryEvent.DESCRIPTOR.oneofs_by_name["attributes"].fields]
    for name in attributes * 3:
        event = HistoryEvent(event_id=maker.random.choice(make_vectors.WIDE))
        event.event_type = maker.random.choice([*range(50), 9999])
        maker.fill(event.event_time, 0)
        maker.set(event, HistoryEvent.DESCRIPTOR.fields_by_name[name], 0)
        events.append(event)
    history = WorkflowHistory("any", events)
    assert len(attributes) > 50
    expected = with_sorted_maps(history)
    assert run("-e", READ_AND_WRITE, stdin=history.to_json().encode()) == (0, expected, "")
