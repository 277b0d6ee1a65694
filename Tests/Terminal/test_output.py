"""Where results go and in which form: the pager, the output modes, `show` in scripts."""

import json

import pytest
from programs import start_code
from terminal import Key


@pytest.fixture
def quiet(prompt):
    """Opens the prompt without a pager."""
    return lambda **options: prompt(env={"PAGER": ""}, **options)


# The pager


LONG = "t = {} for i = 1, 5000 do t[i] = 'line ' .. i end"


def test_what_is_taller_than_the_screen_goes_to_the_pager(prompt):
    terminal = prompt(rows=12)
    terminal.enter(LONG)
    terminal.enter("x = { 1, 2, 3 }")
    assert terminal.enter("x") == "{ 1, 2, 3 }"
    terminal.type("inspected = t for i = 101, 5000 do t[i] = nil end", Key.ENTER)
    terminal.wait_for("moondial>$")
    terminal.type("t", Key.ENTER)
    terminal.wait_for(lambda t: t.line == ":")
    assert terminal.lines[0] == "{" and terminal.lines[1] == '  "line 1",'
    terminal.type("G")
    terminal.wait_for(r"^  \"line 100\",\n}\n\(END\)$")
    terminal.type("q")
    terminal.wait_for("^moondial>$")
    assert terminal.enter("1 + 1") == "2"


@pytest.mark.parametrize("locale", [{"LC_ALL": "C"}, {"LC_ALL": "", "LANG": "C"}])
def test_the_pager_shows_utf8_in_any_locale(prompt, locale):
    terminal = prompt("-e", "t = {} for i = 1, 50 do t[i] = 'Grüße №' .. i end", "-i", rows=12, env=locale)
    terminal.type("t", Key.ENTER)
    terminal.wait_for(lambda t: t.line == ":")
    assert terminal.lines[1] == '  "Grüße №1",'
    terminal.type("q")
    terminal.wait_for("^moondial>$")


def test_the_pager_can_be_left_at_once(prompt, identifier):
    terminal = prompt(rows=12)
    terminal.enter(start_code("ManyEvents", identifier, "2000"))
    terminal.enter("h:result()")
    terminal.enter("hs = h:fetch_history()")
    terminal.type("hs", Key.ENTER)
    terminal.wait_for(lambda t: t.line == ":")
    terminal.type("q")
    terminal.wait_for("^moondial>$")
    assert terminal.enter("_err == nil") == "true"


def test_ctrl_c_is_the_pager_s(prompt, identifier):
    terminal = prompt(rows=12)
    terminal.enter(start_code("ManyEvents", identifier, "2000"))
    terminal.enter("h:result()")
    terminal.enter("hs = h:fetch_history()")
    terminal.type("hs", Key.ENTER)
    terminal.wait_for(lambda t: t.line == ":")
    written = len(terminal.output)
    # less may lose it, between its prompt and its read; a line further down it is there in any case.
    terminal.type(Key.control("c"), "j")
    terminal.wait_for(lambda t: len(t.output) > written and t.line == ":")
    terminal.type("q")
    terminal.wait_for("^moondial>$")
    assert "interrupted" not in terminal.text
    assert terminal.enter("1 + 1") == "2"


@pytest.mark.parametrize("how", [{"PAGER": ""}, {"PAGER": "cat"}, {"TERM": "dumb"}])
def test_no_pager_where_none_is_wanted(prompt, how):
    terminal = prompt(rows=12, env=how)
    terminal.type("(function() local t = {} for i = 1, 50 do t[i] = i end return t end)()", Key.ENTER)
    terminal.wait_for(r"^  50,\n}\nmoondial>$")


def test_pager_off(prompt):
    terminal = prompt(rows=12)
    assert terminal.enter(".pager off") == ""
    assert terminal.enter(".pager") == "off"
    terminal.enter("t = {} for i = 1, 50 do t[i] = i end")
    assert terminal.enter("t").split("\n")[-2:] == ["  50,", "}"]


def test_a_pager_that_does_not_exist(prompt):
    terminal = prompt(rows=12, columns=120, env={"PAGER": "no-such-pager"})
    terminal.enter("t = {} for i = 1, 50 do t[i] = i end")
    shown = terminal.enter("t")
    assert "moondial: $PAGER cannot be started, so there is no pager now; .pager on tries again" in shown
    assert shown.endswith("  50,\n}")
    assert terminal.enter(".pager") == "off"


