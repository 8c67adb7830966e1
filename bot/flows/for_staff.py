"""Words about people who work for somebody: asked about, and taken to what employers are asked."""

from __future__ import annotations

from bot.conversation import Chat, Option, Pick, Text


async def is_for_staff(chat: Chat, key: str, kind: str) -> bool:
    """Whether a wish is an employer's; asked where it only sounds so.

    Args:
        kind: What the wish asks for, as "wish_kind" told.
    """
    if kind != "staff":
        return kind == "employer"
    options = (
        Option("staff", Text("discover.for_whom.staff.button"), is_main=True),
        Option("search", Text("discover.for_whom.search.button")),
    )
    return await chat.ask(key, Pick(Text("discover.for_whom"), options)) == "staff"
