"""Rule 13 and what starts what: interruptions, commands, deep links, plain words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.conversation import Located, Option, Pick, Pressed, Registry, Text, WentBack, Wrote, flow
from bot.conversation.messages import Incoming, Press
from bot.conversation.routing import (
    Answer,
    Closed,
    Ignored,
    Interrupt,
    OptOut,
    Route,
    Start,
    route,
)
from bot.errors import FlowDefinitionError
from tests.conversation.examples import FLOWS, learn, menu
from tests.support.scripted_chat import INTERRUPT_WORDS, MONDAY, ScriptedChat

Talk = Callable[..., ScriptedChat]


def incoming(**fields: Any) -> Incoming:
    return Incoming("test", "b", "1", "1", fields.pop("kind", "text"), MONDAY, **fields)


def routed(*, sessions: Any = (), is_under_campaign: bool = False, **fields: Any) -> Route:
    return route(
        incoming(**fields),
        sessions,
        Registry(FLOWS),
        INTERRUPT_WORDS,
        is_under_campaign=is_under_campaign,
    )


@pytest.mark.parametrize("word", ["menu", "Menu", "MENU!", " menu. ", "dewislen", "مینو", "/menu"])
def test_menu_counts_as_the_whole_message_in_every_language(word: str) -> None:
    assert routed(text=word) == Start(menu)


def test_menu_inside_a_sentence_is_no_interruption(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("design a menu for my cafe")
    assert chat.last.text_id == "learn.ask_where"


def test_an_interruption_without_a_flow_is_named() -> None:
    assert routed(text="help") == Interrupt("help")
    assert routed(text="/whatever") == Interrupt("whatever")


def test_back_goes_to_the_open_session(talk: Talk) -> None:
    chat = talk("learn")
    for word in ("back", "Back.", "nôl", "واپس", "/back"):
        chat.send(word)
        assert isinstance(chat.route, Answer)
        assert chat.route.given == WentBack()
    assert routed(text="back") == Interrupt("back")


def test_the_menu_button_is_the_menu_command(talk: Talk) -> None:
    chat = talk("learn")
    chat.choose("-menu")
    assert chat.session.flow == "menu"
    assert len(chat.stack.live) == 2


def test_stop_right_under_a_campaign_opts_out_at_once() -> None:
    for word in ("STOP", "stop.", "/stop", "stopio"):
        assert routed(text=word, is_under_campaign=True) == OptOut()
    assert routed(text="stop") == Interrupt("stop")
    assert not isinstance(routed(text="stop smoking", is_under_campaign=True), OptOut)


def test_commands_and_deep_links_carry_their_words() -> None:
    assert routed(text="/find excel near hulme") == Start(learn, {"wish": "excel near hulme"})
    assert routed(text="/find@the_bot excel") == Start(learn, {"wish": "excel"})
    assert routed(text="/FIND") == Start(learn)
    assert routed(text="/start find_sewing") == Start(learn, {"wish": "sewing"})
    assert routed(text="/start") == Start(menu)
    assert routed(text="/start unknown_thing") == Start(menu)


def test_a_flow_with_a_payload_gets_the_whole_of_it() -> None:
    @flow("course", deep_links=("course",))
    async def course(chat: Any, payload: str = "") -> None: ...

    found = route(incoming(text="/start course_ab_12"), (), Registry([course]), {})
    assert found == Start(course, {"payload": "course_ab_12"})


def test_plain_words_outside_any_session_are_a_wish() -> None:
    assert routed(text="excel near hulme") == Start(learn, {"wish": "excel near hulme"})
    assert routed(text="  ") == Ignored()


def test_words_inside_a_session_answer_it(talk: Talk) -> None:
    chat = talk("learn")
    sessions = (chat.session,)
    assert routed(text="excel", message_id="7", sessions=sessions) == Answer(
        chat.session, Wrote("excel", source="7")
    )
    located = routed(kind="location", place=(53.5, -2.2), sessions=sessions)
    assert located == Answer(chat.session, Located(53.5, -2.2))
    press = Press(chat.session.nonce("wish"), "x")
    assert routed(kind="press", press=press, sessions=sessions) == Answer(
        chat.session, Pressed("wish", "x")
    )


def test_what_cannot_be_answered_is_left_alone() -> None:
    assert routed(kind="press", press=Press("0000000000", "yes")) == Closed()
    assert routed(kind="blocked") == Ignored()
    assert routed(kind="location", place=(53.5, -2.2)) == Ignored()
    assert routed(kind="edited", text="words", message_id="9") == Ignored()


def test_two_flows_cannot_claim_one_command() -> None:
    @flow("other", commands=("find",))
    async def other(chat: Any) -> None: ...

    with pytest.raises(FlowDefinitionError, match="'find' belongs to"):
        Registry([learn, other])
    with pytest.raises(FlowDefinitionError, match="no flow 'unknown'"):
        Registry([learn]).get("unknown")


def is_wish(words: str) -> bool:
    return "welding" in words


def test_a_wish_at_a_choice_is_asked_about_never_assumed(talk: Talk) -> None:
    chat = talk("letter", looks={"is_wish": is_wish})
    for answer in ("Ann", "no", "3"):
        chat.send(answer)
    chat.send("welding near hulme")
    assert chat.last.text_id == "conversation.wish"
    assert chat.options == ["-wish"]
    assert chat.extras[0] == "-stay"
    chat.choose("-stay")
    assert chat.last.text_id == "letter.thanks"
    assert chat.options == ["fine"]
    chat.send("welding near hulme")
    chat.choose("-wish")
    assert chat.session.flow == "learn"
    assert chat.session.opening.args == {"wish": "welding near hulme"}
    assert [entry.flow for entry in chat.stack.live] == ["letter", "learn"]


def test_a_wish_can_be_agreed_to_in_words(talk: Talk) -> None:
    chat = talk("letter", looks={"is_wish": is_wish})
    for answer in ("Ann", "no", "3", "welding near hulme", "yes"):
        chat.send(answer)
    assert chat.session.flow == "learn"


def test_a_wish_does_not_interrupt_other_questions(talk: Talk) -> None:
    chat = talk("letter", looks={"is_wish": is_wish})
    chat.send("welding")
    assert chat.last.text_id == "letter.ask_sure"
    chat.send("welding")
    assert chat.hint == "conversation.again.yesno"


def code_said(words: str) -> str:
    return "find_otter" if words == "maple otter 47" else ""


def test_words_that_stand_for_a_link_open_it_wherever_no_words_are_asked_for(talk: Talk) -> None:
    chat = talk("letter", looks={"said_link": code_said})
    chat.send("maple otter 47")
    assert chat.session.flow == "letter", "the first question asks for words"
    chat.send("maple otter 47")
    assert chat.session.flow == "learn"
    assert chat.session.opening.args == {"wish": "otter"}
    assert [entry.flow for entry in chat.stack.live] == ["letter", "learn"]


def test_an_unreadable_answer_gets_help_then_examples_then_a_way_out(talk: Talk) -> None:
    chat = talk("letter")
    chat.send("Ann")
    hints = []
    for _ in range(4):
        chat.send("perhaps")
        hints.append(chat.hint)
        assert chat.last.text_id == "letter.ask_sure"
    assert hints == [
        "conversation.again.yesno",
        "conversation.examples.yesno",
        "conversation.way_out",
        "conversation.way_out",
    ]
    assert chat.extras == ["-back", "-menu"]
    chat.send("yes")
    chat.send("many")
    assert chat.hint == "conversation.again.number"
    assert chat.question.hint is not None
    assert chat.question.hint.values == {"typed": "many"}


@flow("pair", commands=("pair",))
async def pair(chat: Any) -> None:
    await chat.ask("what", Pick(Text("pair.what"), (Option("one", Text("pair.one")),)))


@flow("menu", commands=("menu",))
async def bare_menu(chat: Any) -> None:
    await chat.ask("what", Pick(Text("menu.ask"), (Option("one", Text("pair.one")),)))


@pytest.mark.parametrize(
    ("name", "hint", "extras"),
    [
        ("pair", "conversation.way_out_at_start", ["-menu"]),
        ("menu", "conversation.way_out_in_menu", []),
    ],
)
def test_a_way_out_names_only_buttons_that_are_there(
    name: str, hint: str, extras: list[str]
) -> None:
    chat = ScriptedChat(Registry([pair, bare_menu]))
    chat.start(name)
    for _ in range(3):
        chat.send("perhaps")
    assert chat.hint == hint
    assert chat.extras == extras


def test_long_words_are_shown_again_by_their_beginning(talk: Talk) -> None:
    chat = talk("letter")
    chat.send("Ann " * 100)
    assert chat.outcome.answered is not None
    shown = str(chat.outcome.answered.shown.values["text"])
    assert len(shown) <= 200
    assert shown.startswith("Ann Ann")
    assert shown.endswith("…")
    chat.send("perhaps " * 600)
    assert chat.question.hint is not None
    assert len(str(chat.question.hint.values["typed"])) <= 200


@flow("nudges", commands=("nudges",), deep_links=("nudge",))
async def nudges(chat: Any, payload: str = "", said: str = "") -> None:
    await chat.ask("what", None)


NUDGES = Registry([*FLOWS, nudges])
OPENINGS = {"remind me": "nudges", "atgoffwch fi": "nudges", "sing": "menu"}


def opened(text: str, sessions: Any = ()) -> Route:
    return route(incoming(text=text), sessions, NUDGES, INTERRUPT_WORDS, openings=OPENINGS)


@pytest.mark.parametrize(
    "text", ["Remind me tomorrow at 6", "atgoffwch fi yfory", "remind me: call Ann", "Remind me!"]
)
def test_a_message_that_opens_with_such_words_is_given_to_their_flow(text: str) -> None:
    assert opened(text) == Start(nudges, {"said": text})


@pytest.mark.parametrize("text", ["please do not remind me", "sing a song", "excel"])
def test_other_messages_are_not(text: str) -> None:
    assert opened(text) != Start(nudges, {"said": text})


def test_within_that_flow_they_are_answers(talk: Talk) -> None:
    chat = talk("learn")
    session = chat.load(chat.stack.live[-1].session)
    inside = replace(session, flow="nudges")
    answer = opened("remind me tomorrow", (inside,))
    assert isinstance(answer, Answer)
    assert answer.otherwise == Start(nudges, {"said": "remind me tomorrow"})
    assert isinstance(opened("remind me tomorrow", (session,)), Start)


def test_a_press_on_a_message_that_nobody_asked_for_begins_what_it_carries() -> None:
    pressed = incoming(kind="press", press=Press("go.nudge.ab12.1f", "later"))
    assert route(pressed, (), NUDGES, INTERRUPT_WORDS) == Start(
        nudges, {"payload": "nudge_ab12_1f_later"}
    )


def test_a_press_that_carries_nothing_known_begins_at_the_start() -> None:
    pressed = incoming(kind="press", press=Press("go.unheard.of", "later"))
    assert route(pressed, (), NUDGES, INTERRUPT_WORDS) == Start(menu)
