"""What is wrong with a plan before it can go out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.campaigns.content import PROMOTES, Button, CampaignContent, Wording, is_own
from bot.campaigns.records import Plan
from bot.campaigns.variants import Rival, content_of
from bot.people.consent import TOPICS
from content.template import TemplateError, parse

LONGEST_TEXT: Final = 3000
LONGEST_CAPTION: Final = 800
"""Units of UTF-16, so that with the sender's name and the way out a message fits Telegram's 4,096,
and a caption its 1,024."""
LEAST_LABEL, LONGEST_LABEL = 2, 24
MOST_BUTTONS = 8
LEAST_ANSWERS, MOST_ANSWERS = 2, 6
_ID = re.compile(r"[a-z0-9-]{1,12}")
_ADDRESS = re.compile(r"https://[^\s\"<>]{4,192}")
RESERVED = frozenset({"off", "more"})
"""Buttons that every message of a campaign has."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that has to be put right.

    Attributes:
        text: The id of the words that say it.
        where: The language or the button that it is about; empty for the whole.
        number: How many there are, or may be.
        is_rival: It is about the second version.
    """

    text: str
    where: str = ""
    number: int = 0
    is_rival: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan may name.

    Attributes:
        languages: Codes that people may be spoken to in.
        opens: The first words of deep links that a button may open.
        badges: Ids of what can be earned.
        pictures: Names of the shipped pictures of campaigns.
    """

    languages: Collection[str]
    opens: Collection[str]
    badges: Collection[str]
    pictures: Collection[str]


def faults(plan: Plan, known: Known) -> list[Fault]:
    """Return everything that is wrong with a plan but its audience, in a fixed order."""
    own = [*_kind(plan), *_wordings(plan.content, known), *_buttons(plan.content, known)]
    return own if plan.rival is None else [*own, *_rival(plan.content, plan.rival, known)]


def _rival(content: CampaignContent, rival: Rival, known: Known) -> Iterator[Fault]:
    """Find what keeps a second version from being compared: it speaks to the same people."""
    other = content_of(content, rival, "b")
    for one in _wordings(other, known):
        if one.text == "campaigns.fault.alt" and is_own(content.picture):
            continue  # the same picture, whose words are asked for once
        yield replace(one, is_rival=True)
    for language in content.wordings:
        if language not in rival.wordings and rival.wordings:
            yield Fault("campaigns.fault.rival_language", language)
    if other == content:
        yield Fault("campaigns.fault.rival_same")
    if not content.buttons:
        yield Fault("campaigns.fault.rival_buttons")


def _kind(plan: Plan) -> Iterator[Fault]:
    if plan.kind == "campaign" and plan.topic not in TOPICS:
        yield Fault("campaigns.fault.topic")
    if plan.kind == "service":
        if plan.topic is not None:
            yield Fault("campaigns.fault.service_topic")
        if plan.content.picture or any(one.kind in PROMOTES for one in plan.content.buttons):
            yield Fault("campaigns.fault.service_promotes")
        if plan.rival is not None:
            yield Fault("campaigns.fault.rival_service")


def _wordings(content: CampaignContent, known: Known) -> Iterator[Fault]:
    if not content.wordings:
        yield Fault("campaigns.fault.no_words")
    has_own = is_own(content.picture)
    if content.picture and not has_own and content.picture not in known.pictures:
        yield Fault("campaigns.fault.picture", content.picture)
    for language, wording in content.wordings.items():
        if language not in known.languages:
            yield Fault("campaigns.fault.language", language)
        yield from _text(language, wording, has_picture=bool(content.picture))
        if has_own and not wording.alt.strip():
            yield Fault("campaigns.fault.alt", language)
        for button in content.buttons:
            label = wording.labels.get(button.id, "").strip()
            if not LEAST_LABEL <= len(label) <= LONGEST_LABEL:
                yield Fault("campaigns.fault.label", f"{language} {button.id}", len(label))


def _text(language: str, wording: Wording, *, has_picture: bool) -> Iterator[Fault]:
    if not wording.text.strip():
        yield Fault("campaigns.fault.no_words", language)
        return
    try:
        template = parse(wording.text)
    except TemplateError:
        yield Fault("campaigns.fault.markup", language)
        return
    if template.spans is None:
        yield Fault("campaigns.fault.gaps", language)
        return
    length = sum(len(span.text.encode("utf-16-le")) // 2 for span in template.spans)
    most = LONGEST_CAPTION if has_picture else LONGEST_TEXT
    if length > most:
        yield Fault("campaigns.fault.too_long", language, length - most)
    for span in template.spans:
        if span.url and not _ADDRESS.fullmatch(span.url):
            yield Fault("campaigns.fault.address", language)


def _buttons(content: CampaignContent, known: Known) -> Iterator[Fault]:
    ids = [one.id for one in content.buttons]
    if len(ids) > MOST_BUTTONS:
        yield Fault("campaigns.fault.buttons", number=MOST_BUTTONS)
    if len(set(ids)) < len(ids):
        yield Fault("campaigns.fault.twice")
    answers = len(content.polled)
    if answers and not LEAST_ANSWERS <= answers <= MOST_ANSWERS:
        yield Fault("campaigns.fault.answers", number=answers)
    for button in content.buttons:
        if not _ID.fullmatch(button.id) or button.id in RESERVED:
            yield Fault("campaigns.fault.button_id", button.id)
        elif not _leads_somewhere(button, known):
            yield Fault("campaigns.fault.target", button.id)


def _leads_somewhere(button: Button, known: Known) -> bool:
    if button.kind == "link":
        return bool(_ADDRESS.fullmatch(button.target))
    if button.kind == "open":
        is_sound = re.fullmatch(r"[A-Za-z0-9_-]{1,48}", button.target) is not None
        return is_sound and button.target.partition("_")[0] in known.opens
    if button.kind == "badge":
        return button.target in known.badges
    return not button.target
