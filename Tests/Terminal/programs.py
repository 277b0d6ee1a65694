"""Programs without a terminal: Moondial as other programs run it, and servers for it to talk to."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

TEMPORAL = Path(sys.prefix) / "bin" / "temporal"
SERVE = Path(__file__).resolve().parents[1] / "Support" / "serve.py"

#: Seconds until a wait gives up. Long, because a machine may be busy; only a failing test waits for it.
TIMEOUT = max(60.0, float(os.environ.get("MOONDIAL_TEST_TIMEOUT", 0)))


class Outcome(NamedTuple):
    """How a program ended."""

    status: int
    stdout: str
    stderr: str


class Program:
    """A program with pipes for its standard input, output and error."""

    def __init__(self, argv: Sequence[str | bytes], *, env: Mapping[str, str], cwd: Path, stdin: bytes | None = None):
        """Starts `argv`, in a process group of its own. Without `stdin` its input is empty."""
        self._process = subprocess.Popen(
            argv, env=dict(env), cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            process_group=0,
        )
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(stdin or b"")
        self._process.stdin.close()
        self._process.stdin = None
        self._head = b""

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_for_line(self, text: str) -> None:
        """Reads standard output up to and with a line."""
        wanted = b"\n" + text.encode() + b"\n"
        deadline = time.monotonic() + TIMEOUT
        while not (b"\n" + self._head).endswith(wanted):
            # Byte by byte: what comes after the line is for the next wait.
            self._read(1, deadline, f"without the line {text!r}")

    def is_running(self) -> bool:
        return self._process.poll() is None

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def signal_group(self, number: int) -> None:
        """Sends a signal to the program and all that it started, as a terminal does for Ctrl-C."""
        os.killpg(self.pid, number)

    def close_output(self) -> None:
        """Closes the reading end of standard output."""
        self._process.stdout.close()

    def finish(self, timeout: float = TIMEOUT) -> Outcome:
        """Waits until the program has ended."""
        try:
            out, error = self._process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired as expired:
            self._process.kill()
            raise AssertionError(f"still running after {timeout} s: {expired.stdout!r} {expired.stderr!r}") from None
        return Outcome(self._process.returncode, (self._head + (out or b"")).decode(), error.decode())

    def close(self) -> None:
        """Kills the program, if it runs still."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            if stream:
                stream.close()

    def _read(self, count: int, deadline: float, complaint: str) -> None:
        readable, _, _ = select.select([self._process.stdout], [], [], max(0, deadline - time.monotonic()))
        assert readable, f"no more output in {TIMEOUT} s, {complaint}: {self._head!r}"
        data = os.read(self._process.stdout.fileno(), count)
        assert data, f"the program ended {complaint}: {self._head!r} {self._process.stderr.read()!r}"
        self._head += data


class Server:
    """A dev server and a worker of Tests/Support."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(SERVE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self._process.stdout
        ready = json.loads(self._process.stdout.readline())
        self.address: str = ready["address"]
        self._server_pid: int = ready["pids"][0]

    def die(self) -> None:
        """Ends the server as a crash would, and what is around it."""
        os.kill(self._server_pid, signal.SIGKILL)

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(timeout=TIMEOUT)


class BareServer:
    """A dev server on a given port, without a worker; whoever needs it has to wait until it answers."""

    def __init__(self, address: str) -> None:
        port = address.rpartition(":")[2]
        self._process = subprocess.Popen(
            [str(TEMPORAL), "server", "start-dev", "--ip", "127.0.0.1", "--port", port, "--headless"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=TIMEOUT)


def start_code(workflow: str, identifier: str, *arguments: str) -> str:
    """Lua code that starts a workflow of the test worker with arguments, which are Lua code too, as `h`."""
    return (
        f"h = client:start_workflow{{ '{workflow}', args = {{ {', '.join(arguments)} }}, id = '{identifier}', "
        "task_queue = 'moondial-test' }"
    )


def children(pid: int) -> list[tuple[int, str]]:
    """The processes that a process started and that live still: their ids, and their command lines."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The name in parentheses may have any character; behind it stand the state and the parent.
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(parent) == pid and state != "Z":
                found.append((int(entry.name), command))
    return found


def wait_gone(descriptor: int) -> None:
    """Waits until the process of an `os.pidfd_open` descriptor has ended."""
    readable, _, _ = select.select([descriptor], [], [], TIMEOUT)
    assert readable, f"the process is there still after {TIMEOUT} s"
