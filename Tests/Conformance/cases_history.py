"""Histories and lists, page by page."""

from datetime import timedelta
from typing import Any

from table import Context, case
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistoryEventFilterType


def name(event: Any) -> str:
    return EventType.Name(event.event_type).removeprefix("EVENT_TYPE_")


LUA_EVENTS = """
  local function list(h, options)
    local found = json.array {}
    for e in h:fetch_history_events(options) do
      found[#found + 1] = { e.event_id, e.event_type }
    end
    return found
  end
"""


async def events(h: Any, **options: Any) -> list[Any]:
    return [[e.event_id, name(e)] async for e in h.fetch_history_events(**options)]


@case(LUA_EVENTS + """
  local h = c.start("Nothing")
  h:result()
  return list(h)
""")
async def history(c: Context):
    h = await c.start("Nothing")
    await h.result()
    return await events(h)


@case(LUA_EVENTS + """
  local h = c.start("Nothing")
  h:result()
  return list(h, { event_filter_type = "CLOSE_EVENT" })
""")
async def history_of_the_close_event(c: Context):
    h = await c.start("Nothing")
    await h.result()
    return await events(h, event_filter_type=WorkflowHistoryEventFilterType.CLOSE_EVENT)


@case(LUA_EVENTS + """return list(c.start("Nothing"), { wait_new_event = true, event_filter_type = "CLOSE_EVENT" })""")
async def history_waiting_for_the_close_event(c: Context):
    h = await c.start("Nothing")
    return await events(h, wait_new_event=True, event_filter_type=WorkflowHistoryEventFilterType.CLOSE_EVENT)


@case(LUA_EVENTS + """
  local h = c.start("Nothing")
  h:result()
  return list(h, { wait_new_event = true, skip_archival = true, rpc_metadata = { mine = "1" } })
""")
async def history_waiting_of_a_closed_one(c: Context):
    h = await c.start("Nothing")
    await h.result()
    return await events(h, wait_new_event=True, skip_archival=True, rpc_metadata={"mine": "1"})


@case(LUA_EVENTS + """
  local h = c.start("Nothing")
  h:result()
  return list(h, { page_size = 2, rpc_timeout = 9 })
""")
async def history_in_small_pages(c: Context):
    h = await c.start("Nothing")
    await h.result()
    return await events(h, page_size=2, rpc_timeout=timedelta(seconds=9))


for count in (255, 256, 257, 1000):

    async def many(c: Context, count: int = count):
        h = await c.start("ManyEvents", count)
        await h.result()
        found = await events(h, page_size=10)
        return [len(found), found[-1]]

    many.__name__ = f"history_of_{count}_events"
    case(LUA_EVENTS + f"""
      local h = c.start("ManyEvents", {count})
      h:result()
      local found = list(h, {{ page_size = 10 }})
      return {{ #found, found[#found] }}
    """)(many)


FETCH = """
  local h = c.start("Nothing")
  h:result()
  local found = h:fetch_history%s
  return { found.workflow_id, c.nullable(found.run_id), #found.events, found.events[#found.events].event_type }
"""


async def fetch(c: Context, **options: Any) -> list[Any]:
    h = await c.start("Nothing")
    await h.result()
    found = await h.fetch_history(**options)
    return [found.workflow_id, found.run_id, len(found.events), name(found.events[-1])]


@case(FETCH % "()")
async def fetched_history(c: Context):
    return await fetch(c)


@case(FETCH % """{ event_filter_type = "ALL_EVENT" }""")
async def fetched_history_of_all_events(c: Context):
    return await fetch(c, event_filter_type=WorkflowHistoryEventFilterType.ALL_EVENT)


@case((FETCH % """{ event_filter_type = "CLOSE_EVENT" }""").replace("c.nullable(found.run_id), ", ""))
async def fetched_history_of_the_close_event(c: Context):
    h = await c.start("Nothing")
    await h.result()
    found = await h.fetch_history(event_filter_type=WorkflowHistoryEventFilterType.CLOSE_EVENT)
    return [found.workflow_id, len(found.events), name(found.events[-1])]


