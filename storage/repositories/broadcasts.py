"""Broadcasts: runs of campaigns, and the rows of their recipients as they are read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import orjson
from sqlmodel import col, select

from bot.campaigns.records import Broadcast, BroadcastState, Delivery, DeliveryState
from bot.errors import Conflict, NotFound
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.campaigns import BroadcastRow, DeliveryRow

_COUNTS = Statement("""
    SELECT state, COUNT(*) FROM delivery WHERE broadcast = :broadcast GROUP BY state
""")
_REASONS = Statement("""
    SELECT reason, COUNT(*) FROM delivery
    WHERE broadcast = :broadcast AND state = :state GROUP BY reason
""")
_SENT_ON = Statement("""
    SELECT COUNT(*) FROM delivery
    WHERE broadcast = :broadcast AND state = 'sent' AND channel = :channel
""")
_NEWEST = Statement("""
    SELECT d.broadcast, d.settled_at FROM delivery AS d
    WHERE d.person = :person AND d.state IN ('sent', 'in_doubt')
    ORDER BY d.settled_at DESC, d.broadcast DESC LIMIT 1
""")
_LATER = Statement("""
    SELECT created_at FROM outbox
    WHERE person = :person AND lane < 2 ORDER BY id DESC LIMIT 1
""")
_FORGET = Statement("""
    UPDATE delivery SET state = 'skipped', reason = 'erased', settled_at = :now
    WHERE person = :person AND state = 'queued'
