"""Signals: Ctrl-C ends a wait or a loop and nothing on the server, and no process of ours is left behind."""

import os
import signal
from pathlib import Path

import pytest
from programs import children, start_code, wait_gone
from terminal import Key, Terminal

INTERRUPTED = (130, "moondial: interrupted\n")


@pytest.fixture
def interrupt(start, address):
    """Runs a chunk until it says `ready`, interrupts it, and returns its status and what it wrote to stderr."""

    def interrupt(chunk, *arguments):
        program = start(*arguments, "-e", f"local function ready() print('ready') io.stdout:flush() end {chunk}",
                        TEMPORAL_ADDRESS=address)
        program.wait_for_line("ready")
        program.signal(signal.SIGINT)
        outcome = program.finish()
        assert outcome.stdout == "ready\n"
        return outcome.status, outcome.stderr

    return interrupt


LOOPS = {
    "sleep": "ready() async.sleep(3600)",
    "empty loop": "ready() while true do end",
    "loop in pcall in a coroutine": """
        ready()
        coroutine.wrap(function() pcall(function() while true do end end) end)()""",
    "loop in pcalls": "ready() pcall(pcall, function() while true do end end)",
    "loop in a comparison": "ready() table.sort({ 3, 2, 1 }, function() while true do end end)",
    "loop in a tostring": "ready() tostring(setmetatable({}, { __tostring = function() while true do end end }))",
    "loop in a task": "async.scope(function(s) s:spawn(function() ready() while true do end end) end)",
    "loop in pcall in a loop": "ready() while true do pcall(function() while true do end end) end",
    "short loop in pcall in a loop": "ready() while true do pcall(function() for _ = 1, 100 do end end) end",
    "loop of pcalls in a coroutine": """
        ready()
        coroutine.wrap(function() while true do pcall(function() while true do end end) end end)()""",
    "loop that closes": """
        local closer = setmetatable({}, { __close = function() for _ = 1, 50 do end end })
        ready()
        while true do pcall(function() local c <close> = closer while true do end end) end""",
    "sleep in pcall": "ready() pcall(async.sleep, 3600)",
    "sleep in a comparison": "ready() table.sort({ 3, 2, 1 }, function() async.sleep(3600) end)",
    "many tasks": """
        async.scope(function(scope)
          for _ = 1, 100 do scope:spawn(function() async.sleep(3600) end) end
          ready()
        end)""",
}


def lua_sleeps(pid):
    """Whether the thread that runs Lua waits in a system call."""
    for thread in Path(f"/proc/{pid}/task").iterdir():
        if (thread / "comm").read_text() == "lua\n":
            return (thread / "stat").read_text().rpartition(")")[2].split()[0] == "S"
    return False


def test_an_interrupt_ends_a_read_of_the_terminal(moondial, environment):
    with Terminal([moondial, "-e", "print('ready') io.read()"], env=environment) as terminal:
        terminal.wait_for("^ready$")
        # One that comes before the read has begun would be noticed after it.
        while not lua_sleeps(terminal.pid):
            os.sched_yield()
        terminal.type(Key.control("c"))
        assert terminal.wait_exit() == 130
        assert "moondial: interrupted" in terminal.text


def test_interrupts_that_c_code_does_not_see_end_the_process(start):
    program = start("-e", "print('ready') io.stdout:flush(); (('a'):rep(60)):find(('a*'):rep(60) .. 'b')")
    program.wait_for_line("ready")
    while program.is_running():
        program.signal(signal.SIGINT)
    assert program.finish().status == -signal.SIGINT


@pytest.mark.parametrize("name", LOOPS)
def test_an_interrupt_ends(interrupt, name):
    assert interrupt(LOOPS[name]) == INTERRUPTED


def test_an_interrupt_runs_what_has_to_be_closed(start):
    program = start("-e", """
        local x <close> = setmetatable({}, { __close = function() print('closed') end })
        print('ready') io.stdout:flush()
        async.sleep(3600)""")
    program.wait_for_line("ready")
    program.signal(signal.SIGINT)
    assert program.finish() == (130, "ready\nclosed\n", "moondial: interrupted\n")


def test_an_interrupt_ends_the_chunks_and_the_script_after_it(start, tmp_path):
    (tmp_path / "s.lua").write_text("print('script')")
    program = start("-e", "print('ready') io.stdout:flush() while true do end", "-e", "print('next')", "s.lua")
    program.wait_for_line("ready")
    program.signal(signal.SIGINT)
    assert program.finish() == (130, "ready\n", "moondial: interrupted\n")


