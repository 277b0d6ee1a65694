"""Starting workflows: options, policies, memo and search attributes, errors."""

from datetime import timedelta

from normal import execution
from table import Context, case
from temporalio.common import RetryPolicy, WorkflowIDConflictPolicy, WorkflowIDReusePolicy

PLAIN_HANDLE = """
  local h = c.start("Sleep")
  return { h.id, c.nullable(h.run_id), h.result_run_id, h.first_execution_run_id }
"""


@case(PLAIN_HANDLE)
async def start_gives_a_handle(c: Context):
    h = await c.start("Sleep")
    return [h.id, h.run_id, h.result_run_id, h.first_execution_run_id]


@case("""c.start{ "Echo", arg = nil, args = nil }""")
async def start_without_arguments(c: Context):
    await c.start("Echo")


@case("""c.start{ "Sleep", execution_timeout = "1h", run_timeout = 90.5, task_timeout = "7s500ms" }""")
async def start_with_timeouts(c: Context):
    await c.start("Sleep", execution_timeout=timedelta(hours=1), run_timeout=timedelta(seconds=90.5),
                  task_timeout=timedelta(seconds=7.5))  # fmt: skip


@case("""c.start{ "Sleep", start_delay = "30m" }""")
async def start_with_delay(c: Context):
    await c.start("Sleep", start_delay=timedelta(minutes=30))


@case("""c.start{ "Sleep", retry_policy = {} }""")
async def start_with_the_default_retry_policy(c: Context):
    await c.start("Sleep", retry_policy=RetryPolicy())


@case("""
  c.start{ "Sleep", retry_policy = { initial_interval = "2s", backoff_coefficient = 3, maximum_interval = 10,
    maximum_attempts = 5, non_retryable_error_types = { "A", "B" } } }
""")
async def start_with_a_whole_retry_policy(c: Context):
    policy = RetryPolicy(timedelta(seconds=2), 3, timedelta(seconds=10), 5, ["A", "B"])
    await c.start("Sleep", retry_policy=policy)


@case("""c.start{ "Sleep", retry_policy = { backoff_coefficient = 0.5 } }""")
async def start_with_a_shrinking_retry_policy(c: Context):
    await c.start("Sleep", retry_policy=RetryPolicy(backoff_coefficient=0.5))


@case("""c.start{ "Sleep", retry_policy = { initial_interval = 2, maximum_interval = 1 } }""")
async def start_with_a_contradictory_retry_policy(c: Context):
    await c.start("Sleep", retry_policy=RetryPolicy(timedelta(seconds=2), maximum_interval=timedelta(seconds=1)))


@case("""c.start{ "Sleep", retry_policy = { maximum_attempts = 1, backoff_coefficient = 0.5 } }""")
async def start_with_a_policy_of_one_attempt(c: Context):
    await c.start("Sleep", retry_policy=RetryPolicy(maximum_attempts=1, backoff_coefficient=0.5))


@case("""c.start{ "Cron", cron_schedule = "0 12 * * *" }""")
async def start_with_cron(c: Context):
    await c.start("Cron", cron_schedule="0 12 * * *")


@case("""c.start{ "Cron", cron_schedule = "often" }""")
async def start_with_a_bad_cron_schedule(c: Context):
    await c.start("Cron", cron_schedule="often")


@case("""
  c.start{ "Sleep", memo = { list = { 1, json.array {} }, text = "t", bytes = temporal.bytes "b", none = json.null } }
""")
async def start_with_memo(c: Context):
    await c.start("Sleep", memo={"list": [1, []], "text": "t", "bytes": b"b", "none": None})


@case("""c.start{ "Sleep", static_summary = "In *one* line", static_details = "and\\nmore ü" }""", {"json-escapes": ["*.data"]})
async def start_with_summary_and_details(c: Context):
    await c.start("Sleep", static_summary="In *one* line", static_details="and\nmore ü")


@case("""
  local h = c.start("Sleep")
  c.start("Echo")
""")
async def start_while_one_is_open(c: Context):
    await c.start("Sleep")
    await c.start("Echo")


