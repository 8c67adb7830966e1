"""Charts of a city's figures can be read without colour, and draw nothing that is not told."""

from __future__ import annotations

import re

import pytest

from bot.pictures.canvas import Look
from bot.pictures.figures import WIDTH, Bar, Spot, draw_bars, draw_columns, draw_map

LOOK = Look("en", "#8a3d00")
BARS = (Bar("Hulme", 240, "240"), Bar("Moston <b>", None, "not told"), Bar("Ardwick", 0, "0"))
SPOTS = (
    Spot("Hulme", 53.46, -2.25, 240, "240"),
    Spot("Moston", 53.51, -2.18, None, "not told"),
    Spot("Ardwick", 53.47, -2.21, 9, "9"),
)


def words_of(svg: str) -> list[str]:
    return re.findall(r"<text [^>]*>(.*?)</text>", svg)


def test_bars_have_their_words_and_numbers() -> None:
    svg = draw_bars("By ward", BARS, LOOK).svg

    assert words_of(svg) == [
        *("By ward", "Hulme", "240", "Moston &lt;b&gt;", "not told", "Ardwick", "0"),
    ]


def test_what_is_not_told_is_hatched_and_as_long_whatever_it_is() -> None:
    svg = draw_bars("By ward", BARS, LOOK).svg

    assert svg.count('fill="url(#few)"') == 1
    assert 'width="40" height="26"' in svg


def test_the_larger_the_circle_the_more_people() -> None:
    svg = draw_map("By ward", SPOTS, LOOK).svg
    radii = [float(one) for one in re.findall(r'<circle [^>]*r="([0-9.]+)"', svg)]

    assert radii == [40, 22, 7]
    assert words_of(svg) == ["By ward", "240", "Hulme", "9", "Ardwick"]
    assert "stroke-dasharray" in svg


def test_north_is_up_and_east_is_right_in_every_language() -> None:
    for language in ("en", "ur"):
        svg = draw_map("By ward", SPOTS, Look(language)).svg
        hulme, _, moston = [
            (float(x), float(y))
            for x, y in re.findall(r'<circle cx="([0-9.]+)" cy="([0-9.]+)"', svg)
        ]
        assert moston[0] > hulme[0]
        assert moston[1] < hulme[1]


@pytest.mark.parametrize("number", [0, 1, 2, 13, 53, 200])
def test_columns_stay_inside_the_picture(number: int) -> None:
    columns = [Bar("28/12/26", week % 7 or None, str(week)) for week in range(number)]
    drawing = draw_columns("Over time", columns, LOOK)
    places = re.findall(r'<rect x="([0-9.-]+)" y="[0-9.-]+" width="([0-9.]+)"', drawing.svg)

    assert drawing.width == WIDTH
    assert all(float(x) >= 0 and float(x) + float(wide) <= WIDTH for x, wide in places)
    assert len(words_of(drawing.svg)) <= 1 + 2 * 6


def test_empty_charts_are_drawn() -> None:
    assert draw_bars("Nothing", (), LOOK).height > 0
    assert draw_map("Nothing", (), LOOK).height > 0
