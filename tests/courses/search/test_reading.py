"""What a line of plain words is taken to mean."""

from datetime import date, time
from decimal import Decimal

import pytest

from bot.courses import Point, SearchRequest
from content.load import load
from tests.courses.search.catalogue import MOSS_SIDE, TODAY, index

INDEX = index()


@pytest.mark.parametrize(
    ("text", "subject", "chips"),
    [
        ("evning excel near moss side", "excel", {"patterns:evening", "place"}),
        ("I want to learn spreadsheets", "spreadsheets", set()),
        ("free yoga", "yoga", {"free"}),
        ("gluten free baking", "gluten free baking", set()),
        ("yoga for under £10", "yoga", {"max_price"}),
        ("yoga £10 or less", "yoga", {"max_price"}),
        ("yoga, 20 pounds", "yoga", {"max_price"}),
        ("plumbing level 2", "plumbing", {"levels:level-2"}),
        ("plumbing L2", "plumbing", {"levels:level-2"}),
        ("maths level one or two", "maths", {"levels:level-1", "levels:level-2"}),
        ("esol entry level 3", "esol", {"levels:entry-3"}),
        ("excel for complete beginners", "excel", {"stage:beginners"}),
        ("advanced excel", "excel", {"stage:advanced"}),
        ("yoga on saturday", "yoga", {"weekdays"}),
        ("excel mon or wed evening", "excel", {"weekdays", "patterns:evening"}),
        ("money laundering", "money laundering", set()),
        ("wed design", "wed design", set()),
        ("yoga mornings", "yoga", {"part:morning"}),
        ("coding after school", "coding", {"part:after_school"}),
        ("yoga after 6pm", "yoga", {"hours"}),
        ("french in january", "french", {"starts"}),
        ("french next month", "french", {"starts"}),
        ("french from 12/1", "french", {"starts"}),
        ("french in two weeks", "french", {"starts"}),
        ("french in the new year", "french", {"starts"}),
        ("french before christmas", "french", {"starts"}),
        ("yoga this weekend", "yoga", {"starts"}),
        ("march past", "march past", set()),
        ("coding from home", "coding", {"delivery:online"}),
        ("getting online", "online", set()),
        ("cooking taught in urdu", "cooking", {"languages:ur"}),
        ("learn urdu", "urdu", set()),
        ("esol with a creche", "esol", {"support:childcare"}),
        ("childcare level 3", "childcare", {"levels:level-3"}),
        ("yoga wheelchair access", "yoga", {"support:step-free"}),
        ("women only yoga", "yoga", {"support:women-only"}),
        ("coding for 16 year olds", "coding", {"age"}),
        ("yoga over 60s", "yoga", {"age"}),
        ("drop in computer help", "computer", {"kinds:drop-in"}),
        ("yoga m14 5rx", "yoga", {"place"}),
        ("yoga m145rx", "yoga", {"place"}),
        ("yoga near M14", "yoga", {"place"}),
        ("yoga in didsburry", "yoga", {"place"}),
        ("part time plumbing", "plumbing", {"study_modes:part-time"}),
        ("find a job", "find a job", set()),
        ("courses in january", "", {"starts"}),
    ],
)
def test_subject_and_filters(text: str, subject: str, chips: set[str]) -> None:
    understood = INDEX.understand(text)
    assert (understood.subject, {chip.id for chip in understood.chips}) == (subject, chips)


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("french in january", "starts_from", date(2027, 1, 1)),
        ("french in january", "starts_to", date(2027, 1, 31)),
        ("french in november", "starts_from", TODAY),
        ("french next month", "starts_from", date(2026, 12, 1)),
        ("french 12/1", "starts_from", date(2027, 1, 12)),
        ("french on 31/02", "starts_from", None),
        ("french from 3 march 2027", "starts_from", date(2027, 3, 3)),
        ("french before christmas", "starts_to", date(2026, 12, 25)),
        ("yoga after 6pm", "after", time(18)),
        ("yoga before 12:30", "before", time(12, 30)),
        ("yoga under £12.50", "max_price", Decimal("12.50")),
        ("coding for 16 year olds", "age", 16),
        ("coding for under 12s", "age", 11),
        ("yoga on saturday or sunday", "weekdays", frozenset({5, 6})),
    ],
)
def test_values(text: str, name: str, value: object) -> None:
    assert getattr(INDEX.understand(text).filters, name) == value


def test_each_filter_says_which_words_it_came_from() -> None:
    understood = INDEX.understand("free evening excel near moss side under £20")
    said = {chip.id: chip.words for chip in understood.chips}
    assert said == {
        "free": "free",
        "patterns:evening": "evening",
        "place": "near moss side",
        "max_price": "under £20",
    }


def test_near_me_uses_where_the_person_is() -> None:
    request = SearchRequest(near=MOSS_SIDE)
    place = INDEX.understand("yoga near me", request).place
    assert place is not None
    assert place.point == MOSS_SIDE
    assert INDEX.understand("yoga near me").needs_place


def test_a_distance_is_read() -> None:
    place = INDEX.understand("yoga within 2 miles of didsbury").place
    assert place is not None
    assert place.radius_km == pytest.approx(3.2, abs=0.1)


def test_an_unknown_place_is_said() -> None:
    assert INDEX.understand("yoga near atlantis").unknown_place == "atlantis"


def test_a_place_is_looked_up_in_its_own_city() -> None:
    found = INDEX.understand("yoga in moss side", SearchRequest(city="manchester")).place
    assert found is not None
    assert INDEX.understand("yoga in moss side", SearchRequest(city="derby")).place is None


def test_a_filter_taken_away_is_not_read_again() -> None:
    request = SearchRequest("free excel near moss side").without("free")
    understood = INDEX.search(request).understood
    assert [chip.id for chip in understood.chips] == ["place"]
    assert understood.subject == "excel"


def test_every_phrase_of_chips_reasons_and_understanding_has_words() -> None:
    words = load(cities={"manchester"}).words
    texts = (
        "excel evenings mornings on monday after school near moss side free under £5 level 2 "
        "entry 3 for beginners online blended full time with a creche wheelchair women only "
        "age 16 drop in",
        "yoga at the weekend near me in january in person advanced taught in urdu daytime over 60s",
        "",
    )
    for text in texts:
        result = INDEX.search(SearchRequest(text, near=Point(53.4, -2.2)))
        shown = words.plain(result.understood.phrase, "en")
        assert shown
        assert "search." not in shown
        for hit in (*result.hits, *result.alternatives):
            for reason in hit.reasons:
                assert "search." not in words.plain(reason, "en")
    understood = INDEX.understand("excel evenings near moss side")
    assert words.plain(understood.phrase, "en") == "excel, evenings, near Moss Side"


@pytest.mark.parametrize(
    ("text", "subject", "place"),
    [
        ("Didsbury", "", "Didsbury"),
        ("moss side", "", "Moss Side"),
        ("manchester", "", "Manchester"),
        ("english classes manchester", "english", "Manchester"),
        ("yoga didsbury evenings", "yoga", "Didsbury"),
    ],
)
def test_a_place_needs_no_preposition(text: str, subject: str, place: str) -> None:
    understood = INDEX.understand(text, SearchRequest(city="manchester"))

    assert understood.place is not None
    assert (understood.subject, understood.place.name) == (subject, place)


def test_the_name_of_a_place_inside_a_line_stays_a_subject() -> None:
    assert (
        INDEX.understand("old didsbury photographs", SearchRequest(city="manchester")).place is None
    )
