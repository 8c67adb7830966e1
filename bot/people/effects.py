"""What a conversation can do to a person's own record.

`undo` returns the effect that takes one back, given what applying it returned, or None where
nothing need be taken back. An effect that says it is a call decides how the talk goes on, and is
never taken back by going back in the talk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AcceptNotice:
    """They read the privacy notice and go on: from now on the record is kept."""

    version: str

    def undo(self) -> None:
        """Let it stand: who reads the notice again has still read it."""


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Speak to them in this language. Returns the one before."""

    language: str

    def undo(self, before: object) -> SetLanguage | None:
        """Return to the language before."""
        return SetLanguage(before) if isinstance(before, str) and before else None


@dataclass(frozen=True, slots=True)
class SetCity:
    """This is their city. Returns the one before."""

    city: str

    def undo(self, before: object) -> SetCity | None:
        """Return to the city before, where there was one."""
        return SetCity(before) if isinstance(before, str) and before else None


@dataclass(frozen=True, slots=True)
class SetAgeBand:
    """They said how old they are. Returns the band before."""

    band: str

    def undo(self, before: object) -> SetAgeBand | None:
        """Return to the band before, where there was one."""
        return SetAgeBand(before) if isinstance(before, str) and before else None


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """They agreed to a purpose, or withdrew."""

    purpose: str
    is_given: bool
    text_version: str

    def undo(self) -> RecordConsent:
        """Return the opposite decision."""
        return RecordConsent(self.purpose, not self.is_given, self.text_version)


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete everything about them, five minutes from now. A call: returns when."""


@dataclass(frozen=True, slots=True)
class KeepMe:
    """Call the deletion off. A call."""


@dataclass(frozen=True, slots=True)
class OfferJoin:
    """Make a token with which another chat of theirs joins this one. A call."""


@dataclass(frozen=True, slots=True)
class JoinPerson:
    """Join this chat with the one that made the token. A call, for good."""

    token: str
    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    """Take the role that an invitation offers. A call, for good."""

    token: str
    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class MakeLogin:
    """Make a link with which staff sign in on the web. A call."""


@dataclass(frozen=True, slots=True)
class StopMessages:
    """Send them nothing that they did not ask for."""

    def undo(self) -> None:
        """Let it stand: only their own yes starts messages again."""


@dataclass(frozen=True, slots=True)
class FileComplaint:
    """Complain about the service. A call, for good: returns the reference and when it is due."""

    words: str
    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AddToComplaint:
    """Say more about a complaint of theirs. A call, for good."""

    complaint: str
    words: str
    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class WithdrawComplaint:
    """End a complaint of theirs. A call, for good."""

    complaint: str
    final: ClassVar[bool] = True
