"""The prompt's commands, which begin with a dot."""

import re

import pytest
from terminal import Key


@pytest.mark.parametrize(
    ("entry", "printed"),
    [
        (".ouput json", "CommandError: there is no command '.ouput'; did you mean '.output'?"),
        (".zzzzzz", "CommandError: there is no command '.zzzzzz'; .help lists them"),
        (".times noon", "CommandError: times is iso or relative, not 'noon'"),
        (".load nosuch.lua", "CommandError: cannot open the file nosuch.lua: No such file or directory"),
        (".watch 2", "CommandError: .watch takes a time and an expression, as in .watch 2 h:describe()"),
        (".watch 2 x = = 1", "SyntaxError: prompt:1: unexpected symbol near '='"),
        (".exit x", "CommandError: .exit takes a status, which is a number"),
        # No part of a command makes it go on in the next line.
        (".load [[", "CommandError: cannot open the file [[: No such file or directory"),
        (".bt", "CommandError: there has been no error"),
        ("  .timing", "off"),
        (".5 + 1", "1.5"),
    ],
)
def test_an_entry_with_a_dot(prompt, entry, printed):
    assert prompt(columns=120).enter(entry) == printed


def test_help_tells_of_one_command(prompt):
    terminal = prompt(columns=120)
    line = ".times [iso|relative]  Says or sets whether times are shown by the clock, in UTC, or relative: to now, in a"
    assert terminal.enter(".help times").startswith(line)
    assert terminal.enter(".help .exit") == ".exit [STATUS]  Leaves, as Ctrl-D does."
    assert terminal.enter(".help exti") == "CommandError: there is no command '.exti'; did you mean '.exit'?"


@pytest.mark.parametrize("columns", [20, 80, 200])
def test_help_lists_all(prompt, columns):
    terminal = prompt(columns=columns, rows=100)
    shown = terminal.enter(".help")
    lines = shown.split("\n")
    for name in ["bt", "exit", "help", "history", "load", "output", "pager", "save", "times", "timing", "trace", "watch"]:
        assert re.search(rf"(?m)^\.{name}\b", shown), name
    assert all(len(line) <= columns for line in lines)
    if columns == 200:
        assert lines[0] == (
            ".bt                       Shows the last error in full: its causes, and where it was raised."
        )


def test_bt_tells_where_an_error_was_raised(prompt):
    terminal = prompt(columns=100)
    terminal.enter("function f() error({ code = 7 }) end")
    terminal.enter("function g() f() return 1 end")
    assert terminal.enter("g()") == "{ code = 7 }"
    shown = terminal.enter(".bt").split("\n")
    assert shown[:2] == ["{ code = 7 }", "stack traceback:"]
    assert "prompt:1: in function 'f'" in shown[2] and "prompt:1: in function 'g'" in shown[3]
    terminal.enter("x = g()")
    assert terminal.enter(".bt").split("\n")[4].strip() == "prompt:1: in main chunk"


def test_trace_shows_each_rpc(prompt):
    terminal = prompt(columns=120)
    terminal.enter(".trace rpc")
    shown = terminal.enter("client:count_workflows().count")
    assert re.fullmatch(r"rpc  CountWorkflowExecutions  [\d.]+ ms, \d+ B sent, \d+ B received, OK\n\d+", shown)
    shown = terminal.enter("client:get_workflow_handle('no such workflow'):describe()")
    assert re.match(r"rpc  DescribeWorkflowExecution  [\d.]+ ms, \d+ B sent, NOT_FOUND\nRPCError: NOT_FOUND", shown)
    assert terminal.enter(".trace") == "rpc"
    terminal.enter(".trace off")
    assert re.fullmatch(r"\d+", terminal.enter("client:count_workflows().count"))


def test_what_is_printed_does_not_drive_the_terminal(prompt):
    terminal = prompt(columns=120)
    assert terminal.enter("print('a\\27[31mb', '\\u{9b}1m', '\\u{202e}x')") == "a\\027[31mb      \\u{9B}1m        \\u{202E}x"
    terminal.enter(".output json")
    assert terminal.enter("'\\u{9b}1m\\u{202e}x\\127'") == '"\\u009b1m\\u202ex\\u007f"'
    assert terminal.enter("io.write('as it is\\n')") == "as it is"


def test_timing(prompt):
    terminal = prompt()
    terminal.enter(".timing on")
    shown = terminal.enter("async.sleep('20ms')")
    milliseconds = float(re.fullmatch(r"Time: ([\d.]+) ms", shown)[1])
    assert milliseconds >= 20
    assert re.fullmatch(r"2\nTime: [\d.]+ ms", terminal.enter("1 + 1"))
    terminal.enter(".timing off")
    assert terminal.enter("1 + 1") == "2"


@pytest.mark.parametrize(("entry", "status"), [(".exit", 0), (".exit 3", 3)])
def test_exit(prompt, entry, status):
    terminal = prompt()
    terminal.type(entry, Key.ENTER)
    assert terminal.wait_exit() == status
    assert terminal.settings == terminal.original_settings


