"""Updating schedules, and finding them: lists, counts and matching times."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from schedules import DESCRIBED, described, in_lua, schedule, shown_times
from table import Context, case
from temporalio.api.common.v1 import Payload
from temporalio.api.workflowservice.v1 import CountSchedulesRequest, ListScheduleMatchingTimesRequest
from temporalio.client import (
    ScheduleActionStartWorkflow,
    ScheduleCalendarSpec,
    ScheduleHandle,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    ScheduleSpec,
    ScheduleState,
    ScheduleUpdate,
    ScheduleUpdateInput,
)
from temporalio.common import RetryPolicy, SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

# What comes behind the reading and the writing: that it is read again, and then the last description.
CHECKED = ["requests.2.message.conflict_token", "requests.2.message.schedule.action.start_workflow.task_queue.kind",
           "requests.4.*"]  # fmt: skip


async def create(c: Context) -> ScheduleHandle:
    """A schedule of which every part has something in it."""
    action = ScheduleActionStartWorkflow(
        "Echo", args=[1, {"a": [None]}], id=c.id, task_queue=c.queue, memo={"m": [1]}, static_summary="s", static_details="d",
        execution_timeout=timedelta(hours=1), retry_policy=RetryPolicy(maximum_attempts=3),
        typed_search_attributes=attributes("CustomIntField", 7),
    )  # fmt: skip
    spec = ScheduleSpec(
        intervals=[ScheduleIntervalSpec(timedelta(hours=1))], calendars=[ScheduleCalendarSpec()],
        jitter=timedelta(seconds=5), time_zone_name="Europe/Berlin",
    )  # fmt: skip
    made = schedule(c, action=action, spec=spec, state=ScheduleState(note="n"))
    return await c.client.create_schedule(c.id, made, memo={"kept": True}, search_attributes=attributes("CustomKeywordField", "k"))


def attributes(name: str, value: Any) -> TypedSearchAttributes:
    key = {str: SearchAttributeKey.for_keyword, int: SearchAttributeKey.for_int}[type(value)](name)
    return TypedSearchAttributes([SearchAttributePair(key, value)])


CREATE = """
  local s = client:create_schedule(c.id, {
    action = { workflow = "Echo", args = { 1, { a = { json.null } } }, id = c.id, task_queue = c.queue,
      memo = { m = { 1 } }, static_summary = "s", static_details = "d", execution_timeout = "1h", retry_policy = { maximum_attempts = 3 },
      search_attributes = { CustomIntField = 7 } },
    spec = { intervals = { { every = "1h" } }, calendars = { {} }, jitter = 5, time_zone_name = "Europe/Berlin" },
    state = { note = "n" },
  }, { memo = { kept = true }, search_attributes = { CustomKeywordField = "k" } })
