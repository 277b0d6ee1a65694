"""temporal.bulk at a terminal and away from one: the line that tells how far it is, Ctrl-C, kills, production."""

import json
import pathlib
import re
import signal

import pytest
from programs import start_code
from terminal import Key, Terminal

#: A bulk of four, of which the third waits for a file.
WAITING = """
local function go()
  local file = io.open("go")
  return file and file:close()
end
local function call(id, index)
  if index == 3 then repeat async.sleep(0.01) until go() end
  if id == "bad" then error("no good", 0) end
end
"""
ITEMS = '{ "a", "bad", "c", "d" }'
ERASE = b"\r\x1b[2K"


@pytest.fixture
def script(moondial, environment, tmp_path):
    """Runs a chunk in a terminal."""
    started = []

    def script(chunk, env=None, **options):
        started.append(Terminal([moondial, "-e", chunk], env={**environment, **(env or {})}, cwd=tmp_path, **options))
        return started[-1]

    yield script
    for terminal in started:
        terminal.close()


def entries(file: pathlib.Path):
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_line_tells_how_far_it_is(script, tmp_path):
    terminal = script(f"{WAITING} show(temporal.bulk({ITEMS}, call, {{ limit = 1 }}))")
    terminal.wait_for(r"^bulk  █+░+  2 of 4, 1 failed$")
    assert len(terminal.line) < 80
    (tmp_path / "go").touch()
    assert terminal.wait_exit() == 0
    assert terminal.lines[0].startswith("Done") and "3 of 4" in terminal.lines[0]
    assert "bulk" not in terminal.text


def test_without_a_total_it_tells_what_is_done(script, tmp_path):
    terminal = script(f"""{WAITING}
      local list, at = {ITEMS}, 0
      temporal.bulk(function() at = at + 1 return list[at] end, call, {{ limit = 1 }})""")
    terminal.wait_for(r"^bulk  2, 1 failed$")
    (tmp_path / "go").touch()
    assert terminal.wait_exit() == 0
    assert terminal.text == ""


def test_a_dry_run_tells_how_far_it_is(script, tmp_path):
    terminal = script(f"""{WAITING}
      local list, at = {ITEMS}, 0
      temporal.bulk(function() at = at + 1 call("", at) return list[at] end, error, {{ dry_run = true }})""")
    terminal.wait_for(r"^dry run  2$")
    (tmp_path / "go").touch()
    assert terminal.wait_exit() == 0
    assert terminal.text == ""


@pytest.mark.parametrize(("columns", "line"), [(24, "bulk  2 of 4, 1 failed"), (20, "2 of 4, 1 failed"), (9, "2 of 4,…")])
def test_it_fits_a_narrow_terminal(script, tmp_path, columns, line):
    terminal = script(f"{WAITING} temporal.bulk({ITEMS}, call, {{ limit = 1 }})", columns=columns)
    terminal.wait_for(lambda t: t.lines[0] == line)
    (tmp_path / "go").touch()
    assert terminal.wait_exit() == 0
    assert terminal.text == ""


def test_it_has_no_colours_where_none_are_wanted(script, tmp_path):
    colours = []
    for env in ({}, {"NO_COLOR": "1"}):
        (tmp_path / "go").unlink(missing_ok=True)
        terminal = script(f"{WAITING} temporal.bulk({ITEMS}, call, {{ limit = 1 }})", env=env)
        terminal.wait_for(r"█+░+  2 of 4")
        (tmp_path / "go").touch()
        assert terminal.wait_exit() == 0
        colours.append(b"\x1b[32m" in terminal.output)
    assert colours == [True, False]


def test_it_is_not_there_on_a_dumb_terminal(script, tmp_path):
    (tmp_path / "go").touch()
    terminal = script(f"{WAITING} temporal.bulk({ITEMS}, call) print('done')", env={"TERM": "dumb"})
    assert terminal.wait_exit() == 0
    assert terminal.output == b"done\r\n"


def test_it_is_not_there_in_a_pipe(run, tmp_path):
    (tmp_path / "go").touch()
    assert run("-e", f"{WAITING} print(temporal.bulk({ITEMS}, call))") == (0, "BulkResult(3 done, 1 failed)\n", "")


