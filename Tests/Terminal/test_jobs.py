"""Jobs: they run on while the prompt waits, print above it, and their end is told there."""

import re
import signal

import pytest
from programs import start_code
from terminal import Key

WIDE = {"columns": 160}


@pytest.fixture
def gate(prompt):
    """A prompt, and a channel `gate` that jobs wait at."""
    terminal = prompt(**WIDE)
    terminal.enter("gate = async.channel()")
    return terminal


def shows(line):
    """Waits until a line stands above the prompt, with what is typed at it."""
    return rf"^{line}\n(.*\n)*moondial>"


def test_a_job_prints_above_what_is_typed(gate):
    gate.enter("task = spawn('printer', function() for text in gate do print(text) io.write(text, ' again\\n') end end)")
    gate.enter("spawn(function() async.sleep(0.3) gate:send('printed') gate:close() end)")
    gate.type("half a li")
    gate.wait_for(r'^printed\nprinted again\n(job . .*is done\n)*job . .*is done\nmoondial> half a li$')
    assert gate.text.count("half a li") == 1
    gate.type("ne", Key.control("u"), "1 + 1")
    assert gate.accept() == "2"


def test_output_without_a_line_end_is_not_lost(gate):
    gate.enter("spawn(function() gate:recv() io.write('half') io.stdout:flush() gate:recv() end)")
    gate.type("gate:send(1)", Key.ENTER)
    gate.wait_for(r"^moondial> gate:send\(1\)\n(half\n)?moondial>$")
    gate.wait_for("^half$")
    assert gate.enter("1 + 1") == "2"


def test_the_end_of_a_job_is_told_in_one_line(gate):
    gate.enter("spawn('adder', function(a, b) gate:recv() return a + b end, 1, 2)")
    gate.type("gate:send(true)", Key.ENTER)
    gate.wait_for(shows(r'job 1 "adder" is done; wait\(1\) gives what it returned'))
    assert gate.enter("wait(1)") == "3"
    assert gate.enter("wait(1)") == "ValueError: wait: there is no job 1; jobs() lists them"


def test_the_failure_of_a_job_is_told_in_one_line_and_leaves_others_alone(gate):
    gate.enter("spawn('other', function() gate:recv() return 'unharmed' end)")
    gate.type("spawn(function() error('two\\nlines\\27[31m') end) async.sleep(0)", Key.ENTER)
    gate.wait_for(shows(r"job 2 failed: prompt:1: two\\nlines\\027\[31m"))
    assert gate.enter("wait(2)") == r"prompt:1: two\nlines\027[31m"
    assert gate.enter("gate:send(1) return wait('other')") == '"unharmed"'


def test_the_result_that_is_waited_for_is_not_told_again(gate):
    assert gate.enter("spawn(function() async.sleep(0.01) return 7 end) return wait(1)") == "7"
    assert gate.enter("jobs()") == "{}"


def test_jobs_lists_what_there_is(gate, identifier):
    gate.enter(start_code("Sleep", identifier))
    gate.enter("t = spawn('nightly', h.result, h) spawn(function() return 1 end) spawn(function() gate:recv() end)")
    gate.wait_for("^job 2 is done; .*$")
    lines = gate.enter("jobs()").split("\n")
    age = r"\d+s"
    assert re.fullmatch(rf' +Job 1 "nightly": waiting for the result of workflow "{identifier}", {age},', lines[1])
    assert re.fullmatch(rf" +Job 2: done, {age} ago,", lines[2])
    assert re.fullmatch(rf" +Job 3: waiting for channel receive, {age},", lines[3])
    assert gate.enter("jobs()[1].waits_for, jobs()[1].state, jobs()[3].spawned_at, jobs()[2].name") == (
        f'"the result of workflow \\"{identifier}\\""\n"waiting"\n"prompt:1"\nnil')
    gate.enter("h:terminate()")


