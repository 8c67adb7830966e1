"""Staff's side of rounds: made, watched, closed, read, decided upon; who took part is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from bot.codesign.drafting import Draft
from bot.codesign.records import Change, NewRound, Round, RoundLine, RoundSheet, Verdict
from bot.conversation.messages import Text
from bot.errors import NotFound
from bot.work.codesigning import next_draft
from bot.work.context import Surroundings
from bot.work.letters import Chat, Letters
from storage import Database, Unit

SLICE = 20
"""People told in one unit."""


class CodesignDesk:
    """Rounds of some cities; what is of another city is not there. Acts are audited.

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
        self._around = around
        self._tell = tell

    async def listed(self, cities: Sequence[str]) -> Sequence[RoundLine]:
        """Return the rounds, the one that closes last first."""
        return await self._database.read(lambda unit: unit.rounds.list_lines(cities))

    async def sheet(self, round_id: str, cities: Sequence[str]) -> RoundSheet | None:
        """Return all that staff see of a round."""

        def look(unit: Unit) -> RoundSheet | None:
            found = unit.rounds.find(round_id, cities)
            return unit.rounds.sheet(found) if found else None

        return await self._database.read(look)

    def draft(self, sheet: RoundSheet) -> Draft | None:
        """Return the next draft with what was decided; None where the framework has gone."""
        return next_draft(self._around().content, sheet)

    async def make(self, new: NewRound, by: str) -> Round:
        """Make a round."""

        def act(unit: Unit) -> Round:
            made = unit.rounds.add(new)
            _note(unit, "codesign.round_made", made, by)
            return made

        return await self._database.write(act)

    async def end(self, round_id: str, cities: Sequence[str], by: str) -> None:
        """Close a round before its last day. Raises NotFound."""
        await self._act(
            round_id, cities, by, "codesign.round_ended", lambda unit: unit.rounds.end(round_id)
        )

    async def move(
        self, round_id: str, cities: Sequence[str], opens: date, closes: date, by: str
    ) -> None:
        """Change the days of a round; one that was closed opens again. Raises NotFound."""
        await self._act(
            round_id,
            cities,
            by,
            "codesign.round_moved",
            lambda unit: unit.rounds.set_days(round_id, opens, closes),
        )

    async def mark(
        self,
        round_id: str,
        cities: Sequence[str],
        suggestion: str,
        verdict: Verdict,
        why: str,
        by: str,
        *,
        is_open: bool,
    ) -> None:
        """Say what is made of a suggestion. Raises NotFound."""
        await self._act(
            round_id,
            cities,
            by,
            "codesign.suggestion_marked",
            lambda unit: unit.rounds.mark(round_id, suggestion, verdict, why, is_open=is_open),
            suggestion=suggestion,
            verdict=str(verdict),
        )

    async def decide(self, round_id: str, cities: Sequence[str], change: Change, by: str) -> None:
        """Decide something for the next draft. Raises NotFound."""
        await self._act(
            round_id,
            cities,
            by,
            "codesign.decided",
            lambda unit: unit.rounds.put_change(round_id, change),
            item=change.item,
            how=str(change.act),
        )

    async def keep(self, round_id: str, cities: Sequence[str], item: str, by: str) -> None:
        """Leave a sentence as it is after all. Raises NotFound."""
        await self._act(
            round_id,
            cities,
            by,
            "codesign.kept",
            lambda unit: unit.rounds.drop_change(round_id, item),
            item=item,
        )

    async def exported(self, found: Round, by: str) -> None:
        """Write down that somebody took the results out."""
        await self._database.write(lambda unit: _note(unit, "codesign.exported", found, by))

    async def tell(self, round_id: str, cities: Sequence[str], by: str) -> int:
        """Tell everybody who takes part and was not told yet what came of it; return how many.

        Raises:
            NotFound: There is no such round in these cities.
        """
        told = 0
        await self._act(round_id, cities, by, "codesign.told", _nothing)
        while True:
            count, chats = await self._database.write(lambda unit: self._tell_some(unit, round_id))
            self._tell(chats)
            told += count
            if count < SLICE:
                return told

    def _tell_some(self, unit: Unit, round_id: str) -> tuple[int, list[Chat]]:
        found = unit.rounds.find(round_id)
        if found is None:
            return 0, []
        people = unit.rounds.take_untold(round_id, SLICE)
        text = Text("codesign.told", {"title": found.new.title})
        key = f"codesign.{found.id}"
        return len(people), [
            chat
            for person in people
            for chat in self._letters.write(unit, person, text, f"{key}.{person}")
        ]

    async def _act(
        self,
        round_id: str,
        cities: Sequence[str],
        by: str,
        action: str,
        act: Callable[[Unit], object],
        **facts: str,
    ) -> None:
        def unit_function(unit: Unit) -> None:
            found = unit.rounds.find(round_id, cities)
            if found is None:
                raise NotFound("There is no such round in these cities.")
            act(unit)
            _note(unit, action, found, by, **facts)

        await self._database.write(unit_function)


def _nothing(_: Unit) -> None:
    """Change nothing: that it is done is what is noted."""


def _note(unit: Unit, action: str, found: Round, by: str, **facts: str) -> None:
    unit.audit.record(
        action,
        actor=unit.people.reference_of(by),
        subject=found.id,
        city=found.new.city,
        facts={"framework": found.new.framework, **facts},
    )
