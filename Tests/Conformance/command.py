"""Commands of the `temporal` CLI beside the Lua that does the same: what they print, what they send, and what they change."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from google.protobuf.json_format import MessageToDict
from normal import Scrubber, readable
from temporalio.api.operatorservice.v1 import request_response_pb2 as operator_service
from temporalio.api.workflowservice.v1 import request_response_pb2 as workflow_service

CLI = Path(sys.prefix) / "bin" / "temporal"
CLIENTS = ("cli", "moondial")

#: What only the moment decides: of these the type alone is compared.
MOMENTARY = {
    "approximateBacklogAge", "backlogIncreaseRate", "tasksAddRate", "tasksDispatchRate", "currentHostCpuUsage",
    "currentHostMemUsage", "elapsedSinceLastHeartbeat", "currentAvailableSlots", "currentUsedSlots", "currentPollers",
    "totalProcessedTasks", "lastIntervalProcessedTasks", "currentStickyCacheSize", "totalStickyCacheHit", "count_of_all",
    "lastSuccessfulPollTime", "lastIntervalFailureTasks", "totalFailedTasks",
}  # fmt: skip

#: Tokens and ids that are made anew for each request.
OF_THE_REQUEST = {"conflict_token", "request_id", "identity", "updateIdentity", "lastModifierIdentity", "managerIdentity"}


@dataclass(frozen=True)
class Command:
    """One thing done by both. `TAG` stands for a name of this command and client alone, `SHARED` for what was prepared.

    `differs` gives, by row of docs/differences.md, patterns of the differing paths. `state` are commands of the CLI that
    tell what the server has afterwards.
    """

    name: str
    arguments: list[str]
    lua: str
    differs: dict[str, list[str]] = field(default_factory=dict)
    state: list[list[str]] = field(default_factory=list)
    before: list[list[str]] = field(default_factory=list)
    after: list[list[str]] = field(default_factory=list)
    prints: bool = True


class Commands:
    """Runs commands through the proxy, which writes down what they send."""

    def __init__(self, server: dict[str, str], moondial: str, shared: str, record: Path):
        self._server, self._moondial, self._shared, self._record = server, moondial, shared, record
        command = [sys.executable, str(Path(__file__).with_name("proxy.py")), server["address"], str(record), *CLIENTS]
        self._proxy = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._addresses = json.loads(self._proxy.stdout.readline())
        self._read = dict.fromkeys(CLIENTS, 0)
        # Neither is to find a configuration of this machine's.
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith("TEMPORAL_")}

    def close(self) -> None:
        self._proxy.stdin.close()
        self._proxy.wait()
        self._proxy.stdout.close()

    def compare(self, command: Command) -> dict[str, dict[str, Any]]:
        """What each client found, brought to one form."""
        # What is made before or undone after would be seen by the other; and of two questions about a deployment that come
        # at once the server may turn one away, which is then asked again.
        is_alone = bool(command.before or command.after) or command.arguments[:2] == ["worker", "deployment"]
        with ThreadPoolExecutor(1 if is_alone else len(CLIENTS)) as pool:
            return dict(zip(CLIENTS, pool.map(lambda client: self._found(command, client), CLIENTS), strict=True))

    def _found(self, command: Command, client: str) -> dict[str, Any]:
        tag = f"t{uuid.uuid4().hex[:10]}"

        def filled(text: str) -> str:
            return text.replace("TAG", tag).replace("SHARED", self._shared).replace("QUEUE", self._server["task_queue"])

        def temporal(arguments: list[str], address: str) -> subprocess.CompletedProcess[str]:
            texts = [*map(filled, arguments), "--address", address, "--disable-config-file"]
            return self._run([str(CLI), *texts])

        direct = self._server["address"]
        for arguments in command.before:
            done = temporal(arguments, direct)
            assert done.returncode == 0, done.stderr
        self._requests(client)
        if client == "cli":
            done = temporal([*command.arguments, "-o", "json"], self._addresses["cli"])
        else:
            options = ["--address", self._addresses["moondial"], "--disable-config-file", "-o", "json"]
            done = self._run([self._moondial, *options, "-e", filled(command.lua)])
        requests = self._requests(client, command.arguments[-1] == "system")
        state = [self._json(temporal([*arguments, "-o", "json"], direct)) for arguments in command.state]
        for arguments in command.after:
            temporal(arguments, direct)
        found = {"requests": requests, "outcome": self._json(done) if command.prints else done.returncode, "state": state}
        # The tag itself may be part of larger words.
        text = json.dumps(found).replace(tag, "TAG")
        return {**Scrubber(tag).scrub(steady(json.loads(text))), "complaint": done.stderr.strip()}

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, capture_output=True, text=True, timeout=60, env=self._environment)

    @staticmethod
    def _json(done: subprocess.CompletedProcess[str]) -> Any:
        if done.returncode != 0:
            return "it fails"
        return json.loads(done.stdout) if done.stdout.strip() else None

    def _requests(self, client: str, asks_for_it: bool = False) -> dict[str, Any]:
        """What was sent since the last time, by method; the second of a method as `Method 2`.

        GetSystemInfo is among them if the command `asks_for_it`, and not for a connection alone.
        """
        # The last line may be one that the proxy is about to write for the other.
        lines = self._record.read_text().rpartition("\n")[0].splitlines()
        entries = [json.loads(line) for line in lines]
        mine = [entry for entry in entries if entry["client"] == client]
        new, self._read[client] = mine[self._read[client] :], len(mine)
        found: dict[str, Any] = {}
        # The CLI asks whom it speaks with whenever it connects.
        greeted = client == "moondial"
        for entry in new:
            method = entry["method"].rpartition("/")[2]
            if method == "GetSystemInfo" and not (greeted and asks_for_it):
                greeted = True
                continue
            known = getattr(workflow_service, f"{method}Request", None) or getattr(
                operator_service, f"{method}Request", None
            )
            body = base64.b64decode(entry["request"])
            message = readable(MessageToDict(known.FromString(body), preserving_proto_field_name=True)) if known else str(body)
            count = sum(name.partition(" ")[0] == method for name in found)
            found[f"{method} {count + 1}" if count else method] = message
        return found


def steady(value: Any, key: str = "") -> Any:
    """A value without what the moment decides, and with lists of records in one order."""
    if key in MOMENTARY:
        return f"<{'number' if isinstance(value, (int, float)) else type(value).__name__}>"
    if key in OF_THE_REQUEST and value:
        return f"<{key}>"
    if isinstance(value, dict):
        return {name: steady(item, name) for name, item in value.items()}
    if isinstance(value, list):
        items = [steady(item) for item in value]
        return sorted(items, key=json.dumps) if key in ("pollers", "stats", "task_queues", "taskQueuesInfos") else items
    # Go writes 1 where others write 1.0, and some numbers as a float32 has them.
    if isinstance(value, float):
        value = float(f"{value:.7g}")
        return int(value) if value.is_integer() else value
    return value
