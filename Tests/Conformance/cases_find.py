"""Finding workflows and their histories: map_histories, and text with quotes in filters."""

from __future__ import annotations

import asyncio
from typing import Any

from table import Context, case
from temporalio.client import WorkflowHistoryEventFilterType

ODD = "it's \"quoted\""


async def three(c: Context) -> None:
    """Three workflows that have closed, in an order that lists keep, and one whose id has quotes in it."""
    for index in range(3):
        handle = await c.start("Echo", index, id=f"{c.id}-{index}")
        await handle.result()
    await (await c.start("Nothing", id=f"{c.id} {ODD}")).result()
    while (await c.client.count_workflows(f"WorkflowId STARTS_WITH '{c.id}' AND ExecutionStatus = 'Completed'")).count < 4:
        await asyncio.sleep(0.05)


async def found(c: Context, query: str, limit: int | None = None, page_size: int = 1000, **options: Any) -> list[Any]:
    histories = c.client.list_workflows(query, limit=limit, page_size=page_size).map_histories(**options)
    return [[h.workflow_id, h.run_id, [event.event_id for event in h.events]] async for h in histories]


FOUND = """
  local found = json.array {}
  for h in client:list_workflows{ QUERY }:map_histories{ OPTIONS } do
    local ids = json.array {}
    for index, event in ipairs(h.events) do ids[index] = event.event_id end
    found[#found + 1] = { h.workflow_id, c.nullable(h.run_id), ids }
  end
  return found
"""


def lua(query: str, options: str) -> str:
    return FOUND.replace("QUERY", query).replace("OPTIONS", options)


ALL = "query = { id = { prefix = c.id .. '-' } }"


@case(lua(ALL, "concurrency = 1"), prepared=three)
async def histories_one_after_the_other(c: Context) -> Any:
    return await found(c, f"WorkflowId STARTS_WITH '{c.id}-'")


@case(lua(f"{ALL}, page_size = 1", "concurrency = 1"), prepared=three, differs={"fetched-ahead": ["requests*"]})
async def histories_across_pages(c: Context) -> Any:
    return await found(c, f"WorkflowId STARTS_WITH '{c.id}-'", page_size=1)


@case(lua(f"{ALL}, limit = 2", "concurrency = 1"), prepared=three)
async def histories_with_a_limit(c: Context) -> Any:
    return await found(c, f"WorkflowId STARTS_WITH '{c.id}-'", limit=2)


@case(lua(ALL, "concurrency = 1, event_filter_type = 'CLOSE_EVENT'"), prepared=three,
      differs={"closing-events": ["requests*", "outcome*"]})  # fmt: skip
async def closing_events_of_all(c: Context) -> Any:
    return await found(c, f"WorkflowId STARTS_WITH '{c.id}-'",
                       event_filter_type=WorkflowHistoryEventFilterType.CLOSE_EVENT)  # fmt: skip


@case(lua(ALL, "concurrency = 1, skip_archival = true"), prepared=three)
async def histories_that_are_not_archived(c: Context) -> Any:
    return await found(c, f"WorkflowId STARTS_WITH '{c.id}-'", skip_archival=True)


@case(lua("query = { id = c.id .. ' it\\'s \"quoted\"' }", "concurrency = 1"), prepared=three)
async def a_workflow_whose_id_has_both_quotes(c: Context) -> Any:
    return await found(c, f"WorkflowId = '{c.id} it''s \"quoted\"'")


@case("return client:count_workflows{ query = { id = { prefix = c.id .. ' it\\'s' } } }.count", prepared=three)
async def count_by_a_text_with_a_quote(c: Context) -> Any:
    return (await c.client.count_workflows(f"WorkflowId STARTS_WITH '{c.id} it''s'")).count


@case("""
  local count = client:count_workflows("WorkflowId STARTS_WITH '" .. c.id .. "' GROUP BY ExecutionStatus")
  return { count.count, count.groups[1].count, count.groups[1].group_values }
""", prepared=three)
async def count_in_groups(c: Context) -> Any:
    count = await c.client.count_workflows(f"WorkflowId STARTS_WITH '{c.id}' GROUP BY ExecutionStatus")
    return [count.count, count.groups[0].count, list(count.groups[0].group_values)]
