"""What holds for the contract as published: the facts that other code relies on."""

import pytest
from google.protobuf.descriptor_pb2 import FieldDescriptorProto, FileDescriptorProto
from protos import PROTOS
from protos.facts import unsupported
from protos.generate import compile_protos
from protos.published import STATUS, contract, messages, published, type_definitions, type_references


@pytest.fixture(scope="module")
def files() -> dict[str, FileDescriptorProto]:
    return contract()


def test_is_closed(files: dict[str, FileDescriptorProto]) -> None:
    defined = {name for file in files.values() for name in type_definitions(file)}
    used = {name for file in files.values() for name in type_references(file)}
    assert used - defined == set()


@pytest.mark.parametrize(
    "name",
    [
        "google.protobuf.Any",
        "google.protobuf.FieldMask",
        "google.rpc.Status",
        "grpc.health.v1.HealthCheckResponse",
        "temporal.api.common.v1.GrpcStatus",
        "temporal.api.errordetails.v1.MultiOperationExecutionFailure",
        "temporal.api.export.v1.WorkflowExecutions",
        "temporal.api.failure.v1.MultiOperationExecutionAborted",
        "temporal.api.sdk.v1.EnhancedStackTrace",
        "temporal.api.sdk.v1.ExternalStorageReference",
        "temporal.api.sdk.v1.UserMetadata",
        "temporal.api.sdk.v1.WorkflowMetadata",
    ],
)
def test_holds_what_no_request_or_response_names(files: dict[str, FileDescriptorProto], name: str) -> None:
    assert any(name == found for file in files.values() for found, _ in messages(file))


def test_status_is_the_one_that_temporal_copied() -> None:
    copy = published("temporal/api/common/v1/grpc_status.proto")
    assert list(STATUS.message_type[0].field) == list(copy.message_type[0].field)


def test_no_file_carries_a_json_name_of_its_own() -> None:
    # protoc-c's parser fills in every json_name, so that this compares protoc's rule with ours field by field.
    compiled = compile_protos(PROTOS).file
    assert all(field.json_name for file in compiled for _, message in messages(file) for field in message.field)
    assert unsupported(compiled) == []


def test_map_entries_are_told_by_their_shape(files: dict[str, FileDescriptorProto]) -> None:
    """protobuf-c's descriptors have no mark for map fields; their entries are recognised by name and fields."""
    for file in files.values():
        marked = {f".{name}" for name, message in messages(file) if message.options.map_entry}
        shaped = set()
        types = {f".{name}": message for name, message in messages(file)}
        for name, message in messages(file):
            for field in message.field:
                camel = "".join(word[:1].upper() + word[1:] for word in field.name.split("_"))
                entry = types.get(field.type_name)
                if (
                    entry is not None
                    and field.label == FieldDescriptorProto.LABEL_REPEATED
                    and field.type_name == f".{name}.{camel}Entry"
                    and [(part.name, part.number) for part in entry.field] == [("key", 1), ("value", 2)]
                ):
                    shaped.add(field.type_name)
        assert shaped == marked
