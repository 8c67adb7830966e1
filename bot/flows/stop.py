"""Stopping: this question, or messages from the city."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Option, Pick, Text, flow
from bot.people.effects import StopMessages


@flow("stop", version=2, commands=("stop",), again="end")
async def stop(chat: Chat) -> Ending | None:
    """Ask what to stop, and stop that."""
    names = ("leave", "messages", "topics", "keep")
    options = tuple(Option(name, Text(f"stop.{name}.button")) for name in names)
    answer = await chat.ask("what", Pick(Text("stop.ask"), options))
    if answer == "messages":
        await chat.call("stop", StopMessages())
        chat.say(Text("stop.messages"))
    elif answer == "topics":
        return chat.start("topics")
    elif answer == "leave":
        chat.say(Text("stop.left"))
        return chat.start("menu")
    else:
        chat.say(Text("stop.kept"))
    return None
