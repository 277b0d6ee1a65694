"""Servers that have more than Moondial knows: it learns from their reflection service, and only when it has to."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ASKS = ["/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"]  # fmt: skip
DESCRIBE = "/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace"
RESIDENCY = {"region": "nowhere", "copies": ["one", "two"], "since": "2030-01-02T03:04:05Z", "state": "FROZEN",
             "note": {"a": 1}, "shards": 0}  # fmt: skip


class Server:
    """A newer server; `calls` are those that were made since it was last asked."""

    def __init__(self, folder: Path, reflection: str):
        self._calls = folder / "calls"
        self._seen = 0
        program = Path(__file__).with_name("newer_server.py")
        command = [sys.executable, str(program), "--reflection", reflection, str(self._calls)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.address = f"127.0.0.1:{int(self._process.stdout.readline())}"

    def calls(self) -> list[str]:
        all_calls = self._calls.read_text().split()
        new, self._seen = all_calls[self._seen :], len(all_calls)
        return new

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait(10)


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """Servers by how they tell of their types."""
    servers: dict[str, Server] = {}

    def get(reflection: str) -> Server:
        if reflection not in servers:
            servers[reflection] = Server(tmp_path_factory.mktemp(reflection), reflection)
        servers[reflection].calls()
        return servers[reflection]

    yield get
    for server in servers.values():
        server.close()


@pytest.fixture
def value(run):
    """The value of a Lua expression, or of a chunk that returns it, on a server."""

    def value(server: Server, chunk: str, *options: str):
        outcome = run("--address", server.address, *options, "-e", f"print(json.encode((function() {chunk} end)()))")
        assert outcome.stderr == ""
        return json.loads(outcome.stdout)

    return value


@pytest.fixture
def error(run):
    """The kind and the message of the error that a chunk raises."""

    def error(server: Server, chunk: str, *options: str) -> tuple[str, str]:
        outcome = run("--address", server.address, *options, "-o", "json", "-e", chunk)
        assert outcome.status == 1
        found = json.loads(outcome.stderr.splitlines()[-1])["error"]
        return found["kind"], found["message"]

    return error


@pytest.mark.parametrize("reflection", ["whole", "sparse"])
def test_a_newer_rpc_is_called_by_the_servers_types(newer, value, reflection):
    request = """{ namespace = "n", by_day = { mon = "90s" }, residency = { region = "eu", copies = { "x" },
      since = "2026-01-01T00:00:00Z", state = "frozen", note = { a = json.array{} }, shards = 0 } }"""
    answer = value(newer(reflection), f"return client.workflow_service:get_namespace_weather{request}")
    assert answer == {"namespace": "n", "by_day": {"mon": 90.0}, "residency": {
        "region": "eu", "copies": ["x"], "since": "2026-01-01T00:00:00Z", "state": "FROZEN", "note": {"a": []},
        "shards": 0}}  # fmt: skip


def test_a_newer_field_of_a_request_is_sent(newer, value):
    server = newer("whole")
    answer = value(server, 'return client.workflow_service:describe_namespace{ namespace = "n", region = "eu" }')
    assert answer == {"namespace_info": {"name": "n", "state": "REGISTERED", "residency": {**RESIDENCY, "region": "eu"}}}
    assert server.calls() == [*ASKS, DESCRIBE]


def test_newer_fields_of_a_response_have_their_names(newer, value):
    server = newer("whole")
    answer = value(server, 'return client.workflow_service:describe_namespace{ namespace = "n" }')
    assert answer["namespace_info"] == {"name": "n", "state": "REGISTERED", "residency": RESIDENCY}
    assert server.calls() == [DESCRIBE, *ASKS]


def test_descriptions_and_events_have_the_names_of_newer_fields(newer, value):
    server = newer("whole")
    answer = value(server, """
      local h = client:get_workflow_handle("order-42")
      local d, again = h:describe(), h:describe()
      local events = {}
      for event in h:fetch_history_events() do events[#events + 1] = event end
      return { d.workflow_type, d.status, d.raw.workflow_execution_info.region, d.pending_activities[1].last_failure.message,
        d.pending_activities[1].last_failure.kind, again.raw.workflow_execution_info.region, events[1].region,
        events[1].event_type }""")  # fmt: skip
    assert answer == ["Order", "RUNNING", "eu", "gone", "ApplicationError", "eu", "eu", "WORKFLOW_EXECUTION_SIGNALED"]
    assert [call for call in server.calls() if call in ASKS] == ASKS


def test_a_newer_value_of_an_enum_has_its_name(newer, value):
    server = newer("whole")
    answer = value(server, """
      local h = client:get_workflow_handle("asleep")
      return { h:describe().status, h:describe().raw.workflow_execution_info.status }""")
    assert answer == ["ASLEEP", "ASLEEP"]
    assert [call for call in server.calls() if call in ASKS] == ASKS
    # Where nobody tells, it is its number, and the server is asked once.
    server = newer("none")
    answer = value(server, """
      local h = client:get_workflow_handle("asleep")
      return { h:describe().status, h:describe().status }""")
    assert answer == ["UNKNOWN(99)", "UNKNOWN(99)"]
    assert [call for call in server.calls() if call in ASKS] == ASKS


def test_a_server_is_asked_once_for_each_service(newer, value):
    server = newer("whole")
    answer = value(server, """
      local s = client.workflow_service
      local found = async.map({ 1, 2, 3, 4, 5, 6, 7, 8 }, function(n)
        return s:describe_namespace{ namespace = "n", region = "r" .. n }.namespace_info.residency.region
      end)
      for _ = 1, 3 do pcall(function() return client.workflow_service.frobnicate end) end
      found[#found + 1] = tostring(s:get_namespace_weather{}.namespace)
      return found""")  # fmt: skip
    assert answer == [*(f"r{n}" for n in range(1, 9)), "nil"]
    calls = server.calls()
    assert calls[:2] == ASKS and not set(calls[2:]) & set(ASKS)


def test_nobody_is_asked_about_what_is_known(newer, value):
    server = newer("none")
    value(server, 'return client.workflow_service:describe_namespace{ namespace = "n" }.namespace_info.name')
    assert server.calls().count(DESCRIBE) == 1
    # The response has unknown fields, hence the questions; a request alone brings none.
    server = newer("whole")
    value(server, 'return client:service("temporal.api.workflowservice.v1.WorkflowService") and 1')
    assert server.calls() == []


def test_other_services_are_called_by_their_full_name(newer, value, error):
    server = newer("whole")
    sky = value(server, 'return client:service("weather.v1.Weather"):get_sky{ colour = "blue" }')
    assert sky == {"colour": "blue, turning grey"}
    assert error(server, 'client:service("weather.v1.Weather"):get_sky{ color = "blue" }') == (
        "TypeError", "get_sky: color: Sky has no such field; did you mean 'colour'?")  # fmt: skip
    assert error(server, 'client:service("weather.v1.Weather"):watch_sky{}') == (
        "ValueError", "WatchSky is a stream of messages, which cannot be called")  # fmt: skip
    assert error(server, 'client:service("weather.v1.Whether")') == (
        "AttributeError",
        f"{server.address} has no service 'weather.v1.Whether'; did you mean 'weather.v1.Weather'?")  # fmt: skip
    assert error(server, 'client:service("Weather")')[1].endswith("did you mean 'weather.v1.Weather'?")


def test_what_the_server_does_not_have_either_is_an_error(newer, error):
    server = newer("whole")
    assert error(server, "client.workflow_service:get_namespace_whether{}") == (
        "AttributeError", "temporal.api.workflowservice.v1.WorkflowService has no RPC 'get_namespace_whether'; "
        "did you mean 'get_namespace_weather'?")  # fmt: skip
    assert error(server, "client.workflow_service:describe_namespace{ regoin = 'eu' }") == (
        "TypeError", "describe_namespace: regoin: DescribeNamespaceRequest has no such field; did you mean 'region'?")
    assert error(server, "client.workflow_service:get_namespace_weather{ residency = { state = 'FROZE' } }") == (
        "TypeError", "get_namespace_weather: residency.state: NamespaceState has no value 'FROZE'; "
        "did you mean 'FROZEN'?")  # fmt: skip


def test_a_server_without_reflection_is_told(newer, value, error):
    server = newer("none")
    no_reflection = f"that is known here, and {server.address} has no reflection service that would tell of it"
    assert error(server, "client.workflow_service:describe_namespaces{}") == (
        "AttributeError", "temporal.api.workflowservice.v1.WorkflowService has no RPC 'describe_namespaces' "
        f"{no_reflection}; did you mean 'describe_namespace'?")  # fmt: skip
    assert error(server, 'client:service("weather.v1.Weather")') == (
        "AttributeError", f"the service 'weather.v1.Weather' is not known here, and {server.address} has no reflection "
        "service that would tell its types")  # fmt: skip
    assert error(server, "client.workflow_service:describe_namespace{ regoin = 'eu' }") == (
        "TypeError", "describe_namespace: regoin: DescribeNamespaceRequest has no such field")
    server.calls()
    # What it answers is shown by its numbers, and it is asked once only.
    answer = value(server, """
      local s = client.workflow_service
      s:describe_namespace{ namespace = "n" }
      return s:describe_namespace{ namespace = "n" }.namespace_info.unknown_fields[1].number""")  # fmt: skip
    assert answer == 1000
    assert server.calls() == [DESCRIBE, *ASKS, DESCRIBE]


def test_a_type_that_is_not_described_spoils_its_own_rpcs_only(newer, value, error):
    server = newer("broken")
    assert error(server, "client.workflow_service:get_namespace_weather{}") == (
        "AttributeError", f"{server.address} describes 'get_namespace_weather' of "
        "temporal.api.workflowservice.v1.WorkflowService as it cannot be: "
        "the type temporal.api.namespace.v1.Residency is not described")  # fmt: skip
    assert value(server, 'return client.workflow_service:freeze_namespace{ namespace = "n" }') == {"namespace": "n"}
    chunk = 'return client.workflow_service:describe_namespace{ namespace = "n", region = "eu" }.namespace_info.name'
    assert value(server, chunk) == "n"


def test_a_server_that_cannot_be_asked_is_the_cause(run):
    chunk = "print(select(2, pcall(function() return client.workflow_service.describe_namespaces end)))"
    outcome = run("--address", "127.0.0.1:1", "-e", chunk)
    assert outcome.stdout.startswith(
        "AttributeError: temporal.api.workflowservice.v1.WorkflowService has no RPC 'describe_namespaces'; "
        "did you mean 'describe_namespace'?; caused by ConnectError: cannot connect to 127.0.0.1:1")  # fmt: skip
    outcome = run("--address", "127.0.0.1:1", "-e", 'client:service("weather.v1.Weather")')
    assert "ConnectError: cannot connect to 127.0.0.1:1" in outcome.stderr
    chunk = "client.workflow_service:describe_namespace{ nam = 1 }"
    assert "TypeError: describe_namespace: nam: " in run("--address", "127.0.0.1:1", "-e", chunk).stderr


def test_reading_alone_is_told_by_the_name(newer, value, error):
    server = newer("whole")
    assert error(server, "client.workflow_service:freeze_namespace{}", "--read-only") == (
        "ReadOnlyError", "this client is read-only, and FreezeNamespace changes the server's state")
    chunk = 'return client.workflow_service:get_namespace_weather{ namespace = "n" }.namespace'
    assert value(server, chunk, "--read-only") == "n"
    assert "/temporal.api.workflowservice.v1.WorkflowService/FreezeNamespace" not in server.calls()


def test_what_was_learnt_completes(newer, value):
    texts = value(newer("whole"), """
      local completion = require "moondial.completion"
      local weather = client:service("weather.v1.Weather")
      local _ = client.workflow_service.get_namespace_weather
      local function texts(text)
        local found = completion.at(text, #text, { client = client, weather = weather })
        local candidates = found.later and found.later() or found.candidates or found
        local list = json.array {}
        for i, candidate in ipairs(candidates) do list[i] = candidate.text .. (candidate.suffix or "") end
        return list
      end
      return { texts "weather:", texts "weather:get_sky{ colo", texts 'client:service("weather.v1.Weather"):get_',
        texts "client.workflow_service:get_namespace_w",
        texts "client.workflow_service:get_namespace_weather{ residency = { reg", texts 'client:service("weath' }""")  # fmt: skip
    assert texts == [["get_sky("], ["colour = "], ["get_sky("], ["get_namespace_weather("], ["region = "],
                     ['weather.v1.Weather"']]  # fmt: skip
