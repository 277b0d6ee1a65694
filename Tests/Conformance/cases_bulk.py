"""Batch operations, by the `temporal` CLI and by Moondial."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from by_cli import ALWAYS, temporal
from table import Context, case
from temporalio.api.enums.v1 import BatchOperationState
from temporalio.api.workflowservice.v1 import DescribeBatchOperationRequest, StopBatchOperationRequest
from temporalio.service import RPCError

LUA = """
  local query = ("WorkflowId = '%s'"):format(c.id)

  local function open(kind, queue)
    local h = c.start { kind, task_queue = queue }
    if not queue then h:query("contents") end
    -- By its run: what has the case's id in it counts as its request.
    local settled = ("RunId = '%s'"):format(h.result_run_id) .. (queue and "" or " AND BuildIds = 'unversioned'")
    repeat
      local count = client:count_workflows(settled).count
      if count == 0 then async.sleep(0.02) end
    until count == 1
    return h
  end

  local function finish(batch)
    local b = batch:result()
    return { b.state, b.operation_type, b.total_operation_count, b.complete_operation_count, b.failure_operation_count,
      b.reason, b.query }
  end
"""


async def opened(c: Context, kind: str, queue: str | None) -> None:
    h = await c.start(kind, **({"task_queue": queue} if queue else {}))
    if not queue:
        await h.query("contents")
    settled = f"RunId = '{h.result_run_id}'" + ("" if queue else " AND BuildIds = 'unversioned'")
    while (await c.client.count_workflows(settled)).count == 0:
        await asyncio.sleep(0.02)


async def finished(c: Context, job_id: str) -> list[Any]:
    request = DescribeBatchOperationRequest(namespace=c.client.namespace, job_id=job_id)
    while True:
        b = await c.client.workflow_service.describe_batch_operation(request)
        if b.state != BatchOperationState.BATCH_OPERATION_STATE_RUNNING:
            break
        await asyncio.sleep(0.05)
    names = [
        BatchOperationState.Name(b.state).removeprefix("BATCH_OPERATION_STATE_"),
        operation_type(b),
    ]
    counts = [b.total_operation_count, b.complete_operation_count, b.failure_operation_count]
    return [*names, *counts, b.reason, b.query]


def operation_type(b: Any) -> str:
    value = b.DESCRIPTOR.fields_by_name["operation_type"].enum_type.values_by_number[b.operation_type]
    return value.name.removeprefix("BATCH_OPERATION_TYPE_")


def batch(
    name: str,
    command: str,
    lua: str,
    kind: str = "Mailbox",
    queue: str | None = None,
    differs: dict[str, list[str]] | None = None,
) -> None:
    """A case of a batch over the case's own workflow: the CLI's command, and the table for start_batch_operation."""
    own_queue = f'"{queue}"' if queue else "nil"
    body = f"""{LUA}
  open("{kind}", {own_queue})
  return finish(client:start_batch_operation({{ query = query, reason = "a case", {lua} }}))
