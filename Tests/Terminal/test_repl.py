"""The prompt as people use it: Moondial in a terminal, with a server."""

import os
import signal
import stat
import uuid

import pytest
from programs import BareServer, Server, children, wait_gone
from terminal import Key, Terminal

PROMPT = r"^moondial>$"


class Prompt(Terminal):
    """Moondial at its prompt."""

    #: Some entries make a server wait, or wait for one.
    timeout = 60.0

    def __init__(self, *argv, **arguments):
        super().__init__(argv, **arguments)
        self.wait_for(PROMPT)

    def enter(self, text):
        """Enters a text and waits for its evaluation; returns what was printed, as it is on the screen."""
        self.type(text)
        self.wait_for(lambda t: "".join(t.lines).endswith(text[-8:]))
        return self.accept()

    def accept(self):
        """Presses Enter, as `enter` does at the end of its text."""
        # The entry is on the screen; what is printed begins on the line below it.
        first = self.rows_gone + self.cursor[0] + 1
        self.type(Key.ENTER)
        self.wait_for(lambda t: t.rows_gone + t.cursor[0] >= first and t.line == "moondial>")
        return "\n".join(self.scrollback.split("\n")[first:-1])

    @property
    def rows_gone(self):
        """How many lines scrolled out at the top."""
        return len(self.screen.history.top)


@pytest.fixture
def prompt(moondial, address, environment, tmp_path):
    """Opens the prompt; `arguments` are Moondial's, the rest is for the terminal."""
    started = []

    def open_prompt(*arguments, env=None, **options):
        variables = {name: None for name in os.environ}
        variables |= {**environment, "TERM": "xterm-256color", "TEMPORAL_ADDRESS": address, **(env or {})}
        started.append(Prompt(moondial, *arguments, env=variables, cwd=tmp_path, **options))
        return started[-1]

    yield open_prompt
    for terminal in started:
        terminal.close()


@pytest.fixture
def identifier():
    return f"repl-{uuid.uuid4()}"


def start_code(workflow, identifier, *arguments):
    return (
        f"h = client:start_workflow{{ '{workflow}', args = {{ {', '.join(arguments)} }}, id = '{identifier}', "
        "task_queue = 'moondial-test' }"
    )


# Greeting and leaving


def test_greeting(prompt, address):
    terminal = prompt()
    first, second, third = terminal.lines[:3]
    assert first.startswith("Moondial 0.") and first.endswith(f", Temporal at {address}, namespace default.")
    assert (second, third) == ("help() tells more, Ctrl-D leaves.", "moondial>")


def test_greeting_in_a_wide_terminal(prompt):
    terminal = prompt(columns=120)
    assert terminal.lines[0].endswith(", namespace default. help() tells more, Ctrl-D leaves.")
    assert terminal.lines[1] == "moondial>"


def test_greeting_without_a_server(prompt):
    terminal = prompt(env={"TEMPORAL_ADDRESS": "127.0.0.1:1"})
    printed = terminal.enter("client:count_workflows()")
    assert printed == "ConnectError: UNAVAILABLE: cannot connect to 127.0.0.1:1: Connection refused"
    assert terminal.enter("1 + 1") == "2"


def test_ctrl_d_leaves(prompt):
    terminal = prompt()
    terminal.enter("x = 1")
    terminal.type(Key.control("d"))
    assert terminal.wait_exit() == 0
    assert terminal.settings == terminal.original_settings


@pytest.mark.parametrize(
    ("entry", "status"),
    [("os.exit(3)", 3), ("os.exit()", 0), ("os.exit(false)", 1), ("pcall(os.exit, 4)", 4), ("os.exit(5, true)", 5)],
)
def test_os_exit_leaves(prompt, entry, status):
    terminal = prompt()
    terminal.type(entry, Key.ENTER)
    assert terminal.wait_exit() == status
    assert terminal.settings == terminal.original_settings


def test_chunks_and_the_script_run_before_the_prompt(prompt, tmp_path):
    (tmp_path / "s.lua").write_text("y = x + 1 print('from the script', ...)")
    terminal = prompt("-e", "x = 41", "-i", "s.lua", "argument")
    assert terminal.lines[0] == "from the script\targument".expandtabs()
    assert terminal.lines[1].startswith("Moondial 0.")
    assert terminal.enter("y") == "42"


def test_a_script_that_fails_leaves_a_prompt(prompt, tmp_path):
    (tmp_path / "s.lua").write_text("x = 1 error('broken')")
    terminal = prompt("-i", "s.lua")
    assert terminal.lines[0] == "moondial: s.lua:1: broken"
    assert terminal.enter("x") == "1"


# Values


@pytest.mark.parametrize(
    ("entry", "printed"),
    [
        ("1 + 1", "2"),
        ("7 // 2.0", "3.0"),
        ("1, 'two', nil", '1\n"two"\nnil'),
        ("nil", "nil"),
        ("print()", ""),
        ("(function() end)()", ""),
        ("x = 1", ""),
        ("'a\\27[31mb\\n'", r'"a\027[31mb\n"'),
        ("'Grüße 日本'", '"Grüße 日本"'),
        ("{ 3, 2, b = 1, a = 2, ['c d'] = 3 }", '{ 3, 2, a = 2, b = 1, ["c d"] = 3 }'),
        ("json.decode('[[], {}, null]')", "{ {}, {}, null }"),
        ("json.null", "null"),
        ("t = {} t.t = t return t", "{ t = <cycle> }"),
        ("{{{{{{ 1 }}}}}}", "{ { { { { {…} } } } } }"),
        ("temporal.bytes('abc')", "temporal.bytes(3 bytes)"),
        ("temporal.timestamp('2026-11-23T12:00:00Z')", "2026-11-23T12:00:00Z"),
        ("client:get_workflow_handle('greet-1')", 'WorkflowHandle("greet-1")'),
        ("client:get_workflow_handle('greet-1', { run_id = 'r' })", 'WorkflowHandle("greet-1", run_id = "r")'),
        ("client:get_workflow_handle('a\\27[31m')", r'WorkflowHandle("a\27[31m")'),
    ],
)
def test_values(prompt, entry, printed):
    assert prompt(columns=120).enter(entry) == printed


