"""What a badge is called, and says of itself, in its holder's language."""

from __future__ import annotations

from bot.badges.held import HeldBadge
from bot.badges.planning import LONGEST_VALUE, About
from bot.conversation.messages import Text
from content.load import Content
from content.words import TextValue


def said(badge: HeldBadge, content: Content, name: str = "name") -> Text:
    """Return one of a badge's texts; one that is no longer in content is called a badge."""
    plan = content.badges.get(badge.plan)
    if plan is None:
        return Text("my_badges.old")
    return about_text(plan.text(name), badge.what)


def about_text(text_id: str, about: About) -> Text:
    """Return a text filled in with what a badge is about."""
    return Text(
        text_id,
        {
            key: Text(value.id) if isinstance(value, TextValue) else value[:LONGEST_VALUE]
            for key, value in about.values.items()
        },
    )
