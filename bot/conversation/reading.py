"""What reading an answer needs, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.conversation.bounds import unbounded
from bot.conversation.messages import Text


class Reads(Protocol):
    """The port through which the engine asks the world: named look-ups and words."""

    @property
    def languages(self) -> Sequence[str]:
        """Every shipped language."""

    @property
    def now(self) -> datetime:
        """The time of the turn, aware, in the city's time zone."""

    def look(self, name: str, args: tuple[Any, ...]) -> Any:
        """Return what the look-up of that name finds, as JSON of at most 2 kB."""

    def words(self, text: Text, language: str) -> str:
        """Return the plain words of a text, for matching what people type."""


def look_up(reads: Reads, name: str, args: tuple[Any, ...]) -> Any:
    """Return what a look-up finds; the time that it takes is not the flow's."""
    with unbounded():
        return reads.look(name, args)


@dataclass(frozen=True, slots=True)
class Understood:
    """The answer as JSON, as it goes into the log."""

    value: Any


@dataclass(frozen=True, slots=True)
class Unclear:
    """The answer could mean several things: asked about, never guessed.

    Attributes:
        values: The answers that it could be, as JSON, likeliest first, at most five.
    """

    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The answer could not be read, or is outside what may be answered.

    Attributes:
        reason: A text that says what is wrong; None for the question's usual one.
    """

    reason: Text | None = None


Reading = Understood | Unclear | NotUnderstood


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads typed answers in the person's language first, then in every other."""

    reads: Reads
    language: str

    @property
    def languages(self) -> Iterator[str]:
        """The person's language, then every other shipped one."""
        yield self.language
        for language in self.reads.languages:
            if language != self.language:
                yield language

    def words(self, text: Text) -> str:
        """Return the words of a text in the person's language."""
        return self.reads.words(text, self.language)
