"""What people are told of their badges unasked: one arrives, is taken back, is not confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.badges.addresses import Addresses
from bot.badges.held import Claim, EndorsementRequest, HeldBadge
from bot.conversation.messages import Attachment, Text, Value
from bot.conversation.screen import Link, Say
from bot.work.badge_files import FORMS
from bot.work.badge_words import about_text, said
from content.load import Content

WEB = "web"
ACTS = ("show", "linkedin", "files", "cv", "what", "all")
"""What a press on an arrival leads to, in the flow `badges`."""
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that nobody asked for.

    Attributes:
        opens: The deep link that a press leads to, with "." for "_" and the option at its end.
        acts: The options, each with the text of its button.
    """

    say: Say
    opens: str
    acts: Mapping[str, str]


def arrival(badge: HeldBadge, content: Content, base: str, channel: str, news: Text) -> Notice:
    """Return the message of a new badge: its picture, a sentence, its link and its file.

    Its page opens for its holder in the browser that they chat in, and elsewhere once it is shown.

    Args:
        news: What has come, which names it.
    """
    page = Addresses(base).credential(badge.token)
    sample: Value = Text("my_badges.is_sample") if badge.is_sample else ""
    values = {"news": news, "says": said(badge, content, "description"), "sample": sample}
    picture = Attachment("picture", {"source": "badge", "token": badge.token})
    if channel == WEB:
        links = (Link(Text("my_badges.page.button"), page),)
        say = Say(Text("my_badges.arrived", values), (picture,), links=links)
    else:
        file = document_of(badge.token, badge.plan, "png")
        text_id = "my_badges.arrived_shown" if badge.is_shown else "my_badges.arrived_with_link"
        say = Say(Text(text_id, {**values, "link": page}), (picture, file))
    return Notice(say, f"badge.{badge.token}", _labels(ACTS))


def taken_back(badge: HeldBadge, content: Content, base: str) -> Notice:
    """Return the message that a badge counts no more: why, whom to ask, and how to complain."""
    called = next((one.called for one in badge.endorsers), "")
    by = called or badge.what.values.get("by")
    values: dict[str, Value] = {
        "name": said(badge, content),
        "by": by[:LONGEST_NAME] if isinstance(by, str) else Text("my_badges.the_team"),
        "reason": Text(badge.reason if content.words.has(badge.reason) else "my_badges.no_reason"),
    }
    links = (Link(Text("my_badges.complain.button"), f"{base}/privacy#complain"),)
    if badge.endorsers:
        say = Say(Text("my_badges.unsaid", {**values, "called": called}), links=links)
        return Notice(say, f"badge.{badge.token}", _labels(("again", "what", "all")))
    say = Say(Text("my_badges.taken", values), links=links)
    return Notice(say, f"badge.{badge.token}", _labels(("what", "all")))


def not_confirmed(request: EndorsementRequest) -> Notice:
    """Return the message that somebody said no, or did not answer in time."""
    values: dict[str, Value] = {
        "called": request.called,
        "name": about_text(f"badge.{request.plan}.name", request.about),
    }
    is_over = request.state == "asked"
    say = Say(Text("my_badges.unanswered" if is_over else "my_badges.declined", values))
    return Notice(say, "badges", {request.plan: "my_badges.ask_another.button"})


def not_given(claim: Claim, base: str) -> Notice:
    """Return the message that whoever teaches said no to a claim, or has not answered for long."""
    by = claim.about.values.get("by")
    values: dict[str, Value] = {
        "name": about_text(f"badge.{claim.plan}.name", claim.about),
        "by": by[:LONGEST_NAME] if isinstance(by, str) and by else Text("my_badges.the_teacher"),
    }
    if claim.state == "waiting":
        return Notice(Say(Text("my_badges.claim_waits", values)), "badges", _labels(("earn",)))
    links = (Link(Text("my_badges.complain.button"), f"{base}/privacy#complain"),)
    say = Say(Text("my_badges.claim_refused", values), links=links)
    return Notice(say, "badges", _labels(("earn",)))


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


def _labels(acts: tuple[str, ...]) -> dict[str, str]:
    return {act: f"my_badges.{act}.button" for act in acts}
