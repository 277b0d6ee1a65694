"""What people do at the prompt: entries, history, interrupts, terminals of all kinds."""

import os
import signal
import stat

import pytest
from programs import children, start_code, wait_gone
from terminal import Key

# Entries


def test_a_function_of_several_lines(prompt):
    terminal = prompt()
    terminal.type("function f(n)", Key.ENTER)
    terminal.wait_for(r"^moondial> function f\(n\)$")
    terminal.type("return {", Key.ENTER, "n }", Key.ENTER)
    assert terminal.enter("end") == ""
    assert terminal.enter("f(2)") == "{ 2 }"


def test_a_paste_of_several_lines_is_one_entry(prompt):
    terminal = prompt()
    terminal.paste("local sum = 0\nfor i = 1, 3 do\n\tsum = sum + i\nend\nreturn sum")
    terminal.wait_for(r"return sum$")
    assert terminal.accept() == "6"


def test_a_paste_of_several_entries_gives_each_its_result(prompt):
    terminal = prompt()
    terminal.paste("1 + 1\nx = 5\nx")
    terminal.wait_for(r"^x$")
    assert terminal.accept() == "2\n5"


def test_a_long_string_keeps_its_lines_as_they_are_typed(prompt):
    terminal = prompt()
    terminal.type("x = [[abc", Key.ENTER, "def]]", Key.ENTER)
    terminal.wait_for(r"def\]\]\nmoondial>$")
    assert terminal.enter("#x") == "7"


def test_what_is_typed_ahead_is_the_next_entry(prompt, tmp_path):
    os.mkfifo(tmp_path / "fifo")
    terminal = prompt()
    terminal.type("print('busy') io.open('fifo'):read()", Key.ENTER)
    terminal.wait_for("^busy$")
    terminal.type("1 + 2", Key.ENTER, "4 + ")
    with open(tmp_path / "fifo", "w"):
        pass
    terminal.wait_for(r"^moondial> 1 \+ 2\n3\nmoondial> 4 \+$")
    terminal.type("5", Key.ENTER)
    terminal.wait_for(r"^9\nmoondial>$")


def test_output_without_a_line_end_stays(prompt):
    terminal = prompt(columns=30)
    for length in [1, 8, 9, 29, 30, 31, 45]:
        printed = terminal.enter(f"z = io.write(('x'):rep({length}))")
        assert printed.replace("\n", "") == "x" * length
    assert terminal.enter("os.execute('printf yyy')").startswith("yyy")


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "", "LANG": "C"}, {"LC_ALL": "no_SUCH"}])
def test_any_locale_takes_utf8(prompt, locale):
    terminal = prompt(env=locale)
    terminal.type("'Grüß 日本'", Key.LEFT, "語", Key.ENTER)
    terminal.wait_for('^"Grüß 日 ?本 ?語 ?"\nmoondial>$')
    assert terminal.enter("1.5 * 2") == "3.0"


def test_lines_are_not_left_empty_between_entries(prompt):
    terminal = prompt()
    terminal.enter("1")
    terminal.enter("x = 2")
    terminal.enter("print(x)")
    assert terminal.lines[1:6] == ["moondial> 1", "1", "moondial> x = 2", "moondial> print(x)", "2"]


def test_a_narrow_terminal(prompt):
    terminal = prompt(columns=20, rows=24)
    terminal.enter("x = { 'a', 'b' }")
    assert terminal.enter("x") == '{ "a", "b" }'
    assert terminal.enter("{ x, x }") == '{\n  { "a", "b" },\n  { "a", "b" },\n}'


def test_a_dumb_terminal(prompt):
    terminal = prompt(env={"TERM": "dumb"})
    terminal.type("z = io.write('x')", Key.ENTER)
    terminal.wait_for(r"^x *\n?moondial>$")
    terminal.type("{ 1 }", Key.ENTER)
    terminal.wait_for("^{ 1 }\nmoondial>$")
    assert b"\x1b" not in terminal.output


