"""Which room may import which: the arrows of the house run one way only."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from lint.rule import rule
from lint.tree import Finding, Tree

EVERYWHERE = {"Glibc", "Locks", "Synchronization"}

# Room to what it may import besides that. Foundation is in none of them: it costs start-up time and size.
ALLOWED = {
    "Locks": set(),
    "HTTP": {"CCurl"},
    "RPC": {"CGRPC"},
    "Wire": {"CJansson", "CProtobufC", "CTemporalAPI"},
    "TemporalClient": {"CConfiguration", "HTTP", "RPC", "Wire"},
    "LuaRuntime": {"CLua", "CLuaBridge"},
    "LineEditor": {"CEditBridge", "CLibedit"},
    "StandardLibrary": set(),
    "Shell": {"LineEditor", "LuaRuntime", "StandardLibrary", "TemporalClient", "Wire"},
    "moondial": {"ArgumentParser", "Shell"},
    # Runs within SwiftPM, not in the product.
    "EmbedLuaPlugin": {"Foundation", "PackagePlugin"},
}

KINDS = "struct|class|enum|protocol|typealias|func|var|let|actor"
IMPORT = rf"^\s*(?:@\w+\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:{KINDS})\s+)?(\w+)"


def imports(tree: Tree) -> Iterator[tuple[str, int, str, str]]:
    """Each import of the product's Swift code: path, line, room, module."""
    for path, line, match in tree.matches(IMPORT, tree.select(".swift", under=("Sources/",)), comments=False):
        yield path, line, path.split("/")[1], match[1]


@rule(
    "room-imports",
    bad=[
        {"Sources/RPC/Channel.swift": "import Foundation\n"},
        {"Sources/TemporalClient/Client.swift": "public import LuaRuntime\n"},
        {"Sources/LuaRuntime/State.swift": "internal import struct TemporalClient.Client\n"},
        {"Sources/LineEditor/Editor.swift": "@preconcurrency import LuaRuntime\n"},
        {"Sources/Attic/Attic.swift": "import Glibc\n"},
    ],
    good={
        "Sources/RPC/Channel.swift": "import CGRPC\npublic import Synchronization\n// import Foundation\n",
        "Tests/RPCTests/ChannelTests.swift": "import Foundation\n",
    },
)
def room_imports(tree: Tree) -> Iterable[Finding]:
    """A room imports only what ALLOWED in scripts/lib/lint/imports.py gives it."""
    for path, line, room, module in imports(tree):
        if room not in ALLOWED:
            yield Finding(path, line, f"{room} is not one of the rooms")
        elif module not in ALLOWED[room] | EVERYWHERE:
            yield Finding(path, line, f"{room} must not import {module}")


@rule(
    "one-room-for-a-c-module",
    bad=[{"Sources/RPC/A.swift": "import CGRPC\n", "Sources/Shell/B.swift": "import CGRPC\n"}],
    good={"Sources/RPC/A.swift": "import CGRPC\n", "Sources/RPC/B.swift": "import CGRPC\n"},
)
def one_room_for_a_c_module(tree: Tree) -> Iterable[Finding]:
    """A C module is imported by exactly one Swift target."""
    importers: dict[str, set[str]] = defaultdict(set)
    for _, _, room, module in imports(tree):
        importers[module].add(room)
    for path, line, _, module in imports(tree):
        if re.match("C[A-Z]", module) and len(importers[module]) > 1:
            yield Finding(path, line, f"{module} is imported by {' and '.join(sorted(importers[module]))}")
