"""A CV as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.cv.bundle import badge_art
from bot.cv.contents import Contents, CvBadge
from bot.pictures import Look
from bot.skills.pathways import Progress
from bot.skills.report import Report
from bot.web.results.charts import chart_of_areas, embedded
from bot.web.results.wording import Phrase, SkillWording
from content.load import Content
from content.words import TextValue


@dataclass(frozen=True, slots=True)
class BadgeView:
    """A badge; `path` is that of its own page, empty where that is closed."""

    title: Phrase
    description: Phrase
    on: date
    art: Markup | None
    path: str
    is_sample: bool


@dataclass(frozen=True, slots=True)
class LevelView:
    """What the person told against one framework: its chart, and the same in rows."""

    title: Phrase
    label: Phrase
    on: date
    chart: Markup
    rows: tuple[tuple[Phrase, str], ...]
    attribution: str


@dataclass(frozen=True, slots=True)
class RouteView:
    """A route, how far it is done, and the goals that are reached."""

    title: Phrase
    done: int
    count: int
    goals: tuple[Phrase, ...]


class CvViewer:
    """Makes the parts of the page in one language; each picture has a number of its own."""

    def __init__(self, content: Content, language: str, look: Look, zone: ZoneInfo) -> None:
        self._content, self._language = content, language
        self._look, self._zone = look, zone
        self._pictures = 0

    def badges(self, contents: Contents) -> list[BadgeView]:
        """Return the badges, newest first."""
        return [self._badge(one) for one in contents.badges]

    def levels(self, contents: Contents) -> list[LevelView]:
        """Return the levels, framework by framework."""
        return [self._level(one) for one in contents.reports]

    def routes(self, contents: Contents) -> list[RouteView]:
        """Return the routes."""
        return [self._route(one) for one in contents.routes]

    def _badge(self, badge: CvBadge) -> BadgeView:
        drawing = badge_art(badge)
        held = badge.held
        return BadgeView(
            title=Phrase(badge.title, badge.language),
            description=Phrase(badge.description, badge.language),
            on=self._day(held.awarded_at),
            art=embedded(drawing, self._next(), badge.title) if drawing else None,
            path=f"/badges/{held.token}" if held.is_shown else "",
            is_sample=held.is_sample,
        )

    def _level(self, report: Report) -> LevelView:
        wording = SkillWording(self._content, self._language, report.framework)
        chart = chart_of_areas(report, wording, self._look)
        return LevelView(
            title=wording.title,
            label=wording.label,
            on=self._day(report.at),
            chart=embedded(chart, self._next(), wording.words("results.chart.areas")),
            rows=tuple((wording.area(one.area.code), wording.mean(one)) for one in report.areas),
            attribution=report.framework.source.attribution,
        )

    def _route(self, progress: Progress) -> RouteView:
        held = [one for one in progress.steps if one.state == "held"]
        goals = tuple(self._say(one.step.goal) for one in held)
        return RouteView(self._say(progress.pathway.title), len(held), len(progress.steps), goals)

    def _say(self, text_id: str) -> Phrase:
        words = self._content.words
        spoken = words.language_of(text_id, self._language)
        return Phrase(words.plain(TextValue(text_id), self._language), spoken)

    def _next(self) -> int:
        self._pictures += 1
        return self._pictures

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()
