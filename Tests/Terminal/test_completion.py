"""Tab, hints and questions at the prompt."""

import contextlib

from terminal import Key

TASK_QUEUE = "moondial-test"


def start_mailbox(terminal, identifier):
    """Starts a workflow with queries, signals and updates, which `h` is a handle to."""
    terminal.enter(f'h = client:start_workflow{{ "Mailbox", id = "{identifier}", task_queue = "{TASK_QUEUE}" }}')
    terminal.enter("h:query('contents')")


def complete(terminal, text, completed):
    """Types a text and Tab, until it is completed: an answer of the server that is late completes nothing, and that is
    kept for five seconds."""
    for _ in range(5):
        terminal.type(Key.control("u"), text, Key.TAB)
        with contextlib.suppress(AssertionError):
            return terminal.wait_for(completed, timeout=6)
    terminal.type(Key.control("u"), text, Key.TAB)
    terminal.wait_for(completed)


def test_tab_completes_names_and_members(prompt):
    terminal = prompt()
    terminal.type("cli", Key.TAB)
    terminal.wait_for(r"^moondial> client$")
    terminal.type(":list_workf", Key.TAB)
    terminal.wait_for(r"^moondial> client:list_workflows\($")
    terminal.type('{ limit = 1, page', Key.TAB)
    terminal.wait_for(r"^moondial> client:list_workflows\(\{ limit = 1, page_size =$")


def test_tab_lists_what_there_is(prompt):
    terminal = prompt()
    terminal.type("json.", Key.TAB)
    terminal.wait_for(r"^encode\s+Gives the JSON text")
    assert "decode" in terminal.text and "null" in terminal.text
    terminal.type("en", Key.TAB)
    terminal.wait_for(r"^moondial> json\.encode\($")


def test_tab_runs_nothing(prompt):
    terminal = prompt()
    terminal.enter("calls = 0")
    terminal.enter("t = setmetatable({ field = 1 }, { __index = function() calls = calls + 1 end })")
    terminal.type("t.fi", Key.TAB)
    terminal.wait_for(r"^moondial> t\.field$")
    terminal.type(".x.", Key.TAB, Key.control("u"), "calls")
    terminal.wait_for(r"^moondial> calls$")
    assert terminal.accept() == "0"


def test_tab_asks_the_server(prompt, identifier):
    terminal = prompt()
    start_mailbox(terminal, identifier)
    complete(terminal, 'h:query("fail', r'^moondial> h:query\("failing_query"$')
    complete(terminal, 'h:signal{ "', r"\brelease\b")
    terminal.type('rel', Key.TAB)
    terminal.wait_for(r'^moondial> h:signal\{ "release"$')
    terminal.type(Key.control("u"), "client:list_workflows(\"ExecutionStatus = 'Run", Key.TAB)
    terminal.wait_for(r"^moondial> client:list_workflows\(\"ExecutionStatus = 'Running'$")
    terminal.type(Key.control("u"), "h:terminate()")
    terminal.wait_for(r"^moondial> h:terminate\(\)$")
    terminal.accept()


def test_a_server_that_is_not_there_completes_nothing(prompt):
    terminal = prompt("--address", "127.0.0.1:1")
    terminal.type('client:get_workflow_handle("x', Key.TAB, '")', Key.HOME)
    terminal.wait_for(r'^moondial> client:get_workflow_handle\("x"\)$')
    terminal.type("h = ")
    terminal.wait_for(r"^moondial> h = client")
    assert terminal.accept() == ""
    assert terminal.enter("h.id") == '"x"'


def test_tab_behind_a_command(prompt, environment, tmp_path):
    terminal = prompt()
    complete(terminal, ".use temporal-", r"^moondial> \.use temporal-system$")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a [1].lua").touch()
    terminal.type(Key.control("u"), ".load fol", Key.TAB)
    terminal.wait_for(r"^moondial> \.load folder/$")
    terminal.type(Key.TAB)
    terminal.wait_for(r"^moondial> \.load folder/a \[1\]\.lua$")
    terminal.type(Key.control("u"), ".load nosuch", Key.TAB, "x")
    terminal.wait_for(r"^moondial> \.load nosuchx$")


def test_tab_knows_the_profiles(prompt, environment, tmp_path):
    file = tmp_path / "temporal.toml"
    file.write_text("[profile.staging]\n[profile.production]\n")
    environment["TEMPORAL_CONFIG_FILE"] = str(file)
    terminal = prompt()
    terminal.type(".connect st", Key.TAB)
    terminal.wait_for(r"^moondial> \.connect staging$")
    terminal.type(Key.control("u"), "temporal.connect{ profile = 'p", Key.TAB)
    terminal.wait_for(r"^moondial> temporal\.connect\{ profile = 'production'$")
    file.write_text("no TOML")
    terminal.type(Key.control("u"), ".connect st", Key.TAB, "x")
    terminal.wait_for(r"^moondial> \.connect stx$")


def test_a_hint_tells_how_a_call_is_written(prompt):
    terminal = prompt(columns=120)
    terminal.enter("h = client:get_workflow_handle('x')")
    terminal.type("h:query(")
    terminal.wait_for(r"^query\(query, …\)   query: the query's name or definition$")
    terminal.type(Key.BACKSPACE, "{ 'x', reject_condition = ")
    terminal.wait_for(r"^reject_condition: when the server shall refuse$")
    terminal.type("'NONE' }")
    terminal.wait_for(lambda t: t.lines[t.cursor[0] + 1] == "")


def test_questions(prompt):
    terminal = prompt(rows=60)
    terminal.enter("function add(a, b) return a + b end")
    assert terminal.enter("add?") == "add(a, b): a function"
    answer = terminal.enter("add??")
    assert answer == "add(a, b): a function\n\nDefined at prompt:1:\nfunction add(a, b) return a + b end"
    answer = terminal.enter("client:count_workflows?")
    assert answer.startswith("Client:count_workflows(query, {…})")
    assert "client:count_workflows(\"ExecutionStatus = 'Running'\").count" in answer
    assert terminal.enter("clint?") == "clint is nil; did you mean 'client'?"


def test_what_was_meant(prompt):
    terminal = prompt(columns=120)
    assert terminal.enter("clint:list_workflows()") == (
        "prompt:1: attempt to index a nil value (global 'clint'); did you mean 'client'?"
    )
    assert terminal.enter("temporal.conect('x')") == (
        "prompt:1: attempt to call a nil value (field 'conect'); did you mean 'connect'?"
    )
    assert terminal.enter("client:list_workflow()").endswith("did you mean 'list_workflows'?")
