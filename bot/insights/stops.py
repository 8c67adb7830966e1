"""Where people stop in a conversation, and what nobody understood: kept without who it was."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

DONE: Final = "-done"
"""Stands for the end of a conversation where otherwise a question stands."""
LONGEST_WORDS, MOST_WORDS = 24, 3
_SEGMENT = re.compile(r"[a-z][a-z_-]{0,23}\Z")
_WITHIN_WORDS = str.maketrans("", "", "'’-")
_MOST_SEGMENTS = 3
_REFERENCE = re.compile(r"[0-9a-f]{6}\Z")


def step_of(key: str) -> str:
    """Return the question that a key asks, without the numbers of rounds and rows in it.

    A key may carry what tells one person's from another's, such as the id of a course: only plain
    words stay.
    """
    parts = [part for part in key.split(".") if _SEGMENT.match(part)]
    return ".".join(parts[:_MOST_SEGMENTS]) or ("question" if key else "")


def few_words(text: str) -> str:
    """Return what somebody typed if it is a few plain words that others may type too, else "".

    Nothing with a number or a sign in it: no postcode, no telephone, no address, no sentence.
    """
    words = text.casefold().split()
    said = " ".join(words)
    is_short = 0 < len(words) <= MOST_WORDS and len(said) <= LONGEST_WORDS
    return said if is_short and all(map(_is_plain, words)) else ""


def _is_plain(word: str) -> bool:
    return word.translate(_WITHIN_WORDS).isalpha()


def as_reference(typed: str) -> str:
    """Return the reference of a failure as somebody typed it; empty where it cannot be one."""
    letters = typed.strip().casefold()
    return letters if _REFERENCE.match(letters) else ""


class FaultState(StrEnum):
    """What staff made of a fault; one that comes back after it was mended says so by itself."""

    NEW = "new"
    SEEN = "seen"
    MENDED = "mended"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the program fails in one way, in the chats of one city.

    Attributes:
        flow: Empty where a message never reached one.
        step: The question that was open.
        kind: The class of the error; never its words, which may hold somebody's.
        chats: How many chats it met.
        references: The newest that were told to people.
    """

    id: str
    city: str
    flow: str
    step: str
    kind: str
    first_at: datetime
    last_at: datetime
    chats: int
    state: FaultState
    references: Sequence[str] = ()


def fault_id(city: str, flow: str, step: str, kind: str) -> str:
    """Return the id of a fault: the same place and way are the same fault."""
    place = "\n".join((city, flow, step, kind))
    return hashlib.blake2s(place.encode(), digest_size=11).hexdigest()


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults as staff deal with them: what is open first, the newest before the older."""
    newest = sorted(faults, key=lambda one: one.last_at, reverse=True)
    return sorted(newest, key=lambda one: one.state is FaultState.MENDED)
