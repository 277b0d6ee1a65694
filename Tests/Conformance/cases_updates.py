"""Updates, and handles to them."""

from datetime import timedelta

from table import Context, case
from temporalio.client import WorkflowUpdateStage

SOME_RUN = "00000000-0000-4000-8000-000000000000"
ACCEPTED, COMPLETED = WorkflowUpdateStage.ACCEPTED, WorkflowUpdateStage.COMPLETED


@case("""return c.start("Mailbox"):execute_update("append", 1)""")
async def update(c: Context):
    return await (await c.start("Mailbox")).execute_update("append", 1)


@case("""return c.start("Mailbox"):execute_update{ "append", args = { { a = 1 } }, id = "mine" }""")
async def update_with_an_id(c: Context):
    return await (await c.start("Mailbox")).execute_update("append", args=[{"a": 1}], id="mine")


@case("""
  local h = c.start("Mailbox")
  return { h:execute_update{ "append", args = { 1 }, id = "mine" },
    h:execute_update{ "append", args = { 2 }, id = "mine" }, h:query("contents") }
""")
async def update_sent_twice(c: Context):
    h = await c.start("Mailbox")
    return [await h.execute_update("append", 1, id="mine"), await h.execute_update("append", 2, id="mine"),
            await h.query("contents")]  # fmt: skip


@case("""return c.start("Mailbox"):execute_update("append", nil)""")
async def update_rejected(c: Context):
    return await (await c.start("Mailbox")).execute_update("append", None)


@case("""return c.start("Mailbox"):execute_update("failing_update", "no")""")
async def update_that_fails(c: Context):
    return await (await c.start("Mailbox")).execute_update("failing_update", "no")


@case("""return c.start("Mailbox"):execute_update("zz", 1)""")
async def update_without_handler(c: Context):
    return await (await c.start("Mailbox")).execute_update("zz", 1)


@case("""return c.start("Mailbox"):execute_update("append")""")
async def update_without_its_argument(c: Context):
    return await (await c.start("Mailbox")).execute_update("append")


@case("""c.handle():execute_update("append", 1)""")
async def update_of_nothing(c: Context):
    await c.handle().execute_update("append", 1)


@case("""
  local h = c.start("Nothing")
  h:result()
  h:execute_update("append", 1)
""")
async def update_of_a_closed_one(c: Context):
    h = await c.start("Nothing")
    await h.result()
    await h.execute_update("append", 1)


@case("""
  c.start("Mailbox")
  c.handle{ first_execution_run_id = "00000000-0000-4000-8000-000000000000" }:execute_update("append", 1)
""")
async def update_of_a_wrong_chain(c: Context):
    await c.start("Mailbox")
    await c.handle(first_execution_run_id=SOME_RUN).execute_update("append", 1)


@case("""
  c.start("Mailbox")
  c.handle{ run_id = "00000000-0000-4000-8000-000000000000" }:execute_update("append", 1)
""")
async def update_of_a_wrong_run(c: Context):
    await c.start("Mailbox")
    await c.handle(run_id=SOME_RUN).execute_update("append", 1)


for stage in ("ACCEPTED", "COMPLETED"):

    async def started(c: Context, stage=stage):
        h = await c.start("Mailbox")
        u = await h.start_update("append", 5, wait_for_stage=WorkflowUpdateStage[stage], id="u")
        return [u.id, u.workflow_id, u.workflow_run_id, await u.result()]

    started.__name__ = f"start_update_waiting_for_{stage.lower()}"
    case(f"""
      local u = c.start("Mailbox"):start_update{{ "append", args = {{ 5 }}, wait_for_stage = "{stage}", id = "u" }}
      return {{ u.id, u.workflow_id, u.workflow_run_id, u:result() }}
    """)(started)


@case("""
  local h = c.start("Mailbox")
  local u = h:start_update{ "append_slowly", args = { 5 }, wait_for_stage = "ACCEPTED" }
  h:signal("release")
  return u:result()
""")
async def slow_update(c: Context):
    h = await c.start("Mailbox")
    u = await h.start_update("append_slowly", 5, wait_for_stage=ACCEPTED)
    await h.signal("release")
    return await u.result()


@case("""
  local u = c.start("Mailbox"):start_update{ "append", args = { nil, n = 1 }, wait_for_stage = "ACCEPTED", id = "u" }
  return c.caught(u.result, u)
""")
async def start_update_that_is_rejected(c: Context):
    u = await (await c.start("Mailbox")).start_update("append", None, wait_for_stage=ACCEPTED, id="u")
    return await c.caught(u.result())


