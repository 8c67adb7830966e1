"""Rules 7 and 10: looks that keep still behind an answer, and the frozen context."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.conversation import AskText, Chat, Pick, Session, Text, YesNo, flow
from bot.errors import FlowDefinitionError
from tests.conversation.examples import Save, options
from tests.support.scripted_chat import MONDAY, ScriptedChat

Talk = Callable[..., ScriptedChat]


def counted(chat: ScriptedChat, name: str = "find") -> int:
    return sum(made == name for made, _ in chat.reads.made)


def shelf(talk: Talk) -> tuple[ScriptedChat, list[str]]:
    """Return a chat at its results, and the stock that they come from."""
    stock = ["a", "b"]
    chat = talk("learn", looks={"find": lambda wish, where: list(stock)})
    chat.send("excel")
    chat.choose("online")
    return chat, stock


def test_a_look_is_made_once_for_the_same_arguments(talk: Talk) -> None:
    chat, _ = shelf(talk)
    chat.send("rubbish that fits nothing")
    chat.choose("a")
    chat.press("wish", "-change")
    chat.back()
    assert counted(chat) == 1


def test_a_look_after_the_last_answer_is_read_again_when_it_is_old(talk: Talk) -> None:
    chat, stock = shelf(talk)
    stock[:] = ["b", "c"]
    chat.wait(minutes=29)
    chat.look_again()
    assert chat.options == ["a", "b"]
    chat.wait(minutes=2)
    chat.look_again()
    assert chat.options == ["b", "c"]
    assert counted(chat) == 2


def test_what_is_shown_afresh_reads_its_newest_looks_again(talk: Talk) -> None:
    chat, stock = shelf(talk)
    stock[:] = ["b", "c"]
    chat.look_again(is_fresh=True)
    assert chat.options == ["b", "c"]
    chat.choose("b")
    stock[:] = ["d"]
    chat.look_again(is_fresh=True)
    assert chat.last.text_id == "learn.ask_remind"
    assert chat.applied == [Save("b")]
    assert counted(chat) == 2


def test_a_look_behind_an_answer_never_changes(talk: Talk) -> None:
    chat, stock = shelf(talk)
    chat.choose("a")
    stock[:] = ["c"]
    chat.wait(days=3)
    chat.look_again()
    assert chat.last.text_id == "learn.ask_remind"
    assert chat.applied == [Save("a")]
    assert counted(chat) == 1


def test_an_answer_is_read_against_what_the_person_saw(talk: Talk) -> None:
    chat, stock = shelf(talk)
    stock[:] = ["z", "b"]
    chat.wait(days=1)
    chat.send("the first one")
    assert chat.applied == [Save("a")]


def test_another_city_reads_looks_again(talk: Talk) -> None:
    chat, stock = shelf(talk)
    stock[:] = ["derby-1"]
    moved = chat.session.in_city("derby")
    chat.stored[moved.id] = __import__("json").dumps(moved.to_json())
    chat.look_again()
    assert chat.options == ["derby-1"]
    assert chat.session.opening.city == "derby"


def test_another_language_keeps_everything_else(talk: Talk) -> None:
    chat, _ = shelf(talk)
    welsh = chat.session.in_language("cy")
    assert welsh.opening.language == "cy"
    assert welsh.log == chat.session.log
    assert welsh.looks == chat.session.looks


def test_a_look_after_an_effect_of_the_turn_is_a_definition_error() -> None:
    @flow("hasty")
    async def hasty(chat: Chat) -> None:
        await chat.ask("one", AskText(Text("hasty.one")))
        chat.do("save", Save("c1"))
        await chat.look("after", "find")

    chat = ScriptedChat([hasty])
    chat.start("hasty")
    with pytest.raises(FlowDefinitionError, match="after the effect 'save'"):
        chat.send("go")


def test_a_look_holds_at_most_two_kilobytes() -> None:
    @flow("greedy")
    async def greedy(chat: Chat) -> None:
        await chat.look("all", "find")

    chat = ScriptedChat([greedy], looks={"find": lambda: ["x" * 100] * 21})
    with pytest.raises(FlowDefinitionError, match="2 kB"):
        chat.start("greedy")


def test_a_look_remembered_in_an_older_form_is_read_again() -> None:
    form: dict[str, Any] = {"old": ["a", "b"]}

    def version(name: str) -> Any:
        @flow("grown")
        async def grown(chat: Chat) -> None:
            found = await chat.look("all", "find")
            await chat.ask("pick", Pick(Text("grown.pick"), options(*found[name])))
            await chat.ask("end", AskText(Text("grown.end")))

        return grown

    chat = ScriptedChat([version("old")], looks={"find": lambda: form})
    chat.start("grown")
    chat.choose("b")
    form.clear()
    form["new"] = ["b", "c"]
    chat.registry = type(chat.registry)([version("new")])
    chat.look_again()
    assert chat.last.text_id == "grown.end"
    assert [act.value for act in chat.session.log] == ["b"]


def test_what_a_flow_does_to_a_looks_value_stays_its_own() -> None:
    @flow("grabby")
    async def grabby(chat: Chat) -> None:
        found = await chat.look("all", "find")
        found.append("mine")
        await chat.ask("pick", Pick(Text("grabby.pick"), options(*found)))

    chat = ScriptedChat([grabby], looks={"find": lambda: ["a"]})
    chat.start("grabby")
    chat.look_again()
    assert chat.options == ["a", "mine"]


def test_now_is_the_time_of_the_newest_act_on_the_way() -> None:
    seen: list[Any] = []

    @flow("clock")
    async def clock(chat: Chat) -> None:
        seen.append(chat.now)
        await chat.ask("one", AskText(Text("clock.one")))
        seen.append(chat.now)
        await chat.ask("two", YesNo(Text("clock.two")))

    chat = ScriptedChat([clock])
    chat.start("clock")
    chat.wait(hours=2)
    chat.send("words")
    first = list(seen)
    seen.clear()
    chat.wait(days=2)
    chat.look_again()
    assert seen == [MONDAY, chat.reads.now.replace(day=4)]
    assert first[-2:] == seen


def test_context_is_frozen_in_the_session() -> None:
    seen: list[Any] = []

    @flow("who")
    async def who(chat: Chat, wish: str = "") -> None:
        seen.append((chat.person, chat.city, chat.language, chat.roles, wish))
        await chat.ask("one", AskText(Text("who.one")))

    chat = ScriptedChat([who], roles=frozenset({"staff"}))
    chat.start("who", wish="excel")
    chat.city, chat.language, chat.roles = "leeds", "cy", frozenset()
    chat.look_again()
    expected = ("person-1", "manchester", "en", frozenset({"staff"}), "excel")
    assert seen == [expected, expected]


def test_a_typed_date_is_kept_parsed_beside_its_text(talk: Talk) -> None:
    chat, _ = shelf(talk)
    chat.choose("a")
    chat.send("yes")
    chat.send("next tuesday")
    chat.send("1")
    assert isinstance(chat.outcome.session, Session)
    assert chat.outcome.session.log[-1].value == {"date": "2027-01-05", "typed": "next tuesday"}
