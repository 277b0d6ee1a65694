"""What a client-side bulk over many ids takes in memory, and how well it keeps to its rate."""

from __future__ import annotations

from pathlib import Path

from figure import Figure, at_most
from measure import RunFailed, run
from workloads import HERE, Programs

#: How `--workload` knows it.
TITLE = "a bulk over 5,000 ids"
COUNT = 5000
AT_A_TIME = 50
RATE = 200


def figures(programs: Programs, measure: Path, repetitions: int) -> list[Figure]:
    """Peak memory with and without a rate, and by how much the rate that was kept is another one."""
    fast = Figure(f"{AT_A_TIME} at a time, peak memory", "MiB", *at_most(40), [])
    paced = Figure(f"the same, {RATE} a second, peak memory", "MiB", *at_most(40), [])
    off = Figure(f"the same, {RATE} a second, off by", "%", *at_most(5), [])
    for repetition in range(repetitions + 1):
        peak, _ = bulk(programs, measure)
        paced_peak, rate = bulk(programs, measure, str(RATE))
        # The first round warms the caches, and is not counted.
        if repetition:
            fast.samples.append(peak)
            paced.samples.append(paced_peak)
            off.samples.append(abs(rate / RATE - 1) * 100)
    return [fast, paced, off]


def bulk(programs: Programs, measure: Path, *rate: str) -> tuple[float, float]:
    """The peak memory of one run in MiB, and how many a second it began."""
    server = ["--address", programs.address, "--namespace", "default"]
    script = [str(HERE / "lua/bulk.lua"), str(COUNT), str(AT_A_TIME), *rate]
    cost, output = run(measure, [str(programs.moondial), *server, *script])
    words = output.split()
    if len(words) != 2 or words[0] != str(COUNT):
        raise RunFailed(f"it printed {output[:200]!r}")
    return cost.peak_mib, float(words[1])
