"""What an employer needs, what a course offers for it, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.courses.phrases import Phrase
from bot.courses.records import Course, CourseInstance, Delivery, Pattern, Point
from bot.skills.tagging.records import Tag

LEVELS = 4


class SizeBand(StrEnum):
    """How many people work in an organisation."""

    ALONE = "1"
    MICRO = "2-9"
    SMALL = "10-49"
    MEDIUM = "50-249"
    LARGE = "250-plus"


class Aim(StrEnum):
    """Whether people who are there should learn, or new ones are looked for."""

    DEVELOPING = "developing"
    HIRING = "hiring"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An employer.

    Attributes:
        sector: An id of the content's sectors.
        place: A ward or postcode as it was given; `point` where that is.
    """

    id: str
    name: str
    city: str
    size: SizeBand | None = None
    sector: str = ""
    place: str = ""
    point: Point | None = None
    website: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """A competence, where people are in it and where they should be.

    Attributes:
        competence: Its code in the framework.
        now, should: Levels: 0 is "not yet basic", 1 to 4 are the bands.
        framework: The framework's id.
    """

    competence: str
    now: int
    should: int
    framework: str = "digcomp3"

    @property
    def distance(self) -> int:
        """How many levels there are to go; 0 where the need is met."""
        return max(0, self.should - self.now)


@dataclass(frozen=True, slots=True)
class Fit:
    """How training has to suit. What is empty or None is open.

    Attributes:
        city: The city's id; courses in person are looked for there.
        point: Where the people are; `radius_km` how far they go.
        delivery, patterns: Any of these suits.
        in_work_time: Whether it has to happen in working hours.
        max_price: Pounds a person; 0 is "free only".
        languages: BCP 47 codes of teaching languages; any of these suits.
        certificate: Whether it has to end with a qualification.
    """

    city: str = ""
    point: Point | None = None
    radius_km: float = 10.0
    delivery: frozenset[Delivery] = frozenset()
    patterns: frozenset[Pattern] = frozenset()
    in_work_time: bool = False
    max_price: Decimal | None = None
    languages: frozenset[str] = frozenset()
    certificate: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """What some people of an organisation should be able to do.

    Attributes:
        organisation: Its id.
        team, role: Who the people are, in the employer's words.
        words: What is needed, in the employer's words; empty where a role said it all.
        people: How many.
        by: When it is needed.
        tried: What was tried before, in the employer's words.
    """

    id: str
    targets: tuple[Target, ...]
    organisation: str = ""
    team: str = ""
    role: str = ""
    words: str = ""
    people: int = 1
    aim: Aim = Aim.DEVELOPING
    by: date | None = None
    fit: Fit = Fit()
    tried: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """A course with what it teaches."""

    course: Course
    tags: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """What a course does for one target of a need.

    Attributes:
        level: Where the course leads, 1 to 4.
        credit: How much of the way it goes, 0 to 1.
    """

    target: Target
    level: int
    credit: float


@dataclass(frozen=True, slots=True)
class Match:
    """A course for a need, with everything that speaks for and against it.

    Attributes:
        instance: The run that suits best; None where the course names none.
        score: 0 to 1, to be compared within one need.
        coverage: Which part of the way from now to needed it goes, 0 to 1.
        reasons: Why it is shown; `misfits`: what does not fit. Text ids with values.
        is_adequate: It answers the need, at least in part, and people can go to it.
        distance_km: From where the people are; None where either place is not known.
    """

    need: str
    course: Course
    instance: CourseInstance | None
    score: float
    coverage: float
    covers: tuple[Covered, ...]
    reasons: tuple[Phrase, ...]
    misfits: tuple[Phrase, ...]
    is_adequate: bool
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """What no provision answers.

    Attributes:
        targets: The competences that no match leads to; all of the need's where there is no match.
        nearest: The nearest thing that there is, None where there is nothing at all.
        why: What keeps the nearest thing from answering, or that nothing is there.
    """

    need: str
    targets: tuple[Target, ...]
    nearest: Match | None
    why: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provision says to a need: at most a few matches, and the gap that they leave."""

    matches: tuple[Match, ...]
    gap: Gap | None

    @property
    def is_whole(self) -> bool:
        """Whether matches lead as far as people should be, in every competence of the need."""
        covers = [one for match in self.matches for one in match.covers if one.target.distance]
        led = {one.target: 0 for one in covers}
        for one in covers:
            led[one.target] = max(led[one.target], one.level)
        reaches = all(level >= target.should for target, level in led.items())
        return self.gap is None and bool(led) and reaches
