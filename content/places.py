"""Find places of one city by what people type, and say how far apart places are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from rapidfuzz import fuzz, process

from content.formats import KM_PER_MILE
from content.schema import City, Place

EARTH_RADIUS_KM = 6371.0
MAX_TYPED = 80
GOOD_SCORE = 82.0
GOOD_WORD = 80.0
SHORT_WORD = 4
"""Letters up to which a single word of a name must be typed without an error."""
CLEAR_LEAD = 3.5

_FULL = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9])([A-Z]{2})")
_OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_SECTOR = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?) ?([0-9])[A-Z]?")
_SPACED = re.compile(r"[^0-9a-z]+")
_NUMBERED = re.compile(r" (?:[0-9]{1,2}|[A-Z][0-9]?)$")
_JOINED = re.compile(r" & | and |/|, ")
_SIDES = frozenset({"north", "south", "east", "west", "central", "village", "park"})
_GENERIC = (_SIDES - {"central"}) | {
    "library",
    "libraries",
    "centre",
    "community",
    "street",
    "road",
    "work",
}
_EVERYDAY = frozenset(
    (
        *("abbey", "airport", "canal", "castle", "central", "centre", "city", "court", "cross"),
        *("east", "falls", "island", "knock", "lane", "north", "park", "south", "town"),
        *("university", "west"),
    )
)
"""Names that inside a sentence are more often a word: "town planning", "castle history"."""
_FILLER = frozenset(
    (
        *("near", "in", "at", "around", "by", "the", "area", "to", "close", "please"),
        *("somewhere", "i", "live", "my", "is"),
    )
)
_ORDER: Mapping[str, int] = {
    "ward": 0,
    "neighbourhood": 1,
    "library": 2,
    "outcode": 3,
    "sector": 4,
}


@dataclass(frozen=True, slots=True)
class Postcode:
    """What was typed of a postcode; parts that were not typed are empty.

    Attributes:
        outcode: "M14".
        sector: "M14 5".
        full: "M14 5RX".
    """

    outcode: str
    sector: str = ""
    full: str = ""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that fits what was typed.

    Attributes:
        name: As it is shown.
        kind: "ward", "neighbourhood", "library", "outcode", "sector" or "city".
        lat, lon: Its middle, in degrees.
        score: How well it fits, up to 100.
        radius_km: How large it is, 0 where not known.
    """

    name: str
    kind: str
    lat: float
    lon: float
    score: float = 100.0
    radius_km: float = 0.0


