"""What differs between two files, so that it can be read: lines, and words within them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal, TypeAlias

from babel.messages.pofile import PoFileError, read_po

MOST_LINES = 400
AROUND = 2
_ALIKE = 0.4
"""Of 1: lines less alike than this are two lines, in which no word is marked."""
_LONGEST_PAIR = 4_000
"""Characters of two lines that are compared word by word."""
_MOST_COMPARED = 6_000
"""Lines; two longer files that differ much would be compared for minutes."""

Mark: TypeAlias = Literal["", "out", "in"]
Part: TypeAlias = tuple[Mark, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference.

    Attributes:
        kind: " " stays, "-" goes, "+" comes, "…" stands for lines that stay.
        number: In the file before where it goes, else in the file after; 0 for none.
        parts: Its words, marked where they differ from the line that it replaces.
        of: The text that it is of, in a translation; empty elsewhere.
    """

    kind: Literal[" ", "-", "+", "…"]
    number: int
    parts: tuple[Part, ...]
    of: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What becomes of a file: lines, and how many come, go and are not shown."""

    path: str
    is_new: bool
    is_gone: bool
    added: int
    removed: int
    lines: tuple[Line, ...]
    more: int = 0


def differ(path: str, before: bytes | None, after: bytes | None) -> Difference:
    """Return what differs between two bodies of a file; None stands for no file."""
    compare = _translations if path.endswith(".po") else _lines
    found = list(compare(_text(before), _text(after)))
    return Difference(
        path=path,
        is_new=before is None,
        is_gone=after is None,
        added=sum(line.kind == "+" for line in found),
        removed=sum(line.kind == "-" for line in found),
        lines=tuple(found[:MOST_LINES]),
        more=max(0, len(found) - MOST_LINES),
    )


def _text(body: bytes | None) -> str:
    return (body or b"").decode("utf-8-sig", errors="replace")


def _lines(before: str, after: str) -> Iterator[Line]:
    old, new = before.splitlines(), after.splitlines()
    if len(old) + len(new) > _MOST_COMPARED:
        yield from _coarse(old, new)
        return
    matcher = SequenceMatcher(None, old, new, autojunk=True)
    for at, group in enumerate(matcher.get_grouped_opcodes(AROUND)):
        if at or group[0][1]:
            yield Line("…", 0, ())
        for step, first, last, start, end in group:
            if step == "equal":
                for number, words in enumerate(new[start:end], start + 1):
                    yield Line(" ", number, (("", words),))
            else:
                yield from _changed(old[first:last], new[start:end], first + 1, start + 1)


def _coarse(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Compare long files by what lines each has at all."""
    was, will = set(old), set(new)
    for number, words in enumerate(old, 1):
        if words not in will:
            yield Line("-", number, (("", words),))
    for number, words in enumerate(new, 1):
        if words not in was:
            yield Line("+", number, (("", words),))


def _changed(
    old: Sequence[str], new: Sequence[str], first: int, start: int, of: str = ""
) -> Iterator[Line]:
    pairs = [_marked(a, b) for a, b in zip(old, new, strict=False)]
    for at, words in enumerate(old):
        parts = pairs[at][0] if at < len(pairs) else (("", words),)
        yield Line("-", first + at if first else 0, parts, of)
    for at, words in enumerate(new):
        parts = pairs[at][1] if at < len(pairs) else (("", words),)
        yield Line("+", start + at if start else 0, parts, of)


def _marked(old: str, new: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return both lines with the words marked at which they differ."""
    a, b = old.split(" "), new.split(" ")
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if len(old) + len(new) > _LONGEST_PAIR or matcher.ratio() < _ALIKE:
        return (("", old),), (("", new),)
    outs: list[Part] = []
    ins: list[Part] = []
    for step, first, last, start, end in matcher.get_opcodes():
        if step == "equal":
            outs.append(("", " ".join(a[first:last])))
            ins.append(("", " ".join(b[start:end])))
            continue
        if last > first:
            outs.append(("out", " ".join(a[first:last])))
        if end > start:
            ins.append(("in", " ".join(b[start:end])))
    return tuple(outs), tuple(ins)


def _translations(before: str, after: str) -> Iterator[Line]:
    """Compare two translations text by text: how a tool breaks lines says nothing."""
    try:
        old, new = _said(before), _said(after)
    except (PoFileError, ValueError):
        yield from _coarse(before.splitlines(), after.splitlines())
        return
    for key in sorted({*old, *new}):
        was, will = old.get(key, []), new.get(key, [])
        if was != will:
            yield from _changed(was, will, 0, 0, key)


def _said(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for message in read_po(io.BytesIO(text.encode()), abort_invalid=True):
        strings: Any = message.string
        words = [strings] if isinstance(strings, str) else list(strings or ())
        if not any(words):
            continue
        shown = [line for one in words for line in str(one).split("\n")]
        if message.fuzzy:
            shown = [f"({line})" for line in shown]
        found.setdefault(message.context or "header", []).extend(shown)
    return found