@pytest.mark.parametrize(
    "wait", ["async.sleep, 3600", "h.result, h", "async.scope, function(s) s:spawn(h.result, h) end"]
)
def test_a_second_interrupt_ends_a_loop_that_catches_the_first(start, address, identifier, wait):
    program = start("-e", start_code("Sleep", identifier), "-e", f"""
        local done <close> = setmetatable({{}}, {{ __close = function() print('closed') end }})
        while true do
          if not ready then ready = true print('ready') io.stdout:flush() end
          local _, e = pcall({wait})
          if tostring(e):find('interrupted') and not caught then caught = true print('caught') io.stdout:flush() end
        end""", TEMPORAL_ADDRESS=address)
    program.wait_for_line("ready")
    program.signal(signal.SIGINT)
    program.wait_for_line("caught")
    program.signal(signal.SIGINT)
    status, stdout, stderr = program.finish()
    # The first may have come before the wait had begun.
    goes_on = f'moondial: interrupted; workflow "{identifier}" goes on, only the wait ended\n'
    assert status == 130 and stderr in ("moondial: interrupted\n", goes_on)
    assert stdout == "ready\ncaught\nclosed\n"


WAITS = {
    "alone": "h:describe() ready() h:result()",
    # The call in the foreground is made after the wait has begun: once it is answered, the wait is under way.
    "under way": "async.scope(function(s) s:spawn(h.result, h) h:describe() ready() end)",
    "many": "async.scope(function(s) for _ = 1, 50 do s:spawn(h.result, h) end h:describe() ready() end)",
    "protected by pcall": "async.scope(function(s) s:spawn(pcall, h.result, h) h:describe() ready() end)",
}


@pytest.mark.parametrize("name", WAITS)
def test_an_interrupt_leaves_the_workflow_alone(interrupt, ask, identifier, name):
    told = f'moondial: interrupted; workflow "{identifier}" goes on, only the wait ended\n'
    assert interrupt(WAITS[name], "-e", start_code("Sleep", identifier)) == (130, told)
    again = f"h = client:get_workflow_handle('{identifier}')"
    assert ask("-e", again, "-e", "print(h:describe().status) h:terminate()") == (0, "RUNNING\n", "")


def test_an_interrupt_while_another_program_runs_is_that_programs(start):
    # As in stock Lua: `system` ignores SIGINT while it waits, and Ctrl-C reaches the program that it waits for.
    program = start("-e", "print(os.execute('echo ready; mkfifo fifo; cat fifo'))")
    program.wait_for_line("ready")
    program.signal_group(signal.SIGINT)
    assert program.finish() == (0, "ready\nnil\tsignal\t2\n", "")


def test_an_interrupt_after_another_program_ended(interrupt):
    assert interrupt("os.execute('true') ready() while true do end") == INTERRUPTED


@pytest.fixture
def dev(start):
    """Starts Moondial with a server of its own; gives the program and descriptors of the server's processes."""
    descriptors = []

    def begin(chunk):
        program = start("--dev", "-e", f"client:count_workflows() print('ready') io.stdout:flush() {chunk}")
        program.wait_for_line("ready")
        found = children(program.pid)
        assert any("server start-dev" in command for _, command in found)
        descriptors.extend(os.pidfd_open(child) for child, _ in found)
        return program, descriptors

    yield begin
    for descriptor in descriptors:
        os.close(descriptor)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, -signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)]
)
def test_a_signal_leaves_no_server_behind(dev, number, status):
    program, servers = dev("async.sleep(3600)")
    program.signal(number)
    assert program.finish().status == status
    for server in servers:
        wait_gone(server)


@pytest.mark.parametrize(
    ("end", "status"), [("", 0), ("error('x')", 1), ("os.exit(5)", 5), ("os.exit(5, true)", 5)]
)
def test_no_end_of_a_script_leaves_a_server_behind(dev, end, status):
    program, servers = dev(end)
    assert program.finish().status == status
    for server in servers:
        wait_gone(server)


def test_dev_serves_and_tells_other_programs(start, moondial):
    chunk = f"print(client.address == os.getenv('TEMPORAL_ADDRESS')) io.stdout:flush() os.execute([[{moondial} -e 'print(client:count_workflows().count)']])"
    assert start("--dev", "-e", chunk).finish() == (0, "true\n0\n", "")
