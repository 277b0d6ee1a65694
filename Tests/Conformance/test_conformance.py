"""Every case has the same outcome, the same requests and the same state of the server with both clients."""

from __future__ import annotations

import difflib
import importlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cases_events import EVENT_TYPES, NEVER_WRITTEN
from normal import differing, everywhere, matches
from runner import Area
from table import CASES, EVERYWHERE, Case

for module in sorted(Path(__file__).parent.glob("cases_*.py")):
    importlib.import_module(module.stem)

DIFFERENCES = Path(__file__).resolve().parents[2] / "docs" / "differences.md"

#: The rows that a case may show or not: at a deadline the SDK says what it notices first, its own clock or the answer.
RACES = {"deadline"}
ROWS = set(re.findall(r"^\| `([a-z-]+)` \|", DIFFERENCES.read_text(), re.MULTILINE))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.area}-{case.name}")
def test_both_do_the_same(case: Case, area: Callable[[str], Area]) -> None:
    found = area(case.area).compared[case.name]
    paths = differing(found["python"], found["moondial"])
    patterns = [pattern for row in case.differs.values() for pattern in row]
    unexpected = sorted(path for path in paths if not any(matches(path, pattern) for pattern in patterns))
    assert not unexpected, report(unexpected, found)
    always = [pattern for row, row_patterns in case.differs.items() if row not in RACES for pattern in row_patterns]
    stale = [pattern for pattern in always if not any(matches(path, pattern) for path in paths)]
    assert not stale, f"no longer different: {stale}"


@pytest.mark.parametrize("row", EVERYWHERE)
def test_what_differs_everywhere_does(row: str, area: Callable[[str], Area]) -> None:
    compared = area("endings").compared.values()
    assert any(everywhere(row, found["python"], found["moondial"]) for found in compared)


def test_moondial_asks_for_no_system_info(area: Callable[[str], Area]) -> None:
    """Row `system-info`: what belongs to no case is what a client sends to connect."""
    connecting = area("endings").connecting
    assert [request["method"] for request in connecting["python"]] == ["GetSystemInfo"]
    assert connecting["moondial"] == []


def test_differences_are_documented_and_shown_by_a_case() -> None:
    referenced = {row for case in CASES for row in case.differs}
    assert referenced | EVERYWHERE.keys() | {"system-info"} == ROWS


def test_every_type_of_event_is_compared(area: Callable[[str], Area]) -> None:
    found = [found["moondial"]["outcome"]["value"] for name, found in area("events").compared.items()
             if name.startswith("events_of_")]  # fmt: skip
    written = {event["event_type"] for runs in found for run in runs for event in run["events"]}
    assert written == EVENT_TYPES - NEVER_WRITTEN.keys()


def report(unexpected: list[str], found: dict[str, Any]) -> str:
    texts = [json.dumps(found[client], indent=1, sort_keys=True).splitlines() for client in ("python", "moondial")]
    lines = difflib.unified_diff(*texts, "python", "moondial", lineterm="", n=4)
    return "\n".join(["differ at:", *unexpected, "", *lines])