@case(FETCH % "{ skip_archival = true }")
async def fetched_history_without_the_archive(c: Context):
    return await fetch(c, skip_archival=True)


@case(FETCH % """{ rpc_metadata = { mine = "1" }, rpc_timeout = 9 }""")
async def fetched_history_with_metadata_and_timeout(c: Context):
    return await fetch(c, rpc_metadata={"mine": "1"}, rpc_timeout=timedelta(seconds=9))


async def three_hundred(c: Context) -> None:
    await (await c.start("ManyEvents", 300)).result()


@case("""
  local pages, sizes = c.handle():fetch_history_events{ page_size = 3, wait_new_event = true }, {}
  while pages:fetch_next_page() do sizes[#sizes + 1] = #pages.current_page end
  return sizes
""", prepared=three_hundred)
async def history_waiting_in_small_pages(c: Context):
    pages, sizes = c.handle().fetch_history_events(page_size=3, wait_new_event=True), []
    while not sizes or pages.next_page_token:
        await pages.fetch_next_page()
        sizes.append(len(pages.current_page))
    return sizes


@case("""
  local h = c.start("Nothing")
  h:result()
  h:fetch_history_events()
""")
async def history_that_nobody_reads(c: Context):
    h = await c.start("Nothing")
    await h.result()
    h.fetch_history_events()


@case("""
  local h = c.start("ManyEvents", 300)
  h:result()
  local pages = h:fetch_history_events{ page_size = 5 }
  pages:fetch_next_page()
  local token, count = pages.next_page_token, #pages.current_page
  local rest = 0
  for _ in h:fetch_history_events{ page_size = 5, next_page_token = token } do rest = rest + 1 end
  return { count + rest, token ~= nil }
""")
async def history_from_a_token(c: Context):
    h = await c.start("ManyEvents", 300)
    await h.result()
    pages = h.fetch_history_events(page_size=5)
    await pages.fetch_next_page()
    token, count = pages.next_page_token, len(pages.current_page)
    rest = len([e async for e in h.fetch_history_events(page_size=5, next_page_token=token)])
    return [count + rest, token is not None]


@case(LUA_EVENTS + """return list(c.handle())""")
async def history_of_nothing(c: Context):
    return await events(c.handle())


@case(LUA_EVENTS + """
  c.start("Nothing"):result()
  return list(c.handle{ run_id = "00000000-0000-4000-8000-000000000000" })
""")
async def history_of_a_wrong_run(c: Context):
    await (await c.start("Nothing")).result()
    return await events(c.handle(run_id="00000000-0000-4000-8000-000000000000"))


@case(LUA_EVENTS + """
  c.start("Nothing"):result()
  return list(c.handle(), { next_page_token = "no token" })
""")
async def history_from_a_bad_token(c: Context):
    await (await c.start("Nothing")).result()
    return await events(c.handle(), next_page_token=b"no token")


@case("""
  for w in client:list_workflows("WorkflowId = '" .. c.id .. "' AND Nothing = 1") do return w.id end
""")
async def list_with_a_bad_query(c: Context):
    async for w in c.client.list_workflows(f"WorkflowId = '{c.id}' AND Nothing = 1"):
        return w.id


@case("""
  for w in client:list_workflows("WorkflowId = '" .. c.id .. "'", { page_size = 7 }) do return w.id end
""")
async def list_of_nothing(c: Context):
    async for w in c.client.list_workflows(f"WorkflowId = '{c.id}'", page_size=7):
        return w.id


@case("""return client:count_workflows("WorkflowId = '" .. c.id .. "'").count""")
async def count_of_nothing(c: Context):
    return (await c.client.count_workflows(f"WorkflowId = '{c.id}'")).count


@case("""return client:count_workflows("WorkflowId = '" .. c.id .. "' AND").count""")
async def count_with_a_bad_query(c: Context):
    return (await c.client.count_workflows(f"WorkflowId = '{c.id}' AND")).count
