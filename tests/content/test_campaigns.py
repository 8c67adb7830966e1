"""Shipped campaigns and the rules of sending: read strictly, with every fault's file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.campaigns import SendingRules, read_campaigns, read_sending_rules
from content.load import Content
from content.problems import Problem

GOOD = """\
version: "1"
topic: news
audience: "everyone"
fill: [dates]
title: "Open day"
text: "Come to {city} on {dates}."
buttons:
  find: {kind: open, target: find, label: "Look for a course"}
"""


def read(folder: Path, written: str, name: str = "open-day") -> tuple[list[str], list[Problem]]:
    (folder / "campaigns").mkdir(exist_ok=True)
    (folder / f"campaigns/{name}.yaml").write_text(written, "utf-8")
    problems: list[Problem] = []
    found, texts = read_campaigns(folder, {"known": object()}, problems)
    assert all(text.id.startswith(f"campaign.{name}.") for text in texts)
    return list(found), problems


def test_a_campaigns_words_are_texts_like_all_others(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == (["open-day"], [])
    found, texts = read_campaigns(tmp_path, {}, [])
    assert [text.id for text in texts] == [
        "campaign.open-day.find.button",
        "campaign.open-day.title",
        "campaign.open-day.text",
    ]
    assert found["open-day"].buttons[0].label == "campaign.open-day.find.button"


@pytest.mark.parametrize(
    ("change", "line", "field"),
    [
        (("topic: news", "topic: adverts"), 2, "topic"),
        (("version", "number"), 1, "number"),
        (('audience: "everyone"', 'audience: ""'), 3, "audience"),
        (("fill: [dates]", "fill: [dates, place]"), 4, "fill"),
        (("fill: [dates]", "fill: []"), 4, "fill"),
        (("fill: [dates]", "sources: [unknown]\nfill: [dates]"), 4, "sources"),
        (("{dates}", "{dates"), 6, "text"),
        (('title: "Open day"', 'title: ""'), 5, "title"),
        (("kind: open", "kind: jump"), 8, "buttons"),
        (("kind: open, target: find", "kind: poll"), 0, "file"),
        (("  find:", "  a-very-long-button:"), 8, "buttons"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(
    tmp_path: Path, change: tuple[str, str], line: int, field: str
) -> None:
    _, problems = read(tmp_path, GOOD.replace(*change))

    assert problems
    assert problems[0].file == "campaigns/open-day.yaml"
    assert problems[0].field.partition(".")[0] == field
    if line:
        assert problems[0].line in (line, line - 1)


def test_the_rules_of_sending_have_bounds(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_sending_rules(tmp_path, problems) == SendingRules()
    (tmp_path / "sending.yaml").write_text('approval_above: "10"\ncap: "3"\n', "utf-8")
    assert read_sending_rules(tmp_path, problems) == SendingRules(approval_above=10, cap=3)
    assert problems == []
    (tmp_path / "sending.yaml").write_text('cap: "0"\n', "utf-8")
    assert read_sending_rules(tmp_path, problems) == SendingRules()
    assert [(one.file, one.line, one.field) for one in problems] == [("sending.yaml", 1, "cap")]


def test_a_shipped_campaign_states_facts_with_a_source_or_leaves_gaps(shipped: Content) -> None:
    """Dates and places of real events are the city's to fill in: none stands in shipped words."""
    for campaign in shipped.campaigns.values():
        words = str(shipped.texts[campaign.text].entry)
        has_figures = any(letter.isdigit() for letter in words)
        assert not has_figures or campaign.sources, campaign.id
