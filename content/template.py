"""Texts parsed once: words, styles, links and the places where values go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

Style: TypeAlias = Literal["", "bold", "italic", "code"]

_TOKEN = re.compile(
    r"\[(?P<label>[^\[\]]+)\]\((?P<address>[^()\s]+)\)"
    r"|(?P<escaped>\{\{|\}\})"
    r"|\{(?P<slot>[^{}\n]*)\}"
    r"|(?P<stray>[{}])"
    r"|(?P<bold>\*\*)"
    r"|(?P<code>`)"
    r"|(?P<italic>(?<![\w_])_(?=\w)|(?<=[\w.!?])_(?![\w_]))"
)
_SLOT = re.compile(r"([a-z][a-z0-9_]{0,39})(?::([a-z_]{1,20}))?")
_ADDRESS = re.compile(r"(https?://|mailto:|tg://|/|\{)")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words in one style, with an address where it is a link."""

    text: str
    style: Style = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value goes, and the name of the way in which it is shown."""

    name: str
    format: str = ""


Part: TypeAlias = "str | Slot"


@dataclass(frozen=True, slots=True)
class Run:
    """Parts that share a style and an address."""

    parts: tuple[Part, ...]
    style: Style = ""
    url: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text is made of.

    Attributes:
        runs: Its stretches, in order.
        spans: The finished words where nothing has to be filled in, else None.
        slots: Every place for a value.
    """

    runs: tuple[Run, ...]
    spans: tuple[Span, ...] | None
    slots: frozenset[Slot]


class Template:
    """One text in one language, taken apart when it is shown: thousands are kept, few are.

    Args:
        source: As it is written.
        is_literal: Nothing in it is a mark or a place for a value.
    """

    __slots__ = ("_is_literal", "_parsed", "source")

    def __init__(self, source: str, *, is_literal: bool = False) -> None:
        self.source = source
        self._is_literal = is_literal
        self._parsed: Parsed | None = None

    @property
    def parsed(self) -> Parsed:
        """What it is made of.

        Raises:
            TemplateError: It cannot be shown; never once it was parsed.
        """
        found = self._parsed
        if found is None:
            found = self._parsed = (
                _literal(self.source) if self._is_literal else _parse(self.source)
            )
        return found

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its stretches, in order."""
        return self.parsed.runs

    @property
    def spans(self) -> tuple[Span, ...] | None:
        """The finished words where nothing has to be filled in, else None."""
        return self.parsed.spans

    @property
    def slots(self) -> frozenset[Slot]:
        """Every place for a value."""
        return self.parsed.slots

    @property
    def names(self) -> frozenset[str]:
        """The names of the values that it needs."""
        return frozenset(slot.name for slot in self.slots)

    def put_away(self) -> None:
        """Keep the source alone until it is shown; whatever is wrong with it was found before."""
        self._parsed = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Template):
            return NotImplemented
        return (self.source, self._is_literal) == (other.source, other._is_literal)

    def __hash__(self) -> int:
        return hash(self.source)

    def __repr__(self) -> str:
        return f"Template({self.source!r})"


class TemplateError(ValueError):
    """A text is written in a way that cannot be shown."""


def parse(source: str) -> Template:
    """Parse `**bold**`, `_italic_`, `` `code` ``, `[label](address)` and `{value:format}`.

    Two braces stand for one: `{{` and `}}`.

    Raises:
        TemplateError: A brace or a style is left open, or a value's name cannot be one.
    """
    template = Template(source.rstrip("\n"))
    _ = template.parsed
    return template


def literal(words: str) -> Template:
    """Take words as they stand: nothing in them is a mark or a place for a value."""
    return Template(words, is_literal=True)


def _parse(source: str) -> Parsed:
    runs = tuple(_runs(source))
    slots = frozenset(
        part for run in runs for part in (*run.parts, *run.url) if isinstance(part, Slot)
    )
    spans = None if slots else tuple(_fixed(run) for run in runs)
    return Parsed(runs, spans, slots)


def _literal(words: str) -> Parsed:
    return Parsed((Run((words,)),), (Span(words),), frozenset())


def _fixed(run: Run) -> Span:
    return Span("".join(map(str, run.parts)), run.style, "".join(map(str, run.url)))


def _runs(source: str) -> Iterator[Run]:
    style: Style = ""
    parts: list[Part] = []
    at = 0
    for token in _TOKEN.finditer(source):
        if token.start() > at:
            parts.append(source[at : token.start()])
        at = token.end()
        kind = token.lastgroup or ""
        if kind in {"bold", "italic", "code"}:
            if parts:
                yield Run(tuple(parts), style)
                parts = []
            style = _toggled(style, kind)
        elif kind == "address":
            if parts:
                yield Run(tuple(parts), style)
                parts = []
            yield _link(token["label"], token["address"], style)
        else:
            parts.append(_part(kind, token))
    parts.append(source[at:])
    if style:
        raise TemplateError(f"{style} is opened and not closed")
    yield from _last(parts)


def _last(parts: list[Part]) -> Iterator[Run]:
    kept = tuple(part for part in parts if part != "")
    if kept:
        yield Run(kept)


def _part(kind: str, token: re.Match[str]) -> Part:
    if kind == "escaped":
        return token["escaped"][0]
    if kind == "stray":
        raise TemplateError(f"a lone {token['stray']} (write it twice to show one)")
    return _slot(token["slot"])


def _slot(inside: str) -> Slot:
    match = _SLOT.fullmatch(inside)
    if match is None:
        raise TemplateError(f"{{{inside}}} is not a value such as {{name}} or {{start:date}}")
    return Slot(match[1], match[2] or "")


def _toggled(style: Style, kind: str) -> Style:
    if style == kind:
        return ""
    if style:
        raise TemplateError(f"{kind} begins inside {style}: styles do not nest")
    return "bold" if kind == "bold" else "italic" if kind == "italic" else "code"


def _link(label: str, address: str, style: Style) -> Run:
    if not _ADDRESS.match(address):
        raise TemplateError(f"the link to {address} does not begin with https://, / or a value")
    return Run(tuple(_plain_parts(label)), style, tuple(_plain_parts(address)))


def _plain_parts(source: str) -> Iterator[Part]:
    at = 0
    for token in re.finditer(r"\{([^{}]*)\}", source):
        if token.start() > at:
            yield source[at : token.start()]
        yield _slot(token[1])
        at = token.end()
    if at < len(source):
        yield source[at:]
