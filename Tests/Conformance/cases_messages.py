"""Signals and queries."""

from datetime import timedelta

from table import Context, case
from temporalio.client import Client
from temporalio.common import QueryRejectCondition

SOME_RUN = "00000000-0000-4000-8000-000000000000"


@case("""
  local h = c.start("Mailbox")
  return h:signal("put")
""")
async def signal_without_arguments(c: Context):
    h = await c.start("Mailbox")
    await h.signal("put")


@case("""
  local h = c.start("Mailbox")
  h:signal("put", 1)
  return h:query("contents")
""")
async def signal_with_one_argument(c: Context):
    h = await c.start("Mailbox")
    await h.signal("put", 1)
    return await h.query("contents")


@case("""
  local h = c.start("Mailbox")
  h:signal("put", 1, "two", 3.5, true, nil)
  return h:query("contents")
""")
async def signal_with_several_arguments(c: Context):
    h = await c.start("Mailbox")
    await h.signal("put", args=[1, "two", 3.5, True, None])
    return await h.query("contents")


@case("""
  local h = c.start("Mailbox")
  h:signal("put", nil)
  return h:query("contents")
""")
async def signal_with_nil(c: Context):
    h = await c.start("Mailbox")
    await h.signal("put", None)
    return await h.query("contents")


@case("""
  local h = c.start("Mailbox")
  h:signal{ "put", args = {} }
  return h:query("contents")
""")
async def signal_with_empty_args(c: Context):
    h = await c.start("Mailbox")
    await h.signal("put", args=[])
    return await h.query("contents")


@case("""
  local h = c.start("Mailbox")
  h:signal{ "put", arg = "x", rpc_metadata = { mine = "1" }, rpc_timeout = 5 }
""")
async def signal_with_metadata_and_timeout(c: Context):
    h = await c.start("Mailbox")
    await h.signal("put", "x", rpc_metadata={"mine": "1"}, rpc_timeout=timedelta(seconds=5))


@case("""c.handle():signal("put", 1)""")
async def signal_to_nothing(c: Context):
    await c.handle().signal("put", 1)


@case("""
  local h = c.start("Echo")
  h:result()
  h:signal("put", 1)
""")
async def signal_to_a_closed_workflow(c: Context):
    h = await c.start("Echo")
    await h.result()
    await h.signal("put", 1)


@case("""
  c.start("Mailbox")
  c.handle{ run_id = "00000000-0000-4000-8000-000000000000" }:signal("put", 1)
""")
async def signal_to_a_wrong_run(c: Context):
    await c.start("Mailbox")
    await c.handle(run_id=SOME_RUN).signal("put", 1)


@case("""
  c.start("Mailbox")
  c.handle{ run_id = "no run id" }:signal("put", 1)
""")
async def signal_to_a_malformed_run_id(c: Context):
    await c.start("Mailbox")
    await c.handle(run_id="no run id").signal("put", 1)


@case("""
  c.start("Mailbox")
  local h = c.handle{ first_execution_run_id = "00000000-0000-4000-8000-000000000000" }
  h:signal("put", 1)
  return h:query("contents")
""")
async def signal_ignores_the_first_run(c: Context):
    await c.start("Mailbox")
    h = c.handle(first_execution_run_id=SOME_RUN)
    await h.signal("put", 1)
    return await h.query("contents")


@case("""
  local h = c.start("Mailbox")
  c.handle{ run_id = h.result_run_id }:signal("put", 1)
  return c.handle{ run_id = h.result_run_id }:query("contents")
""")
async def signal_and_query_to_the_run(c: Context):
    h = await c.start("Mailbox")
    await c.handle(run_id=h.result_run_id).signal("put", 1)
    return await c.handle(run_id=h.result_run_id).query("contents")


@case("""
  local h = c.start("Mailbox")
  h:signal("not known", 1)
""")
async def signal_without_handler(c: Context):
    h = await c.start("Mailbox")
    await h.signal("not known", 1)


@case("""
  local h = c.start("Mailbox")
  h:signal("", 1)
""")
async def signal_with_empty_name(c: Context):
    h = await c.start("Mailbox")
    await h.signal("", 1)


@case("""
  local h = c.start("Mailbox")
  h:signal("put", "a", "b")
  return h:query("nth", 1)
""")
async def query_with_an_argument(c: Context):
    h = await c.start("Mailbox")
    await h.signal("put", args=["a", "b"])
    return await h.query("nth", 1)


@case("""
  local h = c.start("Mailbox")
  h:signal("put", nil)
  return h:query("nth", 0)
""")
async def query_that_gives_nil(c: Context):
    h = await c.start("Mailbox")
    await h.signal("put", None)
    return await h.query("nth", 0)


@case("""return c.start("Mailbox"):query("failing_query")""")
async def query_that_fails(c: Context):
    return await (await c.start("Mailbox")).query("failing_query")


