"""What a client is connected with, and what can be changed while it is: headers, retries, identity, namespace, queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from table import Context, case
from temporalio.client import Client
from temporalio.common import QueryRejectCondition
from temporalio.service import RetryConfig

#: Makes a client of one's own, as `mine(options)`.
MINE = """
  local function mine(options)
    options.target_host, options.lazy = client.address, true
    options.namespace = options.namespace or client.namespace
    return temporal.connect(options)
  end
  local function describe(c, mine, ...) return mine:get_workflow_handle(c.id):describe(...) end
"""


async def mine(c: Context, **options: Any) -> Client:
    options = {"namespace": c.client.namespace, **options}
    return await Client.connect(c.client.service_client.config.target_host, lazy=True, **options)


def failing(count: int, status: str, c: Context) -> dict[str, str]:
    """Headers by which so many attempts fail."""
    return {"conformance-fail": f"{count} {status} {c.id}"}


def retried(name: str, lua: str, python: RetryConfig, count: int, status: str = "UNAVAILABLE") -> None:
    """A call fails so many times, with a retry_config: how many attempts are made, and how does it end?"""

    async def call(c: Context) -> Any:
        await c.start("Sleep")
        client = await mine(c, retry_config=python)
        call = client.get_workflow_handle(c.id).describe(rpc_metadata=failing(count, status, c))
        return await c.caught(said(call))

    async def said(call: Any) -> str:
        return (await call).id

    call.__name__ = f"connect_{name}"
    case(MINE + f"""
      c.start("Sleep")
      local own = mine{{ retry_config = {lua} }}
      return c.caught(function()
        return describe(c, own, {{ rpc_metadata = {{ ["conformance-fail"] = "{count} {status} " .. c.id }} }}).id
      end)
    """)(call)


QUICK = "initial_interval = '1ms', max_interval = '5ms'"


def quick(**options: Any) -> RetryConfig:
    return RetryConfig(initial_interval_millis=1, max_interval_millis=5, **options)


retried("tries_three_times", f"{{ {QUICK}, max_retries = 3 }}", quick(max_retries=3), 9)
retried("tries_often_enough", f"{{ {QUICK}, max_retries = 3 }}", quick(max_retries=3), 2)
retried("tries_once", f"{{ {QUICK}, max_retries = 1 }}", quick(max_retries=1), 1)
retried("tries_more_than_ten_times", f"{{ {QUICK}, max_retries = 14 }}", quick(max_retries=14), 13)
retried("tries_for_no_time", "{ initial_interval = '10s', max_elapsed_time = '1ms' }",
        RetryConfig(initial_interval_millis=10_000, max_elapsed_time_millis=1), 1)  # fmt: skip
retried("tries_nothing_that_is_wrong_for_good", f"{{ {QUICK}, max_retries = 5 }}", quick(max_retries=5), 1,
        "PERMISSION_DENIED")  # fmt: skip


@case(MINE + """
  c.start("Sleep")
  local own = mine{ rpc_metadata = { one = "1", two = "2" } }
  describe(c, own)
  own.rpc_metadata = { two = "b", ["bytes-bin"] = "\\xff" }
  describe(c, own)
  describe(c, own, { rpc_metadata = { two = "c" } })
  own.rpc_metadata = {}
  describe(c, own)
""")
async def connect_with_headers_that_change(c: Context) -> None:
    await c.start("Sleep")
    client = await mine(c, rpc_metadata={"one": "1", "two": "2"})
    handle = client.get_workflow_handle(c.id)
    await handle.describe()
    client.rpc_metadata = {"two": "b", "bytes-bin": b"\xff"}
    await handle.describe()
    await handle.describe(rpc_metadata={"two": "c"})
    client.rpc_metadata = {}
    await handle.describe()


@case(MINE + """
  local own = mine{ identity = "somebody" }
  own:start_workflow{ "Mailbox", id = c.id, task_queue = c.queue }:signal("put", 1)
""")
async def connect_as_somebody(c: Context) -> None:
    client = await mine(c, identity="somebody")
    handle = await client.start_workflow("Mailbox", id=c.id, task_queue=c.queue)
    await handle.signal("put", 1)


@case(MINE + """
  local h = c.start("Nothing")
  h:result()
  local own = mine{ default_workflow_query_reject_condition = "NOT_OPEN" }:get_workflow_handle(c.id)
  return { c.caught(own.query, own, "nothing"),
    c.caught(own.query, own, { "__stack_trace", reject_condition = "NOT_COMPLETED_CLEANLY", result_type = type }) }
""", {"rejected-status": ["outcome.value.0.message"]})
async def connect_with_a_reject_condition(c: Context) -> Any:
    handle = await c.start("Nothing")
    await handle.result()
    client = await mine(c, default_workflow_query_reject_condition=QueryRejectCondition.NOT_OPEN)
    own = client.get_workflow_handle(c.id)

    async def kind() -> str:
        answer = await own.query("__stack_trace", reject_condition=QueryRejectCondition.NOT_COMPLETED_CLEANLY)
        return "string" if isinstance(answer, str) else "table"

    return [await c.caught(own.query("nothing")), await c.caught(kind())]


@case(MINE + """
  local own = mine{ namespace = "no-such-namespace" }
  return { own.namespace, c.caught(describe, c, own),
    c.caught(own.start_workflow, own, { "Sleep", id = c.id, task_queue = c.queue, rpc_timeout = 7 }) }
""")
async def connect_to_no_namespace(c: Context) -> Any:
    client = await mine(c, namespace="no-such-namespace")
    handle = client.get_workflow_handle(c.id)
    start = client.start_workflow("Sleep", id=c.id, task_queue=c.queue, rpc_timeout=timedelta(seconds=7))
    return [client.namespace, await c.caught(handle.describe()), await c.caught(start)]
