from __future__ import annotations

import pytest

from tests.support.small_city import SmallCity


def test_a_newcomer_reads_the_notice_and_is_asked_what_to_learn_after_one_press() -> None:
    city = SmallCity(accepted=False)
    chat = city.chat()

    chat.start("start")
    assert chat.last.text_id == "start.hello"
    assert chat.options == ["english", "welsh", "urdu", "more"]
    assert chat.applied == []

    chat.choose("english")
    assert city.accepted
    assert chat.last.text_id == "discover.ask_wish"


def test_a_wish_that_came_first_is_answered_after_one_press() -> None:
    city = SmallCity(accepted=False)
    chat = city.chat()

    chat.start("start", wish="english near hulme")
    assert chat.said == ["start.wish_seen"]

    chat.choose("english")
    assert chat.last.text_id == "discover.results"
    assert city.requests[-1] == {"text": "english near hulme"}


def test_the_city_is_asked_where_nothing_tells_it() -> None:
    city = SmallCity(accepted=False, city="")
    chat = city.chat()

    chat.start("start")
    assert chat.last.text_id == "start.hello_any"
    chat.choose("welsh")
    assert chat.last.text_id == "start.city"
    chat.send("2")

    assert (city.city, city.language) == ("derby", "cy")
    assert chat.last.text_id == "discover.ask_wish"


def test_who_left_before_choosing_a_city_is_asked_for_it_again() -> None:
    city = SmallCity(accepted=True, city="")
    chat = city.chat()

    chat.start("start", wish="baking")
    assert chat.last.text_id == "start.city"
    chat.choose("derby")

    assert city.city == "derby"
    assert chat.last.text_id == "discover.results"


def test_typing_a_wish_at_the_notice_goes_on_with_it() -> None:
    city = SmallCity(accepted=False)
    chat = city.chat()

    chat.start("start")
    chat.send("baking bread")

    assert city.accepted
    assert chat.last.text_id == "discover.results"


def test_the_whole_notice_is_one_press_away_and_nothing_is_kept_until_then() -> None:
    city = SmallCity(accepted=False)
    chat = city.chat()

    chat.start("start")
    chat.choose("more")
    assert chat.said == ["start.more"]
    assert chat.applied == []
    chat.choose("urdu")

    assert city.language == "ur"


def test_a_shared_course_is_opened_after_the_notice() -> None:
    chat = SmallCity(accepted=False).chat()

    chat.start("start", payload="course_excel")
    chat.choose("english")

    assert chat.last.text_id == "course.labelled"


def test_a_colleagues_link_leads_a_newcomer_to_the_organisation() -> None:
    city = SmallCity(accepted=False)
    kept = city.employers.unit.employers
    made = kept.add("anna", "manchester", {"name": "Care Ltd"})
    chat = city.chat()
    chat.start("start", payload=f"employers_{kept.invite('anna', made.id, 'Kitchen')}")
    chat.choose("english")

    assert chat.last.text_id == "employers.join"


@pytest.mark.parametrize(
    ("payload", "text_id"),
    [
        ("skills", "skills.what"),
        ("employers", "employers.about"),
        ("pledge_0123", "pledge.ask"),
        ("topics_news", "topics.ask"),
        ("remind_course_excel", "reminders.course.ask"),
        ("join", "discover.ask_wish"),
    ],
)
def test_a_link_leads_a_newcomer_where_it_says(payload: str, text_id: str) -> None:
    chat = SmallCity(accepted=False).chat()
    chat.start("start", payload=payload)
    chat.choose("english")

    assert chat.last.text_id == text_id


def test_a_poster_of_another_city_moves_a_known_person_there() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.start("start", payload="city_derby")

    assert city.city == "derby"
    assert chat.last.text_id == "menu.ask"


def test_start_again_offers_the_menu() -> None:
    chat = SmallCity().chat()

    chat.send("/start")

    assert chat.last.text_id == "menu.ask"


def test_a_greeting_is_no_wish() -> None:
    chat = SmallCity(accepted=False).chat()

    chat.start("start", wish="hello")
    assert chat.said == []
    chat.choose("english")

    assert chat.last.text_id == "discover.ask_wish"


def test_a_wish_typed_where_the_city_is_asked_is_kept() -> None:
    city = SmallCity(accepted=False, city="")
    chat = city.chat()

    chat.start("start")
    chat.choose("english")
    chat.send("baking bread")
    assert chat.said == ["start.wish_kept"]
    chat.choose("derby")

    assert chat.last.text_id == "discover.results"
    assert city.requests[-1] == {"text": "baking bread"}


def test_a_wish_that_names_a_place_where_the_city_is_asked_answers_both() -> None:
    city = SmallCity(accepted=False, city="")
    chat = city.chat()

    chat.start("start")
    chat.choose("english")
    chat.send("bread near hulme")

    assert city.city == "manchester"
    assert chat.last.text_id == "discover.results"


def test_an_invitation_says_what_it_is_before_anything_is_asked() -> None:
    invitation = {"role": "provider", "cities": ["Derby"], "provider": "Adult College"}
    chat = SmallCity(accepted=False, invitation=invitation).chat()

    chat.start("start", payload="invite_good")
    assert chat.said == ["start.invited"]
    chat.choose("english")

    assert chat.last.text_id == "invite.ask"


def test_a_reminder_in_first_words_is_set_and_not_searched_for() -> None:
    city = SmallCity(accepted=False, city="")
    chat = city.chat()

    chat.start("start", wish="remind me tomorrow at 6pm to ring the college")
    assert chat.said == ["start.asked_seen"]
    chat.choose("english")
    chat.choose("manchester")
    assert chat.last.text_id == "reminders.confirm_once"
    chat.choose("yes")

    assert chat.last.text_id == "reminders.set"


@pytest.mark.parametrize(
    ("words", "text_id"),
    [("I want to complain", "complain.ask"), ("my badges", "my_badges.none")],
)
def test_what_first_words_ask_for_by_name_is_opened(words: str, text_id: str) -> None:
    chat = SmallCity(accepted=False).chat()
    chat.start("start", wish=words)
    chat.choose("english")

    assert chat.last.text_id == text_id


def test_stop_as_first_word_is_no_wish() -> None:
    chat = SmallCity(accepted=False).chat()

    chat.start("start", wish="STOP")

    assert chat.said == []
