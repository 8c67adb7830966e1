"""Staff's side of complaints: read, answered into the person's chat, decided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from bot.conversation.messages import Text
from bot.errors import NotFound
from bot.people.complaints import Backlog, Complaint, ComplaintList, Outcome
from bot.work.context import Surroundings
from bot.work.letters import Chat, Letters
from storage import Database, Unit


class ComplaintDesk:
    """Complaints of some cities. Reading one and writing to its person are audited.

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
        self._letters = Letters(around)
        self._tell = tell

    async def listed(self, cities: Sequence[str]) -> ComplaintList:
        """Return what waits and what ended."""
        return await self._database.read(
            lambda unit: ComplaintList(
                tuple(unit.complaints.list_of_cities(cities, is_open=True)),
                tuple(unit.complaints.list_of_cities(cities, is_open=False, limit=50)),
            )
        )

    async def backlog(self, cities: Sequence[str]) -> Backlog:
        """Return how many wait, and how many of them are overdue."""
        return await self._database.read(lambda unit: unit.complaints.backlog(cities))

    async def find(self, reference: str, cities: Sequence[str], by: str) -> Complaint | None:
        """Return a complaint, and write down that somebody read it."""

        def look(unit: Unit) -> Complaint | None:
            found = unit.complaints.find(reference, cities)
            if found is not None:
                _note(unit, "complaint.read", found, by)
            return found

        return await self._database.write(look)

    async def answer(
        self,
        reference: str,
        cities: Sequence[str],
        words: str,
        outcome: Outcome | None,
        by: str,
    ) -> bool:
        """Write to its person, and close it where an outcome is given."""

        def act(unit: Unit) -> tuple[bool, list[Chat]]:
            try:
                made = unit.complaints.answer(reference, cities, words, outcome)
            except NotFound:
                return False, []
            _note(unit, "complaint.decided" if outcome else "complaint.answered", made, by)
            key = f"complaint.{made.id}.{len(made.lines)}"
            return True, self._letters.write(unit, made.person, _letter(made), key)

        is_done, chats = await self._database.write(act)
        self._tell(chats)
        return is_done


def _letter(made: Complaint) -> Text:
    values = {"reference": made.reference, "words": made.lines[-1].words}
    if made.outcome is None:
        return Text("complain.answer", values)
    state = Text(f"complain.state.{made.outcome}")
    return Text("complain.decided", {**values, "outcome": state})


def _note(unit: Unit, action: str, made: Complaint, by: str) -> None:
    outcome = {"outcome": made.outcome.value} if made.outcome else {}
    unit.audit.record(
        action,
        actor=unit.people.reference_of(by),
        subject=unit.people.reference_of(made.person),
        city=made.city,
        facts={"complaint": made.reference, **outcome},
    )
