"""What single operations of the shell cost: how much a run with many of them costs more than one with none.

Each figure stands beside the bound that it was asked to keep. What can be told by CPU time is, as that does not depend on
what else the machine does; the wall time of the same runs is there to see how much of it was spent waiting.
"""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from figure import Figure, at_least, at_most, unbounded
from measure import Cost, RunFailed, run
from workloads import HERE, OPEN_ID, Programs

sys.path.insert(0, str(HERE.parent / "Tests/Terminal"))

from prompt import PROMPT, Prompt
from terminal import Key

#: How `--workload` knows them.
TITLE = "single operations"
MAILBOX_ID = "bench-mailbox"
UPDATE_ID = "bench-update"


@dataclass(frozen=True)
class Run:
    """One run of a script, and the words that it printed."""

    cost: Cost
    words: list[str]


class Micro:
    """The micro workloads, all measured with the same programs."""

    def __init__(self, programs: Programs, measure: Path, repetitions: int) -> None:
        self.programs = programs
        self.measure = measure
        self.repetitions = repetitions

    def figures(self) -> list[Figure]:
        return [
            *self.each("await of a ready operation", 15, 20_000, "ready.lua", MAILBOX_ID, UPDATE_ID, "1"),
            *self.each("the same, 64 in flight", 6, 64_000, "ready.lua", MAILBOX_ID, UPDATE_ID, "64"),
            *self.each("spawn and await of a task", 5, 200_000, "spawn.lua"),
            *self.sleepers(tasks=100_000, seconds=2),
            self.busy_loop(50_000_000),
            *self.interrupts(),
        ]

    def each(self, name: str, bound: float, count: int, script: str, *arguments: str) -> list[Figure]:
        """What one of `count` operations costs, in CPU time and in wall time."""
        cpu, wall = [], []
        none_of_it, all_of_it = (self.moondial(script, str(times), *arguments) for times in (0, count))
        for none, many in self.pairs(none_of_it, all_of_it):
            cpu.append((many.cost.cpu_ms - none.cost.cpu_ms) * 1000 / count)
            wall.append((many.cost.wall_ms - none.cost.wall_ms) * 1000 / count)
        return [
            Figure(f"{name}, CPU", "µs", *at_most(bound), cpu),
            Figure(f"{name}, wall", "µs", *unbounded(), wall),
        ]

    def sleepers(self, tasks: int, seconds: int) -> list[Figure]:
        heap, size, wall = [], [], []
        none_of_them, all_of_them = (self.moondial("sleep.lua", str(count), str(seconds)) for count in (1, tasks))
        for none, many in self.pairs(none_of_them, all_of_them):
            heap.append(float(many.words[1]))
            size.append((many.cost.peak_mib - none.cost.peak_mib) * 1024 / tasks)
            wall.append(many.cost.wall_ms / 1000)
        name = f"{tasks:,} tasks that sleep {seconds} s"
        return [
            Figure(f"{name}, each, in Lua's heap", "KiB", *at_most(1.5), heap),
            Figure(f"{name}, each, resident", "KiB", *unbounded(), size),
            Figure(f"{name}, all", "s", *at_most(1.2 * seconds + 1), wall),
        ]

    def busy_loop(self, count: int) -> Figure:
        """The speed of the Lua within Moondial, as a share of that of stock `lua5.4`."""
        script = str(HERE / "lua/busy.lua")
        speed = []
        for repetition in range(self.repetitions + 1):
            cost = {}
            for program in ("lua5.4", str(self.programs.moondial)):
                none, many = (self.run([program, script, times]) for times in ("0", str(count)))
                cost[program] = many.cost.cpu_ms - none.cost.cpu_ms
            if repetition:
                speed.append(cost["lua5.4"] / cost[str(self.programs.moondial)])
        return Figure("speed of a busy loop, lua5.4 = 1", "", *at_least(0.97), speed)

    def interrupts(self) -> list[Figure]:
        """The time from Ctrl-C to the next prompt, as the terminal shows it."""
        busy = {
            "a loop": "while true do end",
            "a sleep": "async.sleep(3600)",
            "a call": f"client:get_workflow_handle('{OPEN_ID}-0'):result()",
        }
        argv = [str(self.programs.moondial), "--address", self.programs.address, "--namespace", "default"]
        figures = []
        with Prompt(*argv, columns=160) as prompt:
            for name, code in busy.items():
                figure = Figure(f"Ctrl-C in {name} to the prompt, wall", "ms", *at_most(100), [])
                for _ in range(self.repetitions):
                    figure.samples.append(interrupt(prompt, code))
                figures.append(figure)
        return figures

    def pairs(self, none: list[str], many: list[str]) -> list[tuple[Run, Run]]:
        """The first pair warms the caches, and is not counted."""
        return [(self.run(none), self.run(many)) for _ in range(self.repetitions + 1)][1:]

    def moondial(self, script: str, *arguments: str) -> list[str]:
        server = ["--address", self.programs.address, "--namespace", "default"]
        return [str(self.programs.moondial), *server, str(HERE / "lua" / script), *arguments]

    def run(self, command: list[str]) -> Run:
        cost, output = run(self.measure, command)
        if not output.startswith("done"):
            raise RunFailed(f"it printed {output[:200]!r}")
        return Run(cost, output.split())


def interrupt(prompt: Prompt, code: str) -> float:
    """Runs code that does not end, and gives the milliseconds from Ctrl-C to the next prompt."""
    # The code says when it runs, in words that its own text on the screen does not have.
    prompt.type(f"io.write('run', 'ning\\n') io.stdout:flush() {code}", Key.ENTER)
    prompt.wait_for(lambda t: re.search("^running$", t.scrollback.rpartition(code)[2], re.MULTILINE))
    begun = time.perf_counter()
    prompt.type(Key.control("c"))
    prompt.wait_for(lambda t: re.search(PROMPT, t.line))
    return (time.perf_counter() - begun) * 1000
