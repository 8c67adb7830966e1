"""Laying what staff put right over what a source says, and reading it from a form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bot.courses.keeping.fields import (
    COURSE_FIELDS,
    FIELDS,
    GROUPS,
    HIDDEN,
    PROVIDER,
    RUN_FIELDS,
    Field,
    FieldName,
)
from bot.courses.records import Course, CourseInstance, Point, Venue

POINT = "venue.point"
"""Kept beside a postcode: where it is, as "lat,lon"; empty where nobody knows."""
_RUN = "run."

Locate = Callable[[str], "Point | None"]
"""Finds the point of a postcode."""


@dataclass(frozen=True, slots=True)
class Misread:
    """A field of a form that could not be read; `why` is "long", "title" or the field's kind."""

    field: FieldName
    why: str


def is_hidden(fixes: Mapping[FieldName, str]) -> bool:
    """Tell whether staff keep a listing off the list."""
    return fixes.get(HIDDEN) == "yes"


def fixed(course: Course, fixes: Mapping[FieldName, str]) -> Course:
    """Return a course with what staff put right; what stands as it was is not called corrected.

    Fixes of runs that the source no longer names change nothing.
    """
    now = replace(course, provider=fixes.get(PROVIDER, course.provider))
    groups: set[str] = set()
    for each in COURSE_FIELDS:
        if each.name in fixes:
            value = each.value(fixes[each.name])
            groups |= {each.group} if value != getattr(course, each.name) else set()
            now = replace(now, **{each.name: value})
    runs = tuple(_fixed_run(run, _of_run(fixes, run.id), groups) for run in course.instances)
    return replace(now, instances=runs, corrected=tuple(one for one in GROUPS if one in groups))


def _of_run(fixes: Mapping[FieldName, str], run: str) -> dict[str, str]:
    start = f"{_RUN}{run}."
    own = (name for name in fixes if name.startswith(start))
    return {name.removeprefix(start): fixes[name] for name in own}


def _fixed_run(run: CourseInstance, fixes: Mapping[str, str], groups: set[str]) -> CourseInstance:
    if not fixes:
        return run
    values: dict[str, Any] = {}
    venue = run.venue or Venue()
    for each in RUN_FIELDS:
        if each.name not in fixes or fixes[each.name] == _kept_of(run, each):
            continue
        value = each.value(fixes[each.name])
        groups.add(each.group)
        head, dot, part = each.name.partition(".")
        if dot:
            venue = replace(venue, **{part: value})
            values[head] = venue
        else:
            values[each.name] = value
    if "venue" in values and "venue.postcode" in fixes:
        values["venue"] = replace(venue, point=_point(fixes.get(POINT, "")))
    if values.keys() & {"start_date", "end_date", "start_time", "end_time"}:
        # The sittings that the source lists would say otherwise.
        values["sessions"] = ()
    return replace(run, **values)


def _point(kept: str) -> Point | None:
    lat, comma, lon = kept.partition(",")
    return Point(float(lat), float(lon)) if comma else None


def told(course: Course) -> dict[FieldName, str]:
    """Return, by field, what a course says, as a fix would keep it."""
    found = {each.name: str(getattr(course, each.name)) for each in COURSE_FIELDS}
    for run in course.instances:
        found |= {f"{_RUN}{run.id}.{each.name}": _kept_of(run, each) for each in RUN_FIELDS}
    return found


def _kept_of(run: CourseInstance, field: Field) -> str:
    head, _, part = field.name.partition(".")
    value = getattr(run, head)
    if part:
        value = getattr(value, part) if value is not None else ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat("minutes") if field.kind == "time" else str(value)


def read_fixes(
    course: Course, form: Mapping[str, str], locate: Locate
) -> tuple[dict[FieldName, str], tuple[Misread, ...]]:
    """Read what a form changes of a course as it is shown.

    Args:
        course: As it is shown now, with what was put right before.
        form: By field what was typed; a field that is not in it stays.
        locate: Finds the point of a postcode.

    Returns:
        What to keep by field, only where it differs from what is shown, and what cannot be read.
    """
    shown = told(course)
    kept: dict[FieldName, str] = {}
    faults: list[Misread] = []
    for name, each in _asked(shown):
        typed = form.get(name, shown[name]).strip().replace("\r\n", "\n")
        if typed == shown[name].strip():
            continue
        value = _read(each, typed)
        if isinstance(value, Misread):
            faults.append(replace(value, field=name))
        elif value != shown[name]:
            kept[name] = value
            if each.name == "venue.postcode":
                point = locate(value) if value else None
                spot = f"{point.lat},{point.lon}" if point else ""
                kept[name.replace("venue.postcode", POINT)] = spot
    return kept, tuple(faults)


def _asked(shown: Mapping[FieldName, str]) -> Iterator[tuple[FieldName, Field]]:
    for name in shown:
        yield name, FIELDS[name.split(".", 2)[2] if name.startswith(_RUN) else name]


def _read(field: Field, typed: str) -> str | Misread:
    if len(typed) > field.longest:
        return Misread(field.name, "long")
    if not typed:
        return Misread(field.name, "title") if field.name == "title" else ""
    found = field.read(typed)
    return Misread(field.name, field.name.rpartition(".")[2]) if found is None else found
