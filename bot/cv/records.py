"""What a CV is made of, and what it is read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from bot.badges.held import HeldBadge
from bot.skills.pathways import Followed, Mark
from bot.skills.report import Told

SKILLS: Final = (
    "resilience",
    "confidence",
    "teamwork",
    "communication",
    "organising",
    "problem_solving",
    "caring",
    "learning",
)
"""What experience outside courses shows; the names are texts of content."""

MOST_EXPERIENCES: Final = 12
LONGEST_NAME: Final = 60
LONGEST_INTERESTS: Final = 300
LONGEST_PART: Final = 300
LONGEST_WHEN: Final = 60


@dataclass(frozen=True, slots=True)
class Experience:
    """Something learned outside courses, in the person's own words.

    Attributes:
        situation: What was going on.
        done: What they did.
        learned: What they learned from it.
        skill: One of `SKILLS`.
        when: As people say it: "2024", "the last two years"; may be empty.
        is_shown: Whether it stands on the page.
    """

    id: str
    situation: str
    done: str
    learned: str
    skill: str
    when: str = ""
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Cv:
    """A person's CV.

    Attributes:
        token: Of its address; empty until it was on once.
        is_on: Whether whoever has the address can read it.
        name: The name to show; empty for none.
        interests: What they care about, in their own words; may be empty.
        badges: Ids of the badges to show.
        areas: Areas of frameworks whose levels to show, as "digcomp3.1".
        routes: Ids of the pathways to show.
    """

    person: str
    city: str
    token: str = ""
    is_on: bool = False
    name: str = ""
    interests: str = ""
    badges: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CvMaterial:
    """A CV with everything that it can be filled from.

    Attributes:
        badges: The person's that are signed, newest first.
        arts: What their pictures show, by badge id.
        told: What they told about their skills, oldest first.
        followed, marks: Their pathways, and what they said of the steps.
        experiences: In the order in which they were written, without deleted ones.
        now: When it was read.
    """

    cv: Cv
    now: datetime
    badges: tuple[HeldBadge, ...] = ()
    arts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    followed: tuple[Followed, ...] = ()
    marks: Mapping[str, Mapping[str, Mark]] = field(default_factory=dict)
    experiences: tuple[Experience, ...] = ()
