"""Events of every type, read by both clients and compared in full; and a history of 10,000 of them."""

from __future__ import annotations

from typing import Any

from histories import HISTORIES, Runs
from shown import history_text, shown
from table import Context, case
from temporalio.api.enums.v1 import EventType

#: The types of events that the dev server cannot be made to write, and why.
NEVER_WRITTEN = {
    "UNSPECIFIED": "it stands for no type",
    "WORKFLOW_EXECUTION_UPDATE_REJECTED": "an update that its validator rejects leaves nothing in the history",
    "WORKFLOW_PROPERTIES_MODIFIED_EXTERNALLY": "no call of the API asks for it, and the server never writes it",
    "ACTIVITY_PROPERTIES_MODIFIED_EXTERNALLY": "no call of the API asks for it, and the server never writes it",
}

EVENT_TYPES = {name.removeprefix("EVENT_TYPE_") for name in EventType.keys()}

READ = """
  local found = json.array {}
  for i, run in ipairs(c.prepared or { { c.id } }) do
    local run_id = run[2] ~= json.null and run[2] or nil
    local h = client:get_workflow_handle(run[1], { run_id = run_id })
    local events = json.array {}
    for e in h:fetch_history_events() do events[#events + 1] = e end
    local history = h:fetch_history()
    found[i] = { events = events, json = history:to_json(), workflow_id = history.workflow_id, run_id = history.run_id }
  end
  return found
"""


async def read(c: Context) -> Any:
    found = []
    runs: Runs = c.prepared or [[c.id, None]]
    for id, run_id in runs:
        handle = c.client.get_workflow_handle(id, run_id=run_id)
        events = [shown(event) async for event in handle.fetch_history_events()]
        history = await handle.fetch_history()
        found.append({"events": events, "json": history_text(history), "workflow_id": history.workflow_id,
                      "run_id": history.run_id})  # fmt: skip
    return found


for prepare in HISTORIES:

    async def read_it(c: Context) -> Any:
        return await read(c)

    read_it.__name__ = f"events_of_{prepare.__name__}"
    case(READ, prepared=prepare)(read_it)


async def ten_thousand(c: Context) -> None:
    await (await c.start("ManyEvents", 10_000)).result()


@case("""
  local pages, sizes = c.handle():fetch_history_events(), {}
  local last
  while pages:fetch_next_page() do
    sizes[#sizes + 1] = #pages.current_page
    last = pages.current_page[#pages.current_page] or last
  end
  local history = c.handle():fetch_history()
  return { sizes = sizes, last = last, count = #history.events, json = history:to_json() }
""", prepared=ten_thousand)
async def ten_thousand_events(c: Context):
    pages, sizes, last = c.handle().fetch_history_events(), [], None
    while True:
        await pages.fetch_next_page()
        if not pages.current_page and not pages.next_page_token:
            break
        sizes.append(len(pages.current_page))
        last = pages.current_page[-1] if pages.current_page else last
        if not pages.next_page_token:
            break
    history = await c.handle().fetch_history()
    return {"sizes": sizes, "last": shown(last), "count": len(history.events), "json": history_text(history)}
