"""Putting rows that belong to one course together without holding the file in memory."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def gather(
    rows: Callable[[], Iterable[T]], keys: Callable[[T], tuple[Hashable, ...]]
) -> Iterator[list[T]]:
    """Yield the rows of each course, as soon as its last row has been read.

    Rows that share any key belong together, directly or through other rows. The rows are read
    twice: once for their keys, once for themselves, so `rows` gives them anew at each call.
    A row without keys stands alone.
    """
    parents: list[int] = []
    first_with: dict[int, int] = {}
    for number, row in enumerate(rows()):
        parents.append(number)
        for key in keys(row):
            first = first_with.setdefault(hash(key), number)
            _join(parents, first, number)
    first_with.clear()
    roots = [_root(parents, number) for number in range(len(parents))]
    last = {root: number for number, root in enumerate(roots)}
    waiting: dict[int, list[T]] = {}
    for number, (row, root) in enumerate(zip(rows(), roots, strict=True)):
        group = waiting.setdefault(root, [])
        group.append(row)
        if last[root] == number:
            yield waiting.pop(root)


def _root(parents: list[int], number: int) -> int:
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _join(parents: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first
