"""The commands that take another server, profile or namespace, and those that edit entries and list jobs."""

import pathlib
import re
import subprocess

import pytest
from programs import TEMPORAL
from terminal import Key


@pytest.fixture(scope="session")
def namespace(address):
    """A second namespace of the server."""
    name = "orders"
    command = [str(TEMPORAL), "operator", "namespace", "create", "--namespace", name, "--address", address]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0 or "already" in made.stderr, made.stderr
    return name


def test_use_takes_another_namespace(prompt, address, namespace):
    terminal = prompt(columns=120)
    shown = terminal.enter(f".use {namespace}")
    assert re.fullmatch(rf"Temporal [.\d]+ at {address}, namespace {namespace}", shown)
    assert terminal.line == f"{namespace} moondial>"
    assert terminal.enter("client.namespace") == f'"{namespace}"'
    assert terminal.enter("client:count_workflows().count") == "0"


def test_what_does_not_answer_is_not_taken(prompt, address):
    terminal = prompt(columns=160)
    assert terminal.enter(".use nosuch") == "RPCError: NOT_FOUND: Namespace nosuch is not found."
    assert terminal.enter(f".connect {address} nosuch") == "RPCError: NOT_FOUND: Namespace nosuch is not found."
    assert terminal.enter(".connect 127.0.0.1:1") == "ConnectError: cannot connect to 127.0.0.1:1: Connection refused"
    assert "there is no profile \"nosuch\"" in terminal.enter(".connect nosuch")
    assert terminal.line == "moondial>"
    assert terminal.enter("client.address, client.namespace") == f'"{address}"\n"default"'


def test_use_keeps_the_settings_of_the_client(prompt, namespace):
    terminal = prompt("--identity", "me", "--read-only", columns=120)
    terminal.enter(f".use {namespace}")
    assert terminal.enter("client.identity, client.read_only") == '"me"\ntrue'


def test_connect_takes_an_address_or_a_profile(prompt, environment, address, namespace):
    file = pathlib.Path(environment["HOME"]) / "other.toml"
    file.write_text(f'[profile.prod]\naddress = "{address}"\nnamespace = "{namespace}"\n')
    terminal = prompt("--config-file", str(file), columns=120, env={"TEMPORAL_ADDRESS": "127.0.0.1:1"})
    assert f"at {address}, namespace default" in terminal.enter(f".connect {address}")
    assert terminal.enter("client.address") == f'"{address}"'
    assert f"namespace {namespace}" in terminal.enter(f".connect {address} {namespace}")
    assert terminal.line == f"{namespace} moondial>"


def test_connect_takes_a_profile(prompt, environment, address, namespace):
    file = pathlib.Path(environment["HOME"]) / "other.toml"
    file.write_text(f'[profile.prod]\naddress = "127.0.0.1:1"\nnamespace = "{namespace}"\n')
    terminal = prompt("--config-file", str(file), columns=120)
    # As everywhere, the variable TEMPORAL_ADDRESS is stronger than the file.
    assert f"at {address}, namespace {namespace}" in terminal.enter(".connect prod")
    assert terminal.line == f"prod/{namespace} moondial>"


@pytest.mark.parametrize("entry", [".connect", ".connect a b", ".connect a:1 b c"])
def test_connect_tells_what_it_takes(prompt, entry):
    assert prompt(columns=120).enter(entry) == (
        "CommandError: .connect takes HOST:PORT and perhaps a namespace, or the name of a profile"
    )


@pytest.mark.parametrize(
    ("entry", "printed"),
    [
        (".use", "CommandError: .use takes a namespace"),
        (".edit x", "CommandError: .edit takes the number of an entry, as .history tells it"),
        (".edit 99", "CommandError: .edit takes the number of an entry, as .history tells it"),
        (".jobs", "no jobs"),
    ],
)
def test_entries_that_are_refused_or_find_nothing(prompt, entry, printed):
    assert prompt(columns=120).enter(entry) == printed


def test_jobs_lists_the_jobs(prompt):
    terminal = prompt(columns=120)
    terminal.enter("job = spawn('nightly', function() async.sleep('1h') end)")
    assert re.match(r'Job 1 "nightly": waiting', terminal.enter(".jobs"))


@pytest.fixture
def editor(tmp_path):
    """Makes an editor that runs a command of sed on the file."""

    def make(command: str) -> dict[str, str]:
        return {"EDITOR": f"sed -i '{command}'"}

    return make


def test_edit_runs_the_last_entry_anew(prompt, editor):
    terminal = prompt(env=editor("s/20/21/"))
    terminal.enter("x = 20 return x * 2")
    assert terminal.enter(".edit") == "x = 21 return x * 2\n42"
    # The .edit is no entry to edit, and what was edited is one to recall.
    assert terminal.enter(".edit") == "x = 21 return x * 2\n42"
    assert terminal.enter(".history").split("\n")[1:3] == ["    2  .edit", "    3  x = 21 return x * 2"]


def test_edit_takes_a_number_or_nothing(prompt, editor):
    terminal = prompt(env=editor("1s/.*/&7/"))
    terminal.enter("y = 1")
    terminal.enter("z = 2")
    assert terminal.enter(".edit 1") == "y = 17"
    assert terminal.enter("y") == "17"
    assert terminal.enter(".edit new") == "7\n7"


def test_what_is_left_of_an_edited_entry_may_be_nothing(prompt, editor):
    terminal = prompt(env=editor("d"))
    terminal.enter("y = 1")
    assert terminal.enter(".edit") == ""


def test_an_editor_that_fails(prompt):
    terminal = prompt(env={"EDITOR": "false"}, columns=120)
    terminal.enter("y = 1")
    assert terminal.enter(".edit").startswith("CommandError: ")
    terminal.type(Key.control("d"))
    assert terminal.wait_exit() == 0
