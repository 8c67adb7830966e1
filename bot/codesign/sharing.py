"""Who is given which descriptors: few at a time, and so that all are heard about alike.

What fewest people of the same kind commented on comes first, then what fewest people at all did;
within one share areas and competences are mixed. Where all that is equal a lot decides, drawn from
the round and the person, so that a share drawn twice is the same. Whoever leaves in the middle
costs nothing: what they were given and did not answer counts for two days and is then given to
others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from hashlib import blake2s
from typing import TypeAlias

from bot.codesign.records import Item, Kind
from content.frameworks import Framework

Heard: TypeAlias = Mapping[tuple[str, Kind], int]
"""How many people of a kind commented on a descriptor, or are just about to."""


def items_of(framework: Framework, areas: Collection[str] = ()) -> tuple[Item, ...]:
    """Return the descriptors that a round is about.

    Args:
        areas: Codes of areas; none means all of them.
    """
    return tuple(
        Item(sentence.id, area.code, own.code, level)
        for area in framework.areas
        if not areas or area.code in areas
        for own in area.competences
        for level, rung in enumerate(own.rungs, 1)
        for sentence in rung.sentences
    )


def share_of(
    items: Sequence[Item],
    heard: Heard,
    had: Collection[str],
    kind: Kind,
    size: int,
    seed: str,
) -> tuple[str, ...]:
    """Return the descriptors that somebody is given next, by their ids.

    Args:
        had: Those that they were given before: never again.
        seed: Draws the lot where there is nothing else to choose by.
    """
    heard_by_all: Counter[str] = Counter()
    for (item, _), count in heard.items():
        heard_by_all[item] += count
    left = {one.id: one for one in items if one.id not in had}
    chosen: list[Item] = []
    while left and len(chosen) < size:
        areas = Counter(one.area for one in chosen)
        competences = Counter(one.competence for one in chosen)
        one = min(
            left.values(),
            key=lambda one: (
                heard.get((one.id, kind), 0),
                heard_by_all[one.id],
                competences[one.competence],
                areas[one.area],
                _lot(seed, one.id),
            ),
        )
        chosen.append(left.pop(one.id))
    return tuple(one.id for one in chosen)


def _lot(seed: str, item: str) -> bytes:
    return blake2s(f"{seed} {item}".encode(), digest_size=8).digest()
