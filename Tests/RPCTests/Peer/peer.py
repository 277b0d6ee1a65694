"""The other end of the RPC tests: a gRPC server in a process of its own.

It prints the port it listens on and ends when its standard input does, so that it cannot outlive the tests. Messages are
plain bytes; what a method is to do beyond that is said in the request's metadata.
"""

import argparse
import asyncio
import collections
import concurrent.futures
import sys

import grpc
import grpc.aio

OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


class Peer(grpc.GenericRpcHandler):
    def __init__(self):
        self.counted = collections.Counter()
        self.arrived = collections.defaultdict(asyncio.Event)
        self.left = collections.defaultdict(asyncio.Event)

    def service(self, details):
        package, _, method = details.method.rpartition("/")
        behaviour = getattr(self, method.lower(), None)
        if package != "/peer.Peer" or behaviour is None:
            return None
        if method == "Silent":
            return grpc.unary_stream_rpc_method_handler(behaviour)
        return grpc.unary_unary_rpc_method_handler(behaviour)

    async def echo(self, request, context):
        """Sends the message back, and every x- header as a header and as a trailer."""
        pairs = [(key, value) for key, value in context.invocation_metadata() if key.startswith("x-")]
        await context.send_initial_metadata(pairs)
        context.set_trailing_metadata(pairs)
        return request

    async def headers(self, request, context):
        """Returns the value of the header that the message names."""
        values = dict(context.invocation_metadata())
        return str(values.get(request.decode(), "")).encode()

    async def fail(self, request, context):
        """Ends with the status of x-code, the text of the message, and x-details-bin as the details trailer."""
        headers = dict(context.invocation_metadata())
        trailers = [(key, value) for key, value in context.invocation_metadata() if key.startswith("x-trailer")]
        if "x-details-bin" in headers:
            trailers.append(("grpc-status-details-bin", headers["x-details-bin"]))
        await context.abort(status(int(headers["x-code"])), request.decode(), tuple(trailers))

    async def flaky(self, request, context):
        """Fails with x-code until the attempt of number x-succeed-at for this message, and returns that number."""
        headers = dict(context.invocation_metadata())
        self.counted[request] += 1
        if self.counted[request] < int(headers["x-succeed-at"]):
            await context.abort(status(int(headers["x-code"])), headers.get("x-message", "not yet"))
        return str(self.counted[request]).encode()

    async def attempts(self, request, context):
        """Returns how many Flaky calls with the same message came."""
        return str(self.counted[request]).encode()

    async def hang(self, request, context):
        """Never answers."""
        self.arrived[request].set()
        try:
            await asyncio.Event().wait()
        finally:
            self.left[request].set()

    async def hasarrived(self, request, context):
        """Answers when a Hang with the same message is there."""
        await self.arrived[request].wait()
        return b""

    async def hasleft(self, request, context):
        """Answers when the Hang with the same message has been cancelled."""
        await self.left[request].wait()
        return b""

    async def big(self, request, context):
        """Returns as many bytes as the message says, each the low byte of its position."""
        size = int(request)
        return (bytes(range(256)) * (size // 256 + 1))[:size]

    async def silent(self, request, context):
        """Ends well without a message."""
        return
        yield


def status(number):
    return next(code for code in grpc.StatusCode if code.value[0] == number)


class AuthorityHandler(grpc.GenericRpcHandler):
    """Answers every call with the :authority it came with, which only the synchronous server knows."""

    def service(self, details):
        return grpc.unary_unary_rpc_method_handler(
            lambda request, context: context._rpc_event.call_details.host
        )


def serve_authority():
    server = grpc.server(concurrent.futures.ThreadPoolExecutor(1), handlers=(AuthorityHandler(),))
    print(server.add_insecure_port("127.0.0.1:0"), flush=True)
    server.start()
    sys.stdin.read()
    server.stop(None)


async def serve(arguments):
    server = grpc.aio.server(options=OPTIONS)
    server.add_generic_rpc_handlers((Peer(),))
    port = server.add_insecure_port(f"127.0.0.1:{arguments.port}")
    await server.start()
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await server.stop(None)


parser = argparse.ArgumentParser()
parser.add_argument("--port", type=int, default=0)
parser.add_argument("--authority", action="store_true")
arguments = parser.parse_args()
if arguments.authority:
    serve_authority()
else:
    asyncio.run(serve(arguments))