def test_load_runs_a_file_in_the_session(prompt, tmp_path):
    (tmp_path / "s.lua").write_text("#!/usr/bin/env moondial\nlocal x = 41\nlocal function inc(n) return n + 1 end\n"
                                    "y = inc(x)\n")
    terminal = prompt(columns=100)
    assert terminal.enter(".load s.lua") == ""
    assert terminal.enter("x, y, inc(1)") == "41\n42\n2"
    (tmp_path / "bad.lua").write_text("x = 1\nerror('broken')")
    assert terminal.enter(".load bad.lua") == "bad.lua:2: broken"
    (tmp_path / "worse.lua").write_text("x = = 1")
    assert terminal.enter(".load worse.lua") == "SyntaxError: worse.lua:1: unexpected symbol near '='"


def test_save_writes_a_script(prompt, run, tmp_path):
    terminal = prompt(columns=100)
    terminal.enter("local x = 20")
    terminal.enter("x + 1")
    terminal.enter("api_key = 'secret'")
    terminal.enter(".timing off")
    terminal.enter("y = _ * 2 return y")
    terminal.enter("print('y is', y) -- at last")
    assert terminal.enter(".save s.lua") == "4 entries"
    assert terminal.enter(".save s.lua") == "CommandError: there is a file 's.lua' already"
    text = (tmp_path / "s.lua").read_text()
    assert "secret" not in text and ".timing" not in text
    assert run("s.lua").stdout == "y is\t42\n"
    # And what was saved can be loaded into another session.
    assert prompt(columns=100).enter(".load s.lua").split() == ["y", "is", "42"]


def test_history_shows_entries_without_secrets(prompt):
    terminal = prompt(columns=80)
    terminal.enter("first = 1")
    terminal.enter("token = 'secret'")
    terminal.type("if first then", Key.ENTER)
    terminal.enter("end")
    shown = terminal.enter(".history")
    assert shown == "    1  first = 1\n    2  if first then\n       end\n    3  .history"
    assert terminal.enter(".history 1") == "    4  .history 1"
    # That of earlier sessions, too.
    assert prompt(columns=80).enter(".history 2").startswith("    4  .history 1\n    5  .history 2")


def test_watch_shows_again_and_again(prompt):
    terminal = prompt()
    terminal.enter("n = 0")
    terminal.enter("function count() n = n + 1 return n end")
    terminal.type(".watch 0.01 count()", Key.ENTER)
    terminal.wait_for(r"^every 0\.01: count\(\)   \d\d:\d\d:\d\dZ\n([4-9]|\d\d+)$")
    terminal.type(Key.control("c"))
    terminal.wait_for(r"interrupted\nmoondial>$")
    assert int(terminal.enter("n")) >= 4


def test_watch_leaves_what_was_on_the_screen(prompt):
    terminal = prompt(rows=12)
    terminal.enter("n = 0")
    terminal.enter("'before'")
    terminal.enter("function count() n = n + 1 return n end")
    terminal.type(".watch 0.01 count()", Key.ENTER)
    terminal.wait_for(r"^([5-9]|\d\d+)$")
    terminal.type(Key.control("c"))
    terminal.wait_for(r"interrupted\nmoondial>$")
    # One frame, the last, and all that was there before it.
    assert terminal.scrollback.count("every 0.01: count()") == 1
    assert '"before"' in terminal.scrollback and terminal.scrollback.count("moondial>") == 5


def test_watch_takes_nothing_back_that_others_wrote(prompt):
    terminal = prompt(rows=40, columns=120)
    terminal.enter("n = 0")
    terminal.enter("function count() n = n + 1 if n == 3 then print('three') end return n end")
    terminal.type(".watch 0.01 count()", Key.ENTER)
    terminal.wait_for(r"^([5-9]|\d\d+)$")
    terminal.type(Key.control("c"))
    terminal.wait_for(r"interrupted\nmoondial>$")
    frame = r"every 0\.01: count\(\)   \d\d:\d\d:\d\dZ\n"
    assert re.search(rf"\n{frame}2\nthree\n{frame}\d+\n\^Cinterrupted\nmoondial>$", terminal.text)


def test_watch_shows_no_more_than_the_screen(prompt):
    terminal = prompt(rows=8)
    terminal.enter("t = {} for i = 1, 50 do t[i] = i end")
    terminal.type(".watch 60 t", Key.ENTER)
    terminal.wait_for(r"^every 60: t   \d\d:\d\d:\d\dZ\n{\n  1,\n  2,\n  3,\n  4,\n…$")
    terminal.type(Key.control("c"))
    terminal.wait_for(r"moondial>$")


def test_commands_in_a_paste(prompt):
    terminal = prompt()
    terminal.paste("x = 6\n.output json\nx\n.output text\nx * 7")
    terminal.wait_for(r"x \* 7$")
    assert terminal.accept() == "6\n42"
