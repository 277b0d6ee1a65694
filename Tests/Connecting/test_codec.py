"""Remote codecs: the same files, variables and options given to the CLI and to Moondial, and what the codec's server hears.

In texts `<codec>` stands for the endpoint of a case, `<tls>` for the same over TLS, and `<locked>` for one that wants to know
who asks.
"""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from ends import PASSED_ON, PATIENCE_WITH_A_RUN, ROOT, Certificates

CONCURRENCY = 4
COMPARED = ("Authorization", "Content-Type", "X-Namespace", "X-Tenant", "X-More")


class CodecServer:
    """Tests/Support/codec_server.py, and what it has heard."""

    def __init__(self, folder: Path, *options: str):
        self._record = folder / "codec"
        command = [sys.executable, str(ROOT / "Tests" / "Support" / "codec_server.py"), str(self._record), *options]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self._process.stdout.readline().strip()

    def heard(self, part: str) -> list[dict[str, Any]]:
        """The requests, in order, with a part in their path."""
        lines = [json.loads(line) for line in self._record.read_text().splitlines()]
        return [line for line in lines if f"/{part}/" in line["path"]]

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CodecServer]:
    server = CodecServer(tmp_path_factory.mktemp("plain"))
    yield server
    server.close()


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory, certificates: Certificates) -> Iterator[CodecServer]:
    certificate = [str(certificates.path(f"server.{kind}")) for kind in ("pem", "key")]
    server = CodecServer(tmp_path_factory.mktemp("encrypted"), "--tls", *certificate)
    yield server
    server.close()


@dataclasses.dataclass(frozen=True)
class Case:
    """One configuration of both clients."""

    name: str
    profile: tuple[str, ...] = ()
    variables: dict[str, str] = dataclasses.field(default_factory=dict)
    options: tuple[str, ...] = ()
    #: What Moondial does otherwise: the CLI's path, and its own.
    otherwise: tuple[str, str] | None = None


ENDPOINT = 'codec.endpoint = "<codec>"'
NOWHERE = 'codec.endpoint = "http://localhost:1/nowhere"'

CASES = [
    Case("no codec"),
    Case("a file", (ENDPOINT,)),
    Case("a file with auth", (ENDPOINT, 'codec.auth = "one"')),
    Case("a table in a file", ('codec = { endpoint = "<codec>", auth = "one" }',)),
    Case("variables", variables={"TEMPORAL_CODEC_ENDPOINT": "<codec>", "TEMPORAL_CODEC_AUTH": "two"}),
    Case("a variable wins over the file", (NOWHERE, 'codec.auth = "one"'), {"TEMPORAL_CODEC_ENDPOINT": "<codec>"}),
    Case("auth by variable", (ENDPOINT, 'codec.auth = "one"'), {"TEMPORAL_CODEC_AUTH": "two"}),
    Case("an empty variable takes the endpoint back", (ENDPOINT,), {"TEMPORAL_CODEC_ENDPOINT": ""}),
    Case("an empty variable takes the auth back", (ENDPOINT, 'codec.auth = "one"'), {"TEMPORAL_CODEC_AUTH": ""}),
    Case("an option", options=("--codec-endpoint", "<codec>")),
    Case("an option wins over a variable", variables={"TEMPORAL_CODEC_ENDPOINT": "http://localhost:1/nowhere"},
         options=("--codec-endpoint", "<codec>")),
    Case("an option wins over the file", (NOWHERE, 'codec.auth = "one"'), options=("--codec-endpoint", "<codec>")),
    Case("auth by option", (ENDPOINT, 'codec.auth = "one"'), {"TEMPORAL_CODEC_AUTH": "two"}, ("--codec-auth", "three")),
    Case("auth without an endpoint", ('codec.auth = "one"',), options=("--codec-auth", "three")),
    Case("headers", (ENDPOINT,), options=("--codec-header", "X-Tenant=7", "--codec-header", "x-more=a=b")),
    Case("a header without an endpoint", options=("--codec-header", "X-Tenant=7")),
    Case("a header of the client's own", (ENDPOINT,), options=("--codec-header", "X-Namespace=mine")),
    Case("auth and a header for it", (ENDPOINT,), options=("--codec-auth", "one", "--codec-header", "Authorization=two")),
    Case("a header that is no pair", (ENDPOINT,), options=("--codec-header", "X-Tenant")),
    Case("the namespace in the endpoint", ('codec.endpoint = "<codec>/{namespace}"',)),
    Case("a slash at the end", ('codec.endpoint = "<codec>/"',), otherwise=("CASE//", "CASE/")),
    Case("who is known", ('codec.endpoint = "<locked>"', 'codec.auth = "Bearer letmein"')),
    Case("who is not known", ('codec.endpoint = "<locked>"', 'codec.auth = "Bearer stranger"')),
    Case("TLS", ('codec.endpoint = "<tls>"',), {"SSL_CERT_FILE": "<ca.pem>"}),
    Case("TLS of an unknown CA", ('codec.endpoint = "<tls>"',), {"SSL_CERT_FILE": "<stranger.pem>"}),
    Case("a file with the setting of another program", (ENDPOINT, "codec.more = 3")),
]  # fmt: skip


