"""A frontend of another age or in another mood than the real server of the integration tests.

It answers each method as a test has told it to, keeps what it was asked, and prints the port it listens on. Tests are
told apart by their x-test header, so that many can use one process. It ends when its standard input does.
"""

import asyncio
import collections
import json
import sys

import grpc
import grpc.aio


class Conversation:
    def __init__(self):
        self.answers = collections.defaultdict(list)
        self.calls = []


class Frontend(grpc.GenericRpcHandler):
    def __init__(self):
        self.conversations = collections.defaultdict(Conversation)

    def service(self, details):
        method = details.method.rpartition("/")[2]
        control = {"Answer": self.answer, "Calls": self.calls}.get(method)
        if control:
            return grpc.unary_unary_rpc_method_handler(control)

        async def ask(request, context):
            return await self.asked(method, request, context)

        return grpc.unary_unary_rpc_method_handler(ask)

    def conversation(self, context):
        return self.conversations[dict(context.invocation_metadata())["x-test"]]

    async def answer(self, request, context):
        """Takes {"method": name, "answers": [...]}: bytes in hexadecimal, or a status. The last one stays."""
        script = json.loads(request)
        self.conversation(context).answers[script["method"]] = script["answers"]
        return b""

    async def calls(self, request, context):
        """Returns what was asked so far."""
        return json.dumps(self.conversation(context).calls).encode()

    async def asked(self, method, request, context):
        conversation = self.conversation(context)
        conversation.calls.append(
            {
                "method": method,
                "request": request.hex(),
                "headers": [[key, value] for key, value in context.invocation_metadata() if isinstance(value, str)],
                "timeout": context.time_remaining(),
            }
        )
        answers = conversation.answers[method]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, str):
            return bytes.fromhex(answer)
        code = next(code for code in grpc.StatusCode if code.value[0] == answer["code"])
        await context.abort(code, answer["message"])


async def main():
    server = grpc.aio.server()
    server.add_generic_rpc_handlers((Frontend(),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    print(port, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await server.stop(None)


asyncio.run(main())
