"""From SVG to PNG: bounded, with our fonts alone, in a process of its own."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from bot.errors import PictureFailed
from bot.pictures import Drawing, Look, RouteLine, RouteStep, draw_route
from bot.pictures import png as painting
from bot.pictures.lettering import FONTS
from bot.pictures.png import to_png
from bot.pictures.route import StepState
from tests.support import subset_fonts
from tests.support.png import grey_rows, png_size

ROUTE = draw_route(RouteLine("A route", (RouteStep("One", "next", "Next"),)), Look())


def plain(inside: str, width: int = 40, height: int = 30) -> Drawing:
    size = f'width="{width}" height="{height}"'
    return Drawing(f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>', width, height)


def test_a_picture_has_the_width_that_was_asked_for() -> None:
    assert png_size(to_png(ROUTE)) == (600, ROUTE.height)
    assert png_size(to_png(ROUTE, 960)) == (960, round(ROUTE.height * 1.6))


def test_the_same_picture_is_the_same_bytes() -> None:
    assert to_png(ROUTE) == to_png(ROUTE)


@pytest.mark.parametrize(
    "drawing",
    [
        plain("", 6000),
        plain("", 100, 6000),
        plain("", 10, 300),
        plain("", 0),
        plain("", 10, 0),
        plain("<!--" + "x" * painting.MOST_SVG + "-->"),
        plain("<rect"),
        Drawing("no picture at all", 40, 30),
    ],
    ids=["wide", "high", "steep", "no width", "no height", "large", "broken", "words"],
)
def test_what_cannot_be_drawn_is_refused(drawing: Drawing) -> None:
    with pytest.raises(PictureFailed):
        to_png(drawing)


def test_a_png_that_is_too_large_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(painting, "MOST_PNG", 100)
    with pytest.raises(PictureFailed, match="not given out"):
        to_png(ROUTE)


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="file:///etc/passwd" width="40" height="30"/>',
        '<image href="http://127.0.0.1:9/x.png" width="40" height="30"/>',
        '<image href="/etc/hostname.png" width="40" height="30"/>',
    ],
)
def test_nothing_is_fetched_or_read(inside: str) -> None:
    assert to_png(plain(inside)) == to_png(plain(""))


def test_fonts_of_the_system_are_not_used() -> None:
    serif = '<text x="2" y="20" font-family="DejaVu Serif, serif">Aa</text>'
    ours = '<text x="2" y="20" font-family="Noto Sans">Aa</text>'
    assert to_png(plain(serif)) == to_png(plain(""))
    assert to_png(plain(ours)) != to_png(plain(""))


def test_a_painter_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*args: Any, **options: Any) -> Any:
        raise subprocess.TimeoutExpired(args[0], options["timeout"])

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(PictureFailed, match="TimeoutExpired"):
        to_png(ROUTE)


def test_a_picture_can_be_read_in_black_and_white() -> None:
    """What each step is shows in what is dark, not only in colour."""
    shapes = []
    states: tuple[StepState, ...] = ("done", "next", "likely", "later")
    for state in states:
        step = RouteStep("", state, "")
        rows = grey_rows(to_png(draw_route(RouteLine("", (step,)), Look("en", "#8a3d00"))))
        shapes.append(sum(byte < 128 for row in rows for byte in row[20:100]))
    assert shapes[0] > shapes[1] * 1.1 > shapes[3] * 1.5
    assert shapes[1] * 0.9 > shapes[2] > shapes[3] * 1.1


@pytest.mark.slow
@pytest.mark.parametrize("font", subset_fonts.SOURCES)
def test_the_fonts_are_what_their_script_makes(font: str) -> None:
    package, name, characters = subset_fonts.SOURCES[font]
    assert (FONTS / f"{font}.ttf").read_bytes() == subset_fonts.subset(package, name, characters)
    assert (FONTS / f"{font}-OFL.txt").read_bytes() == subset_fonts.licence(package)
    assert b"SIL Open Font License, Version 1.1" in subset_fonts.licence(package)
