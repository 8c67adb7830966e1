from __future__ import annotations

import pytest

from tests.support.small_city import SmallCity


@pytest.mark.parametrize(
    ("option", "leads_to"),
    [
        ("find", "discover.ask_wish"),
        ("skills", "skills.what"),
        ("choose_route", "routes.groups"),
        ("language", "language.ask"),
    ],
)
def test_what_people_come_for_is_one_press_away(option: str, leads_to: str) -> None:
    chat = SmallCity().chat()

    chat.send("menu")
    chat.choose(option)

    assert chat.last.text_id == leads_to


@pytest.mark.parametrize(
    ("group", "option", "leads_to"),
    [
        ("learning", "route", "routes.groups"),
        ("learning", "results", "skills.history_none"),
        ("learning", "badges", "my_badges.none"),
        ("learning", "cv", "cv.about"),
        ("learning", "saved", "saved.none"),
        ("learning", "reminders", "reminders.none"),
        ("learning", "alerts", "alerts.none"),
        ("more", "city", "city.ask"),
        ("more", "privacy", "privacy.text"),
        ("more", "join", "join.ask"),
        ("more", "topics", "topics.ask"),
        ("more", "help", "help.text"),
    ],
)
def test_the_rest_is_behind_one_more_press(group: str, option: str, leads_to: str) -> None:
    chat = SmallCity().chat()

    chat.send("menu")
    chat.choose(group)
    chat.choose(option)

    assert chat.last.text_id == leads_to


@pytest.mark.parametrize("group", ["learning", "more"])
def test_the_menu_fits_a_phone_and_its_groups_lead_back(group: str) -> None:
    chat = SmallCity().chat()

    chat.send("menu")
    assert len(chat.options) <= 7
    chat.choose(group)
    assert len(chat.options) <= 7
    chat.back()

    assert chat.question.key == "menu"


@pytest.mark.parametrize("presses", [[], ["learning"], ["more"]])
def test_a_wish_typed_anywhere_in_it_is_searched_for(presses: list[str]) -> None:
    chat = SmallCity().chat()

    chat.send("/menu")
    for one in presses:
        chat.choose(one)
    chat.send("baking bread")

    assert chat.last.text_id == "discover.results"


@pytest.mark.parametrize("presses", [[], ["learning"], ["more"]])
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
    assert "choose_route" in chat.options

    city.routes.kept.follow("person-1", "manchester", "getting-online", "1")
    chat.send("menu")
    assert "choose_route" not in chat.options
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


@pytest.mark.parametrize(
    ("role", "option"), [("staff", "staff"), ("provider", "teach"), ("employer", "employers")]
)
def test_what_needs_a_role_is_seen_by_those_who_have_it(role: str, option: str) -> None:
    resident, other = SmallCity().chat(), SmallCity().chat(roles=frozenset({role}))

    resident.send("/menu")
    other.send("/menu")

    assert option not in resident.options
    assert option in other.options


def test_who_teaches_gets_to_their_classes() -> None:
    chat = SmallCity().chat(roles=frozenset({"provider"}))

    chat.send("/menu")
    chat.choose("teach")

    assert chat.session.flow == "teach"


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


def test_typed_words_go_on_with_the_search_that_was_left() -> None:
    city = SmallCity()
    chat = city.chat()

    chat.send("/find excel")
    chat.send("/find bread")
    city.left = [{"session": chat.stack.parked[0].session, "words": "excel"}]
    chat.send("/menu")
    chat.send("Carry on")

    assert chat.options[0] == "open.excel"


def test_going_on_with_nothing_leads_to_the_menu_and_to_no_search() -> None:
    city = SmallCity()
    chat = city.chat()

    for typed in ("/menu", "carry on", "/find carry on"):
        chat.send(typed)
        assert chat.last.text_id == "menu.ask"
    assert not city.unmet
