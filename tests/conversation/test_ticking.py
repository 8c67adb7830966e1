"""A list of which one ticks some, or none, and says so in words."""

from __future__ import annotations

from bot.conversation import Chat, Many, Option, Registry, Text, flow
from tests.support.scripted_chat import ScriptedChat


@flow("ticks", version=1)
async def ticks(chat: Chat) -> None:
    """Ask for any number of two things."""
    options = tuple(Option(one, Text(f"ticks.{one}.button")) for one in ("tea", "cake"))
    picked = await chat.ask("list", Many(Text("ticks.list"), options))
    chat.say(Text("ticks.told", {"picked": picked}))


def ticking() -> ScriptedChat:
    chat = ScriptedChat(Registry([ticks]))
    chat.start("ticks")
    return chat


def test_done_is_read_where_nothing_is_ticked_and_nothing_has_to_be() -> None:
    chat = ticking()
    chat.send("finished")
    assert chat.outcome.screen.says[-1].text.values["picked"] == ()


def test_done_is_read_behind_what_is_ticked() -> None:
    chat = ticking()
    chat.choose("cake")
    chat.send("finished")
    assert chat.outcome.screen.says[-1].text.values["picked"] == ("cake",)