@case("""return c.start("Mailbox"):query("nth", 5)""")
async def query_that_raises_an_exception(c: Context):
    return await (await c.start("Mailbox")).query("nth", 5)


@case("""return c.start("Mailbox"):query("zz")""")
async def query_without_handler(c: Context):
    return await (await c.start("Mailbox")).query("zz")


@case("""return c.start("Mailbox"):query("nth")""")
async def query_without_its_argument(c: Context):
    return await (await c.start("Mailbox")).query("nth")


@case("""return c.handle():query("contents")""")
async def query_of_nothing(c: Context):
    return await c.handle().query("contents")


@case("""
  c.start("Mailbox")
  return c.handle{ run_id = "no run id" }:query("contents")
""", {"query-invalid": ["outcome.error.kind", "outcome.error.status", "outcome.error.details"]})
async def query_of_a_malformed_run_id(c: Context):
    await c.start("Mailbox")
    return await c.handle(run_id="no run id").query("contents")


@case("""
  c.start("Mailbox")
  return c.handle{ run_id = "00000000-0000-4000-8000-000000000000" }:query("contents")
""")
async def query_of_a_wrong_run(c: Context):
    await c.start("Mailbox")
    return await c.handle(run_id=SOME_RUN).query("contents")


FINISHED = """
  local h = c.start("Mailbox")
  h:signal("put", 7)
  h:signal("finish")
  h:result()
"""


async def finished(c: Context):
    h = await c.start("Mailbox")
    await h.signal("put", 7)
    await h.signal("finish")
    await h.result()
    return h


@case(FINISHED + """return h:query("contents")""")
async def query_of_a_closed_workflow(c: Context):
    return await (await finished(c)).query("contents")


@case(FINISHED + """return h:query{ "contents", reject_condition = "NONE" }""")
async def query_with_reject_condition_none(c: Context):
    return await (await finished(c)).query("contents", reject_condition=QueryRejectCondition.NONE)


@case(FINISHED + """return h:query{ "contents", reject_condition = "NOT_OPEN" }""", {"rejected-status": ["outcome.error.message"]})
async def query_rejected_as_not_open(c: Context):
    return await (await finished(c)).query("contents", reject_condition=QueryRejectCondition.NOT_OPEN)


@case(FINISHED + """return h:query{ "contents", reject_condition = "NOT_COMPLETED_CLEANLY" }""")
async def query_of_a_cleanly_completed_one(c: Context):
    return await (await finished(c)).query("contents", reject_condition=QueryRejectCondition.NOT_COMPLETED_CLEANLY)


@case("""
  local h = c.start("Sleep")
  h:query("__temporal_workflow_metadata")
  h:cancel()
  c.caught(h.result, h)
  return h:query{ "contents", reject_condition = "NOT_COMPLETED_CLEANLY" }
""", {"rejected-status": ["outcome.error.message"]})
async def query_rejected_as_cancelled(c: Context):
    h = await c.start("Sleep")
    await h.query("__temporal_workflow_metadata")
    await h.cancel()
    await c.caught(h.result())
    return await h.query("contents", reject_condition=QueryRejectCondition.NOT_COMPLETED_CLEANLY)


@case("""
  local h = c.start{ "Sleep", task_queue = c.id }
  return h:query{ "contents", rpc_timeout = 1 }
""", {"deadline": ["outcome.error.status"], "query-workers": ["outcome.error.message", "requests.[23].*"]})
async def query_that_nobody_answers(c: Context):
    h = await c.start("Sleep", task_queue=c.id)
    return await h.query("contents", rpc_timeout=timedelta(seconds=1))


@case("""
  local h = c.start("Mailbox")
  return h:query{ "contents", rpc_metadata = { mine = "1" }, rpc_timeout = 12 }
""")
async def query_with_metadata_and_timeout(c: Context):
    h = await c.start("Mailbox")
    return await h.query("contents", rpc_metadata={"mine": "1"}, rpc_timeout=timedelta(seconds=12))


@case("""
  c.start("Sleep")
  local own = temporal.connect(client.address, { rpc_metadata = { mine = "1", other = "2" } })
  own:get_workflow_handle(c.id):signal{ "a", rpc_metadata = { mine = "3" } }
""")
async def metadata_of_the_client(c: Context):
    await c.start("Sleep")
    address = c.client.service_client.config.target_host
    own = await Client.connect(address, rpc_metadata={"mine": "1", "other": "2"})
    await own.get_workflow_handle(c.id).signal("a", rpc_metadata={"mine": "3"})


@case("""
  local own = temporal.connect(client.address, { namespace = "nons" })
  own:get_workflow_handle(c.id):signal("a")
""")
async def signal_in_no_namespace(c: Context):
    own = await Client.connect(c.client.service_client.config.target_host, namespace="nons")
    await own.get_workflow_handle(c.id).signal("a")