class World:
    """Runs a case with a client: a workflow is started and its history shown, so that payloads go out and come in."""

    def __init__(self, server: str, plain: CodecServer, encrypted: CodecServer, certificates: Certificates,
                 moondial: Path, folder: Path):  # fmt: skip
        self._server = server
        self._plain = plain
        self._encrypted = encrypted
        self._certificates = certificates
        self._moondial = moondial
        self._folder = folder

    def run(self, case: Case, client: str) -> dict[str, Any]:
        mark = f"{client}-{case.name.replace(' ', '-')}"
        home = self._folder / mark
        home.mkdir()
        lines = [f'address = "{self._server}"', *(self._fill(line, mark) for line in case.profile)]
        (home / "temporal.toml").write_text("\n".join(["[profile.default]", *lines]) + "\n")
        env = {**PASSED_ON, "HOME": str(home), "TEMPORAL_CONFIG_FILE": str(home / "temporal.toml")}
        env |= {name: self._fill(value, mark) for name, value in case.variables.items()}
        options = [self._fill(option, mark) for option in case.options]
        workflow = f"codec-{uuid.uuid4()}"
        succeeded = (self._run_cli if client == "cli" else self._run_moondial)(workflow, options, env)
        heard = [line for server in (self._plain, self._encrypted) for line in server.heard(mark)]
        return {
            "succeeded": succeeded,
            # How many requests there are is each client's own.
            "heard": sorted({json.dumps(self._said(line, mark), sort_keys=True) for line in heard}),
        }

    def _said(self, line: dict[str, Any], mark: str) -> dict[str, Any]:
        headers = {name.title(): value for name, value in line["headers"].items()}
        return {"path": line["path"].replace(mark, "CASE")} | {n: headers[n] for n in COMPARED if n in headers}

    def _fill(self, text: str, mark: str) -> str:
        text = text.replace("<codec>", f"{self._plain.url}/zlib/{mark}").replace("<tls>", f"{self._encrypted.url}/zlib/{mark}")
        text = text.replace("<locked>", f"{self._plain.url}/locked/{mark}")
        for name in ("ca.pem", "stranger.pem"):
            text = text.replace(f"<{name}>", str(self._certificates.path(name)))
        return text

    def _run_cli(self, workflow: str, options: list[str], env: dict[str, str]) -> bool:
        program = str(Path(sys.prefix) / "bin" / "temporal")
        start = ["start", "--type", "Nobody", "--task-queue", "nobody", "--input", '{"a":1}', "--memo", 'm="x"']
        return all(
            subprocess.run(
                [program, "workflow", *command, "--workflow-id", workflow, *options], env=env, stdin=subprocess.DEVNULL,
                capture_output=True, timeout=PATIENCE_WITH_A_RUN,
            ).returncode == 0
            for command in (start, ["show", "--output", "json"])
        )  # fmt: skip

    def _run_moondial(self, workflow: str, options: list[str], env: dict[str, str]) -> bool:
        chunk = f"""client:start_workflow{{ "Nobody", args = {{ {{ a = 1 }} }}, memo = {{ m = "x" }},
          id = "{workflow}", task_queue = "nobody" }}:fetch_history()"""
        done = subprocess.run([self._moondial, *options, "-e", chunk], env=env, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=PATIENCE_WITH_A_RUN)  # fmt: skip
        for secret in ("letmein", "Bearer stranger"):
            assert secret.encode() not in done.stderr
        return done.returncode == 0


