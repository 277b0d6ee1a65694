"""Updates that start their workflow."""

from datetime import timedelta
from typing import Any

from table import Context, case
from temporalio.client import WithStartWorkflowOperation, WorkflowUpdateStage
from temporalio.common import RetryPolicy, WorkflowIDConflictPolicy, WorkflowIDReusePolicy

ACCEPTED, COMPLETED = WorkflowUpdateStage.ACCEPTED, WorkflowUpdateStage.COMPLETED
USE_EXISTING = WorkflowIDConflictPolicy.USE_EXISTING

#: `operation{ type, … }` in the Lua half.
OPERATION = """
  local function operation(first)
    first.id, first.task_queue = c.id, first.task_queue or c.queue
    first.id_conflict_policy = first.id_conflict_policy or "USE_EXISTING"
    return temporal.with_start_workflow_operation(first)
  end
  local execute, start = client.execute_update_with_start_workflow, client.start_update_with_start_workflow
"""


def operation(c: Context, type: str, *args: Any, **options: Any) -> WithStartWorkflowOperation[Any, Any]:
    options = {"id": c.id, "task_queue": c.queue, "id_conflict_policy": USE_EXISTING, **options}
    return WithStartWorkflowOperation(type, args=args, **options)


def with_start(lua: str, differs: dict[str, list[str]] | None = None) -> Any:
    return case(OPERATION + lua, differs)


@with_start("""
  return execute(client, { "append", args = { { a = 1 } }, start_workflow_operation = operation { "Mailbox" } })
""")
async def with_start_of_nothing(c: Context):
    return await c.client.execute_update_with_start_workflow(
        "append", {"a": 1}, start_workflow_operation=operation(c, "Mailbox")
    )


@with_start("""
  local h = c.start("Mailbox")
  local o = operation { "Mailbox" }
  local result = execute(client, { "append", args = { 1 }, id = "mine", start_workflow_operation = o })
  return { result, h:query("contents"), o:workflow_handle().result_run_id == h.result_run_id }
""")
async def with_start_of_one_that_runs(c: Context):
    h = await c.start("Mailbox")
    o = operation(c, "Mailbox")
    result = await c.client.execute_update_with_start_workflow("append", 1, id="mine", start_workflow_operation=o)
    return [result, await h.query("contents"), (await o.workflow_handle()).result_run_id == h.result_run_id]


for stage in ("ACCEPTED", "COMPLETED"):

    async def waiting(c: Context, stage=stage):
        o = operation(c, "Mailbox")
        u = await c.client.start_update_with_start_workflow(
            "append", 5, id="u", start_workflow_operation=o, wait_for_stage=WorkflowUpdateStage[stage]
        )
        h = await o.workflow_handle()
        return [
            [u.id, u.workflow_id, u.workflow_run_id, await u.result()],
            [h.id, h.run_id, h.result_run_id, h.first_execution_run_id],
        ]

    waiting.__name__ = f"with_start_waiting_for_{stage.lower()}"
    with_start(f"""
      local o = operation {{ "Mailbox" }}
      local u = start(client, {{ "append", args = {{ 5 }}, id = "u", start_workflow_operation = o,
        wait_for_stage = "{stage}" }})
      local h = o:workflow_handle()
      return {{ {{ u.id, u.workflow_id, u.workflow_run_id, u:result() }},
        {{ h.id, c.nullable(h.run_id), h.result_run_id, h.first_execution_run_id }} }}
    """)(waiting)


@with_start("""
  local o = operation { "Mailbox" }
  local u = start(client, { "append_slowly", args = { 5 }, start_workflow_operation = o, wait_for_stage = "ACCEPTED" })
  o:workflow_handle():signal("release")
  return u:result()
""")
async def with_start_of_a_slow_update(c: Context):
    o = operation(c, "Mailbox")
    u = await c.client.start_update_with_start_workflow(
        "append_slowly", 5, start_workflow_operation=o, wait_for_stage=ACCEPTED
    )
    await (await o.workflow_handle()).signal("release")
    return await u.result()


@with_start("""
  c.start("Mailbox")
  local o = operation { "Mailbox", id_conflict_policy = "FAIL" }
  return { c.caught(execute, client, { "append", args = { 1 }, start_workflow_operation = o }),
    c.caught(o.workflow_handle, o) }
""")
async def with_start_that_must_not_find_one(c: Context):
    await c.start("Mailbox")
    o = operation(c, "Mailbox", id_conflict_policy=WorkflowIDConflictPolicy.FAIL)
    return [
        await c.caught(c.client.execute_update_with_start_workflow("append", 1, start_workflow_operation=o)),
        await c.caught(o.workflow_handle()),
    ]


@with_start("""
  c.start("Mailbox")
  local o = operation { "Mailbox", id_conflict_policy = "TERMINATE_EXISTING" }
  return execute(client, { "append", args = { 1 }, start_workflow_operation = o })
""")
async def with_start_that_terminates(c: Context):
    await c.start("Mailbox")
    o = operation(c, "Mailbox", id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING)
    return await c.client.execute_update_with_start_workflow("append", 1, start_workflow_operation=o)


@with_start("""
  c.start("Nothing"):result()
  local o = operation { "Mailbox", id_reuse_policy = "REJECT_DUPLICATE" }
  execute(client, { "append", args = { 1 }, start_workflow_operation = o })
""")
async def with_start_of_a_closed_one(c: Context):
    await (await c.start("Nothing")).result()
    o = operation(c, "Mailbox", id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE)
    await c.client.execute_update_with_start_workflow("append", 1, start_workflow_operation=o)


