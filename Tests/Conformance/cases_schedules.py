"""Schedules: creating them in every shape, what their handles do, and errors. Updates are in cases_schedule_updates.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

from schedules import DESCRIBED, described, schedule
from table import Context, case
from temporalio.client import (
    ScheduleActionStartWorkflow,
    ScheduleBackfill,
    ScheduleCalendarSpec,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleState,
)
from temporalio.common import Priority, RetryPolicy, SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

HOUR = ScheduleIntervalSpec(timedelta(hours=1))
ATTRIBUTES = TypedSearchAttributes([
    SearchAttributePair(SearchAttributeKey.for_keyword("CustomKeywordField"), "k"),
    SearchAttributePair(SearchAttributeKey.for_int("CustomIntField"), 42),
    SearchAttributePair(SearchAttributeKey.for_bool("CustomBoolField"), True),
])  # fmt: skip
LUA_ATTRIBUTES = """{ CustomKeywordField = "k", CustomIntField = 42, CustomBoolField = true }"""
TYPES = {"search-attribute-types": ["requests.0.*.metadata.type"]}


def created(
    name: str, lua: str, python: Callable[[Context], dict[str, Any]], differs: dict[str, list[str]] | None = None
) -> None:
    """A case that creates a schedule and describes it: `lua` has the schedule's parts, and what follows them in the call."""

    async def create(c: Context) -> Any:
        arguments = python(c)
        made = {key: arguments.pop(key) for key in ("action", "spec", "policy", "state") if key in arguments}
        return await described(await c.client.create_schedule(c.id, schedule(c, **made), **arguments))

    create.__name__ = f"schedule_{name}"
    parts, _, options = lua.partition(";")
    defaults = "action = { workflow = 'Echo', id = c.id, task_queue = c.queue }, spec = { intervals = { { every = '1h' } } },"
    case(f"""
      local default = {{ {defaults} }}
      local schedule = {{ {parts} }}
      for part, value in pairs(default) do schedule[part] = schedule[part] or value end
      {DESCRIBED}
      return described(client:create_schedule(c.id, schedule, {{ {options} }}))
    """, differs)(create)  # fmt: skip


def spec(name: str, lua: str, **python: Any) -> None:
    created(f"spec_{name}", f"spec = {{ {lua} }}", lambda c: {"spec": ScheduleSpec(**python)})


spec("with_an_interval", """intervals = { { every = "1h" } }""", intervals=[HOUR])
spec("with_an_interval_and_an_offset", """intervals = { { every = 86400, offset = "1h30m" } }""",
     intervals=[ScheduleIntervalSpec(timedelta(days=1), timedelta(hours=1.5))])  # fmt: skip
spec("with_an_offset_of_nothing", """intervals = { { every = 86400, offset = 0 } }""",
     intervals=[ScheduleIntervalSpec(timedelta(days=1), timedelta())])  # fmt: skip
spec("with_intervals", """intervals = { { every = "1h" }, { every = "90m" } }""",
     intervals=[HOUR, ScheduleIntervalSpec(timedelta(minutes=90))])  # fmt: skip
spec("with_a_default_calendar", "calendars = { {} }", calendars=[ScheduleCalendarSpec()])
spec("with_a_calendar_of_numbers", "calendars = { { hour = 5, minute = { 0, 30 }, year = 2031 } }",
     calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(5)], minute=[ScheduleRange(0), ScheduleRange(30)],
                                     year=[ScheduleRange(2031)])])  # fmt: skip
spec("with_a_calendar_of_ranges", """
       calendars = { { second = { { start = 5, ["end"] = 50, step = 15 } }, hour = { { 9, 17 }, { start = 20 } },
         day_of_week = { { 1, 5, 2 } }, comment = "in the day" } }""",
     calendars=[ScheduleCalendarSpec(second=[ScheduleRange(5, 50, 15)], hour=[ScheduleRange(9, 17), ScheduleRange(20)],
                                     day_of_week=[ScheduleRange(1, 5, 2)], comment="in the day")])  # fmt: skip
spec("with_a_calendar_of_texts", """
       calendars = { { minute = "*/15", hour = "9-17/2,20", month = { "jan-mar", "DEC" }, day_of_week = "MON-FRI",
         day_of_month = "*" } }""",
     calendars=[ScheduleCalendarSpec(minute=[ScheduleRange(0, 59, 15)], hour=[ScheduleRange(9, 17, 2), ScheduleRange(20)],
                                     month=[ScheduleRange(1, 3), ScheduleRange(12)],
                                     day_of_week=[ScheduleRange(1, 5)])])  # fmt: skip
