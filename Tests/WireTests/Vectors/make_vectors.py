"""Writes messages at random, as Python's protobuf packs them and prints them as JSON.

Usage: make_vectors.py OUTPUT SEED COUNT [DESCRIPTOR_SET]

Each line of OUTPUT is one message: {"type": full name, "binary": base64, "json": the message's JSON as text}. The types
are all messages that the Temporal services reach, the details of their errors, and those of DESCRIPTOR_SET.
"""

import base64
import json
import random
import sys

# Each import fills the descriptor pool.
import temporalio.api.common.v1
import temporalio.api.errordetails.v1
import temporalio.api.operatorservice.v1
import temporalio.api.sdk.v1
import temporalio.api.workflowservice.v1
from google.protobuf import (
    any_pb2, descriptor_pb2, descriptor_pool, duration_pb2, json_format, message_factory, timestamp_pb2, wrappers_pb2,
)
from google.protobuf.descriptor import FieldDescriptor

TEXTS = ["", "a", "Grüße, 世界 🌒", 'line\nbreak "quoted" \\ \x01\x7f', "x" * 130, "nul\0inside"]
SMALL = [0, 1, -1, 300, 2**31 - 1, -(2**31)]
WIDE = SMALL + [2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63)]
DOUBLES = [0.0, 1.0, -2.5, 0.1, 1e300, 5e-324, 1e16, 123456789.125, float("nan"), float("inf"), float("-inf")]
# No denormal number: Python prints 1e-45 with more digits than it has.
FLOATS = [0.0, 1.0, -2.5, 0.1, 3.4028234e38, 1.5e-30, 16777216.0, float("nan"), float("inf"), float("-inf")]
PATHS = ["state", "workflow_execution.run_id", "spec.a_b_c"]

F = FieldDescriptor
INT32 = {F.TYPE_INT32, F.TYPE_SINT32, F.TYPE_SFIXED32}
INT64 = {F.TYPE_INT64, F.TYPE_SINT64, F.TYPE_SFIXED64}
UINT32 = {F.TYPE_UINT32, F.TYPE_FIXED32}
UINT64 = {F.TYPE_UINT64, F.TYPE_FIXED64}


def is_repeated(field):
    return field.is_repeated


