"""What must not stand in any file, whatever its language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lint.rule import rule
from lint.tree import Finding, Tree

# Spelt with brackets where the pattern would otherwise find itself in this file.
ONE_MACHINE = r"(?<![\w.])/(?:work|farm|root|home/\w+)\b(?:/|(?![\w-]))|(?<![\w/.-])shared[/](?=design|reference|hooks|prototypes)"
LEFT_UNDONE = r"\b(?:TO[D]O|FIX[M]E|XX[X])\b|\b[Nn]ot (?:yet [i]mplemented|[i]mplemented yet)\b"
SWITCHED_OFF = r"\.[d]isabled\(|\bwith[K]nownIssue\b|\bXCT[S]kip\b|pytest\.mark\.[s]kip\b|pytest\.mark\.[x]fail\b"
SLEEPING = r"\bTask\.[s]leep\b|\bu[s]leep\(|\bnano[s]leep\(|\btime\.[s]leep\(|(?<![\w.])(?<!func )[s]leep\(|^\s*[s]leep \d"
CODE = ("Sources/", "stdlib/", "Tests/", "scripts/", "Examples/", "Benchmarks/")


@rule(
    "no-path-of-one-machine",
    bad=[
        {"README.md": "see " + "/wo" + "rk/main\n"},
        {"scripts/x": 'cd "' + "/ro" + 'ot/moondial"\n'},
        {"CONTRIBUTING.md": "read shared" + "/design/PAGE.md\n"},
    ],
    good={"README.md": "temporal.api/workflow/v1 and /wo" + "rkflows and $HOME/work/x and a shared/split view\n"},
)
def no_path_of_one_machine(tree: Tree) -> Iterable[Finding]:
    """No file names a path that exists on one machine only."""
    for path, line, match in tree.matches(ONE_MACHINE, tree.paths, comments=True):
        yield Finding(path, line, f"{match[0]} is a path of one machine")


@rule(
    "nothing-left-undone",
    bad=[{"Sources/RPC/A.swift": "// TO" + "DO: retry\n"}, {"stdlib/a.lua": 'error("not ' + 'yet implemented")\n'}],
    good={"Sources/RPC/A.swift": "// The server answers UNIMPLEMENTED.\n"},
)
def nothing_left_undone(tree: Tree) -> Iterable[Finding]:
    """Work that is left is an issue, not a word in the code."""
    for path, line, match in tree.matches(LEFT_UNDONE, tree.select("", under=CODE), comments=True):
        yield Finding(path, line, f"{match[0]}")


@rule(
    "no-test-switched-off",
    bad=[{"Tests/RPCTests/A.swift": "@Test(." + "disabled())\n"}, {"Tests/Terminal/test_a.py": "@pytest.mark." + "skip\n"}],
    good={"Tests/RPCTests/A.swift": "@Test(.enabled(if: hasServer))\n"},
)
def no_test_switched_off(tree: Tree) -> Iterable[Finding]:
    """A test runs, or it is not there."""
    for path, line, match in tree.matches(SWITCHED_OFF, tree.select("", under=("Tests/",)), comments=True):
        yield Finding(path, line, f"{match[0]} switches a test off")


@rule(
    "tests-wait-for-something",
    bad=[
        {"Tests/RPCTests/A.swift": "try await Task." + "sleep(for: .seconds(1))\n"},
        {"Tests/Terminal/test_a.py": "    time." + "sleep(1)\n"},
    ],
    good={
        "Tests/Terminal/test_a.py": "wait_for(prompt)\n",
        "Tests/RPCTests/Clock.swift": "func sleep(for duration: Duration) {}\n",
        "Tests/Lua/a.lua": "sleep(1)\n",
    },
)
def tests_wait_for_something(tree: Tree) -> Iterable[Finding]:
    """A test waits for the thing it needs, never for time to pass."""
    # Not in Lua: there `sleep` is the scheduler's, which the specs run on a clock of their own.
    paths = [path for path in tree.select("", under=("Tests/",)) if not path.endswith(".lua")]
    for path, line, match in tree.matches(SLEEPING, paths, comments=False):
        yield Finding(path, line, f"{match[0].strip()} lets time pass")


@rule(
    "links-lead-somewhere",
    bad=[
        {"README.md": "see [the guide](docs/guide.md)\n"},
        {"README.md": "see [more](#more)\n\n## Less\n"},
        {"docs/a.md": "see [b](b.md#two)\n", "docs/b.md": "# One\n"},
    ],
    good={
        "README.md": "# A page\n[here](#a-page) [there](docs/b.md#two-of-them) [site](https://temporal.io)\n",
        "docs/b.md": "## Two of `them`\n[up](../README.md)\n",
    },
)
def links_lead_somewhere(tree: Tree) -> Iterable[Finding]:
    """A link in a document leads to a file that is there, and to one of its headings."""
    for path, line, match in tree.matches(r"\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]*))?\)", tree.select(".md"), comments=True):
        target = (tree.root / path).parent / match[1] if match[1] else tree.root / path
        if not target.exists():
            yield Finding(path, line, f"{match[1]} is not there")
        elif match[2] and match[2] not in anchors(target.read_text()):
            yield Finding(path, line, f"{match[1]} has no heading #{match[2]}")


def anchors(text: str) -> set[str]:
    """The names that GitHub gives the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@rule(
    "file-length",
    bad=[{"stdlib/long.lua": "local x\n" * 401}],
    good={"stdlib/long.lua": "local x\n" * 400, "docs/long.md": "text\n" * 500},
    warns=True,
)
def file_length(tree: Tree) -> Iterable[Finding]:
    """A file is one thing, in 50 to 250 lines; over 400 asks for a reason."""
    for path in tree.select(".swift", ".c", ".h", ".lua", ".py"):
        if (length := len(tree.lines(path))) > 400:
            yield Finding(path, 0, f"{length} lines")
