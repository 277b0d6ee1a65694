"""Figures beside the bounds that they were asked to keep."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass
class Figure:
    """What was asked, and what was measured."""

    name: str
    unit: str
    asked: str
    holds: Callable[[float], bool]
    samples: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "unit": self.unit,
            "asked": self.asked,
            "holds": self.holds(self.median),
            "median": round(self.median, 3),
            "samples": [round(sample, 3) for sample in self.samples],
        }


def at_most(bound: float) -> tuple[str, Callable[[float], bool]]:
    return f"≤ {bound:g}", lambda figure: figure <= bound


def at_least(bound: float) -> tuple[str, Callable[[float], bool]]:
    return f"≥ {bound:g}", lambda figure: figure >= bound


def unbounded() -> tuple[str, Callable[[float], bool]]:
    return "", lambda figure: True


def table(title: str, figures: Sequence[Figure]) -> str:
    lines = [f"{title:<62}{'median':>10}{'from':>10}{'to':>10}{'asked':>10}"]
    for figure in figures:
        values = (figure.median, min(figure.samples), max(figure.samples))
        line = f"  {figure.name:<60}" + "".join(f"{value:>10.2f}" for value in values) + f"{figure.asked:>10}"
        lines.append(f"{line} {figure.unit}{'' if figure.holds(figure.median) else '  missed'}".rstrip())
    return "\n".join(lines)