def test_what_is_printed_meanwhile_stands_above_it(script, tmp_path):
    terminal = script(f"""{WAITING}
      temporal.bulk({ITEMS}, function(id, index)
        if index == 1 then print("printed") end
        if index == 2 then io.write("written\\n") io.stderr:write("told\\n") end
        call(id, index)
        if index == 4 then async.sleep(0.15) print("the last") end
      end, {{ limit = 1 }})""")
    terminal.wait_for(r"^bulk  █+░+  2 of 4, 1 failed$")
    assert terminal.lines[:3] == ["printed", "written", "told"]
    (tmp_path / "go").touch()
    assert terminal.wait_exit() == 0
    assert terminal.text == "printed\nwritten\ntold\nthe last"


def test_it_is_drawn_ten_times_a_second_at_most(script):
    terminal = script("""
      local list = {} for index = 1, 1000 do list[index] = "w-" .. index end
      print("seconds", temporal.bulk(list, function() async.sleep(0.001) end, { limit = 1 }).seconds)""")
    assert terminal.wait_exit() == 0
    seconds = float(re.search(r"seconds\s+(\S+)", terminal.text)[1])
    drawn = terminal.output.count(ERASE)
    # Each drawing begins with an erasure, and the line is taken away at the end.
    assert 2 <= drawn <= seconds * 10 + 2


CUT_SHORT = """
  local list = {} for index = 1, 10 do list[index] = "w-" .. index end
  temporal.bulk(list, function(_, index)
    if index > 4 then if index == 6 then ready() end async.sleep(3600) end
  end, { limit = 2, save = "done.jsonl" })"""


def test_ctrl_c_says_how_far_it_came_and_how_to_go_on(script, run, tmp_path):
    terminal = script(f"local function ready() end {CUT_SHORT}", columns=120)
    terminal.wait_for(r"4 of 10")
    terminal.type(Key.control("c"))
    assert terminal.wait_exit() == 130
    told = 'bulk: it has not come to its end: 4 of 10 done, 2 cut short; resume = "done.jsonl" goes on from here'
    assert terminal.text.replace("^C", "").split("\n") == [told, "moondial: interrupted"]
    assert [(entry["id"], entry["ok"]) for entry in entries(tmp_path / "done.jsonl")] == [
        *((f"w-{number}", True) for number in range(1, 5)), ("w-5", False), ("w-6", False),
    ]  # fmt: skip
    resumed = """
      local list, called = {}, {} for index = 1, 10 do list[index] = "w-" .. index end
      local r = temporal.bulk(list, function(id) called[#called + 1] = id end, { resume = "done.jsonl" })
      print(r, table.concat(called, " "))"""
    assert run("-e", resumed) == (0, "BulkResult(6 done, 4 skipped)\tw-5 w-6 w-7 w-8 w-9 w-10\n", "")
    assert sum(entry["ok"] for entry in entries(tmp_path / "done.jsonl")) == 10


def test_a_kill_loses_nothing(start, run, tmp_path):
    ready = "local function ready() print('ready') io.stdout:flush() end"
    program = start("-e", f"{ready} {CUT_SHORT}")
    program.wait_for_line("ready")
    program.signal(signal.SIGKILL)
    assert program.finish().status == -signal.SIGKILL
    assert [entry["id"] for entry in entries(tmp_path / "done.jsonl")] == ["w-1", "w-2", "w-3", "w-4"]


def test_at_the_prompt_it_leaves_the_screen_as_it_was(prompt, tmp_path):
    terminal = prompt(columns=100, rows=40)
    terminal.enter("function go() local f = io.open('go') return f and f:close() end")
    terminal.type(f"temporal.bulk({ITEMS}, function(_, i) if i == 3 then repeat async.sleep(0.01) until go() end end, "
                  "{ limit = 1 }).done", Key.ENTER)  # fmt: skip
    terminal.wait_for(r"^bulk  █+░+  2 of 4$")
    (tmp_path / "go").touch()
    terminal.wait_for(lambda t: t.line == "moondial>")
    assert terminal.lines[terminal.cursor[0] - 1] == "4" and "░" not in terminal.text


def test_ctrl_c_at_the_prompt(prompt):
    terminal = prompt(columns=120, rows=40)
    terminal.type("temporal.bulk({ 'a', 'b' }, function(_, i) if i == 2 then async.sleep(3600) end end, { limit = 1 })",
                  Key.ENTER)  # fmt: skip
    terminal.wait_for(r"^bulk  █+░+  1 of 2")
    terminal.type(Key.control("c"))
    terminal.wait_for(lambda t: t.line == "moondial>")
    assert ("bulk: it has not come to its end: 1 of 2 done, 1 cut short; nothing was saved to resume from, "
            "save = \"FILE\" would\ninterrupted\nmoondial>") in terminal.text.replace("^C", "")  # fmt: skip
    assert terminal.enter("1 + 1") == "2"


