"""Signals the workflows bench-open-0, bench-open-1, … in turn, so many at a time."""

import asyncio
import sys

from temporalio.client import Client

from ending import run


async def main(address: str, count: int, at_a_time: int, workflows: int) -> int:
    client = await Client.connect(address)
    handles = [client.get_workflow_handle(f"bench-open-{number}") for number in range(workflows)]
    places = asyncio.Semaphore(at_a_time)
    sent = 0

    async def signal(number: int) -> None:
        nonlocal sent
        async with places:
            await handles[number % workflows].signal("put", number)
        sent += 1

    await asyncio.gather(*(signal(number) for number in range(count)))
    return sent


run(main(sys.argv[1], *map(int, sys.argv[2:])))
