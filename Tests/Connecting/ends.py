"""What a client can connect to: TLS ends by nginx, an HTTP proxy by tinyproxy, and behind them a proxy that records."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NGINX = ROOT / ".build" / "nginx"
RECORDER = ROOT / "Tests" / "Conformance" / "proxy.py"

#: Seconds until a program must listen; only a failing test waits for them.
PATIENCE = 30

#: Seconds until a program that is run must have ended.
PATIENCE_WITH_A_RUN = max(60.0, float(os.environ.get("MOONDIAL_TEST_TIMEOUT", 0)))

#: Of the environment of the tests only this reaches Moondial and those it is compared with.
PASSED_ON = {name: os.environ[name] for name in ("PATH", "ASAN_OPTIONS", "TSAN_OPTIONS") if name in os.environ}

ATTEMPTS = 3


def start(command: list[str], **options: object) -> subprocess.Popen[bytes]:
    """Starts a program that ends with this process, however this process ends."""
    # By setpriv and not by a `preexec_fn`: with one, Python forks, and the threads of a gRPC client do not survive that.
    return subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *command], **options)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback address that nobody listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [s.getsockname()[1] for s in sockets]


class PortTaken(Exception):
    """A program ended before it listened."""


def on_free_ports(count: int, serve: Callable[[list[int]], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    """Has a program serve on free ports; on others, when one was taken meanwhile."""
    for _ in range(ATTEMPTS - 1):
        with contextlib.suppress(PortTaken):
            return listening(serve, free_ports(count))
    return listening(serve, free_ports(count))


def listening(serve: Callable[[list[int]], subprocess.Popen[bytes]], ports: list[int]) -> subprocess.Popen[bytes]:
    process = serve(ports)
    for port in ports:
        wait_for(port, process)
    return process


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Returns when a process listens on a port."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                raise PortTaken(f"{process.args} ended with {process.wait(0.02)}") from None
    raise AssertionError(f"{process.args} does not listen")


class Certificates:
    """A CA and what it signed, one that nobody trusts, made by openssl in a folder."""

    def __init__(self, folder: Path):
        self._folder = folder
        for ca in ("ca", "stranger"):
            self._openssl("req", "-x509", *self._key(ca), "-subj", f"/CN={ca}", "-days", "2", "-out", f"{ca}.pem")
        here = "DNS:localhost,IP:127.0.0.1"
        self._sign("server", here)
        self._sign("elsewhere", "DNS:elsewhere.example")
        # A validity that ends before it begins, in openssl's words, is one that ended yesterday.
        self._sign("expired", here, days="-1")
        self._sign("client", "DNS:client")

    def path(self, name: str) -> Path:
        """The path of a file, such as `server.key`."""
        return self._folder / name

    def text(self, name: str) -> str:
        """The text of a file."""
        return self.path(name).read_text()

    def _key(self, name: str) -> list[str]:
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key"]

    def _sign(self, name: str, names: str, days: str = "2") -> None:
        self.path(f"{name}.names").write_text(f"subjectAltName={names}\n")
        self._openssl("req", *self._key(name), "-subj", f"/CN={name}", "-out", f"{name}.request")
        by = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"]
        self._openssl(
            "x509", "-req", "-in", f"{name}.request", *by, "-days", days, "-extfile", f"{name}.names",
            "-out", f"{name}.pem",
        )

    def _openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self._folder, check=True, capture_output=True)


class Recorder:
    """A plaintext end that hands calls on to a server and writes them down; one port for each name."""

    def __init__(self, upstream: str, names: list[str], folder: Path):
        self._record = folder / "record"
        self._record.touch()
        command = [sys.executable, str(RECORDER), upstream, str(self._record), *names]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addresses: dict[str, str] = json.loads(self._process.stdout.readline())

    def calls(self, mark: str) -> list[dict]:
        """The calls, in order, with a text in their request."""
        lines = [json.loads(line) for line in self._record.read_text().splitlines()]
        return [line for line in lines if mark.encode() in base64.b64decode(line["request"])]

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()


class TLSEnd:
    """Ports of nginx that speak TLS and hand on what is in it."""

    def __init__(self, folder: Path, certificates: Certificates, ends: dict[str, tuple[str, str, str]]):
        """Serves, for each name, an upstream with a certificate and further settings of nginx."""
        self.addresses: dict[str, str] = {}
        self._process = on_free_ports(len(ends), lambda ports: self._serve(folder, certificates, ends, ports))

    def _serve(
        self, folder: Path, certificates: Certificates, ends: dict[str, tuple[str, str, str]], free: list[int]
    ) -> subprocess.Popen[bytes]:
        ports = dict(zip(ends, free, strict=True))
        self.addresses = {name: f"localhost:{port}" for name, port in ports.items()}
        servers = []
        for name, (upstream, certificate, settings) in ends.items():
            servers.append(
                f"server {{ listen 127.0.0.1:{ports[name]} ssl; proxy_pass {upstream}; {settings}"
                f" ssl_certificate {certificates.path(certificate)}.pem;"
                f" ssl_certificate_key {certificates.path(certificate)}.key; }}"
            )
        configuration = folder / "nginx.conf"
        configuration.write_text(
            f"daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n"
            f"load_module {NGINX}/usr/lib/nginx/modules/ngx_stream_module.so;\n"
            "events {}\nstream {\n" + "\n".join(servers) + "\n}\n"
        )
        command = [str(NGINX / "usr/sbin/nginx"), "-p", str(folder), "-c", str(configuration)]
        return start([*command, "-e", f"{folder}/nginx.log"], stderr=subprocess.DEVNULL)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()


class HTTPProxy:
    """tinyproxy, with a name and a password; `log` says whom it connected."""

    def __init__(self, folder: Path, user: str, password: str):
        self._log = folder / "tinyproxy.log"
        self._process = on_free_ports(1, lambda ports: self._serve(folder, user, password, *ports))

    def _serve(self, folder: Path, user: str, password: str, port: int) -> subprocess.Popen[bytes]:
        self.address = f"127.0.0.1:{port}"
        configuration = folder / "tinyproxy.conf"
        configuration.write_text(
            f'Port {port}\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\nLogFile "{self._log}"\nLogLevel Connect\n'
            f"BasicAuth {user} {password}\n"
        )
        return start(["tinyproxy", "-d", "-c", str(configuration)], stdout=subprocess.DEVNULL)

    def log(self) -> str:
        return self._log.read_text()

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()
