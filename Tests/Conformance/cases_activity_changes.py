"""Pausing, resetting and changing the activities of workflows, against the CLI."""

from typing import Any

from by_cli import cli, cli_case, refused
from table import Context
from temporalio.client import WorkflowHandle

#: The CLI sends no request id, and a jitter of nothing.
REQUEST_ID = {"cli-request-id": ["requests.*.message.request_id"]}
JITTER = {**REQUEST_ID, "cli-jitter": ["requests.*.message.jitter"]}

#: `h = running()` in the Lua half: a workflow whose activity waits to be completed.
RUNNING = """
  local function running()
    local h = c.start("RunActivity", "completed_elsewhere", json.array {})
    c.running_activity(h)
    return h
  end
  -- What a pending activity is scheduled with, and whether it is paused.
  local function described(h)
    local activity = h:describe { rpc_metadata = { ["conformance-unseen"] = "1" } }.pending_activities[1]
    local options = activity.activity_options
    return { activity.paused or false, activity.attempt, options.task_queue.name, options.heartbeat_timeout,
      options.start_to_close_timeout, options.retry_policy.maximum_attempts, options.retry_policy.backoff_coefficient }
  end
"""


async def running(c: Context) -> WorkflowHandle[Any, Any]:
    h = await c.start("RunActivity", "completed_elsewhere", [])
    await c.running_activity(h)
    return h


async def described(h: WorkflowHandle[Any, Any]) -> list[Any]:
    description = await h.describe(rpc_metadata={"conformance-unseen": "1"})
    activity = description.raw_description.pending_activities[0]
    options = activity.activity_options
    return [activity.paused, activity.attempt, options.task_queue.name, options.heartbeat_timeout.ToSeconds() * 1.0,
            options.start_to_close_timeout.ToSeconds() * 1.0, options.retry_policy.maximum_attempts,
            options.retry_policy.backoff_coefficient]  # fmt: skip


async def activity(c: Context, verb: str, *words: str) -> Any:
    return await cli(c, "activity", verb, "-w", c.id, "-a", "elsewhere", *words)


@cli_case(RUNNING + """
  local h = running()
  h:pause_activity("elsewhere", { reason = "why" })
  return described(h)
""", REQUEST_ID)
async def pause_activity(c: Context):
    h = await running(c)
    await activity(c, "pause", "--reason", "why")
    return await described(h)


@cli_case(RUNNING + """
  local h = running()
  local run = client:get_workflow_handle(c.id, { run_id = h.result_run_id })
  run:pause_activity("elsewhere")
  return c.said(run.pause_activity, run, "elsewhere")
""", REQUEST_ID)
async def pause_activity_twice(c: Context):
    h = await running(c)
    await activity(c, "pause", "-r", str(h.result_run_id))
    return await refused(c, "activity", "pause", "-w", c.id, "-a", "elsewhere", "-r", str(h.result_run_id))


@cli_case(RUNNING + """
  local h = running()
  h:pause_activity{ "elsewhere" }
  h:unpause_activity("elsewhere")
  return described(h)
""", JITTER)
async def unpause_activity(c: Context):
    h = await running(c)
    await activity(c, "pause")
    await activity(c, "unpause")
    return await described(h)


@cli_case(RUNNING + """
  local h = running()
  h:reset_activity("elsewhere")
  return described(h)
""", JITTER)
async def reset_activity(c: Context):
    h = await running(c)
    await activity(c, "reset")
    return await described(h)


@cli_case(RUNNING + """
  local h = running()
  h:pause_activity("elsewhere")
  h:reset_activity("elsewhere", { keep_paused = true, clear_heartbeat_details = true,
    restore_original_options = true })
  return described(h)
""", JITTER)
async def reset_activity_with_all_flags(c: Context):
    h = await running(c)
    await activity(c, "pause")
    await activity(c, "reset", "--keep-paused", "--clear-heartbeat-details", "--restore-original-options")
    return await described(h)


@cli_case(RUNNING + """
  local h = running()
  h:update_activity_options("elsewhere", { heartbeat_timeout = "1m", task_queue = "another",
    retry_policy = { maximum_attempts = 5 } })
  return described(h)
""", REQUEST_ID)
async def activity_options(c: Context):
    h = await running(c)
    await activity(c, "update-options", "--heartbeat-timeout", "1m", "--task-queue", "another",
                   "--retry-maximum-attempts", "5")  # fmt: skip
    return await described(h)


@cli_case(RUNNING + """
  local h = running()
  h:update_activity_options{ "elsewhere", schedule_to_close_timeout = "5h", schedule_to_start_timeout = "1h",
    start_to_close_timeout = "2h", heartbeat_timeout = 0, retry_policy = { initial_interval = 1,
    maximum_interval = "1m", backoff_coefficient = 3 } }
  return described(h)
""", REQUEST_ID)
async def activity_options_of_all_times(c: Context):
    h = await running(c)
    await activity(c, "update-options", "--schedule-to-close-timeout", "5h", "--schedule-to-start-timeout", "1h",
                   "--start-to-close-timeout", "2h", "--heartbeat-timeout", "0s", "--retry-initial-interval", "1s",
                   "--retry-maximum-interval", "1m", "--retry-backoff-coefficient", "3")  # fmt: skip
    return await described(h)


@cli_case(RUNNING + """
  local h = running()
  h:update_activity_options("elsewhere", { heartbeat_timeout = "1m" })
  h:update_activity_options("elsewhere", { restore_original_options = true })
  return described(h)
""", REQUEST_ID)
async def activity_options_restored(c: Context):
    h = await running(c)
    await activity(c, "update-options", "--heartbeat-timeout", "1m")
    await activity(c, "update-options", "--restore-original-options")
    return await described(h)


@cli_case(RUNNING + """
  local h = running()
  return c.said(h.update_activity_options, h, "elsewhere", { retry_policy = { backoff_coefficient = 0.5 } })
""", REQUEST_ID)
async def activity_options_that_cannot_be(c: Context):
    await running(c)
    return await refused(c, "activity", "update-options", "-w", c.id, "-a", "elsewhere", "--retry-backoff-coefficient",
                         "0.5")  # fmt: skip


for verb in ("pause", "unpause", "reset"):

    async def unknown(c: Context, verb=verb):
        await c.start("Sleep")
        return await refused(c, "activity", verb, "-w", c.id, "-a", "nope")

    unknown.__name__ = f"{verb}_an_activity_that_is_not_there"
    cli_case(f"""
      local h = c.start("Sleep")
      return c.said(h.{verb}_activity, h, "nope")
    """, REQUEST_ID if verb == "pause" else JITTER)(unknown)
