from __future__ import annotations

from datetime import date

import pytest

from tests.support.small_city import SmallCity


def test_a_shared_link_opens_the_course_labelled_as_sample() -> None:
    chat = SmallCity().chat()

    chat.send("/start course_excel")

    assert chat.last.text_id == "course.labelled"
    assert chat.last.values["label"].id == "course.sample_label"
    assert chat.options == ["save", "fit", "apply", "calendar", "map", "more", "find"]


def test_saving_and_taking_off_the_list() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/start course_excel")
    chat.choose("save")
    assert chat.said == ["course.saved_offer"]
    assert city.saved == ["excel"]
    assert chat.last.text_id == "course.next"
    chat.choose("unsave")

    assert city.saved == []


@pytest.mark.parametrize(
    ("course", "act", "said"),
    [
        ("excel", "fit", "course.fit"),
        ("excel", "calendar", "course.calendar"),
        ("bread", "calendar", "course.calendar_none"),
        ("excel", "map", "course.map"),
        ("bread", "map", "course.map_none"),
        ("excel", "apply", "course.apply"),
        ("bread", "apply", "course.apply_contact"),
        ("esol", "apply", "course.apply_none"),
    ],
)
def test_each_press_gives_what_is_known_or_says_what_is_not(
    course: str, act: str, said: str
) -> None:
    chat = SmallCity().chat()

    chat.send(f"/start course_{course}")
    chat.choose(act)

    assert chat.said == [said]
    assert chat.last.text_id == "course.next"


def test_the_calendar_file_and_the_map_are_attached() -> None:
    chat = SmallCity().chat()

    chat.send("/start course_excel")
    outcome = chat.choose("calendar")
    assert outcome.screen.says[0].attachments[0].values == {"course": "excel", "instance": "1"}
    outcome = chat.choose("map")

    assert outcome.screen.says[0].attachments[0].kind == "venue"
    assert outcome.screen.says[0].links[0].url == "https://map.example/"


def test_more_offers_the_quiet_acts() -> None:
    chat = SmallCity().chat()

    chat.send("/start course_excel")
    chat.choose("more")
    assert chat.options == ["dates", "share", "similar", "wrong", "less"]
    chat.choose("dates")
    assert chat.said == ["course.dates"]
    chat.choose("share")
    assert chat.said == ["course.share"]
    chat.choose("less")

    assert "save" in chat.options


def test_similar_courses_open_and_lead_back() -> None:
    chat = SmallCity().chat()

    chat.send("/start course_excel")
    chat.choose("more")
    chat.choose("similar")
    assert chat.last.text_id == "course.similar"
    chat.choose("open.bread")
    assert chat.last.values["title"] == "Baking bread"
    chat.choose("results")

    assert chat.last.values == {"title": "Excel for work"}


def test_a_wrong_listing_is_reported_with_or_without_words() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/start course_excel")
    chat.choose("more")
    chat.choose("wrong")
    chat.choose("wrong.price")
    chat.choose("wrong_answer.no")
    assert city.reports == [("excel", "price", "")]
    assert chat.said == ["course.wrong_thanks"]
    chat.choose("wrong")
    chat.choose("wrong.other")
    chat.send("The hall has moved")
    chat.choose("wrong_answer.yes")

    assert city.reports[-1] == ("excel", "other", "The hall has moved")
    assert city.wants_answer == [False, True]
    assert chat.said == ["course.wrong_thanks_answer"]


def test_what_was_reported_before_is_said() -> None:
    city = SmallCity(report_outcome="wrong_already")
    chat = city.chat()

    chat.send("/start course_excel")
    for press in ("more", "wrong", "wrong.link", "wrong_answer.yes"):
        chat.choose(press)

    assert chat.said == ["course.wrong_already"]


def test_a_hidden_course_says_that_the_city_took_it_off() -> None:
    chat = SmallCity(hidden=frozenset({"walk"})).chat()

    chat.send("/start course_walk")

    assert chat.last.values["label"].id == "course.hidden_label"


def test_a_course_that_is_gone_says_so_and_goes_on() -> None:
    chat = SmallCity().chat()

    chat.send("/start course_unknown")

    assert chat.last.text_id == "discover.ask_wish"


def test_a_withdrawn_course_says_so() -> None:
    chat = SmallCity().chat()

    chat.send("/start course_walk")

    assert chat.last.values["label"].id == "course.withdrawn_label"


def test_saving_tells_the_last_day_to_apply() -> None:
    chat = SmallCity().chat()

    chat.send("/start course_esol")
    outcome = chat.choose("save")

    assert outcome.screen.says[0].text.id == "course.saved_apply"
    assert outcome.screen.says[0].text.values["day"] == date(2027, 2, 1)
