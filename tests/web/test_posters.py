"""Posters: a sheet of A4 whose code opens what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
import segno

from bot.people import Grant, Role
from bot.pictures import Look
from bot.pictures.canvas import Canvas
from bot.pictures.poster import HEIGHT, LONGEST, WIDTH, Poster, draw_poster
from bot.pictures.qr import QUIET, draw_code
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fake_classes import COLLEGE, ENDED, OPEN
from tests.web.fakes import World, make_world

BOT = "http://127.0.0.1:8080"
_STEPS = re.compile(r'<path transform="[^"]+" d="([^"]+)"')


def holds(svg: str, link: str) -> bool:
    """Whether a picture shows the code of a link, module for module."""
    canvas = Canvas(1000, Look())
    draw_code(canvas, link, 0, 0, 700)
    steps = _STEPS.search(canvas.finish(1000).svg)
    assert steps is not None
    assert f"M{QUIET} {QUIET}h7" in steps[1]  # the finder pattern of every code begins so
    assert len(segno.make(link, error="m", micro=False).matrix) >= 21
    return steps[1] in svg


async def _signed_in(visit: Visit, world: World, *grants: Grant) -> Visitor:
    world.staff.sign_in("s" * 22, *grants)
    visitor = await visit(world)
    visitor.client.session.cookie_jar.update_cookies({"lcb-staff": "s" * 22}, visitor.public)
    return visitor


@pytest.fixture
async def editor(visit: Visit, world: World) -> Visitor:
    return await _signed_in(visit, world, Grant(Role.EDITOR, "manchester"))


async def _sheet(visitor: Visitor, **query: str) -> str:
    response = await visitor.get("/staff/posters/sheet.svg", params=query)
    assert response.status == 200
    assert response.content_type == "image/svg+xml"
    svg = await response.text()
    assert ET.fromstring(svg).get("width") == "210mm"
    return svg


async def test_a_search_opens_with_its_words(editor: Visitor) -> None:
    svg = await _sheet(editor, about="search", words="excel, café  evening")

    assert holds(svg, f"{BOT}/c/manchester?start=find_excel_cafe_evening")
    await editor.get("/staff/posters?about=search&words=excel")
    assert holds(editor.last, f"{BOT}/c/manchester?start=find_excel")
    assert "Courses and more: excel" in editor.last


async def test_a_course_says_when_and_where_and_that_it_is_a_sample(editor: Visitor) -> None:
    svg = await _sheet(editor, about="course", course="cooking")

    assert holds(svg, f"{BOT}/c/manchester?start=course_cooking")
    assert "&lt;script&gt;" in svg
    assert "<script>" not in svg
    assert "ample" in svg


@pytest.mark.parametrize(
    "copied", ["/courses/cooking", f"{BOT}/courses/cooking/", f" {BOT}/courses/cooking?lang=ur#top"]
)
async def test_the_address_of_a_course_may_be_copied_whole(editor: Visitor, copied: str) -> None:
    svg = await _sheet(editor, about="course", course=copied)

    assert holds(svg, f"{BOT}/c/manchester?start=course_cooking")


async def test_english_words_stay_in_order_in_an_urdu_poster(editor: Visitor) -> None:
    svg = await _sheet(editor, about="open", target="skills", language="ur")

    assert "\u2068127.0.0.1:8080/c/manchester\u2069" in svg


async def test_something_to_do_opens_in_telegram_too(editor: Visitor) -> None:
    svg = await _sheet(editor, about="open", target="pledge", way="telegram", heading="Our week")

    assert holds(svg, "https://t.me/LearningCityBot?start=pledge")
    assert "Our week" in svg


async def test_a_poster_speaks_the_language_that_is_asked_for(editor: Visitor) -> None:
    welsh = await _sheet(editor, about="open", target="skills", language="cy")
    urdu = await _sheet(editor, about="open", target="skills", language="ur")

    assert "Sganiwch" in welsh
    assert holds(urdu, f"{BOT}/c/manchester?start=skills")


async def test_a_class_shows_its_words_to_its_own_teacher_alone(visit: Visit, world: World) -> None:
    teacher = await _signed_in(visit, world, Grant(Role.PROVIDER, "manchester", COLLEGE))
    svg = await _sheet(teacher, about="class", code=OPEN)
    assert "type these words" in svg
    assert "until" in svg
    over = await teacher.get(f"/staff/posters/sheet.svg?about=class&code={ENDED}")
    assert over.status == 404
    await teacher.get(f"/staff/posters?about=class&code={ENDED}")
    assert "This code takes nobody any more." in teacher.last

    other = await _signed_in(visit, make_world(), Grant(Role.PROVIDER, "manchester", "Other"))
    refused = await other.get(f"/staff/posters/sheet.svg?about=class&code={OPEN}")
    assert refused.status == 404


@pytest.mark.parametrize(
    "query",
    [
        "about=search",
        "about=search&words=اردو",
        "about=course&course=nothing",
        "about=course&course=maths",  # of another city
        "about=course&course=gone",
        "about=open&city=belfast",
        "about=open&city=atlantis",
    ],
)
async def test_there_is_no_sheet_of_what_is_not_there(editor: Visitor, query: str) -> None:
    assert (await editor.get(f"/staff/posters/sheet.svg?{query}")).status == 404


async def test_the_page_says_what_is_missing(editor: Visitor) -> None:
    await editor.get("/staff/posters?about=course&course=nothing")

    assert "There is no course with this address in this city." in editor.last


async def test_long_words_still_fit_on_one_sheet(world: World) -> None:
    long = ("Pneumonoultramicroscopicsilicovolcanoconiosis for WOMEN with WWWWs " * 3)[:LONGEST]
    poster = Poster(long, (long,) * 5, BOT, long, (long,) * 4, long, long)

    for language in ("en", "ur"):
        drawing = draw_poster(poster, replace(Look(), language=language))
        assert (drawing.width, drawing.height) == (WIDTH, HEIGHT)
        tops = [float(one) for one in re.findall(r' y="(-?[\d.]+)"', drawing.svg)]
        assert max(tops) <= HEIGHT
        scale = re.search(r"<path transform=\"[^\"]+scale\(([\d.]+)", drawing.svg)
        assert scale is not None
        assert float(scale[1]) * 37 >= 300, "a camera reads it from across a room"
    assert world.ports.content().words.has("poster.scan")
