"""What a rule is: a function from a tree to what it finds there, with examples of what it must find and must not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lint.tree import Finding, Tree

Files = dict[str, str]
Check = Callable[[Tree], Iterable[Finding]]


@dataclass(frozen=True)
class Rule:
    name: str
    says: str
    check: Check
    bad: list[Files]
    good: Files
    warns: bool


RULES: list[Rule] = []


def rule(name: str, *, bad: list[Files], good: Files, warns: bool = False) -> Callable[[Check], Check]:
    """Registers a rule; its docstring is the sentence that is printed beside what it finds.

    Each of `bad` is a little tree of files in which the rule must find something, `good` is one in which it must not.
    A rule that `warns` does not fail the run.
    """

    def register(check: Check) -> Check:
        RULES.append(Rule(name, (check.__doc__ or "").strip(), check, bad, good, warns))
        return check

    return register
