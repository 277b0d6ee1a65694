"""Runs each workload by Moondial, by the `temporal` CLI, by the Python SDK and by a minimal C program, side by side.

The repetitions are interleaved, so that whatever else the machine does falls on all of them alike. What is compared is
the CPU time (user and system) of the whole process, then wall time and peak memory; all figures are medians.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import subprocess
import sys
from contextlib import contextmanager
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from temporalio.client import Client

import at_the_prompt
import figure
import micro
from measure import Cost, RunFailed, median, run
from workloads import (
    EVENTS,
    HISTORY_ID,
    LIST_QUERY,
    LISTED_TYPE,
    MANY,
    OPEN,
    OPEN_ID,
    OPEN_TASK_QUEUE,
    Command,
    Programs,
    Skip,
    Workload,
    workloads,
)

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Row:
    """What one contender did on one workload."""

    workload: str
    contender: str
    note: str = ""
    error: str = ""
    samples: list[Cost] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--repetitions", type=int, default=7, metavar="N", help="measured runs of each (default 7)")
    parser.add_argument("--workload", action="append", metavar="TEXT", help="only those with this in their name")
    parser.add_argument("--contender", action="append", metavar="NAME", help="floor, moondial, python or cli")
    parser.add_argument("--floor", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--measure", type=Path, required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()

    def is_wanted(name: str) -> bool:
        return not options.workload or any(text in name for text in options.workload)

    with server() as (address, task_queue):
        say(f"preparing {MANY:,} workflows and a history of {EVENTS:,} events")
        asyncio.run(prepare(address, task_queue))
        temporal = Path(sys.prefix) / "bin/temporal"
        programs = Programs(ROOT / ".build/release/moondial", options.floor, temporal, address)
        rows = []
        for workload in workloads(programs):
            if is_wanted(workload.name):
                rows += measure_workload(workload, options.contender, options.measure, options.repetitions)
        figures = {}
        for title, measured in {
            micro.TITLE: lambda: micro.Micro(programs, options.measure, options.repetitions).figures(),
            at_the_prompt.TITLE: lambda: at_the_prompt.figures(programs, options.repetitions),
        }.items():
            if is_wanted(title) and not options.contender:
                say(title)
                figures[title] = measured()

    tables = [table(rows)] if rows else []
    print("\n\n".join(tables + [figure.table(title, list_) for title, list_ in figures.items()]))
    results = ROOT / "Benchmarks/results" / f"{datetime.now(timezone.utc):%Y%m%dT%H%M%SZ}.json"
    results.parent.mkdir(exist_ok=True)
    results.write_text(json.dumps(as_json(rows, figures, options.repetitions), indent=2) + "\n")
    print(f"\nwritten to {results.relative_to(ROOT)}")
    failed = [row for row in rows if row.error]
    for row in failed:
        say(f"{row.contender} failed at {row.workload}: {row.error}")
    return 1 if failed else 0


@contextmanager
def server() -> Iterator[tuple[str, str]]:
    """A dev server and a worker for the time of the benchmarks."""
    serve = [sys.executable, str(ROOT / "Tests/Support/serve.py")]
    with subprocess.Popen(serve, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        ready = process.stdout.readline()
        if not ready:
            raise SystemExit("scripts/bench: the server did not start")
        try:
            yield json.loads(ready)["address"], json.loads(ready)["task_queue"]
        finally:
            process.stdin.close()


async def prepare(address: str, task_queue: str) -> None:
    """Runs the workflows that the workloads look at, and waits until the visibility store lists them."""
    client = await Client.connect(address)
    places = asyncio.Semaphore(50)

    async def echo(number: int) -> None:
        async with places:
            await client.execute_workflow(LISTED_TYPE, number, id=f"bench-{number}", task_queue=task_queue)

    await client.start_workflow("Mailbox", id=micro.MAILBOX_ID, task_queue=task_queue)
    for number in range(OPEN):
        await client.start_workflow("Sleep", id=f"{OPEN_ID}-{number}", task_queue=OPEN_TASK_QUEUE)
    history = client.execute_workflow("ManyEvents", EVENTS, id=HISTORY_ID, task_queue=task_queue)
    await asyncio.gather(history, *(echo(number) for number in range(MANY)))
    closed = f'{LIST_QUERY} AND ExecutionStatus = "Completed"'
    while (await client.count_workflows(closed)).count < MANY:
        await asyncio.sleep(0.1)


def measure_workload(workload: Workload, only: list[str] | None, measure: Path, repetitions: int) -> list[Row]:
    say(workload.name)
    rows = [Row(workload.name, name) for name in workload.contenders if not only or name in only]
    # The first round warms the caches of disk and server, and is not counted.
    for repetition in range(repetitions + 1):
        for row in rows:
            match workload.contenders[row.contender]:
                case Skip(reason):
                    row.note = reason
                case Command() as command if not row.error:
                    row.note = command.note
                    try:
                        cost, output = run(measure, command.argv)
                        if not command.proves(output):
                            raise RunFailed(f"it printed {output[:200]!r}")
                    except RunFailed as error:
                        row.error = str(error)
                        continue
                    if repetition:
                        row.samples.append(cost.times(command.times))
    return rows


def table(rows: list[Row]) -> str:
    medians = {(row.workload, row.contender): median(row.samples) for row in rows if row.samples and not row.error}
    lines = [f"{'':<12}{'CPU ms':>12}{'wall ms':>12}{'peak MiB':>10}{'CPU:floor':>11}{'CPU:moondial':>14}"]
    workload = ""
    for row in rows:
        if row.workload != workload:
            workload = row.workload
            lines += ["", workload]
        name = f"  {row.contender:<10}"
        if row.error:
            lines.append(f"{name}  failed: {row.error.splitlines()[0]}")
        elif not row.samples:
            lines.append(f"{name}  skipped: {row.note}")
        else:
            cost = medians[workload, row.contender]
            line = f"{name}{cost.cpu_ms:>12,.1f}{cost.wall_ms:>12,.1f}{cost.peak_mib:>10.1f}"
            for other, width in (("floor", 11), ("moondial", 14)):
                base = medians.get((workload, other))
                line += f"{cost.cpu_ms / base.cpu_ms:>{width}.2f}" if base and base.cpu_ms else " " * (width - 1) + "-"
            lines.append(f"{line}  {row.note}".rstrip())
    return "\n".join(lines)


def as_json(rows: list[Row], figures: dict[str, list[figure.Figure]], repetitions: int) -> dict[str, object]:
    def output(*command: str) -> str:
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip()

    return {
        "revision": output("git", "describe", "--always", "--dirty"),
        "cli": output(f"{sys.prefix}/bin/temporal", "--version"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "machine": platform.platform(),
        "repetitions": repetitions,
        "rows": [
            {
                "workload": row.workload,
                "contender": row.contender,
                "note": row.note,
                "error": row.error,
                "median": median(row.samples).as_json() if row.samples else None,
                "samples": [cost.as_json() for cost in row.samples],
            }
            for row in rows
        ],
        **{title: [each.as_json() for each in list_] for title, list_ in figures.items()},
    }


def say(line: str) -> None:
    print(f"scripts/bench: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
