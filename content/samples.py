"""Sample courses of invented providers, with dates counted in days from the day of loading."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from content.problems import BadContent, Problem
from content.reading import Document, Tree, read_yaml
from content.schema import Key, Record
from content.typed import typed, typed_value

Clock: TypeAlias = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Weekday: TypeAlias = Annotated[int, Field(ge=0, le=6)]
Line: TypeAlias = Annotated[str, Field(min_length=1, max_length=200)]
Pounds: TypeAlias = Annotated[str, Field(pattern=r"^\d{1,5}(\.\d\d)?$")]


class SampleProvider(Record):
    """An invented provider; its name must not be that of a real organisation."""

    name: Line
    contact: str = ""
    url: str = Field(default="", pattern=r"^(https://[a-z0-9-]+\.example(/.*)?)?$")


class SampleVenue(Record):
    """An invented venue in a real ward, put where the ward's middle is."""

    name: Line
    address: str = ""
    ward: Line


class SampleRun(Record):
    """One or more dated runs of a sample course.

    Attributes:
        starts: Days from the day of loading to the earliest start; less than zero is past.
            With `weekdays` the run starts on the first of those days from then on.
        weeks: How many weeks it lasts; 0 where no end is given.
        copies, apart: How many runs like this there are, and days between their starts.
        apply_by: Days before the start by which one must apply.
        once: Held on one day only: no weekly pattern is shown.
    """

    starts: int | None = Field(default=None, ge=-700, le=350)
    start_text: str = ""
    is_flexible_start: bool = False
    weekdays: tuple[Weekday, ...] = ()
    start_time: Clock | None = None
    end_time: Clock | None = None
    weeks: int = Field(default=0, ge=0, le=52)
    once: bool = False
    copies: int = Field(default=1, ge=1, le=100)
    apart: int = Field(default=7, ge=1, le=60)
    duration: int | None = None
    duration_unit: str = ""
    duration_text: str = ""
    study_mode: Literal["full-time", "part-time", "flexible"] | None = None
    patterns: tuple[Literal["daytime", "evening", "weekend", "twilight", "day-release"], ...] = ()
    delivery: Literal["in-person", "online", "blended", "work"] | None = None
    venue: Key | None = None
    cost: Pounds | None = None
    cost_text: str = ""
    concessions: str = ""
    places: int | None = Field(default=None, ge=0)
    places_left: int | None = Field(default=None, ge=0)
    is_full: bool = False
    apply_by: int | None = Field(default=None, ge=0, le=120)
    has_link: bool = False


class SampleCourse(Record):
    """A sample course; its fields are those of a course in the catalogue."""

    id: Key
    provider: SampleProvider
    title: Line
    kind: Literal[
        "course", "event", "drop-in", "self-paced", "in-work", "volunteering", "family", "heritage"
    ] = "course"
    summary: str = Field(min_length=20, max_length=300)
    description: str = Field(default="", max_length=1200)
    who_for: str = ""
    entry_requirements: str = ""
    leads_to: str = ""
    what_to_bring: str = ""
    level_text: str = ""
    level: str = Field(default="", pattern=r"^(entry-[1-3]|level-[1-8])?$")
    qualification: str = ""
    awarded_by: str = ""
    subjects: tuple[Line, ...] = ()
    keywords: tuple[Line, ...] = ()
    languages: tuple[Line, ...] = ("en",)
    support: tuple[Literal["childcare", "step-free", "esol", "beginners", "women-only"], ...] = ()
    min_age: int | None = Field(default=None, ge=0, le=120)
    max_age: int | None = Field(default=None, ge=0, le=120)
    national: bool = False
    runs: tuple[SampleRun, ...] = ()
    venues: Mapping[str, SampleVenue] = Field(default_factory=dict)


class _Samples(Record):
    """The names that a file's courses may use."""

    providers: Mapping[Key, SampleProvider]
    venues: Mapping[Key, SampleVenue]


def read_samples(path: Path, root: Path) -> tuple[SampleCourse, ...]:
    """Read the sample courses of one city.

    Raises:
        BadContent: A field is wrong, or a course names a provider or venue that is not there.
    """
    document = read_yaml(path, root)
    tree = document.value if isinstance(document.value, dict) else {}
    written = tree.pop("courses", {})
    named = typed(_Samples, document)
    problems: list[Problem] = []
    courses: list[SampleCourse] = []
    for key, fields in written.items() if isinstance(written, dict) else ():
        try:
            courses.append(_course(document, key, fields, named))
        except BadContent as error:
            problems.extend(error.problems)
    if problems:
        raise BadContent(problems)
    return tuple(courses)


def _course(document: Document, key: str, fields: Tree, named: _Samples) -> SampleCourse:
    path = ("courses", key)
    fields = fields if isinstance(fields, dict) else {}
    provider = named.providers.get(str(fields.get("provider")))
    if provider is None:
        raise BadContent([_missing(document, key, "its provider is not in this file")])
    course = typed_value(SampleCourse, document, path, {**fields, "id": key, "provider": provider})
    used = {run.venue for run in course.runs if run.venue}
    if not used <= named.venues.keys():
        raise BadContent([_missing(document, key, "one of its venues is not in this file")])
    return course.model_copy(update={"venues": {name: named.venues[name] for name in used}})


def _missing(document: Document, key: str, reason: str) -> Problem:
    return Problem(document.file, document.line(("courses", key)), f"courses.{key}", reason)
