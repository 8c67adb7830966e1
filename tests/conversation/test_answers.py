"""Reading yes and no, numbers, places and text; asking where an answer is unclear."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.conversation import AskDate, AskNumber, AskPlace, AskText, Chat, Option, Picked, Text, flow
from bot.conversation.answers import read_number, read_yes_no, show
from bot.conversation.numbers import read_numbers
from bot.conversation.postcodes import find_postcode
from bot.conversation.questions import MISSING
from bot.conversation.reading import NotUnderstood, Reader, Unclear, Understood
from tests.conversation.examples import LOOKS, options
from tests.support.scripted_chat import FakeReads, ScriptedChat

Talk = Callable[..., ScriptedChat]
READER = Reader(FakeReads(), "en")


@pytest.mark.parametrize("language", ["en", "cy", "ur"])
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("yes", "yes y Yeah ok sure ie ydw oes iawn ہاں جی haan 👍 ✅ 1"),
        ("no", "no n nope nah na nage naddo نہیں nahi 👎 2"),
    ],
)
def test_yes_and_no_are_read_in_every_language(language: str, said: str, words: str) -> None:
    reader = Reader(FakeReads(), language)
    for word in words.split():
        assert read_yes_no(word, reader) == Understood(said), word


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("yes please", "yes"),
        ("of course!", "yes"),
        ("Yes, go on", "yes"),
        ("no thanks", "no"),
        ("No, thank you.", "no"),
        ("not really", "no"),
        ("I don't", "no"),
        ("جی ہاں", "yes"),
        ("جی نہیں", "no"),
        ("nac ydw", "no"),
        ("dim diolch", "no"),
        ("wrth gwrs", "yes"),
    ],
)
def test_yes_and_no_are_read_in_phrases(typed: str, said: str) -> None:
    assert read_yes_no(typed, READER) == Understood(said)


@pytest.mark.parametrize("typed", ["yes and no", "yes i dont know", "ok no"])
def test_a_torn_answer_is_asked_about(typed: str) -> None:
    assert read_yes_no(typed, READER) == Unclear(("yes", "no"))


@pytest.mark.parametrize(
    "typed", ["maybe", "perhaps", "what", "hmm", "?", "later in the year i think"]
)
def test_neither_yes_nor_no_is_not_guessed(typed: str) -> None:
    assert read_yes_no(typed, READER) == NotUnderstood()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("21", (21,)), ("twenty one", (21,)), ("Twenty-One", (21,)), ("٢١", (21,)), ("২১", (21,)),
        ("۲۱", (21,)), ("a hundred and five", (105,)), ("two thousand and twenty six", (2026,)),
        ("1,000", (1000,)), ("there are 3 of us", (3,)), ("about a dozen", (12,)), ("-5", (-5,)),
        ("2 or 3", (2, 3)), ("three four", (3, 4)), ("twelve hundred", (1200,)), ("1.5", ()),
        ("half", ()), ("", ()), ("9" * 400, ()), ("zero", (0,)), ("forty two thousand", (42_000,)),
    ],
)  # fmt: skip
def test_numbers_are_read_in_digits_and_words(typed: str, found: tuple[int, ...]) -> None:
    assert read_numbers(typed, "en") == found


def test_numbers_are_read_in_the_persons_language() -> None:
    assert read_numbers("dau ddeg un", "cy") == (21,)
    assert read_numbers("pymtheg", "cy") == (15,)
    assert read_numbers("بیس", "ur") == (20,)
    assert read_numbers("do", "en") == ()
    assert read_numbers("do", "ur") == (2,)
    assert read_numbers("twenty", "cy") == (20,)


def test_a_number_out_of_bounds_is_explained() -> None:
    wrong = read_number("70", 1, 60, READER)
    assert isinstance(wrong, NotUnderstood)
    assert wrong.reason == Text("conversation.outside_number", {"low": 1, "high": 60})
    assert read_number("2 or 3", 1, 60, READER) == Unclear(
        ({"number": 2, "typed": "2 or 3"}, {"number": 3, "typed": "2 or 3"})
    )
    assert read_number("not 3", 1, 60, READER) == NotUnderstood()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("m145rx", "M14 5RX"), ("M14 5RX please", "M14 5RX"), ("near sw1a 1aa", "SW1A 1AA"),
        ("w1a0ax", "W1A 0AX"), ("m60 1nw.", "M60 1NW"), ("ls1 4dy", "LS1 4DY"),
        ("m14 srx", "M14 5RX"),
        ("M14", None), ("excel near moss side", None), ("course 101", None), ("", None),
    ],
)  # fmt: skip
def test_a_postcode_is_found_as_people_type_it(typed: str, found: str | None) -> None:
    assert find_postcode(typed) == found


def test_a_place_is_resolved_and_an_ambiguous_one_asked_about(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.send("nearby")
    chat.send("hulme")
    assert chat.hint == "conversation.which"
    assert chat.options == ["-1", "-2"]
    assert chat.extras[0] == "-stay"
    chat.send("the second one")
    assert chat.last.text_id == "learn.results"
    assert chat.session.log[-1].value["name"] == "Hulme Library"


def test_a_reading_can_be_pressed_refused_or_typed_over(talk: Talk) -> None:
    chat = talk("learn")
    for words in ("excel", "nearby", "hulme"):
        chat.send(words)
    chat.choose("-stay")
    assert chat.last.text_id == "learn.ask_place"
    assert chat.hint == ""
    chat.send("hulme")
    chat.send("m145rx")
    assert chat.last.text_id == "learn.results"
    chat.back()
    chat.send("hulme")
    chat.choose("-1")
    assert chat.session.log[-1].value["kind"] == "ward"


def test_a_place_is_found_behind_the_words_that_lead_to_it(talk: Talk) -> None:
    chat = talk("learn")
    for words in ("excel", "nearby", "I live near Moss Side"):
        chat.send(words)
    assert chat.last.text_id == "learn.results"


def test_a_shared_location_answers_a_place_and_nothing_else(talk: Talk) -> None:
    chat = talk("learn")
    chat.locate(53.46, -2.24)
    assert chat.hint == "conversation.again.text"
    chat.send("excel")
    chat.send("nearby")
    chat.locate(53.46, -2.24)
    assert chat.session.log[-1].value["kind"] == "location"
    assert chat.outcome.answered is not None
    assert chat.outcome.answered.shown == Text("answer.location")


def test_a_place_that_is_optional_can_be_skipped(talk: Talk) -> None:
    chat = talk("learn")
    for words in ("excel", "nearby", "anywhere"):
        chat.send(words)
    assert chat.said[0] == "learn.near"
    assert chat.last.text_id == "learn.results"


def test_an_unclear_date_is_asked_about_and_chosen(talk: Talk) -> None:
    chat = talk("learn")
    for words in ("excel", "online", "1", "yes", "next friday"):
        chat.send(words)
    assert chat.hint == "conversation.which"
    assert [one.text.values["date"] for one in chat.buttons[:2]] == [
        date(2027, 1, 8),
        date(2027, 1, 15),
    ]
    chat.choose("-2")
    assert chat.outcome.status == "ended"
    assert chat.outcome.session.log[-1].value["date"] == "2027-01-15"


@pytest.mark.parametrize("typed", ["one any day", "1", "ONE ANY DAY."])
def test_the_buttons_of_a_date_and_of_a_number_can_be_typed(typed: str) -> None:
    @flow("ask")
    async def ask(chat: Chat) -> None:
        day = (Option("2027-01-08", Text("pick.one", {"name": "any day"})),)
        await chat.ask("day", AskDate(Text("ask.day"), options=day))
        few = (Option("12", Text("pick.one", {"name": "no idea"})),)
        await chat.ask("number", AskNumber(Text("ask.number"), 10, 20, options=few))

    chat = ScriptedChat([ask])
    chat.start("ask")
    chat.send(typed)
    assert chat.last.text_id == "ask.number"
    chat.send("1")
    assert chat.last.text_id == "ask.number", "a number that is outside is no button's place"
    chat.send("one no idea")
    assert chat.session is None
    assert [one.value for one in chat.outcome.session.log[-1:]] == [{"number": 12}]


def test_an_unclear_choice_offers_its_readings_by_their_own_ids() -> None:
    from bot.conversation import Pick

    @flow("pick")
    async def pick(chat: Chat) -> None:
        await chat.ask("one", Pick(Text("pick.one"), options("excel-home", "excel-work", "sewing")))

    chat = ScriptedChat([pick])
    chat.start("pick")
    chat.send("excel")
    assert chat.options == ["excel-home", "excel-work"]
    chat.choose("excel-work")
    assert chat.session is None


def test_text_is_bounded_as_the_channel_counts() -> None:
    @flow("note")
    async def note(chat: Chat) -> None:
        question = AskText(Text("note.ask"), max_length=10, options=options("skip"))
        answer = await chat.ask("note", question)
        chat.say("note.kept", picked=isinstance(answer, Picked))

    chat = ScriptedChat([note])
    chat.start("note")
    chat.send("😀" * 6)
    assert chat.hint == "conversation.too_many_words"
    chat.send("😀" * 5)
    assert chat.last.values == {"picked": False}
    chat.start("note")
    chat.send("skip")
    assert chat.last.values == {"picked": True}


def test_stored_answers_that_no_longer_fit_are_asked_again() -> None:
    assert AskNumber(Text("q"), 1, 5).restore({"number": 9}) is MISSING
    assert AskNumber(Text("q"), 1, 5).restore("9") is MISSING
    assert AskDate(Text("q"), earliest=date(2027, 1, 2)).restore({"date": "2027-01-01"}) is MISSING
    assert AskText(Text("q"), max_length=3).restore("long") is MISSING
    assert AskPlace(Text("q")).restore({"kind": "skipped"}) is MISSING
    assert (
        AskPlace(Text("q"), options=(Option("home", Text("o")),)).restore(
            {"kind": "option", "name": "work"}
        )
        is MISSING
    )


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("a", Text("example.option", {"name": "a"})),
        ("other", Text("answer.text", {"text": "other"})),
        ({"typed": "words"}, Text("answer.text", {"text": "words"})),
        ({"picked": "b"}, Text("example.option", {"name": "b"})),
        ({"picked": []}, Text("answer.none")),
        ({"number": 3, "typed": "three"}, Text("answer.number", {"number": 3})),
        ({"date": "2027-01-05"}, Text("answer.date", {"date": date(2027, 1, 5)})),
        ({"kind": "ward", "name": "Hulme"}, Text("answer.place", {"place": "Hulme"})),
        ({"kind": "skipped"}, Text("answer.skipped")),
        ({"kind": "option", "name": "a"}, Text("example.option", {"name": "a"})),
    ],
)
def test_a_stored_answer_is_shown_in_words(stored: Any, shown: Text) -> None:
    assert show(stored, options("a", "b")) == shown


def test_several_can_be_pressed_one_by_one() -> None:
    from tests.conversation.examples import check

    chat = ScriptedChat([check], looks=LOOKS)
    chat.start("check")
    assert "-done" not in chat.extras
    chat.choose("maps")
    chat.choose("email")
    chat.choose("maps")
    assert chat.question.picked == ("email",)
    assert chat.extras == ["-done", "-back", "-menu"]
    chat.send("done")
    assert chat.last.values == {"area": "email"}
    assert len(chat.session.log) == 1
