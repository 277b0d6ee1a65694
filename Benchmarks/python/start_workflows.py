"""Starts so many workflows that no worker looks at, so many at a time."""

import asyncio
import sys
import uuid

from temporalio.client import Client

from ending import run


async def main(address: str, count: int, at_a_time: int, task_queue: str) -> int:
    client = await Client.connect(address)
    # Each run starts workflows of its own.
    prefix = f"bench-start-{uuid.uuid4()}-"
    places = asyncio.Semaphore(at_a_time)
    started = 0

    async def start(number: int) -> None:
        nonlocal started
        async with places:
            await client.start_workflow("Sleep", number, id=f"{prefix}{number}", task_queue=task_queue)
        started += 1

    await asyncio.gather(*(start(number) for number in range(count)))
    return started


run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
