"""What a conversation can do about a questionnaire that is filled in. All are calls.

Each answer is kept in the turn that gives it, so a talk may end at any time: the next one goes on
from what is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Given: TypeAlias = str | tuple[str, ...] | tuple[tuple[str, int, int], ...] | None
"""As it was given: words or an option's id, several, rows with two levels; None is left out."""


@dataclass(frozen=True, slots=True)
class BeginResponse:
    """Begin to fill in a questionnaire, or go on with what was begun for the same.

    Returns {"id", "is_new"}. Refused where it is not for this person: employers answer for an
    organisation of theirs, providers have that role, learners name a course.

    Attributes:
        organisation: Its id; empty where nobody answers for one.
        subject: The course of an evaluation.
    """

    questionnaire: str
    organisation: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class FollowResponse:
    """Begin anew with the answers of something that was sent. Returns as above."""

    response: str


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Keep an answer.

    Returns {"error": a text} where it cannot be taken; where problems are read from its words
    {"read": their ids, "is_sure": whether they were said}; None where it stands.

    Attributes:
        item: For what it was asked, where its section is repeated.
    """

    response: str
    question: str
    item: str
    given: Given


@dataclass(frozen=True, slots=True)
class TakeAsMeant:
    """Note that words mean a problem that they only resemble. Returns nothing."""

    response: str
    question: str
    item: str
    problem: str


@dataclass(frozen=True, slots=True)
class SendResponse:
    """Send what was answered; nothing that is needed may be missing.

    Returns {"organisation", "audience", "questionnaire"}.
    """

    response: str


@dataclass(frozen=True, slots=True)
class WithdrawResponse:
    """Take back what was begun or sent. Returns whether there was anything."""

    response: str
