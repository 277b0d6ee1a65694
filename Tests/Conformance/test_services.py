"""Every RPC of the server has its name here, and each that only reads has a case."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from cases_services import OPERATOR, WORKFLOW
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from grpc_reflection.v1alpha.reflection_pb2 import ServerReflectionRequest
from grpc_reflection.v1alpha.reflection_pb2_grpc import ServerReflectionStub

ROOT = Path(__file__).resolve().parents[2]
SERVICES = {"workflow": "temporal.api.workflowservice.v1.WorkflowService",
            "operator": "temporal.api.operatorservice.v1.OperatorService"}  # fmt: skip
READING = ("Count", "Describe", "Fetch", "Get", "List", "Query", "Scan", "Validate")


@pytest.fixture(scope="module")
def rpcs(server: dict[str, str]) -> Iterator[dict[str, list[str]]]:
    """The names of the RPCs of each service, as the server tells them."""
    with grpc.insecure_channel(server["address"]) as channel:
        yield {name: sorted(methods(ServerReflectionStub(channel), full)) for name, full in SERVICES.items()}


def methods(reflection: ServerReflectionStub, service: str) -> Iterator[str]:
    response = next(reflection.ServerReflectionInfo(iter([ServerReflectionRequest(file_containing_symbol=service)])))
    for data in response.file_descriptor_response.file_descriptor_proto:
        file = FileDescriptorProto.FromString(data)
        for described in file.service:
            if f"{file.package}.{described.name}" == service:
                yield from (method.name for method in described.method)


def snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).removeprefix("_")


def test_every_rpc_has_its_name(server: dict[str, str], rpcs: dict[str, list[str]]) -> None:
    assert {name: len(names) for name, names in rpcs.items()} == {"workflow": 123, "operator": 12}
    moondial = Path(os.environ.get("MOONDIAL_BIN", ROOT / ".build" / "debug")) / "moondial"
    # Nobody answers there: what is not known here is an error.
    lines = ["local found = {}"] + [
        f'found[#found + 1] = math.type(#debug.getinfo(client.{service}_service.{snake(name)}, "S").source) and "{name}"'
        for service, names in rpcs.items() for name in names
    ] + ["print(json.encode(found))"]  # fmt: skip
    done = subprocess.run([moondial, "--address", "127.0.0.1:1", "-e", "\n".join(lines)], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == rpcs["workflow"] + rpcs["operator"]


def test_every_rpc_that_only_reads_has_a_case(rpcs: dict[str, list[str]]) -> None:
    for service, table in (("workflow", WORKFLOW), ("operator", OPERATOR)):
        polls = [name for name in rpcs[service] if name.startswith("Poll") and not name.endswith("TaskQueue")]
        reading = [name for name in rpcs[service] if name.startswith(READING)]
        assert sorted(map(snake, polls + reading)) == sorted(table)
    assert (len(WORKFLOW), len(OPERATOR)) == (50, 4)
