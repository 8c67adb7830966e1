"""What was said, by descriptor and by kind of people; never so that a few can be told apart.

A kind of whom fewer than five commented on a descriptor is not shown by itself, and cannot be
worked out by taking the others from everybody either: it is put together with further kinds until
five or more are told of at once. Everybody together is always shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.codesign.records import Clear, Item, Kind, Matters, Suggestion, Tallied
from bot.insights.suppression import LEAST


@dataclass(frozen=True, slots=True)
class Tally:
    """What some people said of one descriptor.

    Attributes:
        people: Who said anything of it.
    """

    people: int = 0
    clear: Mapping[Clear, int] = field(default_factory=dict)
    matters: Mapping[Matters, int] = field(default_factory=dict)

    def share_clear(self) -> float | None:
        """Return which part of those who judged it found it clear, half counting half."""
        whole = sum(self.clear.values())
        if not whole:
            return None
        return (self.clear.get(Clear.YES, 0) + self.clear.get(Clear.PARTLY, 0) / 2) / whole

    def share_matters(self) -> float | None:
        """Return how much it matters, from 0 to 1, to those who judged that."""
        whole = sum(self.matters.values())
        if not whole:
            return None
        return (self.matters.get(Matters.LOT, 0) + self.matters.get(Matters.LITTLE, 0) / 2) / whole


@dataclass(frozen=True, slots=True)
class Result:
    """One descriptor.

    Attributes:
        groups: Kinds that are told of together, with what they said; none where that would tell
            of fewer than five.
        suggestions: How many suggested other words.
    """

    item: Item
    everybody: Tally
    groups: tuple[tuple[tuple[Kind, ...], Tally], ...]
    skipped: int = 0
    suggestions: int = 0


def groups_of(counts: Mapping[Kind, int], least: int = LEAST) -> tuple[tuple[Kind, ...], ...]:
    """Return the kinds that may be told of, those that are too few put together with others.

    Returns:
        Nothing where there are not two groups: it would be everybody again.
    """
    by_size = sorted((kind for kind in Kind if counts.get(kind)), key=lambda kind: counts[kind])
    few = [kind for kind in by_size if counts[kind] < least]
    several = [kind for kind in by_size if counts[kind] >= least]
    while few and sum(counts[kind] for kind in few) < least and several:
        few.append(several.pop(0))
    if sum(counts[kind] for kind in few) < least:
        few = []
    found = [*((kind,) for kind in several), *([tuple(sorted(few, key=_place))] if few else [])]
    return tuple(sorted(found, key=lambda group: _place(group[0]))) if len(found) > 1 else ()


def results_of(
    items: Sequence[Item],
    tallies: Iterable[Tallied],
    suggestions: Iterable[Suggestion] = (),
    skipped: Mapping[str, int] | None = None,
) -> tuple[Result, ...]:
    """Return what was said of every descriptor, in the framework's order."""
    said: dict[str, list[Tallied]] = {}
    for one in tallies:
        said.setdefault(one.item, []).append(one)
    suggested = Counter(one.item for one in suggestions)
    return tuple(
        _result(item, said.get(item.id, []), suggested[item.id], (skipped or {}).get(item.id, 0))
        for item in items
    )


def reached(items: Sequence[Item], tallies: Iterable[Tallied]) -> dict[tuple[str, int], int]:
    """Return how many comments there are by competence and level: 0 where there are none."""
    found = {(one.competence, one.level): 0 for one in items}
    places = {one.id: (one.competence, one.level) for one in items}
    for tallied in tallies:
        if tallied.item in places:
            found[places[tallied.item]] += tallied.count
    return found


def people_by_kind(joined: Mapping[Kind, int]) -> tuple[tuple[tuple[Kind, ...], int], ...]:
    """Return how many people take part by kind, those that are too few put together."""
    return tuple((group, sum(joined[kind] for kind in group)) for group in groups_of(joined))


def kind_of(suggestion: Suggestion, joined: Mapping[Kind, int]) -> Kind | None:
    """Return as whom somebody suggested it; None where so few of them take part."""
    told = {kind for group in groups_of(joined) for kind in group if len(group) == 1}
    return suggestion.kind if suggestion.kind in told else None


def _result(item: Item, said: Sequence[Tallied], suggested: int, skipped: int) -> Result:
    counts: Counter[Kind] = Counter()
    for one in said:
        counts[one.kind] += one.count
    groups = tuple((group, _tally(said, group)) for group in groups_of(counts))
    return Result(item, _tally(said, tuple(Kind)), groups, skipped, suggested)


def _tally(said: Iterable[Tallied], kinds: tuple[Kind, ...]) -> Tally:
    clear: Counter[Clear] = Counter()
    matters: Counter[Matters] = Counter()
    people = 0
    for one in said:
        if one.kind not in kinds:
            continue
        people += one.count
        if one.clear is not None:
            clear[one.clear] += one.count
        if one.matters is not None:
            matters[one.matters] += one.count
    return Tally(people, dict(clear), dict(matters))


def _place(kind: Kind) -> int:
    return list(Kind).index(kind)
