"""Staff's side of opportunities: looked at, approved, sent back, stopped; reports decided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from bot.conversation.messages import Text
from bot.errors import NotFound, Refused
from bot.talent import Opportunity, State
from bot.talent.checks import checks
from bot.talent.details import changed_parts, missing, tidied
from bot.talent.records import LONGEST_REASON
from bot.talent.reports import Outcome, Report
from bot.talent.staffing import Board, Decision, Examined, Waiting, YesPage
from bot.work.context import Surroundings
from bot.work.letters import Chat, Letters
from storage import Database, Unit

_OTHERS = (State.DECLINED, State.CLOSED, State.STOPPED)


class TalentDesk:
    """Opportunities of some cities. Decisions and looking at reports are audited.

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

    async def yes_page(self, token: str) -> YesPage | None:
        """Return those who said yes, at an address that an organisation switched on."""
        return await self._database.read(lambda unit: _yes_page(unit, token))

    async def waiting(self, cities: Sequence[str]) -> Waiting:
        """Return how much waits for staff."""

        def count(unit: Unit) -> Waiting:
            late = sum(one.clock(unit.now) == "late" for one in unit.misuse.list_open(cities))
            return Waiting(
                unit.opportunities.count_waiting(cities), unit.misuse.count_open(cities), late
            )

        return await self._database.read(count)

    async def board(self, cities: Sequence[str]) -> Board:
        """Return what waits, what runs, what is over and what was reported."""

        def read(unit: Unit) -> Board:
            kept, reports = unit.opportunities, unit.misuse.list_open(cities)
            named = ((one.opportunity, kept.find(one.opportunity)) for one in reports)
            return Board(
                waiting=tuple(kept.list_in(cities, [State.SENT])),
                running=tuple(kept.list_in(cities, [State.RUNNING])),
                others=tuple(kept.list_in(cities, _OTHERS)[::-1][:50]),
                reports=tuple(reports),
                titles={key: found.shown.title for key, found in named if found},
            )

        return await self._database.read(read)

    async def examine(self, key: str, cities: Sequence[str], by: str) -> Examined | None:
        """Return one opportunity; looking at what people reported of it is audited."""

        def look(unit: Unit) -> Examined | None:
            found = _of(unit, key, cities)
            if found is None:
                return None
            reports = tuple(unit.misuse.list_about(key))
            if reports:
                _note(unit, "misuse.read", found, by)
            return Examined(
                opportunity=found,
                changed=changed_parts(found.live, found.draft) if found.live else (),
                checks=checks(found.draft),
                invited=unit.invited.count_invited(key),
                said_yes=len(unit.invited.list_shared(key)),
                reports=reports,
                is_own=found.made_by == by,
            )

        return await self._database.write(look)

    async def decide(self, key: str, cities: Sequence[str], decision: Decision, by: str) -> bool:
        """Do what staff decided; False where there is no such thing in these cities."""

        def act(unit: Unit) -> tuple[bool, list[Chat]]:
            found = _of(unit, key, cities)
            if found is None:
                return False, []
            if decision.act == "report":
                return self._report(unit, found, cities, decision, by)
            _decide(unit, found, decision, by)
            return True, []

        is_done, chats = await self._database.write(act)
        self._tell(chats)
        return is_done

    def _report(
        self, unit: Unit, found: Opportunity, cities: Sequence[str], decision: Decision, by: str
    ) -> tuple[bool, list[Chat]]:
        if decision.outcome is None:
            raise Refused("web.talent.problem.outcome")
        if decision.outcome is Outcome.STOPPED and found.state is not State.STOPPED:
            raise Refused("web.talent.problem.stop_first")
        if decision.reference not in {one.reference for one in unit.misuse.list_about(found.id)}:
            return False, []
        try:
            made = unit.misuse.decide(decision.reference, cities, decision.outcome)
        except NotFound:
            return False, []
        _note(unit, "misuse.decided", found, by, report=made.reference, outcome=made.outcome or "")
        return True, self._letters.write(unit, made.person, _answer(made), f"misuse.{made.id}")


def _decide(unit: Unit, found: Opportunity, decision: Decision, by: str) -> None:
    kept, reason = unit.opportunities, tidied(decision.reason, LONGEST_REASON)
    if decision.act == "approve":
        if missing(found.draft, unit.now.date()):
            raise Refused("talent.unfinished")
        kept.approve(found.id, decision.number, decision.change, by)
        return
    if not reason:
        raise Refused("web.talent.problem.reason")
    if decision.act == "decline":
        kept.decline(found.id, decision.number, decision.change, reason, by)
    else:
        kept.stop(found.id, reason, by)


def _yes_page(unit: Unit, token: str) -> YesPage | None:
    found = unit.opportunities.at(token)
    if found is None or found.live is None or found.state is State.STOPPED:
        return None
    if unit.employers.find(found.organisation, found.city) is None:
        return None
    people = (one.shared for one in unit.invited.list_shared(found.id))
    return YesPage(token, found, tuple(one for one in people if one is not None))


def _of(unit: Unit, key: str, cities: Collection[str]) -> Opportunity | None:
    found = unit.opportunities.find(key)
    is_seen = found is not None and found.city in cities and found.state is not State.DRAFT
    return found if is_seen or (found is not None and found.city in cities and found.live) else None


def _answer(made: Report) -> Text:
    return Text(f"talent.told.report.{made.outcome}", {"reference": made.reference})


def _note(unit: Unit, action: str, found: Opportunity, by: str, **facts: str) -> None:
    unit.audit.record(
        action,
        actor=unit.people.reference_of(by),
        subject=found.id,
        city=found.city,
        facts=facts,
    )