@case("""
  local u = c.start("Mailbox"):start_update{ "failing_update", args = { "no" }, wait_for_stage = "COMPLETED" }
  return c.caught(u.result, u)
""")
async def start_update_that_fails(c: Context):
    u = await (await c.start("Mailbox")).start_update("failing_update", "no", wait_for_stage=COMPLETED)
    return await c.caught(u.result())


@case("""c.start("Mailbox"):start_update{ "append", args = { 1 }, wait_for_stage = "ADMITTED" }""")
async def start_update_waiting_for_admitted(c: Context):
    h = await c.start("Mailbox")
    await h.start_update("append", 1, wait_for_stage=WorkflowUpdateStage.ADMITTED)


@case("""
  c.start("Mailbox"):execute_update{ "append", args = { 1 }, id = "u" }
  return c.handle():get_update_handle("u"):result()
""")
async def update_handle(c: Context):
    await (await c.start("Mailbox")).execute_update("append", 1, id="u")
    return await c.handle().get_update_handle("u").result()


@case("""
  local h = c.start("Mailbox")
  h:execute_update{ "append", args = { 1 }, id = "u" }
  return c.handle():get_update_handle("u", { workflow_run_id = h.result_run_id }):result{ rpc_timeout = 8 }
""")
async def update_handle_with_a_run(c: Context):
    h = await c.start("Mailbox")
    await h.execute_update("append", 1, id="u")
    u = c.handle().get_update_handle("u", workflow_run_id=h.result_run_id)
    return await u.result(rpc_timeout=timedelta(seconds=8))


@case("""
  c.start("Mailbox")
  return c.handle():get_update_handle("u"):result()
""")
async def update_handle_to_no_update(c: Context):
    await c.start("Mailbox")
    return await c.handle().get_update_handle("u").result()


@case("""
  local h = c.start("Mailbox")
  h:start_update{ "append_slowly", args = { 1 }, wait_for_stage = "ACCEPTED", id = "u" }
  h:signal("finish")
  h:result()
  return h:get_update_handle("u"):result()
""")
async def update_whose_workflow_closes(c: Context):
    h = await c.start("Mailbox")
    await h.start_update("append_slowly", 1, wait_for_stage=ACCEPTED, id="u")
    await h.signal("finish")
    await h.result()
    return await h.get_update_handle("u").result()


@case("""
  local h = c.start{ "Sleep", task_queue = c.id }
  h:execute_update{ "append", args = { 1 }, id = "u", rpc_timeout = 1 }
""", {"deadline": ["outcome.error.cause.*"]})  # fmt: skip
async def update_that_nobody_answers(c: Context):
    h = await c.start("Sleep", task_queue=c.id)
    await h.execute_update("append", 1, id="u", rpc_timeout=timedelta(seconds=1))


@case("""
  local h = c.start("Mailbox")
  local u = h:start_update{ "append_slowly", args = { 1 }, wait_for_stage = "ACCEPTED", id = "u" }
  u:result{ rpc_timeout = 1 }
""", {"deadline": ["outcome.error.cause.*"]})  # fmt: skip
async def update_result_that_takes_too_long(c: Context):
    h = await c.start("Mailbox")
    u = await h.start_update("append_slowly", 1, wait_for_stage=ACCEPTED, id="u")
    await u.result(rpc_timeout=timedelta(seconds=1))


@case("""
  local h = c.start("Mailbox")
  return h:execute_update{ "append", args = { 1 }, rpc_metadata = { mine = "1" }, rpc_timeout = 11 }
""")
async def update_with_metadata_and_timeout(c: Context):
    h = await c.start("Mailbox")
    return await h.execute_update("append", 1, rpc_metadata={"mine": "1"}, rpc_timeout=timedelta(seconds=11))


@case("""
  local h = c.start("Mailbox")
  return h:execute_update{ "append", args = { 1 }, rpc_metadata = { ["conformance-fail"] = "2 UNAVAILABLE " .. c.id } }
""")
async def update_is_tried_again(c: Context):
    h = await c.start("Mailbox")
    return await h.execute_update("append", 1, rpc_metadata={"conformance-fail": f"2 UNAVAILABLE {c.id}"})
