"""Words with styles and links as HTML; whatever the words hold, they stay words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from markupsafe import Markup, escape

_SAFE_ADDRESSES = ("https://", "http://", "mailto:", "tel:", "tg://", "/")
_DASH = "- "
_STYLES = {
    "bold": Markup("<strong>{}</strong>"),
    "italic": Markup("<em>{}</em>"),
    "code": Markup("<code>{}</code>"),
}


class SpanLike(Protocol):
    """A stretch of words in one style, of a message or of content."""

    @property
    def text(self) -> str:
        """The words."""

    @property
    def style(self) -> str:
        """ "bold", "italic", "code" or nothing."""

    @property
    def url(self) -> str:
        """Where it leads; empty for no link."""


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    style: str = ""
    url: str = ""


def safe_address(url: str) -> str:
    """Return an address that may stand in a page; empty where it may not."""
    is_safe = url.startswith(_SAFE_ADDRESSES) and not url.startswith("//")
    return url if is_safe and not set(url) & set(' \n\t"<>\\') else ""


def inline(spans: Iterable[SpanLike]) -> Markup:
    """Return a text as one run of words with its styles and links."""
    return Markup("").join(_inline(span) for span in spans)


def _inline(span: SpanLike) -> Markup:
    words = Markup("<br>").join(escape(line) for line in span.text.split("\n"))
    if span.style in _STYLES:
        words = _STYLES[span.style].format(words)
    address = safe_address(span.url)
    if address:
        away = Markup("") if address.startswith("/") else Markup(' rel="noopener noreferrer"')
        words = Markup('<a href="{}"{}>{}</a>').format(address, away, words)
    return words


def blocks(spans: Iterable[SpanLike]) -> list[Markup]:
    """Return a text as paragraphs and lists.

    An empty line parts one paragraph from the next; lines that begin with "- " make a list.
    """
    written = _Blocks()
    for line in _lines(spans):
        written.add(line)
    return written.finished()


@dataclass(slots=True)
class _Blocks:
    done: list[Markup] = field(default_factory=list)
    items: list[Markup] = field(default_factory=list)
    lines: list[Markup] = field(default_factory=list)

    def add(self, line: Sequence[SpanLike]) -> None:
        item = _without_dash(line)
        if item is not None:
            self._close_paragraph()
            self.items.append(Markup("<li>{}</li>").format(inline(item)))
            return
        self._close_list()
        if any(span.text.strip() for span in line):
            self.lines.append(inline(line))
        else:
            self._close_paragraph()

    def finished(self) -> list[Markup]:
        self._close_list()
        self._close_paragraph()
        return self.done

    def _close_list(self) -> None:
        if self.items:
            self.done.append(Markup("<ul>{}</ul>").format(Markup("").join(self.items)))
            self.items = []

    def _close_paragraph(self) -> None:
        if self.lines:
            self.done.append(Markup("<p>{}</p>").format(Markup("<br>").join(self.lines)))
            self.lines = []


def _lines(spans: Iterable[SpanLike]) -> list[list[SpanLike]]:
    lines: list[list[SpanLike]] = [[]]
    for span in spans:
        first, *rest = span.text.split("\n")
        lines[-1].append(_Piece(first, span.style, span.url))
        lines += [[_Piece(piece, span.style, span.url)] for piece in rest]
    return lines


def _without_dash(line: Sequence[SpanLike]) -> list[SpanLike] | None:
    """Return a list item's words, None where the line is no list item."""
    if not "".join(span.text for span in line).startswith(_DASH):
        return None
    item, left = [], len(_DASH)
    for span in line:
        item.append(_Piece(span.text[left:], span.style, span.url))
        left = max(left - len(span.text), 0)
    return [span for span in item if span.text]
