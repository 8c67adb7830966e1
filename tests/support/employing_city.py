"""A generated city in a database: every organisation with an answer that was sent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bot.questionnaires import GridCell
from storage import Database, Unit
from tests.support.answered_needs import organisation, send
from tests.support.generated_city import GeneratedCity

AT_ONCE = 10

Answered = tuple[str, str, dict[int, tuple[GridCell, ...]]]


def settle(database: Database, city: GeneratedCity, place: str = "manchester") -> None:
    """Write a city's organisations; each has one person, who answers for a role a group."""
    rows = city.answers()
    while some := list(islice(rows, AT_ONCE)):
        database.write_now(lambda unit, some=some: _write(unit, some, place))  # type: ignore[misc]


def _write(unit: Unit, some: list[Answered], place: str) -> None:
    for key, sector, groups in some:
        made = organisation(unit, f"p-{key}", place, name=key, sector=sector)
        for number, (people, cells) in enumerate(_split(groups)):
            send(
                unit, made, *cells, person=f"p-{key}", city=place, role=f"=Group {number}",
                people=people, team=f"Team {number}",
            )  # fmt: skip


def _split(groups: dict[int, tuple[GridCell, ...]]) -> Iterator[tuple[int, tuple[GridCell, ...]]]:
    """Yield skills that are about as many people together: they are asked about in one role."""
    for people, cells in sorted(groups.items()):
        if people:
            yield people, cells
