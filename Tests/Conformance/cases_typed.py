"""Definitions in the place of names, and what results are to become."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from table import Context, case
from temporalio.client import WorkflowUpdateStage
from temporalio.common import RawValue

sys.path.append(str(Path(__file__).resolve().parents[1] / "Support"))
from test_worker import Echo, Mailbox  # noqa: E402

DEFINITIONS = """
  local mailbox = temporal.workflow_definition{ "Mailbox", result_type = "table" }
  local put = temporal.signal_definition("put")
  local finish = temporal.signal_definition{ name = "finish" }
  local contents = temporal.query_definition{ "contents", result_type = "table" }
  local append = temporal.update_definition{ name = "append", result_type = "integer" }
"""


@case(DEFINITIONS + """
  local h = client:start_workflow{ mailbox, id = c.id, task_queue = c.queue }
  h:signal(put, 1, "two")
  h:signal(finish)
  return h:result()
""")
async def defined_workflow_and_signals(c: Context):
    h = await c.client.start_workflow(Mailbox.run, id=c.id, task_queue=c.queue)
    await h.signal(Mailbox.put, args=[1, "two"])
    await h.signal(Mailbox.finish)
    return await h.result()


@case(DEFINITIONS + """
  local echo = temporal.workflow_definition("Echo")
  return client:execute_workflow{ echo, args = { 1 }, id = c.id, task_queue = c.queue }
""")
async def defined_workflow_that_is_executed(c: Context):
    return await c.client.execute_workflow(Echo.run, args=[1], id=c.id, task_queue=c.queue)


@case(DEFINITIONS + """
  local h = client:start_workflow{ mailbox, id = c.id, task_queue = c.queue, start_signal = put,
    start_signal_args = { 1 } }
  return h:query(contents)
""")
async def defined_start_signal(c: Context):
    h = await c.client.start_workflow(Mailbox.run, id=c.id, task_queue=c.queue, start_signal="put",
                                      start_signal_args=[1])  # fmt: skip
    return await h.query(Mailbox.contents)


@case(DEFINITIONS + """
  local h = c.start("Mailbox")
  return { h:execute_update(append, 5), h:execute_update{ append, arg = 6, id = "u" }, h:query{ contents } }
""")
async def defined_updates_and_query(c: Context):
    h = await c.start("Mailbox")
    return [await h.execute_update(Mailbox.append, 5), await h.execute_update(Mailbox.append, 6, id="u"),
            await h.query(Mailbox.contents)]  # fmt: skip


@case(DEFINITIONS + """
  local h = c.start("Mailbox")
  local u = h:start_update{ append, args = { 5 }, wait_for_stage = "ACCEPTED", id = "u" }
  return { u:result(), h:get_update_handle_for(append, "u"):result(),
    h:get_update_handle_for(append, "u", { workflow_run_id = h.result_run_id }):result() }
""")
async def defined_update_and_handles_to_it(c: Context):
    h = await c.start("Mailbox")
    u = await h.start_update(Mailbox.append, 5, wait_for_stage=WorkflowUpdateStage.ACCEPTED, id="u")
    pinned = h.get_update_handle_for(Mailbox.append, "u", workflow_run_id=h.result_run_id)
    return [await u.result(), await h.get_update_handle_for(Mailbox.append, "u").result(), await pinned.result()]


@case(DEFINITIONS + """
  c.start("Mailbox"):signal("finish")
  return client:get_workflow_handle(c.id, { result_type = "table" }):result()
