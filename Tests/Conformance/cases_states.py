"""Every method of a handle, on workflows in every state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from histories import closed, reset
from normal import execution
from table import Context, case
from temporalio.client import WorkflowContinuedAsNewError, WorkflowHandle, WorkflowUpdateStage
from temporalio.common import QueryRejectCondition, RetryPolicy

Handle = WorkflowHandle[Any, Any]


@dataclass(frozen=True)
class State:
    """How a handle `h` to a workflow in that state is made."""

    lua: str
    python: Callable[[Context], Awaitable[Handle]]
    #: A call that is not made: of what would end an open workflow, one does.
    without: str = ""
    #: The reject conditions of queries that are met.
    rejects: set[str] = field(default_factory=set)


async def completed(c: Context) -> Handle:
    h = await c.start("Mailbox")
    await h.query("contents")
    await h.signal("finish")
    await h.result()
    return h


async def failed(c: Context) -> Handle:
    h = await c.start("Fail", "it broke", "Broken", [1])
    await closed(h)
    return h


async def running(c: Context) -> Handle:
    h = await c.start("Sleep")
    await h.query("__temporal_workflow_metadata")
    return h


async def cancelled(c: Context) -> Handle:
    h = await running(c)
    await h.cancel()
    await closed(h)
    return h


async def terminated(c: Context) -> Handle:
    h = await running(c)
    await h.terminate()
    return h


async def timed_out(c: Context) -> Handle:
    h = await c.start("Sleep", run_timeout=timedelta(seconds=2))
    await h.query("__temporal_workflow_metadata")
    await closed(h)
    return h


async def next_run(h: Handle) -> str:
    try:
        await h.result(follow_runs=False)
    except WorkflowContinuedAsNewError as error:
        return error.new_execution_run_id
    raise AssertionError("it did not continue")


async def continued(c: Context) -> Handle:
    h = await c.start("Chain", 1)
    await c.handle(run_id=await next_run(h)).query("contents")
    await h.signal("finish")
    return c.handle(run_id=h.result_run_id)


async def latest_of_chain(c: Context) -> Handle:
    h = await c.start("Chain", 1)
    await c.handle(run_id=await next_run(h)).query("contents")
    return h


async def pinned_in_chain(c: Context) -> Handle:
    h = await c.start("Chain", 1)
    run_id = await next_run(h)
    await c.handle(run_id=run_id).query("contents")
    return c.handle(run_id=run_id, first_execution_run_id=h.first_execution_run_id)


async def first_try(c: Context) -> Handle:
    policy = RetryPolicy(initial_interval=timedelta(milliseconds=10))
    h = await c.start("FailUntil", 2, retry_policy=policy)
    await h.result()
    return c.handle(run_id=h.result_run_id)


async def cron(c: Context) -> Handle:
    h = await c.start("Cron", cron_schedule="@every 3s")
    await next_run(h)
    await h.terminate()
    return c.handle(run_id=h.result_run_id)


async def reset_away(c: Context) -> Handle:
    h = await c.start("Mailbox")
    await h.query("contents")
    await reset(c, h.result_run_id)
    await h.query("contents")
    return c.handle(run_id=h.result_run_id)


async def reset_to(c: Context) -> Handle:
    h = await c.start("Mailbox")
    await h.query("contents")
    run_id = await reset(c, h.result_run_id)
    await h.query("contents")
    return c.handle(run_id=run_id)


async def latest_after_reset(c: Context) -> Handle:
    h = await c.start("Mailbox")
    await h.query("contents")
    await reset(c, h.result_run_id)
    await h.query("contents")
    return h


async def never_started(c: Context) -> Handle:
    return c.handle()


async def another_run(c: Context) -> Handle:
    await (await c.start("Nothing")).result()
    return c.handle(run_id="00000000-0000-4000-8000-000000000000")


RUNNING = """local h = c.start("Sleep") h:query("__temporal_workflow_metadata") """
NEXT_RUN = """
  local function next_run(h)
    local _, e = pcall(h.result, h, { follow_runs = false })
    return e.new_execution_run_id
  end
"""
CHAIN = NEXT_RUN + """
  local h = c.start("Chain", 1)
  local latest = next_run(h)
  c.handle{ run_id = latest }:query("contents")
"""
RESET = """
  local h = c.start("Mailbox")
  h:query("contents")
  local run_id = client.workflow_service:reset_workflow_execution{ namespace = client.namespace,
    workflow_execution = { workflow_id = c.id, run_id = h.result_run_id }, reason = "once more",
    workflow_task_finish_event_id = 4, request_id = "reset" }.run_id
  h:query("contents")
