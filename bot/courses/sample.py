"""Sample courses as the catalogue's records, dated from the day on which they are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time, timedelta
from decimal import Decimal

from bot.courses.importing.identity import course_id, instance_id
from bot.courses.records import (
    Course,
    CourseInstance,
    Delivery,
    Kind,
    Level,
    Pattern,
    Point,
    StudyMode,
    Support,
    Venue,
)
from content.samples import SampleCourse, SampleRun
from content.schema import City

SAMPLE_PROVIDER = "Sample data"
"""The name under which samples are stored, apart from every real provider's."""

EVENING = time(17, 30)
TWILIGHT = time(16, 0)


def sample_courses(samples: Iterable[SampleCourse], city: City, today: date) -> tuple[Course, ...]:
    """Return a city's sample courses with dates counted from `today`, its local day."""
    wards = {ward.name: Point(ward.lat, ward.lon) for ward in city.places_of("ward")}
    return tuple(_course(sample, city, wards, today) for sample in samples)


def _course(sample: SampleCourse, city: City, wards: Mapping[str, Point], today: date) -> Course:
    venues = {
        key: Venue(name=venue.name, address=venue.ward, town=city.name, point=wards[venue.ward])
        for key, venue in sample.venues.items()
    }
    return Course(
        id=course_id(city.id, SAMPLE_PROVIDER, sample.id),
        provider=sample.provider.name,
        title=sample.title,
        city=city.id,
        reference=sample.id,
        summary=sample.summary,
        description=sample.description,
        kind=Kind(sample.kind),
        who_for=sample.who_for,
        entry_requirements=sample.entry_requirements,
        leads_to=sample.leads_to,
        what_to_bring=sample.what_to_bring,
        level_text=sample.level_text,
        level=Level(sample.level) if sample.level else None,
        qualification=sample.qualification,
        awarded_by=sample.awarded_by,
        subjects=sample.subjects,
        keywords=sample.keywords,
        languages=sample.languages,
        support=frozenset(map(Support, sample.support)),
        min_age=sample.min_age,
        max_age=sample.max_age,
        contact=sample.provider.contact,
        national=sample.national,
        is_sample=True,
        instances=tuple(
            instance
            for at, run in enumerate(sample.runs)
            for instance in _instances(run, f"{sample.id}.{at}", sample, venues, today)
        ),
    )


def _instances(
    run: SampleRun,
    key: str,
    sample: SampleCourse,
    venues: Mapping[str, Venue],
    today: date,
) -> Iterator[CourseInstance]:
    for copy in range(run.copies):
        first = _first_day(run, today, copy * run.apart)
        last = _last_day(run, first)
        apply_by = first - timedelta(days=run.apply_by) if first and run.apply_by else None
        yield CourseInstance(
            id=instance_id(key, copy),
            start_date=first,
            end_date=last,
            start_text=run.start_text,
            is_flexible_start=run.is_flexible_start,
            weekdays=() if run.once else run.weekdays,
            start_time=_time(run.start_time),
            end_time=_time(run.end_time),
            duration=run.duration or (run.weeks if run.weeks > 1 else None),
            duration_unit=run.duration_unit or ("weeks" if run.weeks > 1 else ""),
            duration_text=run.duration_text,
            study_mode=StudyMode(run.study_mode) if run.study_mode else None,
            patterns=frozenset(map(Pattern, run.patterns)) or _patterns(run),
            delivery=Delivery(run.delivery) if run.delivery else None,
            venue=venues[run.venue] if run.venue else None,
            cost=Decimal(run.cost) if run.cost is not None else None,
            cost_text=run.cost_text,
            concessions=run.concessions,
            places=run.places,
            places_left=run.places_left,
            is_full=run.is_full,
            apply_by=max(apply_by, today) if apply_by and first and first > today else apply_by,
            apply_url=sample.provider.url if run.has_link else "",
        )


def _first_day(run: SampleRun, today: date, later: int) -> date | None:
    if run.starts is None:
        return None
    day = today + timedelta(days=run.starts + later)
    while run.weekdays and day.weekday() not in run.weekdays:
        day += timedelta(days=1)
    while run.copies == 1 and run.starts > 0 and _is_at_christmas(day):
        day += timedelta(days=7)
    return day


def _is_at_christmas(day: date) -> bool:
    """Whether nobody would begin a course on this day."""
    return (day.month, day.day) >= (12, 18) or (day.month, day.day) <= (1, 3)


def _last_day(run: SampleRun, first: date | None) -> date | None:
    if first is None:
        return None
    if run.once:
        return first
    if not run.weeks:
        return None
    days = run.weekdays or (first.weekday(),)
    end = first + timedelta(days=7 * run.weeks - 1)
    while end.weekday() not in days:
        end -= timedelta(days=1)
    return end


def _time(clock: str | None) -> time | None:
    return time.fromisoformat(clock) if clock else None


def _patterns(run: SampleRun) -> frozenset[Pattern]:
    start = _time(run.start_time)
    if start is None:
        return frozenset()
    if run.weekdays and min(run.weekdays) > 4:
        return frozenset({Pattern.WEEKEND})
    if start >= EVENING:
        return frozenset({Pattern.EVENING})
    return frozenset({Pattern.TWILIGHT if start >= TWILIGHT else Pattern.DAYTIME})
