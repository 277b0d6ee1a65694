"""The raw services: every RPC that only reads, with plain tables by the API's field names, beside the SDK's messages."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from google.protobuf.json_format import ParseDict
from shown import shown
from table import Context, case
from temporalio.api.operatorservice.v1 import request_response_pb2 as operator_messages
from temporalio.api.workflowservice.v1 import request_response_pb2 as workflow_messages
from temporalio.client import (
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleIntervalSpec,
    ScheduleSpec,
    ScheduleState,
)

Preparation = Callable[[Context], Awaitable[None]]


async def seen(c: Context, query: str) -> None:
    """Returns when the visibility store has what a query asks for."""
    while (await c.client.count_workflows(query)).count == 0:
        await asyncio.sleep(0.02)


async def nothing(c: Context) -> None:
    pass


async def closed(c: Context) -> None:
    handle = await c.start("Described", "details", memo={"a": [1, None]}, static_summary="summary")
    await handle.terminate("told", "twice")
    await seen(c, f"WorkflowId = '{c.id}' AND ExecutionStatus = 'Terminated'")


async def running(c: Context) -> None:
    await c.start("Sleep")
    await seen(c, f"WorkflowId = '{c.id}' AND ExecutionStatus = 'Running'")
    # Answered after what the worker has to do before.
    await c.handle().query("__temporal_workflow_metadata")


async def scheduled(c: Context) -> None:
    action = ScheduleActionStartWorkflow("Echo", [1, "two"], id=c.id, task_queue=c.queue, memo={"m": True})
    spec = ScheduleSpec(intervals=[ScheduleIntervalSpec(timedelta(hours=6), timedelta(minutes=5))])
    await c.client.create_schedule(
        c.id, Schedule(action=action, spec=spec, state=ScheduleState(note="never", paused=True)), memo={"s": "ü"}
    )


NAMESPACE = {"namespace": "default"}
EXECUTION = {"workflow_id": "ID"}
TIMES = {"earliest_time": "2020-01-01T00:00:00Z", "latest_time": "2100-01-01T00:00:00.5Z"}
VERSION = {"deployment_name": "ID", "build_id": "b"}

#: By RPC: what is there before, and the request, in which ID stands for the case's id.
WORKFLOW: dict[str, tuple[Preparation, dict[str, Any]]] = {
    "count_activity_executions": (nothing, {**NAMESPACE, "query": "ActivityId = 'ID'"}),
    "count_nexus_operation_executions": (nothing, {**NAMESPACE, "query": "OperationId = 'ID'"}),
    "count_schedules": (nothing, {**NAMESPACE, "query": "ScheduleId = 'ID'"}),
    "count_workers": (nothing, {**NAMESPACE, "query": "TaskQueue = 'ID'"}),
    "count_workflow_executions": (closed, {**NAMESPACE, "query": "WorkflowId = 'ID' GROUP BY ExecutionStatus"}),
    "describe_activity_execution": (nothing, {**NAMESPACE, "activity_id": "ID", "include_outcome": True}),
    "describe_batch_operation": (nothing, {**NAMESPACE, "job_id": "ID"}),
    "describe_deployment": (nothing, {**NAMESPACE, "deployment": {"series_name": "ID", "build_id": "b"}}),
    "describe_namespace": (nothing, NAMESPACE),
    "describe_nexus_operation_execution": (nothing, {**NAMESPACE, "operation_id": "ID"}),
    "describe_schedule": (scheduled, {**NAMESPACE, "schedule_id": "ID"}),
    "describe_task_queue": (nothing, {
        **NAMESPACE, "task_queue": {"name": "ID", "kind": "TASK_QUEUE_KIND_NORMAL"}, "report_config": True,
        "task_queue_type": "TASK_QUEUE_TYPE_ACTIVITY", "include_task_queue_status": True,
    }),
    "describe_worker": (nothing, {**NAMESPACE, "worker_instance_key": "ID"}),
    "describe_worker_deployment": (nothing, {**NAMESPACE, "deployment_name": "ID"}),
    "describe_worker_deployment_version": (nothing, {**NAMESPACE, "deployment_version": VERSION}),
    "describe_workflow_execution": (closed, {**NAMESPACE, "execution": EXECUTION}),
    "describe_workflow_rule": (nothing, {**NAMESPACE, "rule_id": "ID"}),
    "fetch_worker_config": (nothing, {**NAMESPACE, "reason": "none", "selector": {"worker_instance_key": "ID"}}),
    "get_cluster_info": (nothing, {}),
    "get_current_deployment": (nothing, {**NAMESPACE, "series_name": "ID"}),
    "get_deployment_reachability": (nothing, {**NAMESPACE, "deployment": {"series_name": "ID", "build_id": "b"}}),
    "get_search_attributes": (nothing, {}),
    "get_system_info": (nothing, {}),
    "get_worker_build_id_compatibility": (nothing, {**NAMESPACE, "task_queue": "ID", "max_sets": 3}),
    "get_worker_task_reachability": (nothing, {
        **NAMESPACE, "build_ids": ["b"], "task_queues": ["ID"], "reachability": "TASK_REACHABILITY_EXISTING_WORKFLOWS",
    }),
    "get_worker_versioning_rules": (nothing, {**NAMESPACE, "task_queue": "ID"}),
    "get_workflow_execution_history": (closed, {
        **NAMESPACE, "execution": EXECUTION, "history_event_filter_type": "HISTORY_EVENT_FILTER_TYPE_ALL_EVENT",
    }),
    "get_workflow_execution_history_reverse": (closed, {
        **NAMESPACE, "execution": EXECUTION, "maximum_page_size": 1,
    }),
    "list_activity_executions": (nothing, {**NAMESPACE, "page_size": 3, "query": "ActivityId = 'ID'"}),
    "list_archived_workflow_executions": (nothing, {**NAMESPACE, "page_size": 3, "query": "WorkflowId = 'ID'"}),
    # Others may run batches in the namespace of the tests.
    "list_batch_operations": (nothing, {"namespace": "temporal-system", "page_size": 3}),
    "list_closed_workflow_executions": (closed, {
        **NAMESPACE, "maximum_page_size": 3, "start_time_filter": TIMES, "execution_filter": EXECUTION,
    }),
    "list_deployments": (nothing, {**NAMESPACE, "page_size": 3, "series_name": "ID"}),
    "list_namespaces": (nothing, {"page_size": 1, "namespace_filter": {"include_deleted": True}}),
    "list_nexus_operation_executions": (nothing, {**NAMESPACE, "page_size": 3, "query": "OperationId = 'ID'"}),
    "list_open_workflow_executions": (running, {
        **NAMESPACE, "maximum_page_size": 3, "start_time_filter": TIMES, "execution_filter": EXECUTION,
    }),
    "list_schedule_matching_times": (scheduled, {
        **NAMESPACE, "schedule_id": "ID", "start_time": "2026-01-01T00:00:00Z", "end_time": "2026-01-02T12:00:00.25Z",
    }),
    "list_schedules": (nothing, {**NAMESPACE, "maximum_page_size": 3, "query": "ScheduleId = 'ID'"}),
    "list_task_queue_partitions": (nothing, {**NAMESPACE, "task_queue": {"name": "ID"}}),
    "list_worker_deployments": (nothing, {"namespace": "temporal-system", "page_size": 3}),
    "list_workers": (nothing, {**NAMESPACE, "page_size": 3, "query": "TaskQueue = 'ID'"}),
    "list_workflow_executions": (closed, {**NAMESPACE, "page_size": 3, "query": "WorkflowId = 'ID'"}),
    "list_workflow_rules": (nothing, NAMESPACE),
    "poll_activity_execution": (nothing, {**NAMESPACE, "activity_id": "ID"}),
    "poll_nexus_operation_execution": (nothing, {**NAMESPACE, "operation_id": "ID"}),
    "poll_workflow_execution_time_skipping": (closed, {**NAMESPACE, "workflow_execution": EXECUTION}),
    "poll_workflow_execution_update": (closed, {
        **NAMESPACE, "update_ref": {"workflow_execution": EXECUTION, "update_id": "none"},
        "wait_policy": {"lifecycle_stage": "UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED"},
    }),
    "query_workflow": (running, {
        **NAMESPACE, "execution": EXECUTION, "query": {"query_type": "__temporal_workflow_metadata"},
    }),
    "scan_workflow_executions": (closed, {**NAMESPACE, "page_size": 3, "query": "WorkflowId = 'ID'"}),
    "validate_worker_deployment_version_compute_config": (nothing, {
        **NAMESPACE, "deployment_version": VERSION, "remove_compute_config_scaling_groups": ["a"],
    }),
}  # fmt: skip

OPERATOR: dict[str, tuple[Preparation, dict[str, Any]]] = {
    "get_nexus_endpoint": (nothing, {"id": "ID"}),
    "list_clusters": (nothing, {"page_size": 3}),
    "list_nexus_endpoints": (nothing, {"page_size": 3, "name": "ID"}),
    "list_search_attributes": (nothing, NAMESPACE),
}


def add(service: str, messages: Any, name: str, prepare: Preparation, request: dict[str, Any]) -> None:
    """The case of one RPC."""
    pascal = "".join(word.capitalize() for word in name.split("_"))

    async def prepared(c: Context) -> Any:
        await prepare(c)
        return json.loads(re.sub(r"\bID\b", c.id, json.dumps(request)))

    async def python(c: Context) -> Any:
        message = ParseDict(c.prepared, getattr(messages, f"{pascal}Request")())
        return shown(await getattr(getattr(c.client, f"{service}_service"), name)(message))

    python.__name__ = f"{service}_{name}"
    case(f"return client.{service}_service:{name}(c.prepared)", prepared=prepared)(python)


for rpc, (prepare, request) in WORKFLOW.items():
    add("workflow", workflow_messages, rpc, prepare, request)
for rpc, (prepare, request) in OPERATOR.items():
    add("operator", operator_messages, rpc, prepare, request)
