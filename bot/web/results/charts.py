"""Pictures of a result: level charts to stand in a page, and the card to share."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup, escape

from bot.pictures import (
    Drawing,
    LevelChart,
    LevelRow,
    Look,
    ShareCard,
    draw_levels,
    draw_share,
)
from bot.pictures.lettering import width
from bot.skills.report import AreaReport, Line, Report
from bot.skills.summary import does_alone, range_of_mean
from bot.web.results.wording import SkillWording

MOST_STRENGTHS = 3
_TEXT = re.compile(r"<text ([^>]*)>(.*?)</text>", re.DOTALL)
_SIZE = re.compile(r'font-size="([0-9.]+)"')
_TAG = re.compile(r"<[^>]*>")
_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f"))
_PATTERN = re.compile(r'(id="|url\(#)([a-z]+)')


def chart_of_areas(report: Report, wording: SkillWording, look: Look) -> Drawing:
    """Draw the mean level of every area."""
    rows = [_area_row(area, wording) for area in report.areas]
    title = wording.words("results.chart.areas")
    return draw_levels(LevelChart(title, wording.scale, tuple(rows)), look)


def chart_of_skills(area: AreaReport, wording: SkillWording, look: Look) -> Drawing:
    """Draw the level of every competence of an area."""
    rows = [_skill_row(line, wording) for line in area.lines]
    title = wording.short_area(area.area.code).text
    return draw_levels(LevelChart(title, wording.scale, tuple(rows)), look)


def _area_row(area: AreaReport, wording: SkillWording) -> LevelRow:
    low, high = range_of_mean(area.mean, is_rough=True) if area.is_rough else (area.mean, area.mean)
    return LevelRow(
        label=wording.short_area(area.area.code).text,
        level=area.mean,
        low=low,
        high=high,
        reading=wording.mean(area),
        note=wording.words(where_from(is_estimated=area.is_estimated)),
        is_estimated=area.is_estimated,
    )


def _skill_row(line: Line, wording: SkillWording) -> LevelRow:
    standing = line.standing
    before = line.before if line.before is not None and not line.before.is_estimated else None
    was = wording.words("results.before", reading=wording.reading(before)) if before else ""
    return LevelRow(
        label=wording.skill(line.competence.code).text,
        level=standing.level,
        low=standing.low,
        high=standing.high,
        reading=wording.reading(standing),
        note=wording.words(where_from(is_estimated=standing.is_estimated)),
        is_estimated=standing.is_estimated,
        before=before.level if before else None,
        before_reading=was,
        rise=wording.words("results.rise") if line.has_risen else "",
    )


def where_from(*, is_estimated: bool) -> str:
    """Return the id of the words that say where a level comes from."""
    return "results.estimated" if is_estimated else "results.told"


def strengths(report: Report) -> list[str]:
    """Return the sentences that a person said to do on their own, the hardest first."""
    answers = [one for area in report.areas for line in area.lines for one in line.answers]
    return does_alone(report.framework, answers)


def share_card(report: Report, wording: SkillWording, look: Look, city: str) -> Drawing | None:
    """Draw the card to share; None where there is nothing yet that they do on their own."""
    best = strengths(report)[:MOST_STRENGTHS]
    if not best:
        return None
    lines = tuple(wording.can(item).text for item in best)
    title, footer = wording.words("results.card.title"), wording.words("results.card.footer")
    return draw_share(ShareCard(title, city, lines, footer=footer), look)


def embedded(drawing: Drawing, number: int, label: str) -> Markup:
    """Return a drawing that can stand in a page beside others.

    Args:
        number: Which picture of the page it is: names inside it must differ from the others'.
        label: What it shows, for those who do not see it; the words stand in the table below it.
    """
    svg = _TEXT.sub(_held, _PATTERN.sub(rf"\g<1>p{number}-\g<2>", drawing.svg))
    head = f'<svg role="img" aria-label="{escape(label)}" class="chart" focusable="false" '
    return Markup(svg.replace("<svg ", head, 1))  # noqa: S704 - drawn by us, its words escaped


def _held(found: re.Match[str]) -> str:
    """Hold words to the width that they were drawn for: a browser may lack the shipped fonts."""
    attributes, inside = found.groups()
    size = _SIZE.search(attributes)
    words = unescape(_TAG.sub("", inside)).translate(_DIRECTION_MARKS)
    if size is None or not words.strip():
        return found[0]
    wide = width(words, float(size[1]), is_bold="font-weight" in attributes)
    hold = f'textLength="{wide:.1f}" lengthAdjust="spacingAndGlyphs"'
    return f"<text {hold} {attributes}>{inside}</text>"
