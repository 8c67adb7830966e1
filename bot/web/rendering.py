"""Drawing pages: one Jinja environment, with the words of content by text id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.web.embedding import in_frame
from bot.web.markup import blocks, inline, safe_address
from content.formats import is_right_to_left, locale_of
from content.load import Content
from content.schema import City
from content.words import TextValue

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Page:
    """What every page needs beside its own values.

    Attributes:
        path: Its address without the host, for the canonical link and language links.
        base: What the chat's addresses begin with inside another site's page; empty elsewhere.
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
    base: str = ""


class Renderer:
    """Draws templates. Words come by text id, so templates hold none of their own."""

    def __init__(
        self,
        content: Callable[[], Content],
        public_url: str,
        asset: Callable[[str], str],
        *,
        telegram: Callable[[], str],
    ) -> None:
        self._content = content
        self.public_url = public_url
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            asset=asset,
            at_place=at_place,
            direction=direction,
            inline=inline,
            language_name=language_name,
            blocks=blocks,
            public_url=public_url,
            safe_address=safe_address,
            telegram=telegram,
            is_draft=self._is_draft,
        )

    def fragment(self, template: str, language: str, *, base: str = "", **values: Any) -> str:
        """Draw a part of a page; `base` as in `Page`."""
        html = self._environment.get_template(template).render(
            **self._speaking(language), language=language, **values
        )
        return in_frame(html, base, self.public_url) if base else html

    def page(self, template: str, page: Page, *, status: int = 200) -> web.Response:
        """Draw a whole page as a response that nobody may keep."""
        html = self.fragment(template, page.language, base=page.base, page=page, **page.values)
        response = web.Response(text=html, status=status, content_type="text/html")
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Language"] = page.language
        response.headers["Vary"] = "Accept-Language, Cookie"
        return response

    def _is_draft(self, language: str) -> bool:
        known = self._content().languages.get(language)
        return known is not None and known.is_draft

    def _speaking(self, language: str) -> dict[str, Any]:
        def t(text_id: str, **values: Any) -> str:
            return self._content().words.short(text_id, language, **values)

        def rich(text_id: str, **values: Any) -> list[Markup]:
            return blocks(self._content().words.render(TextValue(text_id, values), language))

        def phrase(text: Any) -> Markup:
            return inline(self._content().words.render(text, language))

        return {"t": t, "rich": rich, "phrase": phrase}


def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    return "rtl" if is_right_to_left(language) else "ltr"


def at_place(when: datetime, zone: str) -> datetime:
    """Return a time as clocks show it in a time zone (its name)."""
    return when.astimezone(ZoneInfo(zone))


def language_name(language: str) -> str:
    """Return a language's name in itself, such as "Cymraeg"."""
    name = locale_of(language).get_language_name(language) or language
    return name[:1].upper() + name[1:]
