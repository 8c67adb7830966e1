"""What all pages share: the ports, the words, the renderer, the language of a request."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from aiohttp import web

from bot.web.assets import Assets
from bot.web.languages import language_of
from bot.web.ports import Ports, WebSettings
from bot.web.rendering import Renderer
from content.schema import City
from content.words import Words


class Site:
    """One web server's shared parts; immutable once made."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports
        self.assets = Assets(lambda: ports.content().cities)
        self.renderer = Renderer(
            ports.content,
            ports.settings.public_url,
            self.assets.address,
            telegram=ports.telegram_username,
        )

    @property
    def settings(self) -> WebSettings:
        """The values of settings that the web reads."""
        return self.ports.settings

    @property
    def words(self) -> Words:
        """The words of content."""
        return self.ports.content().words

    @property
    def cities(self) -> Mapping[str, City]:
        """The cities that are served, by id."""
        return self.ports.content().cities

    @cached_property
    def is_https(self) -> bool:
        """Whether people reach the server by https."""
        return self.settings.public_url.startswith("https://")

    @property
    def only_city(self) -> City | None:
        """The city, where the program serves one alone."""
        return next(iter(self.cities.values())) if len(self.cities) == 1 else None

    def language(self, request: web.Request, page: str = "") -> str:
        """Return the language in which a request is answered.

        Args:
            page: Which page, by the name in its text ids: one without a translation is English.
        """
        return self.spoken(language_of(request, self.words.languages), page)

    def spoken(self, language: str, page: str = "") -> str:
        """Return a language, or English where a page is not translated into it."""
        return self.words.language_of(f"web.{page}.title", language) if page else language

    def languages(self, page: str) -> tuple[str, ...]:
        """Return the languages that a page is there in."""
        return tuple(one for one in self.words.languages if self.spoken(one, page) == one)
