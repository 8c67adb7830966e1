"""A result as a picture: levels by area or by skill, and the card to share."""

from __future__ import annotations

from bot.conversation.messages import Text
from bot.pictures import LevelChart, LevelRow, ShareCard, draw_levels, draw_share
from bot.skills.report import AreaReport, Line, Report
from bot.skills.summary import does_alone, is_telling, range_of_mean
from bot.work.pictures import Picture, PictureContext, picture
from bot.work.told import find_report, pairs_of

MOST_STRENGTHS = 3


@picture("skills_result")
def skills_result(context: PictureContext) -> Picture | None:
    """Draw a sitting's levels: of the area in `area` by skill, of all its areas without one."""
    found = _report(context)
    if found is None:
        return None
    wanted = context.values.get("area", "")
    areas = [one for one in found.areas if wanted in ("", one.area.code)]
    if not areas:
        return None
    key = f"framework.{found.framework.id}"
    if len(areas) == 1:
        rows = tuple(_skill_row(context, key, line) for line in areas[0].lines)
        title = context.words(f"{key}.area.{areas[0].area.code}.button")
    else:
        rows = tuple(_area_row(context, key, one) for one in areas)
        title = context.words("skills.picture.title")
    scale = tuple(_level(context, key, level) for level in range(1, 5))
    label = "skills.picture.draft" if found.framework.status == "draft" else "skills.picture.footer"
    chart = LevelChart(title, scale, rows, context.words(label))
    lines = tuple(
        Text("skills.picture.line", {"name": row.label, "reading": row.reading}) for row in rows
    )
    alt = Text("skills.picture.alt", {"title": title, "lines": lines})
    return Picture(draw_levels(chart, context.look), alt)


@picture("skills_share")
def skills_share(context: PictureContext) -> Picture | None:
    """Draw a card with what the person does on their own; None where there is nothing yet."""
    found = _report(context)
    if found is None:
        return None
    framework = found.framework
    code_of = {sentence.id: code for code, _, sentence in framework.sentences()}
    said = does_alone(framework, pairs_of(found.told[0]))
    codes = list(dict.fromkeys(code_of[item] for item in said))
    # Names, not sentences: a card is often seen as small as a stamp.
    lines = tuple(
        _named(
            context,
            f"framework.{framework.id}.skill.{code}.button",
            framework.competences[code].short,
        )
        for code in codes[:MOST_STRENGTHS]
    )
    if not lines:
        return None
    city = context.city.named(context.language) if context.city else ""
    title, footer = context.words("skills.card.title"), context.words("skills.card.footer")
    drawing = draw_share(ShareCard(title, city, lines, footer=footer), context.look)
    return Picture(drawing, Text("skills.card.alt", {"title": title, "lines": lines}))


def _report(context: PictureContext) -> Report | None:
    """Work out the person's own sitting; None where it has gone or says nothing."""
    sitting = context.values.get("sitting", "")
    found = find_report(context.unit, context.content, context.person, sitting)
    return found if found and is_telling(pairs_of(found.told[0])) else None


def _skill_row(context: PictureContext, key: str, line: Line) -> LevelRow:
    at = line.standing
    return LevelRow(
        label=_named(context, f"{key}.skill.{line.competence.code}.button", line.competence.short),
        level=at.level,
        low=at.low,
        high=at.high,
        reading=_range(context, key, at.low, at.high),
        note=_note(context, at.is_estimated),
        is_estimated=at.is_estimated,
        rise=context.words("skills.picture.rise") if line.has_risen else "",
    )


def _area_row(context: PictureContext, key: str, one: AreaReport) -> LevelRow:
    low, high = range_of_mean(one.mean, is_rough=one.is_rough)
    return LevelRow(
        label=_named(context, f"{key}.area.{one.area.code}.button", one.area.short),
        level=one.mean,
        low=low if one.is_rough else one.mean,
        high=high if one.is_rough else one.mean,
        reading=_range(context, key, low, high),
        note=_note(context, one.is_estimated),
        is_estimated=one.is_estimated,
    )


def _named(context: PictureContext, text_id: str, short: str) -> str:
    """Return a short name; as an old version has it where it said something else."""
    is_same = context.content.words.still_says(text_id, short)
    return context.words(text_id) if is_same else short


def _note(context: PictureContext, is_estimated: bool) -> str:
    return context.words("skills.picture.estimated" if is_estimated else "skills.picture.told")


def _range(context: PictureContext, key: str, low: int, high: int) -> str:
    if low == high:
        return _level(context, key, low)
    names = {"low": _level(context, key, low), "high": _level(context, key, high)}
    return context.words("skills.range", **names)


def _level(context: PictureContext, key: str, level: int) -> str:
    return context.words(f"{key}.level.{level}.name" if level else "skills.not_yet_level")