def test_kill_cancels_and_the_workflow_goes_on(gate, identifier):
    gate.enter(start_code("Sleep", identifier))
    gate.enter("""spawn('waits', function()
local c <close> = setmetatable({}, { __close = function() print('closed') end })
h:result() end)""")
    gate.type("kill(1)", Key.ENTER)
    gate.wait_for(shows('closed\njob 1 "waits" was cancelled'))
    assert gate.enter("h:describe().status") == '"RUNNING"'
    assert gate.enter("wait(1)") == "CancelledError: killed"
    assert gate.enter("kill(1)") == "ValueError: kill: there is no job 1; jobs() lists them"
    gate.enter("h:terminate()")


def test_ctrl_c_ends_a_wait_and_the_job_goes_on(gate):
    # Time passes for it, so that the wait for it is no deadlock.
    gate.enter("spawn('deaf', function() return async.race{ function() return gate:recv() end, function() async.sleep(3600) end } end)")
    gate.type("print('wai' .. 'ting') return wait(1)", Key.ENTER)
    gate.wait_for("^waiting$")
    gate.type(Key.control("c"))
    gate.wait_for(r'^(\^C)?interrupted; job 1 "deaf" goes on, only the wait ended\nmoondial>$')
    assert gate.enter("gate:send('heard') return wait(1)") == '"heard"'


def test_ctrl_c_interrupts_a_job_in_the_foreground(gate, identifier):
    gate.enter(start_code("Sleep", identifier))
    gate.enter("spawn('waits', function() print('fore' .. 'ground') h:result() end) async.sleep(0)")
    gate.type("print('wai' .. 'ting') return fg('waits')", Key.ENTER)
    gate.wait_for("^waiting$")
    gate.type(Key.control("c"))
    goes_on = f'workflow "{identifier}" goes on, only the wait ended'
    gate.wait_for(rf'^(\^C)?interrupted; {goes_on}\n(job 1 "waits" was cancelled\n)?moondial>')
    gate.wait_for('^job 1 "waits" was cancelled$')
    assert gate.enter("h:describe().status") == '"RUNNING"'
    gate.enter("h:terminate()")


def test_ctrl_c_stops_a_busy_job_in_the_foreground(gate):
    gate.enter("spawn(function() gate:recv() print('bu' .. 'sy') while true do end end)")
    gate.type("gate:send(1) return fg(1)", Key.ENTER)
    gate.wait_for("^busy$")
    gate.type(Key.control("c"))
    gate.wait_for(r"^(\^C)?interrupted\n")
    assert gate.enter("1 + 1") == "2"


def test_ctrl_c_for_the_foreground_spares_a_job_that_works(gate):
    gate.enter("""spawn('worker', function() gate:recv() print('be' .. 'gun')
for i = 1, 40 do for j = 1, 1e5 do local _ = j end async.sleep(0) end return 'all of it' end)""")
    gate.type("gate:send(1) async.sleep(3600)", Key.ENTER)
    gate.wait_for("^begun$")
    gate.type(Key.control("c"))
    gate.wait_for(r"^(\^C)?interrupted\n")
    gate.wait_for("^moondial>$")
    assert gate.enter("wait('worker')").endswith('"all of it"')


def test_a_busy_job_can_be_stopped(gate):
    gate.enter("spawn('hog', function() gate:recv() print('be' .. 'gun') pcall(function() while true do end end) end)")
    gate.type("gate:send(1) async.sleep(3600)", Key.ENTER)
    gate.wait_for("^begun$")
    # The first is for the foreground, which does not get to run; the second is for what keeps it from that.
    presses = 0
    while "interrupted" not in gate.text:
        gate.type(Key.control("c"))
        presses += 1
        gate.wait_for(lambda t: t.text.count("^C") >= presses or "interrupted" in t.text)
    gate.wait_for("^moondial>$")
    assert gate.enter("1 + 1") == "2"


