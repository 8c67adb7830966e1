"""What is asked of the catalogue: plain words, and filters that hits must meet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from bot.courses.records import Delivery, Kind, Level, Pattern, Point, StudyMode, Support
from bot.courses.search.skills import is_skill

DEFAULT_RADIUS_KM = 5.0
LONGEST_TEXT = 500


_ENUMS: dict[str, type[StrEnum]] = {
    "patterns": Pattern,
    "levels": Level,
    "delivery": Delivery,
    "study_modes": StudyMode,
    "kinds": Kind,
    "support": Support,
}
_WEEK = frozenset(range(7))


def _many(value: object) -> tuple[object, ...]:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return tuple(value)
    return (value,)


def _price(value: object) -> Decimal:
    try:
        price = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError("max_price is a number of pounds") from error
    if not price.is_finite():
        raise ValueError("max_price is a number of pounds")
    return price


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(str(one) if isinstance(one, str) else one for one in value)
    if isinstance(value, Point):
        return asdict(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _point(value: object) -> Point:
    point = _object(value)
    return Point(float(str(point["lat"])), float(str(point["lon"])))


def _object(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError("a JSON object is needed")
    return value


def _same(value: object) -> object:
    return value


_READERS: dict[str, Callable[[object], object]] = {
    "starts_from": lambda v: date.fromisoformat(str(v)),
    "starts_to": lambda v: date.fromisoformat(str(v)),
    "after": lambda v: time.fromisoformat(str(v)),
    "before": lambda v: time.fromisoformat(str(v)),
    "point": _point,
    "age": lambda v: int(str(v)),
    "radius_km": lambda v: float(str(v)),
    "free": bool,
    "only_open": bool,
    "place": str,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a course must be.

    A filter that is not set asks nothing. Every filter that is set must be met, and a course whose
    value is unknown does not meet it. Filters on a run (time, place, price, dates, delivery) are
    met by one and the same run.

    Lists, tuples, single values and the enumerations' plain strings are accepted for the sets.

    Attributes:
        weekdays: Held on at least one of these days; Monday is 0.
        patterns: Held in at least one of these parts of the week.
        starts_from, starts_to: First day within these local dates, both included.
        after, before: Begins at or after, at or before this local time of day.
        free: Known to cost nothing.
        max_price: Known to cost at most so many pounds.
        levels: At one of these levels.
        delivery: In one of these ways.
        study_modes: In one of these modes.
        kinds: Of one of these kinds.
        languages: Taught in one of these languages (BCP 47; "en" also meets "en-GB").
        support: Offers all of these.
        age: Open to a person so many years old: bounds that the provider does not name are open.
        place: A place's name or postcode, looked up as if typed.
        point: The middle of the place; wins over `place`, which is then only its name.
        radius_km: How far from it a run may be; 5 km where not said.
        providers: Given by one of these providers; letter case does not matter.
        only_open: A run that is neither past nor full, or that may be begun at any time.
        skills: Teaches one of these: a competence's code ("1.3"), or one with a level ("1.3:2").
    """

    weekdays: frozenset[int] = frozenset()
    patterns: frozenset[Pattern] = frozenset()
    starts_from: date | None = None
    starts_to: date | None = None
    after: time | None = None
    before: time | None = None
    free: bool = False
    max_price: Decimal | None = None
    levels: frozenset[Level] = frozenset()
    delivery: frozenset[Delivery] = frozenset()
    study_modes: frozenset[StudyMode] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    languages: frozenset[str] = frozenset()
    support: frozenset[Support] = frozenset()
    age: int | None = None
    place: str = ""
    point: Point | None = None
    radius_km: float | None = None
    providers: frozenset[str] = frozenset()
    only_open: bool = False
    skills: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name, kind in _ENUMS.items():
            object.__setattr__(
                self, name, frozenset(kind(str(v)) for v in _many(getattr(self, name)))
            )
        for name in ("languages", "providers", "skills"):
            values = _many(getattr(self, name))
            object.__setattr__(self, name, frozenset(str(value) for value in values))
        if not all(is_skill(one) for one in self.skills):
            raise ValueError("skills are codes such as 1.3, or with a level from 1 to 4, 1.3:2")
        days = frozenset(int(str(day)) for day in _many(self.weekdays))
        if not days <= _WEEK:
            raise ValueError("weekdays are 0 (Monday) to 6 (Sunday)")
        object.__setattr__(self, "weekdays", days)
        if self.max_price is not None:
            object.__setattr__(self, "max_price", _price(self.max_price))

    def __bool__(self) -> bool:
        return self != _NOTHING

    def to_json(self) -> dict[str, object]:
        """The filters that are set, as plain JSON values."""
        return {
            field.name: _plain(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Filters:
        """Filters from `to_json`. Raises ValueError where a value cannot be read."""
        known = {field.name for field in fields(cls)}
        if not set(value) <= known:
            raise ValueError(f"unknown filter: {sorted(set(value) - known)}")
        try:
            return cls(**{name: _READERS.get(name, _same)(v) for name, v in value.items()})  # type: ignore[arg-type]
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("a filter's value cannot be read") from error


_NOTHING = Filters()


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search.

    Attributes:
        text: A line of plain words; subject and filters are read from it. Cut at 500 characters.
        filters: What hits must meet besides.
        near: Where the person is, for "near me" and for ranking by nearness.
        limit: At most so many hits.
        offset: So many of the best hits are left out ("more").
        now: The day for "next month" and for what is past; the index's own day where None.
        ignored: Ids of chips (`Understood.chips`) that are not to be read from the text again.
        city: Only courses of this city, and places are looked up there; all where empty.
    """

    text: str = ""
    filters: Filters = Filters()
    near: Point | None = None
    limit: int = 10
    offset: int = 0
    now: date | None = None
    ignored: frozenset[str] = frozenset()
    city: str = ""

    def to_json(self) -> dict[str, object]:
        """The request as plain JSON values, without what is not set."""
        whole: dict[str, object] = {"text": self.text[:LONGEST_TEXT]}
        if self.filters:
            whole["filters"] = self.filters.to_json()
        if self.near is not None:
            whole["near"] = _plain(self.near)
        whole |= {"limit": self.limit} if self.limit != 10 else {}
        whole |= {"offset": self.offset} if self.offset else {}
        whole |= {"city": self.city} if self.city else {}
        whole |= {"now": self.now.isoformat()} if self.now else {}
        return whole | ({"ignored": sorted(self.ignored)} if self.ignored else {})

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> SearchRequest:
        """A request from `to_json`. Raises ValueError where a value cannot be read."""
        try:
            near, now = value.get("near"), value.get("now")
            return cls(
                text=str(value.get("text", ""))[:LONGEST_TEXT],
                filters=Filters.from_json(_object(value.get("filters") or {})),
                near=_point(near) if near is not None else None,
                limit=int(str(value.get("limit", 10))),
                offset=int(str(value.get("offset", 0))),
                now=date.fromisoformat(str(now)) if now else None,
                city=str(value.get("city", "")),
                ignored=frozenset(str(chip) for chip in _many(value.get("ignored") or ())),
            )
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError("the request cannot be read") from error

    def without(self, chip: str) -> SearchRequest:
        """The same request with one understood filter (a chip's id) taken away."""
        return replace(
            self,
            filters=without(self.filters, chip),
            ignored=self.ignored | {chip},
            offset=0,
        )


def without(filters: Filters, chip: str) -> Filters:
    """The filters without the one that a chip's id ("patterns:evening", "free") names."""
    name, _, value = chip.partition(":")
    if name in ("place", "point"):
        return replace(filters, place="", point=None, radius_km=None)
    if name == "starts":
        return replace(filters, starts_from=None, starts_to=None)
    if name == "hours":
        return replace(filters, after=None, before=None)
    default = {field.name: field.default for field in fields(filters)}.get(name)
    held = getattr(filters, name, None)
    if isinstance(held, frozenset) and value:
        kept = frozenset(one for one in held if str(one) != value)
        return replace(filters, **{name: kept})  # type: ignore[arg-type]
    return replace(filters, **{name: default}) if hasattr(filters, name) else filters  # type: ignore[arg-type]
