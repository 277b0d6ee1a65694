"""Activities that are completed from outside of their worker."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from by_cli import cli, cli_case
from table import Context, case
from temporalio.client import AsyncActivityCancelledError, AsyncActivityHandle, WorkflowHandle
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

#: `h, a = running()` and, by its token, `h, a = running("completed_by_token")` in the Lua half.
RUNNING = """
  local function running(name, attempts, waits)
    local h = c.start("RunActivity", name or "completed_elsewhere", json.array {}, attempts or 1, waits or false)
    local activity
    repeat
      activity = c.running_activity(h)
    until name ~= "completed_by_token" or activity.heartbeat_details
    if name == "completed_by_token" then
      return h, client:get_async_activity_handle{ task_token = activity.heartbeat_details[1] }
    end
    return h, client:get_async_activity_handle{ workflow_id = c.id, activity_id = "elsewhere" }
  end
"""


async def running(
    c: Context, name: str = "completed_elsewhere", attempts: int = 1, waits: bool = False
) -> tuple[WorkflowHandle[Any, Any], AsyncActivityHandle]:
    h = await c.start("RunActivity", name, [], attempts, waits)
    activity = await c.running_activity(h)
    while name == "completed_by_token" and not activity.heartbeat_details.payloads:
        activity = await c.running_activity(h)
    if name == "completed_by_token":
        token = activity.heartbeat_details.payloads[0].data
        return h, c.client.get_async_activity_handle(task_token=token)
    return h, c.client.get_async_activity_handle(workflow_id=c.id, run_id=None, activity_id="elsewhere")


#: What completes an activity: its name, and both halves.
ENDS: list[tuple[str, str, Callable[[AsyncActivityHandle], Awaitable[None]]]] = [
    ("completed", "a:complete(42)", lambda a: a.complete(42)),
    ("completed_with_a_table", "a:complete{ result = { x = { 1, json.null } } }", lambda a: a.complete({"x": [1, None]})),
    ("completed_with_bytes", 'a:complete(temporal.bytes "\\xff")', lambda a: a.complete(b"\xff")),
    ("completed_with_null", "a:complete(json.null)", lambda a: a.complete(None)),
    ("completed_without_a_result", "a:complete()", lambda a: a.complete()),
    ("failed_with_an_error", 'a:fail(temporal.application_error("no"))', lambda a: a.fail(ApplicationError("no"))),
    (
        "failed_with_all_there_is",
        """a:fail(temporal.application_error("no", { type = "T", details = { 1, { a = "b" } }, non_retryable = true,
          next_retry_delay = 3, category = "BENIGN" }), { last_heartbeat_details = { "half" } })""",
        lambda a: a.fail(
            ApplicationError(
                "no", 1, {"a": "b"}, type="T", non_retryable=True, next_retry_delay=timedelta(seconds=3),
                category=ApplicationErrorCategory.BENIGN,
            ),
            last_heartbeat_details=["half"],
        ),
    ),
    ("heartbeaten_and_completed", "a:heartbeat(1, nil, { a = 2 }) a:complete()", lambda a: heartbeat_and_complete(a)),
]  # fmt: skip


async def heartbeat_and_complete(a: AsyncActivityHandle) -> None:
    await a.heartbeat(1, None, {"a": 2})
    await a.complete()


for by, activity in (("by_id", "completed_elsewhere"), ("by_token", "completed_by_token")):
    for name, lua, end in ENDS:

        async def ended(c: Context, activity=activity, end=end):
            h, a = await running(c, activity)
            await end(a)
            return await c.caught(h.result())

        ended.__name__ = f"activity_{name}_{by}"
        case(RUNNING + f"""
          local h, a = running("{activity}")
          {lua}
          return c.caught(h.result, h)
        """)(ended)


@case(RUNNING + """
  local h, a = running()
  local cause = temporal.application_error("why", { type = "Root" })
  a:fail(temporal.application_error("no", { cause = cause }))
  return c.caught(h.result, h)
