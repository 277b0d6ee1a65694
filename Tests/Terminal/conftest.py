"""What the terminal tests share."""

import os
import pathlib
from collections.abc import Callable

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def built() -> Callable[[str], str]:
    """The path of an executable of the package. MOONDIAL_BIN names the folder, otherwise that of a debug build."""

    def path(name: str) -> str:
        file = pathlib.Path(os.environ.get("MOONDIAL_BIN", ROOT / ".build" / "debug")) / name
        assert file.exists(), f"{file} is missing: swift build --product {name}"
        return str(file)

    return path
