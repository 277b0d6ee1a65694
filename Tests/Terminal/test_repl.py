"""What the prompt says: values, errors, what the server answers; and how it is left."""

import re
import socket

import pytest
from programs import BareServer, Server, start_code
from terminal import Key, Terminal


# Greeting and leaving


@pytest.mark.parametrize(
    ("columns", "advice"), [(60, ""), (80, " help() tells more."), (200, " help() tells more, Ctrl-D leaves.")]
)
def test_greeting(prompt, address, columns, advice):
    terminal = prompt(columns=columns)
    assert re.fullmatch(rf"Moondial 0[.\d]+, Temporal [.\d]+ at {address}\.{re.escape(advice)}", terminal.lines[0])
    assert terminal.lines[1] == "moondial>"


def test_the_prompt_does_not_wait_for_the_server(moondial, environment):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = "127.0.0.1:{}".format(mute.getsockname()[1])
        with Terminal([moondial], env={**environment, "TEMPORAL_ADDRESS": address}, columns=100) as terminal:
            terminal.wait_for(lambda t: t.lines[0] == "moondial>")
            terminal.type("x = 1")
            terminal.wait_for(
                lambda t: re.fullmatch(rf"Moondial [.\d]+; the server at {address} does not answer\.( .*)?", t.lines[0])
                and t.line == "moondial> x = 1"
            )


def test_greeting_without_a_server(prompt):
    terminal = prompt(columns=200, env={"TEMPORAL_ADDRESS": "127.0.0.1:1"})
    assert "; the server at 127.0.0.1:1 does not answer: Connection refused. help() tells more" in terminal.lines[0]
    printed = terminal.enter("client:count_workflows()")
    assert printed == "ConnectError: cannot connect to 127.0.0.1:1: Connection refused"
    assert terminal.enter("1 + 1") == "2"


def test_a_server_that_is_lost_is_told_once_and_its_return_is_no_news(prompt):
    server = Server()
    address = server.address
    try:
        terminal = prompt(columns=120, env={"TEMPORAL_ADDRESS": address})
        server.die()
        terminal.wait_for(rf"^the server at {address} does not answer: Connection refused$")
    finally:
        server.close()
    again = BareServer(address)
    try:
        while terminal.enter("(pcall(client.count_workflows, client))") != "true":
            pass
        assert terminal.scrollback.count("does not answer") == 1
    finally:
        again.close()


def test_a_call_that_is_tried_again_says_so_once(prompt):
    server = Server()
    address = server.address
    try:
        terminal = prompt(columns=120, env={"TEMPORAL_ADDRESS": address})
        terminal.enter("h = client:get_workflow_handle('nobody')")
        assert terminal.enter("h:describe()") == "RPCError: NOT_FOUND: workflow not found for ID: nobody"
        terminal.type("while pcall(client.count_workflows, client) do end h:describe()", Key.ENTER)
        server.die()
        terminal.wait_for(rf"^the server at {address} does not answer; still trying, Ctrl-C gives up$")
        terminal.type(Key.control("c"))
        terminal.wait_for(r"interrupted\nmoondial>$")
        shown = terminal.enter("h:describe()")
        assert shown == f"RPCError: UNAVAILABLE: the connection to {address} is lost: Connection refused"
        assert terminal.scrollback.count("does not answer") == 1
    finally:
        server.close()


def test_the_prompt_needs_a_terminal_to_write_to(moondial, environment, tmp_path):
    with Terminal(["sh", "-c", f"{moondial} | cat"], env=environment, cwd=tmp_path, columns=120) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.text == (
            "moondial: the prompt needs a terminal, and standard output is none; a script or -e does without"
        )


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


@pytest.mark.parametrize("entry", ["exit", " quit ", "exit()", "quit( )"])
def test_the_words_of_other_shells_leave(prompt, entry):
    terminal = prompt()
    terminal.type(entry, Key.ENTER)
    assert terminal.wait_exit() == 0


def test_a_variable_of_that_name_is_one(prompt):
    terminal = prompt()
    terminal.enter("quit, exit = 7, function() return 8 end")
    assert terminal.enter("quit") == "7"
    assert terminal.enter("exit()") == "8"


def test_chunks_and_the_script_run_before_the_prompt(prompt, tmp_path):
    (tmp_path / "s.lua").write_text("y = x + 1 print('from the script', ...)")
    terminal = prompt("-e", "x = 41", "-i", "s.lua", "argument")
    assert terminal.lines[0] == "from the script\targument".expandtabs()
    assert terminal.lines[1].startswith("Moondial 0.")
    assert terminal.enter("y") == "42"


def test_the_locals_of_chunks_and_the_script_live_on_at_the_prompt(prompt, tmp_path):
    (tmp_path / "s.lua").write_text("#! a script\nlocal function double(n) return n * x end")
    terminal = prompt("-e", "local x = 2", "-i", "s.lua")
    assert terminal.enter("double(21)") == "42"


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
        ("=1 + 1, 2", "2\n2"),
        ("json.encode", "function <json.encode>"),
        ("{ 3, 2, b = 1, a = 2, ['c d'] = 3 }", '{ 3, 2, a = 2, b = 1, ["c d"] = 3 }'),
        ("json.decode('[[], {}, null]')", "{ {}, {}, null }"),
        ("json.null", "null"),
        ("t = {} t.t = t return t", "{ t = <cycle> }"),
        ("{{{{{{{ 1 }}}}}}}", "{ { { { { { {…} } } } } } }"),
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
    terminal.enter(".pager off")
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
        ("(function() error('told to the caller', 2) end)()", "prompt:1: told to the caller"),
        ("coroutine.wrap(1)", "prompt:1: bad argument #1 to 'wrap' (function expected)"),
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


def test_of_a_long_error_bt_shows_the_rest(prompt):
    terminal = prompt(columns=80, rows=60)
    assert terminal.enter("require('nosuch')") == "prompt:1: module 'nosuch' not found: … (.bt shows the rest)"
    assert "no file './nosuch.lua'\n" in terminal.enter(".bt")


def test_output_comes_before_the_error_that_follows(prompt):
    assert prompt().enter("io.write('one ') error('two', 0)") == "one two"


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
        # It may have been said before the entry.
        notice = f"the server at {server.address} does not answer; still trying, Ctrl-C gives up\n"
        assert re.fullmatch(rf"({re.escape(notice)})?RPCError: UNAVAILABLE: .+", shown)
        assert terminal.enter("1 + 1") == "2"
    finally:
        server.close()
    again = BareServer(server.address)
    try:
        assert terminal.enter("repeat until pcall(client.count_workflows, client)") == ""
        assert terminal.enter("client:count_workflows().count") == "0"
    finally:
        again.close()
