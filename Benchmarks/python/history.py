"""Reads a history to its end and decodes every payload in it.

The client leaves payloads as they are, so this looks where the events of this history have theirs, and nowhere else:
the cheapest way there is. Prints how many events there were, and how many of the decoded values were memos.
"""

import sys
from collections.abc import Iterable

from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

from ending import run


def payloads(event: HistoryEvent) -> Iterable[Payload]:
    match event.WhichOneof("attributes"):
        case "workflow_execution_started_event_attributes":
            return event.workflow_execution_started_event_attributes.input.payloads
        case "activity_task_scheduled_event_attributes":
            return event.activity_task_scheduled_event_attributes.input.payloads
        case "activity_task_completed_event_attributes":
            return event.activity_task_completed_event_attributes.result.payloads
        case "workflow_execution_completed_event_attributes":
            return event.workflow_execution_completed_event_attributes.result.payloads
    return ()


async def main(address: str, id: str) -> str:
    client = await Client.connect(address)
    decode = client.data_converter.payload_converter.from_payload
    events = memos = 0
    async for event in client.get_workflow_handle(id).fetch_history_events():
        events += 1
        if event.HasField("workflow_properties_modified_event_attributes"):
            fields = event.workflow_properties_modified_event_attributes.upserted_memo.fields
            memo = {key: decode(payload) for key, payload in fields.items()}
            memos += isinstance(memo["number"], int)
        else:
            for payload in payloads(event):
                decode(payload)
    return f"{events} {memos}"


run(main(sys.argv[1], sys.argv[2]))
