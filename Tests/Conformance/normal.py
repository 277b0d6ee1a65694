"""Brings what two clients found to one form: errors as values, ids by their order, payloads readable."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import enum
import fnmatch
import hashlib
import json
import re
import socket
from collections.abc import Iterator
from typing import Any

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from nexusrpc import HandlerError
from shown import printable
from table import EVERYWHERE, FIELDS
from temporalio.client import RPCError, WorkflowExecution
from temporalio.common import RawValue

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
PROCESS = re.compile(rf"\b\d+@{re.escape(socket.gethostname())}\b")

#: Left out: when and where something ran, and how often the worker was asked.
VOLATILE = {
    "event_id", "task_id", "event_time", "history_length", "history_size_bytes", "state_transition_count",
    "pending_workflow_task", "execution_duration", "worker_version", "most_recent_worker_version_stamp", "sdk_metadata",
    "last_worker_identity", "metering_metadata", "last_worker_deployment_version", "last_worker_version_stamp",
    "accepted_request_sequencing_event_id", "protocol_instance_id", "accepted_request_message_id",
    "rejected_request_message_id", "resource_id", "first_workflow_task_completed_id",
    "first_workflow_task_backoff",
}  # fmt: skip


def error_value(error: BaseException | None) -> Any:
    """An error as a value: kind, message, the fields of its kind and its cause."""
    if error is None:
        return None
    kind = type(error).__name__
    message = getattr(error, "message", None)
    found: dict[str, Any] = {"kind": kind, "message": message if isinstance(message, str) else str(error)}
    for name in FIELDS.get(kind, []):
        found[name] = error_field(error, name)
    cause = getattr(error, "cause", None) or error.__cause__
    found["cause"] = error_value(cause)
    return {name: value for name, value in found.items() if value is not None}


def error_field(error: Any, name: str) -> Any:
    if isinstance(error, RPCError) and name == "details":
        return [any.type_url.rpartition("/")[2] for any in error.grpc_status.details]
    if isinstance(error, HandlerError):
        # Not `retryable`, which the SDK makes out of the type where the server does not say.
        return plain(getattr(error, "retryable_override" if name == "retryable" else name))
    if name in ("stack_trace", "source"):
        return getattr(error.failure, name, None) or None
    return plain(getattr(error, name))


def plain(value: Any) -> Any:
    """A value of the Python SDK as JSON has it."""
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, Message):
        return readable(MessageToDict(value, preserving_proto_field_name=True))
    if isinstance(value, bytes):
        return printable(value)
    if isinstance(value, RawValue):
        return plain({"metadata": dict(value.payload.metadata), "data": value.payload.data})
    if dataclasses.is_dataclass(value):
        return plain(dataclasses.asdict(value))
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


async def execution(w: WorkflowExecution) -> dict[str, Any]:
    """The fields of an execution, by their names in Lua."""
    names = ["id", "run_id", "workflow_type", "status", "task_queue", "start_time", "execution_time", "close_time"]
    names += ["parent_id", "parent_run_id", "root_id", "root_run_id"]
    found = {name: plain(getattr(w, name)) for name in names}
    found["memo"] = dict(await w.memo())
    found["search_attributes"] = {pair.key.name: plain(pair.value) for pair in w.typed_search_attributes}
    return {name: value for name, value in found.items() if value is not None}


def readable(value: Any) -> Any:
    """A message as JSON with its payloads decoded, the volatile left out, and what is large by its hash."""
    if isinstance(value, list):
        return [readable(item) for item in value]
    if isinstance(value, dict):
        if set(value) <= {"metadata", "data"} and isinstance(value.get("metadata"), dict):
            metadata = {key: text(item) for key, item in value["metadata"].items()}
            return {"metadata": metadata, "data": text(value.get("data", ""))}
        found = {}
        for key, item in value.items():
            if key == "identity":
                found[key] = "<identity>"
            elif key not in VOLATILE and not key.endswith("_event_id"):
                found[key] = "<token>" if key in ("next_page_token", "task_token") else readable(item)
        return found
    return value


def text(base64_text: str) -> str:
    data = base64.b64decode(base64_text)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "hex " + data.hex()


class Scrubber:
    """Replaces what is different in every run: ids by their order of appearance, times, and what is too long to read."""

    def __init__(self, tag: str):
        self._tag = tag
        self._uuids: dict[str, str] = {}
        self._requests: dict[str, str] = {}

    def scrub(self, value: Any) -> Any:
        if isinstance(value, dict):
            # Counted by themselves: a client that sends none for a call must not shift all that follow.
            if UUID.fullmatch(str(value.get("request_id"))):
                self._requests.setdefault(value["request_id"], f"<request {len(self._requests) + 1}>")
            return {self.scrub(key): self.scrub(item) for key, item in sorted(value.items())}
        if isinstance(value, list):
            return [self.scrub(item) for item in value]
        if isinstance(value, str):
            return self._scrub_text(value)
        return value

    def _scrub_text(self, value: str) -> str:
        value = value.replace(self._tag, "<id>")
        value = UUID.sub(self._number, value)
        value = TIME.sub("<time>", value)
        value = PROCESS.sub("<process>", value)
        if len(value) > 2000:
            value = f"<{len(value)} characters, sha256 {hashlib.sha256(value.encode()).hexdigest()}>"
        return value

    def _number(self, match: re.Match[str]) -> str:
        id = match[0]
        return self._requests.get(id) or self._uuids.setdefault(id, f"<uuid {len(self._uuids) + 1}>")


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The paths of a JSON value, and the text of what is at each."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}.{index}")
    else:
        yield path, json.dumps(value)


def differing(python: Any, moondial: Any) -> set[str]:
    """The paths at which two JSON values differ, other than everywhere."""
    one, other = dict(leaves(python)), dict(leaves(moondial))
    paths = {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}
    return paths - {path for row in EVERYWHERE for path in everywhere(row, python, moondial)}


def everywhere(row: str, python: Any, moondial: Any) -> set[str]:
    """The paths at which two JSON values differ as a row says that they do in every case."""
    one, other = dict(leaves(python)), dict(leaves(moondial))
    pattern, *texts = EVERYWHERE[row]
    paths = one.keys() | other.keys()
    return {path for path in paths if matches(path, pattern) and [one.get(path), other.get(path)] == texts}


def matches(path: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(path, pattern)
