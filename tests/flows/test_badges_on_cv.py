"""A badge is put on the CV page in one press, and taken off in another."""

from __future__ import annotations

from dataclasses import replace

from bot.badges.held import NewAward
from bot.badges.planning import about_itself
from bot.people.age import AgeBand
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity
from tests.support.told_skills import PERSON, shipped


def holder() -> tuple[SmallCity, str]:
    """Somebody with a signed badge, and its token."""
    city = SmallCity()
    about = about_itself(shipped().cities["manchester"])
    token, _ = city.badges.kept.award(NewAward(PERSON, "manchester", "champion", about))
    city.badges.kept.sign()
    return city, token


def shown(city: SmallCity) -> tuple[str, ...]:
    return city.cv.kept.cv.badges if city.cv.kept.cv else ()


def at_the_badge(city: SmallCity, token: str) -> ScriptedChat:
    chat = city.chat()
    chat.send(f"/start badge_{token}")
    return chat


def test_an_arrival_puts_the_badge_on_the_cv_which_stays_off() -> None:
    city, token = holder()
    chat = city.chat()
    chat.press_nonce(f"go.badge.{token}", "cv")
    assert chat.last.text_id == "my_badges.on_cv_off"
    assert shown(city) == ("held0",)
    assert city.cv.kept.cv is not None
    assert not city.cv.kept.cv.is_on
    chat.choose("see")
    assert chat.last.text_id == "cv.home_off"


def test_it_says_who_sees_it_where_the_page_is_on() -> None:
    city, token = holder()
    link = city.cv.kept.switch(PERSON, "manchester", is_on=True).token
    chat = at_the_badge(city, token)
    chat.choose("cv")
    assert chat.last.text_id == "my_badges.on_cv"
    assert chat.last.values["link"].endswith(f"/cv/{link}")


def test_it_is_taken_back_at_once_or_later() -> None:
    city, token = holder()
    chat = at_the_badge(city, token)
    chat.choose("cv")
    chat.choose("undo")
    assert chat.said == ["my_badges.off_cv"]
    assert shown(city) == ()

    chat.choose("cv")
    chat.choose("back")
    assert "cv" not in chat.options
    chat.choose("off_cv")
    assert shown(city) == ()
    assert "cv" in chat.options


def test_what_was_chosen_before_stays_chosen() -> None:
    city, token = holder()
    city.cv.kept.award("Another")
    city.cv.kept.choose(PERSON, "manchester", "badges", ["badge1"])
    chat = at_the_badge(city, token)
    chat.choose("cv")
    assert shown(city) == ("badge1", "held0")
    chat.choose("undo")
    assert shown(city) == ("badge1",)


def test_a_badge_that_does_not_count_is_not_put_there() -> None:
    city, token = holder()
    chat = at_the_badge(city, token)
    held = city.badges.kept.held[token]
    city.badges.kept.held[token] = replace(held, revoked_at=city.badges.kept.now)
    chat.choose("cv")
    assert "badges.unknown" in chat.said
    assert shown(city) == ()
    assert "cv" not in chat.options


def test_children_have_no_cv() -> None:
    city, token = holder()
    city.cv.person.age_band = AgeBand.UNDER_13
    chat = at_the_badge(city, token)
    chat.choose("cv")
    assert "cv.under_13" in chat.said
    assert shown(city) == ()
