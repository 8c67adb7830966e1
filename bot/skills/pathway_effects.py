"""What a person can have done with pathways. Applied by the turn that asked for it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.skills.pathways import Mark


@dataclass(frozen=True, slots=True)
class FollowPathway:
    """Follow a pathway as it is now, and make it the current one."""

    pathway: str


@dataclass(frozen=True, slots=True)
class LeavePathway:
    """Follow a pathway no longer; what was said of its steps stays for a return."""

    pathway: str


@dataclass(frozen=True, slots=True)
class ReturnToPathway:
    """Take a pathway up again as it was left."""

    pathway: str


@dataclass(frozen=True, slots=True)
class ChoosePathway:
    """Make one of the followed pathways the current one."""

    pathway: str


@dataclass(frozen=True, slots=True)
class UpdatePathway:
    """Go on with the present version of a followed pathway."""

    pathway: str


@dataclass(frozen=True, slots=True)
class MarkStep:
    """Keep what the person says of a step.

    Args:
        mark: "done", or "open": to be taken all the same.
    """

    pathway: str
    step: str
    mark: Mark
