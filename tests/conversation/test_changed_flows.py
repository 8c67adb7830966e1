"""Rule 11: a flow that changes under people who are in the middle of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.conversation import AskText, Chat, Flow, Pick, Registry, Text, YesNo, flow
from tests.conversation.examples import LOOKS, Note, Save, Send, learn, options
from tests.support.record_sessions import record, record_all
from tests.support.scripted_chat import ScriptedChat


@flow("visit", version=1)
async def first_version(chat: Chat) -> None:
    await chat.ask("name", AskText(Text("visit.name")))
    await chat.ask("colour", Pick(Text("visit.colour"), options("red", "blue")))
    chat.do("save", Save("c1"))
    await chat.ask("end", AskText(Text("visit.end")))


def at_the_end(*, replaced_by: Flow) -> ScriptedChat:
    """Return a chat that stood at the last question when the flow changed."""
    chat = ScriptedChat([first_version])
    chat.start("visit")
    chat.send("Ann")
    chat.choose("blue")
    assert chat.applied == [Save("c1")]
    chat.registry = Registry([replaced_by])
    return chat


def second(function: Callable[..., Any]) -> Flow:
    return flow("visit", version=2)(function)


def test_only_what_is_new_is_asked_and_one_line_says_so() -> None:
    @second
    async def longer(chat: Chat) -> None:
        await chat.ask("name", AskText(Text("visit.name")))
        await chat.ask("age", AskText(Text("visit.age")))
        await chat.ask("colour", Pick(Text("visit.colour"), options("red", "blue")))
        chat.do("save", Save("c1"))
        await chat.ask("end", AskText(Text("visit.end")))

    chat = at_the_end(replaced_by=longer)
    chat.look_again()
    assert chat.said == ["conversation.flow_changed"]
    assert chat.last.text_id == "visit.age"
    chat.send("45")
    assert chat.said == []
    assert chat.last.text_id == "visit.end"
    assert chat.applied == [Save("c1")]


def test_what_is_typed_at_a_question_that_moved_away_is_not_given_to_another() -> None:
    @second
    async def inserted(chat: Chat) -> None:
        await chat.ask("consent", YesNo(Text("visit.consent")))
        await chat.ask("name", AskText(Text("visit.name")))

    chat = at_the_end(replaced_by=inserted)
    chat.send("yes, the end")
    assert chat.last.text_id == "visit.consent"
    assert "conversation.flow_changed" in chat.said
    chat.send("yes")
    assert chat.session is None


def test_entries_whose_key_is_gone_sleep() -> None:
    @second
    async def shorter(chat: Chat) -> None:
        await chat.ask("name", AskText(Text("visit.name")))
        chat.do("save", Save("c1"))
        await chat.ask("end", AskText(Text("visit.end")))

    chat = at_the_end(replaced_by=shorter)
    chat.look_again()
    assert chat.said == []
    assert chat.last.text_id == "visit.end"
    assert [act.key for act in chat.session.log] == ["name", "colour"]
    assert chat.applied == [Save("c1")]
    chat.back()
    assert chat.last.text_id == "visit.name"


def test_an_effect_put_behind_the_persons_place_is_not_applied() -> None:
    @second
    async def sends(chat: Chat) -> None:
        await chat.ask("name", AskText(Text("visit.name")))
        chat.do("send", Send("Ann"))
        chat.do("note", Note("everybody gets this one"))
        await chat.ask("colour", Pick(Text("visit.colour"), options("red", "blue")))
        chat.do("save", Save("c1"))
        await chat.ask("end", AskText(Text("visit.end")))

    chat = at_the_end(replaced_by=sends)
    chat.look_again()
    assert chat.applied == [Save("c1"), Note("everybody gets this one")]
    chat.send("bye")
    assert Send("Ann") not in chat.applied


def test_an_effect_behind_a_new_question_but_in_front_of_old_answers_is_not_applied() -> None:
    @second
    async def asks_and_sends(chat: Chat) -> None:
        await chat.ask("age", AskText(Text("visit.age")))
        chat.do("send", Send("Ann"))
        await chat.ask("name", AskText(Text("visit.name")))
        await chat.ask("colour", Pick(Text("visit.colour"), options("red", "blue")))
        chat.do("save", Save("c1"))
        await chat.ask("end", AskText(Text("visit.end")))

    chat = at_the_end(replaced_by=asks_and_sends)
    chat.look_again()
    chat.send("45")
    assert chat.last.text_id == "visit.end"
    assert chat.applied == [Save("c1")]


def test_an_effect_that_the_new_version_drops_stands() -> None:
    @second
    async def drops(chat: Chat) -> None:
        await chat.ask("name", AskText(Text("visit.name")))
        await chat.ask("colour", Pick(Text("visit.colour"), options("red", "blue")))
        await chat.ask("end", AskText(Text("visit.end")))

    chat = at_the_end(replaced_by=drops)
    chat.send("bye")
    assert chat.session is None
    assert chat.applied == [Save("c1")]


def test_an_option_that_went_is_asked_again() -> None:
    @second
    async def without_blue(chat: Chat) -> None:
        await chat.ask("name", AskText(Text("visit.name")))
        await chat.ask("colour", Pick(Text("visit.colour"), options("red", "green")))
        chat.do("save", Save("c1"))
        await chat.ask("end", AskText(Text("visit.end")))

    chat = at_the_end(replaced_by=without_blue)
    chat.look_again()
    assert chat.last.text_id == "visit.colour"
    chat.choose("green")
    assert chat.last.text_id == "visit.end"
    assert chat.applied == [Save("c1")]


def test_an_argument_that_went_is_let_go() -> None:
    @flow("open")
    async def takes_two(chat: Chat, wish: str, place: str) -> None:
        await chat.ask("one", AskText(Text("open.one")))

    @flow("open", version=2)
    async def takes_one(chat: Chat, wish: str) -> None:
        await chat.ask("one", AskText(Text("open.one")))

    chat = ScriptedChat([takes_two])
    chat.start("open", wish="excel", place="hulme")
    chat.registry = Registry([takes_one])
    chat.send("words")
    assert chat.session is None


def begin(registry: Registry) -> ScriptedChat:
    return ScriptedChat(registry, looks=LOOKS)


def test_a_recording_is_the_same_for_the_same_flow() -> None:
    registry = Registry([learn])
    assert record(begin, registry, learn) == record(begin, registry, learn)


def test_a_recording_shows_another_set_of_keys() -> None:
    async def asks_more(chat: Chat) -> None:
        await chat.ask("more", AskText(Text("learn.more")))
        await learn.function(chat)

    changed = flow("learn")(asks_more)
    before = record(begin, Registry([learn]), learn)
    after = record(begin, Registry([changed]), changed)
    assert set(after["keys"]) - set(before["keys"]) == {"more"}


def test_recordings_are_files_by_flow_and_version(tmp_path: Path) -> None:
    (path,) = record_all(begin, Registry([learn]), tmp_path, {"learn": ({"wish": "sewing"},)})
    assert path.name == "learn.v1.json"
    written = json.loads(path.read_text("utf-8"))
    assert written["sessions"]
    assert written["sessions"][0]["session"]["opening"]["args"] == {"wish": "sewing"}
