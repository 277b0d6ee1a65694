"""The README shows what the program does."""

import os
import re
import shlex
import sys
from collections.abc import Callable

from conftest import ROOT
from terminal import Key, Terminal

WORKER = shlex.join([sys.executable, str(ROOT / "Examples" / "demo_worker.py")])
#: What is another at each run, and what stands for it.
VARIABLE = [
    (re.compile(r"(127\.0\.0\.1):\d+"), r"\1:PORT"),
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "RUN"),
    (re.compile(r"\b\d{4}-\d\d-\d\d(?=T| UTC)"), "DATE"),
    (re.compile(r"(?<!\d)\d\d:\d\d:\d\d(\.\d+)?"), "TIME"),
    (re.compile(r" +(<1ms|\+[\d.]+m?s)(?= )"), " GAP"),
    (re.compile(r"\((now|\d+s ago)\)"), "(AGO)"),
    (re.compile(r"\b\d+@[\w.-]+"), "WHO"),
    (re.compile(r"unversioned:\w+"), "BUILD"),
    (re.compile(r"[\d.]+ (KiB|bytes)"), "SIZE"),
]


def constant(text: str) -> list[str]:
    """The lines of a session without what is another at each run."""
    for pattern, name in VARIABLE:
        text = pattern.sub(name, text)
    return text.splitlines()


def session() -> tuple[str, list[str]]:
    """The session in the README: what scripts/run says, and the lines from the program's first on."""
    block = re.search(
        r"^```\n\$ scripts/run\n(.*?)^(Moondial .*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL
    )
    assert block, "the README has a session that begins with scripts/run"
    return block[1], constant(block[2])


def test_the_suggestions_are_those_of_scripts_run():
    assert session()[0] in (ROOT / "scripts" / "run").read_text()


def prompt(number: int) -> Callable[[Terminal], bool]:
    """Whether the prompt waits for the command of that number."""

    def waits(terminal: Terminal) -> bool:
        prompts = [line for line in terminal.lines if line.startswith("moondial>")]
        return len(prompts) == number + 1 and terminal.line == "moondial>"

    waits.__doc__ = f"the prompt of command {number}"
    return waits


def test_the_tour_is_what_the_program_shows(built: Callable[[str], str], tmp_path: os.PathLike[str]) -> None:
    program = [built("moondial"), "--dev", "--dev-worker", WORKER]
    environment = {
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "PATH": f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}",
        "TEMPORAL_ADDRESS": None,
        "XDG_STATE_HOME": None,
    }
    _, shown = session()
    commands = [line.removeprefix("moondial> ") for line in shown if line.startswith("moondial> ")]
    assert len(commands) > 10
    with Terminal(program, rows=120, columns=120, env=environment) as terminal:
        terminal.wait_for(r"^Its Web UI is at .*\nmoondial>$", timeout=60)
        for number, command in enumerate(commands):
            terminal.wait_for(prompt(number), timeout=60)
            terminal.type(command, Key.ENTER)
        terminal.wait_for(prompt(len(commands)))
        text = terminal.text
        terminal.type(Key.control("d"))
        assert terminal.wait_exit() == 0
    assert constant(text)[:-1] == shown
