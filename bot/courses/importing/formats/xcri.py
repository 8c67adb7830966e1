"""XCRI-CAP 1.1 and 1.2: a stream of courses, matched on local names in either namespace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, TypeAlias
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from bot.courses.importing.fields.links import read_contact
from bot.courses.importing.fields.text import clean_line
from bot.courses.importing.formats.xcri_course import read_course
from bot.courses.importing.records import Item, Reading
from bot.errors import ImportRefused

MAX_DEPTH = 60
MAX_COURSE_BYTES = 24 * 1024 * 1024
"""Bytes from one course to the next: more is no course but an attack on memory."""

_ROOTS = frozenset({"catalog", "provider", "course", "courses"})

Events: TypeAlias = "Iterator[tuple[str, Element]]"


@lru_cache(maxsize=4_096)
def local_name(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]


class _Stream:
    """The file without leading white space, counting what is read between two courses."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._start = _first_bytes(file)
        self.unspent = 0

    def read(self, size: int = 65_536) -> bytes:
        chunk = self._start or self._file.read(size)
        self._start = b""
        self.unspent += len(chunk)
        if self.unspent > MAX_COURSE_BYTES:
            raise ImportRefused("imports.refused.huge_element")
        return chunk


def _first_bytes(file: IO[bytes]) -> bytes:
    """Return the first bytes from the first one that is no white space or byte order mark."""
    file.seek(0)
    start = file.read(4096)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start
    while start:
        rest = start.removeprefix(b"\xef\xbb\xbf").lstrip()
        if rest:
            return rest
        start = file.read(4096)
    return b""


@dataclass(slots=True)
class Owner:
    """The provider around a course, as far as the file has named it yet."""

    title: str = ""
    reference: str = ""
    contacts: list[str] = field(default_factory=list)

    @property
    def contact(self) -> str:
        """Return phone and e-mail."""
        return read_contact(*self.contacts)


def read_xcri(reading: Reading, file: IO[bytes]) -> Iterator[Item]:
    """Yield the courses of a catalogue, one element in memory at a time.

    Raises:
        ImportRefused: it is no XCRI, is not well-formed, or declares types or entities.
    """
    stream = _Stream(file)
    try:
        events: Events = iterparse(stream, events=("start", "end"), forbid_dtd=True)
        yield from _walk(reading, events, stream)
    except DefusedXmlException as error:
        raise ImportRefused("imports.refused.doctype") from error
    except ParseError as error:
        line, column = error.position
        raise ImportRefused("imports.refused.bad_xml", line=line, column=column) from error
    except (ValueError, LookupError) as error:
        raise ImportRefused("imports.refused.bad_xml", line=0, column=0) from error


def _walk(reading: Reading, events: Events, stream: _Stream) -> Iterator[Item]:
    stack: list[Element] = []
    names: list[str] = []
    owner, number = Owner(), 0
    for event, element in events:
        name = local_name(element.tag)
        if event == "start":
            _enter(stack, names, element, name)
            owner = Owner() if names == ["catalog", "provider"] else owner
            continue
        stack.pop()
        names.pop()
        if "course" in names:
            continue
        if name == "course":
            number += 1
            stream.unspent = 0
            yield read_course(reading, element, owner, f"course {number}")
        else:
            _note(owner, names, name, element)
        if stack:
            stack[-1].remove(element)
    if not number:
        raise ImportRefused("imports.refused.no_courses")


def _enter(stack: list[Element], names: list[str], element: Element, name: str) -> None:
    if not stack and name not in _ROOTS:
        raise ImportRefused("imports.refused.other_xml", root=name[:60])
    if len(stack) >= MAX_DEPTH:
        raise ImportRefused("imports.refused.too_deep", limit=MAX_DEPTH)
    stack.append(element)
    names.append(name)


def _note(owner: Owner, names: list[str], name: str, element: Element) -> None:
    """Keep what is said about the provider itself."""
    if not names or "provider" not in names:
        return
    text = clean_line(element.text)
    if name in {"phone", "email"} and len(owner.contacts) < 4:
        owner.contacts.append(text)
    elif names[-1] == "provider":
        if name == "title":
            owner.title = owner.title or text
        elif name == "identifier":
            owner.reference = owner.reference or text
