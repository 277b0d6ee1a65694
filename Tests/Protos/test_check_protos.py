"""That scripts/check-protos passes on this tree, and that it would not if anything of the contract were wrong."""

import copy
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto
from protos import GENERATED, PROJECT, PROTOS
from protos.check import check, surprises
from protos.facts import differences, facts, unsupported
from protos.published import contract, messages

COMMON = "temporal/api/common/v1/message.proto"
ERRORS = "temporal/api/errordetails/v1/message.proto"
PAYLOAD = "temporal.api.common.v1.Payload"
SERVICE = "temporal/api/workflowservice/v1/service.proto"
WORKFLOW_SERVICE = "temporal.api.workflowservice.v1.WorkflowService"

Files = dict[str, FileDescriptorProto]


@pytest.fixture(scope="module")
def published() -> Files:
    return contract()


@pytest.fixture
def files(published: Files) -> Files:
    """The published contract, in fresh copies that a test may change."""
    return copy.deepcopy(published)


def message(files: Files, name: str):
    return next(found for file in files.values() for path, found in messages(file) if path == name)


def field(files: Files, name: str):
    scope, _, simple = name.rpartition(".")
    return next(found for found in message(files, scope).field if found.name == simple)


def method(files: Files, name: str):
    return next(found for found in files[SERVICE].service[0].method if found.name == name)