@with_start("""
  local o = operation { "Mailbox" }
  execute(client, { "append", args = { 1 }, start_workflow_operation = o })
  execute(client, { "append", args = { 2 }, start_workflow_operation = o })
""")
async def with_start_twice(c: Context):
    o = operation(c, "Mailbox")
    await c.client.execute_update_with_start_workflow("append", 1, start_workflow_operation=o)
    await c.client.execute_update_with_start_workflow("append", 2, start_workflow_operation=o)


@with_start("""operation { "Mailbox", id_conflict_policy = "UNSPECIFIED" }""")
async def with_start_without_a_policy(c: Context):
    operation(c, "Mailbox", id_conflict_policy=WorkflowIDConflictPolicy.UNSPECIFIED)


@with_start("""
  start(client, { "append", args = { 1 }, start_workflow_operation = operation { "Mailbox" },
    wait_for_stage = "ADMITTED" })
""")
async def with_start_waiting_for_admitted(c: Context):
    await c.client.start_update_with_start_workflow(
        "append", 1, start_workflow_operation=operation(c, "Mailbox"), wait_for_stage=WorkflowUpdateStage.ADMITTED
    )


for name, update, argument in (
    ("is_rejected", "append", None), ("fails", "failing_update", "no"), ("has_no_handler", "zz", 1)
):  # fmt: skip

    async def failing(c: Context, update=update, argument=argument):
        o = operation(c, "Mailbox")
        u = await c.client.start_update_with_start_workflow(
            update, argument, start_workflow_operation=o, wait_for_stage=COMPLETED
        )
        return [await c.caught(u.result()), (await o.workflow_handle()).id]

    failing.__name__ = f"with_start_of_an_update_that_{name}"
    with_start(f"""
      local o = operation {{ "Mailbox" }}
      local u = start(client, {{ "{update}", args = {{ n = 1, {"nil" if argument is None else repr(argument)} }},
        start_workflow_operation = o, wait_for_stage = "COMPLETED" }})
      return {{ c.caught(u.result, u), o:workflow_handle().id }}
    """)(failing)


@with_start("""
  execute(client, { "append", args = { 1 }, id = "u", start_workflow_operation = operation { "Mailbox" } })
  return execute(client, { "append", args = { 2 }, id = "u", start_workflow_operation = operation { "Mailbox" } })
""")
async def with_start_and_the_id_of_an_earlier_update(c: Context):
    await c.client.execute_update_with_start_workflow(
        "append", 1, id="u", start_workflow_operation=operation(c, "Mailbox")
    )
    return await c.client.execute_update_with_start_workflow(
        "append", 2, id="u", start_workflow_operation=operation(c, "Mailbox")
    )


@with_start("""
  return execute(client, { "append", args = { 1 }, rpc_metadata = { mine = "1" }, rpc_timeout = 11,
    start_workflow_operation = operation { "Chain", args = { 0 }, execution_timeout = "1h", run_timeout = "30m",
      task_timeout = 7, id_reuse_policy = "ALLOW_DUPLICATE_FAILED_ONLY", retry_policy = { maximum_attempts = 3 },
      memo = { m = 1 }, search_attributes = { CustomIntField = 5 }, static_summary = "s", static_details = "d" } })
""", {"search-attribute-types": ["requests.*.search_attributes.*"]})  # fmt: skip
async def with_start_and_all_its_options(c: Context):
    from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

    o = operation(
        c, "Chain", 0, execution_timeout=timedelta(hours=1), run_timeout=timedelta(minutes=30),
        task_timeout=timedelta(seconds=7), id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
        retry_policy=RetryPolicy(maximum_attempts=3), memo={"m": 1},
        search_attributes=TypedSearchAttributes([SearchAttributePair(SearchAttributeKey.for_int("CustomIntField"), 5)]),
        static_summary="s", static_details="d",
    )  # fmt: skip
    return await c.client.execute_update_with_start_workflow(
        "append", 1, rpc_metadata={"mine": "1"}, rpc_timeout=timedelta(seconds=11), start_workflow_operation=o
    )


@with_start("""
  local o = operation { "Mailbox", cron_schedule = "often" }
  return { c.caught(execute, client, { "append", args = { 1 }, start_workflow_operation = o }),
    c.caught(o.workflow_handle, o) }
""")
async def with_start_that_the_server_refuses(c: Context):
    o = operation(c, "Mailbox", cron_schedule="often")
    return [
        await c.caught(c.client.execute_update_with_start_workflow("append", 1, start_workflow_operation=o)),
        await c.caught(o.workflow_handle()),
    ]


@with_start("""
  local o = operation { "Sleep", task_queue = c.id }
  return { c.caught(execute, client, { "append", args = { 1 }, id = "u", rpc_timeout = 2,
    start_workflow_operation = o }), o.id }
""", {"deadline": ["outcome.value.0.cause.*"]})  # fmt: skip
async def with_start_that_nobody_answers(c: Context):
    o = operation(c, "Sleep", task_queue=c.id)
    call = c.client.execute_update_with_start_workflow(
        "append", 1, id="u", rpc_timeout=timedelta(seconds=2), start_workflow_operation=o
    )
    return [await c.caught(call), c.id]


@with_start("""
  return execute(client, { "append", args = { 1 }, start_workflow_operation = operation { "Mailbox" },
    rpc_metadata = { ["conformance-fail"] = "2 UNAVAILABLE " .. c.id } })
""")
async def with_start_is_tried_again(c: Context):
    return await c.client.execute_update_with_start_workflow(
        "append", 1, start_workflow_operation=operation(c, "Mailbox"),
        rpc_metadata={"conformance-fail": f"2 UNAVAILABLE {c.id}"},
    )  # fmt: skip
