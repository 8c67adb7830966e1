"""Two conversations of ten questions: one is answered by typing, one by pressing."""

from __future__ import annotations

from bot.conversation import AskText, Chat, Ending, Option, Pick, Text, flow

QUESTIONS = 10


@flow("typed", version=1, commands=("typed",))
async def typed(chat: Chat) -> Ending:
    """Ask ten things and repeat the last answer in each question."""
    last = "nothing"
    for number in range(QUESTIONS):
        line = Text("name.button", {"name": f"Question {number} after {last}"})
        last = await chat.ask(f"word.{number}", AskText(line))
    return chat.start("typed")


@flow("pressed", version=1, commands=("pressed",))
async def pressed(chat: Chat) -> Ending:
    """Ask ten things with three buttons each."""
    last = "nothing"
    options = tuple(
        Option(name, Text("name.button", {"name": name})) for name in ("one", "two", "three")
    )
    for number in range(QUESTIONS):
        line = Text("name.button", {"name": f"Question {number} after {last}"})
        last = await chat.ask(f"pick.{number}", Pick(line, options))
    return chat.start("pressed")
