"""A report as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from bot.courses.phrases import Phrase
from bot.insights.comparing import Comparison, Means
from bot.needs.answered import problem_of
from bot.needs.grids import MapPage, Wording, map_pages
from bot.needs.groups import column_of
from bot.needs.merging import Merged, Spread
from bot.needs.overview import Overview
from bot.needs.records import Answer, Gap, Match, Need
from bot.pictures import Look, draw_needs
from bot.web.needs_port import ShownNeeds
from bot.web.results.charts import embedded
from content.load import Content


@dataclass(frozen=True, slots=True)
class MapRow:
    """One cell of the map in words; `note` says where colleagues differ."""

    skill: str
    group: str
    now: str
    should: str
    people: int
    note: str


@dataclass(frozen=True, slots=True)
class MatchView:
    """A course, with what speaks for it and what does not fit."""

    title: str
    provider: str
    path: str
    reasons: tuple[str, ...]
    misfits: tuple[str, ...]
    is_sample: bool


@dataclass(frozen=True, slots=True)
class GapView:
    """What no course answers: which skills, why, and the nearest thing."""

    skills: str
    why: tuple[str, ...]
    nearest: MatchView | None


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need with what answers it; `ways` are skill, now and needed."""

    title: str
    group: str
    words: str
    people: int
    by: date | None
    ways: tuple[tuple[str, str, str], ...]
    matches: tuple[MatchView, ...]
    gap: GapView | None

    @property
    def shown(self) -> tuple[MatchView, ...]:
        """Every course that is named for it."""
        nearest = self.gap.nearest if self.gap else None
        return (*self.matches, nearest) if nearest else self.matches


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A competence beside others: own levels, then sector's and city's; "" where too few."""

    skill: str
    own: str
    sector: str
    city: str


@dataclass(frozen=True, slots=True)
class NeedsView:
    """The whole report.

    Attributes:
        sector: What the organisation does, in words; empty where it was not said.
        whole, part, unanswered: How many needs courses answer in full, in part and not at all.
        charts: The pages of the map as pictures.
    """

    name: str
    sector: str
    colleagues: int
    told_on: date | None
    made_on: date
    people: int
    whole: int
    part: int
    unanswered: int
    charts: tuple[Markup, ...]
    rows: tuple[MapRow, ...]
    needs: tuple[NeedView, ...]
    disputes: tuple[str, ...]
    compared: tuple[ComparedRow, ...]
    has_samples: bool


class NeedsViewer:
    """Makes the parts of the page in one language."""

    def __init__(self, content: Content, language: str, look: Look, zone: ZoneInfo) -> None:
        self._content, self._language = content, language
        self._look, self._zone = look, zone
        self._wording = Wording(content, language)

    def view(self, shown: ShownNeeds) -> NeedsView:
        """Return everything that the page shows."""
        found = shown.overview
        needs = tuple(self._need(need, answer) for need, answer in found.answers)
        sector = found.organisation.sector
        known = sector in self._content.needs.sectors
        return NeedsView(
            name=found.organisation.name,
            sector=self._wording.words(f"needs.sector.{sector}.title") if known else "",
            colleagues=found.colleagues,
            told_on=self._day(found.told_at) if found.told_at else None,
            made_on=self._day(shown.at),
            people=found.people,
            whole=found.whole,
            part=found.part,
            unanswered=found.unanswered,
            charts=self._charts(map_pages(found, self._content, self._language)),
            rows=tuple(self._rows(found)),
            needs=needs,
            disputes=tuple(self._dispute(one) for one in found.disputed),
            compared=tuple(self._compared(one) for one in shown.compared),
            has_samples=any(match.is_sample for need in needs for match in need.shown),
        )

    def said(self, phrase: Phrase) -> str:
        """Return a phrase in words, as files hold them."""
        return self._content.words.plain(phrase, self._language)

    def disputes_json(self, overview: Overview) -> list[dict[str, Any]]:
        """Return what colleagues do not agree about, for programs."""
        return [
            {
                "framework": one.target.framework,
                "competence": one.target.competence,
                "group": self._wording.group(one.team),
                "now": _spread(one.now),
                "should": _spread(one.should),
                "people": _spread(one.heads),
                "voices": one.voices,
            }
            for one in overview.disputed
        ]

    def compared_json(self, compared: Iterable[Comparison]) -> list[dict[str, Any]]:
        """Return where the organisation stands, for programs; None where too few answered."""
        return [
            {
                "framework": one.skill[0],
                "competence": one.skill[1],
                "own": {"now": one.now, "should": one.should},
                "sector": _means(one.sector),
                "city": _means(one.city),
            }
            for one in compared
        ]

    def _charts(self, pages: Iterable[MapPage]) -> tuple[Markup, ...]:
        return tuple(
            embedded(draw_needs(page.grid, self._look), number, page.grid.title)
            for number, page in enumerate(pages, 1)
        )

    def _rows(self, overview: Overview) -> Iterable[MapRow]:
        found = overview.map
        for row in found.rows:
            for column in found.teams:
                cell = found.cells.get((row, column))
                if cell is None:
                    continue
                yield MapRow(
                    self._wording.skill(row),
                    self._wording.group(column),
                    self._wording.level(row, cell.now),
                    self._wording.level(row, cell.should),
                    cell.people,
                    self._wording.words("web.needs.differ") if cell.is_disputed else "",
                )

    def _need(self, need: Need, answer: Answer) -> NeedView:
        ways = tuple(
            (
                self._wording.skill((one.framework, one.competence)),
                self._wording.level((one.framework, one.competence), one.now),
                self._wording.level((one.framework, one.competence), one.should),
            )
            for one in need.targets
        )
        return NeedView(
            title=self._title(need, [skill for skill, _, _ in ways]),
            group=self._wording.group(column_of(need.team, need.role)),
            words="" if need.role else need.words,
            people=need.people,
            by=need.by,
            ways=ways,
            matches=tuple(self._match(one) for one in answer.matches),
            gap=self._gap(answer.gap) if answer.gap else None,
        )

    def _title(self, need: Need, skills: list[str]) -> str:
        """Return the problem that a need was read from, as in the chat, or else its skills."""
        problem = problem_of(need)
        if problem in self._content.needs.problems and not need.role:
            return self._wording.words(f"needs.problem.{problem}.title")
        return self._listed(skills)

    def _match(self, match: Match) -> MatchView:
        return MatchView(
            title=match.course.title,
            provider=match.course.provider,
            path=f"/courses/{match.course.id}",
            reasons=tuple(self._wording.say(one) for one in match.reasons),
            misfits=tuple(self._wording.say(one) for one in match.misfits),
            is_sample=match.course.is_sample,
        )

    def _gap(self, gap: Gap) -> GapView:
        skills = [self._wording.skill((one.framework, one.competence)) for one in gap.targets]
        return GapView(
            self._listed(skills),
            tuple(self._wording.say(one) for one in gap.why),
            self._match(gap.nearest) if gap.nearest else None,
        )

    def _dispute(self, one: Merged) -> str:
        row = (one.target.framework, one.target.competence)
        said = [
            self._wording.words(
                f"web.needs.dispute.{name}",
                least=self._wording.level(row, spread.least),
                most=self._wording.level(row, spread.most),
            )
            for name, spread in (("now", one.now), ("should", one.should))
            if spread is not None
        ]
        if one.heads is not None:
            least, most = one.heads.least, one.heads.most
            said.append(self._wording.words("web.needs.dispute.heads", least=least, most=most))
        return self._wording.words(
            "web.needs.dispute.line",
            skill=self._wording.skill(row),
            group=self._wording.group(one.team),
            said=said,
        )

    def _compared(self, one: Comparison) -> ComparedRow:
        def told(now: float, should: float) -> str:
            return self._wording.words("web.needs.levels", now=f"{now:.1f}", should=f"{should:.1f}")

        return ComparedRow(
            self._wording.skill(one.skill),
            told(one.now, one.should),
            told(one.sector.now, one.sector.should) if one.sector else "",
            told(one.city.now, one.city.should) if one.city else "",
        )

    def _listed(self, names: list[str]) -> str:
        return self._wording.words("web.needs.listed", names=names)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()


def _spread(spread: Spread | None) -> list[int] | None:
    return [spread.least, spread.most] if spread else None


def _means(means: Means | None) -> dict[str, Any] | None:
    if means is None:
        return None
    return {"now": means.now, "should": means.should, "organisations": means.others}
