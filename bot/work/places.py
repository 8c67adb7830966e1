"""The places of every city, indexed when they are first asked for."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from content.places import FoundPlace, Gazetteer, folded
from content.schema import City

LONGEST_NAME = 5
"""Words of the longest place name that is looked for inside a sentence."""


class Places:
    """Finds places by name within one city.

    Args:
        cities: The cities that are served, by id; they may be replaced by others meanwhile.
    """

    def __init__(self, cities: Mapping[str, City]) -> None:
        self._cities = cities
        self._made: dict[str, tuple[City, Gazetteer]] = {}
        self._lock = threading.Lock()

    def resolve(self, city: str, text: str) -> Sequence[FoundPlace]:
        """Return the places that the words may mean; none for an unknown city."""
        gazetteer = self._gazetteer(city)
        return gazetteer.resolve(text) if gazetteer else ()

    def named(self, city: str, sentence: str) -> str:
        """Return the name of a place of the city that the sentence holds; empty for none."""
        gazetteer = self._gazetteer(city)
        words = folded(sentence).split()[:60]
        if gazetteer is None:
            return ""
        known = self._cities[city]
        own_names = {folded(name) for name in (known.name, *known.names.values(), *known.aliases)}
        for length in range(min(LONGEST_NAME, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length])
                if part in own_names:
                    return known.name
                if found := gazetteer.find_exact(part):
                    return found[0].name
        return ""

    def _gazetteer(self, city: str) -> Gazetteer | None:
        known = self._cities.get(city)
        if known is None:
            return None
        with self._lock:
            made = self._made.get(city)
            if made is None or made[0] is not known:
                made = self._made[city] = (known, Gazetteer(known))
            return made[1]
