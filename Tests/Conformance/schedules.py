"""What the cases of schedules have in common: how the SDK's descriptions look in Lua, and what the server has."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

from google.protobuf.json_format import MessageToDict
from normal import plain, readable
from shown import shown, value_of
from table import Context
from temporalio.api.common.v1 import Payload
from temporalio.api.workflowservice.v1 import DescribeScheduleRequest
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleDescription,
    ScheduleHandle,
    ScheduleIntervalSpec,
    ScheduleListDescription,
    ScheduleSpec,
)
from temporalio.service import RPCError

#: In Lua, a function that gives of a schedule what `described` gives here.
DESCRIBED = """
  local function described(s)
    local d = s:describe()
    return { schedule = d.schedule, memo = d.memo, search_attributes = d.search_attributes, id = d.id }
  end
"""


def schedule(c: Context, **parts: Any) -> Schedule:
    """A schedule that starts `Echo` every hour, but for the parts that are given."""
    parts.setdefault("action", ScheduleActionStartWorkflow("Echo", id=c.id, task_queue=c.queue))
    parts.setdefault("spec", ScheduleSpec(intervals=[ScheduleIntervalSpec(timedelta(hours=1))]))
    return Schedule(**parts)


async def described(s: ScheduleHandle) -> dict[str, Any]:
    """A schedule as its description in Lua has it."""
    return in_lua(await s.describe())


def in_lua(d: ScheduleDescription | ScheduleListDescription) -> dict[str, Any]:
    """A description as Lua has it: payloads decoded, attributes in one table, and no field without a value."""
    found = {"id": d.id, "schedule": without_nothing(values(d.schedule))}
    raw = d.raw_description if isinstance(d, ScheduleDescription) else d.raw_entry
    found["memo"] = {key: value_of(payload) for key, payload in raw.memo.fields.items()}
    found["search_attributes"] = {pair.key.name: plain(pair.value) for pair in d.typed_search_attributes}
    return found


def values(part: Any) -> Any:
    """A part of a description with its payloads decoded."""
    if isinstance(part, Payload):
        return value_of(part)
    if isinstance(part, ScheduleActionStartWorkflow):
        return action(part)
    if dataclasses.is_dataclass(part):
        return {field.name: values(getattr(part, field.name)) for field in dataclasses.fields(part)}
    if isinstance(part, (list, tuple)) or type(part).__name__.startswith("Repeated"):
        return [values(element) for element in part]
    return plain(part)


def action(part: ScheduleActionStartWorkflow) -> dict[str, Any]:
    names = ["workflow", "id", "task_queue", "execution_timeout", "run_timeout", "task_timeout"]
    found = {name: plain(getattr(part, name)) for name in names}
    found["args"] = [value_of(payload) for payload in part.args]
    policy, priority = part.retry_policy, part.priority
    # What is zero there is not set.
    found["retry_policy"] = policy and {key: value for key, value in plain(policy).items() if value}
    found["priority"] = {key: value for key, value in plain(priority).items() if value is not None} or None
    found["memo"] = part.memo and {key: value_of(payload) for key, payload in part.memo.items()}
    attributes = {pair.key.name: plain(pair.value) for pair in part.typed_search_attributes}
    found["search_attributes"] = attributes or None
    for name in ("static_summary", "static_details"):
        payload = getattr(part, name)
        found[name] = payload and value_of(payload)
    return found


def without_nothing(value: Any) -> Any:
    """Without the fields of dictionaries that are None; those of values that scripts gave stay."""
    if not isinstance(value, dict):
        return [without_nothing(item) for item in value] if isinstance(value, list) else value
    kept = ("args", "memo")
    return {key: item if key in kept else without_nothing(item) for key, item in value.items() if item is not None}


async def schedule_state(client: Client, tag: str) -> list[Any]:
    """What the server has of the schedule of a case: all but what it has done, which comes about in its own time."""
    request = DescribeScheduleRequest(namespace=client.namespace, schedule_id=tag)
    try:
        description = await client.workflow_service.describe_schedule(request)
    except RPCError as error:
        return [error.status.name]
    description.ClearField("info")
    return [readable(MessageToDict(description, preserving_proto_field_name=True))]


def shown_times(message: Any) -> Any:
    """The times of a ListScheduleMatchingTimesResponse as Lua has them."""
    return shown(message).get("start_time", [])
