"""Reports of needs, and figures, that web tests show."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from bot.insights.answers import Results, Split
from bot.insights.comparing import Comparison, Means
from bot.insights.gathering import Sought
from bot.insights.provision import Asked, Offered
from bot.insights.rollup import CityFigures, Gathered, roll_up
from bot.insights.sheets import Release
from bot.needs import Organisation, Target
from bot.needs.groups import column_of
from bot.needs.matching import Matcher
from bot.needs.merging import Voice, merge
from bot.needs.overview import Overview
from bot.web.needs_port import ShownNeeds
from bot.web.ports import Ports
from content.load import Content
from tests.needs.employers import TODAY, course, need, teaching

NEEDS_TOKEN = "e" * 22
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NASTY = '=HYPERLINK("http://evil.example")<script>alert(1)</script>'


def needs_report(content: Content) -> ShownNeeds:
    """A report of two colleagues who do not agree, with courses, a gap and a comparison."""
    provisions = [
        teaching(course("excel", title="Excel for beginners", is_sample=True), c13=2),
        teaching(course("mail", title=NASTY, url="https://a.example"), c21=1),
    ]
    matcher = Matcher(provisions, TODAY, content.frameworks)
    needs = (
        need(Target("1.3", 0, 2), id="o/one", team="Nights", role="care-worker", people=12,
             by=date(2027, 1, 2)),
        need(Target("2.1", 0, 1), id="o/two", words="They never answer <b>mail</b>", people=40),
        need(Target("care.record", 0, 2, "sectors-draft"), id="o/three", people=5),
    )  # fmt: skip
    nights = column_of("Nights", "care-worker")
    voices = (
        Voice("a", nights, Target("1.3", 0, 2), 12),
        Voice("b", nights, Target("1.3", 1, 3), 9),
        Voice("a", "", Target("2.1", 0, 1), 40),
        Voice("a", "Days <i>shift</i>", Target("care.record", 0, 2, "sectors-draft"), 5),
    )
    overview = Overview(
        Organisation("o", "Bright <Homes>", "manchester", sector="care"),
        2,
        AT,
        merge(voices),
        tuple((one, matcher.answer(one)) for one in needs),
    )
    compared = (
        Comparison(("digcomp3", "1.3"), 0.5, 2.5, None, Means(1.2, 2.4, 9)),
        Comparison(("digcomp3", "2.1"), 0.0, 1.0, Means(0.9, 1.8, 6), Means(1.0, 2.0, 15)),
    )
    return ShownNeeds(NEEDS_TOKEN, overview, compared, AT)


def city_figures() -> CityFigures:
    """Figures with something hidden, a gap, a strength and a search that begins like a formula."""
    skill, other = ("digcomp3", "1.3"), ("digcomp3", "2.1")
    asked = [Asked(f"o{n}", "care", skill, 2, 3) for n in range(8)]
    asked += [Asked(f"p{n}", "retail", other, 1, 1) for n in range(3)]
    sought = [Sought("=1+1 welding", "", 7), Sought("my debts", "", 2)]
    return roll_up(None, Gathered(asked, [Offered("a", other, 1, 9)], (), sought), TODAY)


def answers() -> tuple[Results, ...]:
    """What was answered to the evaluation, in two versions."""
    splits = (
        Split("finished", parts={"yes": 20, "part": None, "no": None}),
        Split("why-not", parts=dict.fromkeys(("time", "place", "money", "family"))),
        Split("helped", parts={"1": None, "2": None, "3": 5, "4": 5, "5": 10}),
        Split("gone", "digcomp3:1.3", "now", {"0": 5, "1": None, "=2+2": 10}),
    )
    first = Results(1, AT, 30, 25, {"2026-10": 10, "2026-11": 15}, splits)
    return (first, Results(2, AT, 5, None, {}, ()))


@dataclass
class FakeNeeds:
    """Reports by address."""

    kept: list[ShownNeeds] = field(default_factory=list)

    async def shared(self, token: str) -> ShownNeeds | None:
        return next((one for one in self.kept if one.token == token), None)

    def change(self, **values: object) -> None:
        """Change the first one's overview."""
        overview = replace(self.kept[0].overview, **values)  # type: ignore[arg-type]
        self.kept[0] = replace(self.kept[0], overview=overview)


@dataclass
class FakeFigures:
    """Figures by city."""

    kept: dict[str, CityFigures] = field(default_factory=dict)
    told: dict[str, list[Release]] = field(default_factory=dict)
    answered: dict[tuple[str, str], tuple[Results, ...]] = field(default_factory=dict)

    async def of(self, city: str) -> CityFigures | None:
        return self.kept.get(city)

    async def releases(self, city: str, since: date) -> list[Release]:
        return [one for one in self.told.get(city, []) if one.starts_on >= since]

    async def campaigns(self, city: str) -> dict[str, str]:
        return {"c1": "Learn <b>this</b> autumn"} if city in self.told else {}

    async def answers(self, city: str, questionnaire: str) -> tuple[Results, ...]:
        return self.answered.get((city, questionnaire), ())


def needs_of(ports: Ports) -> FakeNeeds:
    """Return the reports behind a world's ports."""
    assert isinstance(ports.needs, FakeNeeds)
    return ports.needs


def figures_of(ports: Ports) -> FakeFigures:
    """Return the figures behind a world's ports."""
    assert isinstance(ports.figures, FakeFigures)
    return ports.figures
