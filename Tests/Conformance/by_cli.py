"""Python halves that are done by the `temporal` CLI, where the Python SDK has no call, and what always differs from it."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import Any

from table import Context, case

TEMPORAL = Path(sys.prefix) / "bin" / "temporal"

#: What the CLI says before the server's text.
LEAD = re.compile(r"^Error: ((failed|unable) to [\w ]+: )?")

#: By row of docs/differences.md, the paths that differ in every case with a request of the CLI.
ALWAYS = {"cli-calls": ["requests.*.metadata.*", "requests.*.timeout"]}


def cli_case(lua: str, differs: dict[str, list[str]] | None = None) -> Any:
    """A case whose Python half calls `cli` or `refused`."""
    return case(lua, {**ALWAYS, **(differs or {})})


async def cli(c: Context, *words: str) -> Any:
    """Runs a command of the CLI; gives what it prints as JSON, or None."""
    status, stdout, stderr = await _run(c, *words)
    assert status == 0, stderr
    return json.loads(stdout) if stdout.strip().startswith(("{", "[")) else None


async def refused(c: Context, *words: str) -> str:
    """Runs a command of the CLI that the server refuses; gives the server's text."""
    status, _, stderr = await _run(c, *words)
    assert status == 1, "the server did not refuse it"
    return LEAD.sub("", stderr.strip())


async def _run(c: Context, *words: str) -> tuple[int, str, str]:
    config = c.client.service_client.config
    process = await asyncio.create_subprocess_exec(
        str(TEMPORAL), *words, "--output", "json", "--address", config.target_host, "--namespace", c.client.namespace,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"HOME": "/nonexistent", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    stdout, stderr = await process.communicate()
    return process.returncode or 0, stdout.decode(), stderr.decode()


async def temporal(c: Context, *words: str) -> Any:
    """Runs a command of the CLI; gives what it prints as JSON, or what it says went wrong."""
    status, stdout, stderr = await _run(c, *words)
    return {"error": stderr.strip()} if status else json.loads(stdout or "null")
