"""Runs the cases of an area with both clients, each through its own port of the proxy, and puts together what they found."""

from __future__ import annotations

import asyncio
import base64
import json
import math
import subprocess
import sys
import time
from contextlib import AsyncExitStack, nullcontext
from pathlib import Path
from typing import Any

from codings import CODINGS
from google.protobuf.json_format import MessageToDict
from normal import Scrubber, error_value, plain, readable
from schedules import schedule_state
from table import CASES, CONCURRENCY, CONCURRENCY_OF, FIELDS, PATIENCE, Case, Context
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.operatorservice.v1 import request_response_pb2 as operator_messages
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionRequest
from temporalio.api.workflowservice.v1 import request_response_pb2 as workflow_messages
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.converter import DataConverter
from temporalio.service import RPCError

HERE = Path(__file__).parent
CLIENTS = ("python", "moondial")

#: Seconds until one client must have run an area.
PATIENCE_WITH_AN_AREA = 150

#: Seconds until the worker must have done what a workflow's last request gave it to do.
SECONDS_TO_SETTLE = 20


class Area:
    """The cases of one area: `compared` has, by name, what each client found, brought to one form."""

    def __init__(self, name: str, server: dict[str, str], moondial: str, folder: Path):
        self._name = name
        self._cases = [case for case in CASES if case.area == name]
        self._concurrency = CONCURRENCY_OF.get(name, CONCURRENCY)
        self._coding = CODINGS.get(name)
        # Where there is a codec, the workflows have to run on a worker that has it, too.
        self._server = {**server, "task_queue": self._coding.queue} if self._coding else server
        self._converter = self._coding.converter if self._coding else DataConverter.default
        self._moondial = moondial
        self._script = folder / f"{name}.lua"
        self._record = folder / f"{name}.record"
        self._prepared: dict[str, Any] = {}
        self.compared: dict[str, dict[str, Any]] = {}
        self.connecting: dict[str, list[Any]] = {}

    def run(self) -> None:
        command = [sys.executable, str(HERE / "proxy.py"), self._server["address"], str(self._record), *CLIENTS]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as proxy:
            addresses = json.loads(proxy.stdout.readline())
            try:
                with self._coding.options(self._record.with_suffix(".codec")) if self._coding else nullcontext([]) as options:
                    asyncio.run(self._run(addresses, options))
            finally:
                proxy.stdin.close()

    async def _run(self, addresses: dict[str, str], options: list[str]) -> None:
        async with AsyncExitStack() as stack:
            if self._coding:
                await stack.enter_async_context(self._coding.worker(self._server["address"], self._server["namespace"]))
            await self._run_beside_worker(addresses, options)

    async def _run_beside_worker(self, addresses: dict[str, str], options: list[str]) -> None:
        direct = await Client.connect(self._server["address"], namespace=self._server["namespace"])
        await asyncio.wait_for(self._prepare(await self._connect(self._server["address"])), PATIENCE)
        self._script.write_text(self._lua())
        python, moondial = await asyncio.gather(
            asyncio.wait_for(self._run_python(addresses["python"]), PATIENCE_WITH_AN_AREA),
            asyncio.to_thread(self._run_moondial, addresses["moondial"], options),
        )
        requests = self._requests()
        limit = asyncio.Semaphore(self._concurrency)

        async def put_together(case: Case) -> None:
            self.compared[case.name] = {}
            for client, outcomes in (("python", python), ("moondial", moondial)):
                sent = requests[client].get(case.name, [])
                outcome = outcomes.get(case.name, "it has printed nothing")
                async with limit:
                    found = {
                        "requests": sent,
                        "outcome": None if case.prepared else outcome,
                        "state": await self._state(direct, case.tag(client)),
                    }
                found = Scrubber(case.tag(client)).scrub(found)
                if case.repeats:
                    found["requests"] = [one for at, one in enumerate(found["requests"]) if one not in found["requests"][:at]]
                self.compared[case.name][client] = {**found, "outcome": outcome} if case.prepared else found

        await asyncio.gather(*map(put_together, self._cases))
        self.connecting = {client: requests[client][""] for client in CLIENTS}

    async def _state(self, direct: Client, tag: str) -> list[Any]:
        if self._name.startswith("schedule"):
            return await schedule_state(direct, tag)
        return await state(direct, tag, self._server["task_queue"])

    async def _connect(self, address: str) -> Client:
        return await Client.connect(address, namespace=self._server["namespace"], data_converter=self._converter)

    async def _prepare(self, direct: Client) -> None:
        async def prepare(case: Case) -> None:
            if case.prepared:
                context = Context(direct, case.tag("both"), self._server["task_queue"])
                self._prepared[case.name] = await case.prepared(context)

        await asyncio.gather(*map(prepare, self._cases))

    async def _run_python(self, address: str) -> dict[str, Any]:
        client = await self._connect(address)
        limit = asyncio.Semaphore(self._concurrency)

        async def outcome(case: Case) -> tuple[str, Any]:
            async with limit:
                try:
                    prepared = self._prepared.get(case.name)
                    context = Context(client, case.tag("python"), self._server["task_queue"], prepared)
                    value = await asyncio.wait_for(case.python(context), PATIENCE)
                    return case.name, {"value": plain(value)}
                except TimeoutError:
                    return case.name, f"it has not ended after {PATIENCE} s"
                except Exception as error:
                    return case.name, {"error": error_value(error)}

        return dict(await asyncio.gather(*map(outcome, self._cases)))

    def _run_moondial(self, address: str, options: list[str]) -> dict[str, Any]:
        command = [self._moondial, "--address", address, "--namespace", self._server["namespace"], *options]
        command.append(str(self._script))
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE_WITH_AN_AREA)
        assert done.returncode == 0, done.stderr.decode()
        lines = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
        return {line["name"]: line["outcome"] for line in lines}

    def _lua(self) -> str:
        lines = [self._coding.lua if self._coding else "", f"local run = dofile({lua_text(HERE / 'harness.lua')})", "run({"]
        for case in self._cases:
            prepared = json.dumps(self._prepared.get(case.name))
            lines.append(f"{{ name = {lua_text(case.name)}, tag = {lua_text(case.tag('moondial'))},")
            lines.append(f"prepared = json.decode({lua_text(prepared)}),")
            lines.append(f"body = function(c) {case.lua.rstrip()}\nend }},")
        fields = ", ".join(f"{kind} = {{ {', '.join(map(lua_text, names))} }}" for kind, names in FIELDS.items())
        lines.append(f"}}, {{ queue = {lua_text(self._server['task_queue'])}, concurrency = {self._concurrency},")
        lines.append(f"patience = {PATIENCE},")
        lines.append(f"fields = {{ {fields} }} }})")
        return "\n".join(lines) + "\n"

    def _requests(self) -> dict[str, dict[str, list[Any]]]:
        """The recorded requests by client and case; those that belong to no case under the empty name."""
        found: dict[str, dict[str, list[Any]]] = {client: {"": []} for client in CLIENTS}
        for line in self._record.read_text().splitlines():
            entry = json.loads(line)
            body = base64.b64decode(entry["request"])
            client = entry["client"]
            tagged = (case.name for case in self._cases if case.tag(client).encode() in body)
            found[client].setdefault(next(tagged, ""), []).append(decoded(entry, body))
        return found


