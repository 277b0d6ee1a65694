"""What the prompt says of the profile and the namespace, and what a profile's marks do."""

import pathlib

import pytest


@pytest.fixture
def configure(environment):
    """Writes the user's temporal.toml."""

    def write(text: str) -> None:
        file = pathlib.Path(environment["HOME"]) / ".config" / "temporalio" / "temporal.toml"
        file.parent.mkdir(parents=True)
        file.write_text(text)

    return write


MARKED = '[profile.prod]\nnamespace = "orders"\n[profile.prod.moondial]\n'


def test_a_namespace_is_in_the_prompt(prompt):
    assert prompt("--namespace", "orders").line == "orders moondial>"


@pytest.mark.parametrize(
    ("columns", "shown"), [(20, "pay…c7"), (80, "payments….a1b2c7"), (200, "payments-europe.a1b2c7")]
)
def test_a_long_namespace_loses_its_middle(prompt, columns, shown):
    assert prompt("--namespace", "payments-europe.a1b2c7", columns=columns).line == f"{shown} moondial>"


@pytest.mark.parametrize(("production", "colour"), [("true", "red"), ("false", "cyan")])
def test_a_profile_is_in_the_prompt_and_red_in_production(prompt, configure, production, colour):
    configure(MARKED + f"production = {production}")
    terminal = prompt("--profile", "prod")
    assert terminal.line == "prod/orders moondial>"
    row = terminal.screen.buffer[terminal.cursor[0]]
    assert {row[column].fg for column in range(len(terminal.line)) if row[column].data != " "} == {colour}


def test_the_setting_overrules_the_mark(prompt, configure):
    configure(MARKED + "production = true")
    terminal = prompt("--profile", "prod")
    terminal.enter(".production off")
    assert terminal.screen.buffer[terminal.cursor[0]][0].fg == "cyan"


def test_the_default_profile_is_not_in_the_prompt(prompt, configure):
    configure('[profile.default]\nnamespace = "default"\n')
    assert prompt().line == "moondial>"


def test_the_prompt_follows_the_global_client(prompt):
    terminal = prompt()
    terminal.enter("old = client")
    terminal.enter("client = temporal.connect{ namespace = 'orders', lazy = true }")
    assert terminal.line == "orders moondial>"
    terminal.enter("client = 42")
    assert terminal.line == "moondial>"


def test_a_profile_that_is_read_only(run, configure):
    configure(MARKED + "read_only = true")
    call = "client:get_workflow_handle('x'):signal('s')"
    refused = run("--profile", "prod", "-e", call)
    assert refused.status == 1
    assert "ReadOnlyError: this client is read-only, and SignalWorkflowExecution changes" in refused.stderr
    of_another = "print(temporal.connect{ profile = 'prod', read_only = false, lazy = true }.read_only, client.read_only)"
    assert run("-e", of_another).stdout == "true\tfalse\n"


def test_a_mark_that_is_not_known_is_refused(run, configure):
    configure(MARKED + "readonly = true")
    refused = run("--profile", "prod", "-e", "return")
    assert refused.status == 2
    assert refused.stderr.endswith(
        "temporal.toml: profile.prod.moondial.readonly is not known; there are production and read_only\n"
    )
