"""Waits that outlast the server's long poll of 20 seconds. The workflows end by their run timeout, ten seconds after that
and ten before another poll would be over: as late as that a busy machine is not."""

from datetime import timedelta

from table import Context, case
from temporalio.client import RPCError, WorkflowUpdateStage
from temporalio.service import RPCStatusCode

OUTLASTS = timedelta(seconds=30)


@case("""return c.start{ "Sleep", run_timeout = 30 }:result()""")
async def result_after_an_empty_poll(c: Context):
    return await (await c.start("Sleep", run_timeout=OUTLASTS)).result()


@case("""
  local h = c.start{ "Sleep", run_timeout = 30 }
  h:query("__temporal_workflow_metadata")
  local count = 0
  for _ in h:fetch_history_events{ wait_new_event = true } do count = count + 1 end
  return count
""")
async def history_after_an_empty_poll(c: Context):
    h = await c.start("Sleep", run_timeout=OUTLASTS)
    await h.query("__temporal_workflow_metadata")
    return len([e async for e in h.fetch_history_events(wait_new_event=True)])


@case("""
  local h = c.start{ "Mailbox", run_timeout = 30 }
  return h:start_update{ "append_slowly", args = { 1 }, wait_for_stage = "ACCEPTED", id = "u" }:result()
""")
async def update_result_after_an_empty_poll(c: Context):
    h = await c.start("Mailbox", run_timeout=OUTLASTS)
    u = await h.start_update("append_slowly", 1, wait_for_stage=WorkflowUpdateStage.ACCEPTED, id="u")
    return await u.result()


@case("""return c.start{ "Sleep", run_timeout = 30, task_queue = c.id }:execute_update{ "append", args = { 1 }, id = "u" }""")
async def update_that_is_never_admitted(c: Context):
    h = await c.start("Sleep", run_timeout=OUTLASTS, task_queue=c.id)
    return await h.execute_update("append", 1, id="u")


@case("""
  local h = c.start{ "Mailbox", run_timeout = 30 }
  return h:execute_update{ "append_slowly", args = { 1 }, id = "u", rpc_metadata = { mine = "1" }, rpc_timeout = 40 }
""", {"inner-polls": ["requests.*.metadata.mine", "requests.*.timeout"]})  # fmt: skip
async def update_with_metadata_and_timeout_after_an_empty_poll(c: Context):
    h = await c.start("Mailbox", run_timeout=OUTLASTS)
    metadata, timeout = {"mine": "1"}, timedelta(seconds=40)
    return await h.execute_update("append_slowly", 1, id="u", rpc_metadata=metadata, rpc_timeout=timeout)


# Resent with the same id after the first answer, which says that the update is admitted and no more.
@case("""
  local h = c.start{ "Mailbox", task_queue = c.id }
  c.start{ "RunActivityWithin", args = { "serve_queue", { c.id }, { start_to_close_timeout = 60 } }, start_delay = 30,
    id = c.id .. "-worker" }
  local length = h:execute_update{ "append", args = { 1 }, id = "u" }
  h:signal("finish")
  return { length, h:result() }
""")
async def update_that_waits_for_a_worker(c: Context):
    h = await c.start("Mailbox", task_queue=c.id)
    await c.start("RunActivityWithin", "serve_queue", [c.id], {"start_to_close_timeout": 60}, id=f"{c.id}-worker",
                  start_delay=OUTLASTS)  # fmt: skip
    length = await h.execute_update("append", 1, id="u")
    await h.signal("finish")
    return [length, await h.result()]


@case("""
  local h = c.start{ "Sleep", task_queue = c.id }
  c.start{ "RunActivityWithin", args = { "terminate_workflow", { c.id }, { start_to_close_timeout = 60 } },
    start_delay = 2, id = c.id .. "-terminating" }
  return h:execute_update{ "append", args = { 1 }, id = "u" }
""")
async def update_whose_workflow_is_terminated_first(c: Context):
    h = await c.start("Sleep", task_queue=c.id)
    await c.start("RunActivityWithin", "terminate_workflow", [c.id], {"start_to_close_timeout": 60},
                  id=f"{c.id}-terminating", start_delay=timedelta(seconds=2))  # fmt: skip
    return await h.execute_update("append", 1, id="u")


# The server answers a poll one second before the deadline of the call; where that is not enough, the wait begins anew.
PATIENTLY = """
  local h = c.start{ "Sleep", run_timeout = %d, task_queue = c.id }
  while true do
    local ok, result = pcall(h.result, h, { rpc_timeout = %d })
    if ok or result.status ~= "DEADLINE_EXCEEDED" then return ok and result or error(result, 0) end
  end
"""


async def patiently(c: Context, run_timeout: int, rpc_timeout: int):
    h = await c.start("Sleep", run_timeout=timedelta(seconds=run_timeout), task_queue=c.id)
    while True:
        try:
            return await h.result(rpc_timeout=timedelta(seconds=rpc_timeout))
        except RPCError as error:
            if error.status not in (RPCStatusCode.CANCELLED, RPCStatusCode.DEADLINE_EXCEEDED):
                raise


@case(PATIENTLY % (14, 5), repeats=True)
async def result_in_short_polls(c: Context):
    return await patiently(c, 14, 5)


@case(PATIENTLY % (3, 1), {"hot-polls": ["requests.*"]})
async def result_in_polls_too_short_to_wait(c: Context):
    return await patiently(c, 3, 1)


@case("""
  local h = c.start{ "Sleep", run_timeout = 30 }
  h:query("__temporal_workflow_metadata")
  local pages, sizes = h:fetch_history_events{ wait_new_event = true, page_size = 2 }, {}
  while pages:fetch_next_page() do sizes[#sizes + 1] = #pages.current_page end
  return sizes
""")
async def pages_of_a_history_that_grows(c: Context):
    h = await c.start("Sleep", run_timeout=OUTLASTS)
    await h.query("__temporal_workflow_metadata")
    pages, sizes = h.fetch_history_events(wait_new_event=True, page_size=2), []
    while not sizes or pages.next_page_token:
        await pages.fetch_next_page()
        sizes.append(len(pages.current_page))
    return sizes
