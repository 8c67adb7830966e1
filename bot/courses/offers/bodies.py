"""What a provider tells, as JSON and back."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time
from decimal import Decimal
from typing import Any

import orjson

from bot.courses.offers.records import Joining, Price, Timing, Told
from bot.courses.records import Delivery, Kind, Level, Point, Support, Taught

_EMPTY = Told()


def dump_told(told: Told) -> str:
    """Return what was told as JSON; what was not is left out."""
    said = {
        one.name: value
        for one in fields(Told)
        if (value := getattr(told, one.name)) != getattr(_EMPTY, one.name)
    }
    return orjson.dumps(said, default=_plain).decode()


def load_told(body: str) -> Told:
    """Return what `dump_told` wrote; fields that came later are empty."""
    said: dict[str, Any] = orjson.loads(body)
    for name, make in _MAKERS.items():
        if said.get(name) is not None:
            said[name] = make(said[name])
    return Told(**{one.name: said[one.name] for one in fields(Told) if one.name in said})


_MAKERS: dict[str, Any] = {
    "kind": Kind,
    "timing": Timing,
    "start_date": date.fromisoformat,
    "end_date": date.fromisoformat,
    "weekdays": tuple,
    "start_time": time.fromisoformat,
    "end_time": time.fromisoformat,
    "place": Delivery,
    "point": lambda point: Point(**point),
    "price": Price,
    "cost": Decimal,
    "level": Level,
    "joining": Joining,
    "support": lambda words: frozenset(map(Support, words)),
    "teaches": lambda skills: tuple(Taught(**one) for one in skills),
}


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(type(value).__name__)