"""
TYPES = {"search-attribute-types": ["requests.0.message.*.metadata.type"]}


def updated(name: str, lua: str, change: Callable[[ScheduleUpdateInput], ScheduleUpdate | None],
            differs: list[str] = CHECKED, more: dict[str, list[str]] | None = None, describes: bool = True) -> None:  # fmt: skip
    """A case that changes a schedule; `lua` and `change` make of `input` what to write."""

    async def update(c: Context) -> Any:
        s = await create(c)
        await s.update(change)
        return await described(s) if describes else None

    update.__name__ = f"update_schedule_{name}"
    rows = {**TYPES, "schedule-updates": differs, **(more or {})}
    case(f"""
      {DESCRIBED} {CREATE}
      s:update(function(input)
        local schedule = input.description.schedule
        {lua}
      end)
      {"return described(s)" if describes else ""}
    """, {row: patterns for row, patterns in rows.items() if patterns})(update)  # fmt: skip


def changing(name: str, lua: str, change: Callable[[Any], None], differs: list[str] = CHECKED) -> None:
    """A case that changes the schedule in place."""

    def update(input: ScheduleUpdateInput) -> ScheduleUpdate:
        change(input.description.schedule)
        return ScheduleUpdate(input.description.schedule)

    updated(name, f"{lua} return schedule", update, differs)


# Of what is not changed nobody has to see again whether it is there.
UNCHANGED = CHECKED[:2]

changing("in_nothing", "", lambda s: None, UNCHANGED)
changing("note", "schedule.state.note = 'other'", lambda s: setattr(s.state, "note", "other"))
changing("note_to_none", "schedule.state.note = nil", lambda s: setattr(s.state, "note", None))
changing("paused", "schedule.state.paused = true", lambda s: setattr(s.state, "paused", True))
changing("limit", "schedule.state.limited_actions = true schedule.state.remaining_actions = 5",
         lambda s: setattr(s, "state", dataclasses.replace(s.state, limited_actions=True, remaining_actions=5)))  # fmt: skip
changing("overlap", "schedule.policy.overlap = 'BUFFER_ALL'",
         lambda s: setattr(s.policy, "overlap", ScheduleOverlapPolicy.BUFFER_ALL))  # fmt: skip
changing("catchup_window", "schedule.policy.catchup_window = '5m'",
         lambda s: setattr(s.policy, "catchup_window", timedelta(minutes=5)))  # fmt: skip
changing("catchup_window_to_none", "schedule.policy.catchup_window = nil",
         lambda s: setattr(s.policy, "catchup_window", None))  # fmt: skip
changing("intervals", "schedule.spec.intervals = { { every = '2h', offset = '30m' } }",
         lambda s: setattr(s.spec, "intervals", [ScheduleIntervalSpec(timedelta(hours=2), timedelta(minutes=30))]))  # fmt: skip
changing("calendars_to_cron", "schedule.spec.calendars = nil schedule.spec.cron_expressions = { '0 3 * * *', '@daily' }",
         lambda s: setattr(s, "spec", dataclasses.replace(s.spec, calendars=[], cron_expressions=["0 3 * * *", "@daily"])))  # fmt: skip
changing("jitter_to_none", "schedule.spec.jitter = nil", lambda s: setattr(s.spec, "jitter", None))
changing("time_zone", "schedule.spec.time_zone_name = 'Asia/Tokyo'",
         lambda s: setattr(s.spec, "time_zone_name", "Asia/Tokyo"))  # fmt: skip
changing("arguments", "schedule.action.args = { 'new', 2 }", lambda s: setattr(s.action, "args", ["new", 2]))
changing("arguments_to_none", "schedule.action.args = {}", lambda s: setattr(s.action, "args", []))
changing("workflow", "schedule.action.workflow = 'Sleep'", lambda s: setattr(s.action, "workflow", "Sleep"))
changing("task_queue", "schedule.action.task_queue = 'elsewhere'",
         lambda s: setattr(s.action, "task_queue", "elsewhere"),
         [CHECKED[0], CHECKED[2]])  # fmt: skip
changing("timeouts", "schedule.action.execution_timeout = nil schedule.action.run_timeout = 60",
         lambda s: (setattr(s.action, "execution_timeout", None), setattr(s.action, "run_timeout", timedelta(minutes=1))))  # fmt: skip
changing("retry_policy_to_none", "schedule.action.retry_policy = nil", lambda s: setattr(s.action, "retry_policy", None))
changing("memo_of_the_workflow", "schedule.action.memo = { m = 2, n = 'x' }",
         lambda s: setattr(s.action, "memo", {"m": 2, "n": "x"}))  # fmt: skip
changing("memo_of_the_workflow_to_none", "schedule.action.memo = nil", lambda s: setattr(s.action, "memo", None))

updated("not_at_all", "return nil", lambda input: None, [])
# A description shows these some time later.
updated("search_attributes", "return { schedule = schedule, search_attributes = { CustomIntField = 1 } }",
        lambda input: ScheduleUpdate(input.description.schedule, attributes("CustomIntField", 1)),
        [*UNCHANGED, "requests.3.*"], describes=False,
        more={"search-attribute-types": ["requests.0.message.*.metadata.type", "requests.2.message.search_attributes.*.type"]})  # fmt: skip
updated("search_attributes_to_none", "return { schedule = schedule, search_attributes = {} }",
        lambda input: ScheduleUpdate(input.description.schedule, TypedSearchAttributes([])),
        [*UNCHANGED, "requests.3.*"], describes=False)  # fmt: skip


@case(f"""
  {DESCRIBED} {CREATE}
  local e = c.caught(s.update, s, function() error(temporal.bytes and "no", 0) end)
  return {{ e.message, described(s) }}
