"""Offers: told in the chat, looked over, sent, changed, withdrawn, used again; and decided on."""

from __future__ import annotations

import pytest

from bot.courses.offers import Told
from bot.courses.offers.effects import (
    BeginOffer,
    ChangeOffer,
    DeclineOffer,
    PublishOffer,
    SendOffer,
    WithdrawOffer,
)
from bot.errors import Refused
from bot.people import Grant, Role
from tests.courses.offers.filled import told
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity
from tests.support.told_skills import PERSON
from tests.support.written_offers import STAFF

PROVIDER = frozenset({"provider"})
SUMMARY = "Bring your tablet. We help you with e-mail, photos and video calls."
OTHERS = frozenset({Grant(Role.PROVIDER, "manchester", "Somebody else")})


def begun(roles: frozenset[str] = PROVIDER) -> tuple[SmallCity, ScriptedChat]:
    city = SmallCity()
    chat = city.chat(roles=roles)
    chat.send("/offers")
    return city, chat


def written(*, is_published: bool = False) -> tuple[SmallCity, ScriptedChat]:
    """An offer that is open in the chat."""
    city = SmallCity()
    city.offers.kept.begin(PERSON, "manchester", "The Tea Room", told())
    if is_published:
        city.offers.kept.send("offer0", PERSON)
        city.offers.kept.publish("offer0", 1, "sam", None)
    chat = city.chat(roles=PROVIDER)
    chat.send("/offers")
    chat.choose("open.1")
    return city, chat


def kept(city: SmallCity) -> Told:
    return city.offers.kept.kept["offer0"].told


def answer(chat: ScriptedChat, *answers: str) -> None:
    """Press an option where there is one of that name, else type it."""
    for one in answers:
        if one in (*chat.options, *chat.extras):
            chat.choose(one)
        else:
            chat.send(one)


def test_who_offers_nothing_is_told_whom_to_ask() -> None:
    _, chat = begun(frozenset())
    assert chat.said == ["offers.none"]
    city = SmallCity()
    city.offers.speak_as(frozenset({Grant(Role.PROVIDER, "manchester")}))
    chat = city.chat(roles=PROVIDER)
    chat.send("/offer")
    assert chat.said == ["offers.no_organisation"]


def test_a_drop_in_is_told_question_by_question() -> None:
    city, chat = begun()
    assert chat.last.text_id == "offers.empty"
    answer(chat, "new", "drop-in", "Tea and tablets", SUMMARY, "weekly", "1", "-done")
    answer(chat, "10 to 12", "12 January", "ends", "30 March")
    answer(chat, "in-person", "Moss Side Library", "2 Great Western Street", "M14 5RX")
    answer(chat, "free", "come")
    assert chat.last.text_id == "offers.ask.optional"
    answer(chat, "optional", "People over 60", "beginners", "step-free", "-done", "en")
    assert chat.last.text_id == "offers.ask.skills"
    answer(chat, "2.1", "-done")
    assert chat.last.text_id == "offers.review"
    read = kept(city)
    assert (read.title, read.summary, read.who_for) == (
        "Tea and tablets", SUMMARY, "People over 60",
    )  # fmt: skip
    assert str(read.start_date) == "2027-01-12"
    assert str(read.end_date) == "2027-03-30"
    assert read.point is not None
    assert [one.competence for one in read.teaches] == ["2.1"]
    chat.choose("send")
    assert "offers.sent" in chat.said
    assert city.offers.kept.kept["offer0"].state == "sent"


def test_an_event_that_costs_something_needs_only_a_few_answers() -> None:
    city, chat = begun()
    answer(chat, "new", "event", "Repair cafe", SUMMARY, "once", "16 January", "skip", "online")
    answer(chat, "amount", "£3.50", "skip", "link", "tearoom.org/repair", "enough", "send")
    assert city.offers.kept.kept["offer0"].state == "sent"
    assert (str(kept(city).cost), kept(city).link) == ("3.50", "https://tearoom.org/repair")


def test_what_cannot_be_read_is_asked_again_and_nothing_is_lost() -> None:
    city, chat = begun()
    answer(chat, "new", "course", "T", "Tea and tablets", "Tea.", SUMMARY, "open.all", "-done")
    assert [one for one in chat.said if "fault" in one] == []
    answer(chat, "whenever")
    assert "offers.fault.hours.unread" in chat.said
    answer(chat, "6.30pm", "in-person", "The hall", "skip", "Atlantis")
    assert "offers.fault.postcode.unknown" in chat.said
    answer(chat, "Hulme", "amount", "a lot")
    assert "offers.fault.cost.unread" in chat.said
    answer(chat, "5", "skip", "contact", "call me")
    assert "offers.fault.contact.unread" in chat.said
    answer(chat, "0161 496 0000", "enough")
    assert (kept(city).title, kept(city).postcode) == ("Tea and tablets", "Hulme")


