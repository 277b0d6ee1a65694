"""Describes the workflows bench-0, bench-1, … over and over, one after the other or so many at a time."""

import asyncio
import sys

from temporalio.client import Client

from ending import run


async def main(address: str, count: int, at_a_time: int, workflows: int) -> int:
    client = await Client.connect(address)
    places = asyncio.Semaphore(at_a_time)

    async def describe(id: str) -> bool:
        async with places:
            return (await client.get_workflow_handle(id).describe()).id == id

    ids = [f"bench-{number % workflows}" for number in range(count)]
    if at_a_time == 1:
        return sum([await describe(id) for id in ids])
    return sum(await asyncio.gather(*(describe(id) for id in ids)))


run(main(sys.argv[1], *map(int, sys.argv[2:])))
