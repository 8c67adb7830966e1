"""Long JSON documents, one element of their main list in memory at a time."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import IO

from bot.errors import ImportRefused

CHUNK = 1 << 20
MAX_ELEMENT = 16 * 1024 * 1024
LISTS = frozenset({"items", "@graph", "itemListElement", "courses", "results", "value", "data"})

_SPACE = " \t\r\n"
_decoder = json.JSONDecoder()


class _Text:
    """The document's text, read on demand and forgotten once used."""

    def __init__(self, file: IO[bytes]) -> None:
        file.seek(0)
        self._file = file
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
        self._text = ""
        self._at = 0
        self._ended = False

    def _more(self) -> bool:
        chunk = self._file.read(CHUNK)
        self._ended = not chunk
        self._text = self._text[self._at :] + self._decode(chunk, final=self._ended)
        self._at = 0
        return not self._ended

    def next_char(self) -> str:
        """Return the next character that is no white space without using it; "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if not self._more() and self._at >= len(self._text):
                return ""

    def take(self, expected: str) -> bool:
        """Use the next character if it is one of these."""
        found = self.next_char()
        if found and found in expected:
            self._at += 1
            return True
        return False

    def value(self) -> object:
        """Use the next value.

        Raises:
            ImportRefused: there is none, or it is over 16 MiB.
        """
        self.next_char()
        size = CHUNK
        while True:
            try:
                value, end = _decoder.raw_decode(self._text, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                if self._ended or len(self._text) - self._at > MAX_ELEMENT:
                    raise _broken(str(error)) from error
                while self._more() and len(self._text) < size:
                    pass
                size *= 2
                continue
            if end == len(self._text) and not self._ended and self._more():
                continue
            self._at = end
            return value


def _broken(problem: str) -> ImportRefused:
    return ImportRefused("imports.refused.bad_json", problem=problem[:200])


def elements(file: IO[bytes]) -> Iterator[object]:
    """Yield the elements of the outermost list, or of a known list of the outermost object.

    An object without such a list is yielded whole.

    Raises:
        ImportRefused: the text is no JSON.
    """
    text = _Text(file)
    if text.take("["):
        yield from _list(text)
    elif text.take("{"):
        yield from _object(text)
    else:
        raise _broken("neither a list nor an object")


def _list(text: _Text) -> Iterator[object]:
    if text.take("]"):
        return
    while True:
        yield text.value()
        if text.take("]"):
            return
        if not text.take(","):
            raise _broken("no comma between elements")


def _object(text: _Text) -> Iterator[object]:
    rest: dict[str, object] = {}
    found = False
    while not text.take("}"):
        name = text.value()
        if not isinstance(name, str) or not text.take(":"):
            raise _broken("no colon after a name")
        if name in LISTS and text.take("["):
            found = True
            yield from _list(text)
        else:
            rest[name] = text.value()
        if not text.take(",") and text.next_char() != "}":
            raise _broken("no comma between members")
    if not found:
        yield rest
