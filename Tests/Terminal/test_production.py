"""At the prompt, a client of production asks before it destroys something or changes many things."""

import pathlib

import pytest
from terminal import Key

PROFILE = "[profile.prod.moondial]\nproduction = true\n"


@pytest.fixture(autouse=True)
def configuration(environment):
    file = pathlib.Path(environment["HOME"]) / ".config" / "temporalio" / "temporal.toml"
    file.parent.mkdir(parents=True)
    file.write_text(PROFILE)


@pytest.fixture
def production(prompt, identifier):
    """The prompt in production, with a workflow `h` that nobody works on."""
    terminal = prompt("--profile", "prod", columns=240, rows=50)
    terminal.enter(f"h = client:start_workflow{{ 'Idle', id = '{identifier}', task_queue = '{identifier}' }}")
    return terminal


def asked(terminal, entry, question):
    terminal.type(entry, Key.ENTER)
    terminal.wait_for(lambda t: t.line == f"{question} [y/N]")


def answered(terminal, *keys):
    """What is printed below the question, once there is a prompt again."""
    first = terminal.cursor[0] + 1
    terminal.type(*keys)
    terminal.wait_for(lambda t: t.line == "prod/default moondial>")
    return "\n".join(terminal.lines[first : terminal.cursor[0]])


def status(terminal):
    return terminal.enter("h:describe().status")


@pytest.mark.parametrize("answer", ["", "n", "ja", "never"])
def test_what_is_not_agreed_to_is_not_done(production, identifier, answer):
    what = f'terminate of workflow "{identifier}"'
    asked(production, "h:terminate()", f"In production: {what}?")
    printed = answered(production, answer, Key.ENTER)
    assert printed == f"DeclinedError: {what} was not done: this is production, and nobody agreed"
    assert status(production) == '"RUNNING"'


@pytest.mark.parametrize("answer", ["y", "Yes"])
def test_what_is_agreed_to_is_done(production, identifier, answer):
    asked(production, "h:terminate()", f'In production: terminate of workflow "{identifier}"?')
    assert answered(production, answer, Key.ENTER) == ""
    assert status(production) == '"TERMINATED"'


def test_ctrl_c_is_no(production, identifier):
    asked(production, "h:terminate()", f'In production: terminate of workflow "{identifier}"?')
    assert answered(production, Key.control("c")).startswith("interrupted")
    assert status(production) == '"RUNNING"'


def test_ctrl_d_is_no(production, identifier):
    asked(production, "h:terminate()", f'In production: terminate of workflow "{identifier}"?')
    assert "DeclinedError: terminate of workflow" in answered(production, Key.control("d"))
    assert status(production) == '"RUNNING"'


def test_what_was_typed_ahead_is_no_answer(production, identifier):
    asked(production, "async.sleep('300ms') h:terminate()\ry\r", f'In production: terminate of workflow "{identifier}"?')
    answered(production, Key.ENTER)
    assert status(production) == '"RUNNING"'


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("h:cancel()", 'cancel of workflow "{}"'),
        ("client:start_workflow{{ 'Idle', id = h.id, task_queue = 'q', id_conflict_policy = 'TERMINATE_EXISTING' }}",
         'start_workflow of workflow "{}"'),
        ("h:reset('LAST_WORKFLOW_TASK')", 'reset of workflow "{}"'),
        ("h:delete()", 'delete of workflow "{}"'),
        ("client:execute_update_with_start_workflow{{ 'u', start_workflow_operation = "
         "temporal.with_start_workflow_operation{{ 'Idle', id = h.id, task_queue = 'q', "
         "id_conflict_policy = 'TERMINATE_EXISTING' }} }}", 'execute_update_with_start_workflow of workflow "{}"'),
        ("client.workflow_service:terminate_workflow_execution{{ namespace = 'default', "
         "workflow_execution = {{ workflow_id = h.id }} }}", 'terminate_workflow_execution of workflow "{}"'),
        ("client.workflow_service:start_workflow_execution{{ workflow_id = h.id, workflow_id_conflict_policy = 3 }}",
         'start_workflow_execution of workflow "{}"'),
        ("client.operator_service:delete_namespace{{ namespace = 'none' }}", "delete_namespace"),
        ("client:delete_namespace('none')", 'delete_namespace of namespace "none"'),
        ("client:remove_search_attributes{{ names = {{ 'A', 'B' }} }}",
         "remove_search_attributes of search attributes A, B"),
        ("client:set_worker_deployment_current_version('mail', '2.0')",
         'set_worker_deployment_current_version of version "2.0" of worker deployment "mail"'),
        ("client.workflow_service:start_batch_operation{{}}", "start_batch_operation"),
    ],
)
def test_calls_that_ask(production, identifier, entry, what):
    what = what.format(identifier)
    asked(production, entry.format(), f"In production: {what}?")
    assert answered(production, Key.ENTER).startswith(f"DeclinedError: {what} was not done")
    assert status(production) == '"RUNNING"'


def test_many_changes_are_asked_about_once(production, identifier):
    loop = "for i = 1, 9 do h:signal('s') end"
    ids = ", ".join([f'"{identifier}"'] * 3)
    question = f"6 changes in production so far: {ids}, …. Go on, however many come?"
    asked(production, loop, question)
    assert answered(production, "n", Key.ENTER).startswith("DeclinedError: signal of workflow")
    asked(production, loop, question)
    assert answered(production, "y", Key.ENTER) == ""
    # Each entry begins anew, and few changes are no question.
    count = "n = 0 for e in h:fetch_history_events() do if e.event_type:find('SIGNALED') then n = n + 1 end end"
    production.enter(count)
    assert production.enter("n") == "14"


def test_tasks_are_asked_about_one_after_the_other(production):
    production.type("async.settle{ function() h:cancel() end, function() h:terminate() end }", Key.ENTER)
    production.wait_for(lambda t: "cancel of workflow" in t.line and t.line.endswith("[y/N]"))
    production.type("n", Key.ENTER)
    production.wait_for(lambda t: "terminate of workflow" in t.line and t.line.endswith("[y/N]"))
    answered(production, "n", Key.ENTER)
    assert status(production) == '"RUNNING"'


def test_a_job_cannot_ask_while_the_prompt_waits(production):
    production.enter("job = spawn(function() async.sleep('50ms') h:terminate() end)")
    production.wait_for(r"job 1 failed: DeclinedError: terminate of workflow")
    assert status(production) == '"RUNNING"'


def test_what_only_reads_is_not_asked_about(production):
    assert production.enter("for i = 1, 9 do h:describe() client.workflow_service:get_system_info() end") == ""


def test_the_setting_says_that_nobody_is_to_be_asked(production):
    production.enter(".production off")
    assert production.enter("h:terminate()") == ""
    assert status(production) == '"TERMINATED"'


def test_the_setting_makes_any_client_one_of_production(prompt):
    terminal = prompt(columns=120)
    terminal.enter(".production on")
    terminal.type("client:get_workflow_handle('nosuch'):terminate()", Key.ENTER)
    terminal.wait_for(lambda t: t.line == 'In production: terminate of workflow "nosuch"? [y/N]')


def test_scripts_are_not_asked(ask, identifier):
    start = f"h = client:start_workflow{{ 'Idle', id = '{identifier}', task_queue = 'none' }}"
    done = ask("--profile", "prod", "-e", start, "-e", "h:terminate() print(h:describe().status)")
    assert (done.status, done.stdout) == (0, "TERMINATED\n")
