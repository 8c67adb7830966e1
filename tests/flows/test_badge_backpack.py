"""A badge in an older backpack: the address is used once, and the badge can be taken out."""

from __future__ import annotations

from dataclasses import replace

from bot.badges.emails import is_email
from bot.badges.held import NewAward
from bot.badges.planning import about_itself
from bot.people.age import AgeBand
from tests.flows.test_badges import attached, holder, opened, shown_links
from tests.support.held_badges import BASE
from tests.support.small_city import SmallCity
from tests.support.told_skills import PERSON, shipped

EMAIL = "Amira.K@example.org"


def kept_in(city: SmallCity) -> int:
    return len(city.badges.backpack.kept)


def test_it_says_why_it_asks_and_keeps_the_hash_alone() -> None:
    city = holder()
    chat = opened(city)
    chat.choose("backpack")
    assert chat.last.text_id == "my_badges.backpack.email"
    chat.send(EMAIL)

    assert chat.said == ["my_badges.backpack.added"]
    [twin] = city.badges.backpack.kept.values()
    assert is_email(twin.email, EMAIL.lower())
    assert EMAIL.casefold() not in "".join(chat.stored.values()).casefold()
    assert chat.outcome.screen.says[0].text.values["link"] == f"{BASE}/backpack/{twin.token}"
    assert attached(chat) == [("document", "png"), ("document", "svg")]
    assert "off_backpack" in chat.options
    assert "backpack" not in chat.options


def test_in_a_browser_the_pictures_are_links() -> None:
    city = holder()
    city.badges.context.channel = "web"
    chat = opened(city)
    chat.choose("backpack")
    chat.send(EMAIL)
    [token] = city.badges.kept.held
    assert shown_links(chat) == [f"{BASE}/badges/{token}.png", f"{BASE}/badges/{token}.svg"]


def test_words_that_are_no_address_are_asked_about_and_kept_nowhere() -> None:
    city = holder()
    chat = opened(city)
    chat.choose("backpack")
    chat.send("amira at example")
    assert chat.question.hint is not None
    assert chat.question.hint.id == "my_badges.backpack.wrong"
    assert "amira at example" not in "".join(chat.stored.values())
    chat.choose("no")
    assert kept_in(city) == 0
    assert "backpack" in chat.options


def test_it_is_taken_out_again_once_the_person_is_sure() -> None:
    city = holder()
    chat = opened(city)
    chat.choose("backpack")
    chat.send(EMAIL)
    chat.choose("off_backpack")
    chat.choose("no")
    assert kept_in(city) == 1
    chat.choose("off_backpack")
    chat.choose("yes")
    assert chat.said == ["my_badges.backpack.out"]
    assert kept_in(city) == 0
    assert "backpack" in chat.options


def test_a_badge_that_was_taken_back_can_only_be_taken_out() -> None:
    city = holder()
    chat = opened(city)
    chat.choose("backpack")
    chat.send(EMAIL)
    [token] = city.badges.kept.held
    city.badges.kept.revoke("manchester", token, "badges.unknown")
    chat = opened(city)
    assert "off_backpack" in chat.options
    assert "backpack" not in chat.options


def test_one_that_waits_is_not_offered_and_one_taken_back_meanwhile_is_refused() -> None:
    city = SmallCity()
    about = about_itself(shipped().cities["manchester"])
    city.badges.kept.award(NewAward(PERSON, "manchester", "champion", about))
    assert "backpack" not in opened(city).options

    city.badges.kept.sign()
    chat = opened(city)
    chat.choose("backpack")
    [token] = city.badges.kept.held
    held = city.badges.kept.held[token]
    city.badges.kept.held[token] = replace(held, revoked_at=city.badges.kept.now)
    chat.send(EMAIL)
    assert chat.said[0] == "badges.unknown"
    assert kept_in(city) == 0


def test_of_a_child_under_13_nothing_is_kept() -> None:
    city = holder()
    city.badges.context.person.age_band = AgeBand.UNDER_13
    chat = opened(city)
    chat.choose("backpack")
    chat.send(EMAIL)
    assert chat.said[0] == "badges.under_13"
    assert kept_in(city) == 0


def test_a_sample_says_that_no_backpack_can_check_it() -> None:
    city = holder()
    [token] = city.badges.kept.held
    held = city.badges.kept.held[token]
    city.badges.kept.held[token] = replace(held, is_sample=True)
    chat = opened(city)
    chat.choose("backpack")
    chat.send(EMAIL)
    assert chat.said == ["my_badges.backpack.is_sample", "my_badges.backpack.added"]