def test_colours(prompt):
    terminal = prompt()
    terminal.enter("'text'")
    row = terminal.lines.index('"text"')
    assert terminal.style(row, 0).fg == "green"


def test_what_is_typed_is_coloured(prompt):
    terminal = prompt()
    terminal.type("return 'text' --", Key.LEFT)
    terminal.wait_for(r"^moondial> return 'text' --$")
    colours = [terminal.style(terminal.cursor[0], column).fg for column in range(10, 24)]
    assert colours == ["magenta"] * 6 + ["default"] + ["green"] * 6 + ["default"]
    terminal.type(Key.ENTER)
    terminal.wait_for('^"text"\nmoondial>$')


def test_no_colours_when_told_so(prompt):
    terminal = prompt(env={"NO_COLOR": "1"})
    terminal.enter("'text', 1, nil, client")
    assert b"\x1b[3" not in terminal.output and b"\x1b[1;" not in terminal.output


def test_help(prompt):
    terminal = prompt(rows=50)
    assert "_ is the last result, _err the last error" in terminal.enter("help()")
    terminal.enter("h = client:get_workflow_handle('x')")
    shown = terminal.enter("help(h.query)")
    assert shown.startswith("WorkflowHandle:query(query, ...)")
    assert "reject_condition" in shown and 'h:query("status")' in shown
    assert terminal.enter("help(h)").startswith("WorkflowHandle: ")
    assert terminal.enter("help").startswith("Type help() for an overview")
    assert terminal.enter("help(42)").startswith("There is no help for this number")


# History


def test_history(prompt, environment, tmp_path):
    first = prompt()
    first.enter("first = 1")
    first.enter(" unsaid = 2")
    first.enter("api_key = 'secret'")
    first.type("if first then", Key.ENTER)
    first.enter("end")
    first.type(Key.control("d"))
    assert first.wait_exit() == 0

    file = tmp_path / "home" / ".local" / "state" / "moondial" / "history"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text() == "first = 1\nif first then\\nend\n"

    second = prompt()
    second.type(Key.UP, Key.UP, Key.UP)
    second.wait_for("^moondial> first = 1$")


def test_history_is_where_xdg_says(prompt, tmp_path):
    terminal = prompt(env={"XDG_STATE_HOME": str(tmp_path / "state")})
    terminal.enter("x = 1")
    assert (tmp_path / "state" / "moondial" / "history").read_text() == "x = 1\n"
    assert not (tmp_path / "home" / ".local").exists()


def test_history_that_cannot_be_kept_is_said_and_no_more(prompt, tmp_path):
    (tmp_path / "file").write_text("")
    terminal = prompt(env={"XDG_STATE_HOME": str(tmp_path / "file")}, columns=160)
    assert terminal.lines[0].startswith("moondial: history is not saved: ")
    assert terminal.enter("1 + 1") == "2"


# Interrupts


def test_ctrl_c_clears_the_line(prompt):
    terminal = prompt()
    terminal.type("half a li")
    terminal.wait_for("^moondial> half a li$")
    terminal.type(Key.control("c"))
    terminal.wait_for(r"^moondial> half a li\^C\nmoondial>$")
    assert terminal.enter("1 + 1") == "2"


def test_ctrl_c_clears_an_entry_of_several_lines(prompt):
    terminal = prompt()
    terminal.type("function f()", Key.ENTER, "x")
    terminal.wait_for("^ +x$")
    terminal.type(Key.control("c"))
    terminal.wait_for(r"\^C\nmoondial>$")
    assert terminal.enter("1 + 1") == "2"


INTERRUPTED = "interrupted"


