"""Runs every rule over the checkout, or with --self-test over examples of what each rule must find and must not."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from lint import hazards, imports, tools, words  # noqa: F401, each registers its rules
from lint.rule import RULES, Files, Rule
from lint.tree import Tree

ROOT = Path(__file__).resolve().parents[3]
CONFIGURATION = (".swift-format", ".luacheckrc")


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/lint", description="Checks the rules of the house.")
    parser.add_argument("--self-test", action="store_true", help="show that every rule can fail")
    parser.add_argument("--rule", action="append", choices=[rule.name for rule in RULES], help="only this rule")
    options = parser.parse_args()
    rules = [rule for rule in RULES if not options.rule or rule.name in options.rule]
    return self_test(rules) if options.self_test else check(rules)


def check(rules: list[Rule]) -> int:
    tree = Tree(ROOT)
    failed = 0
    for rule in rules:
        findings = list(rule.check(tree))
        if not findings:
            continue
        failed += not rule.warns
        print(f"{'warning' if rule.warns else 'error'}: {rule.name}: {rule.says}")
        for finding in findings:
            print(f"  {finding}")
    print(f"lint: {len(rules)} rules, {len(tree.paths)} files, {failed or 'none'} broken")
    return 1 if failed else 0


def self_test(rules: list[Rule]) -> int:
    wrong = 0
    for rule in rules:
        for number, files in enumerate(rule.bad, 1):
            if not finds_something(rule, files):
                wrong += 1
                print(f"{rule.name}: finds nothing in its bad example {number}: {', '.join(files)}")
        if finds_something(rule, rule.good):
            wrong += 1
            print(f"{rule.name}: finds something in its good example")
    print(f"lint: {len(rules)} rules tested on themselves, {wrong or 'none'} wrong")
    return 1 if wrong else 0


def finds_something(rule: Rule, files: Files) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in CONFIGURATION:
            (root / name).write_text((ROOT / name).read_text())
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        subprocess.run(["git", "init", "-q", folder], check=True)
        return any(True for _ in rule.check(Tree(root)))


if __name__ == "__main__":
    sys.exit(main())