def test_a_pager_that_reads_little(prompt):
    terminal = prompt(rows=12, env={"PAGER": "head -n 2"})
    terminal.enter("t = {} for i = 1, 5000 do t[i] = ('x'):rep(100) end")
    assert terminal.enter("t").startswith('{\n  "xxx')
    assert terminal.enter("1 + 1") == "2"


# Output modes


def test_output_modes_at_the_prompt(quiet):
    terminal = quiet(columns=60, rows=40)
    terminal.enter("t = { 1, { a = 'x', b = {} } }")
    assert terminal.enter(".output json") == ""
    assert json.loads(terminal.enter("t")) == [1, {"a": "x", "b": {}}]
    terminal.enter(".output jsonl")
    assert terminal.enter("t, nil") == '[1,{"a":"x","b":{}}]\nnull'
    terminal.enter(".output lua")
    assert terminal.enter("t") == '{ 1, { a = "x", b = {} } }'
    assert terminal.enter(".output") == "lua"
    assert terminal.enter(".output xml").startswith("CommandError: output is text, json, jsonl or lua, not 'xml'")


def test_a_result_is_piped_into_a_command(quiet, tmp_path):
    terminal = quiet(columns=100)
    assert terminal.enter("{ 'one', 'two' } |> tr a-z A-Z") == '{ "ONE", "TWO" }'
    assert terminal.enter("_ |> cat > out") == ""
    assert (tmp_path / "out").read_text() == '{ "one", "two" }\n'
    terminal.enter(".output jsonl")
    assert terminal.enter("1, 'a |> b' |> sort") == '"a |> b"\n1'
    assert terminal.enter("error('no') |> cat") == "prompt:1: no"
    assert terminal.enter("1 +* 2 |> cat") == "prompt:1: unexpected symbol near '1'"
    assert terminal.enter("x = 1 |> cat") == "|> takes an expression in front of it, or nothing for the last result"
    terminal.enter("12")
    assert terminal.enter("|> cat") == "12"
    assert terminal.enter("1 |>") == "|> takes a command of the shell, as in h:describe() |> grep Status"
    assert terminal.enter("1 |> nosuchcommand").endswith("nosuchcommand: not found")
    # Who does not read all of it, or none, is no error.
    assert terminal.enter("('x'):rep(1e6) |> true") == ""
    # Ctrl-C is the command's too, and the prompt is there again.
    terminal.type("7 |> cat; echo waits; exec sleep 1000", Key.ENTER)
    terminal.wait_for(r"^waits$")
    terminal.type(Key.control("c"))
    terminal.wait_for(r"^moondial>$")
    assert terminal.enter("1 + 1") == "2"
    terminal.type("1 |> cat o", Key.TAB)
    terminal.wait_for(r"^moondial> 1 \|> cat out$")


@pytest.mark.parametrize("chunk", ["1", "nil", "{}", "0/0, io.stdout, print", "'\\255'", "client", "temporal"])
def test_json_on_the_command_line_is_valid(run, chunk):
    outcome = run("-o", "jsonl", "-e", chunk)
    assert (outcome.status, outcome.stderr) == (0, "")
    assert [json.loads(line) is ... for line in outcome.stdout.splitlines()] == [False] * (chunk.count(",") + 1)


def test_output_of_what_the_server_says(ask, identifier):
    started = ask("-o", "json", "-e", start_code("Echo", identifier, "1"), "-e", "h:result()")
    assert (started.status, json.loads(started.stdout)) == (0, [1])
    found = ask("-o", "json", "-e", f"client:get_workflow_handle('{identifier}'):describe()")
    info = json.loads(found.stdout)["workflowExecutionInfo"]
    assert info["status"] == "WORKFLOW_EXECUTION_STATUS_COMPLETED"
    assert info["execution"]["workflowId"] == identifier
    history = ask("--output", "json", "-e", f"client:get_workflow_handle('{identifier}'):fetch_history()")
    assert json.loads(history.stdout)["events"][0]["eventType"] == "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED"
    events = f"client:get_workflow_handle('{identifier}'):fetch_history_events()"
    lines = ask("-o", "jsonl", "-e", events).stdout.splitlines()
    numbers = ["1", "2", "3", "4", "5"]
    assert [json.loads(line)["eventId"] for line in lines] == numbers
    assert [e["eventId"] for e in json.loads(ask("-o", "json", "-e", events).stdout)] == numbers
    card = ask("-o", "text", "-e", f"client:get_workflow_handle('{identifier}'):describe()").stdout
    assert card.startswith(f"Workflow id  {identifier}\n") and "\x1b" not in card