""", TYPES)  # fmt: skip
async def update_schedule_by_a_function_that_fails(c: Context):
    def fail(input: ScheduleUpdateInput) -> ScheduleUpdate:
        raise RuntimeError("no")

    s = await create(c)
    error = await c.caught(s.update(fail))
    return [error["message"], await described(s)]


@case(f"""
  {DESCRIBED} {CREATE}
  s:update{{ function(input) return input.description.schedule end, rpc_metadata = {{ ["x-one"] = "1" }}, rpc_timeout = 7 }}
  return described(s)
""", {**TYPES, "schedule-updates": UNCHANGED})  # fmt: skip
async def update_schedule_with_options(c: Context):
    s = await create(c)
    await s.update(lambda input: ScheduleUpdate(input.description.schedule), rpc_metadata={"x-one": "1"},
                   rpc_timeout=timedelta(seconds=7))  # fmt: skip
    return await described(s)


OTHERS = [
    Payload(metadata={"encoding": b"json/protobuf", "messageType": b"some.Message"}, data=b'{"b": 1,  "a": 2}'),
    Payload(metadata={"encoding": b"json/plain", "x": b"y"}, data=b"[1, 2.50, \"\\u00fc\"]"),
    Payload(metadata={"encoding": b"binary/encrypted", "key": b"\xff"}, data=b"\x00\x01"),
    Payload(metadata={"encoding": b"binary/null"}),
]


@case(f"""
  {DESCRIBED}
  local made = client:create_schedule(c.id, {{ spec = {{ intervals = {{ {{ every = "1h" }} }} }},
    action = {{ workflow = "Echo", id = c.id, task_queue = c.queue, args = {{
      temporal.payload{{ metadata = {{ encoding = "json/protobuf", messageType = "some.Message" }}, data = '{{"b": 1,  "a": 2}}' }},
      temporal.payload{{ metadata = {{ encoding = "json/plain", x = "y" }}, data = '[1, 2.50, "\\\\u00fc"]' }},
      temporal.payload{{ metadata = {{ encoding = "binary/encrypted", key = "\\xff" }}, data = "\\0\\1" }},
      json.null }} }} }})
  made:update(function(input)
    input.description.schedule.state.note = "changed"
    return input.description.schedule
  end)
""", {"schedule-updates": ["requests.2.message.conflict_token",
                           "requests.2.message.schedule.action.start_workflow.task_queue.kind", "requests.3.*"]})  # fmt: skip
async def update_schedule_keeps_payloads_as_they_are(c: Context):
    action = ScheduleActionStartWorkflow("Echo", args=OTHERS, id=c.id, task_queue=c.queue)
    s = await c.client.create_schedule(c.id, schedule(c, action=action))

    def change(input: ScheduleUpdateInput) -> ScheduleUpdate:
        input.description.schedule.state.note = "changed"
        return ScheduleUpdate(input.description.schedule)

    await s.update(change)


@case(f"""
  {DESCRIBED} {CREATE}
  local copy = client:create_schedule(c.id .. "-copy", s:describe().schedule)
  local found = described(copy)
  copy:delete()
  return found