""")
async def activity_failed_with_a_cause(c: Context):
    h, a = await running(c)
    error = ApplicationError("no")
    error.__cause__ = ApplicationError("why", type="Root")
    await a.fail(error)
    return await c.caught(h.result())


@case(RUNNING + """
  local h, a = running()
  a:fail("no")
  return c.caught(h.result, h)
""", {"failure-type": ["outcome.*.type", "*.application_failure_info*"]})
async def activity_failed_with_a_text(c: Context):
    h, a = await running(c)
    await a.fail(RuntimeError("no"))
    return await c.caught(h.result())


@case(RUNNING + """
  local h, a = running("completed_elsewhere", 2)
  a:fail(temporal.application_error("no"), { last_heartbeat_details = { "half" } })
  local activity
  repeat
    activity = c.running_activity(h)
  until activity.attempt == 2
  return { activity.heartbeat_details[1], activity.last_failure.message }
""")
async def activity_failed_and_tried_again(c: Context):
    h, a = await running(c, attempts=2)
    await a.fail(ApplicationError("no"), last_heartbeat_details=["half"])
    while True:
        activity = await c.running_activity(h)
        if activity.attempt == 2:
            break
    details = await c.client.data_converter.decode(activity.heartbeat_details.payloads)
    return [details[0], activity.last_failure.message]


#: `stopped(a)` in the Lua half: why an activity that heartbeats is to stop.
STOPPED = """
  local function stopped(a, ...)
    local ok, e = pcall(a.heartbeat, a, ...)
    local d = e.details
    return { e.kind, e.message, d.cancel_requested, d.paused, d.reset }
  end
"""


async def stopped(a: AsyncActivityHandle, *details: Any) -> list[Any]:
    try:
        await a.heartbeat(*details)
    except AsyncActivityCancelledError as error:
        found = error.details
        return [type(error).__name__, str(error), found.cancel_requested, found.paused, found.reset]
    return ["no error"]


for by, activity in (("by_id", "completed_elsewhere"), ("by_token", "completed_by_token")):

    async def cancelled(c: Context, activity=activity):
        h, a = await running(c, activity, waits=True)
        await h.cancel()
        # The workflow asks for the cancellation of its activity in its next task.
        while not (found := await stopped_unseen(a))[0].startswith("Async"):
            pass
        await a.report_cancellation("stopped", 2)
        return [found, await c.caught(h.result())]

    cancelled.__name__ = f"activity_cancelled_{by}"
    case(RUNNING + STOPPED + f"""
      local h, a = running("{activity}", 1, true)
      h:cancel()
      local found
      repeat
        local ok, e = pcall(a.heartbeat, a, {{ args = {{}}, rpc_metadata = {{ ["conformance-unseen"] = "1" }} }})
        found = not ok and {{ e.kind, e.message, e.details.cancel_requested, e.details.paused, e.details.reset }}
      until found
      a:report_cancellation("stopped", 2)
      return {{ found, c.caught(h.result, h) }}
    """)(cancelled)


async def stopped_unseen(a: AsyncActivityHandle) -> list[Any]:
    try:
        await a.heartbeat(rpc_metadata={"conformance-unseen": "1"})
    except AsyncActivityCancelledError as error:
        found = error.details
        return [type(error).__name__, str(error), found.cancel_requested, found.paused, found.reset]
    return ["no error"]


@cli_case(RUNNING + STOPPED + """
  local h, a = running()
  h:pause_activity("elsewhere")
  return stopped(a, "half")
""", {"cli-request-id": ["requests.1.message.request_id"], "stop-reason": ["outcome.value.1"]})
async def activity_paused(c: Context):
    _, a = await running(c)
    await cli(c, "activity", "pause", "-w", c.id, "-a", "elsewhere")
    return await stopped(a, "half")


@cli_case(RUNNING + STOPPED + """
  local h, a = running()
  h:reset_activity("elsewhere")
  return stopped(a)
