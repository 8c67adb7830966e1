from __future__ import annotations

import pytest

from tests.support.small_city import SmallCity


@pytest.mark.parametrize(
    ("option", "leads_to"),
    [
        ("find", "discover.ask_wish"),
        ("skills", "skills.what"),
        ("routes", "routes.groups"),
        ("saved", "saved.none"),
        ("language", "language.ask"),
    ],
)
def test_everything_is_one_press_away(option: str, leads_to: str) -> None:
    chat = SmallCity().chat()

    chat.send("menu")
    chat.choose(option)

    assert chat.last.text_id == leads_to


@pytest.mark.parametrize(
    ("option", "leads_to"),
    [
        ("results", "skills.history_none"),
        ("reminders", "reminders.none"),
        ("alerts", "alerts.none"),
        ("city", "city.ask"),
        ("privacy", "privacy.text"),
        ("join", "join.ask"),
        ("help", "help.text"),
    ],
)
def test_the_rest_is_behind_one_more_press(option: str, leads_to: str) -> None:
    chat = SmallCity().chat()

    chat.send("menu")
    chat.choose("more")
    chat.choose(option)

    assert chat.last.text_id == leads_to


def test_the_menu_fits_a_phone_and_more_leads_back() -> None:
    chat = SmallCity().chat()

    chat.send("menu")
    assert len(chat.options) <= 7
    chat.choose("more")
    assert len(chat.options) <= 7
    chat.back()

    assert chat.question.key == "menu"


@pytest.mark.parametrize("presses", [[], ["more"]])
def test_a_wish_typed_anywhere_in_it_is_searched_for(presses: list[str]) -> None:
    chat = SmallCity().chat()

    chat.send("/menu")
    for one in presses:
        chat.choose(one)
    chat.send("baking bread")

    assert chat.last.text_id == "discover.results"


@pytest.mark.parametrize("presses", [[], ["more"]])
def test_words_that_name_nothing_are_asked_for_again(presses: list[str]) -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/menu")
    for one in presses:
        chat.choose(one)
    chat.send("How are you")

    assert chat.question.key == "menu"
    assert not chat.stack.parked
    assert not city.unmet


def test_the_next_step_typed_leads_to_the_route_or_to_a_skill() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send("/menu")
    chat.send("next step")
    assert chat.session.flow == "next_steps"

    city.routes.kept.follow("person-1", "manchester", "getting-online", "1")
    for begin in ("/menu", "/find"):
        chat.send(begin)
        chat.send("next step")
        assert chat.session.flow == "pathways"


def test_the_next_step_of_a_route_is_one_press_away() -> None:
    city = SmallCity()
    chat = city.chat()
    chat.send("menu")
    assert "next" not in chat.options

    city.routes.kept.follow("person-1", "manchester", "getting-online", "1")
    chat.send("menu")
    assert chat.options[0] == "next"
    chat.choose("next")

    assert chat.session.flow == "pathways"


def test_a_wish_typed_at_the_menu_is_searched_for() -> None:
    chat = SmallCity().chat()

    chat.send("/menu")
    chat.send("baking bread")

    assert chat.last.text_id == "discover.results"


def test_what_is_new_since_the_last_visit_is_said_until_it_was_shown() -> None:
    city = SmallCity(watched={"w0": {"text": "falconry"}}, due=["w0", "w0"])
    chat = city.chat()

    chat.send("/menu")
    assert chat.said == ["alerts.due"]
    chat.choose("news")
    assert [line.id for line in chat.last.values["lines"]] == ["alerts.new"]
    chat.choose("watch.0")
    chat.choose("show")
    chat.send("/menu")

    assert chat.said == []
    assert "news" not in chat.options


def test_only_staff_see_the_staff_page() -> None:
    resident, staff = SmallCity().chat(), SmallCity().chat(roles=frozenset({"staff"}))

    resident.send("/menu")
    staff.send("/menu")

    assert "staff" not in resident.options
    assert "staff" in staff.options


def test_a_search_that_was_left_can_be_carried_on() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/find excel")
    chat.send("/find bread")
    left = chat.stack.parked[0].session
    city.left = [{"session": left, "words": "excel"}]
    chat.send("/menu")
    chat.choose(f"carry.{left}")

    assert chat.options[0] == "open.excel"
