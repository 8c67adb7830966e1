"""What a person can have done with what they told about their skills."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartSitting:
    """Begin a sitting; returns its id.

    Args:
        framework: Id of a framework or a quick check.
        mode: "whole", "quick", "areas", "skills" or "tasks".
        parts: Codes of areas or competences.
    """

    framework: str
    mode: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """Keep an answer: 0 to 3, or None for "does not apply to me"; a new one replaces an old one."""

    sitting: str
    item: str
    answer: int | None


@dataclass(frozen=True, slots=True)
class KeepFeeling:
    """Keep how the person feels, 1 to 5 each, before or after a sitting; 0 where they skipped."""

    sitting: str
    moment: str
    confidence: int
    resilience: int


@dataclass(frozen=True, slots=True)
class FinishSitting:
    """Note that the person has answered enough for now."""

    sitting: str


@dataclass(frozen=True, slots=True)
class DeleteSitting:
    """Delete a sitting with its answers; for five minutes it can be brought back."""

    sitting: str


@dataclass(frozen=True, slots=True)
class BringSittingBack:
    """Bring a deleted sitting back."""

    sitting: str
