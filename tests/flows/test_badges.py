"""Badges: had, earned, shown, saved, deleted, claimed, confirmed by others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.badges.held import NewAward
from bot.badges.planning import About, about_itself
from bot.people.age import AgeBand
from tests.support.held_badges import BASE
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity
from tests.support.told_skills import PERSON, shipped


def holder(plan: str = "champion", months: int = 24) -> SmallCity:
    """Somebody with a signed badge."""
    city = SmallCity()
    about = about_itself(shipped().cities["manchester"])
    city.badges.kept.award(NewAward(PERSON, "manchester", plan, about, months=months))
    city.badges.kept.sign()
    return city


def opened(city: SmallCity) -> ScriptedChat:
    """The one badge, opened from the list."""
    chat = city.chat()
    chat.send("/badges")
    chat.choose("open.1")
    return chat


def shown_links(chat: ScriptedChat) -> list[str]:
    says = chat.outcome.screen.says
    return [link.url for say in says for link in say.links]


def flow_of(chat: ScriptedChat) -> str:
    assert chat.stack.top is not None
    return chat.stack.top.flow


def attached(chat: ScriptedChat) -> list[tuple[str, str]]:
    says = chat.outcome.screen.says
    return [(one.kind, one.values.get("form", "")) for say in says for one in say.attachments]


def test_who_has_none_is_told_how_to_get_one() -> None:
    chat = SmallCity().chat()
    chat.send("/badges")
    assert chat.last.text_id == "my_badges.none"
    assert chat.options[:2] == ["earn", "code"]


def test_a_badge_is_listed_and_opened_with_its_picture() -> None:
    city = holder()
    chat = city.chat()
    chat.send("/badges")
    card = chat.question.cards[0]
    assert [fact.id for fact in card.facts] == ["my_badges.state.ready"]
    chat.choose("open.1")
    assert chat.said == ["my_badges.one.ready_until"]
    assert attached(chat) == [("picture", "")]
    assert not shown_links(chat), "its page opens for nobody on Telegram while it is hidden"


def test_somebody_elses_badge_is_not_found() -> None:
    city = holder()
    token = next(iter(city.badges.kept.held))
    city.badges.context.person.id = "person-2"
    chat = city.chat()
    chat.send(f"/start badge_{token}")
    assert "my_badges.gone" in chat.said
    assert chat.last.text_id == "my_badges.none"


def test_a_badge_is_shown_under_a_name_and_hidden_again() -> None:
    city = holder()
    chat = opened(city)
    chat.choose("show")
    chat.send("Amira K.")
    held = city.badges.kept.list_of(PERSON)[0]
    assert (held.is_shown, held.shown_as) == (True, "Amira K.")
    page, linked_in = shown_links(chat)
    assert page == f"{BASE}/badges/{held.token}"
    assert linked_in.startswith("https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME")
    assert "certUrl=https%3A%2F%2Fbadges.example%2Fbadges%2F" in linked_in
    chat.choose("hide")
    assert not city.badges.kept.list_of(PERSON)[0].is_shown


def test_who_is_not_grown_up_is_asked_for_no_name() -> None:
    city = holder()
    city.badges.context.person.age_band = AgeBand.FROM_13_TO_17
    chat = opened(city)
    chat.choose("show")
    held = city.badges.kept.list_of(PERSON)[0]
    assert (held.is_shown, held.shown_as) == (True, "")


def test_who_never_said_how_old_they_are_is_asked_before_a_name() -> None:
    city = holder()
    city.badges.context.person.age_band = None
    chat = opened(city)
    chat.choose("show")
    assert chat.last.text_id == "my_badges.age"
    chat.choose("without")
    held = city.badges.kept.list_of(PERSON)[0]
    assert (held.is_shown, held.shown_as) == (True, "")
    assert city.badges.context.person.age_band is None, "of a no nothing is kept"

    chat.choose("hide")
    chat.choose("show")
    chat.choose("adult")
    chat.send("Amira K.")
    assert city.badges.kept.list_of(PERSON)[0].shown_as == "Amira K."


def test_linkedin_needs_an_open_page_and_a_yes() -> None:
    city = holder()
    chat = opened(city)
    chat.choose("linkedin")
    chat.choose("no")
    assert not city.badges.kept.list_of(PERSON)[0].is_shown
    chat.choose("linkedin")
    chat.choose("show")
    chat.choose("no_name")
    assert city.badges.kept.list_of(PERSON)[0].is_shown
    assert "my_badges.shown_for_linkedin" in chat.said


def test_files_are_documents_on_telegram_and_links_in_a_browser() -> None:
    city = holder()
    chat = opened(city)
    chat.choose("files")
    assert attached(chat) == [("document", form) for form in ("png", "svg", "json")]
    city.badges.context.channel = "web"
    chat = opened(city)
    chat.choose("files")
    assert [link.rpartition(".")[2] for link in shown_links(chat)] == ["png", "svg", "json"]


def test_what_it_is_says_who_says_so() -> None:
    chat = opened(holder("pledge"))
    chat.choose("what")
    says = chat.outcome.screen.says
    assert says[-1].text.values["who"].id == "my_badges.confirmed.self"


def test_a_badge_is_deleted_after_a_question() -> None:
    city = holder()
    chat = opened(city)
    chat.choose("delete")
    chat.choose("no")
    assert city.badges.kept.list_of(PERSON)
    token = city.badges.kept.list_of(PERSON)[0].token
    chat.choose("delete")
    chat.choose("yes")
    assert not city.badges.kept.list_of(PERSON)
    assert city.badges.stopped == [token], "its reminder ends with it"
    assert chat.last.text_id == "my_badges.none"


def test_the_buttons_of_an_arrival_lead_to_the_badge() -> None:
    city = holder()
    token = city.badges.kept.list_of(PERSON)[0].token
    chat = city.chat()
    chat.press_nonce(f"go.badge.{token}", "what")
    assert chat.said == ["my_badges.what_for"]
    chat.press_nonce(f"go.badge.{token}", "all")
    assert chat.last.text_id == "my_badges.list"


def declared(chat: ScriptedChat, plan: str) -> None:
    chat.start("badges", payload=f"badges_{plan}")
    if plan != "champion":
        chat.choose(chat.options[0])
        chat.choose(chat.options[0])
        chat.choose("2")
    for words in ("At the library.", "I sorted photos.", "I can find them again.", "Central"):
        chat.send(words)


def test_what_was_learned_outside_courses_is_confirmed_by_link() -> None:
    for plan in ("informal", "in-work", "champion"):
        city = SmallCity()
        chat = city.chat()
        declared(chat, plan)
        assert chat.last.text_id == "my_badges.ask_sure"
        chat.choose("yes")
        request = next(iter(city.badges.requests.asked.values()))
        assert (request.plan, request.called) == (plan, "Central")
        assert request.narrative.splitlines()[1] == "I sorted photos."
        assert shown_links(chat) == [f"{BASE}/confirm/confirm-token"]
        assert not city.badges.kept.awards, "nothing is given before they say yes"


def test_no_link_is_made_against_their_will() -> None:
    city = SmallCity()
    chat = city.chat()
    declared(chat, "champion")
    chat.choose("no")
    assert not city.badges.requests.asked


def test_a_request_is_taken_back() -> None:
    city = SmallCity()
    chat = city.chat()
    declared(chat, "champion")
    chat.choose("yes")
    chat.choose("waiting")
    chat.choose("take.1")
    assert "my_badges.request_withdrawn" in chat.said
    assert "waiting" not in chat.options


def test_other_words_are_a_wish() -> None:
    chat = SmallCity().chat()
    chat.send("/badges")
    chat.send("excel")
    assert flow_of(chat) in ("discover", "search")


def test_a_child_is_given_nothing_that_has_to_be_kept() -> None:
    city = SmallCity()
    city.badges.context.person.age_band = AgeBand.UNDER_13
    chat = city.chat()
    chat.start("badges", payload="badges_pledge")
    chat.send("Learn to swim")
    chat.choose("quiet")
    assert "badges.under_13" in chat.said
    assert not city.badges.kept.awards


def test_a_badge_that_ends_soon_is_earned_again() -> None:
    city = holder("pledge", months=12)
    chat = opened(city)
    assert "again" not in chat.options, "nobody can earn what they have for long"
    city.badges.context.unit.now += timedelta(days=340)
    chat.choose("back")
    chat.choose("open.1")
    chat.choose("again")
    assert chat.question.text.id in ("my_badges.ways", "my_badges.pledge")


def test_a_badge_of_a_plan_that_is_gone_still_opens() -> None:
    city = SmallCity()
    city.badges.kept.award(NewAward(PERSON, "manchester", "old-plan", About("", {})))
    city.badges.kept.sign()
    chat = opened(city)
    assert chat.said == ["my_badges.one.ready"]


def refused(city: SmallCity) -> None:
    for key, one in city.badges.requests.asked.items():
        city.badges.requests.asked[key] = replace(one, state="refused")


def test_who_was_not_confirmed_asks_somebody_else_with_the_same_words() -> None:
    city = SmallCity()
    chat = city.chat()
    declared(chat, "in-work")
    chat.choose("yes")
    refused(city)
    chat.press_nonce("go.badges", "in-work")
    assert chat.last.text_id == "my_badges.told_before"
    chat.choose("same")
    chat.send("My boss")
    assert shown_links(chat) == [f"{BASE}/confirm/confirm-token"]
    first, second = city.badges.requests.asked.values()
    assert (second.called, second.narrative, second.about) == (
        "My boss",
        first.narrative,
        first.about,
    )


def test_who_was_not_confirmed_may_write_new_words() -> None:
    city = SmallCity()
    chat = city.chat()
    declared(chat, "champion")
    chat.choose("yes")
    refused(city)
    chat.press_nonce("go.badges", "champion")
    chat.choose("anew")
    assert chat.last.text_id == "my_badges.tell.champion.situation"


def test_what_waits_is_not_asked_again() -> None:
    city = SmallCity()
    chat = city.chat()
    declared(chat, "champion")
    chat.choose("yes")
    chat.choose("champion")
    assert chat.last.text_id == "my_badges.tell.champion.situation"
