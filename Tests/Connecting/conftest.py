"""The server, and what stands before it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import json
import pytest
from ends import PASSED_ON, PATIENCE_WITH_A_RUN, Certificates, HTTPProxy, Recorder, ROOT, TLSEnd

CLIENTS = ("python", "cli", "moondial")


class Outcome(NamedTuple):
    """How a run of Moondial ended."""

    status: int
    stdout: str
    stderr: str


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the dev server: that of MOONDIAL_TEST_ADDRESS, or of one for this run of the tests."""
    if "MOONDIAL_TEST_ADDRESS" in os.environ:
        yield os.environ["MOONDIAL_TEST_ADDRESS"]
        return
    command = [sys.executable, str(ROOT / "Tests" / "Support" / "serve.py")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield json.loads(process.stdout.readline())["address"]
        process.stdin.close()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def recorder(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorder]:
    """Ends without TLS: `CLIENT-plain`, and for nginx `CLIENT-tls`, `CLIENT-mtls` and `CLIENT-elsewhere`."""
    names = [f"{client}-{end}" for client in CLIENTS for end in ("plain", "tls", "mtls", "elsewhere")]
    recorder = Recorder(server, names, tmp_path_factory.mktemp("recorder"))
    yield recorder
    recorder.close()


@pytest.fixture(scope="session")
def ends(
    server: str, recorder: Recorder, certificates: Certificates, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The address of each end by its name; those before the server itself have one word, such as `expired`."""
    h2 = "ssl_alpn h2;"
    wants_client = f"{h2} ssl_verify_client on; ssl_client_certificate {certificates.path('ca.pem')};"
    tls = {
        "tls": (server, "server", h2),
        "elsewhere": (server, "elsewhere", h2),
        "expired": (server, "expired", h2),
        "mtls": (server, "server", wants_client),
        "http1": (server, "server", "ssl_alpn http/1.1;"),
    }
    for client in CLIENTS:
        tls[f"{client}-tls"] = (recorder.addresses[f"{client}-tls"], "server", h2)
        tls[f"{client}-mtls"] = (recorder.addresses[f"{client}-mtls"], "server", wants_client)
        tls[f"{client}-elsewhere"] = (recorder.addresses[f"{client}-elsewhere"], "elsewhere", h2)
    nginx = TLSEnd(tmp_path_factory.mktemp("nginx"), certificates, tls)
    yield {**recorder.addresses, **nginx.addresses, "plain": server}
    nginx.close()


@pytest.fixture(scope="session")
def http_proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HTTPProxy]:
    proxy = HTTPProxy(tmp_path_factory.mktemp("tinyproxy"), "someone", "pass-w0rd_1")
    yield proxy
    proxy.close()


@pytest.fixture(scope="session")
def moondial() -> Path:
    program = Path(os.environ.get("MOONDIAL_BIN", ROOT / ".build" / "debug")) / "moondial"
    assert program.exists(), f"{program} is missing: swift build --product moondial"
    return program


@pytest.fixture
def run(moondial: Path, tmp_path: Path) -> Callable[..., Outcome]:
    """Runs Moondial in a folder and a home of its own, with these variables besides."""

    def run(*arguments: str, **variables: str) -> Outcome:
        env = {**PASSED_ON, "HOME": str(tmp_path), **variables}
        process = subprocess.run(
            [moondial, *arguments], env=env, cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=PATIENCE_WITH_A_RUN,
        )
        return Outcome(process.returncode, process.stdout.decode(), process.stderr.decode())

    return run
