"""What a conversation can do to a person's own record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AcceptNotice:
    """They read the privacy notice and go on: from now on the record is kept."""

    version: str
    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Speak to them in this language."""

    language: str
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class SetCity:
    """This is their city."""

    city: str
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class SetAgeBand:
    """They said how old they are."""

    band: str
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """They agreed to a purpose, or withdrew."""

    purpose: str
    is_given: bool
    text_version: str
    final: ClassVar[bool] = False

    def undo(self) -> RecordConsent:
        """Return the opposite decision."""
        return RecordConsent(self.purpose, not self.is_given, self.text_version)


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete everything about them, five minutes from now. A call: returns when."""

    final: ClassVar[bool] = False

    def undo(self) -> KeepMe:
        """Return what takes it back within the five minutes."""
        return KeepMe()


@dataclass(frozen=True, slots=True)
class KeepMe:
    """Call the deletion off."""

    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class OfferJoin:
    """Make a token with which another chat of theirs joins this one. A call."""

    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class JoinPerson:
    """Join this chat with the one that made the token. A call."""

    token: str
    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class AcceptInvitation:
    """Take the role that an invitation offers. A call."""

    token: str
    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class MakeLogin:
    """Make a link with which staff sign in on the web. A call."""

    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class StopMessages:
    """Send them nothing that they did not ask for."""

    final: ClassVar[bool] = False
