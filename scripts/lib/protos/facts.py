"""The wire contract as a table from full names to one-line facts, so that comparing two contracts is comparing two
tables and every difference reads as a sentence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    MethodDescriptorProto,
)

from .published import messages


@dataclass(frozen=True)
class Fact:
    """What is declared under a name: its kind ("field", "rpc", …) and all that the wire and JSON depend on."""

    kind: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind} {self.detail}"


def facts(files: Iterable[FileDescriptorProto]) -> dict[str, Fact]:
    """Every file, message, field, oneof, enum, enum value, service and method of `files` by its name."""
    table: dict[str, Fact] = {}
    for file in files:
        for name, fact in _file(file):
            # A dictionary would silently keep the last of two declarations.
            assert name not in table, name
            table[name] = fact
    return table


def differences(published: dict[str, Fact], ours: dict[str, Fact]) -> list[str]:
    """One line for each name on which the two tables do not agree."""
    lines = []
    for name in sorted(published.keys() | ours.keys()):
        if name not in ours:
            lines.append(f"{name}: missing; published as {published[name]}")
        elif name not in published:
            lines.append(f"{name}: not published; declared as {ours[name]}")
        elif published[name] != ours[name]:
            lines.append(f"{name}: published as {published[name]}; declared as {ours[name]}")
    return lines


def unsupported(files: Iterable[FileDescriptorProto]) -> list[str]:
    """One line for each declaration that protobuf-c 1.4 or `proto_text` cannot represent."""
    lines = []
    for file in files:
        if file.syntax != "proto3":
            lines.append(f"{file.name}: {file.syntax or 'proto2'}; only proto3 is supported")
        if file.public_dependency:
            lines.append(f"{file.name}: public imports are not supported")
        for name, message in messages(file):
            for field in message.field:
                if field.proto3_optional:
                    lines.append(f"{name}.{field.name}: proto3 `optional`, which protoc-c 1.4 cannot generate")
                if field.options.HasField("packed"):
                    lines.append(f"{name}.{field.name}: `packed` is not supported")
                if field.json_name not in ("", json_name(field.name)):
                    lines.append(f"{name}.{field.name}: json_name {field.json_name!r}, which protobuf-c does not keep")
    return lines


def json_name(name: str) -> str:
    """The lowerCamelCase name that protoc gives a field in JSON."""
    head, *tail = name.split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in tail)


def _file(file: FileDescriptorProto) -> Iterator[tuple[str, Fact]]:
    imports = ", ".join(sorted(file.dependency))
    yield file.name, Fact("file", f"of package {file.package} in {file.syntax}, importing {imports or 'nothing'}")
    for name, message in messages(file):
        yield name, Fact("message", f"in {file.name}{_options(message)}")
        yield from _fields(name, message)
        for enum in message.enum_type:
            yield from _enum(f"{name}.{enum.name}", enum, file)
    for enum in file.enum_type:
        yield from _enum(f"{file.package}.{enum.name}", enum, file)
    for service in file.service:
        name = f"{file.package}.{service.name}"
        yield name, Fact("service", f"in {file.name}")
        for method in service.method:
            yield f"{name}.{method.name}", Fact("rpc", _signature(method))


def _fields(scope: str, message: DescriptorProto) -> Iterator[tuple[str, Fact]]:
    for field in message.field:
        label = FieldDescriptorProto.Label.Name(field.label).removeprefix("LABEL_").lower()
        kind = FieldDescriptorProto.Type.Name(field.type).removeprefix("TYPE_").lower()
        words = (label, kind, field.type_name, f"= {field.number}")
        detail = " ".join(word for word in words if word)
        if field.HasField("oneof_index"):
            detail += f" in oneof {message.oneof_decl[field.oneof_index].name}"
        yield f"{scope}.{field.name}", Fact("field", detail + _options(field))
    for index, oneof in enumerate(message.oneof_decl):
        members = sum(field.HasField("oneof_index") and field.oneof_index == index for field in message.field)
        yield f"{scope}.{oneof.name}", Fact("oneof", f"of {members} fields")


def _enum(name: str, enum: EnumDescriptorProto, file: FileDescriptorProto) -> Iterator[tuple[str, Fact]]:
    yield name, Fact("enum", f"in {file.name}{_options(enum)}")
    for value in enum.value:
        yield f"{name}.{value.name}", Fact("value", f"{value.number}{_options(value)}")


def _signature(method: MethodDescriptorProto) -> str:
    request = ("stream " if method.client_streaming else "") + method.input_type
    response = ("stream " if method.server_streaming else "") + method.output_type
    return f"({request}) returns ({response}){_options(method)}"


def _options(declaration) -> str:
    """The options that change what is on the wire or in the generated descriptors."""
    names = [name for name in ("map_entry", "allow_alias", "deprecated") if getattr(declaration.options, name, False)]
    return "".join(f", {name}" for name in names)
