"""What is said to those who teach when people used their codes: one message for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.badges.held import Untold
from bot.conversation.messages import Text
from bot.conversation.screen import Say
from bot.work.badge_messages import Notice

EVERY_CODE = "all"
LONGEST_COURSE = 80


def claimed(untold: Sequence[Untold]) -> Notice:
    """Return the message: by course how many claimed, and how many of them wait for a word."""
    lines = tuple(_line(one) for one in untold)
    kind = "news" if len(lines) == 1 else "news_many"
    opens = untold[0].code if len(untold) == 1 else EVERY_CODE
    return Notice(
        Say(Text(f"classes.{kind}", {"lines": lines})),
        f"teach.{opens}",
        {"see": "classes.see.button", "quiet": "classes.quiet.button"},
    )


def _line(one: Untold) -> Text:
    course = str(one.about.values.get("course", ""))[:LONGEST_COURSE]
    told = Text("classes.news_line", {"count": one.count, "course": course})
    if not one.waiting:
        return told
    waiting = Text("classes.waiting", {"count": one.waiting})
    return Text("classes.news_waiting", {"told": told, "waiting": waiting})