""")
async def defined_workflow_of_a_handle(c: Context):
    await (await c.start("Mailbox")).signal("finish")
    return await c.client.get_workflow_handle_for(Mailbox.run, c.id).result()


@case(DEFINITIONS + """
  local h = c.start("Mailbox")
  local mixed = {}
  for _, wrong in ipairs{ { h.signal, contents }, { h.query, put }, { h.execute_update, contents } } do
    mixed[#mixed + 1] = c.caught(wrong[1], h, wrong[2]).kind
  end
  return mixed
""", {"wrong-definition": ["outcome.value.*", "requests.*"]})  # fmt: skip
async def definitions_of_another_kind(c: Context):
    h = await c.start("Mailbox")
    mixed = [h.signal(Mailbox.contents), h.query(Mailbox.put), h.execute_update(Mailbox.contents)]
    return [(await c.caught(call))["kind"] for call in mixed]


@dataclass
class Item:
    name: str
    count: int


#: A result_type in Lua and in Python, and a value that is there to be converted.
TYPES: dict[str, tuple[str, Any, Any]] = {
    "an_integer": ('"integer"', int, 2**63 - 1),
    "a_number": ('"number"', float, 0.5),
    "a_string": ('"string"', str, "text"),
    "a_boolean": ('"boolean"', bool, False),
    "a_table": ('"table"', dict, {"a": 1}),
    "a_list": ('"table"', list, [1, None]),
    "raw": ('"raw"', RawValue, [5]),
    "with_a_metatable": ("{ __name = 'Item' }", Item, {"name": "tea", "count": 2}),
    "from_a_function": ("function(value) return value end", Any, {"a": [1]}),
}

#: Values that are not what the result_type asks for.
MISMATCHES: dict[str, tuple[str, Any, Any]] = {
    "text_for_an_integer": ('"integer"', int, "text"),
    "fraction_for_an_integer": ('"integer"', int, 1.5),
    "whole_number_for_a_number": ('"number"', float, 5),
    "text_for_a_number": ('"number"', float, "text"),
    "number_for_text": ('"string"', str, 5),
    "number_for_a_boolean": ('"boolean"', bool, 1),
    "number_for_a_table": ('"table"', dict, 1),
    "number_for_a_metatable": ("{}", Item, 1),
    "nothing_for_an_integer": ('"integer"', int, None),
}


@case("""
  local h = c.start("Mailbox")
  return { h:query{ "echo", arg = temporal.bytes "\\0\\xff", result_type = "bytes" },
    h:execute_update{ "bounce", arg = temporal.bytes "\\0\\xff", result_type = "bytes" },
    client:execute_workflow{ "ReturnBytes", id = c.id .. "-1", task_queue = c.queue, result_type = "bytes" } }
""")
async def result_as_bytes(c: Context):
    h = await c.start("Mailbox")
    options = {"id": f"{c.id}-1", "task_queue": c.queue}
    return [await h.query("echo", b"\0\xff", result_type=bytes),
            await h.execute_update("bounce", b"\0\xff", result_type=bytes),
            await c.client.execute_workflow("ReturnBytes", result_type=bytes, **options)]  # fmt: skip


def lua_value(value: Any) -> str:
    """A value as Lua source."""
    if value is None:
        return "json.null"
    if isinstance(value, dict):
        return "json.object { " + ", ".join(f"{key} = {lua_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "json.array { " + ", ".join(map(lua_value, value)) + " }"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value!r}"


def add(name: str, lua: str, type: Any, value: Any, differs: dict[str, list[str]] | None = None) -> None:
    """A value that each call gives, with the type asked for in each way there is."""
    single = "nil" if value is None else lua_value(value)

    async def half(c: Context) -> Any:
        h = await c.start("Mailbox")
        update = {"arg": value, "result_type": type}
        stage = WorkflowUpdateStage.ACCEPTED
        found = [
            h.query("echo", value, result_type=type),
            h.execute_update("bounce", id="u", **update),
            (await h.start_update("bounce", wait_for_stage=stage, **update)).result(),
            h.get_update_handle("u", result_type=type).result(),
        ]
        found = [await c.caught(call) for call in found]
        options = {"args": ["echo_activity", [value]], "task_queue": c.queue}
        handle = await c.client.start_workflow("RunActivity", id=f"{c.id}-1", result_type=type, **options)
        found.append(await c.caught(handle.result()))
        other = c.client.get_workflow_handle(handle.id, result_type=type)
        found.append(await c.caught(other.result()))
        execute = c.client.execute_workflow("RunActivity", id=f"{c.id}-2", result_type=type, **options)
        return [*found, await c.caught(execute)]

    half.__name__ = name
    case(f"""
  local h, t = c.start("Mailbox"), {lua}
  local update = {{ "bounce", args = {{ n = 1, {single} }}, result_type = t }}
  local function with(options)
    for key, value in pairs(update) do options[key] = options[key] or value end
    return options
  end
  local started = h:start_update(with{{ wait_for_stage = "ACCEPTED" }})
  local function workflow(id)
    return {{ "RunActivity", args = {{ "echo_activity", json.array {{ {lua_value(value)} }} }}, id = id, task_queue = c.queue,
      result_type = t }}
  end
  local found = {{
    c.caught(h.query, h, {{ "echo", args = {{ n = 1, {single} }}, result_type = t }}),
    c.caught(h.execute_update, h, with{{ id = "u" }}),
    c.caught(started.result, started),
  }}
  local known = h:get_update_handle("u", {{ result_type = t }})
  found[4] = c.caught(known.result, known)
  local run = client:start_workflow(workflow(c.id .. "-1"))
  found[5] = c.caught(run.result, run)
  local other = client:get_workflow_handle(run.id, {{ result_type = t }})
  found[6] = c.caught(other.result, other)
  found[7] = c.caught(client.execute_workflow, client, workflow(c.id .. "-2"))
  return found
""", differs)(half)


for name, (lua, type, value) in TYPES.items():
    add(f"result_{name}", lua, type, value)

for name, (lua, type, value) in MISMATCHES.items():
    add(f"result_with_{name}", lua, type, value, {"result-type": ["outcome.value.*"]})
