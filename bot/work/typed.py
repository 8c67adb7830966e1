"""What people type, in every shipped language, that goes to a command wherever they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.conversation.routing import interruptions
from bot.conversation.tokens import words_of
from content.words import Words

INTERRUPTIONS = (
    *("menu", "back", "help", "language", "stop"),
    *("check_skills", "results", "routes", "badges", "cv", "worth", "reminders"),
    *("employers", "complain"),
)
COMMAND_OF = {"check_skills": "skills"}
"""The command of an interruption, where it has another name."""
OPENINGS = {
    "remind": "reminders",
    "stop_reminders": "stop_reminders",
}
"""Words with which a message begins, and the command that it is given to."""
NO_WISHES = frozenset({"menu", "back", "help", "language", "stop"})
"""What means nothing to somebody who has only just come."""
COURTESIES = {"greeting": "menu"}
"""What is said to nobody in particular, and the command that answers it."""


class TypedWords:
    """The phrases of the words in use, read once and again when other words take their place."""

    def __init__(self) -> None:
        self._of: Words | None = None
        self._interrupting: Mapping[str, str] = {}
        self._opening: Mapping[str, str] = {}

    def of(self, words: Words) -> tuple[Mapping[str, str], Mapping[str, str]]:
        """Return the phrases that interrupt, and those that open a flow, with their commands."""
        if self._of is not words:
            self._interrupting = interruptions(_phrases(words, {**_named(), **COURTESIES}))
            self._opening = interruptions(_phrases(words, OPENINGS))
            self._of = words
        return self._interrupting, self._opening


def is_of_an_employer(words: Words, said: str) -> bool:
    """Whether somebody says of themselves that they are an employer, and perhaps more."""
    named = interruptions(_phrases(words, {"employers": ""}))
    opening = interruptions(_phrases(words, {"of_employers": ""}))
    typed = " ".join(words_of(said))
    return typed in named or any(f"{typed} ".startswith(f"{one} ") for one in opening if one)


def command_of(words: Words, said: str) -> str:
    """Return the command that words mean or begin with, such as "reminders"; none is empty."""
    whole = interruptions(_phrases(words, _named()))
    typed = words_of(said)
    if found := whole.get(" ".join(typed)):
        return found
    opening = interruptions(_phrases(words, OPENINGS))
    begun = (" ".join(typed[:length]) for length in range(1, len(typed) + 1))
    return next((opening[one] for one in begun if one in opening), "")


def _named() -> Mapping[str, str]:
    return {name: COMMAND_OF.get(name, name) for name in INTERRUPTIONS}


def _phrases(words: Words, commands: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield each phrase that people type, with the command that it means."""
    for name, command in commands.items():
        for language in words.languages:
            for phrase in words.phrases(f"typed.{name}", language):
                yield phrase, command
