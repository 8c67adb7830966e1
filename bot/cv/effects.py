"""What a conversation can do about a person's CV. All are calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class SayOnCv:
    """Keep the name to show or what the person cares about; empty words take it away.

    Refused with "cv.adults_only" for a name of somebody who did not say that they are 18 or older.
    """

    part: Literal["name", "interests"]
    words: str


@dataclass(frozen=True, slots=True)
class ChooseForCv:
    """Show these and no others. What is not the person's own is left out.

    Returns how many are shown.
    """

    part: Literal["badges", "areas", "routes"]
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShowBadgeOnCv:
    """Put a badge on the CV beside what is there, or take it off; the page stays on or off.

    Returns {"link": the page's address, empty where it is off}. Refused with "badges.unknown" for
    one that is not the person's, or does not count now.
    """

    token: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class KeepExperience:
    """Keep an experience, new or in the place of one. Returns its id; "" where there is no room.

    Attributes:
        experience: Id of the one that is changed; empty for a new one.
    """

    experience: str
    situation: str
    done: str
    learned: str
    skill: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class ShowExperience:
    """Show an experience on the page, or keep it without showing it."""

    experience: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class DeleteExperience:
    """Delete an experience; for five minutes it can be brought back."""

    experience: str


@dataclass(frozen=True, slots=True)
class BringExperienceBack:
    """Bring a deleted experience back. Returns "back" or "gone"."""

    experience: str


@dataclass(frozen=True, slots=True)
class SwitchCv:
    """Switch the page on or off, at once. Returns {"link": its address, empty where it is off}."""

    is_on: bool


@dataclass(frozen=True, slots=True)
class RenewCv:
    """Give the page another address; the one before leads nowhere from now on. Returns as above."""
