"""An audience in numbers before anything is sent: how many, why not the others, and a few of them.

It is read in slices, by readers alone, so that nobody waits for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.campaigns.audience import Rule, resolve
from bot.campaigns.reaching import Candidate, Happened, Reach, Reached, Slice
from bot.campaigns.records import Plan, Reason
from bot.campaigns.staffing import Masked, Outlook
from bot.campaigns.timing import happened_on
from bot.people import Person
from bot.work.campaigns.ground import CityGround
from content.campaigns import SendingRules
from storage import Database, Unit
from storage.repositories.audiences import LAST

SAMPLE: Final = 5
SLICE: Final = 2000
COUNTED: Final = 20000
LONGEST_AWAY: Final = (7, 31, 92, 365)
"""Days, as a sample says how long ago somebody was here."""


@dataclass(slots=True)
class Tally:
    """Counts candidates slice by slice."""

    reasons: Counter[Reason] = field(default_factory=Counter)
    fit: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, candidates: tuple[Candidate, ...]) -> None:
        """Count some more."""
        for one in candidates:
            self.fit += 1
            if one.reason is not None:
                self.reasons[one.reason] += 1
            elif len(self.first) < SAMPLE:
                self.first.append(one.person)


def reach_of(
    plan: Plan,
    rule: Rule,
    ground: CityGround,
    rules: SendingRules,
    *,
    city: str,
    zone: str,
    now: datetime,
    campaign: str = "",
) -> Reach:
    """Return whom a run that begins now looks for.

    Args:
        rule: The plan's audience as it was read.
        campaign: Its id, where it is kept already: who got it is left out.
    """
    return Reach(
        city=city,
        rule=resolve(rule, ground),
        topic=plan.topic,
        now=now,
        campaign=campaign,
        again_since=now - timedelta(days=plan.again) if plan.again else None,
        cap=rules.cap,
        cap_since=now - timedelta(days=rules.cap_days),
        happened=_happened(plan, ground, zone, now),
        rival_share=plan.rival.share if plan.rival else 0,
    )


def _happened(plan: Plan, ground: CityGround, zone: str, now: datetime) -> Happened | None:
    schedule = plan.schedule
    if schedule.lead is None or not schedule.event:
        return None
    begin, end = happened_on(schedule.lead, zone, now)
    days = {(begin + timedelta(hours=12)).date().isoformat()}
    courses = ground.courses_starting(days) if schedule.event == "course_start" else ()
    return Happened(schedule.event, begin, end, schedule.about, tuple(courses))


async def outlook(database: Database, reach: Reach) -> Outlook:
    """Return what a run would come to, in numbers and with a few masked people."""
    tally, after, is_done = Tally(), "", False
    while not is_done:
        part = await database.read(_slice(reach, after))
        tally.add(part.candidates)
        after, is_done = part.to, part.is_done
    matching = await _matching(database, reach) if reach.topic is not None else tally.fit
    excluded = dict(tally.reasons)
    if reach.topic is not None and matching > tally.fit:
        excluded["no_consent"] = matching - tally.fit
    sample = await database.read(lambda unit: tuple(_masked(unit, tally.first, reach.now)))
    return Outlook(Reached(max(matching, tally.fit), excluded), sample)


async def _matching(database: Database, reach: Reach) -> int:
    count, after = 0, ""
    while after != LAST:
        more, after = await database.read(_count(reach, after))
        count += more
    return count


def _slice(reach: Reach, after: str) -> Callable[[Unit], Slice]:
    return lambda unit: unit.audiences.slice(reach, after, SLICE)


def _count(reach: Reach, after: str) -> Callable[[Unit], tuple[int, str]]:
    return lambda unit: unit.audiences.count_slice(reach, after, COUNTED)


def _masked(unit: Unit, people: list[str], now: datetime) -> Iterator[Masked]:
    for one in people:
        if person := unit.people.find(one):
            yield Masked(person.language, _within(person, now))


def _within(person: Person, now: datetime) -> int:
    if person.seen_at is None:
        return 0
    away = (now - person.seen_at) / timedelta(days=1)
    return next((days for days in LONGEST_AWAY if away <= days), 0)
