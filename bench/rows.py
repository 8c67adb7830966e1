"""One figure of a benchmark."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """A figure with its goal.

    Attributes:
        part: Which benchmark it belongs to.
        name: What was measured.
        value: How much.
        unit: Of what.
        goal: What it should reach, as words; empty for a peer's figure.
        is_met: Whether it does; None where there is no goal.
        note: What one should know beside it.
    """

    part: str
    name: str
    value: float
    unit: str
    goal: str = ""
    is_met: bool | None = None
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return it for scripts."""
        return asdict(self)


def at_least(part: str, name: str, value: float, unit: str, goal: float, note: str = "") -> Row:
    """Return a figure that should be no smaller than its goal."""
    return Row(part, name, value, unit, f">= {goal:g}", value >= goal, note)


def at_most(part: str, name: str, value: float, unit: str, goal: float, note: str = "") -> Row:
    """Return a figure that should be no greater than its goal."""
    return Row(part, name, value, unit, f"<= {goal:g}", value <= goal, note)
