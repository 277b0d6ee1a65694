"""The files that are checked, and what is found in them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GENERATED = re.compile(r"^Protos/|/generated/|\.pb-c\.[ch]$|^docs/moondial\.d\.lua$")


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


class Tree:
    """The files of a checkout that git does not ignore, generated ones left out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        listing = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listing, check=True, capture_output=True, text=True).stdout.split("\0")
        self.paths = sorted(
            name for name in set(names) if name and not GENERATED.search(name) and (root / name).is_file()
        )

    def select(self, *suffixes: str, under: tuple[str, ...] = ("",)) -> list[str]:
        return [path for path in self.paths if path.endswith(suffixes) and path.startswith(under)]

    def scripts(self, interpreter: str, suffix: str) -> list[str]:
        """Files in a scripting language: by their suffix, or by a first line that names the interpreter."""
        named = re.compile(rf"#!.*\b{interpreter}\d*\b")
        found = self.select(suffix)
        found += [path for path in self.paths if "." not in path.rpartition("/")[2] and named.match(self.text(path))]
        return sorted(set(found))

    @cache
    def text(self, path: str) -> str:
        """The text of a file, and "" for one that is not text."""
        try:
            return (self.root / path).read_text()
        except UnicodeDecodeError:
            return ""

    def lines(self, path: str) -> list[str]:
        return self.text(path).splitlines()

    @cache
    def code(self, path: str) -> str:
        """The text of a Swift or C file with its comments blanked out, line by line where they were."""

        def blank(match: re.Match[str]) -> str:
            return match[0] if match[0].startswith('"') else "\n" * match[0].count("\n")

        return re.sub(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', blank, self.text(path), flags=re.DOTALL)

    def matches(self, pattern: str, paths: list[str], *, comments: bool) -> Iterator[tuple[str, int, re.Match[str]]]:
        """Each match of a pattern in the lines of some files: path, number of the line, match."""
        compiled = re.compile(pattern)
        for path in paths:
            text = self.text(path) if comments else self.code(path)
            for number, line in enumerate(text.splitlines(), 1):
                for match in compiled.finditer(line):
                    yield path, number, match
