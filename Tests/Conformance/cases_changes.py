"""Resetting, deleting, pausing and changing workflows, against the CLI."""

import asyncio
from typing import Any

from by_cli import cli, cli_case, refused
from table import Context
from temporalio.client import RPCError, WorkflowHandle
from temporalio.service import RPCStatusCode

#: The CLI names its user before the reason, and no identity.
RESET = {
    "cli-reset": ["requests.*.message.identity", "requests.*.message.reason", "state.*.failure.message"],
}
REQUEST_ID = {"cli-request-id": ["requests.*.message.request_id"]}
PAUSED = {"cli-request-id": ["requests.*.message.request_id", "state.*.request_id"]}


async def mailbox(c: Context) -> tuple[WorkflowHandle[Any, Any], str]:
    """A mailbox that has worked off a signal, and its run."""
    h = await c.start("Mailbox")
    # The first workflow task is done before the signal comes.
    await h.query("contents")
    await h.signal("put", 1)
    await h.query("contents")
    return h, str(h.result_run_id)


#: `h, run = mailbox()` in the Lua half.
MAILBOX = """
  local function mailbox()
    local h = c.start("Mailbox")
    h:query("contents")
    h:signal("put", 1)
    h:query("contents")
    return h, client:get_workflow_handle(c.id, { run_id = h.result_run_id })
  end
"""


async def reset(c: Context, run: str | None, *words: str) -> Any:
    run_words = ["-r", run] if run else []
    found = await cli(c, "workflow", "reset", "-w", c.id, *run_words, "--reason", "why", *words)
    return found["runId"]


for name, flag in (("first", "FirstWorkflowTask"), ("last", "LastWorkflowTask")):

    async def reset_to(c: Context, flag=flag):
        h, run = await mailbox(c)
        return [await reset(c, run, "-t", flag), await h.query("contents")]

    reset_to.__name__ = f"reset_to_the_{name}_workflow_task"
    cli_case(MAILBOX + f"""
      local h, run = mailbox()
      return {{ run:reset("{name.upper()}_WORKFLOW_TASK", {{ reason = "why" }}).run_id, h:query("contents") }}
    """, RESET)(reset_to)  # fmt: skip


@cli_case(MAILBOX + """
  local h, run = mailbox()
  return { run:reset{ event_id = 4, reason = "why" }.run_id, h:query("contents") }
""", RESET)
async def reset_to_an_event(c: Context):
    h, run = await mailbox(c)
    return [await reset(c, run, "-e", "4"), await h.query("contents")]


@cli_case(MAILBOX + """
  local h = mailbox()
  return { h:reset{ event_id = 4, reason = "why" }.run_id, h:query("contents") }
""", RESET)
async def reset_the_latest_run_to_an_event(c: Context):
    h, _ = await mailbox(c)
    return [await reset(c, None, "-e", "4"), await h.query("contents")]


@cli_case(MAILBOX + """
  local h = mailbox()
  return { h:reset{ "FIRST_WORKFLOW_TASK", reason = "why" }.run_id, h:query("contents") }
""", {"cli-reset": ["requests.*", "state.*.failure.message"]})
async def reset_the_latest_run(c: Context):
    h, _ = await mailbox(c)
    return [await reset(c, None, "-t", "FirstWorkflowTask"), await h.query("contents")]


@cli_case(MAILBOX + """
  local h, run = mailbox()
  return { run:reset{ event_id = 4, reason = "why", reapply_exclude = { "signal" } }.run_id, h:query("contents") }
""", RESET)
async def reset_without_signals(c: Context):
    h, run = await mailbox(c)
    return [await reset(c, run, "-e", "4", "--reapply-exclude", "Signal"), await h.query("contents")]


@cli_case(MAILBOX + """
  local h, run = mailbox()
  h:execute_update{ "append", args = { 2 }, id = "u" }
  local exclude = { "SIGNAL", "UPDATE" }
  return { run:reset{ event_id = 4, reason = "why", reapply_exclude = exclude }.run_id, h:query("contents") }
""", RESET)
async def reset_without_signals_and_updates(c: Context):
    h, run = await mailbox(c)
    await h.execute_update("append", 2, id="u")
    excluded = ["--reapply-exclude", "Signal", "--reapply-exclude", "Update"]
    return [await reset(c, run, "-e", "4", *excluded), await h.query("contents")]


