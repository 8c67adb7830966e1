"""Pictures of campaigns: the card with a promise on it, and the one that invites to make one."""

from __future__ import annotations

from bot.campaigns.content import is_own
from bot.campaigns.promises import problem_of
from bot.conversation.messages import Text
from bot.pictures import ShareCard, draw_share
from bot.work.pictures import Picture, PictureContext, picture


@picture("pledge")
def pledge(context: PictureContext) -> Picture | None:
    """Draw the words that the person promised themselves; None where they cannot stand there."""
    words = " ".join(context.values.get("words", "").split())
    return None if problem_of(words) else _card(context, words, context.words("pledge.card.footer"))


@picture("campaign")
def campaign(context: PictureContext) -> Picture | None:
    """Return the picture that goes with a campaign's message; None where there is none such."""
    name, city = (context.values.get(one, "") for one in ("name", "city"))
    if is_own(name):
        photo = context.unit.campaign_pictures.find(city, name)
        return Picture(photo, context.values.get("alt", "")) if photo else None
    if name != "pledge":
        return None
    return _card(context, context.words("pledge.card.invite"), "")


def _card(context: PictureContext, words: str, footer: str) -> Picture:
    city = context.city.named(context.language) if context.city else ""
    title = context.words("pledge.card.title")
    card = ShareCard(title, city, (words,), footer=footer, has_marks=False)
    alt = Text("pledge.card.alt", {"title": title, "city": city, "words": words})
    return Picture(draw_share(card, context.look), alt)
