"""A badge on the CV page: put there in one press, and taken off in another."""

from __future__ import annotations

from bot.conversation import Chat, Ending, Option, Pick, Refusal, Text
from bot.cv.effects import ShowBadgeOnCv


async def put_on_cv(chat: Chat, key: str, token: str) -> Ending | None:
    """Put a badge on the CV, say who sees it there, and offer to take that back.

    Returns where the person goes on to; None for the badge.
    """
    done = await chat.call(key, ShowBadgeOnCv(token, is_on=True))
    if isinstance(done, Refusal):
        chat.say(Text(done.text_id))
        return None
    options = (
        Option("see", Text("my_badges.see_cv.button"), is_main=True),
        Option("undo", Text("my_badges.off_cv.button")),
        Option("back", Text("my_badges.to_badge.button")),
    )
    told = Text(
        "my_badges.on_cv" if done["link"] else "my_badges.on_cv_off", {"link": done["link"]}
    )
    answer = await chat.ask(f"{key}.then", Pick(told, options))
    if answer == "undo":
        await take_off_cv(chat, f"{key}.undo", token)
    return chat.start("cv") if answer == "see" else None


async def take_off_cv(chat: Chat, key: str, token: str) -> None:
    """Take a badge off the CV; it stays the person's."""
    done = await chat.call(key, ShowBadgeOnCv(token, is_on=False))
    chat.say(Text(done.text_id if isinstance(done, Refusal) else "my_badges.off_cv"))
