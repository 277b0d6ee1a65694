"""Renders a file descriptor as plain proto3: the facts of the wire contract and nothing else.

Types are in the order of their names and fields in that of their numbers, so that a new release of the API shows up
as the lines it adds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
    ServiceDescriptorProto,
)

from .published import type_definitions

INDENT = "  "


@dataclass(frozen=True)
class Names:
    """How the types of other declarations are spelled within one file."""

    package: str
    nested: frozenset[str]

    def __call__(self, type_name: str) -> str:
        """Drops the file's own package, unless what is left could be taken for a nested type of the same name."""
        short = type_name.removeprefix(f".{self.package}.")
        if short == type_name:
            return type_name.removeprefix(".")
        return type_name if short.split(".")[0] in self.nested else short


def render(file: FileDescriptorProto) -> str:
    """The text of a .proto file that says what `file` says."""
    defined = (name.removeprefix(f".{file.package}.") for name in type_definitions(file))
    names = Names(file.package, frozenset(name.rpartition(".")[2] for name in defined if "." in name))
    blocks = [
        [f"// The wire contract of {file.package}: names, numbers and types. Written by scripts/write-protos."],
        ['syntax = "proto3";'],
        [f"package {file.package};"],
        [f'import "{path}";' for path in sorted(file.dependency)],
        *(_service(service, names) for service in _by_name(file.service)),
        *(_message(message, names) for message in _by_name(file.message_type)),
        *(_enum(enum) for enum in _by_name(file.enum_type)),
    ]
    return "\n".join(_separated(blocks)) + "\n"


def _service(service: ServiceDescriptorProto, names: Names) -> list[str]:
    lines = []
    for method in _by_name(service.method):
        request = _stream(method.client_streaming) + names(method.input_type)
        response = _stream(method.server_streaming) + names(method.output_type)
        body = " { option deprecated = true; }" if method.options.deprecated else ";"
        lines.append(f"rpc {method.name}({request}) returns ({response}){body}")
    return _block(f"service {service.name}", [lines])


def _message(message: DescriptorProto, names: Names) -> list[str]:
    entries = {nested.name: nested for nested in message.nested_type if nested.options.map_entry}
    blocks = [
        ["option deprecated = true;"] if message.options.deprecated else [],
        *(_message(nested, names) for nested in _by_name(message.nested_type) if nested.name not in entries),
        *(_enum(enum) for enum in _by_name(message.enum_type)),
        list(_fields(message, entries, names)),
    ]
    return _block(f"message {message.name}", blocks)


def _fields(message: DescriptorProto, entries: dict[str, DescriptorProto], names: Names) -> Iterator[str]:
    fields = sorted(message.field, key=lambda field: field.number)
    written = set()
    for field in fields:
        if not field.HasField("oneof_index"):
            yield _field(field, entries, names)
        elif field.oneof_index not in written:
            written.add(field.oneof_index)
            members = (other for other in fields if _oneof(other) == field.oneof_index)
            lines = [_field(member, entries, names) for member in members]
            yield from _block(f"oneof {message.oneof_decl[field.oneof_index].name}", [lines])


def _oneof(field: FieldDescriptorProto) -> int | None:
    return field.oneof_index if field.HasField("oneof_index") else None


def _field(field: FieldDescriptorProto, entries: dict[str, DescriptorProto], names: Names) -> str:
    entry = entries.get(field.type_name.rpartition(".")[2])
    if entry is not None:
        key, value = entry.field
        kind = f"map<{_type(key, names)}, {_type(value, names)}>"
    else:
        repeated = "repeated " if field.label == FieldDescriptorProto.LABEL_REPEATED else ""
        kind = repeated + _type(field, names)
    return f"{kind} {field.name} = {field.number}{_deprecated(field)};"


def _enum(enum: EnumDescriptorProto) -> list[str]:
    options = []
    if enum.options.allow_alias:
        options.append("option allow_alias = true;")
    if enum.options.deprecated:
        options.append("option deprecated = true;")
    # proto3 asks for the zero to be the first. The sort is stable: of aliases, the one published first stays the one
    # that a number is printed as.
    values = sorted(enum.value, key=lambda value: (value.number != 0, value.number))
    lines = [f"{value.name} = {value.number}{_deprecated(value)};" for value in values]
    return _block(f"enum {enum.name}", [options, lines])


def _type(field: FieldDescriptorProto, names: Names) -> str:
    if field.type_name:
        return names(field.type_name)
    return FieldDescriptorProto.Type.Name(field.type).removeprefix("TYPE_").lower()


def _deprecated(declaration) -> str:
    return " [deprecated = true]" if declaration.options.deprecated else ""


def _stream(streaming: bool) -> str:
    return "stream " if streaming else ""


def _by_name(declarations: Iterable) -> list:
    return sorted(declarations, key=lambda declaration: declaration.name)


def _block(head: str, blocks: list[list[str]]) -> list[str]:
    body = [INDENT + line if line else line for line in _separated(blocks)]
    return [f"{head} {{", *body, "}"] if body else [f"{head} {{}}"]


def _separated(blocks: Iterable[list[str]]) -> Iterator[str]:
    """The lines of all blocks that have some, with an empty line between two blocks."""
    first = True
    for block in blocks:
        if block:
            if not first:
                yield ""
            first = False
            yield from block
