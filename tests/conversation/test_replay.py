"""Rules 1 to 4 and 6: flows, the log, keys, keeping answers, the screen."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bot.conversation import AskText, Chat, Pick, Text, YesNo, flow
from bot.errors import FlowDefinitionError, StorageError
from tests.conversation.examples import options
from tests.support.scripted_chat import ScriptedChat

Talk = Callable[..., ScriptedChat]


def play_once(function: Any, **settings: Any) -> ScriptedChat:
    chat = ScriptedChat([flow("once")(function)], **settings)
    chat.start("once")
    return chat


def test_a_conversation_reads_like_a_transcript(talk: Talk) -> None:
    chat = talk("learn")
    assert chat.last.text_id == "learn.ask_wish"
    chat.send("excel")
    chat.choose("online")
    assert chat.said == ["learn.found"]
    assert chat.options == ["excel-online-1", "excel-online-2", "excel-online-3"]
    chat.choose("excel-online-2")
    assert chat.said == ["learn.saved"]
    chat.send("no thanks")
    assert chat.last.text_id == "learn.bye"
    assert chat.session is None


def test_the_same_turn_played_twice_comes_to_the_same(talk: Talk) -> None:
    first, second = talk("learn"), talk("learn")
    for chat in (first, second):
        chat.send("excel")
        chat.choose("nearby")
    assert first.outcome == second.outcome
    assert first.session == second.session


def test_awaiting_anything_else_is_a_definition_error() -> None:
    async def sleeps(chat: Chat) -> None:
        await asyncio.sleep(0)

    with pytest.raises(FlowDefinitionError, match="awaits"):
        play_once(sleeps)


def test_a_flow_must_be_an_async_def_with_a_plain_name() -> None:
    with pytest.raises(FlowDefinitionError, match="async def"):
        flow("sync")(lambda chat: None)  # type: ignore[arg-type,return-value]  # what is tested
    with pytest.raises(FlowDefinitionError, match="name"):
        flow("Not a name")


def test_a_key_used_twice_is_a_definition_error() -> None:
    async def repeats(chat: Chat) -> None:
        for _ in range(2):
            await chat.ask("same", AskText(Text("x.ask")))

    chat = play_once(repeats)
    with pytest.raises(FlowDefinitionError, match="'same' twice"):
        chat.send("words")


def test_an_option_id_must_fit_a_button() -> None:
    async def shouts(chat: Chat) -> None:
        await chat.ask("q", Pick(Text("x.ask"), options("NOT OK")))

    with pytest.raises(FlowDefinitionError, match="option id"):
        play_once(shouts)


def test_option_ids_of_the_engine_are_not_for_flows() -> None:
    async def pretends(chat: Chat) -> None:
        await chat.ask("q", Pick(Text("x.ask"), options("-back")))

    with pytest.raises(FlowDefinitionError, match="option id"):
        play_once(pretends)


def test_the_last_act_of_a_key_wins(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.press("wish", "-change")
    chat.send("sewing")
    assert [act.value for act in chat.session.log] == ["excel", "sewing"]
    chat.choose("online")
    assert chat.options[0] == "sewing-online-1"


def test_back_drops_the_last_act_and_so_undoes_an_edit(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.choose("online")
    chat.change("wish")
    chat.send("sewing")
    assert chat.options[0] == "sewing-online-1"
    chat.back()
    assert chat.options[0] == "excel-online-1"
    chat.back()
    assert chat.last.text_id == "learn.ask_where"
    chat.back()
    assert chat.last.text_id == "learn.ask_wish"
    chat.back()
    assert chat.said == ["conversation.at_start"]


def test_a_child_shares_the_log_and_can_be_edited_later(talk: Talk) -> None:
    chat = talk("check")
    chat.choose("email")
    chat.choose("maps")
    chat.choose("-done")
    chat.choose("high")
    chat.choose("low")
    chat.send("too small")
    assert chat.last.values["levels"] == ("high", "low")
    chat.choose("first")
    assert chat.last.text_id == "rating.ask_level"
    chat.choose("low")
    assert chat.last.text_id == "rating.ask_why"
    chat.send("never did it")
    assert chat.last.values["levels"] == ("low", "low")
    assert "rate.maps/why" in {act.key for act in chat.session.log}


def test_an_answer_sleeps_while_its_path_is_left_and_wakes_when_it_returns(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.choose("nearby")
    chat.send("moss side")
    assert chat.last.text_id == "learn.results"
    chat.press("where", "online")
    assert chat.last.text_id == "learn.results"
    assert "place" in {act.key for act in chat.session.log}
    chat.press("where", "nearby")
    assert chat.last.text_id == "learn.results"
    assert chat.options[0] == "excel-nearby-1"


def test_an_answer_sleeps_while_its_option_is_gone(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.choose("online")
    chat.choose("excel-online-1")
    assert chat.last.text_id == "learn.ask_remind"
    chat.press("where", "nearby")
    chat.send("skip")
    assert chat.last.text_id == "learn.results"
    chat.press("where", "online")
    assert chat.last.text_id == "learn.ask_remind"


def test_the_screen_is_the_says_since_the_last_answer_and_the_question(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    assert chat.outcome.screen.text_ids == ("learn.ask_where",)
    chat.choose("online")
    assert chat.outcome.screen.text_ids == ("learn.found", "learn.results")
    assert chat.look_again().screen == chat.outcome.screen


def test_back_and_menu_stand_last_and_back_only_where_it_leads_somewhere(talk: Talk) -> None:
    chat = talk("learn")
    assert chat.extras == ["-menu"]
    chat.send("excel")
    assert chat.extras == ["-back", "-menu"]


def test_an_answered_question_is_shown_with_its_answer_and_change(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    assert chat.outcome.answered is not None
    assert chat.outcome.answered.shown == Text("answer.text", {"text": "excel"})
    assert chat.outcome.answered.change
    assert chat.outcome.answered.change.id == "-change"
    chat.choose("online")
    assert chat.outcome.answered.shown.values == {"name": "online"}


def test_a_double_tap_does_nothing(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.choose("online")
    before = chat.session
    chat.press("where", "online")
    assert chat.outcome.is_repeat
    assert chat.outcome.act is None
    assert chat.session == before


def test_a_press_on_an_ended_session_does_nothing(talk: Talk) -> None:
    chat = talk("letter")
    old = chat.question
    assert old is not None
    for answer in ("Ann", "no", "3", "fine"):
        chat.send(answer)
    assert chat.session is None
    chat.press_nonce(old.nonce, "-change")
    assert type(chat.route).__name__ == "Closed"


def test_a_press_on_an_option_that_is_gone_is_said(talk: Talk) -> None:
    chat = talk("learn")
    chat.send("excel")
    chat.choose("online")
    chat.press("course", "withdrawn-1")
    assert chat.hint == "conversation.gone"
    assert chat.last.text_id == "learn.results"


def test_nothing_is_lost_when_a_flow_raises_and_it_works_again_once_mended() -> None:
    async def breaks(chat: Chat) -> None:
        await chat.ask("one", AskText(Text("x.one")))
        raise ValueError("a bug")

    async def mended(chat: Chat) -> None:
        await chat.ask("one", AskText(Text("x.one")))
        await chat.ask("two", YesNo(Text("x.two")))

    chat = play_once(breaks, is_strict=False)
    before = chat.session
    chat.send("words")
    assert chat.outcome.status == "failed"
    assert chat.outcome.failure is not None
    assert chat.outcome.notices[0].values["reference"] == chat.outcome.failure.reference
    assert len(chat.outcome.failure.reference) == 6
    assert chat.session == before
    chat.registry = type(chat.registry)([flow("once")(mended)])
    chat.send("words")
    assert chat.last.text_id == "x.two"


def test_a_database_that_is_busy_is_not_the_flows_fault(talk: Talk) -> None:
    def busy(*_args: str) -> None:
        raise StorageError

    chat = talk("learn", looks={"find": busy}, is_strict=False)
    chat.send("excel")
    with pytest.raises(StorageError):
        chat.choose("online")