@pytest.mark.parametrize(
    "code",
    [
        "while true do end",
        "pcall(function() while true do end end) while true do end",
        "coroutine.wrap(function() while true do end end)()",
        "async.sleep(3600)",
        "async.scope(function(s) for _ = 1, 9 do s:spawn(async.sleep, 3600) end end)",
    ],
)
def test_ctrl_c_stops_what_runs(prompt, code):
    terminal = prompt(columns=120)
    terminal.type(f"print('be' .. 'gun') {code}", Key.ENTER)
    terminal.wait_for("^begun$")
    terminal.type(Key.control("c"))
    terminal.wait_for(rf"^(\^C)?{INTERRUPTED}\nmoondial>$")
    assert terminal.enter("1 + 1") == "2"
    assert terminal.enter("_err.kind") == '"Interrupted"'


def test_a_second_ctrl_c_ends_a_loop_that_catches_the_first(prompt):
    terminal = prompt(columns=120)
    loop = "while true do print('caught', pcall(async.sleep, n and 0 or 3600)) n = true end"
    terminal.type(f"print('be' .. 'gun') {loop}", Key.ENTER)
    terminal.wait_for("^begun$")
    terminal.type(Key.control("c"))
    terminal.wait_for("^caught +false +Interrupted")
    terminal.type(Key.control("c"))
    terminal.wait_for(rf"^(\^C)?{INTERRUPTED}\nmoondial>$")
    assert terminal.enter("1 + 1") == "2"


def test_ctrl_c_stops_the_text_of_a_value(prompt):
    terminal = prompt(columns=120)
    terminal.type("setmetatable({}, { __tostring = function() print('be' .. 'gun') while true do end end })", Key.ENTER)
    terminal.wait_for("^begun$")
    terminal.type(Key.control("c"))
    terminal.wait_for(r"^moondial>$")
    assert terminal.enter("1 + 1") == "2"


def test_ctrl_c_ends_a_wait_and_leaves_the_workflow_alone(prompt, identifier):
    terminal = prompt(columns=160)
    terminal.enter(start_code("Sleep", identifier))
    terminal.type("async.scope(function(s) s:spawn(h.result, h) h:describe() print('wai' .. 'ting') end)", Key.ENTER)
    terminal.wait_for("^waiting$")
    terminal.type(Key.control("c"))
    goes_on = f'workflow "{identifier}" goes on, only the wait ended'
    # The server would answer the wait's poll after twenty seconds.
    terminal.wait_for(rf"^(\^C)?{INTERRUPTED}; {goes_on}\nmoondial>$", timeout=15)
    assert terminal.enter("h:describe().status") == '"RUNNING"'
    terminal.enter("h:terminate()")


def test_a_closed_window_leaves_no_server_behind(prompt):
    terminal = prompt("--dev")
    terminal.wait_for(r"^Its Web UI is at http://127\.0\.0\.1:\d+\.\nmoondial>$")
    servers = [os.pidfd_open(child) for child, command in children(terminal.pid) if "start-dev" in command]
    assert len(servers) == 1
    terminal.signal(signal.SIGHUP)
    assert terminal.wait_exit() == -signal.SIGHUP
    wait_gone(servers[0])
    os.close(servers[0])


def test_lines_are_indented_by_what_is_open(prompt):
    terminal = prompt()
    for line in ["function f(x)", "if x then", "return { a = {", "x,", "} }", "else", "return nil", "end"]:
        terminal.type(line, Key.ENTER)
    terminal.type("end", Key.ENTER, "f(3).a[1]")
    terminal.wait_for(r"^moondial> f\(3\)\.a\[1\]$")
    assert terminal.lines[1:10] == [
        "moondial> function f(x)", "  if x then", "    return { a = {", "      x,", "    } }", "  else", "    return nil",
        "  end", "end",
    ]
    assert terminal.accept() == "3"
    # Where there are less blanks, or text, nothing is taken away.
    for line in ["do", Key.BACKSPACE * 2 + "s = [[", "  end", "  ]]"]:
        terminal.type(line, Key.ENTER)
    terminal.type("end", Key.ENTER, "s")
    terminal.wait_for(r"^moondial> s$")
    assert terminal.accept() == '"  end\\n  "'