"""

    async def python(c: Context) -> Any:
        await opened(c, kind, queue)
        query = ["--query", f"WorkflowId = '{c.id}'", "--reason", "a case", "--yes"]
        started = await temporal(c, *command.split(), *query)
        return await finished(c, started["batchJobId"])

    python.__name__, python.__module__ = f"batch_{name}", __name__
    case(body, differs={**ALWAYS, **(differs or {})})(python)


#: Where the CLI has nothing to send, it sends an empty list.
EMPTY_INPUT = {"empty-input": ["requests.*.signal_operation.input", "state.*.input"]}


batch("signal", "workflow signal --name put --input 1 --input \"x\"", '"signal", signal = "put", args = { 1, "x" }')
batch("signal_without_arguments", "workflow signal --name put", '"signal", signal = "put"', differs=EMPTY_INPUT)
batch("signal_at_a_rate", "workflow signal --name put --input 1 --rps 7",
      '"signal", signal = "put", args = { 1 }, max_operations_per_second = 7')  # fmt: skip
batch("cancel", "workflow cancel", '"cancel"', "Sleep", "nobody")
batch("terminate", "workflow terminate", '"terminate"')
batch("delete", "workflow delete", '"delete"', "Sleep", "nobody")
batch("reset_to_the_first_task", "workflow reset --type FirstWorkflowTask", '"reset", type = "FIRST_WORKFLOW_TASK"')
batch("reset_to_the_last_task", "workflow reset --type LastWorkflowTask --reapply-exclude Signal",
      '"reset", type = "LAST_WORKFLOW_TASK", reapply_exclude = { "SIGNAL" }')  # fmt: skip
batch("reset_without_updates", "workflow reset --type FirstWorkflowTask --reapply-exclude Update",
      '"reset", type = "FIRST_WORKFLOW_TASK", reapply_exclude = { "UPDATE" }')  # fmt: skip
batch("reset_to_a_build", "workflow reset --type BuildId --build-id nothing", '"reset", build_id = "nothing"')
batch("options_pinned",
      "workflow update-options --versioning-override-behavior pinned --versioning-override-deployment-name d "
      "--versioning-override-build-id b",
      '"update_options", versioning_override = { pinned = { deployment_name = "d", build_id = "b" } }',
      differs={"pinned-deployment": ["requests.*.versioning_override.deployment.*"]})  # fmt: skip
batch("options_auto_upgrade", "workflow update-options --versioning-override-behavior auto_upgrade",
      '"update_options", versioning_override = { auto_upgrade = true }')  # fmt: skip
batch("options_taken_away", "workflow update-options --versioning-override-behavior unspecified",
      '"update_options", versioning_override = {}')  # fmt: skip
batch("options_one_time",
      "workflow update-options --versioning-override-behavior one_time --versioning-override-deployment-name d "
      "--versioning-override-build-id b",
      '"update_options", versioning_override = { one_time = { deployment_name = "d", build_id = "b" } }')  # fmt: skip
batch("unpause_activities", "activity unpause --jitter 5s", '"unpause_activities", jitter = "5s"')
batch("reset_activities", "activity reset --clear-heartbeat-details --keep-paused --restore-original-options "
      "--jitter 3s",
      '"reset_activities", reset_heartbeat = true, keep_paused = true, restore_original_options = true, '
      'jitter = "3s"')  # fmt: skip
batch("update_activity_options", "activity update-options --heartbeat-timeout 5s --retry-maximum-attempts 3",
      '"update_activity_options", activity_options = { heartbeat_timeout = "5s", '
      'retry_policy = { maximum_attempts = 3 } }')  # fmt: skip
batch("update_the_task_queue_of_activities", "activity update-options --task-queue q",
      '"update_activity_options", activity_options = { task_queue = "q" }')  # fmt: skip


def of_activities(name: str, command: str) -> None:
    """A case of a batch over activities that no workflow runs: there are none, and nothing to wait for."""

    async def python(c: Context) -> Any:
        query = ["--query", f"ActivityId = '{c.id}'", "--reason", "a case", "--yes"]
        return await finished(c, (await temporal(c, *command.split(), *query))["batchJobId"])

    python.__name__, python.__module__ = f"batch_{name}", __name__
    case(f"""{LUA}
  return finish(client:start_batch_operation({{ "{name}", query = ("ActivityId = '%s'"):format(c.id), reason = "a case" }}))
""", differs=ALWAYS)(python)  # fmt: skip


of_activities("cancel_activities", "activity cancel")
of_activities("terminate_activities", "activity terminate")
of_activities("delete_activities", "activity delete")


async def said(call: Awaitable[Any]) -> Any:
    """What the server says of a call that it refuses."""
    try:
        return await call
    except RPCError as error:
        return [error.status.name, error.message]


SAID = """
  local function said(f, ...)
    local ok, e = pcall(f, ...)
    return ok and (e or json.null) or { e.status, e.message }
  end
"""


@case(LUA + """
  local ok, e = pcall(client.start_batch_operation, client, { "cancel", query = query .. " AND", reason = "a case" })
  return { ok, e.message }
""", differs=ALWAYS)  # fmt: skip
async def batch_with_a_query_that_is_none(c: Context):
    query = ["--query", f"WorkflowId = '{c.id}' AND", "--reason", "a case", "--yes"]
    failed = await temporal(c, "workflow", "cancel", *query)
    return [False, failed["error"].removeprefix("Error: failed starting batch operation: ")]


@case(LUA + SAID + """
  open("Sleep", "nobody")
  local b = client:start_batch_operation { "cancel", query = query, reason = "a case" }
  finish(b)
  local found = json.decode(require "moondial.show.plain".encode(b:describe()))
  found.identity = nil
  return found
""", differs=ALWAYS)  # fmt: skip
async def batch_described_as_json(c: Context):
    await opened(c, "Sleep", "nobody")
    query = ["--query", f"WorkflowId = '{c.id}'", "--reason", "a case", "--yes"]
    started = await temporal(c, "workflow", "cancel", *query)
    await finished(c, started["batchJobId"])
    found = await temporal(c, "batch", "describe", "--job-id", started["batchJobId"])
    return {name: value for name, value in found.items() if name != "identity"}


@case(SAID + """return said(client:get_batch_operation_handle(c.id).describe, client:get_batch_operation_handle(c.id))""")
async def batch_that_is_not_there(c: Context):
    request = DescribeBatchOperationRequest(namespace=c.client.namespace, job_id=c.id)
    return await said(c.client.workflow_service.describe_batch_operation(request))


@case(SAID + """
  local b = client:get_batch_operation_handle(c.id)
  return said(b.stop, b, "enough")
""")
async def batch_stopped_that_is_not_there(c: Context):
    request = StopBatchOperationRequest(namespace=c.client.namespace, job_id=c.id, reason="enough", identity="x")
    return await said(c.client.workflow_service.stop_batch_operation(request))
