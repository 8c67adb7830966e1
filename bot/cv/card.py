"""The picture of a CV: what is best on it, in a few words."""

from __future__ import annotations

from bot.cv.contents import Contents
from bot.pictures import Drawing, Look, ShareCard, draw_share
from content.load import Content

MOST_LINES = 3
CARD_WIDTH = 1080


def card_lines(contents: Contents, content: Content, language: str) -> tuple[str, ...]:
    """Return the few words that stand on the card: badges first, then skills, routes, interests."""
    words = content.words
    lines = [one.title for one in contents.badges]
    lines += [words.short(f"cv.skill.{one.skill}", language) for one in contents.experiences]
    lines += [words.short(one.pathway.title, language) for one in contents.routes]
    lines += [contents.cv.interests] if contents.cv.interests else []
    lines += [
        words.short(f"framework.{one.framework.id}.area.{area.area.code}.button", language)
        for one in contents.reports
        for area in one.areas
    ]
    return tuple(dict.fromkeys(lines))[:MOST_LINES]


def draw_card(contents: Contents, content: Content, look: Look, city: str) -> Drawing | None:
    """Draw the card; None where nothing is on the CV."""
    language = look.language
    lines = card_lines(contents, content, language)
    if not lines:
        return None
    title = content.words.short("cv.card.title", language)
    footer = content.words.short("cv.card.footer", language)
    return draw_share(ShareCard(title, city, lines, contents.cv.name, footer), look)
