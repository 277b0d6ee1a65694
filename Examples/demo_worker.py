"""A worker with a few workflows worth exploring from the prompt, on task queue "moondial-demo".

`scripts/run` starts it beside the dev server. By hand, against the server at TEMPORAL_ADDRESS (localhost:7233):

    .venv/bin/python Examples/demo_worker.py

It prints one line, "worker ready", when it polls for work, and ends when its standard input closes or on SIGTERM.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Thread
from typing import Any

from temporalio import activity, workflow
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError
from temporalio.runtime import LoggingConfig, Runtime, TelemetryConfig, TelemetryFilter
from temporalio.worker import Worker

TASK_QUEUE = "moondial-demo"


@workflow.defn
class Greeting:
    """Greets in a language of your choice until it is told to finish."""

    # With the arguments of `run`: a signal may come before the first task.
    @workflow.init
    def __init__(self, name: str = "World") -> None:
        self.name = name
        self.language = "en"
        self.finished = False

    greetings = {"en": "Hello, {}!", "es": "¡Hola, {}!", "fi": "Hei, {}!", "ja": "こんにちは、{}！"}

    @workflow.run
    async def run(self, name: str = "World") -> str:
        await workflow.wait_condition(lambda: self.finished)
        return self.greeting()

    @workflow.query
    def greeting(self) -> str:
        return self.greetings[self.language].format(self.name)

    @workflow.query
    def languages(self) -> list[str]:
        return sorted(self.greetings)

    @workflow.signal
    def rename(self, name: str) -> None:
        self.name = name

    @workflow.update
    def set_language(self, language: str) -> str:
        previous, self.language = self.language, language
        return previous

    @set_language.validator
    def check_language(self, language: str) -> None:
        if language not in self.greetings:
            raise ValueError(f"{language!r} is not one of {', '.join(self.languages())}")

    @workflow.signal
    def finish(self) -> None:
        self.finished = True


@dataclass
class Item:
    sku: str
    quantity: int = 1


@dataclass
class Receipt:
    order_id: str
    charged: float
    parcel: str


@activity.defn
async def charge_card(items: list[Item]) -> float:
    """Fails twice before it succeeds, so that there is a retry to look at."""
    if activity.info().attempt <= 2:
        raise ApplicationError("the card processor is busy", type="ProcessorBusy")
    return round(sum(9.99 * item.quantity for item in items), 2)


@workflow.defn
class Order:
    """Charges a card, waits a little, and has a child workflow ship the parcel."""

    def __init__(self) -> None:
        self.stage = "received"

    @workflow.run
    async def run(self, items: list[Item], packing_seconds: float = 1) -> Receipt:
        self.stage = "charging"
        charged = await workflow.execute_activity(
            charge_card,
            items,
            start_to_close_timeout=timedelta(seconds=5),
            retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=200)),
        )
        self.stage = "packing"
        await workflow.sleep(packing_seconds)
        self.stage = "shipping"
        order_id = workflow.info().workflow_id
        parcel = await workflow.execute_child_workflow(Shipment.run, len(items), id=f"{order_id}-shipment")
        self.stage = "done"
        return Receipt(order_id, charged, parcel)

    @workflow.query
    def progress(self) -> str:
        return self.stage


@workflow.defn
class Shipment:
    """The child workflow of an Order."""

    @workflow.run
    async def run(self, items: int) -> str:
        await workflow.sleep(0.5)
        return f"parcel-{workflow.uuid4().hex[:8]} with {items} item(s)"


@workflow.defn
class Counter:
    """Counts what it is told to add, and continues as new after every ten additions."""

    additions_per_run = 10

    def __init__(self) -> None:
        self.total = 0
        self.additions = 0

    @workflow.run
    async def run(self, total: int = 0) -> None:
        self.total += total
        await workflow.wait_condition(lambda: self.additions >= self.additions_per_run)
        await workflow.wait_condition(workflow.all_handlers_finished)
        workflow.continue_as_new(self.total)

    @workflow.update
    def add(self, amount: int) -> int:
        self.total += amount
        self.additions += 1
        return self.total

    @add.validator
    def check_amount(self, amount: int) -> None:
        if amount < 1:
            raise ValueError("only whole numbers from 1 up can be added")

    @workflow.query
    def value(self) -> int:
        return self.total


@workflow.defn
class Failing:
    """Fails with an error that has a type, details and a chain of causes."""

    @workflow.run
    async def run(self, message: str = "the order cannot be filled") -> None:
        try:
            try:
                raise ApplicationError("no route to warehouse 7", type="NoRoute", non_retryable=True)
            except ApplicationError as error:
                raise ApplicationError("stock could not be read", {"warehouse": 7}, type="StockUnknown") from error
        except ApplicationError as error:
            details = {"order": workflow.info().workflow_id, "missing": ["tea", "cups"]}
            raise ApplicationError(message, details, 42, type="OrderFailed") from error


async def serve(
    task_queue: str,
    workflows: Sequence[type],
    activities: Sequence[Callable[..., Any]],
    nexus_services: Sequence[Any] = (),
) -> None:
    """Runs one worker until standard input closes or SIGTERM arrives, saying "worker ready" when it polls."""
    # A worker beside a prompt stays silent: what fails is in the histories, where the prompt can show it.
    logging.disable()
    warnings.simplefilter("ignore")
    silent = LoggingConfig(TelemetryFilter(core_level="OFF", other_level="OFF"))
    Runtime.set_default(Runtime(telemetry=TelemetryConfig(logging=silent)))

    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    if not sys.stdin.isatty():
        # Ctrl-C reaches the whole foreground process group; there it is the prompt's to act on.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=lambda: (sys.stdin.buffer.read(), loop.call_soon_threadsafe(stop.set)), daemon=True).start()

    address = os.environ.get("TEMPORAL_ADDRESS", "localhost:7233")
    try:
        client = await Client.connect(address, namespace=os.environ.get("TEMPORAL_NAMESPACE", "default"))
    except RuntimeError as error:
        sys.exit(f"worker: cannot connect to {address}: {error}")

    def end(worker: asyncio.Task[None]) -> None:
        print(f"worker: {worker.exception()}", file=sys.stderr)
        os._exit(1)

    worker = Worker(
        client,
        task_queue=task_queue,
        workflows=workflows,
        activities=activities,
        nexus_service_handlers=nexus_services,
    )
    running = asyncio.create_task(worker.run())
    running.add_done_callback(end)
    await until_polled(client, task_queue)
    print("worker ready", flush=True)
    await stop.wait()
    # Without worker.shutdown(), which waits for the server, and the server may be the first to go.
    os._exit(0)


async def until_polled(client: Client, task_queue: str) -> None:
    """Waits until the server knows of a poller on the task queue."""
    request = DescribeTaskQueueRequest(namespace=client.namespace, task_queue=TaskQueue(name=task_queue))
    while not (await client.workflow_service.describe_task_queue(request)).pollers:
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(serve(TASK_QUEUE, [Greeting, Order, Shipment, Counter, Failing], [charge_card]))
