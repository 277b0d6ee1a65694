"""How results are shown: cards, tables, timelines, the pager, output modes, and workflows that are followed."""

import json
import re
import uuid

import pytest
from programs import start_code
from terminal import Key

#: What differs from run to run, and its stand-in of the same width.
VARIABLE = [
    (r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "RUN---------------------------------"),
    (r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME----------------"),
    (r"\b\d{4}-\d\d-\d\d UTC", "DAY------- UTC"),
    (r"\b\d\d:\d\d:\d\d\.\d{3}", "CLOCK-------"),
]


def settled(text):
    """A text without what differs from run to run."""
    for pattern, replacement in VARIABLE:
        text = re.sub(pattern, replacement, text)
    # A gap is right-aligned: its blanks go with it.
    return re.sub(r"(CLOCK-------) +(?:<1ms|0s|\+[\w.]+)  ", r"\1      GAP  ", text)


def ids(name):
    """A workflow id that is short, and always of the same length."""
    return f"{name}-{uuid.uuid4().hex[:10]}"


@pytest.fixture
def quiet(prompt):
    """Opens the prompt without a pager; `code` is run before, for terminals too narrow to type it in."""
    return lambda code="", **options: prompt("-e", code, "-i", env={"PAGER": ""}, **options)


# Cards


def test_a_description_is_a_card(quiet):
    identifier = ids("card")
    terminal = quiet(columns=80, rows=40)
    terminal.enter(start_code("Described", identifier, "'all is well'"))
    terminal.enter("repeat d = h:describe() until d.search_attributes.CustomIntField")
    shown = settled(terminal.enter("d")).split("\n")
    assert shown[:5] == [
        f"Workflow id  {identifier}",
        "Run id       RUN---------------------------------",
        "Type         Described",
        "Status       RUNNING",
        "Task queue   moondial-test",
    ]
    assert re.fullmatch(r"Started      TIME----------------  \((now|\d+s ago)\)", shown[5])
    assert re.fullmatch(r"History      \d+ events, \d+ bytes|History      \d+ events, \d\.\d KiB", shown[6])
    assert shown[7:9] == ["Memo", "  from_workflow = { 1, 2, 3 }"]
    assert shown[9] == "Search attributes"
    assert "  CustomIntField = 42" in shown and '  CustomKeywordField = "from-workflow"' in shown
    terminal.enter("h:terminate()")
    assert re.search(r"\nClosed +TIME-+  \(took [\w.]+\)\n", settled(terminal.enter("h:describe()")))


def test_what_is_pending_is_listed(quiet):
    identifier = ids("pending")
    terminal = quiet(columns=120, rows=40)
    terminal.enter(start_code("RunActivity", identifier, "'heartbeating_activity'", "{}", "3"))
    terminal.enter("repeat d = h:describe() local a = d.raw.pending_activities until a and a[1].heartbeat_details")
    shown = settled(terminal.enter("d"))
    assert "\nPending activities\n  heartbeating_activity  started\n    id 1, attempt 1 of 3, scheduled TIME" in shown
    assert "details { alive = true }" in shown
    terminal.enter("h:terminate()")

    parent = ids("pending")
    terminal.enter(start_code("Parent", parent, "'Sleep'", "{}"))
    terminal.enter("repeat d = h:describe() local c = d.raw.pending_children until c and c[1].run_id")
    shown = settled(terminal.enter("d"))
    assert f"\nPending children\n  Sleep  {parent}-child\n    run RUN---" in shown
    assert shown.endswith("initiated by event 5, when the parent closes: terminate")
    terminal.enter("h:terminate()")


def test_a_card_in_a_narrow_terminal(quiet):
    terminal = quiet(start_code("Sleep", ids("slim")) + " d = h:describe() h:terminate()", columns=20, rows=60)
    shown = terminal.enter("d").split("\n")
    assert re.fullmatch(r"Workflow id\n  slim-\w{10}", "\n".join(shown[:2]))
    # A run id does not fit, and goes on in the next line.
    assert shown[2] == "Run id" and len(shown[3]) == len(shown[4]) == 20
    assert shown[5:11] == ["Type", "  Sleep", "Status", "  RUNNING", "Task queue", "  moondial-test"]


def test_colours_mark_the_status(quiet):
    terminal = quiet(columns=80)
    terminal.enter(start_code("Sleep", ids("colour")))
    terminal.enter("h:describe()")
    row, line = next((i, line) for i, line in enumerate(terminal.lines) if line.startswith("Status"))
    assert terminal.style(row, 0).bold and terminal.style(row, line.index("RUNNING")).fg == "cyan"
    terminal.enter("h:terminate()")


# Tables


LIST = "t = { { name = 'Grüße', count = 1 }, { name = '日本語', count = 12, note = 'a note' } }"


@pytest.mark.parametrize(
    ("columns", "table"),
    [
        (80, ["name    count  note", "Grüße       1", "日本語     12  a note"]),
        (21, ["name    count  note", "Grüße       1", "日本語     12  a note"]),
        (20, ["── 1 of 2 ──", "name", "  Grüße", "count", "  1", "", "── 2 of 2 ──", "name", "  日本語", "count", "  12",
              "note", "  a note"]),
    ],
)
def test_a_list_of_records_is_a_table(quiet, columns, table):
    terminal = quiet(LIST, columns=columns)
    shown = [line.rstrip() for line in terminal.enter("t").split("\n")]
    # The screen keeps a cell behind each wide character, which its text leaves out or not.
    assert [re.sub(r"(?<=[日本語]) (?=[日本語])", "", line) for line in shown] == table


def test_a_table_in_the_c_locale(prompt):
    terminal = prompt("-e", LIST, "-i", env={"PAGER": "", "LC_ALL": "C"})
    assert terminal.enter("t").split("\n")[:2] == ["name    count  note", "Grüße       1"]


def test_a_list_of_workflows_is_a_table(quiet):
    name = ids("list")
    terminal = quiet(columns=80, rows=40)
    for number in range(3):
        terminal.enter(start_code("Nothing", f"{name}-{number}"))
        terminal.enter("h:result()")
    query = f"client:list_workflows(\"WorkflowId STARTS_WITH '{name}'\")"
    count = f"client:count_workflows(\"WorkflowId STARTS_WITH '{name}' AND ExecutionStatus = 'Completed'\").count"
    terminal.enter(f"repeat until {count} == 3")
    shown = settled(terminal.enter(query)).split("\n")
    assert shown[0] == "Status     Workflow id        Type     Started               Task queue"
    assert sorted(shown[1:]) == [
        f"COMPLETED  {name}-{number}  Nothing  TIME----------------  moondial-test" for number in range(3)
    ]


def test_a_wide_terminal_shows_more_columns(quiet):
    identifier = ids("wide")
    terminal = quiet(columns=200)
    terminal.enter(start_code("Nothing", identifier))
    terminal.enter("h:result()")
    terminal.enter(f"function found() return client:list_workflows(\"WorkflowId = '{identifier}'\") end")
    terminal.enter("repeat local w = found()() until w and w.status == 'COMPLETED'")
    assert settled(terminal.enter("found()")).split("\n") == [
        f"Status     Workflow id{' ' * (len(identifier) - 9)}Type     Started               Closed                "
        "Task queue     Run id",
        f"COMPLETED  {identifier}  Nothing  TIME----------------  TIME----------------  moondial-test  "
        "RUN---------------------------------",
    ]


def test_a_table_that_is_too_wide_is_expanded(quiet):
    code = "l = { { id = 'one', run_id = 'a run', status = 'RUNNING', workflow_type = 'T' } }"
    terminal = quiet(code, columns=20, rows=60)
    assert terminal.enter("l").split("\n") == [
        "── 1 of 1 ──", "Status", "  RUNNING", "Workflow id", "  one", "Type", "  T", "Run id", "  a run",
    ]
    terminal.type(".expanded off", Key.ENTER)
    terminal.wait_for("off\n+moondial>$")
    assert terminal.enter("l").split("\n") == ["St…  Wo…  Type  Sta…", "RU…  one  T"]


def test_more_shows_the_next_page(quiet):
    name = ids("more")
    terminal = quiet(columns=120, rows=40)
    for number in range(5):
        terminal.enter(start_code("Sleep", f"{name}-{number}"))
    query = f"\"WorkflowId STARTS_WITH '{name}'\""
    terminal.enter(f"repeat until client:count_workflows({query}).count == 5")
    first = terminal.enter(f"client:list_workflows({query}, {{ page_size = 2 }})").split("\n")
    assert len(first) == 4
    assert first[3] == "2 are shown, and there are more: .more shows the next; for item in _ do … end goes through all"
    second = terminal.enter(".more").split("\n")
    third = terminal.enter(".more").split("\n")
    assert len(third) == 2
    rows = first[1:3] + second[1:3] + third[1:]
    assert sorted(row.split()[1] for row in rows) == [f"{name}-{number}" for number in range(5)]
    # What was shown was not taken: a loop begins with the page that is shown.
    terminal.enter(f"client:list_workflows({query}, {{ page_size = 2 }})")
    assert terminal.enter("(function() local n = 0 for _ in _ do n = n + 1 end return n end)()") == "5"
    terminal.enter(f"for w in client:list_workflows({query}) do client:get_workflow_handle(w.id):terminate() end")


def test_an_empty_list(quiet):
    assert quiet().enter("client:list_workflows(\"WorkflowType = 'NoSuchType'\")") == "nothing was found"


# Timelines


ACTIVITY_FAILURE = """\
{id}  run RUN---------------------------------  11 events
DAY------- UTC
  1  CLOCK-------           WorkflowExecutionStarted
                            RunActivity("failing_activity", {{ "boom" }}), on
                            moondial-test
  2  CLOCK-------      GAP  WorkflowTaskScheduled
  3  CLOCK-------      GAP  WorkflowTaskStarted  by WORKER
  4  CLOCK-------      GAP  WorkflowTaskCompleted
  5  CLOCK-------      GAP  ActivityTaskScheduled  failing_activity("boom")
  6  CLOCK-------      GAP  ActivityTaskStarted  failing_activity
  7  CLOCK-------      GAP  ActivityTaskFailed
                            failing_activity, retry: maximum attempts reached
                            failure: ActivityBroke: boom, details {{ from =
                              "activity" }}
  8  CLOCK-------      GAP  WorkflowTaskScheduled
  9  CLOCK-------      GAP  WorkflowTaskStarted  by WORKER
 10  CLOCK-------      GAP  WorkflowTaskCompleted
 11  CLOCK-------      GAP  WorkflowExecutionFailed
                            ActivityError: Activity task failed
                              (failing_activity)
                            root cause: ActivityBroke: boom, details {{ from =
                              "activity" }}"""


def test_a_history_is_a_timeline(quiet):
    identifier = ids("line")
    terminal = quiet(columns=80, rows=60)
    terminal.enter(start_code("RunActivity", identifier, "'failing_activity'", "{ 'boom' }"))
    terminal.enter("pcall(h.result, h)")
    shown = re.sub(r"\d+@\S+", "WORKER", settled(terminal.enter("h:fetch_history()")))
    assert shown == ACTIVITY_FAILURE.format(id=identifier)
    # Its events, and the iterator's, are the same without the heading.
    assert settled(terminal.enter("h:fetch_history().events")).split("\n")[1].startswith("  1  CLOCK-------  ")
    assert settled(terminal.enter("h:fetch_history_events()")).split("\n")[1].startswith("  1  CLOCK-------  ")


@pytest.mark.parametrize("columns", [20, 40, 200])
def test_a_timeline_fits(quiet, columns):
    code = start_code("Echo", ids("fit"), "'x'", "2") + " h:result()"
    terminal = quiet(code, columns=columns, rows=60)
    terminal.enter(".times relative")
    shown = terminal.enter("h:fetch_history()").split("\n")
    if columns == 20:
        assert shown[1:5] == ["  1  WorkflowExecuti", "     onStarted", '    Echo("x", 2), on', "    moondial-test"]
    elif columns == 40:
        assert re.fullmatch("  1           WorkflowExecutionStarted", shown[1])
    else:
        assert shown[1] == '  1       0s           WorkflowExecutionStarted  Echo("x", 2), on moondial-test'
        assert shown[-1].endswith('WorkflowExecutionCompleted  result { "x", 2 }')


def test_no_colours_and_no_control_characters(prompt):
    terminal = prompt(env={"PAGER": "", "NO_COLOR": "1"}, columns=100, rows=60)
    terminal.enter(start_code("Echo", ids("evil"), r"'\27[2J\u{9B}31m\u{202E}'"))
    terminal.enter("h:result()")
    shown = terminal.enter("h:fetch_history()")
    assert r'Echo("\027[2J\u{9B}31m\u{202E}")' in shown
    terminal.enter("h:describe()")
    assert b"\x1b[3" not in terminal.output and b"\x1b[1m" not in terminal.output
    assert b"\x1b[2J" not in terminal.output and "\u202e".encode() not in terminal.output


# Following


def test_follow_goes_on_in_the_next_run(quiet):
    identifier = ids("follow")
    terminal = quiet(columns=120, rows=60)
    terminal.enter(start_code("ContinueAsNew", identifier, "1"))
    shown = settled(terminal.enter("follow(h)")).split("\n")
    heading = f"{identifier}  run RUN---------------------------------"
    assert [line for line in shown if line.startswith(identifier)] == [heading, heading]
    assert any("WorkflowExecutionContinuedAsNew" in line for line in shown)
    assert shown[-1].endswith("WorkflowExecutionCompleted  result 2")


def test_follow_in_a_narrow_terminal(quiet):
    code = start_code("Echo", ids("slim"), "'x'") + " h:result()"
    shown = quiet(code, columns=20, rows=40).enter("follow(h)").split("\n")
    assert all(len(line) <= 20 for line in shown)
    assert shown[2:4] == ["  1  WorkflowExecuti", "     onStarted"]
    assert shown[-2:] == ["     onCompleted", '    result { "x" }']


def test_follow_shows_events_as_they_come(quiet):
    identifier = ids("follow")
    terminal = quiet(columns=120, rows=40)
    terminal.enter(start_code("Mailbox", identifier))
    terminal.type("async.scope(function(s) s:spawn(follow, h) h:signal('put', 'hello') end)", Key.ENTER)
    terminal.wait_for(r'WorkflowExecutionSignaled  put\("hello"\)')
    terminal.type(Key.control("c"))
    goes_on = f'workflow "{identifier}" goes on, only the wait ended'
    terminal.wait_for(rf"interrupted; {goes_on}\nmoondial>$")
    assert terminal.enter("h:describe().status") == '"RUNNING"'
    terminal.enter("h:signal('finish')")


def test_follow_shows_children(quiet):
    identifier = ids("follow")
    terminal = quiet(columns=120, rows=80)
    terminal.enter(start_code("Parent", identifier, "'Fail'", "{ 'bad', 'Bad', {} }"))
    shown = settled(terminal.enter("follow(h, { depth = 1 })"))
    run = "run RUN---------------------------------"
    assert f"\n{identifier}-child  {run}  child of {identifier}\n" in shown
    child = shown.partition("  child of ")[2]
    assert "Typ" not in child and "Bad: bad\n" in child
    assert shown.endswith("root cause: Root: the root of it, details { depth = 1 }")
    assert f"{identifier}-child  {run}" not in settled(terminal.enter("follow(h)"))


def test_follow_takes_handles_only(quiet):
    assert quiet(columns=150).enter("follow('order-42')").startswith("TypeError: follow takes a WorkflowHandle, as in ")


def test_follow_gives_json_lines(ask, identifier):
    code = start_code("Echo", identifier, "1") + " h:result() follow(h, { output = 'jsonl' })"
    outcome = ask("-e", code)
    assert outcome.status == 0
    events = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert [e["event"]["event_id"] for e in events] == [1, 2, 3, 4, 5]
    assert {e["workflow_id"] for e in events} == {identifier}
    assert events[-1]["event"]["event_type"] == "WORKFLOW_EXECUTION_COMPLETED"


def test_columns_of_ones_own(quiet):
    terminal = quiet("t = { { id = 'a', memo = { n = 1 } }, { id = 'b\\27', status = 'FAILED' } }", columns=80)
    assert terminal.enter("show(t, { columns = { 'memo.n', 'id', 'status' } })").split("\n") == [
        "memo.n  id     status", "     1  a", "        b\\027  FAILED"]
    name = ids("columns")
    terminal.enter(start_code("Sleep", name))
    shown = terminal.enter("show({ h:describe() }, { columns = { 'id', 'workflow_type', 'nosuch' } })")
    assert shown == "AttributeError: WorkflowDescription has no field 'nosuch'"
    shown = terminal.enter("show({ h:describe(), h:describe() }, { columns = { 'id', 'workflow_type' } })")
    assert shown.split("\n")[1:] == [f"{name}  Sleep"] * 2
    terminal.enter("h:terminate()")