def decoded(entry: dict[str, Any], body: bytes) -> dict[str, Any]:
    """A request as JSON: the method, the metadata, the deadline, and the message."""
    service, _, method = entry["method"].rpartition("/")
    messages = operator_messages if service.endswith("OperatorService") else workflow_messages
    message = getattr(messages, f"{method}Request").FromString(body)
    metadata = {key: f"<{key}>" if key in ("client-name", "client-version") else value
                for key, value in entry["metadata"].items()}  # fmt: skip
    return {
        "method": method,
        "metadata": dict(sorted(metadata.items())),
        "timeout": deadline(entry["timeout"]),
        "message": readable(MessageToDict(message, preserving_proto_field_name=True)),
    }


def deadline(remaining: float | None) -> int | None:
    """The deadline of a request that had so much time when it arrived: that of a busy machine has less, and none has more,
    but for what gRPC rounds up. From twenty seconds on those that are in use are ten seconds apart."""
    if remaining is None:
        return None
    seconds = math.ceil(remaining - 0.15)
    return seconds if seconds < 20 else 10 * math.ceil(seconds / 10)


async def state(client: Client, tag: str, queue: str) -> list[Any]:
    """What the server has of the workflow with a case's id: its description, and the events that clients cause."""
    handle = client.get_workflow_handle(tag)
    # Not by the handle, which does not know that a workflow can be paused.
    request = DescribeWorkflowExecutionRequest(
        namespace=client.namespace, execution=WorkflowExecution(workflow_id=tag)
    )
    try:
        description = await client.workflow_service.describe_workflow_execution(request, retry=True)
        # What the worker still has to do would make a difference by chance.
        patience = time.monotonic() + SECONDS_TO_SETTLE
        while (
            description.HasField("pending_workflow_task")
            and description.workflow_execution_info.status == WorkflowExecutionStatus.RUNNING
            and description.workflow_execution_info.task_queue == queue
        ):
            if time.monotonic() > patience:
                return ["its workflow task does not end"]
            await asyncio.sleep(0.02)
            description = await client.workflow_service.describe_workflow_execution(request, retry=True)
        events = [event async for event in handle.fetch_history_events()]
    except RPCError as error:
        return [error.status.name]
    events = [event for event in events if not event.HasField("workflow_task_scheduled_event_attributes")
              and not event.HasField("workflow_task_started_event_attributes")
              and not event.HasField("workflow_task_completed_event_attributes")]  # fmt: skip
    return [
        readable(MessageToDict(message, preserving_proto_field_name=True))
        for message in (description, *events[:20])
    ]


def lua_text(text: object) -> str:
    """Text as a Lua literal; what is named here needs no more escapes than JSON has."""
    return json.dumps(str(text))
