"""What a conversation about descriptors can do. All are calls: their outcome goes on the talk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JoinRound:
    """Take part in a round. A call.

    Attributes:
        kind: As whom: a `Kind`.
        keeps: What they say may stay, without a link to them, when their data is deleted.
    """

    round: str
    kind: str
    keeps: bool


@dataclass(frozen=True, slots=True)
class TakeShare:
    """Be given descriptors. A call: returns their ids, those left unanswered before first."""

    round: str


@dataclass(frozen=True, slots=True)
class GiveComment:
    """Say something of a descriptor, in place of what was said of it before. A call.

    Attributes:
        clear, matters: A `Clear` and a `Matters`; empty where they would not say.
        words: What they would say instead; empty for nothing.
        is_skipped: They passed over it.
    """

    round: str
    item: str
    clear: str = ""
    matters: str = ""
    words: str = ""
    is_skipped: bool = False


@dataclass(frozen=True, slots=True)
class SayMissing:
    """Say what is missing. A call."""

    round: str
    words: str


@dataclass(frozen=True, slots=True)
class LeaveRound:
    """Leave a round, and have everything deleted that they said in it. A call."""

    round: str
