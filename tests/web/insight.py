"""Weeks and months that web tests show: large and small numbers, and everything once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from random import Random

from bot.insights.sheets import ALL, SHEETS, Release, before, release, ways_of
from bot.insights.telling import Told, Way
from content.schema import City

LAST_WEEK, LAST_MONTH = date(2026, 11, 16), date(2026, 10, 1)
NASTY = "=1+1 <script>alert(1)</script>"
SKILLS = ("1.1", "1.2")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "found": ("cooking", "maths"),
    "unmet": ("welding", NASTY, "arabic"),
    "watched": ("bookkeeping",),
    "saved": ("cooking", "maths"),
    "levels": SKILLS,
    "feelings": ("confidence", "resilience"),
    "routes": ("digital-start", "gone"),
    "steps": ("digital-start",),
    "badges": ("digital-basics",),
    "evaluation": ("tell", "helped", "level"),
    "campaigns": ("c1", "c2"),
    "talks": ("discover", "saved"),
    "stops": ("discover", "menu", "my_results"),
    "unread": ("menu learning", "discover city"),
}

OPEN_PARTS = {
    "step": ("-done", "what", "more.which", "city", "where.near"),
    "words": ("", "dim syniad", "maybe", "نہیں معلوم"),
}
"""Parts of ways whose parts nobody knows beforehand."""


def told_weeks(city: City, periods: int = 6, seed: int = 7) -> list[Release]:
    """Return what a city was told of its last weeks and months, oldest first."""
    chance = Random(seed)
    found = [
        _release(city, sheet, day, chance) for sheet in SHEETS for day in _days(sheet, periods)
    ]
    return sorted(found, key=lambda one: (one.starts_on, one.sheet))


def _days(sheet: str, periods: int) -> list[date]:
    every = SHEETS[sheet].every
    day = LAST_WEEK if every == "week" else LAST_MONTH
    days = [day]
    while len(days) < periods:
        days.append(before(days[-1], every))
    return days


def _release(city: City, sheet: str, day: date, chance: Random) -> Release:
    if SHEETS[sheet].is_public:
        return _supply(city, day)
    wards = tuple(place.name.casefold() for place in city.places_of("ward"))
    ways = ways_of(sheet, wards, city.languages)
    groups = {
        group: [(_parts(ways, chance), 1) for _ in range(chance.choice((2, 9, 60, 240)))]
        for group in GROUPS.get(sheet, (ALL,))
    }
    return release(sheet, day, groups, ways)


def _parts(ways: tuple[Way, ...], chance: Random) -> dict[str, str]:
    found: dict[str, str] = {}
    for way in ways:
        names = way.parts or OPEN_PARTS.get(way.name, ("yes", "no", "4"))
        found[way.name] = names[min(int(chance.expovariate(0.35)), len(names) - 1)]
        found |= _parts(way.ways, chance)
    return found


def _supply(city: City, day: date) -> Release:
    ward = city.places_of("ward")[0].name.casefold()
    ways = {
        "level": {"entry-3": Told(3), "level-2": Told(12)},
        "price": {"free": Told(9), "": Told(1)},
        "ward": {ward: Told(4)},
        "competence": {"1.1": Told(7)},
    }
    return Release("supply", day, {ALL: Told(15, ways), "places": Told(120)})