"""
NOT_CLEAN = {"NOT_OPEN", "NOT_COMPLETED_CLEANLY"}

STATES: dict[str, State] = {
    "a_completed_one": State("""local h = c.start("Mailbox") h:query("contents") h:signal("finish") h:result()""", completed,
                             rejects={"NOT_OPEN"}),
    "a_failed_one": State("""local h = c.start("Fail", "it broke", "Broken", { 1 }) c.caught(h.result, h)""", failed,
                          rejects=NOT_CLEAN),
    "a_cancelled_one": State(RUNNING + "h:cancel() c.caught(h.result, h)", cancelled, rejects=NOT_CLEAN),
    "a_terminated_one": State(RUNNING + "h:terminate()", terminated, rejects=NOT_CLEAN),
    "one_that_timed_out": State("""
  local h = c.start{ "Sleep", run_timeout = 2 }
  h:query("__temporal_workflow_metadata")
  c.caught(h.result, h)""", timed_out,
                                rejects=NOT_CLEAN),
    "a_continued_run": State(CHAIN + "h:signal('finish') h = c.handle{ run_id = h.result_run_id }",
                             continued, rejects=NOT_CLEAN),
    "the_latest_of_a_chain": State(CHAIN, latest_of_chain, "cancel"),
    "a_pinned_run_of_a_chain": State(CHAIN + """
  h = c.handle{ run_id = latest, first_execution_run_id = h.first_execution_run_id }""", pinned_in_chain, "terminate"),
    "a_first_try": State("""
  local h = c.start{ "FailUntil", args = { 2 }, retry_policy = { initial_interval = "10ms" } }
  h:result()
  h = c.handle{ run_id = h.result_run_id }""", first_try, rejects=NOT_CLEAN),
    "a_cron_run": State(NEXT_RUN + """
  local h = c.start{ "Cron", cron_schedule = "@every 3s" }
  next_run(h)
  h:terminate()
  h = c.handle{ run_id = h.result_run_id }""", cron, rejects={"NOT_OPEN"}),
    "a_run_that_was_reset": State(RESET + "h = c.handle{ run_id = h.result_run_id }", reset_away, rejects=NOT_CLEAN),
    "the_run_of_a_reset": State(RESET + "h = c.handle{ run_id = run_id }", reset_to, "cancel"),
    "the_latest_after_a_reset": State(RESET, latest_after_reset, "terminate"),
    "one_never_started": State("local h = c.handle()", never_started),
    "another_run": State("""
  c.start("Nothing"):result()
  local h = c.handle{ run_id = "00000000-0000-4000-8000-000000000000" }""", another_run),
}  # fmt: skip


async def describe(h: Handle) -> Any:
    return await execution(await h.describe())


async def start_update(h: Handle) -> Any:
    u = await h.start_update("append", 1, wait_for_stage=WorkflowUpdateStage.ACCEPTED, id="two")
    return [u.workflow_run_id, await u.result()]


async def events(h: Handle) -> Any:
    return [event.event_id async for event in h.fetch_history_events()]


async def history(h: Handle) -> Any:
    found = await h.fetch_history()
    return [found.workflow_id, found.run_id, len(found.events)]


def rejecting(condition: str) -> Callable[[Handle], Awaitable[Any]]:
    return lambda h: h.query("contents", reject_condition=QueryRejectCondition[condition])


#: What is done in turn, in Lua and in Python: what changes nothing before what does, and what waits for the end last.
CALLS: dict[str, tuple[str, Callable[[Handle], Awaitable[Any]]]] = {
    "describe": ("return c.execution(h:describe())", describe),
    "fetch_history_events": ("""
  local found = json.array {}
  for e in h:fetch_history_events() do found[#found + 1] = e.event_id end
  return found""", events),
    "fetch_history": ("""
  local found = h:fetch_history()
  return { found.workflow_id, found.run_id, #found.events }""", history),
    "query": ("""return h:query("contents")""", lambda h: h.query("contents")),
    "query_unless_not_open": ("""return h:query{ "contents", reject_condition = "NOT_OPEN" }""", rejecting("NOT_OPEN")),
    "query_unless_not_clean": ("""return h:query{ "contents", reject_condition = "NOT_COMPLETED_CLEANLY" }""",
                               rejecting("NOT_COMPLETED_CLEANLY")),
    "signal": ("""h:signal("put", 1)""", lambda h: h.signal("put", 1)),
    "execute_update": ("""return h:execute_update{ "append", args = { 1 }, id = "one" }""",
                       lambda h: h.execute_update("append", 1, id="one")),
    "start_update": ("""
  local u = h:start_update{ "append", args = { 1 }, wait_for_stage = "ACCEPTED", id = "two" }
  return { u.workflow_run_id, u:result() }""", start_update),
    "update_result": ("""return h:get_update_handle("one"):result()""", lambda h: h.get_update_handle("one").result()),
    "cancel": ("h:cancel()", lambda h: h.cancel()),
    "terminate": ("h:terminate()", lambda h: h.terminate()),
    "result": ("return h:result()", lambda h: h.result()),
    "result_of_the_run": ("return h:result{ follow_runs = false }", lambda h: h.result(follow_runs=False)),
    "result_of_the_run_as_it_was": ("""
  return h:result{ follow_runs = false, rpc_metadata = { ["supported-features"] = "follows-next-run-id" } }""",
        lambda h: h.result(follow_runs=False, rpc_metadata={"supported-features": "follows-next-run-id"})),
}  # fmt: skip


def add(name: str, state: State) -> None:
    calls = {call: halves for call, halves in CALLS.items() if call != state.without}

    async def every_method(c: Context) -> Any:
        h = await state.python(c)
        return {call: await c.caught(python(h)) for call, (_, python) in calls.items()}

    every_method.__name__ = f"every_method_of_{name}"
    lua = "".join(f"found.{call} = c.caught(function() {body} end)\n" for call, (body, _) in calls.items())
    rejected = {"NOT_OPEN": "query_unless_not_open", "NOT_COMPLETED_CLEANLY": "query_unless_not_clean"}
    differs = [f"outcome.value.{rejected[condition]}.message" for condition in sorted(state.rejects)]
    differs = {"rejected-status": differs} if differs else {}
    case(f"{state.lua}\nlocal found = {{}}\n{lua}return found", differs)(every_method)


for name, state in STATES.items():
    add(name, state)
