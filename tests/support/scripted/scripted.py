"""Two conversations of ten questions for ever: one is answered by typing, one by pressing."""

from __future__ import annotations

from bot.conversation import AskText, Chat, Ending, Option, Pick, Text, flow

QUESTIONS = 10
WORDS = ("one", "two", "three")


def question(number: int, last: str) -> Text:
    """Return the words of a question; they hold the answer to the one before."""
    return Text("name.button", {"name": f"Question {number} after {last}"})


@flow("typed", version=1, commands=("typed",))
async def typed(chat: Chat, last: str = "nothing") -> Ending:
    """Ask ten things and repeat the last answer in each question."""
    for number in range(QUESTIONS):
        last = await chat.ask(f"word.{number}", AskText(question(number, last)))
    return chat.start("typed", last=last)


@flow("pressed", version=1, commands=("pressed",))
async def pressed(chat: Chat, last: str = "nothing") -> Ending:
    """Ask ten things with three buttons each."""
    options = tuple(Option(name, Text("name.button", {"name": name})) for name in WORDS)
    for number in range(QUESTIONS):
        last = await chat.ask(f"pick.{number}", Pick(question(number, last), options))
    return chat.start("pressed", last=last)
