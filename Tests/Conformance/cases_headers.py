"""Headers for the interceptors of workers, which the Python SDK leaves to interceptors of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from table import Context, case
from temporalio.client import (
    Client, Interceptor, OutboundInterceptor, QueryWorkflowInput, SignalWorkflowInput, StartWorkflowUpdateInput,
    WorkflowHandle, WorkflowUpdateStage,
)  # fmt: skip
from temporalio.converter import DataConverter

HEADERS = {"trace": "t-1", "some-list": [1, 2.5, "ü", None]}
MAILBOX = """
  local h = c.start("Mailbox")
  local headers = { trace = "t-1", ["some-list"] = { 1, 2.5, "ü", json.null } }
"""


class Outbound(OutboundInterceptor):
    """Puts the headers into what goes to a workflow."""

    def _mark(self, input: Any) -> Any:
        payloads = DataConverter.default.payload_converter.to_payloads(list(HEADERS.values()))
        input.headers = dict(zip(HEADERS, payloads, strict=True))
        return input

    async def signal_workflow(self, input: SignalWorkflowInput) -> None:
        await super().signal_workflow(self._mark(input))

    async def query_workflow(self, input: QueryWorkflowInput) -> Any:
        return await super().query_workflow(self._mark(input))

    async def start_workflow_update(self, input: StartWorkflowUpdateInput) -> Any:
        return await super().start_workflow_update(self._mark(input))


class Marking(Interceptor):
    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:
        return Outbound(next)


async def mailbox(c: Context) -> WorkflowHandle[Any, Any]:
    """A workflow, by a handle whose calls have the headers."""
    handle = await c.start("Mailbox")
    marking = Client(c.client.service_client, namespace=c.client.namespace, interceptors=[Marking()])
    return marking.get_workflow_handle(c.id, first_execution_run_id=handle.first_execution_run_id)


def header_case(lua: str) -> Callable[[Any], Any]:
    return case(MAILBOX + lua, {"json-escapes": ["*header.fields.some-list.data"]})


@header_case('h:signal{ "put", args = { 5 }, headers = headers }')
async def signal_with_headers(c: Context) -> None:
    await (await mailbox(c)).signal("put", 5)


@header_case('return h:query{ "echo", args = { 5 }, headers = headers }')
async def query_with_headers(c: Context) -> Any:
    return await (await mailbox(c)).query("echo", 5)


@header_case('return h:execute_update{ "append", args = { 5 }, id = "u", headers = headers }')
async def update_with_headers(c: Context) -> Any:
    return await (await mailbox(c)).execute_update("append", 5, id="u")


@header_case("""
  return h:start_update{ "append", args = { 5 }, id = "u", headers = headers, wait_for_stage = "ACCEPTED" }:result()
""")
async def started_update_with_headers(c: Context) -> Any:
    stage = WorkflowUpdateStage.ACCEPTED
    return await (await (await mailbox(c)).start_update("append", 5, id="u", wait_for_stage=stage)).result()