def test_passes_from_any_directory(tmp_path: Path) -> None:
    script = PROJECT / "scripts" / "check-protos"
    run = subprocess.run([script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.count("\n") == 1
    assert ", 137 RPCs equal to temporalio " in run.stdout


def rename(files: Files) -> None:
    field(files, f"{PAYLOAD}.data").name = "bytes"


def renumber(files: Files) -> None:
    field(files, f"{PAYLOAD}.data").number = 7


def retype(files: Files) -> None:
    field(files, f"{PAYLOAD}.data").type = 9


def repeat(files: Files) -> None:
    field(files, f"{PAYLOAD}.data").label = 3


def refer_elsewhere(files: Files) -> None:
    field(files, "temporal.api.common.v1.Payloads.payloads").type_name = ".temporal.api.common.v1.Memo"


def turn_map_into_messages(files: Files) -> None:
    message(files, f"{PAYLOAD}.MetadataEntry").options.ClearField("map_entry")


def leave_oneof(files: Files) -> None:
    field(files, "temporal.api.common.v1.Link.workflow_event").ClearField("oneof_index")


def deprecate(files: Files) -> None:
    field(files, f"{PAYLOAD}.data").options.deprecated = True


def drop_message(files: Files) -> None:
    del files[ERRORS].message_type[0]


def drop_file(files: Files) -> None:
    del files["google/rpc/status.proto"]


def change_enum_value(files: Files) -> None:
    files["temporal/api/enums/v1/event_type.proto"].enum_type[0].value[1].number = 1000


def change_request(files: Files) -> None:
    method(files, "StartWorkflowExecution").input_type = f".{PAYLOAD}"


def change_response(files: Files) -> None:
    method(files, "StartWorkflowExecution").output_type = f".{PAYLOAD}"


def stream(files: Files) -> None:
    method(files, "StartWorkflowExecution").server_streaming = True


def change_package(files: Files) -> None:
    files["google/rpc/status.proto"].package = "google.rpc.v2"


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (rename, f"{PAYLOAD}.data"),
        (renumber, f"{PAYLOAD}.data"),
        (retype, f"{PAYLOAD}.data"),
        (repeat, f"{PAYLOAD}.data"),
        (refer_elsewhere, "temporal.api.common.v1.Payloads.payloads"),
        (turn_map_into_messages, f"{PAYLOAD}.MetadataEntry"),
        (leave_oneof, "temporal.api.common.v1.Link.workflow_event"),
        (deprecate, f"{PAYLOAD}.data"),
        (drop_message, "temporal.api.errordetails.v1.NotFoundFailure"),
        (drop_file, "google/rpc/status.proto"),
        (change_enum_value, "temporal.api.enums.v1.EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED"),
        (change_request, f"{WORKFLOW_SERVICE}.StartWorkflowExecution"),
        (change_response, f"{WORKFLOW_SERVICE}.StartWorkflowExecution"),
        (stream, f"{WORKFLOW_SERVICE}.StartWorkflowExecution"),
        (change_package, "google.rpc.Status"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_names_what_differs(files: Files, change: Callable[[Files], None], name: str) -> None:
    published = facts(files.values())
    assert differences(published, published) == []
    change(files)
    changed = facts(files.values())
    for lines in (differences(published, changed), differences(changed, published)):
        assert any(line.startswith(f"{name}: ") for line in lines), lines


def test_says_both_sides(files: Files) -> None:
    published = facts(files.values())
    renumber(files)
    assert differences(published, facts(files.values())) == [
        f"{PAYLOAD}.data: published as field optional bytes = 2; declared as field optional bytes = 7"
    ]


def test_names_a_proto3_optional_field(files: Files) -> None:
    assert unsupported(files.values()) == []
    field(files, f"{PAYLOAD}.data").proto3_optional = True
    assert unsupported(files.values()) == [
        f"{PAYLOAD}.data: proto3 `optional`, which protoc-c 1.4 cannot generate"
    ]
    # The whole check tells it too, before anybody regenerates.
    assert check(files, PROTOS, GENERATED)[0].startswith(f"{PAYLOAD}.data: proto3 `optional`")


def test_names_other_things_that_cannot_be_generated(files: Files) -> None:
    files[COMMON].syntax = "editions"
    files[ERRORS].public_dependency.append(0)
    field(files, f"{PAYLOAD}.data").options.packed = False
    field(files, "temporal.api.common.v1.Payloads.payloads").json_name = "items"
    lines = "\n".join(unsupported(files.values()))
    payloads = "temporal.api.common.v1.Payloads.payloads"
    for part in (f"{COMMON}: editions", f"{ERRORS}: public", f"{PAYLOAD}.data: `packed`", f"{payloads}: json_name"):
        assert part in lines


def test_counts_methods_and_error_details(files: Files) -> None:
    assert list(surprises(facts(files.values()))) == []
    del files[SERVICE].service[0].method[0]
    drop_message(files)
    assert list(surprises(facts(files.values()))) == [
        f"{WORKFLOW_SERVICE}: 122 methods instead of 123",
        "temporal.api.errordetails.v1: 19 messages instead of 20",
    ]


def test_finds_an_edited_proto(files: Files, tmp_path: Path) -> None:
    protos = tmp_path / "Protos"
    shutil.copytree(PROTOS, protos)
    edited = protos / "google/rpc/status.proto"
    edited.write_text(edited.read_text().replace("int32 code = 1;", "optional int64 code = 1;"))
    assert check(files, protos, GENERATED) == [
        "google.rpc.Status.code: proto3 `optional`, which protoc-c 1.4 cannot generate",
        "google.rpc.Status._code: not published; declared as oneof of 1 fields",
        "google.rpc.Status.code: published as field optional int32 = 1; "
        "declared as field optional int64 = 1 in oneof _code",
        f"{edited}: not as generated; run scripts/write-protos",
    ]


def test_finds_changed_missing_and_alien_c(files: Files, tmp_path: Path) -> None:
    generated = tmp_path / "generated"
    shutil.copytree(GENERATED, generated)
    table, status = generated / "message_types.c", generated / "google/rpc/status.pb-c.c"
    table.write_text(table.read_text() + "/* edited */\n")
    status.unlink()
    alien = generated / "alien.c"
    alien.touch()
    assert check(files, PROTOS, generated) == [
        f"{alien}: does not belong here; run scripts/generate-protos",
        f"{status}: missing; run scripts/generate-protos",
        f"{table}: not as generated; run scripts/generate-protos",
    ]