def test_a_job_draws_nothing(prompt, tmp_path):
    terminal = prompt(columns=100, rows=40)
    terminal.enter("function go() local f = io.open('go') return f and f:close() end")
    terminal.enter(f"j = spawn('many', function() return temporal.bulk({ITEMS}, function(_, i) "
                   "if i == 3 then print('third') repeat async.sleep(0.01) until go() end end, { limit = 1 }) end)")  # fmt: skip
    terminal.wait_for(r"^third$")
    terminal.type("wait('many').done", Key.ENTER)
    (tmp_path / "go").touch()
    terminal.wait_for(lambda t: t.lines[t.cursor[0] - 1] == "4" and t.line == "moondial>")
    assert b"\xe2\x96\x91" not in terminal.output


def test_a_wait_for_a_batch_operation_tells_how_far_it_is(script, address, identifier):
    # As many as there may be: they take the server seconds, whatever becomes of each.
    terminal = script(f"""
      local ids = {{}} for index = 1, 1000 do ids[index] = "{identifier}-" .. index end
      local b <const> = client:start_batch_operation{{ "signal", executions = ids, signal = "put" }}
      local _ <close> = setmetatable({{}}, {{ __close = function() async.shield(function() b:stop("seen") end) end }})
      b:result()""", env={"TEMPORAL_ADDRESS": address}, columns=120)
    terminal.wait_for(r"^batch [0-9a-f-]{36}  █*░+  \d+ of 1000")
    terminal.type(Key.control("c"))
    assert terminal.wait_exit() == 130
    assert terminal.text.replace("^C", "") == "moondial: interrupted"


@pytest.fixture
def production(environment, prompt):
    file = pathlib.Path(environment["HOME"]) / ".config" / "temporalio" / "temporal.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[profile.prod.moondial]\nproduction = true\n")
    return prompt("--profile", "prod", columns=200, rows=50)


def test_production_is_asked_about_once(production, identifier):
    for number in (1, 2):
        production.enter(start_code("Idle", f"{identifier}-{number}"))
    bulk = (f"temporal.bulk({{ '{identifier}-1', '{identifier}-2' }}, "
            "function(id) return client:get_workflow_handle(id):terminate() end, { limit = 1 }).done")  # fmt: skip
    question = (f'In production: terminate of workflow "{identifier}-1", of a bulk of 2 items ("{identifier}-1", …). '
                "Go on with all? [y/N]")  # fmt: skip
    production.type(bulk, Key.ENTER)
    production.wait_for(lambda t: t.line == question)
    production.type("n", Key.ENTER)
    production.wait_for(lambda t: t.line == "prod/default moondial>")
    assert "DeclinedError" in production.text
    assert production.enter(f"client:get_workflow_handle('{identifier}-1'):describe().status") == '"RUNNING"'
    production.type(bulk, Key.ENTER)
    production.wait_for(lambda t: t.line == question)
    production.type("y", Key.ENTER)
    production.wait_for(lambda t: t.line == "prod/default moondial>")
    assert production.lines[production.cursor[0] - 1] == "2"


def test_production_is_not_asked_about_what_only_reads(production, identifier):
    production.enter(start_code("Idle", identifier))
    bulk = f"temporal.bulk({{ '{identifier}' }}, function(id) client:get_workflow_handle(id):describe() end).done"
    assert production.enter(bulk) == "1"
    dry = f"temporal.bulk({{ '{identifier}' }}, function(id) client:get_workflow_handle(id):terminate() end, "
    assert production.enter(dry + "{ dry_run = true }).total") == "1"


def test_production_is_asked_about_a_batch_with_its_count(production, identifier):
    production.enter(start_code("Idle", identifier))
    query = f"WorkflowId = '{identifier}'"
    production.enter(f'repeat async.sleep(0.05) until client:count_workflows("{query}").count == 1')
    production.type(f'client:start_batch_operation{{ "terminate", query = "{query}" }}', Key.ENTER)
    what = f'a batch that does terminate to about 1 workflows that match "{query}"'
    production.wait_for(lambda t: t.line == f"In production: {what}? [y/N]")
    production.type("n", Key.ENTER)
    production.wait_for(lambda t: t.line == "prod/default moondial>")
    assert f"DeclinedError: {what} was not done" in production.text
