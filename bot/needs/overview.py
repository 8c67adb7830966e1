"""All that an organisation's colleagues said, as one: what is needed, the map, and what answers it.

Chat, page, workbook and JSON are made from the same overview.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from bot.needs.answered import needs_of
from bot.needs.mapping import NeedsMap, needs_map
from bot.needs.merging import Merged, Voice, merge
from bot.needs.problems import ProblemReader
from bot.needs.records import Answer, Need, Organisation, Target
from bot.needs.report import Report
from bot.questionnaires.records import Answers, GridCell, Key
from content.needs import Starts

Thing: TypeAlias = tuple[str, str, str]
"""A team, a framework and a competence."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one colleague sent.

    Attributes:
        person: Who: a random reference.
        team: For which team; empty for all.
    """

    person: str
    team: str
    answers: Answers
    at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """An organisation's needs and what the provision says to each.

    Attributes:
        colleagues: How many people's answers it rests on.
        told_at: When the newest of them was sent; None where there is none.
        merged: By team and competence, with what colleagues do not agree about.
        answers: Every need that is left open, those with most to go first.
    """

    organisation: Organisation
    colleagues: int
    told_at: datetime | None
    merged: tuple[Merged, ...]
    answers: tuple[tuple[Need, Answer], ...]

    @property
    def map(self) -> NeedsMap:
        """Competences by teams, now against needed."""
        told = [one for one in self.merged if one.target.distance or one.is_disputed]
        return needs_map(told)

    @property
    def report(self) -> Report:
        """As workbook and JSON are written."""
        return Report(self.organisation, self.answers)

    @property
    def gaps(self) -> tuple[tuple[Need, Answer], ...]:
        """Needs that no provision answers whole."""
        return tuple(one for one in self.answers if one[1].gap is not None)

    @property
    def disputed(self) -> tuple[Merged, ...]:
        """What colleagues do not agree about."""
        return tuple(one for one in self.merged if one.is_disputed or one.heads is not None)

    @property
    def people(self) -> int:
        """How many people it is about: of each team the most that anyone named."""
        most: dict[str, int] = {}
        for one in self.merged:
            most[one.team] = max(most.get(one.team, 0), one.people)
        return sum(most.values())


def overview(
    organisation: Organisation,
    told: Iterable[Told],
    starts: Starts,
    reader: ProblemReader,
    answer: Callable[[Need], Answer],
) -> Overview:
    """Return what an organisation needs and what answers it.

    Args:
        told: What counts of its answers, in any order.
        starts: The content's roles.
        reader: Reads problems.
        answer: What the provision says to a need.
    """
    ordered = sorted(told, key=lambda one: (one.at, one.person))
    said = [
        (one, replace(need, team=one.team))
        for one in ordered
        for need in needs_of(one.answers, organisation, starts, reader, one.at.date())
    ]
    merged = merge(_voices(ordered, said))
    open_needs = _needs(said, {_thing(one.team, one.target): one for one in merged})
    ranked = sorted(open_needs, key=lambda need: (-_weight(need), need.id))
    return Overview(
        organisation,
        colleagues=len({one.person for one in ordered}),
        told_at=ordered[-1].at if ordered else None,
        merged=merged,
        answers=tuple((need, answer(need)) for need in ranked),
    )


def _voices(ordered: Iterable[Told], said: Iterable[tuple[Told, Need]]) -> Iterator[Voice]:
    """Yield one voice for each colleague, team and competence, from needs and from what is met.

    Roles of one team that need the same are added up: from the lowest that any of them is at to
    the highest that any should be.
    """
    found: dict[tuple[str, Thing], Voice] = {}
    for one, need in said:
        for target in need.targets:
            key = (one.person, _thing(need.team, target))
            known = found.get(key)
            if known is None:
                found[key] = Voice(one.person, need.team, target, need.people)
                continue
            wide = replace(
                target,
                now=min(known.target.now, target.now),
                should=max(known.target.should, target.should),
            )
            found[key] = replace(known, target=wide, people=known.people + need.people)
    yield from found.values()
    yield from (
        voice
        for one in ordered
        for voice in _met(one)
        if (voice.person, _thing(voice.team, voice.target)) not in found
    )


def _met(one: Told) -> Iterator[Voice]:
    """Yield what a colleague says that people can do already: others may not agree."""
    for key, value in one.answers.items():
        if key.question != "skills" or not isinstance(value, tuple):
            continue
        people = one.answers.get(Key("people", key.item))
        for cell in value:
            if isinstance(cell, GridCell) and cell.should <= cell.now:
                framework, _, code = cell.row.partition(":")
                target = Target(code, cell.now, cell.should, framework)
                heads = int(people) if isinstance(people, Decimal) else 1
                yield Voice(one.person, one.team, target, heads)


def _needs(said: Sequence[tuple[Told, Need]], agreed: Mapping[Thing, Merged]) -> Iterator[Need]:
    """Yield each need once, with what colleagues who named it said of it together.

    Where several did, the levels are the agreed ones, the people the most that anyone named, the
    day the first; how training must fit is as it was said last.
    """
    groups: dict[tuple[str, str], list[tuple[str, Need]]] = {}
    for one, need in said:
        groups.setdefault((need.team, need.id), []).append((one.person, need))
    for (team, _), group in groups.items():
        last = group[-1][1]
        targets = last.targets
        if len({person for person, _ in group}) > 1:
            targets = tuple(agreed[_thing(team, target)].target for target in targets)
        if not any(target.distance for target in targets):
            continue
        days = [need.by for _, need in group if need.by is not None]
        yield replace(
            last,
            id=f"{last.id}/{team}" if team else last.id,
            targets=targets,
            people=max(need.people for _, need in group),
            by=min(days, default=None),
        )


def _thing(team: str, target: Target) -> Thing:
    return team, target.framework, target.competence


def _weight(need: Need) -> int:
    return need.people * sum(target.distance for target in need.targets)
