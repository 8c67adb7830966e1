"""Pictures: what they show, to whoever sees no colour, reads from the right, or has long words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures import (
    Drawing,
    LevelChart,
    LevelRow,
    Look,
    RouteLine,
    RouteStep,
    ShareCard,
    draw_levels,
    draw_route,
    draw_share,
)
from bot.pictures.lettering import width
from bot.pictures.palette import EDGE, INK, PAPER, QUIET, TRACK, Palette
from content.colour import contrast
from content.load import load

SVG = "{http://www.w3.org/2000/svg}"
ENGLISH = Look("en", "#8a3d00")
SCALE = ("Basic", "Intermediate", "Advanced", "Highly advanced")
CLEAR = LevelRow("Finding things online", 2, 2, 2, "Intermediate", "you told us")
RANGE = LevelRow("Checking facts", 1, 1, 2, "Basic to Intermediate", "you told us")
GUESS = LevelRow("Keeping files", 2, 1, 3, "Basic to Advanced", "first estimate", is_estimated=True)
NOT_YET = LevelRow("Paying online", 0, 0, 0, "Not yet", "you told us")
ROUTE = RouteLine(
    "Getting an office job",
    (
        RouteStep("Finding things online", "done", "Done", "you told us"),
        RouteStep("Excel for beginners", "next", "Next", "Tuesdays, Moss Side"),
        RouteStep("Keeping files in order", "later", "Later"),
    ),
    "1 of 3 steps done",
)
CARD = ShareCard("I can do this", "Manchester", ("Finding things", "Paying safely"))


def chart(*rows: LevelRow, **changes: Any) -> LevelChart:
    return replace(LevelChart("What you can do", SCALE, rows), **changes)


def read(drawing: Drawing) -> Element:
    root = fromstring(drawing.svg)
    assert (root.get("width"), root.get("height")) == (str(drawing.width), str(drawing.height))
    return root


def words_of(drawing: Drawing) -> list[str]:
    hidden = str.maketrans("", "", "\u2067\u2068\u2069")
    return ["".join(one.itertext()).translate(hidden) for one in read(drawing).iter(f"{SVG}text")]


def colours_of(drawing: Drawing) -> set[str]:
    return set(re.findall(r"#[0-9a-f]{6}", drawing.svg))


def marks_of(drawing: Drawing) -> list[Element]:
    """Return the ticks, arrows and triangles: what is drawn as a path in its place."""
    return [one for one in read(drawing).iter(f"{SVG}path") if one.get("transform")]


def fills_of(drawing: Drawing) -> list[str]:
    return [one.get("fill", "") for one in read(drawing).iter(f"{SVG}rect")]


def sides_of(drawing: Drawing) -> list[tuple[float, float]]:
    """Return where each placed rectangle begins and how wide it is."""
    rects = [one for one in read(drawing).iter(f"{SVG}rect") if one.get("x") is not None]
    return [(float(one.get("x", "")), float(one.get("width", ""))) for one in rects]


def assert_all_words_inside(drawing: Drawing) -> None:
    for one in read(drawing).iter(f"{SVG}text"):
        words, size = "".join(one.itertext()), float(one.get("font-size", "0"))
        long = width(words, size, is_bold=one.get("font-weight") == "700")
        x, y = float(one.get("x", "")), float(one.get("y", ""))
        left = x - long * {"start": 0.0, "middle": 0.5, "end": 1.0}[one.get("text-anchor", "")]
        assert left >= -1, words
        assert left + long <= drawing.width + 1, words
        assert size * 0.6 < y < drawing.height, words
        assert size >= drawing.width / 640 * 17 or drawing.width == 1080, words


def test_each_row_says_its_level_in_words_beside_its_bar() -> None:
    said = words_of(draw_levels(chart(CLEAR, RANGE, GUESS, NOT_YET, footer="Today"), ENGLISH))
    for row in (CLEAR, RANGE, GUESS, NOT_YET):
        assert {row.label, row.reading, row.note} <= set(said)
    assert said[0] == "What you can do"
    assert said[-1] == "Today"
    assert said.index("Checking facts") < said.index("Basic to Intermediate")


def test_told_and_estimated_levels_differ_without_colour() -> None:
    told, guessed = draw_levels(chart(RANGE), ENGLISH), draw_levels(chart(GUESS), ENGLISH)
    assert "url(#hatched)" in fills_of(told)
    assert len(list(read(told).iter(f"{SVG}circle"))) == 2
    assert "url(#dotted)" in fills_of(guessed)
    assert "url(#hatched)" not in fills_of(guessed)
    assert Palette.of(ENGLISH.accent).accent not in fills_of(guessed)
    assert "stroke-dasharray" in guessed.svg
    assert "stroke-dasharray" not in told.svg
    assert [one.get("r") for one in read(guessed).iter(f"{SVG}circle")] == ["2.2"]  # its pattern


@pytest.mark.parametrize(("level", "cells"), [(0, 0), (1, 1), (2.5, 3), (4, 4)])
def test_a_bar_fills_as_many_cells_as_its_level(level: float, cells: int) -> None:
    row = replace(CLEAR, level=level, low=level, high=level)
    assert fills_of(draw_levels(chart(row), ENGLISH)).count("#8a3d00") == cells


def test_a_level_that_fell_is_drawn_like_any_other() -> None:
    rose = replace(CLEAR, level=3, low=3, high=3, before=2, before_reading="In March: lower")
    fell = replace(CLEAR, level=1, low=1, high=1, before=2, before_reading="In March: higher")
    drawings = [draw_levels(chart(one), ENGLISH) for one in (rose, fell)]
    assert colours_of(drawings[0]) == colours_of(drawings[1])
    assert colours_of(drawings[1]) <= {"#8a3d00", Palette.of("#8a3d00").tint, PAPER, INK, QUIET,
                                       EDGE, TRACK}  # fmt: skip
    assert [marks_of(one) for one in drawings] == [[], []]
    assert "In March: higher" in words_of(drawings[1])


def test_a_rise_is_marked_and_said() -> None:
    told = draw_levels(chart(replace(CLEAR, before=1, rise="Up a level")), ENGLISH)
    assert "Up a level" in words_of(told)
    assert len(marks_of(told)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        chart(),
        chart(*[CLEAR] * 31),
        chart(CLEAR, scale=("one", "two")),
        chart(replace(CLEAR, level=5, high=5)),
        chart(replace(CLEAR, low=3)),
        chart(replace(CLEAR, low=-1)),
        chart(replace(CLEAR, before=7)),
        chart(replace(CLEAR, level=float("nan"))),
    ],
)
def test_a_chart_that_makes_no_sense_is_refused(wrong: LevelChart) -> None:
    with pytest.raises(ValueError, match="level"):
        draw_levels(wrong, ENGLISH)


def test_a_route_says_and_shows_what_each_step_is() -> None:
    drawing = draw_route(ROUTE, ENGLISH)
    said = words_of(drawing)
    states = [one for one in said if one.startswith(("Done", "Next", "Later"))]
    assert states == ["Done · you told us", "Next · Tuesdays, Moss Side", "Later"]
    tick, arrow = [one.get("d") for one in marks_of(drawing)]
    assert tick != arrow
    assert drawing.svg.count("stroke-dasharray") == 1
    assert fills_of(drawing).count(Palette.of("#8a3d00").tint) == 1


def test_a_step_held_by_an_estimate_looks_and_reads_unlike_one_that_is_done() -> None:
    steps = (RouteStep("One", "done", "Done"), RouteStep("One", "likely", "At an estimate"))
    done, likely = (draw_route(RouteLine("", (step,)), ENGLISH) for step in steps)

    assert "At an estimate" in words_of(likely)
    assert [one.get("d") for one in marks_of(likely)] == [one.get("d") for one in marks_of(done)]
    assert likely.svg.count("stroke-dasharray") > done.svg.count("stroke-dasharray")


@pytest.mark.parametrize("steps", [(), ROUTE.steps * 11])
def test_a_route_has_one_to_thirty_steps(steps: tuple[RouteStep, ...]) -> None:
    with pytest.raises(ValueError, match="1 to 30"):
        draw_route(replace(ROUTE, steps=steps), ENGLISH)


def test_a_route_of_thirty_steps_keeps_its_words_inside() -> None:
    assert_all_words_inside(draw_route(replace(ROUTE, steps=ROUTE.steps * 10), ENGLISH))


def test_a_share_card_is_square_and_names_nobody_unasked() -> None:
    drawing = draw_share(CARD, ENGLISH)
    assert (drawing.width, drawing.height) == (1080, 1080)
    assert words_of(drawing) == ["I can do this", "Manchester", "Finding things",
                                 "Paying safely"]  # fmt: skip
    assert "Ŵyn" in words_of(draw_share(replace(CARD, name="Ŵyn 漢"), ENGLISH))
    assert words_of(draw_share(replace(CARD, name="漢"), ENGLISH)) == words_of(drawing)


@pytest.mark.parametrize("lines", [(), ("a",) * 4])
def test_a_share_card_has_one_to_three_lines(lines: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="1 to 3"):
        draw_share(replace(CARD, lines=lines), ENGLISH)


@pytest.mark.parametrize(
    "draw",
    [lambda look: draw_levels(chart(RANGE, GUESS), look), lambda look: draw_route(ROUTE, look)],
    ids=["levels", "route"],
)
def test_right_to_left_pictures_are_mirrored(draw: Callable[[Look], Drawing]) -> None:
    usual, turned = draw(ENGLISH), draw(replace(ENGLISH, language="ur"))
    places = [(usual.width - x - wide, wide) for x, wide in sides_of(usual)]
    assert sides_of(turned) == [pytest.approx(place, abs=0.02) for place in places]
    anchors = {one.get("text-anchor") for one in read(turned).iter(f"{SVG}text")}
    assert anchors <= {"end", "middle"}


def test_an_arrow_turns_with_the_reading_and_a_tick_does_not() -> None:
    tick, arrow = marks_of(draw_route(ROUTE, Look("ur")))
    assert "scale(-" not in tick.get("transform", "")
    assert "scale(-" in arrow.get("transform", "")


@pytest.mark.parametrize("city", load().cities.values(), ids=lambda city: city.id)
def test_colours_can_be_told_from_what_they_stand_on(city: Any) -> None:
    palette = Palette.of(city.accent.light)
    assert palette.accent == city.accent.light
    for ground in (PAPER, palette.tint):
        assert contrast(palette.accent, ground) >= 4.5
        assert contrast(INK, ground) >= 7
    assert contrast(QUIET, PAPER) >= 4.5
    assert contrast(EDGE, PAPER) >= 3
    assert contrast(EDGE, TRACK) >= 3


def test_a_colour_that_cannot_be_read_is_not_used() -> None:
    assert Palette.of("#ffdd00") == Palette.of(INK)


def test_hostile_words_stay_words() -> None:
    bad = "</text><script>alert(1)</script>&amp;\"'\x00\ufffe\ud800 \u202e\x1b[31m"
    row = LevelRow(bad, 1, 1, 1, bad, bad, before=1, before_reading=bad, rise=bad)
    drawings = (
        draw_levels(LevelChart(bad, (bad,) * 4, (row,), bad), Look("ur", "#8a3d00")),
        draw_route(RouteLine(bad, (RouteStep(bad, "next", bad, bad),), bad), Look(bad)),
        draw_share(ShareCard(bad, bad, (bad,), bad, bad), ENGLISH),
    )
    for drawing in drawings:
        tags = {one.tag.removeprefix(SVG) for one in read(drawing).iter()}
        assert tags <= {"svg", "defs", "pattern", "rect", "circle", "path", "text"}


WORDS = st.text(st.sampled_from("aWŵ مہارتیںڈ-()12 "), max_size=90)
LANGUAGES = st.sampled_from(["en", "cy", "ur"])


@given(WORDS, WORDS, WORDS, LANGUAGES, st.booleans())
def test_no_words_leave_a_level_chart(
    title: str, label: str, reading: str, language: str, is_estimated: bool
) -> None:
    row = LevelRow(label, 2, 1, 3, reading, label, is_estimated, 1, reading, label)
    assert_all_words_inside(
        draw_levels(LevelChart(title, (label[:20],) * 4, (row, CLEAR), reading), Look(language))
    )


@given(WORDS, WORDS, WORDS, LANGUAGES)
def test_no_words_leave_a_route(title: str, label: str, note: str, language: str) -> None:
    steps = (RouteStep(label, "done", "Done", note), RouteStep(note, "next", label))
    assert_all_words_inside(draw_route(RouteLine(title, steps, note), Look(language)))


@given(WORDS, st.lists(WORDS, min_size=1, max_size=3), WORDS, LANGUAGES)
def test_no_words_leave_a_share_card(
    title: str, lines: list[str], name: str, language: str
) -> None:
    card = ShareCard(title[:60], name[:40], tuple(lines), name[:40], title[:60])
    assert_all_words_inside(draw_share(card, Look(language)))
