"""Every command of the `temporal` CLI prints, sends and changes what Moondial does."""

from __future__ import annotations

import asyncio
import difflib
import json
import os
import re
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import commands_operate
import commands_output
import pytest
from command import Command, Commands
from normal import differing, matches
from temporalio import workflow
from temporalio.api.common.v1 import Payload
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest, SetWorkerDeploymentCurrentVersionRequest
from temporalio.client import Client
from temporalio.common import (
    RawValue, SearchAttributeKey, SearchAttributePair, TypedSearchAttributes, VersioningBehavior,
    WorkerDeploymentVersion,
)  # fmt: skip
from temporalio.service import RPCError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkerDeploymentConfig

ROOT = Path(__file__).resolve().parents[2]
ROWS = set(re.findall(r"^\| \*([a-z-]+)\* \|", (ROOT / "docs" / "differences.md").read_text(), re.MULTILINE))
COMMANDS = [*commands_operate.COMMANDS, *commands_output.COMMANDS]


@workflow.defn(name="Pinned", sandboxed=False, versioning_behavior=VersioningBehavior.PINNED)
class Pinned:
    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)


async def start_workflows(client: Client, shared: str, queue: str) -> None:
    """Starts the workflows of commands_output, and returns when the server lists them all as they are to be."""

    async def start(name: str, workflow_type: str, *args: Any, **options: Any) -> Any:
        options = {"id": f"{shared}-{name}", "task_queue": queue, **options}
        return await client.start_workflow(workflow_type, args=args, **options)

    def payload(encoding: str, data: bytes, **metadata: bytes) -> RawValue:
        return RawValue(Payload(metadata={"encoding": encoding.encode(), **metadata}, data=data))

    keyword = SearchAttributeKey.for_keyword("CustomKeywordField")
    number = SearchAttributeKey.for_float("CustomDoubleField")
    attributes = TypedSearchAttributes([SearchAttributePair(keyword, "it's \"it\""), SearchAttributePair(number, 2.0)])
    memo = {"text": "ü <&>", "list": [1, 2.5, {"a": True}], "bytes": b"\x00\xff",
            "proto": payload("json/protobuf", b'{"x":1}', messageType=b"a.B"), "odd": payload("odd", b"\xff")}  # fmt: skip
    await start("running", "Sleep", memo=memo, search_attributes=attributes, static_summary="in *short*")
    done = [
        await start("done", "Echo", 1, "ü <&>", {"a": [None, 2.5]}),
        await start("null", "Nothing"),
        await start("bytes", "ReturnBytes"),
        await start("proto", "ReturnProto"),
        await start("failed", "Fail", "bad", "Bad", {"a": 1}),
    ]
    failing = {"start_to_close_timeout": 60, "initial_interval": 1000}
    activity = await start("activity", "RunActivityWithin", "failing_activity", ["gone"], failing)
    parent = await start("parent", "Parent", "Sleep", [])
    await start("delayed", "Sleep", start_delay=timedelta(hours=1), execution_timeout=timedelta(hours=2))
    await start("cron", "Cron", cron_schedule="0 0 1 1 *")
    await start("odd", "Sleep", payload("odd", b"\xff"), task_queue=f"{shared}-backlog")
    await start("quotes ' \" ü", "Sleep", task_queue=f"{shared}-backlog")
    for handle in done:
        try:
            await handle.result()
        except Exception:  # noqa: BLE001 - how it ends is for the commands to tell
            pass
    while not any(a.HasField("last_failure") for a in (await activity.describe()).raw_description.pending_activities):
        await activity.query("__temporal_workflow_metadata")
    while not any(c.run_id for c in (await parent.describe()).raw_description.pending_children):
        await parent.query("__temporal_workflow_metadata")
    # The child of "parent" has an id of the server's making.
    count = len(commands_output.NAMES)
    while (await client.count_workflows(f"WorkflowId STARTS_WITH '{shared}-'")).count < count:
        await asyncio.sleep(0.05)
    while (await client.count_workflows(f"WorkflowId STARTS_WITH '{shared}-' AND ExecutionStatus != 'Running'")).count < 5:
        await asyncio.sleep(0.05)


@asynccontextmanager
async def versioned_workers(client: Client, shared: str) -> AsyncIterator[None]:
    """Runs workers of two versions of the deployment `shared`, of which the first is current."""
    queue = f"{shared}-versioned"
    workers = [
        Worker(client, task_queue=queue, workflows=[Pinned], workflow_runner=UnsandboxedWorkflowRunner(),
               deployment_config=WorkerDeploymentConfig(WorkerDeploymentVersion(shared, build), use_worker_versioning=True))
        for build in ("1.0", "2.0")
    ]  # fmt: skip
    current = SetWorkerDeploymentCurrentVersionRequest(namespace=client.namespace, deployment_name=shared, build_id="1.0")
    describe = DescribeTaskQueueRequest(namespace=client.namespace)
    describe.task_queue.name = queue
    describe.task_queue_type = 1
    async with workers[0], workers[1]:
        while True:
            try:
                await client.workflow_service.set_worker_deployment_current_version(current)
                break
            except RPCError:
                await asyncio.sleep(0.1)
        while len((await client.workflow_service.describe_task_queue(describe)).pollers) < 2:
            await asyncio.sleep(0.1)
        yield


@pytest.fixture(scope="module")
def compare(server: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Command], Any]]:
    """Runs a command with both; the workers and workflows that commands look at are there meanwhile."""
    moondial = Path(os.environ.get("MOONDIAL_BIN", ROOT / ".build" / "debug")) / "moondial"
    shared = f"s{uuid.uuid4().hex[:10]}"
    commands = Commands(server, str(moondial), shared, tmp_path_factory.mktemp("commands") / "record")
    loop = asyncio.new_event_loop()

    async def prepare() -> Any:
        client = await Client.connect(server["address"], namespace=server["namespace"])
        workers = versioned_workers(client, shared)
        await workers.__aenter__()
        await asyncio.wait_for(start_workflows(client, shared, server["task_queue"]), 60)
        return workers

    workers = loop.run_until_complete(asyncio.wait_for(prepare(), 90))
    # The workers poll on while commands run.
    thread = __import__("threading").Thread(target=loop.run_forever)
    thread.start()
    try:
        yield commands.compare
    finally:
        asyncio.run_coroutine_threadsafe(workers.__aexit__(None, None, None), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
        commands.close()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_both_do_the_same(command: Command, compare: Callable[[Command], Any]) -> None:
    found = compare(command)
    complaints = [found[client].pop("complaint") for client in ("cli", "moondial")]
    paths = differing(found["cli"], found["moondial"])
    patterns = [pattern for row_patterns in command.differs.values() for pattern in row_patterns]
    unexpected = sorted(path for path in paths if not any(matches(path, pattern) for pattern in patterns))
    assert not unexpected, report(unexpected, found, complaints)
    stale = [row for row, row_patterns in command.differs.items()
             if not any(matches(path, pattern) for path in paths for pattern in row_patterns)]  # fmt: skip
    assert not stale, f"no longer different: {stale}"


def test_names_are_unique_and_differences_documented() -> None:
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
    assert {row for command in COMMANDS for row in command.differs} == ROWS


def report(unexpected: list[str], found: dict[str, Any], complaints: list[str]) -> str:
    texts = [json.dumps(found[client], indent=1, sort_keys=True).splitlines() for client in ("cli", "moondial")]
    lines = difflib.unified_diff(*texts, "cli", "moondial", lineterm="", n=4)
    return "\n".join(["differ at:", *unexpected, "", *lines, "", *complaints])
