"""Results of all endings, cancelling and terminating."""

from datetime import timedelta

from table import Context, case
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.common import RetryPolicy

SOME_RUN = "00000000-0000-4000-8000-000000000000"


@case("""return c.start("Nothing"):result()""")
async def result_of_nothing(c: Context):
    return await (await c.start("Nothing")).result()


@case("""return c.start("Echo", 1, "two", nil, { a = json.array {} }):result()""")
async def result_of_values(c: Context):
    return await (await c.start("Echo", 1, "two", None, {"a": []})).result()


@case("""return c.start("Fail", "it broke", "Broken", { 1, { two = 2 } }):result()""")
async def result_of_a_failure(c: Context):
    return await (await c.start("Fail", "it broke", "Broken", [1, {"two": 2}])).result()


@case("""return c.start("Fail", "it broke", "Broken", json.array {}, true):result()""")
async def result_of_a_non_retryable_failure(c: Context):
    return await (await c.start("Fail", "it broke", "Broken", [], True)).result()


@case("""return c.start("RunActivity", "failing_activity", { "gone" }):result()""")
async def result_of_a_failed_activity(c: Context):
    return await (await c.start("RunActivity", "failing_activity", ["gone"])).result()


@case("""return c.start("RunActivity", "failing_activity", { "gone" }, 3):result()""")
async def result_of_an_activity_that_failed_three_times(c: Context):
    return await (await c.start("RunActivity", "failing_activity", ["gone"], 3)).result()


@case("""return c.start("RunActivity", "echo_activity", { { 1, 2 } }):result()""")
async def result_of_an_activity(c: Context):
    return await (await c.start("RunActivity", "echo_activity", [[1, 2]])).result()


@case("""return c.start("Parent", "Fail", { "m", "T", { 1 } }):result()""")
async def result_of_a_failed_child(c: Context):
    return await (await c.start("Parent", "Fail", ["m", "T", [1]])).result()


@case("""return c.start{ "Sleep", run_timeout = 1, task_queue = c.id }:result()""")
async def result_of_a_run_that_timed_out(c: Context):
    return await (await c.start("Sleep", run_timeout=timedelta(seconds=1), task_queue=c.id)).result()


@case("""return c.start{ "Sleep", execution_timeout = 1, task_queue = c.id }:result()""")
async def result_of_an_execution_that_timed_out(c: Context):
    return await (await c.start("Sleep", execution_timeout=timedelta(seconds=1), task_queue=c.id)).result()


@case("""return c.start("ContinueAsNew", 2):result()""")
async def result_follows_new_runs(c: Context):
    return await (await c.start("ContinueAsNew", 2)).result()


# The whole chain has to end before the server's state is looked at.
@case("""
  local h = c.start("ContinueAsNew", 2)
  return { c.caught(h.result, h, { follow_runs = false }), h:result() }
""")
async def result_stays_in_the_run(c: Context):
    h = await c.start("ContinueAsNew", 2)
    return [await c.caught(h.result(follow_runs=False)), await h.result()]


RETRIED = """
  local h = c.start{ "FailUntil", args = { 3 }, retry_policy = { initial_interval = "10ms" } }
"""


async def retried(c: Context):
    policy = RetryPolicy(initial_interval=timedelta(milliseconds=10))
    return await c.start("FailUntil", 3, retry_policy=policy)


@case(RETRIED + "return h:result()")
async def result_of_a_retried_workflow(c: Context):
    return await (await retried(c)).result()


@case(RETRIED + "return { c.caught(h.result, h, { follow_runs = false }), h:result() }")
async def result_of_the_first_try(c: Context):
    h = await retried(c)
    return [await c.caught(h.result(follow_runs=False)), await h.result()]


@case(RETRIED + """
  local options = { follow_runs = false, rpc_metadata = { ["supported-features"] = "follows-next-run-id" } }
  return { c.caught(h.result, h, options), h:result() }
""")
async def result_of_the_first_try_as_it_was(c: Context):
    metadata = {"supported-features": "follows-next-run-id"}
    h = await retried(c)
    return [await c.caught(h.result(follow_runs=False, rpc_metadata=metadata)), await h.result()]


@case("""return c.handle():result()""")
async def result_of_no_workflow(c: Context):
    return await c.handle().result()


@case("""
  c.start("Nothing")
  return c.handle{ run_id = "00000000-0000-4000-8000-000000000000" }:result()
""")
async def result_of_a_wrong_run(c: Context):
    await c.start("Nothing")
    return await c.handle(run_id=SOME_RUN).result()


@case("""
  c.start("Nothing"):result()
  return c.handle():result()
""")
async def result_of_the_latest_run(c: Context):
    await (await c.start("Nothing")).result()
    return await c.handle().result()


@case("""
  return c.start("Echo", 1):result{ rpc_metadata = { mine = "1" }, rpc_timeout = 9 }
""")
async def result_with_metadata_and_timeout(c: Context):
    return await (await c.start("Echo", 1)).result(rpc_metadata={"mine": "1"}, rpc_timeout=timedelta(seconds=9))