def test_a_long_table_is_folded_and_cut(prompt):
    terminal = prompt(columns=40, rows=12)
    printed = terminal.enter("t = {} for i = 1, 300 do t[i] = i end return t")
    lines = printed.split("\n")
    assert lines[:3] == ["{", "  1,", "  2,"]
    assert lines[-3:] == ["  100,", "  … (+200 more),", "}"]


def test_long_output_is_whole(prompt):
    terminal = prompt(rows=10)
    printed = terminal.enter("for i = 1, 3000 do print('line ' .. i) end")
    assert printed.split("\n") == [f"line {i}" for i in range(1, 3001)]


def test_results_are_kept(prompt):
    terminal = prompt()
    for value in range(1, 12):
        terminal.enter(f"{value}")
    assert terminal.enter("_, _1, _2, _9") == "11\n11\n10\n3"
    # Neither statements nor errors change them.
    terminal.enter("x = 5")
    terminal.enter("error('x')")
    assert terminal.enter("_2") == "11"


def test_errors_are_kept(prompt):
    terminal = prompt()
    terminal.enter("error({ code = 7 })")
    assert terminal.enter("_err.code") == "7"
    terminal.enter("local = 1")
    assert terminal.enter("_err.kind") == '"SyntaxError"'


def test_locals_live_on(prompt):
    terminal = prompt()
    terminal.enter("local x, y = 1, 2")
    terminal.enter("local function double(n) return 2 * n end")
    assert terminal.enter("double(x + y)") == "6"


# Errors


@pytest.mark.parametrize(
    ("entry", "printed"),
    [
        ("x = = 1", "prompt:1: unexpected symbol near '='"),
        ("error('broken')", "prompt:1: broken"),
        ("error('broken', 0)", "broken"),
        ("error()", "nil"),
        ("nosuch.field", "prompt:1: attempt to index a nil value (global 'nosuch')"),
        ("error('\\27[31mred')", r"prompt:1: \027[31mred"),
        ("error('two\\nlines')", r"prompt:1: two\nlines"),
        ("json.decode('{')", "ValueError: "),
        ("client:nosuch()", "AttributeError: Client has no field 'nosuch'"),
    ],
)
def test_an_error_is_one_line(prompt, entry, printed):
    shown = prompt(columns=150).enter(entry)
    assert shown.startswith(printed) and "\n" not in shown and "\x1b[31m" not in shown


def test_output_comes_before_the_error_that_follows(prompt):
    assert prompt().enter("io.write('one ') error('two', 0)") == "one two"


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
    assert terminal.lines[2:7] == ["moondial> 1", "1", "moondial> x = 2", "moondial> print(x)", "2"]


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
    assert file.read_text() == "first = 1\nif first then\\n  end\n"

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


INTERRUPTED = "interrupted; what runs on the server goes on"


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
    terminal.wait_for(rf"^(\^C)?{INTERRUPTED}\nmoondial>$", timeout=5)
    assert terminal.enter("h:describe().status") == '"RUNNING"'
    terminal.enter("h:terminate()")


def test_a_closed_window_leaves_no_server_behind(prompt):
    terminal = prompt("--dev")
    assert terminal.lines[2].startswith("Its Web UI is at http://127.0.0.1:")
    servers = [os.pidfd_open(child) for child, command in children(terminal.pid) if "start-dev" in command]
    assert len(servers) == 1
    terminal.signal(signal.SIGHUP)
    assert terminal.wait_exit() == -signal.SIGHUP
    wait_gone(servers[0])
    os.close(servers[0])


# The server


def test_a_workflow_from_start_to_end(prompt, identifier):
    terminal = prompt(columns=160)
    assert terminal.enter(start_code("Mailbox", identifier)) == ""
    assert terminal.enter("h") == f'WorkflowHandle("{identifier}")'
    assert terminal.enter("h:signal('put', 1, { 'two' }, nil)") == ""
    assert terminal.enter("h:query('contents')") == "{ 1, { \"two\" }, null }"
    assert terminal.enter("h:execute_update('append', 4)") == "4"
    assert terminal.enter("h:execute_update('append', nil)").startswith("WorkflowUpdateFailedError: ")
    assert terminal.enter("_err.cause.type") == '"Rejected"'
    assert terminal.enter("h:describe().status") == '"RUNNING"'
    assert terminal.enter("h:signal('finish')") == ""
    assert terminal.enter("#h:result()") == "4"


def test_a_server_that_is_gone_and_comes_back(prompt):
    server = Server()
    try:
        terminal = prompt(env={"TEMPORAL_ADDRESS": server.address}, columns=160)
        assert terminal.enter("client:count_workflows().count") == "0"
        server.die()
        shown = terminal.enter("client:count_workflows().count")
        assert shown.startswith("RPCError: UNAVAILABLE: ") and "\n" not in shown
        assert terminal.enter("1 + 1") == "2"
    finally:
        server.close()
    again = BareServer(server.address)
    try:
        assert terminal.enter("repeat until pcall(client.count_workflows, client)") == ""
        assert terminal.enter("client:count_workflows().count") == "0"
    finally:
        again.close()
