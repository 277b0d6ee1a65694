"""Writes a history as JSON."""

import sys

from temporalio.client import Client

from ending import run


async def main(address: str, id: str) -> str:
    client = await Client.connect(address)
    return (await client.get_workflow_handle(id).fetch_history()).to_json()


run(main(sys.argv[1], sys.argv[2]))
