"""Shows a picture, then asks whether to show it again."""

from __future__ import annotations

from bot.conversation import Attachment, Chat, Ending, Link, Option, Pick, Text, flow

WORDS = "Here is your picture"


@flow("start", version=1)
async def start(chat: Chat, wish: str = "", payload: str = "") -> Ending:
    """Show a picture as often as it is wanted."""
    words = Text("name.button", {"name": WORDS})
    again = (Option("again", Text("common.yes")),)
    while True:
        values = {"source": "pictured", "page": "/about/pictures", "person": "somebody else"}
        links = (Link(Text("name.button", {"name": "Table"}), "https://learn.example.org/table"),)
        chat.say(words, attachments=(Attachment("picture", values),), links=links)
        await chat.ask("again", Pick(Text("name.button", {"name": "Again?"}), again))
        return chat.start("start")
