"""Text with entities, counted and divided as Telegram counts: in UTF-16 units."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

LONGEST: Final = 4096
LONGEST_CAPTION: Final = 1024
_JOINER: Final = "\u200d"
Entity = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Styled:
    """Words and where they are bold, links and so on, ready for the Bot API."""

    text: str
    entities: tuple[Entity, ...] = ()


def units(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


class StyledText:
    """Puts words together, keeping count of where each style stands.

    Space at the beginning is left out, as Telegram would cut it and move every entity.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._entities: list[Entity] = []

    def add(self, text: str, style: str = "", url: str = "") -> None:
        """Add words in a style, as a link if there is an address."""
        if not self._parts:
            text = text.lstrip()
        if not text:
            return
        length = units(text)
        if text.strip():
            if style:
                self._entities.append({"type": style, "offset": self._length, "length": length})
            if url:
                link = {"type": "text_link", "offset": self._length, "length": length, "url": url}
                self._entities.append(link)
        self._parts.append(text)
        self._length += length

    def finish(self) -> Styled:
        """Return the whole, without space at its end."""
        whole = "".join(self._parts)
        text = whole.rstrip()
        if len(text) == len(whole):
            return Styled(text, tuple(self._entities))
        return _slice(Styled(whole, tuple(self._entities)), 0, units(text), text)


def divide(styled: Styled, longest: int = LONGEST) -> list[Styled]:
    """Divide a text that is too long: between paragraphs, lines or words, outside styled words
    where that is possible, never inside a character.

    Args:
        styled: The text.
        longest: How many UTF-16 units a part may have.
    """
    if units(styled.text) <= longest:
        return [styled]
    # ends[i] is where character i ends, in units.
    ends = [0, *accumulate(1 + (character > "\uffff") for character in styled.text)]
    parts, start = [], 0
    while start < len(styled.text):
        stop = _stop(styled, ends, start, longest)
        part = styled.text[start:stop]
        first = start + len(part) - len(part.lstrip())
        last = max(first, start + len(part.rstrip()))
        if last > first:
            parts.append(_slice(styled, ends[first], ends[last], styled.text[first:last]))
        start = stop
    return parts


def _stop(styled: Styled, ends: list[int], start: int, longest: int) -> int:
    """The index at which the part that begins at `start` stops."""
    limit = start + 1
    low, high = start + 1, len(styled.text)
    while low <= high:
        middle = (low + high) // 2
        if ends[middle] - ends[start] <= longest:
            limit, low = middle, middle + 1
        else:
            high = middle - 1
    if limit == len(styled.text):
        return limit
    candidates = list(_candidates(styled.text, start, limit))
    for position in candidates:
        if not _is_inside(styled, ends[position]):
            return position
    return candidates[0] if candidates else _whole_character(styled.text, start, limit)


def _candidates(text: str, start: int, limit: int) -> Iterator[int]:
    """Places to divide in the second half of the part, the best first."""
    earliest = start + (limit - start) // 2
    for divider in ("\n\n", "\n", " "):
        position = text.rfind(divider, earliest, limit)
        while position != -1:
            yield position
            position = text.rfind(divider, earliest, position)


def _is_inside(styled: Styled, unit: int) -> bool:
    return any(e["offset"] < unit < e["offset"] + e["length"] for e in styled.entities)


def _whole_character(text: str, start: int, limit: int) -> int:
    """Step back from the middle of what is drawn as one character, unless that is endless."""
    position = limit
    while position > start + 1 and _continues(text, position):
        position -= 1
    return position if position > start + (limit - start) // 2 else limit


def _continues(text: str, position: int) -> bool:
    following = text[position]
    return (
        unicodedata.combining(following) != 0
        or following in (_JOINER, "\ufe0f")
        or text[position - 1] == _JOINER
    )


def _slice(styled: Styled, start: int, stop: int, text: str) -> Styled:
    entities = []
    for entity in styled.entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], stop)
        if first < last:
            entities.append({**entity, "offset": first - start, "length": last - first})
    return Styled(text, tuple(entities))