def test_ctrl_d_with_jobs_asks_once_and_then_drains(gate):
    gate.enter("""spawn('tidy', function()
local c <close> = setmetatable({}, { __close = function() async.shield(function() async.sleep(0.05) print('tidied up') end) end })
gate:recv() end)""")
    gate.type(Key.control("d"))
    gate.wait_for('^job 1 "tidy" runs still; Ctrl-D again cancels and leaves\nmoondial>$')
    # An entry in between takes it back.
    gate.enter("1 + 1")
    gate.type(Key.control("d"))
    gate.wait_for('(?s)runs still; .*runs still; Ctrl-D again cancels and leaves\nmoondial>$')
    gate.type(Key.control("d"))
    assert gate.wait_exit() == 0
    assert "tidied up" in gate.text
    assert gate.settings == gate.original_settings


@pytest.mark.parametrize("arguments", ["3", "3, true"])
def test_a_job_may_end_the_session(gate, arguments):
    gate.enter(f"spawn(function() gate:recv() async.sleep(0.05) os.exit({arguments}) end)")
    gate.type("gate:send(1)", Key.ENTER)
    assert gate.wait_exit() == 3
    assert gate.settings == gate.original_settings


def test_waiting_for_a_job_that_waits_for_the_prompt_is_a_deadlock(gate):
    gate.enter("spawn('listener', function() return gate:recv() end)")
    assert gate.enter("wait(1)") == "DeadlockError: every task waits and no operation is in flight"
    shown = gate.enter("print(_err.explanation)")
    assert 'task \'main\', waiting for: task \'listener\'' in shown
    assert "task 'listener', waiting for: channel receive, spawned at prompt:1" in shown
    # The job itself is well.
    assert gate.enter("gate:send('at last') return wait(1)") == '"at last"'


def test_help_and_arguments(gate):
    assert "Starts a job" in gate.enter("help(spawn)")
    assert "Lists the jobs" in gate.enter("help('jobs')")
    assert gate.enter("spawn('name')") == "TypeError: spawn needs a function after the name; Lua text is none, write function() … end"
    assert gate.enter("spawn()") == "TypeError: spawn: a function expected, got nil"
    assert gate.enter("fg('nosuch')") == 'ValueError: fg: there is no job "nosuch"; jobs() lists them'


# Scripts


def test_a_script_ends_when_all_it_spawned_has_ended(run):
    chunk = "spawn(function() async.sleep(0.05) spawn(function() async.sleep(0.05) print('last') end) end) print('main')"
    assert run("-e", chunk, "-e", "print('next')") == (0, "main\nlast\nnext\n", "")


def test_a_script_fails_with_what_it_spawned(run):
    status, stdout, stderr = run("-e", """
        local c <close> = setmetatable({}, { __close = function() print('closed') end })
        spawn('culprit', function() async.sleep(0.01) error('broken') end)
        async.sleep(3600)""")
    assert (status, stdout) == (1, "closed\n")
    assert stderr.startswith("moondial: -e #1:3: broken\n")
    assert stderr.endswith("in task 'culprit', spawned at -e #1:3\n")


def test_a_script_waits_for_tasks_and_kills_them(run):
    chunk = """
        local one = spawn(function() async.sleep(0.01) return 1, nil end)
        print(wait(one))
        local two = spawn(async.sleep, 3600)
        async.sleep(0)
        kill(two)
        print(pcall(wait, two))"""
    assert run("-e", chunk) == (0, "1\tnil\nfalse\tCancelledError: killed\n", "")


def test_an_interrupt_ends_what_a_script_spawned(start):
    program = start("-e", """
        spawn(function()
          local c <close> = setmetatable({}, { __close = function() print('closed') end })
          print('ready') io.stdout:flush()
          async.sleep(3600)
        end)""")
    program.wait_for_line("ready")
    program.signal(signal.SIGINT)
    assert program.finish() == (130, "ready\nclosed\n", "moondial: interrupted\n")