@cli_case("""
  local h = c.start("Nothing")
  h:result()
  local new = client:get_workflow_handle(c.id, { run_id = h.result_run_id })
    :reset("LAST_WORKFLOW_TASK", { reason = "why" })
  return { c.nullable(new:result()), new.id, new.run_id }
""", RESET)
async def reset_of_a_closed_one(c: Context):
    h = await c.start("Nothing")
    await h.result()
    run = await reset(c, h.result_run_id, "-t", "LastWorkflowTask")
    return [await c.handle(run_id=run).result(), c.id, run]


@cli_case("""
  local h = c.start("Chain", 1)
  local run = client:get_workflow_handle(c.id, { run_id = h.result_run_id })
  c.caught(run.result, run, { follow_runs = false })
  local second = h:describe().run_id
  local new = client:get_workflow_handle(c.id, { run_id = second }):reset("LAST_CONTINUED_AS_NEW", { reason = "why" })
  -- The new run continues as another, whose first task takes its time to come.
  local last
  repeat
    async.sleep(0.02)
    last = h:describe { rpc_metadata = { ["conformance-unseen"] = "1" } }
  until last.run_id ~= new.run_id and last.search_attributes.BuildIds
  return new.run_id
""", {"cli-reset": ["requests.*"]})
async def reset_to_the_run_before(c: Context):
    h = await c.start("Chain", 1)
    await c.caught(c.handle(run_id=h.result_run_id).result(follow_runs=False))
    second = (await h.describe()).run_id
    new = await reset(c, second, "-t", "LastContinuedAsNew")
    while True:
        await asyncio.sleep(0.02)
        last = await h.describe(rpc_metadata={"conformance-unseen": "1"})
        if last.run_id != new and "BuildIds" in last.search_attributes:
            return new


@cli_case(MAILBOX + """
  local h, run = mailbox()
  return run:reset{ event_id = 4, reason = "why", versioning_override = { auto_upgrade = true } }.run_id
""", {**RESET, "cli-override": ["*.behavior"]})
async def reset_with_an_override(c: Context):
    _, run = await mailbox(c)
    found = await cli(c, "workflow", "reset", "with-workflow-update-options", "-w", c.id, "-r", run, "-e", "4",
                      "--reason", "why", "--versioning-override-behavior", "auto_upgrade")  # fmt: skip
    return found["runId"]


@cli_case(MAILBOX + """
  local _, run = mailbox()
  return c.said(run.reset, run, { event_id = 4000, reason = "why" })
""", {"cli-reset": ["requests.*.message.identity", "requests.*.message.reason"]})
async def reset_past_the_end(c: Context):
    _, run = await mailbox(c)
    return await refused(c, "workflow", "reset", "-w", c.id, "-r", run, "-e", "4000", "--reason", "why")


@cli_case("""
  local h = c.handle()
  return c.said(h.reset, h, { event_id = 4, reason = "why" })
""", {"cli-reset": ["requests.*.message.identity", "requests.*.message.reason"]})
async def reset_of_nothing(c: Context):
    return await refused(c, "workflow", "reset", "-w", c.id, "-e", "4", "--reason", "why")


@cli_case("""
  local h = c.start{ "Sleep", task_queue = c.id }
  local run = client:get_workflow_handle(c.id, { run_id = h.result_run_id })
  return c.said(run.reset, run, { "LAST_WORKFLOW_TASK", reason = "why" })
""", {"cli-reset": ["requests.*.message.identity", "requests.*.message.reason"]})
async def reset_before_the_first_task(c: Context):
    h = await c.start("Sleep", task_queue=c.id)
    return await refused(c, "workflow", "reset", "-w", c.id, "-r", str(h.result_run_id), "-t", "LastWorkflowTask",
                         "--reason", "why")  # fmt: skip


# Deleting


async def gone(h: WorkflowHandle[Any, Any]) -> str:
    """Waits until the server has deleted a workflow; gives the status of the error that tells."""
    while True:
        try:
            await h.describe(rpc_metadata={"conformance-unseen": "1"})
        except RPCError as error:
            assert error.status is RPCStatusCode.NOT_FOUND
            return error.status.name
        await asyncio.sleep(0.02)


#: `gone(h)` in the Lua half.
GONE = """
  local function gone(h)
    while true do
      local ok, e = pcall(h.describe, h, { rpc_metadata = { ["conformance-unseen"] = "1" } })
      if not ok then return e.status end
      async.sleep(0.02)
    end
  end
"""


@cli_case(GONE + """
  local h = c.start("Sleep")
  h:delete()
  return gone(h)
""")
async def delete(c: Context):
    h = await c.start("Sleep")
    await cli(c, "workflow", "delete", "-w", c.id, "--yes")
    return await gone(h)