""")


class Broadcasts(Repository):
    """What runs, ran and is about to run."""

    __slots__ = ()

    def begin(
        self,
        campaign: str,
        *,
        city: str,
        number: int,
        digest: str,
        occasion: str,
        rule: str,
        by: str,
        is_test: bool = False,
        not_after: datetime | None = None,
    ) -> Broadcast | None:
        """Begin a run, which freezes its audience first; None where this occasion had its run.

        Args:
            occasion: Names a firing of the schedule: of several replicas, one begins it.
            by: A reference as in the audit log; empty for the schedule.
        """
        query = select(BroadcastRow.id).where(
            BroadcastRow.campaign == campaign, BroadcastRow.occasion == occasion
        )
        if self._unit.orm.exec(query).first() is not None:
            return None
        row = BroadcastRow(
            id=self._unit.new_id(),
            city=city,
            campaign=campaign,
            number=number,
            digest=digest,
            occasion=occasion,
            is_test=is_test,
            rule=rule,
            launched_by=by,
            launched_at=self._unit.now,
            not_after=not_after,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _broadcast(row)

    def find(self, broadcast: str) -> Broadcast | None:
        """Return a run."""
        row = self._unit.orm.get(BroadcastRow, broadcast)
        return None if row is None else _broadcast(row)

    def get(self, broadcast: str) -> Broadcast:
        """Return a run.

        Raises:
            NotFound: There is no such run.
        """
        return _broadcast(self._row(broadcast))

    def take(self, broadcast: str) -> Broadcast:
        """Return a run that nobody else changes until this unit is over.

        Raises:
            NotFound: There is no such run.
        """
        return _broadcast(self._row(broadcast, is_taking=True))

    def set_state(
        self,
        broadcast: str,
        state: BroadcastState,
        *,
        was: Collection[BroadcastState],
        reason: str = "",
    ) -> Broadcast:
        """Move a run on.

        Raises:
            Conflict: It is in another state than the ones in `was`.
        """
        row = self._row(broadcast, is_taking=True)
        if row.state not in was:
            raise Conflict("Somebody else changed this run.")
        row.state, row.reason = state, reason
        if state in ("finished", "cancelled"):
            row.finished_at = self._unit.now
        self._unit.orm.flush()
        return _broadcast(row)

    def set_stars(self, broadcast: str, stars: int) -> Broadcast:
        """Note what a run costs at most, as it goes out faster."""
        row = self._row(broadcast)
        row.stars = stars
        self._unit.orm.flush()
        return _broadcast(row)

    def sent_on(self, broadcast: str, channel: str) -> int:
        """Return how many messages of a run a channel accepted."""
        values = {"broadcast": broadcast, "channel": channel}
        return int(self._unit.fetch(_SENT_ON, values)[0][0])

    def froze(
        self, broadcast: str, *, size: int, excluded: Mapping[str, int], to: str, is_done: bool
    ) -> None:
        """Note how far the freezing of an audience has come."""
        row = self._row(broadcast)
        row.size, row.frozen_to = size, to
        row.excluded = orjson.dumps(dict(excluded)).decode()
        if is_done:
            row.frozen_at = self._unit.now
        self._unit.orm.flush()

    def keep_totals(self, broadcast: str, totals: Mapping[str, int]) -> None:
        """Keep the final counts of a run, which outlive its rows."""
        self._row(broadcast).totals = orjson.dumps(dict(totals)).decode()
        self._unit.orm.flush()

    def list_open(self) -> list[Broadcast]:
        """Return every run that is freezing, running or paused, oldest first."""
        query = select(BroadcastRow).where(
            col(BroadcastRow.state).in_(("freezing", "running", "paused"))
        )
        rows = self._unit.orm.exec(query.order_by(BroadcastRow.id)).all()
        return [_broadcast(row) for row in rows]

    def list_of(self, campaign: str, limit: int = 50) -> list[Broadcast]:
        """Return the runs of a campaign, the newest first."""
        query = select(BroadcastRow).where(BroadcastRow.campaign == campaign)
        rows = self._unit.orm.exec(query.order_by(col(BroadcastRow.id).desc()).limit(limit)).all()
        return [_broadcast(row) for row in rows]

    def list_in_city(self, city: str, limit: int = 50) -> list[Broadcast]:
        """Return a city's runs, the newest first."""
        query = select(BroadcastRow).where(BroadcastRow.city == city)
        rows = self._unit.orm.exec(query.order_by(col(BroadcastRow.id).desc()).limit(limit)).all()
        return [_broadcast(row) for row in rows]

    # -- recipients --------------------------------------------------------------------------

    def counts(self, broadcast: str) -> dict[str, int]:
        """Return how many deliveries of a run are in each state; they add up to its size."""
        return dict(self._unit.fetch(_COUNTS, {"broadcast": broadcast}))

    def reasons(self, broadcast: str, state: DeliveryState) -> dict[str, int]:
        """Return how many deliveries of a run are in a state, by reason."""
        values = {"broadcast": broadcast, "state": state}
        return dict(self._unit.fetch(_REASONS, values))

    def delivery(self, broadcast: str, number: int) -> Delivery | None:
        """Return one delivery."""
        row = self._unit.orm.get(DeliveryRow, (broadcast, number))
        return None if row is None else _delivery(row)

    def list_deliveries(
        self, broadcast: str, state: DeliveryState, after: int = 0, limit: int = 100
    ) -> list[Delivery]:
        """Return a slice of the deliveries in a state, by number, after a number."""
        query = (
            select(DeliveryRow)
            .where(
                DeliveryRow.broadcast == broadcast,
                DeliveryRow.state == state,
                DeliveryRow.number > after,
            )
            .order_by(col(DeliveryRow.number))
            .limit(limit)
        )
        return [_delivery(row) for row in self._unit.orm.exec(query).all()]

    def latest_of(self, person: str, limit: int = 10) -> list[Delivery]:
        """Return what a person was sent by campaigns, the newest first; tests are left out."""
        query = (
            select(DeliveryRow)
            .join(BroadcastRow, col(BroadcastRow.id) == col(DeliveryRow.broadcast))
            .where(
                DeliveryRow.person == person,
                col(DeliveryRow.state).in_(("sent", "in_doubt")),
                col(BroadcastRow.is_test).is_(False),
            )
            .order_by(col(DeliveryRow.settled_at).desc(), col(DeliveryRow.broadcast).desc())
            .limit(limit)
        )
        return [_delivery(row) for row in self._unit.orm.exec(query).all()]

    def newest_said(self, person: str) -> str:
        """Return the run whose message is the last thing that a person was sent; empty for none."""
        found = self._unit.fetch(_NEWEST, {"person": person})
        if not found:
            return ""
        broadcast, at = found[0]
        later = self._unit.fetch(_LATER, {"person": person})
        return "" if later and later[0][0] > at else str(broadcast)

    def forget(self, person: str) -> int:
        """Leave out what was still to be sent to somebody who is erased; the sums still add up."""
        return self._unit.run(_FORGET, {"person": person, "now": self._unit.now_micros})

    def _row(self, broadcast: str, *, is_taking: bool = False) -> BroadcastRow:
        row = self._unit.orm.get(
            BroadcastRow,
            broadcast,
            with_for_update=True if is_taking else None,
            populate_existing=is_taking,
        )
        if row is None:
            raise NotFound("There is no such run.")
        return row


def _broadcast(row: BroadcastRow) -> Broadcast:
    values: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    return Broadcast(
        **values,
        excluded=orjson.loads(row.excluded),
        totals=orjson.loads(row.totals),
    )


_PLAIN = tuple(name for name in BroadcastRow.model_fields if name not in ("excluded", "totals"))


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(**{name: getattr(row, name) for name in DeliveryRow.model_fields})
