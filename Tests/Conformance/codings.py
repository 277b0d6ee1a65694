"""Areas in which both clients have a payload codec, and a worker that has it, too: the Python SDK's own `PayloadCodec`.

In `codec` Moondial asks a codec server, and in `lua_codec` it has the same codec written in Lua.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from temporalio.client import Client
from temporalio.converter import DataConverter, PayloadCodec
from temporalio.worker import Worker

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "Support"))

import test_worker  # noqa: E402
from payload_codecs import MaskCodec, ZlibCodec  # noqa: E402


@dataclasses.dataclass(frozen=True)
class Coding:
    """How the clients of an area come to their codec."""

    codec: PayloadCodec
    queue: str
    #: Lua that makes `client` one with the codec; else a codec server does its work.
    lua: str = ""

    @property
    def converter(self) -> DataConverter:
        return dataclasses.replace(DataConverter.default, payload_codec=self.codec)

    @contextlib.contextmanager
    def options(self, record: Path) -> Iterator[list[str]]:
        """The options that Moondial is given."""
        if self.lua:
            yield []
            return
        command = [sys.executable, str(TESTS / "Support" / "codec_server.py"), str(record)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
            try:
                yield ["--codec-endpoint", f"{server.stdout.readline().strip()}/zlib"]
            finally:
                server.stdin.close()

    @contextlib.asynccontextmanager
    async def worker(self, address: str, namespace: str) -> AsyncIterator[None]:
        """Serves the area's queue with the workflows of the test worker."""
        client = await Client.connect(address, namespace=namespace, data_converter=self.converter)
        kinds = {"workflows": test_worker.WORKFLOWS, "activities": test_worker.ACTIVITIES}
        async with Worker(client, task_queue=self.queue, **kinds):
            yield


MASK = json.dumps(str(TESTS / "Integration" / "support" / "mask_codec.lua"))

CODINGS = {
    "codec": Coding(ZlibCodec(), "moondial-codec"),
    "lua_codec": Coding(
        MaskCodec(),
        "moondial-lua-codec",
        f"client = temporal.connect{{ client.address, namespace = client.namespace, codec = dofile({MASK}) }}",
    ),
}
