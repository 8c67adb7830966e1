"""What a person can have done with the catalogue. Applied by the turn that asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SaveCourse:
    """Put a course on the person's list."""

    course: str


@dataclass(frozen=True, slots=True)
class UnsaveCourse:
    """Take a course off the person's list."""

    course: str


@dataclass(frozen=True, slots=True)
class MarkSavedSeen:
    """Count what changed about these saved courses as shown."""

    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WatchSearch:
    """Tell the person when something new fits a search.

    Args:
        request: The search as JSON, as `SearchRequest.to_json` gives it.
    """

    request: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class StopWatching:
    """Watch a search no longer."""

    watch: str


@dataclass(frozen=True, slots=True)
class MarkNoticesSeen:
    """Count the due notices of a watched search as shown; empty for all."""

    watch: str = ""


@dataclass(frozen=True, slots=True)
class RecordUnmetDemand:
    """Let the city see that nothing answered a search; holds nothing of the person."""

    request: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class RecordUnmetSkill:
    """Let the city see that nothing on offer teaches a skill as it was wanted.

    Args:
        skill: Competence and level, as "1.3:2".
        request: What was wished for besides, as `SearchRequest.to_json` gives it.
    """

    skill: str
    request: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ReportListing:
    """Tell staff that a listing is wrong.

    Args:
        course: Its id.
        reason: One of "closed", "date", "price", "place", "link", "other".
        words: What the person added; may be empty.
        wants_answer: They want to hear what came of it.
    """

    course: str
    reason: str
    words: str = ""
    wants_answer: bool = False
