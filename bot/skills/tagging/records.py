"""What a course teaches, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Who says that a course teaches something."""

    STAFF = "staff"
    PROVIDER = "provider"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True, order=True)
class Tag:
    """One competence that a course teaches.

    Attributes:
        competence: Its code in the framework.
        level: 1 to 4, where a learner stands at the end.
        is_inferred: It was read from the course's words, and has to be shown so.
        reason: The words of the course that led to it, folded; empty where somebody said it.
        origin: Who said it.
    """

    competence: str
    level: int
    is_inferred: bool = True
    reason: tuple[str, ...] = ()
    origin: Origin = Origin.INFERRED


@dataclass(frozen=True, slots=True)
class Correction:
    """What staff say of one competence of a course.

    Attributes:
        level: 1 to 4; None where the course does not teach it.
    """

    competence: str
    level: int | None
