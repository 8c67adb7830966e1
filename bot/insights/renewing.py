"""When figures about needs are counted anew: never so soon that a change would tell of few.

Whoever looks every day sees what changed since yesterday. If one organisation came, the change is
that one's answer. So the table of a competence stays as it was until what changed is the answers of
five organisations or more: who came, who went, and who answered otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.insights.provision import Asked, Skill, Table, by_skill, table_of
from bot.insights.suppression import LEAST

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Counted:
    """The needs in one competence as they were counted on a day.

    Attributes:
        marks: By organisation, what stands for its answer; both are digests.
    """

    table: Table
    marks: Mapping[str, str]
    on: date


def renew(
    before: Mapping[Skill, Counted], asked: Iterable[Asked], today: date
) -> dict[Skill, Counted]:
    """Return the needs counted anew where enough changed, and as they were before elsewhere."""
    now = by_skill(asked)
    found: dict[Skill, Counted] = {}
    for skill in sorted({*before, *now}):
        answers = now.get(skill, {})
        marks = {_digest(key): _mark(one) for key, one in answers.items()}
        known = before.get(skill)
        if known is not None and _changed(known.marks, marks) < LEAST:
            found[skill] = known
        elif answers:
            found[skill] = Counted(table_of(answers.values()), marks, today)
    return found


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> int:
    """Return of how many organisations the answers differ."""
    return sum(before.get(key) != now.get(key) for key in before.keys() | now.keys())


def _mark(one: Asked) -> str:
    return _digest(f"{one.organisation}|{one.sector}|{one.level}|{one.people}")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
