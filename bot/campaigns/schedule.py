"""When a campaign goes out: once, again and again, or relative to a date of each person.

Times are local ones of the person's city, and messages leave between 08:00 and 20:00 there. A run
that begins later than its rule allows, because the program was down or stopped, is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from bot.reminders import Lead, Relative, Rule, rule_from_json, rule_to_json

Event: TypeAlias = Literal["", "course_start", "joined", "badge"]

LATE_AFTER = 12
"""Hours after which a run that did not begin is left out, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When it goes out.

    Attributes:
        rule: `Once`, a repeated rule, or `Relative` with one lead; None sends when launched.
        event: What a relative rule counts from.
        about: For "badge" the id of an achievement; empty for any.
        late_after: Hours after its time at which a run is not begun any more.
    """

    rule: Rule | None = None
    event: Event = ""
    about: str = ""
    late_after: int = LATE_AFTER

    @property
    def lead(self) -> Lead | None:
        """How long before or after the event, for a relative schedule."""
        return self.rule.leads[0] if isinstance(self.rule, Relative) else None


def schedule_to_json(schedule: Schedule) -> dict[str, Any]:
    """Return a schedule as JSON."""
    return {
        "rule": rule_to_json(schedule.rule) if schedule.rule else None,
        "event": schedule.event,
        "about": schedule.about,
        "late_after": schedule.late_after,
    }


def schedule_from_json(written: Mapping[str, Any]) -> Schedule:
    """Return the schedule of that JSON.

    Raises:
        ValueError: Its rule is none that can be.
    """
    return Schedule(
        rule_from_json(written["rule"]) if written["rule"] else None,
        written["event"],
        written["about"],
        int(written["late_after"]),
    )
