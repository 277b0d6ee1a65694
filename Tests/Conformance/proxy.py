"""A gRPC proxy that writes down what passes: `proxy.py UPSTREAM RECORD NAME…` listens on one port per name.

Prints one line of JSON, the address of each name, when it is ready; ends when its standard input closes. Bytes pass as
they are. The record has one line of JSON per request, written when it arrives. A request whose metadata has
`conformance-fail: COUNT STATUS` goes no further than here until COUNT of its kind have failed; one with
`conformance-unseen` is not written down, so that a case may look at something until it is there.
"""

from __future__ import annotations

import asyncio
import base64
import collections
import json
import sys
from collections.abc import Awaitable, Callable
from typing import TextIO

import grpc
import grpc.aio

UNLIMITED = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]

#: What gRPC itself sends with every call.
OF_THE_TRANSPORT = ("user-agent", "grpc-accept-encoding", "te", "content-type", "accept-encoding")

FAIL = "conformance-fail"
UNSEEN = "conformance-unseen"


class Recorder(grpc.GenericRpcHandler):
    """Hands the calls of one client on, and writes them down."""

    def __init__(self, name: str, upstream: grpc.aio.Channel, record: TextIO):
        self._name = name
        self._upstream = upstream
        self._record = record
        self._failed: collections.Counter[tuple[str, str]] = collections.Counter()

    def service(self, details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler:
        return grpc.unary_unary_rpc_method_handler(self._handler(details.method))

    def _handler(self, method: str) -> Callable[[bytes, grpc.aio.ServicerContext], Awaitable[bytes]]:
        async def forward(request: bytes, context: grpc.aio.ServicerContext) -> bytes:
            remaining = context.time_remaining()
            metadata = [(k, v) for k, v in context.invocation_metadata() or () if k not in OF_THE_TRANSPORT]
            if UNSEEN not in dict(metadata):
                self._write(method, metadata, remaining, request)
            fail = dict(metadata).get(FAIL)
            if fail:
                count, status, group = fail.split()
                self._failed[method, group] += 1
                if self._failed[method, group] <= int(count):
                    await context.abort(grpc.StatusCode[status], "failed on the way")
            call = self._upstream.unary_unary(method)(request, timeout=remaining, metadata=metadata)
            try:
                response = await call
            except grpc.aio.AioRpcError as error:
                await context.abort(error.code(), error.details() or "", tuple(error.trailing_metadata() or ()))
            return response

        return forward

    def _write(self, method: str, metadata: list[tuple[str, str | bytes]], timeout: float | None, body: bytes) -> None:
        line = {
            "client": self._name,
            "method": method,
            "metadata": {k: v if isinstance(v, str) else "base64 " + base64.b64encode(v).decode() for k, v in metadata},
            # A call without a deadline has a remaining time of centuries.
            "timeout": timeout if timeout is not None and timeout < 1e6 else None,
            "request": base64.b64encode(body).decode(),
        }
        self._record.write(json.dumps(line) + "\n")
        self._record.flush()


async def main(upstream: str, record: str, names: list[str]) -> None:
    with open(record, "a", encoding="utf-8") as file:
        async with grpc.aio.insecure_channel(upstream, UNLIMITED) as channel:
            addresses, servers = {}, []
            for name in names:
                server = grpc.aio.server(options=UNLIMITED)
                server.add_generic_rpc_handlers((Recorder(name, channel, file),))
                addresses[name] = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
                await server.start()
                servers.append(server)
            print(json.dumps(addresses), flush=True)
            await asyncio.to_thread(sys.stdin.read)
            for server in servers:
                await server.stop(0)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
