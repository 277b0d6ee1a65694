"""The workloads: what each contender runs for them, and how to know that it did the work."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
MANY = 2000
DESCRIBES = 5000
EVENTS = 10_000
#: Of the events of that history, those that are memos: see ManyEvents in Tests/Support/test_worker.py.
MEMOS = 9089
HISTORY_ID = "bench-history"
SIGNALS = 10_000
STARTS = 5000
#: Workflows that no worker looks at: what a signal costs the server is then the least.
OPEN = 100
OPEN_ID = "bench-open"
OPEN_TASK_QUEUE = "bench-no-worker"
LISTED_TYPE = "Echo"
LIST_QUERY = f'WorkflowType = "{LISTED_TYPE}"'


@dataclass(frozen=True)
class Command:
    argv: list[str]
    #: Whether the output is that of the work having been done.
    proves: Callable[[str], bool]
    #: The measured cost stands for this many times the work.
    times: int = 1
    note: str = ""


@dataclass(frozen=True)
class Skip:
    reason: str


@dataclass(frozen=True)
class Workload:
    name: str
    contenders: dict[str, Command | Skip]


@dataclass(frozen=True)
class Programs:
    """Where the contenders are, and the server they talk to."""

    moondial: Path
    floor: Path
    temporal: Path
    address: str


def workloads(programs: Programs) -> list[Workload]:
    server = ["--address", programs.address, "--namespace", "default"]

    def moondial(script: str, *arguments: str) -> list[str]:
        return [str(programs.moondial), *server, str(HERE / "lua" / script), *arguments]

    def floor(workload: str, *arguments: str) -> list[str]:
        return [str(programs.floor), workload, programs.address, *arguments]

    def python(script: str, *arguments: str) -> list[str]:
        return [sys.executable, str(HERE / "python" / script), programs.address, *arguments]

    def cli(*arguments: str) -> list[str]:
        return [str(programs.temporal), *arguments, *server]

    def counted(name: str, count: int, script: str, *arguments: str, by_cli: Command | Skip) -> Workload:
        """A workload for which all contenders but the CLI print the number of things they saw."""

        def proves(output: str) -> bool:
            return output.strip() == str(count)

        return Workload(
            name,
            {
                "floor": Command(floor(script, *arguments), proves),
                "moondial": Command(moondial(f"{script}.lua", *arguments), proves),
                "python": Command(python(f"{script}.py", *arguments), proves),
                "cli": by_cli,
            },
        )

    def proves_decoded(output: str) -> bool:
        return output.split() == [str(EVENTS), str(MEMOS)]

    def proves_json(output: str) -> bool:
        return len(json.loads(output)["events"]) == EVENTS

    def proves_starts(output: str) -> bool:
        return output.strip() == str(STARTS)

    show = cli("workflow", "show", "--workflow-id", HISTORY_ID, "--output", "json")
    no_session = Skip("a process per call, and no session to share: see the describes one after the other")
    describe = cli("workflow", "describe", "--workflow-id", "bench-0", "--output", "json")
    # The CLI has no session: each describe is a process. Twenty of them are enough to know what 2,000 cost.
    sample = 20
    describe_again = f"for i in $(seq {sample}); do {shlex.join(describe)}; done"
    return [
        Workload(
            "start-up, no server",
            {
                "floor": Command([str(programs.floor), "startup"], lambda output: output == ""),
                "moondial": Command([str(programs.moondial), "-e", "return"], lambda output: output == ""),
                "python": Command([sys.executable, str(HERE / "python/startup.py")], lambda output: output == ""),
                "cli": Command([str(programs.temporal), "--version"], lambda output: "temporal version" in output),
            },
        ),
        counted(
            "one describe", 1, "describe", "1", "1", "1",
            by_cli=Command(describe, lambda output: "bench-0" in output),
        ),
        counted(
            f"{MANY:,} describes, one after the other", MANY, "describe", str(MANY), "1", str(MANY),
            by_cli=Command(
                ["sh", "-ec", describe_again],
                lambda output: output.count('"workflowExecutionInfo"') == sample,
                times=MANY // sample,
                note=f"{sample} processes measured, times {MANY // sample}",
            ),
        ),
        counted(
            f"{DESCRIBES:,} describes, 100 at a time", DESCRIBES, "describe", str(DESCRIBES), "100", str(MANY),
            by_cli=no_session,
        ),
        counted(
            f"{SIGNALS:,} signals, 100 at a time", SIGNALS, "signal_workflows", str(SIGNALS), "100", str(OPEN),
            by_cli=no_session,
        ),
        Workload(
            f"{STARTS:,} starts, 100 at a time",
            {
                "moondial": Command(moondial("start_workflows.lua", str(STARTS), "100", OPEN_TASK_QUEUE), proves_starts),
                "python": Command(python("start_workflows.py", str(STARTS), "100", OPEN_TASK_QUEUE), proves_starts),
                "cli": no_session,
            },
        ),
        Workload(
            f"a history of {EVENTS:,} events, payloads decoded",
            {
                "floor": Command(
                    floor("history", HISTORY_ID), lambda output: output.strip() == str(EVENTS),
                    note="leaves payloads as they are",
                ),
                "moondial": Command(moondial("history.lua", HISTORY_ID), proves_decoded),
                "python": Command(python("history.py", HISTORY_ID), proves_decoded),
                "cli": Command(show, proves_json, note="writes it as JSON, leaves payloads as they are"),
            },
        ),
        Workload(
            f"a history of {EVENTS:,} events as JSON",
            {
                "moondial": Command(moondial("history_json.lua", HISTORY_ID), proves_json),
                "python": Command(python("history_json.py", HISTORY_ID), proves_json),
                "cli": Command(show, proves_json),
            },
        ),
        counted(
            f"a list of {MANY:,} workflows", MANY, "list", LIST_QUERY,
            by_cli=Command(
                cli("workflow", "list", "--query", LIST_QUERY, "--output", "jsonl"),
                lambda output: output.count("\n") == MANY,
            ),
        ),
    ]
