"""How values arrive, and how they come back."""

from typing import Any

from table import Context, case

#: The name of a value, how Lua says it and what it is in Python.
VALUES: list[tuple[str, str, Any]] = [
    ("nil", "nil", None),
    ("true", "true", True),
    ("zero", "0", 0),
    ("negative", "-1", -1),
    ("largest_integer", "math.maxinteger", 2**63 - 1),
    ("smallest_integer", "math.mininteger", -(2**63)),
    ("beyond_doubles", "9007199254740993", 9007199254740993),
    ("whole_float", "1.0", 1.0),
    ("fraction", "0.1", 0.1),
    ("large_float", "1e300", 1e300),
    ("small_float", "1e-7", 1e-7),
    ("negative_zero", "-0.0", -0.0),
    ("sixteen_digits", "1e16", 1e16),
    ("empty_text", '""', ""),
    ("text_with_quotes", r'"a\"b\\c/"', 'a"b\\c/'),
    ("control_characters", r'"\0\1\n\t\127"', "\0\1\n\t\x7f"),
    ("accents", '"é ü ß"', "é ü ß"),
    ("emoji", '"👍🏽 𝕏"', "👍🏽 𝕏"),
    ("line_separators", r'"\u{2028}\u{2029}"', "\u2028\u2029"),
    ("empty_list", "json.array {}", []),
    ("empty_object", "json.object {}", {}),
    ("list_with_nil", "json.array { 1, json.null, 3 }", [1, None, 3]),
    ("object", '{ b = 1, a = { 2 }, ["ü"] = "x", Z = false }', {"b": 1, "a": [2], "ü": "x", "Z": False}),
    ("nested", "{ { { { { a = { {} } } } } } }", [[[[{"a": [{}]}]]]]),
    ("bytes", r'temporal.bytes "\0\255\1"', b"\0\xff\1"),
    ("empty_bytes", 'temporal.bytes ""', b""),
    ("long_text", '("é0123456789"):rep(5000)', "é0123456789" * 5000),
]

ESCAPED = {"control_characters", "accents", "emoji", "line_separators", "object", "long_text"}


def differs(name: str) -> dict[str, list[str]]:
    return {"json-escapes": ["*.data"]} if name in ESCAPED else {}

for name, lua, value in VALUES:

    async def arrive(c: Context, value: Any = value) -> Any:
        return await (await c.start("Arrived", value)).result()

    arrive.__name__ = f"arrives_{name}"
    case(f"""return c.start{{ "Arrived", args = {{ n = 1, {lua} }} }}:result()""", differs(name))(arrive)

for name, lua, value in VALUES:
    if not isinstance(value, bytes):

        async def back(c: Context, value: Any = value) -> Any:
            return await (await c.start("Echo", value)).result()

        back.__name__ = f"comes_back_{name}"
        case(f"""return c.start{{ "Echo", args = {{ n = 1, {lua} }} }}:result()""", differs(name))(back)


for name, lua, value in VALUES:

    async def travel(c: Context, value: Any = value) -> Any:
        h = await c.start("Mailbox", memo={"value": value}, start_signal="put", start_signal_args=[value])
        await h.signal("put", value)
        found = [await h.query("nth", 0), await h.query("nth", 1), await h.query("echo", value)]
        found.append(await h.execute_update("bounce", value))
        await h.terminate(value, value)
        return [*found, await (await h.describe()).memo(), await c.caught(h.result())]

    travel.__name__ = f"travels_{name}"
    case(f"""
  local function value() return {lua} end
  local h = c.start{{ "Mailbox", memo = {{ value = c.nullable(value()) }}, start_signal = "put",
    start_signal_args = {{ n = 1, value() }} }}
  h:signal{{ "put", args = {{ n = 1, value() }} }}
  local found = {{ c.nullable(h:query("nth", 0)), c.nullable(h:query("nth", 1)), c.nullable(h:query("echo", value())),
    c.nullable(h:execute_update("bounce", value())) }}
  h:terminate{{ args = {{ n = 2, value(), value() }} }}
  found[5], found[6] = h:describe().memo, c.caught(h.result, h)
  return found
""", differs(name))(travel)


@case("""return c.hex(c.start("ReturnBytes"):result())""")
async def bytes_come_back(c: Context):
    return (await (await c.start("ReturnBytes")).result()).hex()


@case("""
  local h = c.start("Mailbox")
  h:signal("put", ("x"):rep(1900000))
  return #h:query("nth", 0)
""")
async def nearly_two_megabytes(c: Context):
    h = await c.start("Mailbox")
    await h.signal("put", "x" * 1_900_000)
    return len(await h.query("nth", 0))


@case("""
  local large = temporal.bytes(("\\0\\xff"):rep(950000))
  local h = c.start("Mailbox")
  return { #h:query("echo", large), #h:execute_update("bounce", large), #c.start{ "Echo", id = c.id .. "-1",
    arg = ("x"):rep(1900000) }:result()[1] }
""")
async def nearly_two_megabytes_there_and_back(c: Context):
    large = b"\0\xff" * 950_000
    h = await c.start("Mailbox")
    echoed, bounced = await h.query("echo", large), await h.execute_update("bounce", large)
    echo = await c.start("Echo", "x" * 1_900_000, id=f"{c.id}-1")
    return [len(echoed), len(bounced), len((await echo.result())[0])]


@case("""
  local h = c.start{ "Sleep", task_queue = c.id }
  h:terminate{ args = { ("x"):rep(1900000) } }
  return #c.caught(h.result, h).cause.details[1]
""")
async def nearly_two_megabytes_as_details(c: Context):
    h = await c.start("Sleep", task_queue=c.id)
    await h.terminate("x" * 1_900_000)
    return len((await c.caught(h.result()))["cause"]["details"][0])


@case("""c.start("Mailbox"):signal("put", ("x"):rep(2200000))""")
async def more_than_two_megabytes(c: Context):
    await (await c.start("Mailbox")).signal("put", "x" * 2_200_000)


@case("""return c.start("ReturnPayload", "json/plain", "[1, 2.50, 1e2, -0.0, 12345678901]"):result()""")
async def numbers_of_others(c: Context):
    return await (await c.start("ReturnPayload", "json/plain", "[1, 2.50, 1e2, -0.0, 12345678901]")).result()


@case("""return c.start("ReturnPayload", "json/plain", '"\\\\ud83d\\\\ude00\\\\u00e9"'):result()""")
async def escapes_of_others(c: Context):
    return await (await c.start("ReturnPayload", "json/plain", '"\\ud83d\\ude00\\u00e9"')).result()