spec("with_a_range_that_ends_before_it_starts", """calendars = { { hour = { start = 9, ["end"] = 3 } } }""",
     calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(9, 3)])])  # fmt: skip
spec("with_cron_expressions", """cron_expressions = { "30 5 * * MON", "@hourly", "0 12 * * * # lunch" }""",
     cron_expressions=["30 5 * * MON", "@hourly", "0 12 * * * # lunch"])  # fmt: skip
spec("with_a_cron_interval", """cron_expressions = { "@every 90m/15m" }""", cron_expressions=["@every 90m/15m"])
spec("with_times_to_skip", """intervals = { { every = "1h" } }, skip = { { hour = "0-5", minute = "*" } }""",
     intervals=[HOUR],
     skip=[ScheduleCalendarSpec(hour=[ScheduleRange(0, 5)], minute=[ScheduleRange(0, 59)])])  # fmt: skip
spec("with_a_beginning_and_an_end", """
       intervals = { { every = "1h" } }, start_at = "2030-01-01T00:00:00+01:00",
       end_at = temporal.timestamp("2040-01-01T00:00:00.5Z")""",
     intervals=[HOUR], start_at=datetime(2029, 12, 31, 23, tzinfo=timezone.utc),
     end_at=datetime(2040, 1, 1, microsecond=500000, tzinfo=timezone.utc))  # fmt: skip
spec("with_jitter", """intervals = { { every = "1h" } }, jitter = "1m30s" """,
     intervals=[HOUR], jitter=timedelta(seconds=90))  # fmt: skip
spec("with_a_time_zone", """calendars = { { hour = 6 } }, time_zone_name = "Europe/Berlin" """,
     calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(6)])], time_zone_name="Europe/Berlin")  # fmt: skip
spec("with_nothing", "", intervals=[])
spec("with_an_hour_that_is_none", "calendars = { { hour = 25 } }",
     calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(25)])])  # fmt: skip
spec("with_a_time_zone_that_is_none", """calendars = { { hour = 6 } }, time_zone_name = "Moon/Tranquility" """,
     calendars=[ScheduleCalendarSpec(hour=[ScheduleRange(6)])], time_zone_name="Moon/Tranquility")  # fmt: skip
spec("with_a_cron_expression_that_is_none", """cron_expressions = { "often" }""", cron_expressions=["often"])
spec("with_an_interval_of_nothing", """intervals = { { every = 0 } }""", intervals=[ScheduleIntervalSpec(timedelta())])

for name in ("SKIP", "BUFFER_ONE", "BUFFER_ALL", "CANCEL_OTHER", "TERMINATE_OTHER", "ALLOW_ALL"):
    created(f"overlap_{name.lower()}", f"policy = {{ overlap = '{name}' }}",
            lambda c, name=name: {"policy": SchedulePolicy(overlap=ScheduleOverlapPolicy[name])})  # fmt: skip

created("with_a_catchup_window", """policy = { catchup_window = "2m" }""",
        lambda c: {"policy": SchedulePolicy(catchup_window=timedelta(minutes=2))})  # fmt: skip
created("with_no_catchup_window", "policy = { catchup_window = 0, pause_on_failure = true }",
        lambda c: {"policy": SchedulePolicy(catchup_window=timedelta(), pause_on_failure=True)})  # fmt: skip
created("with_a_state", """state = { note = "nöt yet", paused = true }""",
        lambda c: {"state": ScheduleState(note="nöt yet", paused=True)})  # fmt: skip
created("with_limited_actions", "state = { paused = true, limited_actions = true, remaining_actions = 3 }",
        lambda c: {"state": ScheduleState(paused=True, limited_actions=True, remaining_actions=3)})  # fmt: skip
created("with_limited_actions_but_none", "state = { limited_actions = true }",
        lambda c: {"state": ScheduleState(limited_actions=True)})  # fmt: skip
created("with_remaining_actions_but_no_limit", "state = { remaining_actions = 3 }",
        lambda c: {"state": ScheduleState(remaining_actions=3)})  # fmt: skip


def action(name: str, lua: str, differs: dict[str, list[str]] | None = None, **python: Any) -> None:
    created(f"action_{name}", f"action = {{ workflow = 'Echo', id = c.id, task_queue = c.queue, {lua} }}",
            lambda c: {"action": ScheduleActionStartWorkflow("Echo", id=c.id, task_queue=c.queue, **python)},
            differs)  # fmt: skip


