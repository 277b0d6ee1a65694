"""Reads a history to its end."""

import sys

from temporalio.client import Client

from ending import run


async def main(address: str, id: str) -> int:
    client = await Client.connect(address)
    events = 0
    async for _ in client.get_workflow_handle(id).fetch_history_events():
        events += 1
    return events


run(main(sys.argv[1], sys.argv[2]))