for conflict in ("FAIL", "USE_EXISTING", "TERMINATE_EXISTING"):

    async def conflicting(c: Context, conflict=conflict):
        one = await c.start("Sleep")
        two = await c.start("Echo", id_conflict_policy=WorkflowIDConflictPolicy[conflict])
        return [one.result_run_id, two.result_run_id, two.first_execution_run_id]

    conflicting.__name__ = f"start_with_conflict_policy_{conflict.lower()}"
    case(f"""
      local one = c.start("Sleep")
      local two = c.start{{ "Echo", id_conflict_policy = "{conflict}" }}
      return {{ one.result_run_id, two.result_run_id, two.first_execution_run_id }}
    """)(conflicting)

for reuse in ("ALLOW_DUPLICATE", "ALLOW_DUPLICATE_FAILED_ONLY", "REJECT_DUPLICATE"):

    async def reusing(c: Context, reuse=reuse):
        one = await c.start("Nothing")
        await one.result()
        two = await c.start("Sleep", id_reuse_policy=WorkflowIDReusePolicy[reuse])
        return [one.result_run_id, two.result_run_id]

    reusing.__name__ = f"start_with_reuse_policy_{reuse.lower()}"
    case(f"""
      local one = c.start("Nothing")
      one:result()
      local two = c.start{{ "Sleep", id_reuse_policy = "{reuse}" }}
      return {{ one.result_run_id, two.result_run_id }}
    """)(reusing)


@case("""
  c.start("Sleep")
  local two = c.start{ "Mailbox", id_reuse_policy = "TERMINATE_IF_RUNNING" }
  return two.result_run_id
""")
async def start_with_reuse_policy_terminate_if_running(c: Context):
    await c.start("Sleep")
    two = await c.start("Mailbox", id_reuse_policy=WorkflowIDReusePolicy.TERMINATE_IF_RUNNING)
    return two.result_run_id


@case("""
  local h = c.start{ "Mailbox", start_signal = "put", start_signal_args = { 1, nil, "three", n = 3 } }
  return { h:query("contents"), c.nullable(h.run_id), h.result_run_id, c.nullable(h.first_execution_run_id) }
""")
async def start_with_a_signal(c: Context):
    h = await c.start("Mailbox", start_signal="put", start_signal_args=[1, None, "three"])
    return [await h.query("contents"), h.run_id, h.result_run_id, h.first_execution_run_id]


@case("""
  c.start("Mailbox")
  local h = c.start{ "Mailbox", start_signal = "put", start_signal_args = { 1 }, id_conflict_policy = "USE_EXISTING" }
  return { h:query("contents"), h.result_run_id, c.nullable(h.first_execution_run_id) }
""")
async def start_signal_to_an_open_one(c: Context):
    await c.start("Mailbox")
    h = await c.start("Mailbox", start_signal="put", start_signal_args=[1],
                      id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING)  # fmt: skip
    return [await h.query("contents"), h.result_run_id, h.first_execution_run_id]


@case("""c.start{ "Echo", id = "", memo = { tag = c.id } }""")
async def start_with_an_empty_id(c: Context):
    await c.start("Echo", id="", memo={"tag": c.id})


@case("""c.start{ "Echo", id = c.id .. ("i"):rep(1001) }""")
async def start_with_too_long_an_id(c: Context):
    await c.start("Echo", id=c.id + "i" * 1001)


@case("""c.start{ "Echo", task_queue = "" }""")
async def start_without_a_task_queue(c: Context):
    await c.start("Echo", task_queue="")


@case("""c.start{ "" }""")
async def start_without_a_type(c: Context):
    await c.start("")


@case("""c.start{ "Sleep", rpc_metadata = { mine = "1", other = "2" }, rpc_timeout = 17 }""")
async def start_with_metadata_and_timeout(c: Context):
    await c.start("Sleep", rpc_metadata={"mine": "1", "other": "2"}, rpc_timeout=timedelta(seconds=17))


@case("""
  return client:execute_workflow{ "Echo", args = { 1, "two" }, id = c.id, task_queue = c.queue }
""")
async def execute(c: Context):
    return await c.client.execute_workflow("Echo", args=[1, "two"], id=c.id, task_queue=c.queue)


