"""Deliveries: one row a recipient, cut when a run is launched, and what became of each.

A row is claimed in a durable transaction, then the message leaves, then its end is stored. Killed
in between, it stays claimed until its lease ends, and is then in doubt: nothing else can be
unclear, and nobody is written to twice unless staff decide so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, product
from typing import Any, Final

from bot.campaigns.reaching import Reach
from bot.campaigns.records import Broadcast, DeliveryState, Reason
from bot.campaigns.variants import Variant, drawn
from bot.people import AgeBand, Purpose
from storage.instants import instant, micros
from storage.records import NewOutgoing
from storage.repositories import deliveries_sql as sql
from storage.repositories.outbox import READ_FROM_HERE
from storage.repositories.repository import CLAIMING, Repository
from storage.statements import Statement

LEFT: Final = "left"
"""The reason of one in doubt that staff decided not to send again, as the statements write it."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A recipient who is written to now.

    Attributes:
        number: With the broadcast, the key of the delivery.
        variant: Which version they drew; empty where there is one alone.
    """

    number: int
    person: str
    language: str
    city: str
    channel: str
    bot: str
    chat: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """The next recipients of a run.

    Attributes:
        to: Whom to write to.
        skipped: How many were taken up beside them and may not be written to any more.
    """

    to: tuple[Claimed, ...] = ()
    skipped: int = 0

    def __bool__(self) -> bool:
        return bool(self.to or self.skipped)


@dataclass(frozen=True, slots=True)
class Settled:
    """How the message to one recipient ended.

    Attributes:
        state: "sent", "in_doubt", "blocked", "failed" or "skipped"; "queued" to try it again.
        reason: A code, or what the channel said; never words of the message.
        not_before: When to try again, for "queued".
        outgoing: What to put into the outbox in the same transaction, for a channel whose readers
            look there themselves.
    """

    number: int
    state: DeliveryState
    reason: str = ""
    channel: str = ""
    message_id: str = ""
    not_before: datetime | None = None
    outgoing: NewOutgoing | None = None


class Deliveries(Repository):
    """What goes out under campaigns, row by row."""

    __slots__ = ()

    # -- freezing ----------------------------------------------------------------------------

    def freeze_slice(
        self, broadcast: Broadcast, reach: Reach, not_before: datetime, limit: int
    ) -> Broadcast | None:
        """Cut the rows of the next people of an audience; None where another program does.

        The run as given says how far the freezing has come; what is returned is the run after it,
        in the state "running" once everybody was looked at.
        """
        seen = {"broadcast": broadcast.id, "seen": broadcast.frozen_to}
        if self._unit.run(sql.HOLD_FREEZING, seen) == 0:
            return None
        found = self._unit.audiences.slice(reach, broadcast.frozen_to, limit)
        chosen = [one for one in found.candidates if one.reason is None]
        share = reach.rival_share
        rows = [
            {
                "broadcast": broadcast.id,
                "number": number,
                "campaign": broadcast.campaign,
                "city": broadcast.city,
                "person": one.person,
                "consent": one.consent,
                "variant": drawn(broadcast.id, one.person, share) if share else "",
                "not_before": micros(not_before),
                "now": self._unit.now_micros,
            }
            for number, one in enumerate(chosen, start=broadcast.size + 1)
        ]
        if rows:
            self._unit.run_many(sql.CUT, rows)
        excluded = Counter(broadcast.excluded)
        excluded.update(one.reason for one in found.candidates if one.reason is not None)
        self._unit.broadcasts.froze(
            broadcast.id,
            size=broadcast.size + len(rows),
            excluded=excluded,
            to=found.to,
            is_done=found.is_done,
        )
        if found.is_done:
            return self._unit.broadcasts.set_state(broadcast.id, "running", was=["freezing"])
        return self._unit.broadcasts.get(broadcast.id)

    def cut_test(
        self, broadcast: Broadcast, people: Sequence[str], variants: Sequence[Variant | str] = ("",)
    ) -> None:
        """Cut the rows of a test: the ones who asked for it, whatever they agreed to.

        Args:
            variants: Each of them gets every version.
        """
        now = self._unit.now_micros
        rows = [
            {
                "broadcast": broadcast.id,
                "number": number,
                "campaign": broadcast.campaign,
                "city": broadcast.city,
                "person": person,
                "consent": "",
                "variant": variant,
                "not_before": now,
                "now": now,
            }
            for number, (person, variant) in enumerate(product(people, variants), start=1)
        ]
        self._unit.run_many(sql.CUT, rows)
        self._unit.broadcasts.froze(broadcast.id, size=len(rows), excluded={}, to="", is_done=True)
        self._unit.broadcasts.set_state(broadcast.id, "running", was=["freezing"])

    # -- sending -----------------------------------------------------------------------------

    def claim(
        self,
        broadcast: Broadcast,
        limit: int,
        holder: str,
        until: datetime,
        *,
        cap: int = 0,
        cap_since: datetime | None = None,
    ) -> Batch:
        """Take the next recipients, and skip those of them who may not be written to any more.

        Args:
            cap: Campaign messages that anybody may get from `cap_since` on; 0 for any number.

        Returns:
            Nothing while the run does not run, or while all that goes out is stopped.
        """
        values: dict[str, Any] = {
            "broadcast": broadcast.id,
            "holder": holder,
            "until": micros(until),
            "now": self._unit.now_micros,
            "most": limit,
        }
        numbers = sorted(row[0] for row in self._unit.fetch(sql.CLAIM, values))
        if not numbers:
            return Batch()
        if cap and not broadcast.is_test:
            # Two programs with two runs would not see each other's claim of the same person.
            self._one_at_a_time(CLAIMING)
        looked_up = self._looked_up(broadcast, numbers, 0 if broadcast.is_test else cap, cap_since)
        claimed, skipped = [], []
        for number, rows in groupby(looked_up, key=lambda row: row[0]):
            found = _judged(broadcast, list(rows), cap)
            if isinstance(found, Claimed):
                claimed.append(found)
            else:
                skipped.append(Settled(number, "skipped", found))
        self.settle(broadcast.id, holder, skipped)
        self._hold_to_store(broadcast.id, holder, claimed)
        return Batch(tuple(claimed), len(skipped))

    def _looked_up(
        self, broadcast: Broadcast, numbers: Sequence[int], cap: int, since: datetime | None
    ) -> list[tuple[Any, ...]]:
        names = {f"n{chr(97 + at // 26)}{chr(97 + at % 26)}": n for at, n in enumerate(numbers)}
        listed = ", ".join(f":{name}" for name in names)
        values = {
            **names,
            "broadcast": broadcast.id,
            "cap": cap,
            "cap_since": micros(since) if since else 0,
        }
        return self._unit.fetch(Statement(sql.LOOK_UP.format(numbers=listed)), values)

    def _hold_to_store(self, broadcast: str, holder: str, claimed: Iterable[Claimed]) -> None:
        """Note whom to store a message for: nothing leaves, so such a row is never in doubt."""
        rows = [
            {
                "broadcast": broadcast,
                "number": one.number,
                "holder": holder,
                "channel": one.channel,
            }
            for one in claimed
            if one.channel in READ_FROM_HERE
        ]
        if rows:
            self._unit.run_many(sql.HOLD_TO_STORE, rows)

    def settle(self, broadcast: str, holder: str, results: Sequence[Settled]) -> list[NewOutgoing]:
        """Record how messages ended; return what was put into the outbox for them.

        Only rows that this holder claimed are touched: one that staff have decided about since
        stays as they decided.
        """
        ends, again, stored = [], [], []
        for one in results:
            row = {"broadcast": broadcast, "number": one.number, "holder": holder}
            if one.state == "queued":
                at = one.not_before or self._unit.now
                again.append({**row, "not_before": micros(at)})
                continue
            outgoing = ""
            if one.outgoing is not None:
                if not self._unit.fetch(sql.HOLDS, row):
                    continue
                added = self._unit.outbox.add_many([one.outgoing])
                outgoing = added[0].id if added else ""
                stored += [one.outgoing] if added else []
            ends.append(
                {
                    **row,
                    "state": one.state,
                    "reason": one.reason[:200],
                    "channel": one.channel,
                    "message_id": one.message_id,
                    "outgoing": outgoing,
                    "now": self._unit.now_micros,
                }
            )
        if ends:
            self._unit.run_many(sql.SETTLE, ends)
        if again:
            self._unit.run_many(sql.PUT_BACK, again)
        return stored

    # -- what did not go its way -------------------------------------------------------------

    def rescue(self) -> int:
        """Treat as in doubt what has been claimed for longer than its time; return how many."""
        now = self._unit.now_micros
        return self._unit.run(sql.RESCUE, {"now": now, "before": now})

    def release_all(self) -> int:
        """Treat as in doubt all that is claimed: for a start at which nobody else can run."""
        return self._unit.run(sql.RESCUE, {"now": self._unit.now_micros, "before": 2**62})

    def end_some(
        self, broadcast: str, state: DeliveryState, reason: Reason | str, limit: int
    ) -> int:
        """End some that are still queued, as cancelled or skipped; return how many."""
        values = {
            "broadcast": broadcast,
            "state": state,
            "reason": reason,
            "now": self._unit.now_micros,
            "most": limit,
        }
        return len(self._unit.fetch(sql.END_SOME, values))

    def decide_doubt(self, broadcast: str, numbers: Sequence[int], *, is_resent: bool) -> int:
        """Send some that are in doubt once more, or let them be; return how many there were.

        A run that was over goes on for those that are sent again.
        """
        run = self._unit.broadcasts.take(broadcast)
        statement = sql.RESEND if is_resent else sql.LEAVE
        values = {"broadcast": broadcast, "now": self._unit.now_micros}
        decided = sum(self._unit.run(statement, values | {"number": one}) for one in numbers)
        if decided and is_resent and run.state == "finished":
            self._unit.broadcasts.set_state(broadcast, "running", was=["finished"])
        return decided

    # -- how far it is -----------------------------------------------------------------------

    def is_open(self, broadcast: str) -> bool:
        """Tell whether anybody is still to be written to, or is being written to."""
        return bool(self._unit.fetch(sql.IS_OPEN, {"broadcast": broadcast}))

    def next_at(self, broadcast: str) -> datetime | None:
        """Return when the next recipient may be written to; None where none is queued."""
        at = self._unit.fetch(sql.NEXT_AT, {"broadcast": broadcast})[0][0]
        return None if at is None else instant(at)

    def list_cancelled(self) -> list[str]:
        """Return cancelled runs with rows to cancel, or whose counts are still to be kept."""
        return [row[0] for row in self._unit.fetch(sql.CANCELLED_WITH_ROWS, {})]


def _judged(broadcast: Broadcast, rows: list[tuple[Any, ...]], cap: int) -> Claimed | Reason:
    """Return whom and where to write to, or why not; `rows` are their contacts, the best first."""
    number, person, language, city, consent, _, refusals, leaving, sent = rows[0][:9]
    if city is None or leaving:
        return "erased"
    if not broadcast.is_test and _is_too_young(*rows[0][9:12]):
        return "under_18"
    reachable = [row for row in rows if row[12] is not None]
    if not reachable:
        return "unreachable"
    if not broadcast.is_test:
        reachable = [row for row in reachable if row[5] or (not consent and not refusals)]
        if not reachable:
            return "no_consent"
        if cap and sent >= cap:
            return "often"
    return Claimed(number, person, language, city, *reachable[0][12:])


def _is_too_young(age_band: str | None, purpose: str | None, topics: int) -> bool:
    """Tell whether somebody may not be written to for their age, as they say it now.

    Args:
        purpose: What they agreed to; None for a service message.
        topics: To how many topics they agreed, asked for a service message alone.
    """
    if purpose == Purpose.INVITATIONS:
        return age_band != AgeBand.ADULT
    if purpose is not None:
        return age_band == AgeBand.UNDER_13
    return age_band is not None and not AgeBand(age_band).is_adult and not topics
