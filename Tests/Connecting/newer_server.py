"""A server whose version of the API is newer than Moondial's: more fields, values of enums, types and RPCs.

    newer_server.py [--reflection whole|sparse|broken|none] CALLS

It tells its types by grpcio's own reflection service: a file with all that it needs, or file by file, or without one of
them, or not at all. It prints the port it listens on, writes the path of each call to CALLS, a line for each, and ends
when its standard input does.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format
from grpc_reflection.v1alpha import reflection, reflection_pb2_grpc

sys.path.append(str(Path(__file__).resolve().parents[2] / "scripts" / "lib"))
from protos.published import contract  # noqa: E402

SERVICE = "temporal.api.workflowservice.v1.WorkflowService"
WEATHER = "weather.v1.Weather"

# What each file has more than the one that is published.
ADDED = {
    "temporal/api/namespace/v1/message.proto": """
      message_type {
        name: "Residency"
        field { name: "region" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
        field { name: "copies" number: 2 label: LABEL_REPEATED type: TYPE_STRING }
        field { name: "since" number: 3 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" }
        field { name: "state" number: 4 label: LABEL_OPTIONAL type: TYPE_ENUM
                type_name: ".temporal.api.enums.v1.NamespaceState" }
        field { name: "note" number: 5 label: LABEL_OPTIONAL type: TYPE_MESSAGE
                type_name: ".temporal.api.common.v1.Payload" }
        field { name: "shards" number: 6 label: LABEL_OPTIONAL type: TYPE_INT32 proto3_optional: true oneof_index: 0 }
        oneof_decl { name: "_shards" }
      }""",
    "temporal/api/workflowservice/v1/request_response.proto": """
      message_type {
        name: "GetNamespaceWeatherRequest"
        field { name: "namespace" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
        field { name: "residency" number: 2 label: LABEL_OPTIONAL type: TYPE_MESSAGE
                type_name: ".temporal.api.namespace.v1.Residency" }
        field { name: "by_day" number: 3 label: LABEL_REPEATED type: TYPE_MESSAGE
                type_name: ".temporal.api.workflowservice.v1.GetNamespaceWeatherRequest.ByDayEntry" }
        nested_type {
          name: "ByDayEntry" options { map_entry: true }
          field { name: "key" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
          field { name: "value" number: 2 label: LABEL_OPTIONAL type: TYPE_MESSAGE
                  type_name: ".google.protobuf.Duration" }
        }
      }
      message_type {
        name: "FreezeNamespaceRequest"
        field { name: "namespace" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
      }""",
}

# The fields that messages have more, and the values that enums do.
ADDED_FIELDS = {
    "temporal.api.namespace.v1.NamespaceInfo": """
      name: "residency" number: 1000 label: LABEL_OPTIONAL type: TYPE_MESSAGE
      type_name: ".temporal.api.namespace.v1.Residency" """,
    "temporal.api.workflowservice.v1.DescribeNamespaceRequest":
      'name: "region" number: 1000 label: LABEL_OPTIONAL type: TYPE_STRING',
    "temporal.api.workflow.v1.WorkflowExecutionInfo":
      'name: "region" number: 1000 label: LABEL_OPTIONAL type: TYPE_STRING',
    "temporal.api.history.v1.HistoryEvent":
      'name: "region" number: 1000 label: LABEL_OPTIONAL type: TYPE_STRING',
    "temporal.api.common.v1.Payload": 'name: "origin" number: 1000 label: LABEL_OPTIONAL type: TYPE_STRING',
}  # fmt: skip
ADDED_VALUES = {
    "temporal.api.enums.v1.NamespaceState": ("NAMESPACE_STATE_FROZEN", 9),
    "temporal.api.enums.v1.WorkflowExecutionStatus": ("WORKFLOW_EXECUTION_STATUS_ASLEEP", 99),
}
ADDED_METHODS = {
    "GetNamespaceWeather": "GetNamespaceWeatherRequest",
    "FreezeNamespace": "FreezeNamespaceRequest",
}

# A service of which Moondial knows nothing at all.
WEATHER_FILE = """
  name: "weather/v1/weather.proto" package: "weather.v1" syntax: "proto3"
  message_type { name: "Sky" field { name: "colour" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING } }
  service {
    name: "Weather"
    method { name: "GetSky" input_type: ".weather.v1.Sky" output_type: ".weather.v1.Sky" }
    method { name: "WatchSky" input_type: ".weather.v1.Sky" output_type: ".weather.v1.Sky" server_streaming: true }
  }"""


def newer() -> dict[str, descriptor_pb2.FileDescriptorProto]:
    """The files of the newer version, by name."""
    files = contract()
    for name, text in ADDED.items():
        text_format.Merge(text, files[name])
    for file in files.values():
        for message in file.message_type:
            if added := ADDED_FIELDS.get(f"{file.package}.{message.name}"):
                text_format.Merge(added, message.field.add())
        for enum in file.enum_type:
            if value := ADDED_VALUES.get(f"{file.package}.{enum.name}"):
                enum.value.add(name=value[0], number=value[1])
        for service in file.service:
            for name, request in ADDED_METHODS.items() if f"{file.package}.{service.name}" == SERVICE else ():
                type_name = f".{file.package}.{request}"
                service.method.add(name=name, input_type=type_name, output_type=type_name)
    weather = text_format.Parse(WEATHER_FILE, descriptor_pb2.FileDescriptorProto())
    return {**files, weather.name: weather}


def pool_of(files: dict[str, descriptor_pb2.FileDescriptorProto]) -> descriptor_pool.DescriptorPool:
    pool, added = descriptor_pool.DescriptorPool(), set()

    def add(name: str) -> None:
        if name not in added:
            added.add(name)
            for dependency in files[name].dependency:
                add(dependency)
            pool.Add(files[name])

    for name in files:
        add(name)
    return pool


class Handler(grpc.GenericRpcHandler):
    """Answers the RPCs: what is asked for a namespace in a region is described as being there."""

    def __init__(self, pool: descriptor_pool.DescriptorPool):
        self._pool = pool
        self._types = {}
        for name in (SERVICE, WEATHER):
            for method in pool.FindServiceByName(name).methods:
                self._types[f"/{name}/{method.name}"] = method

    def service(self, details: grpc.HandlerCallDetails) -> Any:
        method = self._types.get(details.method)
        answer = getattr(self, method.name, None) if method else None
        if answer is None:
            return None

        def call(request: Any, context: grpc.ServicerContext) -> Any:
            return answer(request, self._new(method.output_type.full_name), context)

        return grpc.unary_unary_rpc_method_handler(
            call,
            request_deserializer=message_factory.GetMessageClass(method.input_type).FromString,
            response_serializer=lambda message: message.SerializeToString(),
        )

    def _new(self, name: str) -> Any:
        return message_factory.GetMessageClass(self._pool.FindMessageTypeByName(name))()

    def DescribeNamespace(self, request: Any, response: Any, context: grpc.ServicerContext) -> Any:
        info = response.namespace_info
        info.name, info.state = request.namespace, 1
        info.residency.region = request.region or "nowhere"
        info.residency.copies.extend(["one", "two"])
        info.residency.since.FromJsonString("2030-01-02T03:04:05Z")
        info.residency.state = 9
        info.residency.note.metadata["encoding"] = b"json/plain"
        info.residency.note.data = b'{"a":1}'
        info.residency.shards = 0
        return response

    def DescribeWorkflowExecution(self, request: Any, response: Any, context: grpc.ServicerContext) -> Any:
        info = response.workflow_execution_info
        info.execution.CopyFrom(request.execution)
        if request.execution.workflow_id == "asleep":
            # The status is all that is new.
            info.type.name, info.status = "Order", 99
            return response
        info.type.name, info.status, info.region = "Order", 1, "eu"
        activity = response.pending_activities.add(activity_id="1", attempt=3)
        activity.last_failure.message = "gone"
        activity.last_failure.application_failure_info.type = "Gone"
        return response

    def GetWorkflowExecutionHistory(self, request: Any, response: Any, context: grpc.ServicerContext) -> Any:
        response.history.events.add(event_id=1, event_type=26, region="eu")
        return response

    def GetNamespaceWeather(self, request: Any, response: Any, context: grpc.ServicerContext) -> Any:
        return request

    def FreezeNamespace(self, request: Any, response: Any, context: grpc.ServicerContext) -> Any:
        return request

    def GetSky(self, request: Any, response: Any, context: grpc.ServicerContext) -> Any:
        response.colour = f"{request.colour}, turning grey"
        return response


class Calls(grpc.ServerInterceptor):
    """Writes down what is called."""

    def __init__(self, path: str):
        self._file = open(path, "a", encoding="utf-8")

    def intercept_service(self, continuation: Any, details: grpc.HandlerCallDetails) -> Any:
        print(details.method, file=self._file, flush=True)
        return continuation(details)


class SparseReflection(reflection.ReflectionServicer):
    """Gives one file at a time, so that the others are to be asked for; and one of them not at all, if it is broken."""

    def __init__(self, names: tuple[str, ...], pool: descriptor_pool.DescriptorPool, forgotten: str = ""):
        super().__init__(service_names=names, pool=pool)
        self._all = pool
        self._forgotten = forgotten

    def _file_containing_symbol(self, request: Any, name: str) -> Any:
        try:
            return self._file_by_filename(request, self._all.FindFileContainingSymbol(name).name)
        except KeyError:
            return super()._file_containing_symbol(request, name)

    def _file_by_filename(self, request: Any, name: str) -> Any:
        response = super()._file_by_filename(request, "none" if name == self._forgotten else name)
        del response.file_descriptor_response.file_descriptor_proto[1:]
        return response


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reflection", choices=["whole", "sparse", "broken", "none"], default="whole")
    parser.add_argument("calls")
    options = parser.parse_args()
    pool = pool_of(newer())
    server = grpc.server(ThreadPoolExecutor(4), handlers=(Handler(pool),), interceptors=(Calls(options.calls),))
    names = (SERVICE, WEATHER, reflection.SERVICE_NAME)
    if options.reflection == "whole":
        reflection.enable_server_reflection(names, server, pool=pool)
    elif options.reflection != "none":
        forgotten = "temporal/api/namespace/v1/message.proto" if options.reflection == "broken" else ""
        servicer = SparseReflection(names, pool, forgotten)
        reflection_pb2_grpc.add_ServerReflectionServicer_to_server(servicer, server)
    print(server.add_insecure_port("127.0.0.1:0"), flush=True)
    server.start()
    sys.stdin.read()
    server.stop(None)


if __name__ == "__main__":
    main()
