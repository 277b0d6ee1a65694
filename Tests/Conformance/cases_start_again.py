"""Another workflow like one that was started: what Lua reads from the history, Python starts with again."""

from datetime import timedelta
from typing import Any

from table import Context, case
from temporalio.api.common.v1 import Payload
from temporalio.common import AutoUpgradeVersioningOverride, Priority, RawValue, RetryPolicy

#: `again(h)` in the Lua half.
AGAIN = """
  local function again(h)
    local options = temporal.start_options_of(h)
    options.id = options.id .. "-again"
    return client:start_workflow(options).id
  end
"""


async def first_event(c: Context) -> None:
    async for _ in c.handle().fetch_history_events(page_size=1):
        return


async def twice(c: Context, type: str, *args: Any, **options: Any) -> str:
    """Starts a workflow and, with the same options and what the server has made of them, another."""
    await c.start(type, *args, **options)
    await first_event(c)
    options = {"task_timeout": timedelta(seconds=10), **options}
    return (await c.start(type, *args, id=f"{c.id}-again", **options)).id


@case(AGAIN + """return again(c.start("Sleep"))""")
async def start_again(c: Context):
    return await twice(c, "Sleep")


@case(AGAIN + """return again(c.start("Echo", 1, json.null, "x", { b = { 1, 2.5 }, a = json.array {} }, true))""")
async def start_again_with_arguments(c: Context):
    return await twice(c, "Echo", 1, None, "x", {"b": [1, 2.5], "a": []}, True)


RAW = Payload(metadata={"encoding": b"json/plain", "mine": b"kept"}, data=b'{"b": 1.10, "a": [1e2]}')
STRANGE = Payload(metadata={"encoding": b"binary/strange"}, data=b"\xff\x00")


@case(AGAIN + """
  local raw = temporal.payload{ metadata = { encoding = "json/plain", mine = "kept" }, data = '{"b": 1.10, "a": [1e2]}' }
  local strange = temporal.payload{ metadata = { encoding = "binary/strange" }, data = "\\xff\\0" }
  return again(c.start{ "Sleep", args = { raw, strange, temporal.bytes "\\xfe" } })
""")
async def start_again_with_payloads_that_lua_would_change(c: Context):
    return await twice(c, "Sleep", RawValue(RAW), RawValue(STRANGE), b"\xfe")


@case(AGAIN + """
  return again(c.start{ "Sleep", execution_timeout = "1h", run_timeout = "30m", task_timeout = 7,
    retry_policy = { initial_interval = 2, backoff_coefficient = 3, maximum_interval = "1m", maximum_attempts = 5,
      non_retryable_error_types = { "A", "B" } },
    memo = { list = { 1, 2 } }, static_summary = "a summary", static_details = "and details",
    start_delay = "1h", priority = { priority_key = 2 }, versioning_override = { auto_upgrade = true } })
""")
async def start_again_with_all_options(c: Context):
    policy = RetryPolicy(timedelta(seconds=2), 3, timedelta(minutes=1), 5, ["A", "B"])
    return await twice(
        c, "Sleep", execution_timeout=timedelta(hours=1), run_timeout=timedelta(minutes=30),
        task_timeout=timedelta(seconds=7), retry_policy=policy, memo={"list": [1, 2]},
        static_summary="a summary", static_details="and details", start_delay=timedelta(hours=1),
        priority=Priority(priority_key=2), versioning_override=AutoUpgradeVersioningOverride(),
    )  # fmt: skip


@case(AGAIN + """return again(c.start{ "Cron", cron_schedule = "0 12 * * *" })""")
async def start_again_with_cron(c: Context):
    return await twice(c, "Cron", cron_schedule="0 12 * * *")


@case("""
  local h = c.handle()
  return c.caught(temporal.start_options_of, h)
""")
async def start_again_of_nothing(c: Context):
    return await c.caught(first_event(c))
