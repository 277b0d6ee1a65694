"""Long polls do not spin, however short the deadline: a server answers at once when a second or less of it is left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent

#: Waits in vain for four seconds, in both ways there are.
WAIT = """
local id, queue, deadline = arg[1], arg[2], tonumber(arg[3])
local h = client:start_workflow{ "Sleep", id = id, task_queue = queue }
h:query("__temporal_workflow_metadata")
async.settle{
  function() h:result{ rpc_timeout = deadline, timeout = 4 } end,
  function()
    async.timeout(4, function()
      for _ in h:fetch_history_events{ wait_new_event = true, rpc_timeout = deadline } do end
    end)
  end,
}
h:terminate()
"""


@pytest.mark.parametrize("deadline", ["0.5", "1"])
def test_a_long_poll_asks_once_a_second_at_most(deadline: str, server: dict[str, str], tmp_path: Path) -> None:
    script, record = tmp_path / "wait.lua", tmp_path / "record"
    script.write_text(WAIT)
    moondial = Path(os.environ.get("MOONDIAL_BIN", HERE.parents[1] / ".build" / "debug")) / "moondial"
    command = [sys.executable, str(HERE / "proxy.py"), server["address"], str(record), "it"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as proxy:
        address = json.loads(proxy.stdout.readline())["it"]
        arguments = ["--address", address, "--namespace", server["namespace"], str(script)]
        began = time.monotonic()
        done = subprocess.run(
            [str(moondial), *arguments, f"pace-{uuid.uuid4()}", server["task_queue"], deadline],
            capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        seconds = time.monotonic() - began
        proxy.stdin.close()
    assert done.returncode == 0, done.stderr
    polls = Counter(json.loads(line)["method"].rpartition("/")[2] for line in record.read_text().splitlines())
    # Two loops, each with a poll at its beginning; the page of the history that is there already is no wait.
    assert 2 <= polls["GetWorkflowExecutionHistory"] <= 2 * (seconds + 1) + 1
