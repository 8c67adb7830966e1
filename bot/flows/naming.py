"""Whether a name may stand on a page of somebody's own: they say first that they are grown up."""

from __future__ import annotations

from typing import Any

from bot.conversation import Chat, Option, Pick, Text
from bot.people.effects import SetAgeBand

Json = dict[str, Any]


async def is_grown_up(chat: Chat, key: str, known: Json, question: Text, without: Text) -> bool:
    """Tell whether the person may show a name; ask them where they never said how old they are.

    Args:
        known: `is_adult`, and `asks_age` where it may be asked. Talks that began before there was
            such a question have no `asks_age`: they go on as they began.
        question: Says who may show a name, and asks.
        without: The button of whoever would rather go on without one; nothing is kept of that.
    """
    if known["is_adult"] or not known.get("asks_age", False):
        return bool(known["is_adult"])
    options = (
        Option("without", without, is_main=True),
        Option("adult", Text("common.adult.button")),
    )
    if await chat.ask(f"{key}.age", Pick(question, options)) != "adult":
        return False
    chat.do(f"{key}.adult", SetAgeBand("18-plus"))
    return True
