"""Waits that outlast the server's long poll of 20 seconds. The workflows end by their run timeout, after that."""

from datetime import timedelta

from table import Context, case
from temporalio.client import WorkflowUpdateStage

OUTLASTS = timedelta(seconds=22)


@case("""return c.start{ "Sleep", run_timeout = 22 }:result()""")
async def result_after_an_empty_poll(c: Context):
    return await (await c.start("Sleep", run_timeout=OUTLASTS)).result()


@case("""
  local h = c.start{ "Sleep", run_timeout = 22 }
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
  local h = c.start{ "Mailbox", run_timeout = 22 }
  return h:start_update{ "append_slowly", args = { 1 }, wait_for_stage = "ACCEPTED", id = "u" }:result()
""")
async def update_result_after_an_empty_poll(c: Context):
    h = await c.start("Mailbox", run_timeout=OUTLASTS)
    u = await h.start_update("append_slowly", 1, wait_for_stage=WorkflowUpdateStage.ACCEPTED, id="u")
    return await u.result()


@case("""return c.start{ "Sleep", run_timeout = 22, task_queue = c.id }:execute_update{ "append", args = { 1 }, id = "u" }""")
async def update_that_is_never_admitted(c: Context):
    h = await c.start("Sleep", run_timeout=OUTLASTS, task_queue=c.id)
    return await h.execute_update("append", 1, id="u")
