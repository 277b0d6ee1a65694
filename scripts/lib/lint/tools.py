"""The checkers of each language."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable

from lint.rule import rule
from lint.tree import Finding, Tree


def run(tree: Tree, command: list[str], paths: list[str]) -> Iterable[Finding]:
    """Runs a checker on some files; each line it writes is a finding when it does not end with 0."""
    if not paths:
        return
    done = subprocess.run([*command, *paths], cwd=tree.root, capture_output=True, text=True)
    if done.returncode:
        for line in (done.stdout + done.stderr).splitlines():
            if line.strip():
                yield Finding(command[0], 0, line.strip())


@rule(
    "swift-format",
    bad=[{"Sources/RPC/A.swift": "struct A {\n      let a=1;\n}\n"}],
    good={"Sources/RPC/A.swift": "struct A {\n  let a = 1\n}\n"},
)
def swift_format(tree: Tree) -> Iterable[Finding]:
    """Swift is as `swift format` writes it, by .swift-format."""
    yield from run(tree, ["swift", "format", "lint", "--strict", "--parallel"], tree.select(".swift"))


@rule(
    "luacheck",
    bad=[{"stdlib/a.lua": "x = 1\n"}, {"Examples/a.lua": "local unused = 1\n"}],
    good={"Examples/a.lua": "local x = 1\nprint(x)\n"},
)
def luacheck(tree: Tree) -> Iterable[Finding]:
    """Lua is clean under luacheck, by .luacheckrc."""
    command = ["luacheck", "--quiet", "--codes", "--no-color", "--formatter", "plain"]
    yield from run(tree, command, tree.select(".lua"))


@rule(
    "python-compiles",
    bad=[{"scripts/lib/a.py": "def f(:\n"}, {"scripts/a": "#!/usr/bin/env python3\nprint(\n"}],
    good={"scripts/lib/a.py": "def f(): pass\n"},
)
def python_compiles(tree: Tree) -> Iterable[Finding]:
    """Python compiles."""
    for path in tree.scripts("python", ".py"):
        try:
            compile(tree.text(path), path, "exec")
        except SyntaxError as error:
            yield Finding(path, error.lineno or 0, error.msg)


@rule(
    "shell-parses",
    bad=[{"scripts/a": "#!/usr/bin/env bash\nif true; then\n"}, {".ci/run": "#!/bin/sh\nfor\n"}],
    good={"scripts/a": "#!/bin/bash\ntrue\n"},
)
def shell_parses(tree: Tree) -> Iterable[Finding]:
    """Shell scripts parse."""
    for path in tree.scripts("(?:ba)?sh", ".sh"):
        yield from run(tree, ["bash", "-n"], [path])
