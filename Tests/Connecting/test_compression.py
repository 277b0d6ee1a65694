"""Requests are compressed where that is asked for: by the bytes that go through a relay."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

SIZE = 300_000


class Relay:
    """Passes connections on to a server, and counts what clients send."""

    def __init__(self, server: str):
        host, _, port = server.rpartition(":")
        self._server = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"
        self.sent = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            threading.Thread(target=self._pass, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, client, False), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, is_counted: bool) -> None:
        try:
            while data := source.recv(1 << 16):
                # Before it is passed on: who has an answer finds all that was sent counted.
                self.sent += len(data) if is_counted else 0
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def relay(server: str) -> Iterator[Relay]:
    relay = Relay(server)
    yield relay
    relay.close()


def start(relay: Relay, options: str) -> str:
    """Starts a workflow with an argument that is large, which nobody runs, and reads it back."""
    return f"""
      local c = temporal.connect {{ "{relay.address}", {options} }}
      local h = c:start_workflow {{ "Large", args = {{ ("x"):rep({SIZE}) }}, id = "large", task_queue = "nobody",
        id_conflict_policy = "TERMINATE_EXISTING" }}
      print(#temporal.start_options_of(h).args[1])
      h:terminate()"""


def test_requests_are_compressed(run, relay):
    assert run("-e", start(relay, 'grpc_compression = "gzip"')) == (0, f"{SIZE}\n", "")
    assert 0 < relay.sent < SIZE / 10


def test_requests_are_sent_as_they_are(run, relay):
    assert run("-e", start(relay, "")) == (0, f"{SIZE}\n", "")
    assert relay.sent > SIZE


def test_what_is_no_compression_is_told(run):
    outcome = run("-e", 'temporal.connect { "localhost:1", grpc_compression = "zip" }')
    assert outcome.status == 1
    assert 'grpc_compression must be one of "NONE", "GZIP", not "zip"' in outcome.stderr
