"""Helping one person who asks staff: seen as counts, handed over, erased, and always told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from bot.conversation.messages import Text
from bot.people import Person
from bot.people.support import ERASED_AFTER, Asked, PeopleCount, SupportCase, heard, spoken
from bot.work.context import Surroundings
from bot.work.letters import Chat, Letters
from storage import Database, Unit

T = TypeVar("T")
Told = tuple[T, list[Chat]]
"""What an act gives, and the chats that were written to."""


class SupportDesk:
    """One person at a time. Each look and each act is an entry of the audit log.

    Args:
        around: Returns the content and everything else that is the same for everybody.
        tell: Called after the commit with the chats that have something new.
    """

    def __init__(
        self,
        database: Database,
        around: Callable[[], Surroundings],
        tell: Callable[[Collection[Chat]], None],
    ) -> None:
        self._database = database
        self._around = around
        self._letters = Letters(around)
        self._tell = tell

    async def counts(self, cities: Sequence[str]) -> Sequence[PeopleCount]:
        """Return how many people each city has."""
        return await self._database.read(lambda unit: unit.support.counts(cities))

    async def find(self, reference: str, cities: Sequence[str], by: str) -> SupportCase | None:
        """Return what staff may see of somebody."""

        def look(unit: Unit) -> SupportCase | None:
            person = _person(unit, reference, cities)
            if person is None:
                return None
            _note(unit, "person.looked_up", person, by)
            return _case(unit, person)

        return await self._database.write(look)

    async def export(
        self, reference: str, cities: Sequence[str], asked: Asked, by: str
    ) -> Mapping[str, Any] | None:
        """Return everything held about somebody, and tell them."""

        def act(unit: Unit) -> Told[Mapping[str, Any] | None]:
            person = _person(unit, reference, cities)
            if person is None:
                return None, []
            _note(unit, "person.exported", person, by, asked=asked)
            held = unit.privacy.export(person.id)
            text = Text("support.exported", self._values(person, asked))
            return held, self._letters.write(unit, person.id, text, f"export.{unit.new_id()}")

        return await self._done(act)

    async def erase(self, reference: str, cities: Sequence[str], asked: Asked, by: str) -> bool:
        """Have somebody erased a day from now, and tell them."""

        def act(unit: Unit) -> Told[bool]:
            person = _person(unit, reference, cities)
            if person is None or unit.staff.grants(person.id):
                return False, []
            is_new = unit.privacy.erasure_due_at(person.id) is None
            unit.privacy.schedule_erasure(person.id, ERASED_AFTER)
            if not is_new:
                return True, []
            _note(unit, "person.erasure_ordered", person, by, asked=asked)
            text = Text("support.erasing", self._values(person, asked))
            return True, self._letters.write(unit, person.id, text, f"erase.{unit.new_id()}")

        return await self._done(act)

    async def keep(self, reference: str, cities: Sequence[str], by: str) -> bool:
        """Call an erasure off, and tell them."""

        def act(unit: Unit) -> Told[bool]:
            person = _person(unit, reference, cities)
            if person is None or not unit.privacy.cancel_erasure(person.id):
                return False, []
            _note(unit, "person.erasure_stopped", person, by)
            text = Text("support.kept")
            return True, self._letters.write(unit, person.id, text, f"keep.{unit.new_id()}")

        return await self._done(act)

    def _values(self, person: Person, asked: Asked) -> dict[str, Any]:
        city = self._around().content.cities.get(person.city)
        operator = city.operator if city else ""
        return {
            "staff": operator or Text("support.the_team"),
            "how": Text(f"support.asked.{asked}"),
        }

    async def _done(self, act: Callable[[Unit], Told[T]]) -> T:
        given, chats = await self._database.write(act)
        self._tell(chats)
        return given


def _person(unit: Unit, reference: str, cities: Collection[str]) -> Person | None:
    letters = heard(reference)
    person = unit.support.find(letters) if letters else None
    return person if person is not None and person.city in cities else None


def _case(unit: Unit, person: Person) -> SupportCase:
    held = unit.privacy.export(person.id)
    return SupportCase(
        reference=spoken(unit.people.reference_of(person.id)),
        city=person.city,
        language=person.language,
        since=person.created_at.date() if person.created_at else None,
        seen_on=person.seen_at.date() if person.seen_at else None,
        channels={one.channel: one.is_reachable for one in unit.contacts.list_of(person.id)},
        held={name: len(rows) for name, rows in held.items()},
        erased_at=unit.privacy.erasure_due_at(person.id),
        has_role=bool(unit.staff.grants(person.id)),
    )


def _note(unit: Unit, action: str, person: Person, by: str, **facts: str) -> None:
    unit.audit.record(
        action,
        actor=unit.people.reference_of(by),
        subject=unit.people.reference_of(person.id),
        city=person.city,
        facts={name: str(value) for name, value in facts.items()},
    )
