"""What the prompt lets its user wait for, as the terminal shows it.

Times are those from the write of a key to the last byte that the terminal gets for it, so they have in them what else the
machine does. The model of the screen is slower than what is measured, and looks at the bytes afterwards.
"""

from __future__ import annotations

import os
import re
import select
import tempfile
import time
from pathlib import Path

from figure import Figure, at_most
from workloads import EVENTS, HISTORY_ID, MANY, Programs

import micro  # noqa: F401 (finds the terminal of the tests)
from terminal import Key, Terminal

#: How `--workload` knows them.
TITLE = "at the prompt"
LINES = 100
BUFFER = "f({\n" + "\n".join(f"  field_{number} = {{ 'text {number}', {number}, true }}," for number in range(LINES - 1))
#: After so many seconds without a byte a key has been drawn.
QUIET = 0.03
PATIENCE = 30.0
NOWHERE = "127.0.0.1:1"


class Prompt(Terminal):
    """Moondial in a terminal, with a clock."""

    def __init__(self, program: Path, address: str, home: str) -> None:
        self.begun = time.perf_counter()
        environment = {"HOME": home, "LC_ALL": "C.UTF-8", "PAGER": "less", "LESS": None, "XDG_STATE_HOME": None,
                       "TEMPORAL_ADDRESS": None}
        super().__init__([str(program), "--address", address], rows=50, columns=160, env=environment)

    def until(self, text: bytes) -> float:
        """Reads until a text has come; gives when."""
        data, deadline = b"", time.perf_counter() + PATIENCE
        while text not in data:
            if not select.select([self._master], [], [], max(0, deadline - time.perf_counter()))[0]:
                raise AssertionError(f"{text!r} did not come, but {data[-500:]!r}")
            data += os.read(self._master, 65536)
        now = time.perf_counter()
        self._stream.feed(data)
        return now

    def quiet(self) -> float | None:
        """Reads until nothing has come for a while; gives when the last byte came."""
        data, last = b"", None
        while select.select([self._master], [], [], QUIET)[0]:
            data += os.read(self._master, 65536)
            last = time.perf_counter()
        self._stream.feed(data)
        return last

    def press(self, key: str) -> float:
        """The milliseconds from a key to the last byte that came for it."""
        begun = time.perf_counter()
        os.write(self._master, key.encode())
        last = self.quiet()
        assert last, f"{key!r} changed nothing"
        return (last - begun) * 1000

    def press_until(self, key: str, text: bytes) -> float:
        """The milliseconds from a key until a text came."""
        begun = time.perf_counter()
        os.write(self._master, key.encode())
        return (self.until(text) - begun) * 1000

    def settle(self) -> None:
        while self.quiet():
            pass

    def clear(self) -> None:
        self.type(Key.control("c"))
        self.settle()

    @property
    def peak_mib(self) -> float:
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def figures(programs: Programs, repetitions: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as home:

        def prompt(address: str = programs.address) -> Prompt:
            return Prompt(programs.moondial, address, home)

        return [
            starts("with a server", lambda: prompt()),
            starts("with none", lambda: prompt(NOWHERE)),
            *keystrokes(prompt, repetitions),
            *completions(prompt, repetitions),
            pager(prompt, repetitions),
            idle(prompt, repetitions),
        ]


def starts(name: str, prompt) -> Figure:
    """From the start of the program to its prompt; often, for each takes no time."""
    samples = []
    for repetition in range(21):
        with prompt() as terminal:
            shown = terminal.until(b"moondial>")
            # The first warms the caches.
            if repetition:
                samples.append((shown - terminal.begun) * 1000)
    return Figure(f"start to prompt, {name}", "ms", *at_most(30), samples)


def keystrokes(prompt, repetitions: int) -> list[Figure]:
    """A key at different places of a buffer of a hundred lines."""
    letters = list("abcdefghij") * repetitions
    rounds = [
        ("a letter at the end", letters),
        ("Up and Down", [Key.UP, Key.DOWN] * 5 * repetitions),
        ("Up past the top of the screen", [Key.UP] * (LINES - 1)),
        ("a letter in the first line", letters),
        ("Alt-Enter in the first line", [Key.ALT_ENTER] * 10),
    ]
    with prompt(NOWHERE) as terminal:
        terminal.until(b"moondial>")
        terminal.settle()
        terminal.paste(BUFFER)
        terminal.settle()
        return [
            Figure(f"a key, {LINES} lines: {name}", "ms", *at_most(5), [terminal.press(key) for key in keys])
            for name, keys in rounds
        ]


def completions(prompt, repetitions: int) -> list[Figure]:
    local, remote = [], []
    with prompt() as terminal:
        terminal.until(b"Temporal ")
        terminal.settle()
        for _ in range(repetitions + 1):
            terminal.type("client:list_workf")
            terminal.settle()
            local.append(terminal.press_until(Key.TAB, b"lows("))
            terminal.clear()
        for number in range(repetitions + 1):
            # Another beginning each time: what was asked is kept for some seconds.
            terminal.type(f'client:get_workflow_handle("bench-{MANY // 10 - 1 - number}')
            terminal.settle()
            remote.append(terminal.press_until(Key.TAB, b"Completed".upper()))
            terminal.clear()
    return [
        Figure("completion, local", "ms", *at_most(10), local[1:]),
        Figure("completion, from the server", "ms", *at_most(300), remote[1:]),
    ]


def pager(prompt, repetitions: int) -> Figure:
    samples = []
    with prompt() as terminal:
        terminal.until(b"Temporal ")
        terminal.settle()
        terminal.type(f"history = client:get_workflow_handle('{HISTORY_ID}'):fetch_history() return #history.events", Key.ENTER)
        terminal.until(str(EVENTS).encode())
        terminal.settle()
        for _ in range(repetitions + 1):
            terminal.type("history")
            terminal.settle()
            # In the last line that fits.
            samples.append(terminal.press_until(Key.ENTER, b"  47  "))
            terminal.type("q")
            terminal.settle()
    return Figure(f"a history of {EVENTS:,} events in the pager", "ms", *at_most(200), samples[1:])


def idle(prompt, repetitions: int) -> Figure:
    samples = []
    for _ in range(repetitions):
        with prompt() as terminal:
            terminal.until(b"Temporal ")
            terminal.settle()
            samples.append(terminal.peak_mib)
    return Figure("an idle prompt whose server has answered, peak", "MiB", *at_most(25), samples)