def distance_km(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    """Return the distance of two points over the ground, in kilometres."""
    half_lat, half_lon = radians(to_lat - lat) / 2, radians(to_lon - lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat)) * cos(radians(to_lat)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def read_postcode(text: str) -> Postcode | None:
    """Read a whole postcode, a sector or an outcode, in any case and spacing."""
    typed = " ".join(text[:MAX_TYPED].upper().split())
    squeezed = typed.replace(" ", "")
    if full := _FULL.fullmatch(squeezed):
        return Postcode(full[1], f"{full[1]} {full[2]}", f"{full[1]} {full[2]}{full[3]}")
    if " " not in typed and _OUTCODE.fullmatch(typed):
        return Postcode(typed)
    if sector := _SECTOR.fullmatch(typed):
        return Postcode(sector[1], f"{sector[1]} {sector[2]}")
    return Postcode(squeezed) if _OUTCODE.fullmatch(squeezed) else None


def folded(text: str) -> str:
    """Return text as names are compared: small letters and digits, without accents."""
    plain = unicodedata.normalize("NFKD", text[:MAX_TYPED].casefold().replace("&", " and "))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SPACED.sub(" ", plain.replace("'", "").replace("’", "")).strip()


class Gazetteer:
    """The places of one city, found by name or postcode. Immutable; safe to share."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._codes = {
            place.name: place for place in city.places if place.kind in {"outcode", "sector"}
        }
        self._names = _names_of(city)
        self._keys = tuple(self._names)

    def names(self) -> Mapping[str, tuple[FoundPlace, ...]]:
        """Return the names that may be looked for inside a sentence, as `folded` compares them.

        Those that are everyday words are left out; `resolve` knows them.
        """
        return {name: found for name, found in self._names.items() if name not in _EVERYDAY}

    def find_code(self, postcode: Postcode) -> FoundPlace | None:
        """Return the middle of a postcode's sector, else of its outcode, None if elsewhere."""
        place = self._codes.get(postcode.sector) or self._codes.get(postcode.outcode)
        if place is None:
            return None
        shown = postcode.full or postcode.sector or postcode.outcode
        return FoundPlace(shown, place.kind, place.lat, place.lon, 100.0, place.radius_km)

    def find_exact(self, text: str) -> tuple[FoundPlace, ...]:
        """Return the places whose name or code is exactly these words of a sentence.

        A name that is an everyday word is not found; `resolve` finds it.
        """
        return () if folded(text) in _EVERYDAY else self._exact(text)

    def _exact(self, text: str) -> tuple[FoundPlace, ...]:
        postcode = read_postcode(text)
        if postcode is not None and (found := self.find_code(postcode)):
            return (found,)
        return _merged(self._names.get(folded(text), ()))

    def resolve(self, text: str, limit: int = 5) -> list[FoundPlace]:
        """Return the places that may be meant, best first, forgiving typing errors.

        One place means that there is no doubt; several mean that one should ask.
        """
        words = [word for word in folded(text).split() if word not in _FILLER]
        for said in (text, " ".join(words)):
            if exact := self._exact(said):
                return list(exact[:limit])
        typed = " ".join(words)
        if len(typed) < 3 or _GENERIC.issuperset(words) or read_postcode(typed) is not None:
            return []
        return self._like(typed, limit)

    def _like(self, typed: str, limit: int) -> list[FoundPlace]:
        is_library = "librar" in typed
        whole = process.extract(typed, self._keys, scorer=fuzz.ratio, limit=None)
        scored = [
            FoundPlace(place.name, place.kind, place.lat, place.lon, score, place.radius_km)
            for key, close, _ in whole
            if (score := max(close, _part_score(typed, key))) >= GOOD_SCORE
            for place in self._names[key]
            if not is_library or place.kind == "library"
        ]
        best = max((place.score for place in scored), default=0.0)
        return list(_merged(p for p in scored if p.score >= best - CLEAR_LEAD)[:limit])


def _part_score(typed: str, name: str) -> float:
    """Score a name of several words of which only some were typed, a little below a whole one."""
    words, typed_words = name.split(), typed.split()
    if len(typed_words) >= len(words):
        return 0.0
    each = [_word_score(word, words) for word in typed_words]
    is_enough = min(each) >= GOOD_WORD and any(len(word) > 3 for word in typed_words)
    return sum(each) / len(each) - 4.0 if is_enough else 0.0


def _word_score(typed: str, words: list[str]) -> float:
    if len(typed) <= SHORT_WORD:
        return 100.0 if typed in words else 0.0
    return max(fuzz.ratio(typed, word) for word in words)


def _names_of(city: City) -> dict[str, tuple[FoundPlace, ...]]:
    """Return the city's names as they are compared, whole names before parts of names."""
    whole: dict[str, list[FoundPlace]] = {}
    parts: dict[str, list[FoundPlace]] = {}
    for place in city.places:
        if place.kind in {"outcode", "sector"}:
            continue
        for name in filter(None, (place.name, place.name_cy)):
            whole.setdefault(folded(name), []).append(_found(place, place.name))
            for part in _parts(name) if place.kind != "library" else ():
                parts.setdefault(folded(part), []).append(_found(place, part))
    named = {name: tuple(places) for name, places in whole.items()}
    for name, places in parts.items():
        named.setdefault(name, _as_one(places))
    centre = FoundPlace(city.centre.names[0], "city", city.centre.lat, city.centre.lon)
    named.update(dict.fromkeys(("city centre", "town centre", "centre", "city", "town"), (centre,)))
    for name in (*city.centre.names, city.name, *city.names.values()):
        named.setdefault(folded(name), (centre,))
    named.pop("", None)
    return named


def _found(place: Place, name: str) -> FoundPlace:
    return FoundPlace(name, place.kind, place.lat, place.lon, 100.0, place.radius_km)


def _parts(name: str) -> Iterable[str]:
    """Yield what people say for "Partick East/Kelvindale" or "Ardoyne 2" instead of the whole."""
    pieces = _JOINED.split(_NUMBERED.sub("", name))
    for piece in pieces:
        words = piece.split()
        if piece.casefold() in _SIDES:
            continue
        if piece != name:
            yield piece
        if len(words) > 1 and words[-1].casefold() in _SIDES:
            yield " ".join(words[:-1])
        if len(words) > 1 and words[0].casefold() in _SIDES:
            yield " ".join(words[1:])


def _as_one(places: list[FoundPlace]) -> tuple[FoundPlace, ...]:
    """Return the middle of places that share a name, with the radius that holds them."""
    lat = sum(place.lat for place in places) / len(places)
    lon = sum(place.lon for place in places) / len(places)
    radius = max(distance_km(lat, lon, place.lat, place.lon) for place in places)
    first = places[0]
    radius = round(max(radius, first.radius_km), 1)
    return (FoundPlace(first.name, first.kind, round(lat, 3), round(lon, 3), 100.0, radius),)


def _merged(places: Iterable[FoundPlace]) -> tuple[FoundPlace, ...]:
    """Return places without those less than a mile from a better one: they mean the same."""
    kept: list[FoundPlace] = []
    for place in sorted(places, key=lambda place: (-place.score, _ORDER.get(place.kind, 9))):
        if not any(_means_the_same(place, better) for better in kept):
            kept.append(place)
    return tuple(kept)


def _means_the_same(place: FoundPlace, better: FoundPlace) -> bool:
    if place.kind == better.kind == "library" and place.name != better.name:
        return False
    apart = distance_km(place.lat, place.lon, better.lat, better.lon)
    return apart < max(KM_PER_MILE, better.radius_km)