# Of a run that has closed nobody waits for the end: the server takes half a minute.
@cli_case("""
  local one = c.start("Nothing")
  one:result()
  c.start("Sleep")
  client:get_workflow_handle(c.id, { run_id = one.result_run_id }):delete()
""")
async def delete_a_run(c: Context):
    one = await c.start("Nothing")
    await one.result()
    await c.start("Sleep")
    await cli(c, "workflow", "delete", "-w", c.id, "-r", str(one.result_run_id), "--yes")


@cli_case("""
  local h = c.handle()
  return c.said(h.delete, h)
""")
async def delete_nothing(c: Context):
    return await refused(c, "workflow", "delete", "-w", c.id, "--yes")


# Pausing


@cli_case(MAILBOX + """
  local h = mailbox()
  h:pause{ reason = "why" }
""", PAUSED)
async def pause(c: Context):
    await mailbox(c)
    await cli(c, "workflow", "pause", "-w", c.id, "--reason", "why")


@cli_case(MAILBOX + """
  local h, run = mailbox()
  run:pause{ reason = "one" }
  return c.said(run.pause, run, { reason = "two" })
""", PAUSED)
async def pause_twice(c: Context):
    _, run = await mailbox(c)
    await cli(c, "workflow", "pause", "-w", c.id, "-r", run, "--reason", "one")
    return await refused(c, "workflow", "pause", "-w", c.id, "-r", run, "--reason", "two")


@cli_case(MAILBOX + """
  local h = mailbox()
  h:pause{ reason = "one" }
  h:unpause{ reason = "two" }
  return h:describe().status
""", PAUSED)
async def unpause(c: Context):
    h, _ = await mailbox(c)
    await cli(c, "workflow", "pause", "-w", c.id, "--reason", "one")
    await cli(c, "workflow", "unpause", "-w", c.id, "--reason", "two")
    return (await h.describe()).status


@cli_case(MAILBOX + """
  local h = mailbox()
  return c.said(h.unpause, h)
""", REQUEST_ID)
async def unpause_what_runs(c: Context):
    await mailbox(c)
    return await refused(c, "workflow", "unpause", "-w", c.id)


@cli_case("""
  local h = c.handle()
  return c.said(h.pause, h)
""", REQUEST_ID)
async def pause_nothing(c: Context):
    return await refused(c, "workflow", "pause", "-w", c.id)


# Options

#: The CLI says who it is only with some of the overrides, and never in the deprecated fields.
REFUSED = {"cli-options": ["requests.*.message.identity"]}
OPTIONS = {"cli-options": ["requests.*.message.identity", "state.*.identity"]}


async def override(c: Context, *words: str) -> Any:
    return await cli(c, "workflow", "update-options", "-w", c.id, "--versioning-override-behavior", *words)


@cli_case("""
  c.start("Sleep"):update_options{ versioning_override = { auto_upgrade = true } }
""", OPTIONS)
async def options_to_upgrade(c: Context):
    await c.start("Sleep")
    await override(c, "auto_upgrade")


@cli_case("""
  local h = c.start("Sleep")
  h:update_options{ versioning_override = { auto_upgrade = true } }
  h:update_options{ versioning_override = {} }
""", OPTIONS)
async def options_without_override(c: Context):
    await c.start("Sleep")
    await override(c, "auto_upgrade")
    await override(c, "unspecified")


VERSION = ["--versioning-override-deployment-name", "orders", "--versioning-override-build-id", "1.0"]

for kind in ("pinned", "one_time"):

    async def overridden(c: Context, kind=kind):
        await c.start("Sleep")
        return await refused(
            c, "workflow", "update-options", "-w", c.id, "--versioning-override-behavior", kind, *VERSION
        )

    overridden.__name__ = f"options_{kind}_to_a_version_that_is_not_there"
    cli_case(f"""
      local h = c.start("Sleep")
      return c.said(h.update_options, h,
        {{ versioning_override = {{ {kind} = {{ deployment_name = "orders", build_id = "1.0" }} }} }})
    """, {"cli-override": ["requests.*.versioning_override.deployment.*"], **REFUSED} if kind == "pinned" else None)(overridden)


@cli_case("""
  local h = c.handle()
  return c.said(h.update_options, h, { versioning_override = { auto_upgrade = true } })
""", REFUSED)
async def options_of_nothing(c: Context):
    return await refused(c, "workflow", "update-options", "-w", c.id, "--versioning-override-behavior", "auto_upgrade")
