"""What employers invite people to: written, sent to staff, approved, running, over.

Who may do what is asked before, by whoever calls. Each step is written to the audit log.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlmodel import col, func, select

from bot.errors import NotFound, Refused
from bot.talent.details import dump_details, load_details
from bot.talent.records import MOST_OPEN, Details, Opportunity, State
from storage.repositories.repository import Repository
from storage.tables.talent import OpportunityRow

TOKEN_BYTES: Final = 16
MOST_LISTED: Final = 100
_OVER: Final = (State.CLOSED.value, State.STOPPED.value)


class Opportunities(Repository):
    """Opportunities with what is written and what is approved; only the latter is ever shown."""

    __slots__ = ()

    def find(self, opportunity: str) -> Opportunity | None:
        """Return an opportunity."""
        row = self._unit.orm.get(OpportunityRow, opportunity)
        return None if row is None else _opportunity(row)

    def at(self, token: str) -> Opportunity | None:
        """Return the one whose page has this address, if there is any."""
        query = select(OpportunityRow).where(OpportunityRow.token == token)
        row = self._unit.orm.exec(query).first()
        return None if row is None else _opportunity(row)

    def list_of(self, organisation: str, limit: int = MOST_LISTED) -> list[Opportunity]:
        """Return an organisation's opportunities, the newest change first."""
        query = (
            select(OpportunityRow)
            .where(OpportunityRow.organisation == organisation)
            .order_by(col(OpportunityRow.changed_at).desc(), col(OpportunityRow.id))
        )
        return [_opportunity(row) for row in self._unit.orm.exec(query.limit(limit)).all()]

    def list_in(
        self, cities: Collection[str], states: Collection[State], limit: int = MOST_LISTED
    ) -> list[Opportunity]:
        """Return opportunities of these cities in these states, the longest waiting first."""
        query = (
            select(OpportunityRow)
            .where(
                col(OpportunityRow.city).in_(cities),
                col(OpportunityRow.state).in_([one.value for one in states]),
            )
            .order_by(col(OpportunityRow.sent_at), col(OpportunityRow.id))
        )
        return [_opportunity(row) for row in self._unit.orm.exec(query.limit(limit)).all()]

    def count_waiting(self, cities: Collection[str]) -> int:
        """Return how many wait for the staff of these cities."""
        query = select(func.count()).where(
            col(OpportunityRow.city).in_(cities), OpportunityRow.state == State.SENT.value
        )
        return int(self._unit.orm.exec(query).one())

    # -- the employer's side -----------------------------------------------------------------

    def begin(
        self, person: str, city: str, organisation: str, named: str, details: Details
    ) -> Opportunity:
        """Keep a new draft.

        Raises:
            Refused: "talent.too_many": the organisation has as many as one may.
        """
        open_ones = [one for one in self.list_of(organisation) if not one.state.is_over]
        if len(open_ones) >= MOST_OPEN:
            raise Refused("talent.too_many")
        row = OpportunityRow(
            id=self._unit.new_id(),
            city=city,
            organisation=organisation,
            named=named,
            made_by=person,
            draft=dump_details(details),
            changed_at=self._unit.now,
        )
        return self._keep(row, "opportunity.begun", person)

    def write(self, opportunity: str, details: Details, person: str, named: str) -> Opportunity:
        """Put what is told in the draft's place; an approval, asked for or given, is void.

        Raises:
            NotFound: There is no such opportunity.
            Refused: "talent.over".
        """
        row = self._open(opportunity)
        row.draft, row.made_by, row.named = dump_details(details), person, named
        row.state, row.walk_at = State.DRAFT.value, None
        return self._keep(row, "opportunity.written", person)

    def send(self, opportunity: str, person: str) -> Opportunity:
        """Send the draft to staff. Raises NotFound, Refused ("talent.over", "talent.not_draft")."""
        row = self._open(opportunity)
        if row.state not in (State.DRAFT.value, State.DECLINED.value):
            raise Refused("talent.not_draft")
        row.state, row.reason, row.made_by = State.SENT.value, "", person
        row.number, row.sent_at = row.number + 1, self._unit.now
        return self._keep(row, "opportunity.sent", person)

    def take_back(self, opportunity: str, person: str) -> Opportunity:
        """Make a draft again of what was sent or runs. Raises NotFound, Refused ("talent.over")."""
        row = self._open(opportunity)
        row.state, row.walk_at = State.DRAFT.value, None
        return self._keep(row, "opportunity.taken_back", person)

    def drop(self, opportunity: str, person: str) -> None:
        """Throw away what never ran. Raises NotFound, Refused ("talent.ran")."""
        row = self._open(opportunity)
        if row.live:
            raise Refused("talent.ran")
        self._record("opportunity.dropped", row, person)
        self._unit.orm.delete(row)
        self._unit.orm.flush()

    def close(self, opportunity: str, by: str = "") -> Opportunity:
        """Invite nobody any more; `by` is empty where its last day is over. Raises NotFound."""
        row = self._open(opportunity)
        self._end(row, State.CLOSED)
        row.news = "" if by else "ended"
        return self._keep(row, "opportunity.closed", by)

    def open_page(self, opportunity: str, person: str, *, is_new: bool = False) -> str:
        """Switch the page on, or give it another address; return its token. Raises NotFound."""
        row = self._row(opportunity)
        if row.token is None or is_new:
            row.token = secrets.token_urlsafe(TOKEN_BYTES)
            self._keep(row, "opportunity.page_opened", person)
        return row.token or ""

    def close_page(self, opportunity: str, person: str) -> bool:
        """Switch the page off; say whether it was on. Raises NotFound."""
        row = self._row(opportunity)
        was_on, row.token = row.token is not None, None
        self._keep(row, "opportunity.page_closed", person)
        return was_on

    # -- the staff's side --------------------------------------------------------------------

    def approve(self, opportunity: str, number: int, change: int, by: str) -> Opportunity:
        """Let people be invited to what was sent, as the version that staff looked at.

        Raises:
            NotFound: There is no such opportunity.
            Refused: "talent.not_waiting": it was changed or decided meanwhile; "talent.own": who
                wrote it does not approve it.
        """
        row = self._waiting(opportunity, number, change)
        if row.made_by == by:
            raise Refused("talent.own")
        if row.live and row.live != row.draft:
            self._unit.invited.tell_all(opportunity, "changed")
        row.live, row.state, row.reason = row.draft, State.RUNNING.value, ""
        row.news, row.decided_at, row.walk_at = "approved", self._unit.now, self._unit.now
        return self._keep(row, "opportunity.approved", by)

    def decline(
        self, opportunity: str, number: int, change: int, reason: str, by: str
    ) -> Opportunity:
        """Send it back with a reason. Raises as `approve`."""
        row = self._waiting(opportunity, number, change)
        row.state, row.reason, row.news = State.DECLINED.value, reason, "declined"
        row.decided_at = self._unit.now
        return self._keep(row, "opportunity.declined", by)

    def stop(self, opportunity: str, reason: str, by: str) -> Opportunity:
        """End it at once, with its page. Raises NotFound, Refused ("talent.over")."""
        row = self._row(opportunity)
        if row.state == State.STOPPED.value:
            raise Refused("talent.over")
        self._end(row, State.STOPPED)
        row.reason, row.news, row.token = reason, "stopped", None
        self._unit.invited.cancel_waiting(opportunity)
        self._unit.invited.tell_all(opportunity, "stopped")
        return self._keep(row, "opportunity.stopped", by)

    # -- by the clock ------------------------------------------------------------------------

    def list_due(self, limit: int = 20) -> list[Opportunity]:
        """Return what people are to be looked through for."""
        query = (
            select(OpportunityRow)
            .where(
                col(OpportunityRow.walk_at) <= self._unit.now,
                OpportunityRow.state == State.RUNNING.value,
            )
            .order_by(col(OpportunityRow.walk_at))
        )
        return [_opportunity(row) for row in self._unit.orm.exec(query.limit(limit)).all()]

    def take_running(self, opportunity: str) -> Opportunity | None:
        """Return it as it is now, kept from changing in this unit; None where it runs no more."""
        row = self._unit.orm.get(
            OpportunityRow, opportunity, with_for_update=True, populate_existing=True
        )
        is_running = row is not None and row.state == State.RUNNING.value
        return _opportunity(row) if row is not None and is_running else None

    def walk_again(self, opportunity: str, at: datetime) -> None:
        """Note when people are looked through next."""
        self._row(opportunity).walk_at = at
        self._unit.orm.flush()

    def list_news(self, limit: int) -> list[tuple[Opportunity, str]]:
        """Return what whoever wrote an opportunity was not told yet."""
        query = select(OpportunityRow).where(OpportunityRow.news != "").limit(limit)
        return [(_opportunity(row), row.news) for row in self._unit.orm.exec(query).all()]

    def mark_told(self, opportunities: Sequence[str]) -> None:
        """Count what became of these as told."""
        for one in opportunities:
            self._row(one).news = ""
        self._unit.orm.flush()

    # -- rows --------------------------------------------------------------------------------

    def _row(self, opportunity: str) -> OpportunityRow:
        row = self._unit.orm.get(OpportunityRow, opportunity, with_for_update=True)
        if row is None:
            raise NotFound("There is no such opportunity.")
        return row

    def _open(self, opportunity: str) -> OpportunityRow:
        row = self._row(opportunity)
        if row.state in _OVER:
            raise Refused("talent.over")
        return row

    def _waiting(self, opportunity: str, number: int, change: int) -> OpportunityRow:
        row = self._row(opportunity)
        if row.state != State.SENT.value or (number, change) != (row.number, row.change):
            raise Refused("talent.not_waiting")
        return row

    def _end(self, row: OpportunityRow, state: State) -> None:
        row.state, row.walk_at = state.value, None
        row.ended_at = row.ended_at or self._unit.now

    def _keep(self, row: OpportunityRow, action: str, by: str) -> Opportunity:
        row.change = (row.change or 0) + 1
        row.changed_at = self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()
        self._record(action, row, by)
        return _opportunity(row)

    def _record(self, action: str, row: OpportunityRow, by: str) -> None:
        self._unit.audit.record(
            action,
            actor=self._unit.people.reference_of(by) if by else "",
            subject=row.id,
            city=row.city,
            facts={"number": str(row.number), "organisation": row.organisation},
        )


def _opportunity(row: OpportunityRow) -> Opportunity:
    return Opportunity(
        id=row.id,
        city=row.city,
        organisation=row.organisation,
        named=row.named,
        made_by=row.made_by or "",
        number=row.number,
        state=State(row.state),
        draft=load_details(row.draft),
        live=load_details(row.live) if row.live else None,
        reason=row.reason,
        token=row.token or "",
        change=row.change,
        changed_at=row.changed_at,
        sent_at=row.sent_at,
        decided_at=row.decided_at,
        ended_at=row.ended_at,
    )