@pytest.fixture(scope="module")
def outcomes(
    server: str, plain: CodecServer, encrypted: CodecServer, certificates: Certificates, moondial: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[tuple[str, str], dict[str, Any]]:
    world = World(server, plain, encrypted, certificates, moondial, tmp_path_factory.mktemp("codecs"))
    pairs = [(case, client) for case in CASES for client in ("cli", "moondial")]
    with ThreadPoolExecutor(CONCURRENCY) as pool:
        found = pool.map(lambda pair: world.run(*pair), pairs)
        return {(case.name, client): outcome for (case, client), outcome in zip(pairs, found, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_codec_is_the_clis(case: Case, outcomes: dict[tuple[str, str], dict[str, Any]]) -> None:
    cli, own = outcomes[case.name, "cli"], outcomes[case.name, "moondial"]
    if case.otherwise:
        assert own != cli
        cli = {**cli, "heard": [line.replace(*case.otherwise) for line in cli["heard"]]}
    assert own == cli


def test_the_cases_are_of_all_kinds(outcomes: dict[tuple[str, str], dict[str, Any]]) -> None:
    found = [outcome for (_, client), outcome in outcomes.items() if client == "moondial"]
    assert sum(bool(outcome["heard"]) for outcome in found) >= 15
    assert sum(not outcome["succeeded"] for outcome in found) >= 3


@pytest.mark.parametrize("by", ["path", "text"])
def test_a_ca_for_the_codec_alone(by, run, server, encrypted, certificates):
    ca = f'"{certificates.path("ca.pem")}"' if by == "path" else f"[[{certificates.text('ca.pem')}]]"
    mark = f"ca-{by}-{uuid.uuid4()}"
    script = f"""
      local c = temporal.connect{{ "{server}", codec = {{ endpoint = "{encrypted.url}/zlib/{mark}", auth = "one",
        headers = {{ ["x-tenant"] = "7" }}, server_root_ca_cert = {ca} }} }}
      c:start_workflow{{ "Nobody", args = {{ 1 }}, id = "{mark}", task_queue = "nobody" }}
      print(#c:get_workflow_handle("{mark}"):fetch_history().events)"""
    assert run("-e", script) == (0, "2\n", "")
    heard = encrypted.heard(mark)
    assert [line["path"].rpartition("/")[2] for line in heard] == ["encode", "decode"]
    assert {(line["headers"]["Authorization"], line["headers"]["x-tenant"]) for line in heard} == {("one", "7")}


def test_a_certificate_that_is_not_accepted_is_said(run, server, encrypted, certificates):
    script = f"""
      local c = temporal.connect{{ "{server}", codec = {{ endpoint = "{encrypted.url}/zlib",
        server_root_ca_cert = "{certificates.path("stranger.pem")}" }} }}
      c:start_workflow{{ "Nobody", args = {{ 1 }}, id = "stranger", task_queue = "nobody" }}"""
    outcome = run("-e", script)
    assert outcome.status == 1
    assert outcome.stderr.startswith(
        f"moondial: CodecError: the codec at {encrypted.url}/zlib gave no answer to /encode: its certificate is not accepted")
