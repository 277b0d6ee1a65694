"""How a message looks in Lua, told from its descriptor and not from what Moondial does: for histories compared in full."""

from __future__ import annotations

import json
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.duration_pb2 import Duration
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from temporalio.api.common.v1 import Payload, Payloads
from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory


def shown(message: Message) -> Any:
    """A message as the tables that Lua has for it: payloads decoded, enums by their short names, what is set alone."""
    if isinstance(message, Payload):
        return value_of(message)
    if isinstance(message, Payloads):
        return [value_of(payload) for payload in message.payloads]
    if isinstance(message, Timestamp):
        return MessageToDict(message)
    if isinstance(message, Duration):
        return message.seconds + message.nanos * 1e-9
    return {field.name: shown_field(field, value) for field, value in message.ListFields()}


def shown_field(field: FieldDescriptor, value: Any) -> Any:
    if is_map(field):
        of_value = field.message_type.fields_by_name["value"]
        return {key: shown_value(of_value, item) for key, item in value.items()}
    if field.is_repeated:
        return [shown_value(field, item) for item in value]
    return shown_value(field, value)


def shown_value(field: FieldDescriptor, value: Any) -> Any:
    if field.message_type:
        return shown(value)
    if field.enum_type:
        return short_name(field, value)
    return printable(value)


def short_name(field: FieldDescriptor, number: int) -> str:
    """The name of an enum value without what all of them begin with."""
    enum = field.enum_type
    prefix = "".join(f"_{letter}" if letter.isupper() else letter for letter in enum.name).upper().lstrip("_") + "_"
    return enum.values_by_number[number].name.removeprefix(prefix)


def value_of(payload: Payload) -> Any:
    encoding = payload.metadata.get("encoding", b"").decode()
    if encoding == "binary/null":
        return None
    if encoding in ("json/plain", "json/protobuf"):
        return json.loads(payload.data)
    if encoding == "binary/plain":
        return printable(payload.data)
    return {"metadata": {key: printable(text) for key, text in payload.metadata.items()}, "data": printable(payload.data)}


def printable(value: Any) -> Any:
    """Bytes as text, and what is no text in hexadecimal."""
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return "hex " + value.hex()


def is_map(field: FieldDescriptor) -> bool:
    return bool(field.message_type and field.message_type.GetOptions().map_entry)


def history_text(history: WorkflowHistory) -> str:
    """The text of `to_json`, with the keys of maps in order: Python has them in one that changes with the process."""
    return json.dumps(ordered(json.loads(history.to_json()), History.DESCRIPTOR), indent=2)


def ordered(value: Any, descriptor: Descriptor | None) -> Any:
    """The JSON of a message with the keys of its maps in order."""
    if isinstance(value, list):
        return [ordered(item, descriptor) for item in value]
    if not isinstance(value, dict) or descriptor is None:
        return value
    fields = {field.json_name: field for field in descriptor.fields}
    found = {}
    for name, item in value.items():
        field = fields[name]
        if is_map(field):
            of_value = field.message_type.fields_by_name["value"].message_type
            found[name] = {key: ordered(item[key], of_value) for key in sorted(item)}
        else:
            found[name] = ordered(item, field.message_type)
    return found
