"""Results in words: levels and ranges as people say them."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.conversation import Text, text_from_json

Json = dict[str, Any]


def line_of(framework: str, line: Json) -> Text:
    """Say where somebody stands in a skill or an area."""
    low, high = line["at"]
    values = {
        "name": text_from_json(line["name"]),
        "range": range_of(framework, low, high),
        "words": reading_of(low, high),
    }
    is_estimated = line.get("is_estimated", False)
    return Text("skills.line_estimated" if is_estimated else "skills.line", values)


def lines_of(framework: str, lines: list[Json]) -> tuple[Text, ...]:
    """Say where somebody stands in several skills or areas, one a line."""
    return tuple(Text("skills.point", {"words": line_of(framework, one)}) for one in lines)


def range_of(framework: str, low: int, high: int) -> Text:
    """Name a level, or a range of levels."""
    if low == high:
        return level_of(framework, low)
    values = {"low": level_of(framework, low), "high": level_of(framework, high)}
    return Text("skills.range", values)


def level_of(framework: str, level: int) -> Text:
    """Name a level, 0 to 4."""
    if not level:
        return Text("skills.not_yet_level")
    return Text(f"framework.{framework}.level.{level}.name")


def reading_of(low: int, high: int) -> Text:
    """Say in plain words what a range of levels means."""
    if high - low > 1:
        return Text("skills.reads.wide")
    return Text(f"skills.reads.{low}" if low == high else f"skills.reads.{low}_{high}")


def can_of(framework: str, item: str) -> Text:
    """Return the words of a can-do sentence."""
    return Text(f"framework.{framework}.can.{item}")


def cans_of(framework: str, items: list[str]) -> tuple[Text, ...]:
    """Return can-do sentences, one a line."""
    return tuple(Text("skills.point", {"words": can_of(framework, item)}) for item in items)


def change_lines(framework: str, change: Json) -> Text | None:
    """Say what is new since an earlier time; None where nothing is, so that nothing is said."""
    parts: list[Text] = []
    if change["new"]:
        parts.append(Text("skills.newly", {"lines": cans_of(framework, change["new"])}))
    if change["rises"]:
        names = [Text(f"framework.{framework}.skill.{one}.button") for one in change["rises"]]
        parts.append(Text("skills.risen", {"skills": tuple(names)}))
    if change["areas"]:
        names = [Text(f"framework.{framework}.area.{one}.button") for one in change["areas"]]
        parts.append(Text("skills.areas_up", {"areas": tuple(names)}))
    values: dict[str, Any] = {"since": date.fromisoformat(change["since"]), "parts": tuple(parts)}
    text_id = "skills.since" if parts else "skills.about_the_same"
    return Text(f"{text_id}_today" if change.get("is_today") else text_id, values)