def test_an_answer_can_be_changed_while_it_is_told() -> None:
    city, chat = begun()
    answer(chat, "new", "course", "Tee", SUMMARY, "later", "online", "free", "come")
    asked = next(one.key for one in chat.session.log if one.key.endswith("/title.title.0"))
    chat.change(asked)
    answer(chat, "Tea for all", "enough")
    assert kept(city).title == "Tea for all"
    assert kept(city).summary == SUMMARY


@pytest.mark.parametrize(
    ("part", "answers", "field", "value"),
    [
        ("title", ("Tea and phones",), "title", "Tea and phones"),
        ("price", ("ask_us",), "price", "ask"),
        ("join", ("contact", "tea@tearoom.org"), "contact", "tea@tearoom.org"),
        ("level", ("level-1",), "level", "level-1"),
        ("where", ("online",), "venue", ""),
        ("who", ("skip",), "who_for", ""),
    ],
)
def test_every_part_can_be_changed_alone(
    part: str, answers: tuple[str, ...], field: str, value: str
) -> None:
    city, chat = written()
    before = kept(city)
    answer(chat, "change", part, *answers)
    assert "offers.kept" in chat.said
    assert getattr(kept(city), field) == value
    assert kept(city).summary == before.summary


def test_a_change_of_what_is_published_waits_until_it_is_sent() -> None:
    city, chat = written(is_published=True)
    answer(chat, "change", "title", "Tea and phones")
    assert "offers.kept_live" in chat.said
    found = city.offers.kept.kept["offer0"]
    assert found.live is not None
    assert (found.state, found.live.title) == ("draft_change", "Tea and tablets")
    chat.choose("drop_change")
    assert "offers.dropped_change" in chat.said
    assert city.offers.kept.kept["offer0"].state == "published"


def test_what_is_missing_is_named_and_not_sent() -> None:
    city = SmallCity()
    city.offers.kept.begin(PERSON, "manchester", "The Tea Room", Told(title="Tea"))
    chat = city.chat(roles=PROVIDER)
    chat.send("/offers")
    answer(chat, "open.1", "send")
    missing = chat.outcome.screen.says[-1].text
    assert missing.id == "offers.missing"
    assert [one.id for one in missing.values["lines"]] == [
        f"offers.fault.{one}.needed" for one in ("summary", "timing", "place", "price", "joining")
    ]
    with pytest.raises(Refused, match="unfinished"):
        city.offers.effects()["SendOffer"](SendOffer("offer0"))


def test_the_preview_is_what_residents_see() -> None:
    city, chat = written()
    chat.choose("preview")
    says = chat.outcome.screen.says
    assert says[-2].cards[0].title.id == "course.card.title"
    assert says[-1].text.id == "course.full"
    looks = city.offers.looks()
    assert looks["offer_summary"]("offer0") == told().summary
    assert looks["offer_card"]("offer0")[0]["t"] == "course.card.provider"
    assert "course.fact.when" in {one["t"] for one in looks["offer_facts"]("offer0")}


def test_it_is_withdrawn_with_undo_and_published_again() -> None:
    city, chat = written(is_published=True)
    answer(chat, "withdraw", "undo")
    assert "offers.restored" in chat.said
    answer(chat, "withdraw", "all_right")
    assert city.offers.kept.kept["offer0"].state == "withdrawn"
    chat.choose("restore")
    assert city.offers.kept.kept["offer0"].state == "published"


def test_the_same_next_term_asks_for_the_new_dates_alone() -> None:
    city, chat = written(is_published=True)
    answer(chat, "copy", "weekly", "2", "-done", "2 to 4", "20 April", "goes_on")
    copied = city.offers.kept.kept["offer1"]
    assert (copied.state, copied.told.title, copied.told.weekdays) == (
        "draft", "Tea and tablets", (2,),
    )  # fmt: skip
    assert str(copied.told.start_date) == "2027-04-20"
    assert chat.question.text.values["title"] == "Tea and tablets"


def test_residents_are_told_that_they_need_not_apply() -> None:
    chat = SmallCity().chat()
    chat.start("course", payload="files")
    chat.choose("apply")
    assert "course.apply_come" in chat.said


def test_a_draft_is_thrown_away_only_when_that_is_sure() -> None:
    city, chat = written()
    answer(chat, "drop", "no_keep")
    assert list(city.offers.kept.kept) == ["offer0"]
    answer(chat, "drop", "yes_drop")
    assert city.offers.kept.kept == {}
    assert "offers.dropped" in chat.said


