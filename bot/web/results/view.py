"""A result as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.pictures import Drawing, Look
from bot.skills.report import AreaReport, Line, QuickReport, Report
from bot.web.results.charts import (
    chart_of_areas,
    chart_of_skills,
    embedded,
    strengths,
    where_from,
)
from bot.web.results.wording import Phrase, SkillWording, Wording
from content.frameworks import Framework, QuickCheck
from content.load import Content


@dataclass(frozen=True, slots=True)
class Row:
    """One competence.

    Attributes:
        where_from: Text id: told, or estimated from other answers.
        answers: What led there: the sentence, and the text id of the answer.
        before: The level before in words; empty where none was told.
    """

    skill: Phrase
    reading: str
    where_from: str
    answers: tuple[tuple[Phrase, str], ...]
    before: str
    has_risen: bool


@dataclass(frozen=True, slots=True)
class AreaView:
    """One area.

    Attributes:
        trend: Text id of what may be said about its change, or empty.
        is_estimated: Nothing of it was asked about.
    """

    code: str
    title: Phrase
    chart: Markup
    rows: tuple[Row, ...]
    trend: str
    is_estimated: bool


@dataclass(frozen=True, slots=True)
class ReportView:
    """What was told against one framework."""

    framework: Framework
    title: Phrase
    label: Phrase
    on: date
    before_on: date | None
    overview: Markup | None
    areas: tuple[AreaView, ...]
    newly_said: tuple[Phrase, ...]
    has_strengths: bool


@dataclass(frozen=True, slots=True)
class QuickView:
    """What was told in a quick check."""

    check: QuickCheck
    title: Phrase
    label: Phrase
    on: date
    place: Phrase
    meaning: Phrase
    rule: Phrase
    tasks: tuple[tuple[Phrase, str], ...]


class Viewer:
    """Makes the view of a result in one language; each chart has a number of its own."""

    def __init__(self, content: Content, language: str, look: Look, zone: ZoneInfo) -> None:
        self._content = content
        self._language = language
        self._look = look
        self._zone = zone
        self._charts = 0

    def report(self, found: Report) -> ReportView:
        """Return what was told against a framework."""
        wording = SkillWording(self._content, self._language, found.framework)
        overview = None
        if len(found.areas) > 1:
            label = wording.words("results.chart.areas")
            overview = self._embedded(chart_of_areas(found, wording, self._look), label)
        return ReportView(
            framework=found.framework,
            title=wording.title,
            label=wording.label,
            on=self._day(found.at),
            before_on=self._day_before(found.at, found.before_at),
            overview=overview,
            areas=tuple(self._area(area, wording) for area in found.areas),
            newly_said=tuple(wording.can(item) for item in found.newly_said),
            has_strengths=bool(strengths(found)),
        )

    def quick(self, found: QuickReport) -> QuickView:
        """Return what was told in a quick check."""
        check = found.check
        wording = Wording(self._content, self._language, check)
        place = next(one for one in check.places if one.id == found.placing.place)
        tasks = [
            (wording.say(f"task.{task.id}.can", task.can), answer_id(found.answers[task.id]))
            for task in check.tasks
            if task.id in found.answers
        ]
        return QuickView(
            check=check,
            title=wording.title,
            label=wording.label,
            on=self._day(found.at),
            place=wording.say(f"place.{place.id}.name", place.name),
            meaning=wording.say(f"place.{place.id}.meaning", place.meaning),
            rule=wording.say("rule", check.rule),
            tasks=tuple(tasks),
        )

    def _area(self, area: AreaReport, wording: SkillWording) -> AreaView:
        title = wording.area(area.area.code)
        label = wording.words("results.chart.area", area=title.text)
        return AreaView(
            code=area.area.code,
            title=title,
            chart=self._embedded(chart_of_skills(area, wording, self._look), label),
            rows=tuple(self._row(line, wording) for line in area.lines),
            trend=_trend(area.trend),
            is_estimated=area.is_estimated,
        )

    def _row(self, line: Line, wording: SkillWording) -> Row:
        before = line.before
        told_before = before is not None and not before.is_estimated
        return Row(
            skill=wording.full_skill(line.competence.code),
            reading=wording.reading(line.standing),
            where_from=where_from(is_estimated=line.standing.is_estimated),
            answers=tuple((wording.can(item), answer_id(said)) for item, said in line.answers),
            before=wording.reading(before) if before is not None and told_before else "",
            has_risen=line.has_risen,
        )

    def _embedded(self, drawing: Drawing, label: str) -> Markup:
        self._charts += 1
        return embedded(drawing, self._charts, label)

    def _day_before(self, at: datetime, before: datetime | None) -> date | None:
        """Return the earlier day, none where it is the same one: naming it twice tells nothing."""
        day = self._day(before) if before else None
        return None if day == self._day(at) else day

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()


def answer_id(answer: int | None) -> str:
    """Return the text id of an answer, as the person gave it."""
    return "results.answer.none" if answer is None else f"results.answer.{answer}"


def _trend(trend: float | None) -> str:
    """Return what may be said of a change: a fall is no failure and is not told as one."""
    return "results.trend.up" if trend is not None and trend > 0 else ""
