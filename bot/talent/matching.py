"""Whether somebody has the skills that an opportunity needs, and why, in words."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from bot.courses.phrases import Phrase
from bot.talent.records import Wanted


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody lets themselves be found by.

    Attributes:
        chosen: Codes of the skills that employers may look for; no others count.
        told: The level that follows from their own answers, by code.
        badges: The level that a badge stands for and what it is called, by code.
    """

    chosen: Collection[str]
    told: Mapping[str, int] = field(default_factory=dict)
    badges: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    def level(self, code: str) -> int:
        """Return the highest level that counts for a skill; 0 where none does."""
        if code not in self.chosen:
            return 0
        return max(self.told.get(code, 0), self.badges.get(code, (0, ""))[0])

    def levels(self) -> dict[str, int]:
        """Return the levels that count, by code."""
        return {code: level for code in self.chosen if (level := self.level(code))}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one skill fits.

    Attributes:
        level: What the person told, or what their badge stands for.
        badge: What the badge is called; empty where their own answers say it.
    """

    wanted: Wanted
    level: int
    badge: str = ""

    def phrase(self) -> Phrase:
        """Return it in words."""
        framework = self.wanted.framework
        skill = Phrase(f"framework.{framework}.skill.{self.wanted.competence}.button")
        if self.badge:
            return Phrase("talent.because.badge", {"skill": skill, "badge": self.badge})
        level = Phrase(f"framework.{framework}.level.{self.level}.name")
        return Phrase("talent.because.told", {"skill": skill, "level": level})


def match(wanted: Iterable[Wanted], offered: Offered) -> tuple[Reason, ...] | None:
    """Return why somebody fits; None where a skill is missing, or nothing is asked for."""
    reasons = []
    for one in wanted:
        if offered.level(one.competence) < one.level:
            return None
        told = offered.told.get(one.competence, 0)
        level, badge = offered.badges.get(one.competence, (0, ""))
        says = Reason(one, told) if told >= one.level else Reason(one, level, badge)
        reasons.append(says)
    return tuple(reasons) or None


def dump_reasons(reasons: Iterable[Reason]) -> str:
    """Return reasons for storing."""
    return json.dumps([[one.wanted.code, one.level, one.badge] for one in reasons])


def load_reasons(stored: str) -> tuple[Reason, ...]:
    """Return what `dump_reasons` gave."""
    found = ((Wanted.from_code(code), level, badge) for code, level, badge in json.loads(stored))
    return tuple(Reason(wanted, level, badge) for wanted, level, badge in found if wanted)
