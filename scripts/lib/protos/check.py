"""scripts/check-protos: proves Protos/ equal to the published contract, and the generated files up to date."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorProto

from . import GENERATED, PROTOS
from .facts import Fact, differences, facts, unsupported
from .generate import compile_protos, generate
from .proto_text import render
from .published import SOURCE, contract

# What the client's methods are written against. A release of the API that changes a number wants reading, not only
# regenerating.
METHODS = {
    "temporal.api.workflowservice.v1.WorkflowService": 123,
    "temporal.api.operatorservice.v1.OperatorService": 12,
    "grpc.health.v1.Health": 2,
}
ERROR_DETAILS = 20


def main() -> None:
    published = contract()
    if problems := check(published, PROTOS, GENERATED):
        raise SystemExit("\n".join(["check-protos: failed", *problems]))
    print(f"check-protos: {summary(facts(published.values()))} equal to {SOURCE}; generated files up to date")


def check(published: dict[str, FileDescriptorProto], protos: Path, generated: Path) -> list[str]:
    """One line for each thing that is wrong with the .proto files or with what is generated from them."""
    compiled = compile_protos(protos)
    table = facts(compiled.file)
    problems = [
        *unsupported(published.values()),
        *unsupported(compiled.file),
        *differences(facts(published.values()), table),
        *surprises(table),
        *stale(protos, ((name, render(file)) for name, file in published.items()), "scripts/write-protos"),
    ]
    # Only from the right .proto files does it matter what is generated.
    return problems or list(stale(generated, generate(compiled).items(), "scripts/generate-protos"))


def surprises(table: dict[str, Fact]) -> Iterator[str]:
    """Where the services and error details are not as many as the client was written for."""
    for service, expected in METHODS.items():
        found = sum(fact.kind == "rpc" and name.rpartition(".")[0] == service for name, fact in table.items())
        if found != expected:
            yield f"{service}: {found} methods instead of {expected}"
    package = "temporal.api.errordetails.v1"
    found = sum(fact.kind == "message" and name.rpartition(".")[0] == package for name, fact in table.items())
    if found != ERROR_DETAILS:
        yield f"{package}: {found} messages instead of {ERROR_DETAILS}"


def stale(directory: Path, expected: Iterable[tuple[str, str]], script: str) -> Iterator[str]:
    """Where the files under `directory` are not, byte for byte, those that `script` would write."""
    texts = dict(expected)
    present = {str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()}
    for name in sorted(present | texts.keys()):
        path = directory / name
        if name not in present:
            yield f"{path}: missing; run {script}"
        elif name not in texts:
            yield f"{path}: does not belong here; run {script}"
        elif path.read_bytes() != texts[name].encode():
            yield f"{path}: not as generated; run {script}"


def summary(table: dict[str, Fact]) -> str:
    """How much there is, not counting the entry messages that map fields stand for."""
    entries = {name for name, fact in table.items() if fact.kind == "message" and "map_entry" in fact.detail}
    counts = Counter(
        fact.kind for name, fact in table.items() if name not in entries and name.rpartition(".")[0] not in entries
    )
    plurals = {"message": "messages", "field": "fields", "oneof": "oneofs", "enum": "enums", "value": "values"}
    return ", ".join(f"{counts[kind]} {plural}" for kind, plural in plurals.items()) + f", {counts['rpc']} RPCs"


if __name__ == "__main__":
    main()