def test_what_was_sent_can_be_taken_back() -> None:
    city, chat = written()
    answer(chat, "send", "take_back")
    assert "offers.taken_back" in chat.said
    assert city.offers.kept.kept["offer0"].state == "draft"


def test_nobody_sees_or_changes_what_another_provider_offers() -> None:
    city, chat = written(is_published=True)
    city.offers.speak_as(OTHERS)
    looks, does = city.offers.looks(), city.offers.effects()
    assert looks["offers"](0)["cards"] == []
    for name in ("offer", "offer_words"):
        assert looks[name]("offer0") is None
    for name in ("offer_lines", "offer_card", "offer_facts", "offer_checks", "offer_changes"):
        assert looks[name]("offer0") == []
    assert looks["offer_summary"]("offer0") == ""
    for effect in (
        ChangeOffer("offer0", "title", {"title": "Mine now"}),
        SendOffer("offer0"),
        WithdrawOffer("offer0"),
    ):
        with pytest.raises(Refused, match="gone"):
            does[type(effect).__name__](effect)
    with pytest.raises(Refused, match="not_yours"):
        does["BeginOffer"](BeginOffer("The Tea Room", {"title": "Not mine"}))
    chat.choose("change")
    answer(chat, "title", "Mine now")
    assert kept(city).title == "Tea and tablets"


def test_a_provider_publishes_nothing() -> None:
    city, chat = written()
    chat.choose("send")
    does = city.offers.effects()
    for effect in (PublishOffer("offer0", 1), DeclineOffer("offer0", 1, "no")):
        with pytest.raises(Refused, match="not_yours"):
            does[type(effect).__name__](effect)
    assert city.offers.looks()["offers_waiting"](0)["total"] == 0


def waiting() -> tuple[SmallCity, ScriptedChat]:
    """An offer that staff have open."""
    city, chat = written()
    chat.choose("send")
    city.offers.speak_as(STAFF)
    chat = city.chat(roles=frozenset({"staff"}))
    chat.send("/offers")
    answer(chat, "waiting", "open.1")
    assert chat.last.text_id == "offers.decide"
    return city, chat


def test_staff_publish_what_they_looked_at() -> None:
    city, chat = waiting()
    lines = city.offers.looks()["offer_changes"]("offer0")
    assert lines[0]["t"] == "offers.changes_new"
    chat.choose("publish")
    assert chat.said[-2:] == ["offers.published", "offers.waiting_none"]
    assert city.offers.kept.kept["offer0"].state == "published"


def test_staff_see_what_a_change_changes() -> None:
    city, chat = written(is_published=True)
    answer(chat, "change", "title", "Tea and phones", "send")
    lines = city.offers.looks()["offer_changes"]("offer0")
    assert [one["t"] for one in lines] == ["offers.changes", "offers.difference"]
    assert lines[1]["v"]["before"]["v"]["words"] == "Tea and tablets"


@pytest.mark.parametrize(
    ("answers", "reason"),
    [(("dates",), "offers.reason.dates"), (("other", "Which door is it?"), "Which door is it?")],
)
def test_staff_send_it_back_with_a_reason(answers: tuple[str, ...], reason: str) -> None:
    city, chat = waiting()
    answer(chat, "decline", *answers)
    assert "offers.declined" in chat.said
    assert city.offers.kept.kept["offer0"].reason == reason
    city.offers.speak_as(frozenset({Grant(Role.PROVIDER, "manchester", "The Tea Room")}))
    chat = city.chat(roles=PROVIDER)
    chat.start("offers", payload="offer_offer0")
    assert chat.last.text_id == "offers.review_declined"


def test_staff_name_whose_offer_they_write() -> None:
    city = SmallCity()
    city.offers.speak_as(STAFF)
    chat = city.chat(roles=frozenset({"staff"}))
    chat.send("/offers")
    answer(chat, "new", "Hulme Garden", "course", "Seeds", SUMMARY, "later", "online", "free")
    answer(chat, "come", "enough")
    assert city.offers.kept.kept["offer0"].provider == "Hulme Garden"


def test_a_provider_hears_what_is_seen_and_never_of_a_few() -> None:
    city, chat = begun()
    chat.choose("reach")
    assert chat.said == ["reach.text", "reach.wishes"]
    looks = city.offers.looks()
    (line,) = looks["reach_lines"]()
    assert line["v"]["views"]["v"]["count"] == 10
    assert line["v"]["saves"]["t"] == "reach.few"
    assert line["v"]["badges"]["t"] == "reach.few"
    assert [one["v"]["words"] for one in looks["reach_wishes"]()] == ["tablet for beginners"]
    city.offers.speak_as(OTHERS)
    assert [one["t"] for one in looks["reach_lines"]()] == ["reach.none"]
