"""What repositories take and give: frozen records, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from bot.conversation.messages import Incoming, Message
from bot.courses.records import Course

Json: TypeAlias = Any
"""A value that JSON can hold."""


@dataclass(frozen=True, slots=True)
class ClaimedIncoming:
    """An incoming message and who works on it.

    Attributes:
        tries: How often it was claimed, this time included.
        holder: Who holds the claim; empty where it still waits.
    """

    id: str
    incoming: Incoming
    tries: int
    holder: str
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An incoming message that was given up, without its words."""

    id: str
    channel: str
    reason: str
    tries: int
    arrived_at: datetime


SessionStatus: TypeAlias = Literal["live", "parked", "ended"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting that a city's staff changed.

    Attributes:
        value: What holds now; None where the content files stand again.
        was: What held before, to go back to.
    """

    name: str
    value: str | int | None
    was: str | int | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SessionState:
    """A conversation as it is stored: a frame, and the log of acts beside it.

    Attributes:
        position: Greater is nearer the top of the person's stack.
        frame: Everything of the engine's session but its log.
        acts: The log, oldest first.
        kept: How many leading acts are stored already; saving replaces what follows them.
        parked_until: When a parked session is given up.
    """

    id: str
    person: str
    flow: str
    frame: Json
    acts: tuple[Json, ...] = ()
    kept: int = 0
    city: str = ""
    status: SessionStatus = "live"
    position: int = 0
    started_at: datetime | None = None
    touched_at: datetime | None = None
    parked_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was sent: buttons carry its nonce and find their way back through it."""

    nonce: str
    person: str
    session: str
    flow: str
    key: str
    asked_at: datetime | None = None


Lane: TypeAlias = Literal[0, 1, 2]
"""Replies, reminders, campaigns: the lower the more urgent."""

OutgoingKind: TypeAlias = Literal["send", "edit"]
OutgoingState: TypeAlias = Literal[
    "waiting", "sending", "sent", "gone", "failed", "in_doubt", "cancelled"
]


@dataclass(frozen=True, slots=True)
class NewOutgoing:
    """A message to put into the outbox.

    Attributes:
        dedupe_key: A second row with the same key is left out.
        nonce: The question's, where it asks one.
        not_before: It waits at least until then.
        holder, until: Who sends it at once, and how long they have; empty to leave it waiting.
    """

    person: str
    channel: str
    bot: str
    chat: str
    message: Message
    dedupe_key: str
    lane: Lane = 0
    kind: OutgoingKind = "send"
    city: str = ""
    nonce: str = ""
    not_before: datetime | None = None
    holder: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message in the outbox.

    Attributes:
        was_in_doubt: It may have arrived before: this is the one repetition allowed.
    """

    id: str
    person: str
    channel: str
    bot: str
    chat: str
    message: Message
    lane: int
    kind: str
    state: str
    nonce: str = ""
    city: str = ""
    attempts: int = 0
    was_in_doubt: bool = False
    created_at: datetime | None = None


SendOutcome: TypeAlias = Literal["sent", "gone", "failed", "doubt", "wait"]


@dataclass(frozen=True, slots=True)
class SendResult:
    """How an attempt to send ended.

    Attributes:
        outcome: "gone": the recipient blocked us. "doubt": the request left, no answer came.
            "wait": not accepted, try again after `not_before`.
        reason: A short code for people who look into it, never a person's words.
    """

    id: str
    outcome: SendOutcome
    message_id: str = ""
    reason: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class TranscriptEntry:
    """One line of a talk: what a person typed, or a message to them.

    Attributes:
        text: The person's words; empty for our messages and for presses.
        message: Our message; None for the person's words.
        nonce: Of the question that our message asks, or that a press answers.
        kind, option: What the person did ("text", "press", "location") and which button.
        is_answered: False while the turn for what the person did is still to be taken.
    """

    id: str
    at: datetime
    is_person: bool
    text: str = ""
    message: Message | None = None
    nonce: str = ""
    channel: str = ""
    kind: str = ""
    option: str = ""
    is_answered: bool = True


CourseStatus: TypeAlias = Literal["active", "hidden", "withdrawn"]
"""Hidden is what staff keep off the list for now; people are told that it is not on."""


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A course with its place in the catalogue.

    Attributes:
        told: The course as its source gave it, before what staff put right.
    """

    course: Course
    status: CourseStatus
    source: str
    first_seen_at: datetime
    changed_at: datetime
    withdrawn_at: datetime | None = None
    told: Course | None = None


@dataclass(frozen=True, slots=True)
class SavedCourse:
    """A course that somebody saved: as it is now, and as they last saw it."""

    course: Course
    was: Course
    is_withdrawn: bool
    saved_at: datetime

    @property
    def is_changed(self) -> bool:
        """Whether anything about it differs from what they last saw."""
        return self.is_withdrawn or self.course != self.was


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A wish that somebody wants to be told about."""

    id: str
    person: str
    city: str
    words: str
    request: Json
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A course that answers a saved search and has not been shown yet."""

    id: str
    search: str
    course: str
    words: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class UnmetWish:
    """What people asked for and the catalogue does not have; `times` counts people.

    Attributes:
        skill: Competence and level that were wanted, as "1.3:2"; empty where words were typed.
    """

    words: str
    times: int
    last_at: datetime
    skill: str = ""


@dataclass(frozen=True, slots=True)
class TagCorrection:
    """What staff say of one competence of a course.

    Attributes:
        level: 1 to 4; None where the course does not teach it.
        made_by: A reference as in the audit log.
    """

    id: str
    course: str
    competence: str
    level: int | None
    made_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person with a role, as a list of staff shows them.

    Attributes:
        reference: What the audit log calls the person.
        provider: Of a provider: the organisation.
    """

    person: str
    role: str
    city: str
    granted_at: datetime
    channel: str = ""
    reference: str = ""
    provider: str = ""


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The private address of a result: whoever has the token can read it.

    Attributes:
        sitting: Empty for where the person stands by all their sittings.
    """

    token: str
    person: str
    sitting: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class CourseReach:
    """How often a course was looked at and applied for lately, saved, and earned a badge with."""

    views: int
    applies: int
    saves: int
    badges: int
