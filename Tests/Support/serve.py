"""Runs one Temporal dev server and one test worker for as long as standard input stays open.

Prints one line of JSON when both are ready:

    {"address": "127.0.0.1:40001", "namespace": "default", "task_queue": "moondial-test", "pids": [123, 124]}

and, when standard input closes or on SIGTERM, ends both by their own process ids and exits.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

import grpc
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, DescribeNamespaceResponse

NAMESPACE = "default"
TASK_QUEUE = "moondial-test"
WORKER = Path(__file__).with_name("test_worker.py")
TEMPORAL = Path(sys.prefix) / "bin" / "temporal"
ATTEMPTS = 3
SECONDS_TO_START = 60
SECONDS_TO_STOP = 10

# The limits of a server that many share; one that parallel tests share would answer RESOURCE_EXHAUSTED.
# Keys and defaults: temporalio/temporal, common/dynamicconfig/constants.go.
DYNAMIC_CONFIG = {
    "frontend.rps": 20000,
    "frontend.namespaceRPS": 20000,
    "frontend.namespaceRPS.visibility": 5000,
    "frontend.namespaceRPS.namespaceReplicationInducingAPIs": 1000,
    "frontend.namespaceCount": 20000,
    "frontend.MaxConcurrentBatchOperationPerNamespace": 100,
    "history.rps": 20000,
    "history.businessIDReuseRate": 1000,
    "matching.rps": 20000,
    "system.forceSearchAttributesCacheRefreshOnRead": "true",
    "frontend.WorkflowPauseEnabled": "true",
    "frontend.WorkflowTimeSkippingEnabled": "true",
}

SEARCH_ATTRIBUTES = {
    "CustomBoolField": "Bool",
    "CustomDatetimeField": "Datetime",
    "CustomDoubleField": "Double",
    "CustomIntField": "Int",
    "CustomKeywordField": "Keyword",
    "CustomKeywordListField": "KeywordList",
    "CustomTextField": "Text",
}


class ServiceError(Exception):
    """The server or the worker did not come up, or did not stay up."""


class ServerEnded(ServiceError):
    """The server ended before it answered."""


def main() -> int:
    # Threads of a Swift test process block nearly every signal, and what they start inherits that.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    # As an exception it unwinds through the `finally` below from wherever it arrives.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    children: list[subprocess.Popen[bytes]] = []
    # Kept aside: ending the server makes it complain, and that would stand among the results of the tests.
    log = tempfile.TemporaryFile()
    try:
        address = start_server(children, log)
        start_worker(children, address)
        ready = {"address": address, "namespace": NAMESPACE, "task_queue": TASK_QUEUE}
        print(json.dumps({**ready, "pids": [child.pid for child in children]}), flush=True)
        wait_for_the_end(children)
        return 0
    except ServiceError as error:
        log.seek(0)
        print(log.read().decode(errors="replace")[-4000:], f"serve.py: {error}", sep="\n", file=sys.stderr)
        return 1
    finally:
        # The worker first: it polls the server.
        for child in reversed(children):
            stop(child)


def start_server(children: list[subprocess.Popen[bytes]], log: BinaryIO) -> str:
    """Starts the dev server on a free port and returns its address once it answers for the namespace."""
    # Between the look for a free port, or for one of those that the server looks for itself, and its use, another
    # program may take it; the server ends then, and complains in the log.
    for _ in range(ATTEMPTS - 1):
        with contextlib.suppress(ServerEnded):
            return start_server_once(children, log)
    return start_server_once(children, log)


def start_server_once(children: list[subprocess.Popen[bytes]], log: BinaryIO) -> str:
    port = free_port()
    command = [str(TEMPORAL), "server", "start-dev", "--ip", "127.0.0.1", "--port", str(port), "--headless"]
    command += ["--log-level", "error"]
    for key, value in DYNAMIC_CONFIG.items():
        command += ["--dynamic-config-value", f"{key}={value}"]
    for name, kind in SEARCH_ATTRIBUTES.items():
        command += ["--search-attribute", f"{name}={kind}"]
    server = start(command, children, stdout=subprocess.DEVNULL, stderr=log)
    address = f"127.0.0.1:{port}"
    # Asked for the namespace and not only for a connection: the frontend listens before the namespace is registered.
    impatient = [("grpc.initial_reconnect_backoff_ms", 50), ("grpc.max_reconnect_backoff_ms", 50)]
    with grpc.insecure_channel(address, impatient) as channel:
        describe = channel.unary_unary(
            "/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace",
            request_serializer=DescribeNamespaceRequest.SerializeToString,
            response_deserializer=DescribeNamespaceResponse.FromString,
        )
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            try:
                describe(DescribeNamespaceRequest(namespace=NAMESPACE), timeout=2)
                return address
            except grpc.RpcError:
                if exited(server, within=0.1):
                    children.remove(server)
                    raise ServerEnded(f"the dev server exited with {server.returncode}") from None
    raise ServiceError(f"the dev server at {address} did not answer within {SECONDS_TO_START} s")


def start_worker(children: list[subprocess.Popen[bytes]], address: str) -> None:
    """Starts the test worker and returns once it polls."""
    environment = os.environ | {"TEMPORAL_ADDRESS": address, "TEMPORAL_NAMESPACE": NAMESPACE}
    worker = start([sys.executable, str(WORKER)], children, stdout=subprocess.PIPE, env=environment)
    assert worker.stdout
    readable, _, _ = select.select([worker.stdout], [], [], SECONDS_TO_START)
    if not readable or worker.stdout.readline() != b"worker ready\n":
        raise ServiceError("the worker did not say that it is ready")


def wait_for_the_end(children: list[subprocess.Popen[bytes]]) -> None:
    """Returns when standard input closes; raises when a child ends before that."""
    ends = {os.pidfd_open(child.pid): child for child in children}
    while True:
        readable, _, _ = select.select([sys.stdin, *ends], [], [])
        if sys.stdin in readable and not os.read(sys.stdin.fileno(), 4096):
            return
        for end in set(readable) & set(ends):
            raise ServiceError(f"{shlex.join(ends[end].args)} ended with {ends[end].wait()} before its time")


def start(command: list[str], children: list[subprocess.Popen[bytes]], **options: object) -> subprocess.Popen[bytes]:
    """Starts a child that cannot outlive this process and that Ctrl-C at a terminal does not reach."""
    # By setpriv and not by a `preexec_fn`: with one, Python forks, and gRPC's threads do not survive that.
    kept = ["setpriv", "--pdeathsig", "KILL", *command]
    child = subprocess.Popen(kept, stdin=subprocess.PIPE, start_new_session=True, **options)
    children.append(child)
    return child


def stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    if not exited(child, within=SECONDS_TO_STOP):
        child.kill()
        child.wait()


def exited(child: subprocess.Popen[bytes], within: float) -> bool:
    try:
        child.wait(within)
        return True
    except subprocess.TimeoutExpired:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    sys.exit(main())
