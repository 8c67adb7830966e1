from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from markupsafe import escape

from bot.courses.records import Course
from bot.web.public.structured import embedded, of_course
from content.frameworks import Framework, QuickCheck
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fake_open import opened
from tests.web.fakes import EXCEL, World, content


def spelled(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


async def test_a_course_page_says_everything_that_is_known(visitor: Visitor) -> None:
    await visitor.get("/courses/excel")
    page = visitor.last

    assert '<h1 dir="auto">Excel for beginners</h1>' in page
    assert "Tuesdays, 6:30pm to 8:30pm" in page
    assert "£45. Free if you get Universal Credit" in page
    assert "You can use a mouse and a keyboard." in page
    assert 'rel="canonical" href="http://127.0.0.1:8080/courses/excel"' in page
    assert 'property="og:title" content="Excel for beginners"' in page
    assert "https://t.me/LearningCityBot?start=course_excel" in page
    assert "/courses/excel.ics?instance=evening1" in page


async def test_a_course_page_tells_search_engines_in_their_own_words(visitor: Visitor) -> None:
    await visitor.get("/courses/excel")
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', visitor.last)
    assert script is not None
    told = json.loads(script[1])

    assert told["@type"] == "Course"
    assert told["provider"]["name"] == "Moss Side College"
    evening, online = told["hasCourseInstance"]
    assert (evening["startDate"], evening["courseMode"]) == ("2027-01-12", "onsite")
    assert evening["location"]["address"]["postalCode"] == "M15 5DD"
    assert "location" not in online
    assert [offer["price"] for offer in told["offers"]] == ["45"]


async def test_a_provider_s_words_cannot_leave_their_place(visitor: Visitor) -> None:
    await visitor.get("/courses/cooking")

    assert "<script>alert" not in visitor.last
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in visitor.last
    assert "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e" in visitor.last


async def test_sample_courses_are_labelled_and_not_indexed(visitor: Visitor) -> None:
    await visitor.get("/courses/cooking")

    assert "Sample data" in visitor.last
    assert "This course is made up" in visitor.last
    assert 'name="robots" content="noindex"' in visitor.last


async def test_a_withdrawn_course_says_so_and_stays_reachable(visitor: Visitor) -> None:
    response = await visitor.get("/courses/gone")

    assert response.status == 200
    assert "This course is no longer offered" in visitor.last
    assert "Apply on their page" not in visitor.last


@pytest.mark.parametrize(
    "path", ["/courses/none", "/courses/..%2f..%2fetc", "/courses/a%00b", "/cities/atlantis"]
)
async def test_what_is_not_there_is_not_found(visitor: Visitor, path: str) -> None:
    response = await visitor.get(path)

    assert response.status == 404
    assert "Page not found" in visitor.last


async def test_a_calendar_file_is_served(visitor: Visitor) -> None:
    response = await visitor.get("/courses/excel.ics?instance=evening1")

    assert response.status == 200
    assert response.content_type == "text/calendar"
    assert (await response.read()).startswith(b"BEGIN:VCALENDAR")
    assert (await visitor.get("/courses/excel.ics?instance=none")).status == 404
    assert (await visitor.get("/courses/cooking.ics")).status == 404


async def test_a_city_page_lists_what_starts_soon(visitor: Visitor) -> None:
    await visitor.get("/cities/manchester")

    assert "Things to learn in Manchester" in visitor.last
    assert 'href="/courses/excel"' in visitor.last
    assert 'href="/courses/maths"' not in visitor.last
    assert "Some courses here are sample data" in visitor.last
    assert 'data-city="manchester"' in visitor.last


async def test_every_source_stands_with_its_licence(world: World, visitor: Visitor) -> None:
    await visitor.get("/sources")

    content = world.ports.content()

    assert len(content.sources) >= 5
    assert content.needs.sources
    for source in (*content.sources.values(), *content.needs.sources):
        assert str(source.licence) in visitor.last
        assert str(escape(source.title)) in visitor.last


async def test_every_framework_says_whose_it_is_and_what_was_changed(
    world: World, visitor: Visitor
) -> None:
    await visitor.get("/sources")

    loaded = world.ports.content()
    found: list[Framework | QuickCheck] = [*loaded.frameworks.values()]
    for one in [*found, *loaded.quick_checks.values()]:
        section = visitor.last.split(f'id="framework-{one.id}"')[1].split("</section>")[0]
        for said in (one.label, one.changes, one.source.attribution, one.source.licence):
            assert str(escape(said)) in section
        assert f"<dd>{one.version}" in section
        assert ("our suggestion, not an official mapping" in section) is bool(one.crosswalk_to)


async def test_the_place_of_the_citys_own_framework_is_shown_empty(visitor: Visitor) -> None:
    await visitor.get("/sources")

    assert "Manchester Digital Skills Framework" in visitor.last
    assert "Not published yet." in visitor.last


@pytest.mark.parametrize("language", ["cy", "ur"])
async def test_pages_come_in_the_reader_s_language(visitor: Visitor, language: str) -> None:
    response = await visitor.get("/privacy", headers={"Accept-Language": f"fr, {language};q=0.8"})
    assert response.headers["Content-Language"] == language
    asked = await visitor.get(f"/privacy?lang={language}")
    assert asked.headers["Content-Language"] == language
    assert (await visitor.get("/privacy?lang=xx")).headers["Content-Language"] == "en"


async def test_the_accessibility_statement_is_dated_and_names_what_is_missing(
    visitor: Visitor,
) -> None:
    await visitor.get("/accessibility")
    statement = content().accessibility

    assert f"last reviewed on {spelled(statement.reviewed)}" in visitor.last
    for issue in statement.issues:
        assert f"We have known this since {spelled(issue.found)}" in visitor.last
    assert visitor.last.count("Last done on") == len(statement.methods)
    assert "Translations into Cymraeg and" in visitor.last
    assert "No outside expert has tested it yet." in visitor.last
    assert "It meets the guidelines in part." in visitor.last
    assert "What does not work yet" in visitor.last
    assert "Type /complain in the chat" in visitor.last
    assert "Equality and Human Rights Commission enforces it" in visitor.last


@pytest.mark.parametrize("path", ["/", "/courses/excel", "/privacy", "/staff/login/x", "/nothing"])
async def test_every_page_leads_to_the_accessibility_statement(visitor: Visitor, path: str) -> None:
    await visitor.get(path)

    assert '<a href="/accessibility">' in visitor.last


async def test_files_are_kept_by_their_version(visitor: Visitor) -> None:
    await visitor.get("/")
    path = re.search(r'href="(/static/base\.css\?v=[0-9a-f]+)"', visitor.last)
    assert path is not None
    assert "immutable" in (await visitor.get(path[1])).headers["Cache-Control"]
    assert "immutable" not in (await visitor.get("/static/base.css")).headers["Cache-Control"]
    assert (await visitor.get("/static/../ports.py")).status == 404
    assert (await visitor.get("/static/..%2fports.py")).status == 404


async def test_health_answers(visitor: Visitor) -> None:
    assert (await visitor.get("/healthz")).status == 200
    assert (await visitor.get("/readyz")).status == 200
    assert b"turns_total" in await (await visitor.get("/metrics")).read()


def test_unknown_facts_are_left_out_of_structured_data() -> None:
    told = of_course(Course("x", "P", "T"), "https://c.example/courses/x")

    assert told == {
        "@context": "https://schema.org",
        "@type": "Course",
        "@id": "https://c.example/courses/x",
        "url": "https://c.example/courses/x",
        "name": "T",
        "description": "T",
        "provider": {"@type": "Organization", "name": "P"},
    }


def test_structured_data_cannot_end_its_element() -> None:
    told = embedded({"name": "</script><script>alert(1)//" + EXCEL.title})

    assert "<" not in told
    assert json.loads(str(told))["name"].startswith("</script>")


async def test_the_way_to_apply_is_counted_and_leads_to_the_provider(
    world: World, visit: Visit
) -> None:
    world.ports = replace(world.ports, opened=opened(world.catalogue))
    visitor = await visit(world)
    person = await visitor.get("/courses/excel/apply", headers={"User-Agent": "Firefox"})
    program = await visitor.get("/courses/excel/apply", headers={"User-Agent": "TelegramBot"})

    for response in (person, program):
        assert response.status == 302
        assert response.headers["Location"] == "https://college.example/apply"
        assert response.headers["Cache-Control"] == "no-store"
    assert world.catalogue.applied == ["excel"]
    assert (await visitor.get("/courses/nothing/apply")).status == 404
    await visitor.get("/courses/excel")
    assert 'href="/courses/excel/apply"' in visitor.last
