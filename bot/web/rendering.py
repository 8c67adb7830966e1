"""Drawing pages: one Jinja environment, with the words of content by text id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.web.ports import WebSettings
from content.formats import is_right_to_left, locale_of
from content.schema import City
from content.words import TextValue, Words

TEMPLATES = Path(__file__).parent / "templates"
_SAFE_ADDRESSES = ("https://", "http://", "mailto:", "tel:", "tg://", "/")
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


def safe_address(url: str) -> str:
    """Return an address that may stand in a page; empty where it may not."""
    is_safe = url.startswith(_SAFE_ADDRESSES) and not url.startswith("//")
    return url if is_safe and not set(url) & set(' \n\t"<>\\') else ""


def _inline(span: SpanLike) -> Markup:
    words = Markup("<br>").join(escape(line) for line in span.text.split("\n"))
    if span.style in _STYLES:
        words = _STYLES[span.style].format(words)
    address = safe_address(span.url)
    if address:
        away = Markup("") if address.startswith("/") else Markup(' rel="noopener noreferrer"')
        words = Markup('<a href="{}"{}>{}</a>').format(address, away, words)
    return words


def paragraphs(spans: Iterable[SpanLike]) -> list[Markup]:
    """Return a text as paragraphs: an empty line in it parts one from the next."""
    done: list[Markup] = []
    open_paragraph = Markup("")
    for span in spans:
        first, *rest = span.text.split("\n\n")
        open_paragraph += _inline(_Piece(first, span.style, span.url))
        for piece in rest:
            done.append(open_paragraph)
            open_paragraph = _inline(_Piece(piece.lstrip("\n"), span.style, span.url))
    done.append(open_paragraph)
    return [paragraph for paragraph in done if paragraph.striptags().strip()]


def inline(spans: Iterable[SpanLike]) -> Markup:
    """Return a text as one run of words with its styles and links."""
    return Markup("").join(_inline(span) for span in spans)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    style: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What every page needs beside its own values.

    `path` is its address without the host, for the canonical link and language links.
    """

    title: str
    language: str
    path: str
    city: City | None = None
    description: str = ""
    is_indexed: bool = True
    languages: tuple[str, ...] = ()
    section: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class Renderer:
    """Draws templates. Words come by text id, so templates hold none of their own."""

    def __init__(
        self, words: Words, public_url: str, assets: Mapping[str, str], settings: WebSettings
    ) -> None:
        self.words = words
        self.public_url = public_url
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            asset=lambda name: assets[name],
            direction=direction,
            inline=inline,
            language_name=language_name,
            paragraphs=paragraphs,
            public_url=public_url,
            safe_address=safe_address,
            shipped_languages=words.languages,
            telegram=settings.telegram_username,
        )

    def fragment(self, template: str, language: str, **values: Any) -> str:
        """Draw a part of a page."""
        return self._environment.get_template(template).render(
            **self._speaking(language), language=language, **values
        )

    def page(self, template: str, page: Page, *, status: int = 200) -> web.Response:
        """Draw a whole page as a response that nobody may keep."""
        html = self.fragment(template, page.language, page=page, **page.values)
        response = web.Response(text=html, status=status, content_type="text/html")
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Language"] = page.language
        response.headers["Vary"] = "Accept-Language, Cookie"
        return response

    def _speaking(self, language: str) -> dict[str, Any]:
        def t(text_id: str, **values: Any) -> str:
            return self.words.short(text_id, language, **values)

        def rich(text_id: str, **values: Any) -> list[Markup]:
            return paragraphs(self.words.render(TextValue(text_id, values), language))

        def phrase(text: Any) -> Markup:
            return inline(self.words.render(text, language))

        return {"t": t, "rich": rich, "phrase": phrase}


def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    return "rtl" if is_right_to_left(language) else "ltr"


def language_name(language: str) -> str:
    """Return a language's name in itself, such as "Cymraeg"."""
    name = locale_of(language).get_language_name(language) or language
    return name[:1].upper() + name[1:]
