"""Places that requests name: those of the shipped cities, and towns and venues of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import cos, radians, sqrt
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.courses.records import Course, Point, Venue
from bot.courses.search.knowledge import SHIPPED, Words
from bot.courses.search.requests import DEFAULT_RADIUS_KM
from bot.courses.search.results import FoundPlace
from bot.courses.search.words import words_of
from content.cityfiles import read_city
from content.places import Gazetteer, read_postcode

if TYPE_CHECKING:
    from content.schema import City

KM_A_DEGREE = 111.2
CLOSE_ENOUGH = 86
_KINDS = {"city": 0, "ward": 1, "neighbourhood": 2, "library": 3}


def kilometres(start: Point, end: Point) -> float:
    """The distance of two points over the ground; exact to 0.5 % within a country."""
    across = (start.lon - end.lon) * cos(radians((start.lat + end.lat) / 2))
    return KM_A_DEGREE * sqrt((start.lat - end.lat) ** 2 + across * across)


@cache
def shipped_cities() -> tuple[tuple[City, Gazetteer], ...]:
    """Every city that comes with the program, read once."""
    folders = sorted(path.parent for path in (SHIPPED / "cities").glob("*/city.yaml"))
    cities = [read_city(folder, SHIPPED) for folder in folders]
    return tuple((city, Gazetteer(city)) for city in cities)


class Places:
    """Finds a place by its name or postcode among the cities that a catalogue serves."""

    def __init__(
        self, cities: Sequence[tuple[City, Gazetteer]], courses: Iterable[Course] = ()
    ) -> None:
        self._cities = tuple(cities)
        self._names: dict[Words, tuple[tuple[str, FoundPlace], ...]] = {}
        for city, gazetteer in self._cities:
            for name, found in gazetteer.names().items():
                for place in found:
                    self._add(tuple(words_of(name)), city.id, _place(place, city))
        self._add_towns(courses)
        self._spelt = [" ".join(name) for name in self._names]
        self.longest = max(map(len, self._names), default=0)
        self.words = frozenset(word for name in self._names for word in name)

    def _add(self, name: Words, city: str, place: FoundPlace) -> None:
        if name:
            known = self._names.get(name, ())
            ranked = sorted((*known, (city, place)), key=lambda p: _KINDS.get(p[1].kind, 9))
            self._names[name] = tuple(ranked)

    def _add_towns(self, courses: Iterable[Course]) -> None:
        for name, kind, point in {
            (name, kind, point): None
            for course in courses
            for run in course.instances
            if run.venue is not None
            for name, kind, point in _venue_names(run.venue)
        }:
            words = tuple(words_of(name))
            if words and words not in self._names:
                self._add(words, "", FoundPlace(name, kind, point, DEFAULT_RADIUS_KM))

    def named(self, words: Words, city: str = "") -> FoundPlace | None:
        """The place that bears exactly this name, in the city if one is given."""
        known = self._names.get(words, ())
        inside = [place for home, place in known if not city or home in (city, "")]
        return inside[0] if inside else None

    def like(self, words: Words, city: str = "") -> FoundPlace | None:
        """The place whose name was probably meant, forgiving typing errors."""
        typed = " ".join(words)
        if len(typed) < 5:
            return None
        best = process.extractOne(typed, self._spelt, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
        return self.named(tuple(best[0].split()), city) if best else None

    def postcode(self, text: str) -> FoundPlace | None:
        """The middle of a postcode's sector or outcode; None where it is not in the cities."""
        postcode = read_postcode(text)
        if postcode is None:
            return None
        for _, gazetteer in self._cities:
            if found := gazetteer.find_code(postcode):
                kind = "postcode" if postcode.full else found.kind
                return FoundPlace(found.name, kind, Point(found.lat, found.lon), DEFAULT_RADIUS_KM)
        return None

    def of_venue(self, venue: Venue) -> Point | None:
        """Where a venue is: its own point, else the middle of its postcode's sector."""
        if venue.point is not None or not venue.postcode:
            return venue.point
        found = self.postcode(venue.postcode)
        return found.point if found else None


def places_for(courses: Sequence[Course]) -> Places:
    """The places of the cities that the courses name, of every shipped one if they name none."""
    named = {course.city for course in courses}
    cities = shipped_cities()
    served = [pair for pair in cities if pair[0].id in named]
    return Places(served or cities, courses)


def _place(found: object, city: City) -> FoundPlace:
    name, kind = str(getattr(found, "name", "")), str(getattr(found, "kind", ""))
    point = Point(float(getattr(found, "lat", 0)), float(getattr(found, "lon", 0)))
    radius = DEFAULT_RADIUS_KM
    if kind == "city":
        radius = max(_half_width(city), 2 * DEFAULT_RADIUS_KM)
    return FoundPlace(name, kind, point, radius)


def _half_width(city: City) -> float:
    bounds = city.bounds
    return kilometres(Point(bounds.south, bounds.west), Point(bounds.north, bounds.east)) / 2


def _venue_names(venue: Venue) -> Iterable[tuple[str, str, Point | None]]:
    if venue.town:
        yield venue.town, "town", None
    if len(words_of(venue.name)) > 1 and venue.point is not None:
        yield venue.name, "venue", venue.point


def matches_town(place: FoundPlace, venue: Venue) -> bool:
    """Whether a venue says in words that it is in a place."""
    named = words_of(place.name)
    said: Mapping[str, None] = dict.fromkeys(words_of(f"{venue.town} {venue.address}"))
    return bool(named) and all(word in said for word in named)
