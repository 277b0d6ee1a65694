"""The boundary between Swift and C: what must not be crossed, and what must be argued."""

from __future__ import annotations

from collections.abc import Iterable

from lint.rule import rule
from lint.tree import Finding, Tree

# The functions of Lua's API that the 5.4 manual marks as raising any error (third field "e" or "v"), and those that
# yield. A raise is a longjmp; one across a Swift frame leaks, skips `defer`, and corrupts the exclusivity records.
RAISING = (
    r"\b(?:lua_(?:error|yieldk?|callk?|getfield|setfield|getglobal|setglobal|gettable|settable|geti|seti|next|len"
    r"|compare|arith|concat|toclose|closeslot|pushfstring|pushvfstring)"
    r"|luaL_(?:error|check\w+|opt\w+|arg\w+|tolstring|len|getsubtable|requiref|openlibs|callmeta|typeerror))\b"
)


@rule(
    "no-raise-in-swift",
    bad=[
        {"Sources/LuaRuntime/A.swift": "func f() { lua_error(L) }\n"},
        {"Sources/LuaRuntime/A.swift": "let n = luaL_checkinteger(L, 1)\n"},
        {"Tests/LuaRuntimeTests/A.swift": 'lua_getfield(L, -1, "x")\n'},
    ],
    good={"Sources/LuaRuntime/A.swift": "moondial_lua_getfield(L)  // in the place of lua_getfield\nlua_rawget(L, 1)\n"},
)
def no_raise_in_swift(tree: Tree) -> Iterable[Finding]:
    """Swift names no function of Lua's API that may raise or yield: those are called in C, under lua_pcall."""
    for path, line, match in tree.matches(RAISING, tree.select(".swift"), comments=False):
        yield Finding(path, line, f"{match[0]} may jump over a Swift frame")


@rule(
    "no-longjmp",
    bad=[
        {"Sources/CLuaBridge/a.c": "int f(void) { return _setjmp(b); }\n"},
        {"Sources/LineEditor/A.swift": "siglongjmp(&b, 1)\n"},
    ],
    good={"Sources/CLuaBridge/a.c": "// lua_error ends in longjmp\nint long_jump;\n"},
)
def no_longjmp(tree: Tree) -> Iterable[Finding]:
    """setjmp and longjmp appear nowhere: Lua's own errors are the only jumps."""
    paths = tree.select(".swift", ".c", ".h")
    for path, line, match in tree.matches(r"\b_*(?:sig)?(?:setjmp|longjmp)\b", paths, comments=False):
        yield Finding(path, line, f"{match[0]} is used")


@rule(
    "c-functions-of-lua",
    bad=[
        {"Sources/LuaRuntime/A.swift": "let f: lua_CFunction = { _ in 0 }\n"},
        {"Sources/CEditBridge/a.c": "static int f(lua_State *L) { return 0; }\n"},
    ],
    good={"Sources/CLuaBridge/a.c": "static int f(lua_State *L) { return 0; }\nlua_CFunction g = f;\n"},
)
def c_functions_of_lua(tree: Tree) -> Iterable[Finding]:
    """A function that Lua calls is C, and stands in Sources/CLuaBridge."""
    paths = [path for path in tree.select(".swift", ".c", ".h") if not path.startswith("Sources/CLuaBridge/")]
    pattern = r"\blua_CFunction\b|\bint \w+\(lua_State \*\s*\w*\)"
    for path, line, match in tree.matches(pattern, paths, comments=False):
        yield Finding(path, line, f"{match[0]} outside of Sources/CLuaBridge")


@rule(
    "proof-above-unsafe",
    bad=[
        {"Sources/RPC/A.swift": "final class Box: @unchecked Sendable {}\n"},
        {"Sources/RPC/A.swift": "// Far away.\n\nnonisolated(unsafe) var x = 0\n"},
    ],
    good={"Sources/RPC/A.swift": "// @unchecked: only the drain thread touches it.\nfinal class A: @unchecked Sendable {}\n"},
)
def proof_above_unsafe(tree: Tree) -> Iterable[Finding]:
    """`@unchecked Sendable` and `nonisolated(unsafe)` have their proof in a comment on the line above."""
    escapes = r"@unchecked\s+Sendable|nonisolated\(unsafe\)"
    for path, line, match in tree.matches(escapes, tree.select(".swift"), comments=False):
        above = tree.lines(path)[line - 2].strip() if line > 1 else ""
        if not above.startswith("//"):
            yield Finding(path, line, f"{match[0]} without a proof on the line above")


@rule(
    "no-print-in-rooms",
    bad=[{"Sources/Shell/A.swift": 'print("torn prompt")\n'}, {"Sources/RPC/A.swift": "debugPrint(x)\n"}],
    good={"Sources/Shell/A.swift": "func print(_ s: String) {}\nwriter.print(s)\n", "Sources/moondial/main.swift": "print(1)\n"},
)
def no_print_in_rooms(tree: Tree) -> Iterable[Finding]:
    """Output goes through the one writer of the session, so that a prompt is never torn: rooms do not print."""
    rooms = [path for path in tree.select(".swift", under=("Sources/",)) if not path.startswith("Sources/moondial/")]
    for path, line, match in tree.matches(r"(?<![\w.`])(?<!func )(?:print|debugPrint|dump)\(", rooms, comments=False):
        yield Finding(path, line, f"{match[0]}…) writes past the session's writer")
