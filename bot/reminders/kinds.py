"""The kinds of reminders there are, and what each does when it is late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, TypeAlias

WhenLate: TypeAlias = Literal["say", "send", "drop"]
"""Send it and say that it is late; send it as if nothing were, where the hour means little; or
leave it out and wait for the next time."""

LATE_AFTER = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Kind:
    """What is the same for all reminders of a kind.

    Attributes:
        name: As it stands in the database: [a-z_]{1,20}.
        when_late: What becomes of one that could not be sent in time.
        late_after: From then on it counts as late.
        is_only: A person has at most one about the same subject and part.
        follows_course: Its dates are those of a course: they are looked at whenever it changes.
        can_wait: It loses nothing by a day: a person gets one such a day, unless they set the hour.
    """

    name: str
    when_late: WhenLate = "send"
    late_after: timedelta = LATE_AFTER
    is_only: bool = True
    follows_course: bool = False
    can_wait: bool = False


OWN: Final = "own"
COURSE_START: Final = "course_start"
APPLY_BY: Final = "apply_by"
SESSION: Final = "session"
HOW_WAS_IT: Final = "how_was_it"
PRACTICE: Final = "practice"
NEXT_STEP: Final = "next_step"
RECHECK: Final = "recheck"
ASK_AGAIN: Final = "ask_again"
BADGE_EXPIRY: Final = "badge_expiry"
STILL_TRUE: Final = "still_true"
NEW_COURSES: Final = "new_courses"

WORDED: Final = frozenset({OWN, PRACTICE, ASK_AGAIN})
"""Kinds that carry the person's own words."""

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(OWN, "say", is_only=False),
        Kind(COURSE_START, "say", follows_course=True),
        Kind(APPLY_BY, "say", timedelta(hours=6), follows_course=True),
        Kind(SESSION, "say", follows_course=True),
        Kind(HOW_WAS_IT, "send", timedelta(days=3), follows_course=True, can_wait=True),
        Kind(PRACTICE, "drop", timedelta(hours=3)),
        Kind(NEXT_STEP, "send", timedelta(days=1)),
        Kind(RECHECK, "send", timedelta(days=1), can_wait=True),
        Kind(ASK_AGAIN, "send", timedelta(days=1), is_only=False, can_wait=True),
        Kind(BADGE_EXPIRY, "send", timedelta(days=1), can_wait=True),
        Kind(STILL_TRUE, "send", timedelta(days=1), can_wait=True),
        Kind(NEW_COURSES, "send", timedelta(days=1), can_wait=True),
    )
}
CAN_WAIT: Final = frozenset(kind.name for kind in KINDS.values() if kind.can_wait)


def kind_of(name: str) -> Kind:
    """Return what is known of a kind; one that nobody declared is sent whenever it can be."""
    return KINDS.get(name) or Kind(name)
