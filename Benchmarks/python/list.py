"""Lists the workflows that a query matches."""

import sys

from temporalio.client import Client

from ending import run


async def main(address: str, query: str) -> int:
    client = await Client.connect(address)
    workflows = 0
    async for _ in client.list_workflows(query):
        workflows += 1
    return workflows


run(main(sys.argv[1], sys.argv[2]))
