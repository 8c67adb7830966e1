"""A needs map tells how much is missing by pattern and number, on a phone, in any direction."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import Look, NeedsCell, NeedsGrid, NeedsRow, draw_needs
from bot.pictures.needs import MOST_ROWS
from bot.pictures.png import to_png
from tests.pictures.test_drawings import (
    LANGUAGES,
    SVG,
    WORDS,
    assert_all_words_inside,
    fills_of,
    marks_of,
    read,
    sides_of,
    words_of,
)
from tests.support.png import grey_rows, png_size

ENGLISH = Look("en", "#8a3d00")
ROW = NeedsRow("Finding things online", (NeedsCell(0, 1, "12 people"), NeedsCell(1, 3, "3 people")))
GRID = NeedsGrid(
    "What your teams need", ("Front desk", "Office"), (ROW,), "0 not yet", "2 answered"
)


def one(now: int, should: int, *, is_disputed: bool = False) -> NeedsGrid:
    cell = NeedsCell(now, should, is_disputed=is_disputed)
    return NeedsGrid("Needs", ("",), (NeedsRow("Skill", (cell,)),))


def test_each_cell_says_now_needed_and_for_how_many() -> None:
    said = words_of(draw_needs(GRID, ENGLISH))
    assert said == [
        *("What your teams need", "0 not yet", "Front desk", "Office", "Finding things online"),
        *("0", "1", "12 people", "1", "3", "3 people", "2 answered"),
    ]


def test_how_much_is_missing_shows_without_colour() -> None:
    fills = [fills_of(draw_needs(one(0, level), ENGLISH))[-2] for level in range(5)]
    assert len(set(fills)) == 5
    darkness = [
        sum(map(sum, grey_rows(to_png(draw_needs(one(0, level), Look("en", "#8a3d00"))))))
        for level in range(1, 5)
    ]
    assert darkness == sorted(darkness, reverse=True)


def test_what_people_can_do_already_is_no_need() -> None:
    known, met = draw_needs(one(3, 1), ENGLISH), draw_needs(one(2, 2), ENGLISH)
    assert fills_of(known)[-2] == fills_of(met)[-2]
    assert words_of(known)[-2:] == ["3", "1"]


def test_a_dispute_has_a_mark_and_a_broken_edge() -> None:
    agreed = draw_needs(one(1, 3), ENGLISH)
    disputed = draw_needs(one(1, 3, is_disputed=True), ENGLISH)
    assert "?" in words_of(disputed)
    assert "stroke-dasharray" in disputed.svg
    assert "?" not in words_of(agreed)
    assert "stroke-dasharray" not in agreed.svg


def test_a_team_that_nobody_spoke_for_has_an_empty_cell() -> None:
    drawing = draw_needs(replace(GRID, rows=(NeedsRow("Skill", (None, ROW.cells[0])),)), ENGLISH)
    assert len(marks_of(drawing)) == 1
    assert "3 7" in drawing.svg


@pytest.mark.parametrize(
    "wrong",
    [
        replace(GRID, rows=()),
        replace(GRID, rows=(ROW,) * (MOST_ROWS + 1)),
        replace(GRID, teams=()),
        replace(GRID, teams=("One",)),
        replace(GRID, teams=("a",) * 5, rows=(NeedsRow("", (None,) * 5),)),
        one(0, 5),
        one(-1, 2),
    ],
)
def test_a_map_that_makes_no_sense_is_refused(wrong: NeedsGrid) -> None:
    with pytest.raises(ValueError, match=r"map|row|levels"):
        draw_needs(wrong, ENGLISH)


def test_a_map_is_mirrored_where_reading_goes_the_other_way() -> None:
    usual, turned = draw_needs(GRID, ENGLISH), draw_needs(GRID, replace(ENGLISH, language="ur"))
    places = [(usual.width - x - wide, wide) for x, wide in sides_of(usual)]
    assert sides_of(turned) == [pytest.approx(place, abs=0.02) for place in places]
    assert all("scale(-" in mark.get("transform", "") for mark in marks_of(turned))


def test_the_largest_page_can_be_sent() -> None:
    rows = tuple(
        NeedsRow("Protecting personal data and privacy", (NeedsCell(0, 3, "1,200 people"),) * 4)
        for _ in range(MOST_ROWS)
    )
    teams = tuple(f"The team that works at the long counter {at}" for at in range(4))
    drawing = draw_needs(NeedsGrid("Needs", teams, rows), ENGLISH)
    assert_all_words_inside(drawing)
    assert png_size(to_png(drawing, 960))[0] == 960


def test_hostile_words_stay_words() -> None:
    bad = "</text><script>alert(1)</script>&amp;\"'\x00\ufffe\ud800 \u202e\x1b[31m"
    row = NeedsRow(bad, (NeedsCell(0, 4, bad),))
    drawing = draw_needs(NeedsGrid(bad, (bad,), (row,), bad, bad), Look(bad))
    tags = {found.tag.removeprefix(SVG) for found in read(drawing).iter()}
    assert tags <= {"svg", "defs", "pattern", "rect", "circle", "path", "text"}


@settings(max_examples=30)
@given(WORDS, WORDS, WORDS, LANGUAGES, st.integers(1, 4))
def test_no_words_leave_a_map(title: str, label: str, note: str, language: str, teams: int) -> None:
    rows = (NeedsRow(label, (NeedsCell(0, 3, note, is_disputed=True),) * teams),)
    grid = NeedsGrid(title, (label[:60],) * teams, rows, note, title)
    assert_all_words_inside(draw_needs(grid, Look(language)))
