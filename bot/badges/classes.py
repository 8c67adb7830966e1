"""A class as whoever teaches it sees it: its code, who used it, and links for the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from bot.badges.held import ClassCode, OpenLink
from bot.courses.records import Course

Standing: TypeAlias = Literal["waiting", "refused", "making", "given", "taken"]

MOST_COURSES = 20
"""So many of one's courses a page lists; of more, one finds the others by their words."""


@dataclass(frozen=True, slots=True)
class TaughtCourse:
    """A course that somebody may make codes for.

    Attributes:
        names_skills: Whether it is known which skills it teaches, for badges to stand for.
    """

    course: Course
    names_skills: bool


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who claimed with a code.

    Attributes:
        claim: The id of the claim.
        called: The name by which they want to be known here; may be empty.
        is_own: Whether it is whoever looks, who cannot decide on it.
    """

    claim: str
    called: str
    standing: Standing
    asked_at: datetime
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code in a list.

    Attributes:
        counts: How many claims and unused links are in each state.
        is_open: Whether it takes people now.
        is_ended: Whether it was ended, so that its links end too.
    """

    code: ClassCode
    counts: Mapping[str, int] = field(default_factory=dict)
    is_open: bool = True
    is_ended: bool = False

    @property
    def course(self) -> str:
        """What it is for, as people know it."""
        return str(self.code.about.values.get("course", ""))

    @property
    def provider(self) -> str:
        """Whose course it is."""
        return str(self.code.about.values.get("by", ""))

    def count(self, state: str) -> int:
        """Return how many are in a state."""
        return self.counts.get(state, 0)


@dataclass(frozen=True, slots=True)
class CodeList:
    """Some codes, and whether there are more."""

    lines: tuple[CodeLine, ...] = ()
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class ClassSheet:
    """All about one code.

    Attributes:
        people: Who claimed, in the order in which they did, at most so many of each standing.
        links: Those that can still be used.
    """

    line: CodeLine
    people: tuple[Attendee, ...] = ()
    links: tuple[OpenLink, ...] = ()

    def standing(self, *standings: Standing) -> tuple[Attendee, ...]:
        """Return those who stand so."""
        return tuple(one for one in self.people if one.standing in standings)


@dataclass(frozen=True, slots=True)
class NameLinks:
    """Make links for people that one knows by a name or reference. Returns the links' ids.

    Args:
        labels: One for each; an empty one makes a link without a name.
    """

    code: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithdrawLink:
    """End a link that was not used yet.

    Args:
        is_renewed: Whether another one takes its place, under the same name.
    """

    code: str
    link: str
    is_renewed: bool = False
