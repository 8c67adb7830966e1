"""Words and cities for those who hold on to them: always those of the content in use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from content.load import LiveContent
from content.schema import City
from content.words import Entry, Words


class LiveWords(Words):
    """The words of the content in use, also after it was replaced.

    A turn keeps the words that it began with; channels and pages have these instead.
    """

    __slots__ = ("_live",)

    def __init__(self, live: LiveContent) -> None:
        self._live = live

    @property
    def languages(self) -> tuple[str, ...]:  # type: ignore[override]  # read-only on purpose
        """Every shipped language."""
        return self._live.current.words.languages

    @property
    def _texts(self) -> Mapping[str, Mapping[str, Entry]]:  # type: ignore[override]
        return self._live.current.words._texts  # noqa: SLF001 - its own kind

    @property
    def _shows_missing(self) -> bool:  # type: ignore[override]
        return self._live.current.words._shows_missing  # noqa: SLF001


class LiveCities(Mapping[str, City]):
    """The cities of the content in use by id, also after it was replaced."""

    __slots__ = ("_live",)

    def __init__(self, live: LiveContent) -> None:
        self._live = live

    def __getitem__(self, city: str) -> City:
        return self._live.current.cities[city]

    def __iter__(self) -> Iterator[str]:
        return iter(self._live.current.cities)

    def __len__(self) -> int:
        return len(self._live.current.cities)
