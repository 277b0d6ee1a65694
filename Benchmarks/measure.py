"""What one run of a command costs."""

from __future__ import annotations

import os
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Of one whole process, or of many, one after the other, when the command starts many."""

    cpu_ms: float
    wall_ms: float
    peak_mib: float

    def times(self, factor: int) -> Cost:
        return Cost(self.cpu_ms * factor, self.wall_ms * factor, self.peak_mib)

    def as_json(self) -> dict[str, float]:
        return {name: round(value, 3) for name, value in asdict(self).items()}


class RunFailed(Exception):
    """The command did not end well."""


def run(measure: Path, command: Sequence[str]) -> tuple[Cost, str]:
    """Runs a command under Benchmarks/floor/measure.c; gives what it cost and what it printed."""
    reader, writer = os.pipe()
    # As descriptor 3, where measure.c writes.
    redirected = ["bash", "-c", f'exec 3>&{writer} {writer}>&-; exec "$@"', "bash", str(measure), *command]
    done = subprocess.run(
        redirected, stdin=subprocess.DEVNULL, capture_output=True, text=True, pass_fds=[writer], timeout=600
    )
    os.close(writer)
    with os.fdopen(reader) as pipe:
        fields = pipe.read().split()
    if len(fields) != 5:
        raise RunFailed(f"measure itself ended with {done.returncode}")
    wall, user, system, peak_kib, status = (float(field) for field in fields)
    if status:
        raise RunFailed(f"exit status {status:.0f}: {(done.stderr or done.stdout).strip()[-300:]}")
    return Cost((user + system) * 1000, wall * 1000, peak_kib / 1024), done.stdout


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure on its own."""
    return Cost(*(statistics.median(values) for values in zip(*(tuple(asdict(cost).values()) for cost in costs))))