""", {**TYPES, "schedule-updates": ["requests.2.message.schedule.action.start_workflow.task_queue.kind"]})  # fmt: skip
async def schedule_from_a_description(c: Context):
    s = await create(c)
    copy = await c.client.create_schedule(c.id + "-copy", (await s.describe()).schedule)
    found = await described(copy)
    await copy.delete()
    return found


async def with_a_nul(c: Context) -> None:
    await c.client.create_schedule(c.id, schedule(c, state=ScheduleState(note="a\0b")))


@case(f"""
  {DESCRIBED}
  local s = client:get_schedule_handle(c.id)
  local _, e = pcall(s.update, s, function(input) return input.description.schedule end)
  assert(e.message == "the schedule has a text with a NUL in it, and cannot be written back")
  return described(s)
""", prepared=with_a_nul)  # fmt: skip
async def schedule_with_a_nul(c: Context):
    s = c.client.get_schedule_handle(c.id)
    await s.describe()
    return await described(s)


async def three(c: Context) -> str:
    """Three schedules that a list shows, and the filter that finds them."""
    for index in range(3):
        made = schedule(c, state=ScheduleState(note=f"note {index}", paused=index == 1))
        await c.client.create_schedule(f"{c.id}-{index}", made, memo={"index": index},
                                       search_attributes=attributes("CustomKeywordField", c.id))  # fmt: skip
    query = f"CustomKeywordField = '{c.id}'"
    request = CountSchedulesRequest(namespace=c.client.namespace, query=query)
    while (await c.client.workflow_service.count_schedules(request)).count < 3:
        await asyncio.sleep(0.05)
    return query


LISTED = """
  local found = {}
  for s in client:list_schedules%s do
    found[#found + 1] = { id = s.id, schedule = s.schedule, memo = s.memo, search_attributes = s.search_attributes }
  end
  return found
"""


@case(LISTED % "(c.prepared)", prepared=three)
async def schedules_listed(c: Context):
    return [in_lua(s) async for s in await c.client.list_schedules(c.prepared)]


@case(LISTED % "{ c.prepared, page_size = 2 }", prepared=three)
async def schedules_listed_by_pages(c: Context):
    return [in_lua(s) async for s in await c.client.list_schedules(c.prepared, page_size=2)]


@case("return c.caught(client:list_schedules(\"Nowhere = '\" .. c.id .. \"'\"))")
async def schedules_listed_by_a_filter_that_is_none(c: Context):
    return await c.caught(anext(await c.client.list_schedules(f"Nowhere = '{c.id}'")))


@case("""
  local found = {}
  local query = { CustomKeywordField = c.id, id = { prefix = c.id }, paused = true }
  for s in client:list_schedules{ query = query } do found[#found + 1] = s.id end
  return { found, client:count_schedules{ query = query }.count }
""", prepared=three)
async def schedules_found_by_a_table(c: Context):
    query = f"CustomKeywordField = '{c.id}' AND ScheduleId STARTS_WITH '{c.id}' AND TemporalSchedulePaused = true"
    request = CountSchedulesRequest(namespace=c.client.namespace, query=query)
    service = c.client.workflow_service
    return [[s.id async for s in await c.client.list_schedules(query)],
            (await service.count_schedules(request, timeout=timedelta(seconds=30), retry=True)).count]  # fmt: skip


@case("return client:count_schedules(c.prepared).count", prepared=three)
async def schedules_counted(c: Context):
    request = CountSchedulesRequest(namespace=c.client.namespace, query=c.prepared)
    return (await c.client.workflow_service.count_schedules(request, timeout=timedelta(seconds=30), retry=True)).count


@case(CREATE + "return s:matching_times('2026-01-01T00:00:00Z', '2026-01-01T12:00:00Z')", TYPES)
async def schedule_matching_times(c: Context):
    await create(c)
    request = ListScheduleMatchingTimesRequest(namespace=c.client.namespace, schedule_id=c.id)
    request.start_time.FromJsonString("2026-01-01T00:00:00Z")
    request.end_time.FromJsonString("2026-01-01T12:00:00Z")
    service = c.client.workflow_service
    return shown_times(await service.list_schedule_matching_times(request, timeout=timedelta(seconds=30), retry=True))
