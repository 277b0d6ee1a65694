"""Every recipe in docs/recipes.md runs as it stands."""

from __future__ import annotations

import re
import uuid

import pytest
from conftest import ROOT

RECIPES = dict(re.findall(r"^## (.*?)\n.*?^```lua\n(.*?)^```$", (ROOT / "docs/recipes.md").read_text(), re.M | re.S))

#: Two orders that no worker looks at, one that was terminated, and a schedule.
PREPARE = """
local queue = "orders-" .. "{tag}"
for i = 1, 3 do
  client:start_workflow {{ "Order", args = {{ {{ item = i }} }}, id = "order-" .. i, task_queue = queue,
    memo = {{ customer = "customer " .. i }}, id_conflict_policy = "TERMINATE_EXISTING" }}
end
client:get_workflow_handle("order-3"):terminate {{ reason = "out of stock" }}
local schedule = client:get_schedule_handle("daily-orders")
pcall(schedule.delete, schedule)
client:create_schedule("daily-orders", {{
  action = {{ workflow = "Order", id = "daily", task_queue = queue }}, spec = {{ intervals = {{ {{ every = "24h" }} }} }} }})
repeat async.sleep(0.05) until client:count_workflows("WorkflowId = 'order-3' AND ExecutionStatus = 'Terminated'").count > 0
  and client:count_workflows("WorkflowType = 'Order' AND ExecutionStatus = 'Running'").count >= 2
repeat
  async.sleep(0.05)
  local entry
  for s in client:list_schedules() do entry = s.id == "daily-orders" and s.schedule and s or entry end
until entry
"""

#: What each prints, after the lines of its preparation.
PRINTED = {
    "A table of what matters": r"id +memo\.customer +start_time\n(.*\n)*order-1 +customer 1 +",
    "What a file of ids is about": r"(?=(.*\n)*order-3\tTERMINATED)(?=(.*\n)*order-1\tRUNNING)(.*\n)*nosuch\t",
    "Signal many, slowly, and go on where it was": r"(.*\n)*.*\b2\b",
    "Another one like that": r'WorkflowHandle\("order-1-again"\)',
    "Wait for several, but not for ever": r"(order-[12]\tTimeoutError\n){2}$",
    "Histories for replay tests": r"$",
    "How many of each, every ten seconds": r"(.*\n)*.*Running",
    "Two servers side by side": r"Order\t(\d+)\t\1\nRefund\t0\t0\n",
    "Nobody works on it": r"orders\thas no worker\t\d+ tasks wait\nrefunds\t",
    "Pause all schedules of a type, and say why": r"daily-orders\tis paused\n",
    "An answer in the time that there is": r"RUNNING\n",
}


def test_each_recipe_is_known():
    assert RECIPES.keys() == PRINTED.keys()


@pytest.mark.parametrize("title", PRINTED)
def test_a_recipe(ask, tmp_path, title):
    (tmp_path / "recipe.lua").write_text(RECIPES[title])
    prepare = PREPARE.format(tag=uuid.uuid4())
    status, stdout, stderr = ask("-e", prepare, "recipe.lua", stdin=b"order-1\norder-3\nnosuch\n")
    assert (status, stderr) == (0, "")
    assert re.match(PRINTED[title], stdout), stdout
    if title.startswith("Histories"):
        assert '"events"' in (tmp_path / "order-3.json").read_text()
    if title.startswith("Signal"):
        assert len((tmp_path / "approved.jsonl").read_text().splitlines()) >= 2
