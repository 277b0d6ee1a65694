"""The same files, variables and options, given to the Python SDK, to the `temporal` CLI and to Moondial."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from configuration_cases import CASES, Case
from configuration_clients import World
from ends import Certificates, Recorder


@pytest.fixture(scope="module")
def outcomes(
    ends: dict[str, str], certificates: Certificates, recorder: Recorder, moondial: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, dict[str, Any]]:
    world = World(ends, certificates, recorder, moondial, tmp_path_factory.mktemp("configurations"))
    return world.run(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_configuration(case: Case, outcomes: dict[str, dict[str, Any]]) -> None:
    found = outcomes[case.name]
    if case.follows is None:
        assert found["moondial"] == found["cli"]
        assert not case.has_python or found["moondial"] == found["python"]
    else:
        # A case that no longer tells them apart says something that is no longer so.
        assert found["python"] != found["cli"]
        assert found["moondial"] == found[case.follows]


def test_the_cases_are_of_both_kinds(outcomes: dict[str, dict[str, Any]]) -> None:
    arrived = sum(outcome["moondial"] is not None for outcome in outcomes.values())
    assert arrived >= 40 and len(outcomes) - arrived >= 15

