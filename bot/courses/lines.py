"""A course as one line of a list in somebody else's chat: nothing of whoever looked for it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.courses.phrases import Phrase


@dataclass(frozen=True, slots=True)
class CourseLine:
    """What a card in another chat says.

    Attributes:
        id: The course's id.
        title: As the provider writes it.
        facts: Provider (marked where it is invented), when, where and price.
        city: The city's name.
    """

    id: str
    title: str
    facts: tuple[Phrase, ...]
    city: str
