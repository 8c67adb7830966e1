"""What is said when a badge arrives, the same as when its holder opens it."""

from __future__ import annotations

from bot.badges.addresses import Addresses
from bot.badges.held import HeldBadge
from bot.conversation.messages import Attachment, Text
from bot.conversation.screen import Link, Say
from bot.work.badge_files import FORMS
from bot.work.badge_words import said
from content.load import Content

WEB = "web"
ACTS = ("show", "linkedin", "files", "cv", "what", "all")
"""What a press on an arrival leads to, in the flow `badges`."""


def arrival(badge: HeldBadge, content: Content, base: str, channel: str) -> Say:
    """Return the message of a new badge: its picture, a sentence, its link and its file.

    Its page opens for its holder in the browser that they chat in, and elsewhere once it is shown.
    """
    page = Addresses(base).credential(badge.token)
    values = {"name": said(badge, content), "says": said(badge, content, "description")}
    picture = Attachment("picture", {"source": "badge", "token": badge.token})
    sample = "_sample" if badge.is_sample else ""
    if channel == WEB:
        links = (Link(Text("my_badges.page.button"), page),)
        return Say(Text(f"my_badges.arrived{sample}", values), (picture,), links=links)
    file = document_of(badge.token, badge.plan, "png")
    text = Text(f"my_badges.arrived_with_link{sample}", {**values, "link": page})
    return Say(text, (picture, file))


def document_of(token: str, plan: str, ending: str) -> Attachment:
    """Return a form of a badge as a file beside a message."""
    values = {
        "name": f"badge-{plan}.{ending}",
        "media_type": FORMS[ending].media_type,
        "source": "badge",
        "token": token,
        "form": ending,
    }
    return Attachment("document", values)