action("with_arguments", """args = { 1, 1.5, "ü", { a = { json.array {} } }, temporal.bytes("b\\0"), json.null, true }""",
       {"json-escapes": ["requests.0.*.data", "state.*.data"]},
       args=[1, 1.5, "ü", {"a": [[]]}, b"b\0", None, True])  # fmt: skip
action("with_arguments_that_are_nil", "args = { n = 3, nil, 1, nil }", args=[None, 1, None])
action("with_one_argument", """arg = { list = { 1, 2 } }""", arg={"list": [1, 2]})
action("with_both_kinds_of_arguments", "arg = 1, args = { 1 }", arg=1, args=[1])
action("with_timeouts", """execution_timeout = "1h", run_timeout = 90.5, task_timeout = "7s500ms" """,
       execution_timeout=timedelta(hours=1), run_timeout=timedelta(seconds=90.5),
       task_timeout=timedelta(seconds=7.5))  # fmt: skip
action("with_the_default_retry_policy", "retry_policy = {}", retry_policy=RetryPolicy())
action("with_a_retry_policy", """
         retry_policy = { initial_interval = "2s", backoff_coefficient = 3, maximum_interval = 10, maximum_attempts = 5,
           non_retryable_error_types = { "A", "B" } }""",
       retry_policy=RetryPolicy(timedelta(seconds=2), 3, timedelta(seconds=10), 5, ["A", "B"]))  # fmt: skip
action("with_a_shrinking_retry_policy", "retry_policy = { backoff_coefficient = 0.5 }",
       retry_policy=RetryPolicy(backoff_coefficient=0.5))  # fmt: skip
action("with_a_memo", """memo = { list = { 1, json.array {} }, bytes = temporal.bytes("b"), none = json.null }""",
       memo={"list": [1, []], "bytes": b"b", "none": None})  # fmt: skip
action("with_summary_and_details", """static_summary = "In *one* line", static_details = "more" """,
       static_summary="In *one* line", static_details="more")  # fmt: skip
action("with_a_priority", """priority = { priority_key = 2, fairness_key = "f", fairness_weight = 1.5 }""",
       priority=Priority(priority_key=2, fairness_key="f", fairness_weight=1.5))  # fmt: skip
action("with_search_attributes", f"search_attributes = {LUA_ATTRIBUTES}", TYPES, typed_search_attributes=ATTRIBUTES)

created("with_a_memo", """; memo = { a = { 1, 2 }, b = "x" }""", lambda c: {"memo": {"a": [1, 2], "b": "x"}})
created("with_search_attributes", f"; search_attributes = {LUA_ATTRIBUTES}",
        lambda c: {"search_attributes": ATTRIBUTES}, TYPES)  # fmt: skip
created("with_a_search_attribute_that_is_none", """; search_attributes = { Nowhere = "x" }""",
        lambda c: {"search_attributes": TypedSearchAttributes([
            SearchAttributePair(SearchAttributeKey.for_keyword("Nowhere"), "x")])}, TYPES)  # fmt: skip

PAST = [datetime(2026, 1, 1, tzinfo=timezone.utc), datetime(2026, 1, 1, 2, 30, tzinfo=timezone.utc)]
LUA_PAST = """start_at = "2026-01-01T00:00:00Z", end_at = "2026-01-01T02:30:00Z" """

created("triggered_at_once", "policy = { overlap = 'ALLOW_ALL' }; trigger_immediately = true",
        lambda c: {"policy": SchedulePolicy(overlap=ScheduleOverlapPolicy.ALLOW_ALL), "trigger_immediately": True})  # fmt: skip
created("backfilled_at_once", f"; backfill = {{ {{ {LUA_PAST} }}, {{ {LUA_PAST}, overlap = 'ALLOW_ALL' }} }}",
        lambda c: {"backfill": [ScheduleBackfill(*PAST),
                                ScheduleBackfill(*PAST, overlap=ScheduleOverlapPolicy.ALLOW_ALL)]})  # fmt: skip


def handled(lua: str, differs: dict[str, list[str]] | None = None) -> Callable[[Any], Any]:
    """A case on the handle of a schedule that is there."""
    return case(f"""
      {DESCRIBED}
      local s = client:create_schedule(c.id, {{ state = {{ note = "n" }}, spec = {{ intervals = {{ {{ every = '1h' }} }} }},
        action = {{ workflow = "Echo", id = c.id, task_queue = c.queue }} }})
      {lua}
    """, differs)  # fmt: skip


async def create(c: Context) -> Any:
    return await c.client.create_schedule(c.id, schedule(c, state=ScheduleState(note="n")))