def is_map(field):
    return is_repeated(field) and field.message_type is not None and field.message_type.GetOptions().map_entry


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def scalar(self, field):
        pick = self.random.choice
        if field.type in INT32:
            return pick(SMALL)
        if field.type in INT64:
            return pick(WIDE)
        if field.type in UINT32:
            return pick([0, 1, 300, 2**32 - 1])
        if field.type in UINT64:
            return pick([0, 1, 300, 2**53 + 1, 2**64 - 1])
        if field.type == F.TYPE_DOUBLE:
            return pick(DOUBLES)
        if field.type == F.TYPE_FLOAT:
            return pick(FLOATS)
        if field.type == F.TYPE_BOOL:
            return pick([True, False])
        if field.type == F.TYPE_STRING:
            return pick(TEXTS)
        if field.type == F.TYPE_BYTES:
            return self.random.randbytes(self.random.choice([0, 1, 2, 3, 40]))
        if field.type == F.TYPE_ENUM:
            numbers = [value.number for value in field.enum_type.values]
            return 9999 if self.random.random() < 0.1 else pick(numbers)
        raise ValueError(field.full_name)

    def fill(self, message, depth):
        name = message.DESCRIPTOR.full_name
        if name == "google.protobuf.Timestamp":
            message.seconds = self.random.choice([0, 1, -1, -62135596800, 253402300799, self.random.randrange(2**32)])
            message.nanos = self.random.choice([0, 1, 500_000_000, 123_456_000, 999_999_999])
        elif name == "google.protobuf.Duration":
            sign = self.random.choice([1, -1])
            message.seconds = sign * self.random.choice([0, 1, 90, 315576000000 - 1])
            message.nanos = sign * self.random.choice([0, 1, 500_000_000, 123_456_000, 999_999_999])
        elif name == "google.protobuf.FieldMask":
            message.paths.extend(self.random.sample(PATHS, self.random.randrange(4)))
        elif name == "google.protobuf.Any":
            inner = self.random.choice([
                timestamp_pb2.Timestamp(seconds=5), duration_pb2.Duration(seconds=5),
                wrappers_pb2.StringValue(value="s"),
                temporalio.api.common.v1.Payload(metadata={"k": b"v"}), temporalio.api.common.v1.Header(),
                any_pb2.Any(),
            ])
            message.Pack(inner)
        else:
            for field in message.DESCRIPTOR.fields:
                if field.is_required or self.random.random() < (0.5 if depth < 2 else 0.2):
                    self.set(message, field, depth)

    def set(self, message, field, depth):
        if field.message_type is None:
            if is_repeated(field):
                getattr(message, field.name).extend(self.scalar(field) for _ in range(self.random.randint(1, 3)))
            else:
                setattr(message, field.name, self.scalar(field))
        elif depth < 5:
            if is_map(field):
                self.set_map(message, field, depth)
            elif is_repeated(field):
                for _ in range(self.random.randint(1, 2)):
                    self.fill(getattr(message, field.name).add(), depth + 1)
            else:
                getattr(message, field.name).SetInParent()
                self.fill(getattr(message, field.name), depth + 1)

    def set_map(self, message, field, depth):
        entries = getattr(message, field.name)
        value = field.message_type.fields_by_name["value"]
        for _ in range(self.random.randint(1, 3)):
            key = self.scalar(field.message_type.fields_by_name["key"])
            if isinstance(key, str):
                key = key.replace("\0", "")  # which jansson refuses in a key
            if value.message_type is None:
                entries[key] = self.scalar(value)
            else:
                self.fill(entries[key], depth + 1)


def reachable(descriptors):
    found, queue = {}, list(descriptors)
    while queue:
        descriptor = queue.pop()
        if descriptor.full_name not in found and not descriptor.GetOptions().map_entry:
            found[descriptor.full_name] = descriptor
            queue += [field.message_type for field in descriptor.fields if field.message_type is not None]
            if any(is_map(field) for field in descriptor.fields):
                entries = [field.message_type for field in descriptor.fields if is_map(field)]
                queue += [entry.fields_by_name["value"].message_type for entry in entries
                          if entry.fields_by_name["value"].message_type is not None]
    return [found[name] for name in sorted(found)]


FILES = [
    "errordetails/v1/message", "failure/v1/message", "history/v1/message", "operatorservice/v1/request_response",
    "sdk/v1/workflow_metadata", "workflowservice/v1/request_response",
]


def roots(descriptor_set):
    pool = descriptor_pool.Default()
    for name in FILES:
        yield from pool.FindFileByName(f"temporal/api/{name}.proto").message_types_by_name.values()
    if descriptor_set:
        files = descriptor_pb2.FileDescriptorSet.FromString(open(descriptor_set, "rb").read())
        for file in files.file:
            if file.package.startswith("moondial."):
                pool.AddSerializedFile(file.SerializeToString())
                yield from pool.FindFileByName(file.name).message_types_by_name.values()


def main(output, seed, count, descriptor_set=None):
    maker = Maker(int(seed))
    with open(output, "w") as file:
        for descriptor in reachable(roots(descriptor_set)):
            for _ in range(int(count)):
                message = message_factory.GetMessageClass(descriptor)()
                maker.fill(message, 0)
                line = {
                    "type": descriptor.full_name,
                    "binary": base64.b64encode(message.SerializeToString(deterministic=True)).decode(),
                    "json": json_format.MessageToJson(message, indent=None),
                }
                print(json.dumps(line), file=file)


if __name__ == "__main__":
    main(*sys.argv[1:])
