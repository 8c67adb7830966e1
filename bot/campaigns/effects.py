"""What a conversation can do about messages from the city."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetTopic:
    """Let the city write about a topic, or no more. Returns whether it might before.

    Attributes:
        broadcast: The run whose message led to it; empty for none.
    """

    topic: str
    is_on: bool
    broadcast: str = ""

    def undo(self, before: object) -> SetTopic | None:
        """Return to the decision before."""
        return None if before is self.is_on else SetTopic(self.topic, not self.is_on)


@dataclass(frozen=True, slots=True)
class StopCampaigns:
    """Turn every topic off, at once. A call."""


@dataclass(frozen=True, slots=True)
class NoteInterest:
    """Remember a subject that the person would like to hear about. Returns those before."""

    words: str

    def undo(self, before: object) -> SetInterests:
        """Return to the subjects before."""
        return SetInterests(_subjects(before))


@dataclass(frozen=True, slots=True)
class SetInterests:
    """Remember these subjects and no others. Returns those before."""

    subjects: tuple[str, ...] = ()

    def undo(self, before: object) -> SetInterests:
        """Return to the subjects before."""
        return SetInterests(_subjects(before))


@dataclass(frozen=True, slots=True)
class ActOnMessage:
    """Note what the person did with a message of a run: opened a flow, answered its question.

    A call: returns whether the message was theirs.
    """

    broadcast: str
    kind: str
    part: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class KeepPledge:
    """Keep what the person promised themselves. Returns the promise before.

    Attributes:
        broadcast: The run whose message led to it; empty for none.
    """

    words: str
    broadcast: str = ""

    def undo(self, before: object) -> PutPledgeBack:
        """Return to the promise before, or to none."""
        return PutPledgeBack(before if isinstance(before, str) else "")


@dataclass(frozen=True, slots=True)
class PutPledgeBack:
    """Let an earlier promise stand; none where it is empty."""

    words: str

    def undo(self) -> None:
        """Let it stand."""


@dataclass(frozen=True, slots=True)
class StopEverything:
    """Stop all that goes out, on the whole installation. A call.

    Attributes:
        reason: Why, as all staff see it.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class LetGoOn:
    """End the stop of everything. A call."""


def _subjects(before: object) -> tuple[str, ...]:
    return tuple(map(str, before)) if isinstance(before, list | tuple) else ()
