"""The `temporal` CLI as the other client of a case, for what the Python SDK has no call for."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from table import Context

TEMPORAL = Path(sys.prefix) / "bin" / "temporal"

#: Of every call: the CLI has headers and a deadline of its own.
DIFFERS = {"cli-calls": ["requests.*.metadata.*", "requests.*.timeout"]}


async def temporal(c: Context, *arguments: str) -> Any:
    """What the CLI prints as JSON for a command, done through the same proxy; or what it says went wrong."""
    address = c.client.service_client.config.target_host
    command = [*arguments, "--address", address, "--namespace", c.client.namespace, "--output", "json"]
    process = await asyncio.create_subprocess_exec(
        TEMPORAL, *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    output, problem = await process.communicate()
    return {"error": problem.decode().strip()} if process.returncode else json.loads(output or "null")
