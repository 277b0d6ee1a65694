"""Payload codecs: each case with a codec server and with a codec in Lua; see codings.py."""

from __future__ import annotations

import dataclasses
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from codings import CODINGS
from google.protobuf.message import Message
from normal import execution, plain
from shown import is_map, shown
from table import CASES, Context, case
from temporalio.api.common.v1 import Header, Payload, SearchAttributes, WorkflowExecution
from temporalio.api.workflowservice.v1 import DescribeWorkflowExecutionRequest
from temporalio.client import WorkflowUpdateStage
from temporalio.common import RawValue, SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

KEYWORD = TypedSearchAttributes([SearchAttributePair(SearchAttributeKey.for_keyword("CustomKeywordField"), "plain")])


def coded(
    lua: str, differs: dict[str, list[str]] | None = None, prepared: Callable[[Context], Awaitable[Any]] | None = None
) -> Callable[[Any], Any]:
    """Makes a case for each codec."""

    def add(python: Callable[[Context], Awaitable[Any]]) -> Any:
        case(lua, differs, prepared)(python)
        made = CASES.pop()
        CASES.extend(
            dataclasses.replace(made, name=f"{made.name}_in_{area}", area=area, tags={}) for area in CODINGS
        )
        return python

    return add


async def decode(c: Context, message: Message) -> Message:
    """Decodes all payloads of a message but search attributes and headers."""
    for field, value in message.ListFields():
        if not field.message_type or isinstance(value, (SearchAttributes, Header)):
            continue
        values = value.values() if is_map(field) else value if field.is_repeated else [value]
        for inner in values:
            if isinstance(inner, Payload):
                (decoded,) = await c.client.data_converter.payload_codec.decode([inner])
                inner.CopyFrom(decoded)
            elif isinstance(inner, Message):
                await decode(c, inner)
    return message


# Values in and out


@coded("""return c.start("Echo", 1, "two", nil, { a = json.array {} }):result()""")
async def coded_values(c: Context):
    return await (await c.start("Echo", 1, "two", None, {"a": []})).result()


@coded("""return c.start("Nothing"):result()""")
async def coded_nothing(c: Context):
    return await (await c.start("Nothing")).result()


@coded("""return c.hex(c.start("ReturnBytes"):result())""")
async def coded_bytes(c: Context):
    return (await (await c.start("ReturnBytes")).result()).hex()


@coded("""return c.start("ReturnProto"):result()""")
async def coded_protobuf(c: Context):
    return await (await c.start("ReturnProto")).result()


@coded("""return c.start("Arrived", { a = 1 }):result()""")
async def coded_arguments_arrive_decoded(c: Context):
    return await (await c.start("Arrived", {"a": 1})).result()


@coded("""return c.start("Arrived", temporal.payload{ metadata = { encoding = "mine", more = "x" }, data = "d" }):result()""")
async def coded_payload_of_ones_own(c: Context):
    own = RawValue(Payload(metadata={"encoding": b"mine", "more": b"x"}, data=b"d"))
    return await (await c.start("Arrived", own)).result()


@coded("""return #c.start("Echo", ("x"):rep(100000)):result()[1]""")
async def coded_large_value(c: Context):
    return len((await (await c.start("Echo", "x" * 100_000)).result())[0])


@coded("""
  local args = {}
  for i = 1, 100 do args[i] = { number = i } end
  return c.start{ "Echo", args = args }:result()
""")
async def coded_many_arguments(c: Context):
    return await (await c.start("Echo", *({"number": i} for i in range(1, 101)))).result()


# Messages


@coded("""
  local h = c.start("Mailbox")
  h:signal("put", 1, { two = 2 })
  return { h:query("contents"), h:query("nth", 1), h:query("echo", nil) == nil }
""")
async def coded_signal_and_queries(c: Context):
    h = await c.start("Mailbox")
    await h.signal("put", args=[1, {"two": 2}])
    return [await h.query("contents"), await h.query("nth", 1), await h.query("echo", None) is None]


@coded("""return c.start("Mailbox"):query("failing_query")""")
async def coded_failing_query(c: Context):
    return await (await c.start("Mailbox")).query("failing_query")


@coded("""
  local h = c.start("Mailbox")
  return { h:execute_update("append", { a = 1 }), h:execute_update("bounce", { b = 2 }) }
""")
async def coded_updates(c: Context):
    h = await c.start("Mailbox")
    return [await h.execute_update("append", {"a": 1}), await h.execute_update("bounce", {"b": 2})]


@coded("""return c.start("Mailbox"):execute_update("failing_update", "it broke")""")
async def coded_failing_update(c: Context):
    return await (await c.start("Mailbox")).execute_update("failing_update", "it broke")


@coded("""return c.start("Mailbox"):execute_update("append", nil)""")
async def coded_rejected_update(c: Context):
    return await (await c.start("Mailbox")).execute_update("append", None)


@coded("""
  local h = c.start("Mailbox")
  local u = h:start_update{ "append_slowly", arg = 7, wait_for_stage = "ACCEPTED", id = "slow" }
  h:signal("release")
  return h:get_update_handle("slow"):result()
""")
async def coded_update_polled_for(c: Context):
    h = await c.start("Mailbox")
    await h.start_update("append_slowly", 7, wait_for_stage=WorkflowUpdateStage.ACCEPTED, id="slow")
    await h.signal("release")
    return await h.get_update_handle("slow").result()


@coded("""
  local h = c.start{ "Mailbox", start_signal = "put", start_signal_args = { 1, "two" } }
  return h:query("contents")
""")
async def coded_start_signal(c: Context):
    h = await c.start("Mailbox", start_signal="put", start_signal_args=[1, "two"])
    return await h.query("contents")


# Failures


