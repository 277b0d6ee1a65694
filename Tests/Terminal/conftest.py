"""What the terminal tests share."""

import os
import pathlib
import uuid
from collections.abc import Callable, Iterator

import pytest
from probe import LOCALES, Probe
from programs import Outcome, Program, Server
from prompt import Prompt

ROOT = pathlib.Path(__file__).resolve().parents[2]

#: Of the environment of the tests only this reaches the program; the rest is what its test says.
PASSED_ON = ("PATH", "TMPDIR", "ASAN_OPTIONS", "TSAN_OPTIONS")


@pytest.fixture(scope="session")
def built() -> Callable[[str], str]:
    """The path of an executable of the package. MOONDIAL_BIN names the folder, otherwise that of a debug build."""

    def path(name: str) -> str:
        file = pathlib.Path(os.environ.get("MOONDIAL_BIN", ROOT / ".build" / "debug")) / name
        assert file.exists(), f"{file} is missing: swift build --product {name}"
        return str(file)

    return path


@pytest.fixture(scope="session")
def moondial(built: Callable[[str], str]) -> str:
    """The path of Moondial: that in MOONDIAL or MOONDIAL_TEST_BINARY, otherwise that of `built`."""
    return os.environ.get("MOONDIAL") or os.environ.get("MOONDIAL_TEST_BINARY") or built("moondial")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a server with a worker: MOONDIAL_TEST_ADDRESS, or one for this run of the tests."""
    given = os.environ.get("MOONDIAL_TEST_ADDRESS")
    if given:
        yield given
        return
    server = Server()
    yield server.address
    server.close()


@pytest.fixture
def environment(tmp_path: pathlib.Path) -> dict[str, str]:
    """An environment in which nobody's settings or history count, and no server is known."""
    home = tmp_path / "home"
    home.mkdir()
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**passed_on, "HOME": str(home), "LC_ALL": "C.UTF-8"}


@pytest.fixture
def start(moondial: str, environment: dict[str, str], tmp_path: pathlib.Path) -> Iterator[Callable[..., Program]]:
    """Starts Moondial with arguments, in an empty folder; `stdin` is its input, `env` changes its environment."""
    started = []

    def start(*arguments: str | bytes, stdin: bytes | None = None, **env: str) -> Program:
        started.append(Program([moondial, *arguments], env={**environment, **env}, cwd=tmp_path, stdin=stdin))
        return started[-1]

    yield start
    for program in started:
        program.close()


@pytest.fixture
def run(start: Callable[..., Program]) -> Callable[..., Outcome]:
    """Runs Moondial without a server, as `start` does, to its end."""
    return lambda *arguments, **options: start(*arguments, **options).finish()


@pytest.fixture
def ask(start: Callable[..., Program], address: str) -> Callable[..., Outcome]:
    """Runs Moondial with the server, as `start` does, to its end."""
    return lambda *arguments, **options: start(*arguments, TEMPORAL_ADDRESS=address, **options).finish()


@pytest.fixture
def identifier() -> str:
    """A workflow id of one test."""
    return f"terminal-{uuid.uuid4()}"


@pytest.fixture
def prompt(
    moondial: str, address: str, environment: dict[str, str], tmp_path: pathlib.Path
) -> Iterator[Callable[..., Prompt]]:
    """Opens the prompt; `arguments` are Moondial's, the rest is for the terminal."""
    started = []

    def open_prompt(*arguments: str, env: dict[str, str] | None = None, **options: int) -> Prompt:
        variables: dict[str, str | None] = {name: None for name in os.environ}
        variables |= {**environment, "TERM": "xterm-256color", "TEMPORAL_ADDRESS": address, **(env or {})}
        started.append(Prompt(moondial, *arguments, env=variables, cwd=tmp_path, **options))
        return started[-1]

    yield open_prompt
    for terminal in started:
        terminal.close()


@pytest.fixture
def probe(built: Callable[[str], str], tmp_path: pathlib.Path) -> Iterator[Callable[..., Probe]]:
    """Opens the line editor's probe; `options` are its own, the rest is for the terminal."""
    started = []

    def start(*options: str, **arguments) -> Probe:
        started.append(Probe(built("line-editor-probe"), tmp_path, *options, **arguments))
        return started[-1]

    yield start
    for terminal in started:
        terminal.close()


@pytest.fixture(params=LOCALES)
def locale(request: pytest.FixtureRequest) -> str:
    """What the environment says about the character set."""
    return request.param


@pytest.fixture(params=[20, 80, 200])
def columns(request: pytest.FixtureRequest) -> int:
    """The width of the terminal."""
    return request.param
