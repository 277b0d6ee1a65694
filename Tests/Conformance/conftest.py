"""The server, and the areas of cases, each run once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from runner import Area

ROOT = Path(__file__).resolve().parents[2]

#: The areas that wait most of their time.
WAITING = ("idle", "events")


@pytest.fixture(scope="session")
def server() -> Iterator[dict[str, str]]:
    """The address, namespace and task queue: those in MOONDIAL_TEST_*, or of a server for this run of the tests."""
    names = ("address", "namespace", "task_queue")
    if "MOONDIAL_TEST_ADDRESS" in os.environ:
        yield {name: os.environ[f"MOONDIAL_TEST_{name.upper()}"] for name in names}
        return
    command = [sys.executable, str(ROOT / "Tests" / "Support" / "serve.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield json.loads(process.stdout.readline())
        process.stdin.close()


@pytest.fixture(scope="session")
def area(server: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Area]]:
    """An area by its name, run by both clients when it is first asked for; what waits most runs beside the others."""
    moondial = Path(os.environ.get("MOONDIAL_BIN", ROOT / ".build" / "debug")) / "moondial"
    assert moondial.exists(), f"{moondial} is missing: swift build --product moondial"
    folder = tmp_path_factory.mktemp("conformance")
    areas: dict[str, Future[Area]] = {}

    def run(name: str) -> Area:
        found = Area(name, server, str(moondial), folder)
        found.run()
        return found

    with ThreadPoolExecutor() as beside:

        def get(name: str) -> Area:
            for waiting in (name, *WAITING):
                if waiting not in areas:
                    areas[waiting] = beside.submit(run, waiting)
            return areas[name].result()

        yield get