@coded("""return c.start("Fail", "it broke", "Broken", { 1, { two = 2 } }):result()""")
async def coded_failure_with_details(c: Context):
    return await (await c.start("Fail", "it broke", "Broken", [1, {"two": 2}])).result()


@coded("""return c.start("RunActivity", "failing_activity", { "gone" }):result()""")
async def coded_failure_of_an_activity(c: Context):
    return await (await c.start("RunActivity", "failing_activity", ["gone"])).result()


@coded("""return c.start("Parent", "Fail", { "m", "T", { 1 } }):result()""")
async def coded_failure_of_a_child(c: Context):
    return await (await c.start("Parent", "Fail", ["m", "T", [1]])).result()


@coded("""
  local h = c.start{ "Sleep", task_queue = c.id }
  h:terminate{ reason = "enough", args = { "detail", { more = true } } }
  return h:result()
""")
async def coded_termination(c: Context):
    h = await c.start("Sleep", task_queue=c.id)
    await h.terminate("detail", {"more": True}, reason="enough")
    return await h.result()


@coded("""
  local h = c.start("Sleep")
  h:cancel()
  return h:result()
""")
async def coded_cancellation(c: Context):
    h = await c.start("Sleep")
    await h.cancel()
    return await h.result()


@coded("""return c.start("ContinueAsNew", 2):result()""")
async def coded_continuation(c: Context):
    return await (await c.start("ContinueAsNew", 2)).result()


# What descriptions, lists and histories show


async def with_everything(c: Context) -> None:
    h = await c.start("Echo", 1, memo={"a": [1, None], "b": "text"}, static_summary="in short", static_details="at length",
                      search_attributes=KEYWORD)  # fmt: skip
    await h.result()


@coded("""
  local d = c.start{ "Sleep", memo = { a = { 1, json.null }, b = "text" }, static_summary = "s", static_details = "d",
    search_attributes = { CustomKeywordField = temporal.payload { data = "\\"plain\\"",
      metadata = { encoding = "json/plain", type = "Keyword" } } } }:describe()
  local found = c.execution(d)
  found.static_summary, found.static_details = d.static_summary, d.static_details
  return found
""")
async def coded_description(c: Context):
    """That search attributes are sent as they are is in the request and on the server."""
    memo = {"a": [1, None], "b": "text"}
    h = await c.start("Sleep", memo=memo, static_summary="s", static_details="d", search_attributes=KEYWORD)
    d = await h.describe()
    return {**await execution(d), "static_summary": await d.static_summary(), "static_details": await d.static_details()}


@coded("""
  local h = c.start("Described", "details")
  h:signal("finish")
  h:result()
  return c.execution(h:describe())
""")
async def coded_memo_of_a_workflow(c: Context):
    h = await c.start("Described", "details")
    await h.signal("finish")
    await h.result()
    return await execution(await h.describe())


async def listed(c: Context) -> None:
    await with_everything(c)
    while not [w async for w in c.client.list_workflows(f"WorkflowId = '{c.id}' AND ExecutionStatus = 'Completed'")]:
        pass


@coded("""
  for w in client:list_workflows("WorkflowId = '" .. c.id .. "'") do return { w.memo, w.search_attributes } end
""", prepared=listed)  # fmt: skip
async def coded_list(c: Context):
    async for w in c.client.list_workflows(f"WorkflowId = '{c.id}'"):
        return [dict(await w.memo()), {pair.key.name: pair.value for pair in w.typed_search_attributes}]


EVENTS = """
  local list = json.array {}
  for event in c.handle():fetch_history_events() do list[#list + 1] = event end
  return list
"""


async def with_a_failing_child(c: Context) -> None:
    h = await c.start("Parent", "Fail", ["m", "T", [1]], memo={"a": 1}, static_summary="s", search_attributes=KEYWORD)
    await c.caught(h.result())


@coded(EVENTS, prepared=with_a_failing_child)
async def coded_history_of_a_failure(c: Context):
    """The SDK gives events as they came, so that their payloads are decoded here."""
    return [shown(await decode(c, event)) async for event in c.handle().fetch_history_events()]


async def with_messages(c: Context) -> None:
    h = await c.start("Mailbox", memo={"a": 1})
    await h.signal("put", {"a": 1})
    await h.execute_update("append", "x")
    await c.caught(h.execute_update("failing_update", "it broke"))
    await h.signal("finish")
    await h.result()


@coded(EVENTS, prepared=with_messages)
async def coded_history_of_messages(c: Context):
    return [shown(await decode(c, event)) async for event in c.handle().fetch_history_events()]


@coded("""return c.handle():describe().raw""", prepared=with_everything)
async def coded_raw_description(c: Context):
    return shown(await decode(c, (await c.handle().describe()).raw_description))


# Where they differ


@coded("""
  return c.handle():fetch_history().events[1].workflow_execution_started_event_attributes.input
""", {"codec-history": ["outcome.value.0", "outcome.value.0.*"]}, with_everything)  # fmt: skip
async def coded_history_as_the_sdk_gives_it(c: Context):
    history = await c.handle().fetch_history()
    return shown(history.events[0].workflow_execution_started_event_attributes.input)


@coded("""
  return client.workflow_service:describe_workflow_execution{ namespace = client.namespace,
    execution = { workflow_id = c.id } }.workflow_execution_info.memo.fields.b
""", {"codec-raw-service": ["outcome.value", "outcome.value.*"]}, with_everything)  # fmt: skip
async def coded_raw_service(c: Context):
    request = DescribeWorkflowExecutionRequest(
        namespace=c.client.namespace, execution=WorkflowExecution(workflow_id=c.id)
    )
    description = await c.client.workflow_service.describe_workflow_execution(request)
    return plain(shown(description.workflow_execution_info.memo.fields["b"]))
