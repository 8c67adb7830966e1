"""Rule 14: steps, loops, folding and the size of a log."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from bot.conversation import AskText, Chat, Pressed, Show, Text, Wrote, flow, play
from bot.conversation.bounds import TooLong, cut_off, unbounded
from bot.conversation.compacting import fits
from bot.errors import FlowDefinitionError
from tests.support.scripted_chat import MONDAY, FakeReads, ScriptedChat

Talk = Callable[..., ScriptedChat]


def test_a_turn_takes_at_most_a_thousand_steps() -> None:
    @flow("chatty")
    async def chatty(chat: Chat) -> None:
        while True:
            chat.say("chatty.more")

    with pytest.raises(FlowDefinitionError, match="1000 steps"):
        ScriptedChat([chatty]).start("chatty")


def test_a_loop_without_an_end_is_cut_off_and_told() -> None:
    @flow("stuck")
    async def stuck(chat: Chat) -> None:
        await chat.ask("one", AskText(Text("stuck.one")))
        while True:
            pass

    chat = ScriptedChat([stuck])
    chat.start("stuck")
    outcome = play(stuck, chat.session, Wrote("go"), FakeReads(), seconds=0.02)
    assert outcome.status == "failed"
    assert outcome.notices[0].id == "conversation.too_long"
    assert outcome.session == chat.session


def test_a_loop_that_swallows_exceptions_is_cut_off_too() -> None:
    def spin() -> None:
        while True:
            try:
                sum(range(50))
            except Exception:  # noqa: BLE001 - what a careless flow does
                continue

    with pytest.raises(TooLong), cut_off(0.02):
        spin()


def test_a_cut_off_in_one_thread_leaves_the_others_alone() -> None:
    ended: list[str] = []

    def spin() -> None:
        try:
            with cut_off(0.02):
                while True:
                    pass
        except TooLong:
            ended.append("cut off")

    thread = threading.Thread(target=spin)
    with cut_off(60):
        thread.start()
        thread.join()
    assert ended == ["cut off"]


def test_waiting_for_a_look_is_not_counted() -> None:
    with cut_off(0.02):
        with unbounded():
            for _ in range(400_000):
                pass
        done = True
    assert done


def test_blocks_inside_a_cut_off_keep_its_bound() -> None:
    def spin() -> None:
        while True:
            pass

    with pytest.raises(TooLong), cut_off(0.02), cut_off(60):
        spin()


def keep_a_diary(chat: ScriptedChat, days: int) -> None:
    for day in range(days):
        chat.send(f"day {day}")


def test_a_long_log_is_folded_by_the_flows_hook(talk: Talk) -> None:
    chat = talk("diary")
    keep_a_diary(chat, 149)
    assert len(chat.session.log) == 149
    chat.send("the hundred and fiftieth")
    assert chat.session.log == ()
    assert chat.session.folded == {"days": 150}
    assert chat.last.values == {"day": 150}
    keep_a_diary(chat, 155)
    assert chat.session.folded == {"days": 300}
    assert chat.last.values == {"day": 305}


def test_superseded_acts_go_first(talk: Talk) -> None:
    chat = talk("journal")
    chat.send("first")
    for number in range(160):
        chat.press("day.0", "-change")
        chat.send(f"changed {number}")
    assert len(chat.session.log) < 150
    assert "-fresh" not in chat.extras
    assert chat.last.values == {"day": 1}


def test_a_flow_without_a_hook_offers_a_fresh_start_and_holds_at_200(talk: Talk) -> None:
    chat = talk("journal")
    keep_a_diary(chat, 149)
    assert "-fresh" not in chat.extras
    chat.send("one more")
    assert chat.extras == ["-fresh", "-back", "-menu"]
    keep_a_diary(chat, 50)
    assert len(chat.session.log) == 200
    chat.send("too much")
    assert chat.said == ["conversation.log_full"]
    assert len(chat.session.log) == 200
    chat.choose("-fresh")
    assert len(chat.session.log) == 50
    assert chat.last.values == {"day": 50}
    chat.send("on we go")
    assert chat.last.values == {"day": 51}


def test_a_log_holds_at_most_32_kilobytes(talk: Talk) -> None:
    chat = talk("journal")
    for _ in range(20):
        chat.send("x" * 3_900)
        assert fits(chat.session)
    assert chat.said == ["conversation.log_full"]
    assert "-fresh" in chat.extras


def test_a_fold_that_would_lead_elsewhere_is_not_followed() -> None:
    from bot.conversation import Folded

    def forgets_itself(answers: Any, folded: Any) -> Folded:
        return Folded(frozenset(answers), {})

    @flow("amnesia", compact=forgets_itself)
    async def amnesia(chat: Chat) -> None:
        for day in range(300):
            await chat.ask(f"day.{day}", AskText(Text("amnesia.ask", {"day": day})))

    chat = ScriptedChat([amnesia])
    chat.start("amnesia")
    keep_a_diary(chat, 151)
    assert len(chat.session.log) == 151
    assert chat.last.values == {"day": 151}


def test_a_press_and_a_show_on_a_new_session_need_no_answer() -> None:
    @flow("plain")
    async def plain(chat: Chat) -> None:
        await chat.ask("one", AskText(Text("plain.one")))

    chat = ScriptedChat([plain])
    chat.start("plain")
    for given in (Show(), Pressed("other", "x"), Pressed("one", "-9")):
        assert play(plain, chat.session, given, FakeReads(now=MONDAY)).status == "live"
