"""Schedules as they are shown, beside the CLI where it prints the same."""

import json
import pathlib
import re
import subprocess

import pytest
from programs import TEMPORAL
from terminal import Key

SCHEDULE = """
client:create_schedule("{0}", {{
  action = {{ workflow = "Echo", args = {{ "sales", {{ 1 }} }}, id = "{0}-run", task_queue = "reports",
    memo = {{ a = {{ 1 }} }}, static_summary = "the report" }},
  spec = {{ calendars = {{ {{ hour = "6", minute = 30, day_of_week = "MON-FRI" }}, {{ hour = "9-17/2", month = 7 }} }},
    intervals = {{ {{ every = "90m", offset = "5m" }} }}, skip = {{ {{ hour = 12 }} }}, jitter = "10s",
    time_zone_name = "Europe/Berlin", start_at = "2090-01-01T00:00:00Z" }},
  policy = {{ overlap = "BUFFER_ONE", pause_on_failure = true }},
  state = {{ note = "until it works", paused = true, limited_actions = true, remaining_actions = 3 }},
}}, {{ memo = {{ owner = "Luna" }}, search_attributes = {{ CustomKeywordField = "{0}" }} }})
"""


@pytest.fixture
def schedule(ask, identifier):
    """The id of a schedule with something in every part."""
    done = ask("-e", SCHEDULE.format(identifier))
    assert done.status == 0, done.stderr
    yield identifier
    ask("-e", f"client:get_schedule_handle('{identifier}'):delete()")


def cli(address, *arguments):
    command = [TEMPORAL, "schedule", *arguments, "--address", address, "--output", "json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)


def test_a_description_is_a_card(ask, schedule):
    done = ask("-e", f"show(client:get_schedule_handle('{schedule}'):describe(), {{ times = 'iso' }})")
    assert (done.status, done.stderr) == (0, "")
    lines = [re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "<time>", line) for line in done.stdout.splitlines()]
    assert lines[: lines.index("Next actions")] == [
        f"Schedule id    {schedule}",
        "State          paused",
        "Note           until it works",
        "Actions left   3",
        'Starts         Echo("sales", { 1 })',
        f"Workflow id    {schedule}-run",
        "Task queue     reports",
        "Summary        the report",
        "When           every 1h30m, 5m later",
        "               at 06:30 on Mon-Fri",
        "               at minute 0 of hour 9-17/2 in Jul",
        "               but not at 12:00",
        "Time zone      Europe/Berlin",
        "Jitter         up to 10s",
        lines[14],
        "Overlap        buffer one",
        "Catch up       within 365d",
        "On failure     pauses",
        "Actions taken  0",
        lines[19],
        "Memo",
        '  owner = "Luna"',
        "Search attributes",
        f'  CustomKeywordField = "{schedule}"',
    ]
    # Whole days have no hours.
    assert re.fullmatch(r"From           <time>  \(in \d+d(\d+h)?\)", lines[14])
    assert lines[19].startswith("Created        <time>")
    assert re.match(r"  <time>  in \d+d", lines[-1])


def test_its_table_is_shown_to_the_ranges_of_its_calendars(ask, schedule):
    done = ask("-o", "text", "-e", f"client:get_schedule_handle('{schedule}'):describe().schedule")
    assert 'day_of_week = { { ["end"] = 5, start = 1, step = 1 } },' in done.stdout and "{…}" not in done.stdout


def test_a_list_is_a_table(ask, schedule):
    listed = f"local q = \"CustomKeywordField = '{schedule}'\" repeat until client:count_schedules(q).count == 1"
    done = ask("-e", f"{listed} show((client:list_schedules(q)), {{ width = 300 }})")
    assert done.status == 0, done.stderr
    head, row = done.stdout.splitlines()
    assert head.split() == ["State", "Schedule", "id", "Workflow", "Next", "Last", "When", "Note"]
    assert row.startswith(f"paused  {schedule}  Echo")
    assert "every 1h30m, 5m later; at 06:30 on Mon-Fri; at minute 0 of" in row and row.endswith("until it works")


def test_json_is_that_of_the_cli(ask, address, schedule):
    done = ask("-o", "json", "-e", f"client:get_schedule_handle('{schedule}'):describe()")
    assert json.loads(done.stdout) == cli(address, "describe", "--schedule-id", schedule)


def test_the_json_of_a_list_is_that_of_the_cli(ask, address, schedule):
    query = f"CustomKeywordField = '{schedule}'"
    done = ask("-e", f'repeat until client:count_schedules("{query}").count == 1')
    assert done.status == 0, done.stderr
    done = ask("-o", "json", "-e", f'client:list_schedules("{query}")')
    assert json.loads(done.stdout) == cli(address, "list", "--query", query)
    line = ask("-o", "jsonl", "-e", f'client:list_schedules("{query}")').stdout
    assert [json.loads(line)] == json.loads(done.stdout)


def test_times_are_those_of_the_cli(ask, address, schedule):
    start, end = "2090-07-01T00:00:00Z", "2090-07-02T00:00:00Z"
    done = ask("-o", "json", "-e", f"client:get_schedule_handle('{schedule}'):matching_times('{start}', '{end}')")
    times = cli(address, "list-matching-times", "--schedule-id", schedule, "--start-time", start, "--end-time", end)
    assert json.loads(done.stdout) == times["startTime"]


@pytest.mark.parametrize(("entry", "what"), [
    ("s:delete()", "delete of schedule"),
    ("s:trigger{ overlap = 'TERMINATE_OTHER' }", "trigger of schedule"),
])  # fmt: skip
def test_in_production_somebody_is_asked(prompt, environment, schedule, entry, what):
    file = pathlib.Path(environment["HOME"]) / ".config" / "temporalio" / "temporal.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[profile.prod.moondial]\nproduction = true\n")
    terminal = prompt("--profile", "prod", columns=200)
    terminal.enter(f"s = client:get_schedule_handle('{schedule}')")
    assert terminal.enter("s:pause('one change is no question')") == ""
    terminal.type(entry, Key.ENTER)
    terminal.wait_for(lambda t: t.line == f'In production: {what} "{schedule}"? [y/N]')
    terminal.type("n", Key.ENTER)
    terminal.wait_for(rf'DeclinedError: {what} "{schedule}" was not done')
    assert terminal.enter("s:describe().info.num_actions") == "0"
