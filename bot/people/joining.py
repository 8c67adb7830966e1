"""Two channels, one person: what stands when somebody joins their chats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import Refused
from bot.people.age import AgeBand
from bot.people.consent import Consent, ConsentKey, narrower
from bot.people.person import Person


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining came to: the person that stays, and the one whose chats moved over."""

    kept: Person
    dropped: str


def plan(one: Person, other: Person) -> tuple[Person, Person]:
    """Return (kept, dropped): the older stays, filled up from the younger where it is silent.

    The kept one needs an accepted notice only if one of the two has it.

    Raises:
        Refused: Both are the same person already.
    """
    if one.id == other.id:
        raise Refused("join.same_person")
    kept, dropped = sorted((one, other), key=lambda person: (person.created_at is None, person.id))
    return _filled(kept, dropped), dropped


def _filled(kept: Person, dropped: Person) -> Person:
    accepted = kept if kept.has_accepted else dropped
    return Person(
        id=kept.id,
        city=kept.city or dropped.city,
        language=kept.language if kept.has_accepted else dropped.language,
        version=kept.version,
        notice_version=accepted.notice_version,
        notice_at=accepted.notice_at,
        age_band=stricter_age(kept.age_band, dropped.age_band),
        memory=kept.memory,
        created_at=kept.created_at,
        seen_at=kept.seen_at,
    )


_BY_CARE = (AgeBand.UNDER_13, AgeBand.FROM_13_TO_17, AgeBand.NOT_SAID, AgeBand.ADULT)


def stricter_age(one: AgeBand | None, other: AgeBand | None) -> AgeBand | None:
    """Return the band that asks for more care; None only where neither side was asked."""
    known = [band for band in (one, other) if band is not None]
    return min(known, key=_BY_CARE.index) if known else None


def consents(
    kept: Mapping[ConsentKey, Consent], dropped: Mapping[ConsentKey, Consent]
) -> dict[ConsentKey, Consent]:
    """Return the consents that stand: never wider than either side's."""
    return narrower(kept, dropped)