@case("""
  return client:execute_workflow{ "Echo", args = { 1 }, id = c.id, task_queue = c.queue, rpc_metadata = { mine = "1" },
    rpc_timeout = 17 }
""", {"inner-polls": ["requests.1.metadata.mine", "requests.1.timeout"]})  # fmt: skip
async def execute_with_metadata_and_timeout(c: Context):
    return await c.client.execute_workflow("Echo", args=[1], id=c.id, task_queue=c.queue, rpc_metadata={"mine": "1"},
                                           rpc_timeout=timedelta(seconds=17))  # fmt: skip


@case("""
  local d = c.start{ "Sleep", memo = { a = 1 }, static_summary = "s", static_details = "d" }:describe()
  local found = c.execution(d)
  found.static_summary, found.static_details = d.static_summary, d.static_details
  return found
""")
async def describe_an_open_one(c: Context):
    d = await (await c.start("Sleep", memo={"a": 1}, static_summary="s", static_details="d")).describe()
    return {**await execution(d), "static_summary": await d.static_summary(), "static_details": await d.static_details()}


@case("""
  local h = c.start("Described", "details")
  h:signal("finish")
  h:result()
  return c.execution(h:describe())
""")
async def describe_what_a_workflow_sets(c: Context):
    h = await c.start("Described", "details")
    await h.signal("finish")
    await h.result()
    return await execution(await h.describe())


@case("""
  local h = c.start("Parent", "Nothing", json.array {})
  h:result()
  return c.execution(client:get_workflow_handle(c.id .. "-child"):describe())
""")
async def describe_a_child(c: Context):
    h = await c.start("Parent", "Nothing", [])
    await h.result()
    return await execution(await c.client.get_workflow_handle(c.id + "-child").describe())


@case("""return c.handle():describe()""")
async def describe_nothing(c: Context):
    return await c.handle().describe()


@case("""
  c.start("Sleep")
  return c.handle{ run_id = "00000000-0000-4000-8000-000000000000" }:describe()
""")
async def describe_a_wrong_run(c: Context):
    await c.start("Sleep")
    return await c.handle(run_id="00000000-0000-4000-8000-000000000000").describe()


@case("""
  c.start("Sleep")
  return c.handle():describe{ rpc_metadata = { ["some-bin"] = "\\0\\255", ["client-name"] = "mine" }, rpc_timeout = 3 }.id
""")
async def describe_with_metadata_and_timeout(c: Context):
    await c.start("Sleep")
    d = await c.handle().describe(
        rpc_metadata={"some-bin": b"\0\xff", "client-name": "mine"}, rpc_timeout=timedelta(seconds=3)
    )
    return d.id


@case("""
  c.start("Sleep")
  return c.handle():describe{ rpc_metadata = { ["conformance-fail"] = "5 UNAVAILABLE " .. c.id } }.id
""")
async def describe_is_tried_again(c: Context):
    await c.start("Sleep")
    return (await c.handle().describe(rpc_metadata={"conformance-fail": f"5 UNAVAILABLE {c.id}"})).id


for status in ("DATA_LOSS", "INTERNAL", "UNKNOWN", "ABORTED", "OUT_OF_RANGE", "RESOURCE_EXHAUSTED"):

    async def again(c: Context, status=status):
        return (await c.start("Sleep", rpc_metadata={"conformance-fail": f"1 {status} {c.id}"})).id

    again.__name__ = f"start_is_tried_again_after_{status.lower()}"
    case(f"""
      return c.start{{ "Sleep", rpc_metadata = {{ ["conformance-fail"] = "1 {status} " .. c.id }} }}.id
    """)(again)

for status in ("PERMISSION_DENIED", "FAILED_PRECONDITION", "UNIMPLEMENTED", "UNAUTHENTICATED", "CANCELLED",
               "DEADLINE_EXCEEDED", "ALREADY_EXISTS", "INVALID_ARGUMENT"):  # fmt: skip

    async def once(c: Context, status=status):
        return (await c.start("Sleep", rpc_metadata={"conformance-fail": f"1 {status} {c.id}"})).id

    once.__name__ = f"start_is_not_tried_again_after_{status.lower()}"
    case(f"""
      return c.start{{ "Sleep", rpc_metadata = {{ ["conformance-fail"] = "1 {status} " .. c.id }} }}.id
    """)(once)