# A signal sent once the workflow runs, so that the cancellation finds its code waiting.
RUNNING = """
  local h = c.start("Sleep")
  h:query("__temporal_workflow_metadata")
"""


async def running(c: Context, workflow: str = "Sleep"):
    h = await c.start(workflow)
    await h.query("__temporal_workflow_metadata")
    return h


@case(RUNNING + "h:cancel() return h:result()")
async def cancel(c: Context):
    h = await running(c)
    await h.cancel()
    return await h.result()


@case(RUNNING + """h:cancel{ reason = "no longer ü" } return h:result()""")
async def cancel_with_a_reason(c: Context):
    h = await running(c)
    await h.cancel(reason="no longer ü")
    return await h.result()


@case(RUNNING + """h:cancel{ rpc_metadata = { mine = "1" }, rpc_timeout = 8 } return h:result()""")
async def cancel_with_metadata_and_timeout(c: Context):
    h = await running(c)
    await h.cancel(rpc_metadata={"mine": "1"}, rpc_timeout=timedelta(seconds=8))
    return await h.result()


@case("""
  local h = c.start("OutliveCancel")
  h:query("__temporal_workflow_metadata")
  h:cancel()
  return h:result()
""")
async def cancel_that_is_outlived(c: Context):
    h = await running(c, "OutliveCancel")
    await h.cancel()
    return await h.result()


@case("""c.handle():cancel()""")
async def cancel_nothing(c: Context):
    await c.handle().cancel()


@case("""
  local h = c.start("Nothing")
  h:result()
  h:cancel()
""")
async def cancel_a_closed_one(c: Context):
    h = await c.start("Nothing")
    await h.result()
    await h.cancel()


@case("""
  c.start("Sleep")
  c.handle{ first_execution_run_id = "00000000-0000-4000-8000-000000000000" }:cancel()
""")
async def cancel_a_wrong_chain(c: Context):
    await c.start("Sleep")
    await c.handle(first_execution_run_id=SOME_RUN).cancel()


@case("""
  c.start("Sleep")
  c.handle{ run_id = "00000000-0000-4000-8000-000000000000" }:cancel()
""")
async def cancel_a_wrong_run(c: Context):
    await c.start("Sleep")
    await c.handle(run_id=SOME_RUN).cancel()


@case(RUNNING + "h:terminate() return h:result()")
async def terminate(c: Context):
    h = await running(c)
    await h.terminate()
    return await h.result()


@case(RUNNING + """h:terminate{ reason = "stuck" } return h:result()""")
async def terminate_with_a_reason(c: Context):
    h = await running(c)
    await h.terminate(reason="stuck")
    return await h.result()


@case(RUNNING + """h:terminate("why", { 1, 2 }) return h:result()""")
async def terminate_with_details(c: Context):
    h = await running(c)
    await h.terminate("why", [1, 2])
    return await h.result()


@case(RUNNING + """h:terminate{ args = { 1, nil, n = 2 }, reason = "r", rpc_timeout = 6 } return h:result()""")
async def terminate_with_details_and_reason(c: Context):
    h = await running(c)
    await h.terminate(1, None, reason="r", rpc_timeout=timedelta(seconds=6))
    return await h.result()


@case("""c.handle():terminate()""")
async def terminate_nothing(c: Context):
    await c.handle().terminate()


@case("""
  local h = c.start("Nothing")
  h:result()
  h:terminate()
""")
async def terminate_a_closed_one(c: Context):
    h = await c.start("Nothing")
    await h.result()
    await h.terminate()


@case("""
  c.start("Sleep")
  c.handle{ first_execution_run_id = "00000000-0000-4000-8000-000000000000" }:terminate()
""")
async def terminate_a_wrong_chain(c: Context):
    await c.start("Sleep")
    await c.handle(first_execution_run_id=SOME_RUN).terminate()


@case("""
  local one = c.start("Nothing")
  one:result()
  c.start("Sleep")
  one:terminate()
""")
async def terminate_does_not_reach_another_chain(c: Context):
    one = await c.start("Nothing")
    await one.result()
    await c.start("Sleep")
    await one.terminate()


@case("""
  local h = c.start("Mailbox")
  h:query("contents")
  local reset = client.workflow_service:reset_workflow_execution{ namespace = client.namespace,
    workflow_execution = { workflow_id = c.id, run_id = h.result_run_id }, reason = "once more",
    workflow_task_finish_event_id = 4, request_id = "1" }
  h:query("contents")
  return { c.caught(h.result, h), h:describe().run_id == reset.run_id }
""")
async def result_of_a_reset_run(c: Context):
    h = await c.start("Mailbox")
    await h.query("contents")
    request = ResetWorkflowExecutionRequest(
        namespace=c.client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=c.id, run_id=h.result_run_id),
        reason="once more",
        workflow_task_finish_event_id=4,
        request_id="1",
    )
    reset = await c.client.workflow_service.reset_workflow_execution(request)
    await h.query("contents")
    return [await c.caught(h.result()), (await h.describe()).run_id == reset.run_id]