""", {"cli-request-id": ["requests.1.message.request_id"], "cli-jitter": ["requests.1.message.jitter"],
      "stop-reason": ["outcome.value.1"]})
async def activity_reset(c: Context):
    _, a = await running(c)
    await cli(c, "activity", "reset", "-w", c.id, "-a", "elsewhere")
    return await stopped(a)


@case(RUNNING + """
  local h, a = running()
  return c.caught(a.report_cancellation, a, "nobody asked")
""")
async def activity_cancelled_by_nobody(c: Context):
    _, a = await running(c)
    return await c.caught(a.report_cancellation("nobody asked"))


@case(RUNNING + """
  local h, a = running()
  a:complete(1)
  h:result()
  return c.caught(a.complete, a, 2)
""")
async def activity_completed_twice(c: Context):
    h, a = await running(c)
    await a.complete(1)
    await h.result()
    return await c.caught(a.complete(2))


@case("""
  local a = client:get_async_activity_handle{ workflow_id = c.id, run_id = "00000000-0000-4000-8000-000000000000",
    activity_id = "nope" }
  return { c.caught(a.heartbeat, a), c.caught(a.complete, a), c.caught(a.report_cancellation, a) }
""")
async def activity_of_nothing(c: Context):
    a = c.client.get_async_activity_handle(
        workflow_id=c.id, run_id="00000000-0000-4000-8000-000000000000", activity_id="nope"
    )
    return [await c.caught(a.heartbeat()), await c.caught(a.complete()), await c.caught(a.report_cancellation())]


@case("""
  local function wrong(arguments) return c.caught(client.get_async_activity_handle, client, arguments) end
  return { wrong{ task_token = "t", workflow_id = c.id }, wrong{ workflow_id = c.id }, wrong{} }
""", {"activity-ids": ["outcome.value.1.message", "outcome.value.2.message"]})
async def activity_by_too_much_or_too_little(c: Context):
    async def wrong(**arguments: Any) -> Any:
        return c.client.get_async_activity_handle(**arguments)

    return [
        await c.caught(wrong(task_token=b"t", workflow_id=c.id)),
        await c.caught(wrong(workflow_id=c.id)),
        await c.caught(wrong()),
    ]


@case(RUNNING + """
  local _, a = running()
  a:heartbeat{ args = { 1 }, rpc_metadata = { mine = "1" }, rpc_timeout = 11 }
  a:complete(1, { rpc_metadata = { ["conformance-fail"] = "2 UNAVAILABLE " .. c.id }, rpc_timeout = 12 })
""")
async def activity_with_metadata_and_timeout(c: Context):
    _, a = await running(c)
    await a.heartbeat(1, rpc_metadata={"mine": "1"}, rpc_timeout=timedelta(seconds=11))
    fail = {"conformance-fail": f"2 UNAVAILABLE {c.id}"}
    await a.complete(1, rpc_metadata=fail, rpc_timeout=timedelta(seconds=12))


@cli_case(RUNNING + """
  local h, a = running()
  a:complete{ result = { a = 1 } }
  return h:result()
""")
async def activity_completed_by_the_cli(c: Context):
    h, _ = await running(c)
    await cli(c, "activity", "complete", "-w", c.id, "-a", "elsewhere", "--result", '{"a":1}')
    return await h.result()


@cli_case(RUNNING + """
  local h, a = running()
  a:fail(temporal.application_error("no", { details = { "d" }, non_retryable = true }))
  return c.caught(h.result, h)
""", {"cli-source": ["*.source", "outcome.value.cause.identity"]})
async def activity_failed_by_the_cli(c: Context):
    h, _ = await running(c)
    await cli(c, "activity", "fail", "-w", c.id, "-a", "elsewhere", "--reason", "no", "--detail", '"d"')
    return await c.caught(h.result())
