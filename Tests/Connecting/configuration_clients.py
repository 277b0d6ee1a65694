"""The three clients that read `temporal.toml` and TEMPORAL_…: each is given a case and makes one call."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from configuration_cases import Case
from ends import PASSED_ON, PATIENCE_WITH_A_RUN, Recorder
from temporalio.client import Client
from temporalio.envconfig import ClientConfig

#: How many cases run at once.
CONCURRENCY = 6

IGNORED = ("client-name", "client-version", "supported-server-versions", "supported-features", "caller-type",
           "temporal-namespace", "authorization", "x-client-name", "x-client-version")


class World:
    """What the cases have in common: the ends, the certificates, and a folder."""

    def __init__(self, ends: dict[str, str], certificates: Any, recorder: Recorder, moondial: Path, folder: Path):
        self._ends = ends
        self._certificates = certificates
        self._recorder = recorder
        self._moondial = moondial
        self._folder = folder

    def run(self, cases: list[Case]) -> dict[str, dict[str, Any]]:
        """What each client did in each case: `{case: {client: outcome}}`."""
        asyncio.run(self._run_python([case for case in cases if case.has_python]))
        with ThreadPoolExecutor(CONCURRENCY) as pool:
            jobs = [pool.submit(self._run_cli, case) for case in cases]
            jobs += [pool.submit(self._run_moondial, case) for case in cases]
            for job in jobs:
                job.result()
        clients = ("python", "cli", "moondial")
        return {case.name: {client: self._outcome(case, client) for client in clients} for case in cases}

    def _outcome(self, case: Case, client: str) -> dict[str, Any] | None:
        """What arrived, or None if nothing did, which is how an error looks from the server."""
        calls = [c for c in self._recorder.calls(self._mark(case, client)) if c["method"].endswith("CountWorkflowExecutions")]
        if not calls:
            return None
        metadata = calls[0]["metadata"]
        return {
            "end": calls[0]["client"].removeprefix(f"{client}-"),
            "namespace": metadata.get("temporal-namespace"),
            "authorization": metadata.get("authorization"),
            "metadata": {k: v for k, v in metadata.items() if k not in IGNORED},
        }

    def _mark(self, case: Case, client: str) -> str:
        return f"WorkflowType = '{client} {case.name}.'"

    def _fill(self, text: str, case: Case, client: str) -> str:
        """Puts addresses, paths and certificates in the place of their names, `<tls>` or `<ca.pem>`."""
        for end in ("plain", "tls", "mtls", "elsewhere"):
            text = text.replace(f"<port of {end}>", self._ends[f"{client}-{end}"].rpartition(":")[2])
            text = text.replace(f"<{end}>", self._ends[f"{client}-{end}"].replace("127.0.0.1", "localhost"))
        text = text.replace("<folder>", str(self._home(case, client)))
        for name in ("ca.pem", "stranger.pem", "client.pem", "client.key"):
            text = text.replace(f"<{name}>", str(self._certificates.path(name)))
            text = text.replace(f"<text of {name}>", self._certificates.text(name))
        return text

    def _home(self, case: Case, client: str) -> Path:
        return self._folder / client / case.name.replace(" ", "-").replace("/", "-")

    def _prepare(self, case: Case, client: str) -> dict[str, str]:
        """Writes the files of a case, and returns its variables."""
        home = self._home(case, client)
        home.mkdir(parents=True)
        for name, text in case.files.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(self._fill(text, case, client))
        trusted = str(self._certificates.path("ca.pem"))
        variables = {name: self._fill(value, case, client) for name, value in case.variables.items()}
        if "temporal.toml" in case.files:
            variables.setdefault("TEMPORAL_CONFIG_FILE", str(home / "temporal.toml"))
        # What the system trusts, in the words of each library.
        system = {"SSL_CERT_FILE": trusted, "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH": trusted}
        return {**PASSED_ON, "HOME": str(home), **system, **variables}

    def _run_cli(self, case: Case) -> None:
        variables = self._prepare(case, "cli")
        options = [self._fill(option, case, "cli") for option in case.options]
        command = [str(Path(sys.prefix) / "bin" / "temporal"), "workflow", "count", *options]
        command += ["--query", self._mark(case, "cli"), "--command-timeout", "10s"]
        subprocess.run(command, env=variables, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_WITH_A_RUN)

    def _run_moondial(self, case: Case) -> None:
        variables = self._prepare(case, "moondial")
        options = [self._fill(option, case, "moondial") for option in case.options]
        chunk = f'client:count_workflows("{self._mark(case, "moondial")}")'
        process = subprocess.run(
            [self._moondial, *options, "-e", chunk], env=variables, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=PATIENCE_WITH_A_RUN,
        )
        assert process.returncode in (0, 1, 2, 3), process

    async def _run_python(self, cases: list[Case]) -> None:
        limit = asyncio.Semaphore(CONCURRENCY)

        async def call(case: Case, config: dict[str, Any]) -> None:
            async with limit:
                # Both a connection and a call that fails are no call that arrived; which of them is no matter here.
                with contextlib.suppress(Exception):
                    client = await asyncio.wait_for(Client.connect(**config), 10)
                    await client.count_workflows(self._mark(case, "python"))

        calls = []
        for case in cases:
            with environment(self._prepare(case, "python")), contextlib.suppress(RuntimeError, OSError, TypeError):
                options = {name: self._fill_any(value, case) for name, value in case.python.items()}
                calls.append(call(case, dict(ClientConfig.load_client_connect_config(**options))))
        with environment({**os.environ, "SSL_CERT_FILE": str(self._certificates.path("ca.pem"))}):
            await asyncio.gather(*calls)

    def _fill_any(self, value: Any, case: Case) -> Any:
        return self._fill(value, case, "python") if isinstance(value, str) else value


@contextlib.contextmanager
def environment(variables: dict[str, str]) -> Iterator[None]:
    """Gives the process other variables for a while: the SDK asks the system for them."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