def test_without_an_output_mode_only_what_is_printed_is_printed(run):
    assert run("-e", "os.time()").stdout == ""
    assert run("-o", "lua", "-e", "x = 1", "-e", "x").stdout == "1\n"
    assert run("-o", "lua", "-e", "return 1, 'two'").stdout == '1\n"two"\n'
    assert run("-o", "json", "-e", "show({ 1 })").stdout == "[\n  1\n]\n"


def test_show_in_a_script(run):
    chunk = "show({ { a = 1, b = 2 }, { a = 3, b = 4 } }) show({ 1 }, { output = 'jsonl' })"
    assert run("-e", chunk).stdout == "a  b\n1  2\n3  4\n[1]\n"


def test_an_output_mode_that_does_not_exist(run):
    status, stdout, stderr = run("-o", "xml", "-e", "1")
    assert (status, stdout) == (2, "")
    assert stderr.startswith("Error: --output is one of text, json, jsonl and lua.")


@pytest.mark.parametrize(
    ("chunk", "kind", "message"),
    [
        ("error('broken', 0)", "LuaError", "broken"),
        ("x = = 1", "SyntaxError", "-e #1:1: unexpected symbol near '='"),
        ("client:nosuch()", "AttributeError", "Client has no field 'nosuch'"),
    ],
)
def test_errors_are_json_where_results_are(run, chunk, kind, message):
    status, stdout, stderr = run("-o", "json", "-e", chunk)
    assert (status, stdout) == (1, "")
    assert json.loads(stderr)["error"] == {"kind": kind, "message": message}


def test_an_error_has_its_causes_in_json(ask, identifier):
    code = start_code("Fail", identifier, "'bad'", "'Bad'", "{}") + " h:result()"
    status, stdout, stderr = ask("-o", "jsonl", "-e", code)
    assert (status, stdout) == (1, "")
    error = json.loads(stderr)["error"]
    assert (error["kind"], error["cause"]["type"], error["cause"]["cause"]["type"]) == (
        "WorkflowFailureError", "Bad", "Root",
    )


def test_watch_in_a_script(run):
    chunk = "n = 0 watch('1ms', function() n = n + 1 if n > 2 then error('enough', 0) end return n end)"
    status, stdout, stderr = run("-e", chunk)
    lines = stdout.splitlines()
    assert (status, stderr.splitlines()[0]) == (1, "moondial: enough")
    assert lines[1::2] == ["1", "2"] and all(line.startswith("every 0.001s   ") for line in lines[::2])


def test_what_a_call_lists_is_shown_whole_where_there_is_no_terminal(ask, identifier):
    start = f"h = client:start_workflow{{ 'Sleep', id = '{identifier}', task_queue = 'nobody' }} "
    query = f"client:list_workflows(\"WorkflowId = '{identifier}'\")"
    code = f"{start} repeat until client:count_workflows(\"WorkflowId = '{identifier}'\").count == 1 show({query})"
    done = ask("-e", code + " print(h:describe().run_id) h:terminate()")
    assert done.status == 0, done.stderr
    header, row, run_id = done.stdout.splitlines()
    assert header.split()[-2:] == ["Run", "id"] and identifier in row and row.endswith(run_id)


def test_an_error_of_an_expression_is_at_a_place_of_the_user_s(run):
    done = run("-o", "text", "-e", "function check() error('bad', 2) end", "-e", "check()")
    assert done.stderr.startswith("moondial: -e #2:1: bad\nstack traceback:\n")


def test_an_expression_is_no_chunk_without_an_output_mode(run):
    advice = "; with -o text, what an expression gives is printed"
    assert run("-e", "1 + 1") == (1, "", f"moondial: -e #1:1: unexpected symbol near '1'{advice}\n")
    assert run("-e", "x = = 1") == (1, "", "moondial: -e #1:1: unexpected symbol near '='\n")
    assert run("-o", "text", "-e", "1 + 1") == (0, "2\n", "")
