"""The contract as others publish it: file descriptors out of the `temporalio` and `protobuf` Python packages.

Every `_pb2.py` file carries its serialized FileDescriptorProto as one bytes literal. It is read from the syntax tree
and the module is never imported: temporalio's service modules import `google.api`, which holds nothing but HTTP
annotations and which no package here brings.
"""

import ast
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from google.protobuf import text_format
from google.protobuf.descriptor_pb2 import DescriptorProto, FileDescriptorProto

SOURCE = f"temporalio {version('temporalio')}"

# Everything published under temporal/api is taken, so that what a new release adds cannot go unnoticed, but for these:
LEFT_OUT = (
    "cloud",  # the management of Temporal Cloud, an API of its own
    "cluster",  # of use to servers only, and it needs a file that is not published
    "dependencies",  # options of other tools' generators
    "interaction",  # nothing refers to it
    "nexusservices",  # a Nexus service spoken between server and worker
    "notificationservice",  # a Nexus service that workers implement
    "protometa",  # options of Temporal's own generators
    "testservice",  # the time-skipping test server
)

# What is needed from elsewhere. Payloads and search attributes may hold any well-known type, though the API uses few.
OTHER_ROOTS = (
    "grpc/health/v1/health.proto",
    "google/rpc/status.proto",
    "google/protobuf/any.proto",
    "google/protobuf/duration.proto",
    "google/protobuf/empty.proto",
    "google/protobuf/field_mask.proto",
    "google/protobuf/timestamp.proto",
    "google/protobuf/wrappers.proto",
)

# No package here publishes google.rpc. These are its three facts, the content of `grpc-status-details-bin`.
STATUS = text_format.Parse(
    """
    name: "google/rpc/status.proto" package: "google.rpc" syntax: "proto3"
    dependency: "google/protobuf/any.proto"
    message_type {
      name: "Status"
      field { name: "code" number: 1 label: LABEL_OPTIONAL type: TYPE_INT32 }
      field { name: "message" number: 2 label: LABEL_OPTIONAL type: TYPE_STRING }
      field {
        name: "details" number: 3 label: LABEL_REPEATED type: TYPE_MESSAGE type_name: ".google.protobuf.Any"
      }
    }
    """,
    FileDescriptorProto(),
)


def contract() -> dict[str, FileDescriptorProto]:
    """All files that Moondial speaks, by name: the roots and every file defining a type that they use, whole.

    Each file's dependencies are cut down to those it uses: the rest only define options.
    """
    files: dict[str, FileDescriptorProto] = {}
    pending = roots()
    while pending:
        name = pending.pop()
        if name in files:
            continue
        file = published(name)
        used = set(type_references(file))
        dependencies = (published(path) for path in file.dependency if _location(path).exists())
        needed = [other.name for other in dependencies if used.intersection(type_definitions(other))]
        file.dependency[:] = sorted(needed)
        files[name] = file
        pending += needed
    return dict(sorted(files.items()))


def roots() -> list[str]:
    """The names of the files to start from."""
    api = _package("temporalio") / "api"
    stems = (str(path.relative_to(api)).removesuffix("_pb2.py") for path in sorted(api.rglob("*_pb2.py")))
    return [f"temporal/api/{stem}.proto" for stem in stems if stem.split("/")[0] not in LEFT_OUT] + list(OTHER_ROOTS)


def published(name: str) -> FileDescriptorProto:
    """The published descriptor of the file that is imported as `name`."""
    if name == STATUS.name:
        file = FileDescriptorProto()
        file.CopyFrom(STATUS)
        return file
    file = _embedded_descriptor(_location(name))
    if name == "grpc/health/v1/health.proto":
        # temporalio moves this package aside, so as not to collide with grpcio's own; on the wire it is grpc.health.v1.
        text = text_format.MessageToString(file).replace("temporal.grpc.health.v1", "grpc.health.v1")
        file = text_format.Parse(text, FileDescriptorProto())
        file.name = name
    return file


def type_references(file: FileDescriptorProto) -> Iterator[str]:
    """The full names of all types that fields and methods of `file` refer to."""
    for _, message in messages(file):
        yield from (field.type_name for field in message.field if field.type_name)
    for service in file.service:
        for method in service.method:
            yield method.input_type
            yield method.output_type


def type_definitions(file: FileDescriptorProto) -> Iterator[str]:
    """The full names, with their leading dot, of all types that `file` defines."""
    yield from (f".{file.package}.{enum.name}" for enum in file.enum_type)
    for name, message in messages(file):
        yield f".{name}"
        yield from (f".{name}.{enum.name}" for enum in message.enum_type)


def messages(file: FileDescriptorProto) -> Iterator[tuple[str, DescriptorProto]]:
    """Every message of `file` with its full name, the enclosing before the nested."""

    def walk(scope: str, siblings: Iterable[DescriptorProto]) -> Iterator[tuple[str, DescriptorProto]]:
        for message in siblings:
            name = f"{scope}.{message.name}"
            yield name, message
            yield from walk(name, message.nested_type)

    return walk(file.package, file.message_type)


def _location(name: str) -> Path:
    """Where the Python module of a .proto file is, if a package brings it."""
    stem = Path(name).with_suffix("")
    module = stem.with_name(f"{stem.name}_pb2.py")
    match stem.parts:
        case ("temporal", *_):
            return _package("temporalio") / module.relative_to("temporal")
        case ("grpc", *_):
            return _package("temporalio") / "bridge" / "proto" / module.relative_to("grpc")
        case ("google", "protobuf", *_):
            return _package("google.protobuf") / module.relative_to("google/protobuf")
        case _:
            return _package("temporalio") / module


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"the Python package {name} is not installed in .venv")
    return Path(spec.submodule_search_locations[0])


def _embedded_descriptor(module: Path) -> FileDescriptorProto:
    for node in ast.walk(ast.parse(module.read_bytes())):
        match node:
            case ast.Call(func=ast.Attribute(attr="AddSerializedFile"), args=[ast.Constant(value=bytes(data))]):
                return FileDescriptorProto.FromString(data)
    raise SystemExit(f"{module} holds no serialized descriptor")