NOTES = {"schedule-notes": ["requests.1.message.patch.*pause", "outcome.value.schedule.state.note",
                            "state.0.schedule.state.notes"]}  # fmt: skip


@handled("s:pause() return described(s)", NOTES)
async def schedule_pause(c: Context):
    s = await create(c)
    await s.pause()
    return await described(s)


@handled("""s:pause("why") return described(s)""")
async def schedule_pause_with_a_note(c: Context):
    s = await create(c)
    await s.pause(note="why")
    return await described(s)


@handled("""s:pause{ note = "" } return described(s)""", NOTES)
async def schedule_pause_with_an_empty_note(c: Context):
    s = await create(c)
    await s.pause(note="")
    return await described(s)


@handled("s:pause() s:unpause() return described(s)", {
    "schedule-notes": ["requests.?.message.patch.*pause", "outcome.value.schedule.state.note",
                       "state.0.schedule.state.notes"],
})  # fmt: skip
async def schedule_unpause(c: Context):
    s = await create(c)
    await s.pause()
    await s.unpause()
    return await described(s)


@handled("""s:pause("why") s:unpause{ note = "because" } return described(s)""")
async def schedule_unpause_with_a_note(c: Context):
    s = await create(c)
    await s.pause(note="why")
    await s.unpause(note="because")
    return await described(s)


@handled("s:trigger()")
async def schedule_trigger(c: Context):
    s = await create(c)
    await s.trigger()


@handled("""s:trigger{ overlap = "TERMINATE_OTHER" }""")
async def schedule_trigger_with_an_overlap(c: Context):
    s = await create(c)
    await s.trigger(overlap=ScheduleOverlapPolicy.TERMINATE_OTHER)


@handled(f"s:backfill{{ {LUA_PAST} }}")
async def schedule_backfill(c: Context):
    s = await create(c)
    await s.backfill(ScheduleBackfill(*PAST))


@handled(f"s:backfill{{ backfill = {{ {{ {LUA_PAST} }}, {{ {LUA_PAST}, overlap = 'BUFFER_ALL' }} }} }}")
async def schedule_backfill_of_several_ranges(c: Context):
    s = await create(c)
    await s.backfill(ScheduleBackfill(*PAST), ScheduleBackfill(*PAST, overlap=ScheduleOverlapPolicy.BUFFER_ALL))


@handled("return c.caught(s.backfill, s)")
async def schedule_backfill_of_nothing(c: Context):
    s = await create(c)
    return await c.caught(s.backfill())


@handled("s:delete() return c.caught(s.describe, s)")
async def schedule_delete(c: Context):
    s = await create(c)
    await s.delete()
    return await c.caught(s.describe())


@handled("""
  return c.caught(client.create_schedule, client, c.id, { spec = { intervals = { { every = "1h" } } },
    action = { workflow = "Echo", id = c.id, task_queue = c.queue } })
""")
async def schedule_created_twice(c: Context):
    await create(c)
    return await c.caught(c.client.create_schedule(c.id, schedule(c)))


@handled("""
  s:pause{ note = "n", rpc_metadata = { ["x-one"] = "1" }, rpc_timeout = 7 }
  s:describe{ rpc_metadata = { ["x-two"] = "2" }, rpc_timeout = 8 }
  s:delete{ rpc_metadata = { ["x-three"] = "3" }, rpc_timeout = 9 }
""")
async def schedule_calls_with_options(c: Context):
    s = await create(c)
    await s.pause(note="n", rpc_metadata={"x-one": "1"}, rpc_timeout=timedelta(seconds=7))
    await s.describe(rpc_metadata={"x-two": "2"}, rpc_timeout=timedelta(seconds=8))
    await s.delete(rpc_metadata={"x-three": "3"}, rpc_timeout=timedelta(seconds=9))


@case("""
  local s, errors = client:get_schedule_handle(c.id), {}
  for _, name in ipairs { "describe", "pause", "unpause", "trigger", "delete" } do errors[name] = c.caught(s[name], s) end
  errors.update = c.caught(s.update, s, function() error("never called") end)
  return { s.id, errors }
""", {"schedule-notes": ["requests.?.message.patch.*pause"]})  # fmt: skip
async def schedule_that_is_none(c: Context):
    s = c.client.get_schedule_handle(c.id)
    errors = {name: await c.caught(getattr(s, name)()) for name in ("describe", "pause", "unpause", "trigger", "delete")}
    errors["update"] = await c.caught(s.update(lambda input: 1 / 0))
    return [s.id, errors]
