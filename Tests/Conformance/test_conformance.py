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
from normal import differing, matches
from runner import Area
from table import CASES, EVERYWHERE, Case

for module in sorted(Path(__file__).parent.glob("cases_*.py")):
    importlib.import_module(module.stem)

DIFFERENCES = Path(__file__).resolve().parents[2] / "docs" / "differences.md"
ROWS = set(re.findall(r"^\| `([a-z-]+)` \|", DIFFERENCES.read_text(), re.MULTILINE))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.area}-{case.name}")
def test_both_do_the_same(case: Case, area: Callable[[str], Area]) -> None:
    found = area(case.area).compared[case.name]
    paths = differing(found["python"], found["moondial"])
    patterns = [pattern for row in case.differs.values() for pattern in row]
    unexpected = sorted(path for path in paths if not any(matches(path, pattern) for pattern in patterns))
    assert not unexpected, report(unexpected, found)
    stale = [pattern for pattern in patterns if not any(matches(path, pattern) for path in paths)]
    assert not stale, f"no longer different: {stale}"


def test_moondial_asks_for_no_system_info(area: Callable[[str], Area]) -> None:
    """Row `system-info`: what belongs to no case is what a client sends to connect."""
    connecting = area(CASES[0].area).connecting
    assert [request["method"] for request in connecting["python"]] == ["GetSystemInfo"]
    assert connecting["moondial"] == []


def test_differences_are_documented_and_shown_by_a_case() -> None:
    referenced = {row for case in CASES for row in case.differs}
    assert referenced | EVERYWHERE.keys() | {"system-info"} == ROWS


def report(unexpected: list[str], found: dict[str, Any]) -> str:
    texts = [json.dumps(found[client], indent=1, sort_keys=True).splitlines() for client in ("python", "moondial")]
    lines = difflib.unified_diff(*texts, "python", "moondial", lineterm="", n=4)
    return "\n".join(["differ at:", *unexpected, "", *lines])
