"""The catalogue's records. Unknown stays unknown: None or empty, never zero or free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What sort of learning it is."""

    COURSE = "course"
    EVENT = "event"
    DROP_IN = "drop-in"
    SELF_PACED = "self-paced"
    IN_WORK = "in-work"
    VOLUNTEERING = "volunteering"
    FAMILY = "family"
    HERITAGE = "heritage"


class Delivery(StrEnum):
    """Where the learning happens."""

    IN_PERSON = "in-person"
    ONLINE = "online"
    BLENDED = "blended"
    WORK = "work"


class StudyMode(StrEnum):
    """How much of the week it takes."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    FLEXIBLE = "flexible"


class Pattern(StrEnum):
    """When in the week it happens (attendance pattern)."""

    DAYTIME = "daytime"
    EVENING = "evening"
    WEEKEND = "weekend"
    TWILIGHT = "twilight"
    DAY_RELEASE = "day-release"


class Level(StrEnum):
    """Levels of England, Wales and Northern Ireland, to which other scales are mapped."""

    ENTRY_1 = "entry-1"
    ENTRY_2 = "entry-2"
    ENTRY_3 = "entry-3"
    LEVEL_1 = "level-1"
    LEVEL_2 = "level-2"
    LEVEL_3 = "level-3"
    LEVEL_4 = "level-4"
    LEVEL_5 = "level-5"
    LEVEL_6 = "level-6"
    LEVEL_7 = "level-7"
    LEVEL_8 = "level-8"


class Support(StrEnum):
    """What makes it possible for somebody to come."""

    CHILDCARE = "childcare"
    STEP_FREE = "step-free"
    ESOL = "esol"
    BEGINNERS = "beginners"
    WOMEN_ONLY = "women-only"


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth in degrees, WGS 84."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Venue:
    """Where a course instance is held."""

    name: str = ""
    address: str = ""
    town: str = ""
    postcode: str = ""
    point: Point | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting of a course instance, in local time where no zone is given."""

    start_at: datetime
    end_at: datetime | None = None


@dataclass(frozen=True, slots=True, order=True)
class Taught:
    """One competence that a provider says a course teaches.

    Attributes:
        competence: Its code in a framework, such as "1.3".
        level: 1 to 4, where a learner stands at the end; None where the provider names none.
    """

    competence: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class CourseInstance:
    """One dated run of a course.

    Attributes:
        id: Unique within its course.
        start_date, end_date: Local dates; None where not known.
        start_text: The provider's words where there is no date ("Start any Monday").
        is_flexible_start: The learner may begin when they like.
        weekdays: Days of the weekly pattern, Monday is 0.
        start_time, end_time: Local times of the weekly pattern.
        sessions: Every sitting where the provider lists them.
        duration: A number of `duration_unit` ("minutes" to "years"), or None.
        duration_text: The provider's words for how long it takes.
        delivery: None where not known; `venue` is where it is held.
        cost: Pounds as a number: Decimal("0") only where it is known to be free.
        cost_text: The provider's words on price, shown whole.
        concessions: Who pays less or nothing, in words.
        places, places_left: How many may come, and how many still can.
        is_full: The provider says that it is full.
        apply_from, apply_by: Dates between which one can apply.
        apply_url: Where to apply; http or https only.
    """

    id: str = ""
    start_date: date | None = None
    end_date: date | None = None
    start_text: str = ""
    is_flexible_start: bool = False
    weekdays: tuple[int, ...] = ()
    start_time: time | None = None
    end_time: time | None = None
    sessions: tuple[Session, ...] = ()
    duration: int | None = None
    duration_unit: str = ""
    duration_text: str = ""
    study_mode: StudyMode | None = None
    patterns: frozenset[Pattern] = frozenset()
    delivery: Delivery | None = None
    venue: Venue | None = None
    cost: Decimal | None = None
    cost_text: str = ""
    concessions: str = ""
    places: int | None = None
    places_left: int | None = None
    is_full: bool = False
    apply_from: date | None = None
    apply_by: date | None = None
    apply_url: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """Something that can be learnt, with its runs.

    Attributes:
        id: Unique within the installation.
        provider: The provider's name as it is shown.
        title: As the provider writes it, cleaned.
        city: The city's id.
        reference: The provider's own identifier, from which `id` is made.
        summary: One or two sentences; `description` is the whole text. Both plain.
        who_for, entry_requirements, leads_to, what_to_bring: Plain text.
        level_text: The level as written; `level` as mapped, None where it cannot be.
        qualification: The title of what is awarded, empty for none; `awarded_by` its body.
        subjects: Subject areas in words; `keywords` further words of the provider.
        languages: BCP 47 codes of teaching languages; empty where not known.
        min_age, max_age: Inclusive, None for no bound known.
        national: Can be taken anywhere in the country.
        is_sample: Invented by us, and labelled so wherever it is shown.
        teaches: Competences that the provider says are learnt, one entry each.
        is_walk_in: One just comes; there is nothing to apply for.
        corrected: What the city's staff put right: groups of fields, such as "price".
    """

    id: str
    provider: str
    title: str
    city: str = ""
    reference: str = ""
    summary: str = ""
    description: str = ""
    kind: Kind = Kind.COURSE
    who_for: str = ""
    entry_requirements: str = ""
    leads_to: str = ""
    what_to_bring: str = ""
    level_text: str = ""
    level: Level | None = None
    qualification: str = ""
    awarded_by: str = ""
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    support: frozenset[Support] = frozenset()
    min_age: int | None = None
    max_age: int | None = None
    url: str = ""
    contact: str = ""
    national: bool = False
    is_sample: bool = False
    instances: tuple[CourseInstance, ...] = ()
    teaches: tuple[Taught, ...] = ()
    is_walk_in: bool = False
    corrected: tuple[str, ...] = ()
