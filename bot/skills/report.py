"""What a result says, worked out from sittings: what pages, pictures and exports show alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.skills.assessment import Assessment
from bot.skills.change import newly_said, rises
from bot.skills.model import ON_MY_OWN
from bot.skills.quickcheck import Placing, place
from bot.skills.results import Standing, mean_level, moved, standings
from bot.skills.sittings import GivenAnswer, Sitting, assessment_of, merged
from content.frameworks import Area, Competence, Framework, QuickCheck
from content.load import Content


@dataclass(frozen=True, slots=True)
class Told:
    """A sitting with its answers, in the order of its questions."""

    sitting: Sitting
    answers: tuple[GivenAnswer, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One competence of a result.

    Attributes:
        standing: Where the person stands now.
        answers: What led there: ids of sentences with 0 to 3, in the order of their levels.
        before: Where they stood before; None without an earlier sitting.
        has_risen: Whether a higher level than before is sure enough to be told.
    """

    competence: Competence
    standing: Standing
    answers: tuple[tuple[str, int], ...]
    before: Standing | None = None
    has_risen: bool = False


@dataclass(frozen=True, slots=True)
class AreaReport:
    """The competences of an area.

    Attributes:
        mean: The expected level of its competences on average, 0 to 4.
        trend: By how many levels that moved, None where it is too little to say.
        is_rough: Whether it rests on quick sittings alone: a range can be told, never one level.
    """

    area: Area
    lines: tuple[Line, ...]
    mean: float
    trend: float | None = None
    is_rough: bool = False

    @property
    def is_estimated(self) -> bool:
        """Whether nothing of it was asked about."""
        return all(line.standing.is_estimated for line in self.lines)


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody told against one framework.

    Attributes:
        framework: In the version whose words the result is in.
        told: The sittings that it rests on, oldest first.
        areas: Those that something was answered in or that were to be asked about.
        newly_said: Ids of the sentences that they now do on their own, and did not before.
        before_at: When the earlier sitting was; None where there is none.
    """

    framework: Framework
    told: tuple[Told, ...]
    areas: tuple[AreaReport, ...]
    newly_said: tuple[str, ...] = ()
    before_at: datetime | None = None

    @property
    def at(self) -> datetime:
        """When the newest answer was given."""
        return max(one.sitting.updated_at for one in self.told)

    @property
    def has_risen(self) -> bool:
        """Whether a higher level can be told of any competence."""
        return any(line.has_risen for area in self.areas for line in area.lines)


@dataclass(frozen=True, slots=True)
class QuickReport:
    """What somebody told in a quick check: the place and the tasks with 0 to 3 or None."""

    check: QuickCheck
    told: Told
    placing: Placing
    answers: Mapping[str, int | None]

    @property
    def at(self) -> datetime:
        """When the newest answer was given."""
        return self.told.sitting.updated_at


def report(framework: Framework, told: Sequence[Told], before: Sequence[Told] = ()) -> Report:
    """Work out what sittings say.

    Args:
        framework: In the version whose words the result is to be read in.
        told: One sitting, or all of them for "where I stand now".
        before: Earlier sittings to compare with.
    """
    ordered = tuple(sorted(told, key=lambda one: one.sitting.started_at))
    answers, earlier = _answers(ordered), _answers(before)
    assessment = _assessment(framework, ordered, answers)
    now = standings(assessment, answers)
    estimate = assessment.estimate(answers)
    past, past_estimate = {}, {}
    if earlier:
        then = assessment_of(framework, "whole", (), earlier)
        past = standings(then, earlier)
        # Only what was asked about both times can be told to have changed.
        asked = {code for code, one in past.items() if not one.is_estimated}
        asked -= {code for code, one in now.items() if one.is_estimated}
        chances = then.estimate(earlier)
        past_estimate = {code: chances[code] for code in chances if code in asked}
    risen = set(rises(past_estimate, estimate))
    given = dict(answers)
    is_rough = all(one.sitting.mode == "quick" for one in ordered)

    def line(own: Competence) -> Line:
        standing = now[own.code]
        led = tuple((item, given[item] or 0) for item in standing.led_by)
        was = past.get(own.code)
        return Line(own, standing, led, was, own.code in risen)

    def of_area(area: Area) -> AreaReport:
        codes = [own.code for own in area.competences if own.code in now]
        lines = tuple(line(own) for own in area.competences if own.code in now)
        trend = moved(past_estimate, estimate, codes)
        return AreaReport(area, lines, mean_level(estimate, codes), trend, is_rough)

    return Report(
        framework,
        ordered,
        tuple(of_area(area) for area in framework.areas if _is_of(area, now)),
        newly_said(earlier, [one for one in answers if framework.find_sentence(one[0])], ON_MY_OWN),
        max((one.sitting.updated_at for one in before), default=None),
    )


def _is_of(area: Area, now: Mapping[str, Standing]) -> bool:
    return any(own.code in now for own in area.competences)


def reports_of(
    content: Content, told: Sequence[Told], sitting: str = "", before: Sequence[Told] = ()
) -> tuple[list[Report], list[QuickReport]]:
    """Work out what a result says, against each framework that it was told against.

    A sitting is read in the words of its own version, where somebody stands now in the present
    ones. What was told against a framework that is gone cannot be read and is left out.

    Args:
        told: The sittings that the result rests on, oldest first.
        sitting: The one that the result is of; empty for where they stand by all of them, which is
            compared with all but the newest.
        before: What to compare one sitting with.
    """
    reports, quick = [], []
    for key, group in _by_framework(told).items():
        version = group[-1].sitting.version
        framework = content.framework_at(key, version if sitting else "")
        check = content.quick_check_at(key, version)
        if framework is not None:
            reports.append(report(framework, group, before if sitting else group[:-1]))
        elif check is not None:
            quick.append(quick_report(check, group[-1]))
    return reports, quick


def _by_framework(told: Sequence[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for one in told:
        found.setdefault(one.sitting.framework, []).append(one)
    return found


def quick_report(check: QuickCheck, told: Told) -> QuickReport:
    """Work out what a quick check says."""
    pairs = [one.pair for one in told.answers]
    return QuickReport(check, told, place(check, pairs), dict(pairs))


def _answers(told: Sequence[Told]) -> list[tuple[str, int | None]]:
    if len(told) == 1:
        return [one.pair for one in told[0].answers]
    return merged(answer for one in told for answer in one.answers)


def _assessment(
    framework: Framework, told: Sequence[Told], answers: Sequence[tuple[str, int | None]]
) -> Assessment:
    if len(told) == 1:
        sitting = told[0].sitting
        return assessment_of(framework, sitting.mode, sitting.parts, answers)
    return assessment_of(framework, "whole", (), answers)
