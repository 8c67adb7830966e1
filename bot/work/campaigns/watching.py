"""Runs on the pages of staff: watched, held, ended, and everything stopped at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.campaigns.comparison import Compared, compared, outcomes_of
from bot.campaigns.paying import cost
from bot.campaigns.progress import USUAL_RATE, Progress, predicted_end, progress_of, rate_of
from bot.campaigns.records import Broadcast, BroadcastState, Delivery, DeliveryState, EmergencyStop
from bot.campaigns.staffing import Results, Sender, Watched
from bot.errors import NotFound, Refused
from bot.insights.rounding import told, told_parts
from bot.work.campaigns.desk import end_stop, stop_everything
from bot.work.campaigns.launching import NEEDS_APPROVAL
from bot.work.campaigns.office import CampaignOffice, actor_of
from bot.work.context import Surroundings
from bot.work.gate import Gate
from storage import Database, Unit
from storage.repositories.campaign_acts import CampaignActs

AFTER: Final = timedelta(days=7)
"""For so long after a message what people save and earn is counted with it."""
MEASURED: Final = 200
MOST_SHOWN: Final = 50
SLICE: Final = 200
_WITH_REASONS: tuple[DeliveryState, ...] = ("skipped", "failed", "cancelled", "in_doubt")
_CANCELLABLE: tuple[BroadcastState, ...] = ("freezing", "running", "paused")
_LEFT: Final = "left"


class RunOffice:
    """What staff do with runs of their own cities, and with all that goes out.

    Args:
        around: Returns the content.
        campaigns: What decides whether a run may go on.
        gate: Whether anything may leave.
        look: Called when a run was changed, so that it is acted on at once.
    """

    def __init__(
        self,
        database: Database,
        around: Callable[[], Surroundings],
        campaigns: CampaignOffice,
        gate: Gate,
        look: Callable[[], None],
    ) -> None:
        self._database = database
        self._around = around
        self._campaigns = campaigns
        self._gate = gate
        self._look = look

    # -- reading -----------------------------------------------------------------------------

    async def list_open(self, cities: Sequence[str]) -> Sequence[Watched]:
        """Return what is being sent in some cities now, tests among it."""

        def read(unit: Unit) -> list[Watched]:
            return [
                self._watched(unit, one)
                for one in unit.broadcasts.list_open()
                if one.city in cities
            ]

        return await self._database.read(read)

    async def find(self, who: Sender, broadcast: str) -> Watched | None:
        """Return a run that is theirs to see."""

        def read(unit: Unit) -> Watched | None:
            run = unit.broadcasts.find(broadcast)
            return self._watched(unit, run) if run and self._is_theirs(who, run.city) else None

        return await self._database.read(read)

    async def results(self, who: Sender, broadcast: str) -> Results:
        """Return what came of a run. Raises NotFound: it is not theirs."""

        def read(unit: Unit) -> Results:
            run = self._own(unit, who, broadcast)
            found = _told(unit.campaign_acts, run.id)
            return replace(found, compared=_compared(unit, run), stars=_spent(unit, run))

        return await self._database.read(read)

    def end_of(self, city: str, size: int) -> datetime:
        """Return when so many would have been written to, if it began now."""
        return self._end(city, size, self._database.now())

    def _watched(self, unit: Unit, run: Broadcast) -> Watched:
        counts = unit.broadcasts.counts(run.id) or run.totals
        reasons = {state: unit.broadcasts.reasons(run.id, state) for state in _WITH_REASONS}
        progress = progress_of(counts)
        rate = _rate(unit, run, progress)
        is_going = run.state == "running" and progress.left and self._gate.is_open
        doubts = reasons.get("in_doubt", {})
        return Watched(
            run=run,
            campaign=unit.campaigns.get(run.campaign),
            counts=counts,
            reasons={state: found for state, found in reasons.items() if found},
            progress=progress,
            rate=rate,
            ends_at=self._end(run.city, progress.left, unit.now, rate) if is_going else None,
            in_doubt=tuple(_undecided(unit, run.id, 0, SLICE)[:MOST_SHOWN]),
            undecided=sum(doubts.values()) - doubts.get(_LEFT, 0),
            is_late=_is_late(run, unit.now),
        )

    # -- acts --------------------------------------------------------------------------------

    async def steer(self, who: Sender, broadcast: str, act: str) -> Broadcast:
        """Do "pause", "resume" or "cancel".

        Raises:
            NotFound: It is not theirs, or there is no such act.
            Conflict: It is in another state meanwhile.
            Refused: It may not go on: a second person has to say yes first.
        """

        def steer(unit: Unit) -> Broadcast:
            run = self._own(unit, who, broadcast)
            moved = self._moved(unit, run, act)
            self._note(unit, f"broadcast.{act}", who, run)
            return moved

        moved = await self._database.write(steer)
        self._look()
        return moved

    def _moved(self, unit: Unit, run: Broadcast, act: str) -> Broadcast:
        broadcasts = unit.broadcasts
        if act == "pause":
            return broadcasts.set_state(run.id, "paused", was=["running"], reason="staff")
        if act == "resume":
            if run.reason == NEEDS_APPROVAL:
                version = unit.campaigns.version(run.campaign, run.number)
                self._campaigns.refuse_unapproved(unit, run.city, version, run.size)
            return broadcasts.set_state(run.id, "running", was=["paused"])
        if act == "cancel":
            return broadcasts.set_state(run.id, "cancelled", was=_CANCELLABLE, reason="staff")
        raise NotFound("There is no such act.")

    async def settle(
        self, who: Sender, broadcast: str, numbers: Sequence[int] | None, *, is_resent: bool
    ) -> int:
        """Send some that are in doubt once more, or let them be.

        Args:
            numbers: Which of them; None for all.

        Returns:
            How many there were.

        Raises:
            NotFound: The run is not theirs.
            Refused: It was cancelled, or its time is over, so that nothing of it is sent any more.
        """
        done, after = 0, 0
        while True:
            decided, after = await self._database.write(
                self._settling(who, broadcast, numbers, after, is_resent=is_resent)
            )
            done += decided
            if numbers is not None or after < 0:
                break
        self._look()
        return done

    def _settling(
        self,
        who: Sender,
        broadcast: str,
        numbers: Sequence[int] | None,
        after: int,
        *,
        is_resent: bool,
    ) -> Callable[[Unit], tuple[int, int]]:
        def act(unit: Unit) -> tuple[int, int]:
            run = self._own(unit, who, broadcast)
            if is_resent and run.state == "cancelled":
                raise Refused("web.runs.cancelled")
            if is_resent and _is_late(run, unit.now):
                raise Refused("web.runs.over")
            open_ones = _undecided(unit, run.id, after, SLICE) if numbers is None else []
            some = [one.number for one in open_ones] if numbers is None else numbers
            count = unit.deliveries.decide_doubt(run.id, some, is_resent=is_resent)
            if count:
                name = "resent" if is_resent else "left"
                self._note(unit, f"broadcast.{name}", who, run, count=str(count))
            return count, max(some) if some else -1

        return act

    # -- the emergency stop ------------------------------------------------------------------

    @property
    def stopped(self) -> EmergencyStop | None:
        """The stop that holds, as it was looked up last."""
        return self._gate.stop

    async def stop(self, who: Sender, city: str, reason: str) -> None:
        """Stop all that goes out, on the whole installation. Raises Refused: they may not."""
        await self._database.write(
            lambda unit: stop_everything(unit, actor_of(unit, who, city), reason)
        )
        await self._gate.look()

    async def go_on(self, who: Sender, city: str) -> None:
        """Let messages go out again. Raises Refused: they may not."""
        await self._database.write(lambda unit: end_stop(unit, actor_of(unit, who, city)))
        await self._gate.look()
        self._look()

    # -- common ------------------------------------------------------------------------------

    def _own(self, unit: Unit, who: Sender, broadcast: str) -> Broadcast:
        found = unit.broadcasts.find(broadcast)
        if found is None or not self._is_theirs(who, found.city):
            raise NotFound("There is no such run.")
        return found

    def _is_theirs(self, who: Sender, city: str) -> bool:
        return who.may(city) and city in self._around().content.cities

    def _end(self, city: str, size: int, now: datetime, rate: float = USUAL_RATE) -> datetime:
        content = self._around().content
        between = content.sending_in(city).daytime
        return predicted_end(size, now, content.cities[city].zone, rate, between)

    def _note(self, unit: Unit, action: str, who: Sender, run: Broadcast, **facts: str) -> None:
        unit.audit.record(
            action,
            actor=unit.people.reference_of(who.person),
            city=run.city,
            facts={"broadcast": run.id, "campaign": run.campaign} | facts,
        )


def _compared(unit: Unit, run: Broadcast) -> Compared | None:
    rival = unit.campaigns.version(run.campaign, run.number).plan.rival
    if rival is None or run.is_test:
        return None
    ends_at = run.launched_at + timedelta(days=rival.days)
    outcomes = outcomes_of(unit.campaign_acts.by_variant(run.id, ends_at), told)
    return compared(outcomes, ends_at, unit.now, rival.share)


def _spent(unit: Unit, run: Broadcast) -> int:
    return cost(unit.broadcasts.sent_on(run.id, "telegram")) if run.stars else 0


def _is_late(run: Broadcast, now: datetime) -> bool:
    return run.not_after is not None and now >= run.not_after


def _undecided(unit: Unit, broadcast: str, after: int, limit: int) -> list[Delivery]:
    """Return some rows after a number about which staff have to decide."""
    found: list[Delivery] = []
    while True:
        rows = unit.broadcasts.list_deliveries(broadcast, "in_doubt", after, limit)
        found += [one for one in rows if one.reason != _LEFT]
        if found or len(rows) < limit:
            return found
        after = rows[-1].number


def _rate(unit: Unit, run: Broadcast, progress: Progress) -> float:
    after = max(0, progress.done - MEASURED)
    newest = unit.broadcasts.list_deliveries(run.id, "sent", after, MEASURED)
    return rate_of([one.settled_at for one in newest if one.settled_at], unit.now)


def _told(acts: CampaignActs, run: str) -> Results:
    """Return what came of a run, so rounded that nobody can be told."""
    by_part, answers = told_parts(acts.by_part(run)), told_parts(acts.answers(run))
    people: dict[str, int | None] = {}
    for (kind, _), count in by_part.items():
        # Somebody may have pressed several: together they are at least as many as the most.
        people[kind] = max(count, people.get(kind) or 0)
    return Results(
        people=people,
        by_part=by_part,
        answers=answers,
        answered=sum(answers.values()) or None,
        after={kind: told(count) for kind, count in acts.did_after(run, AFTER).items()},
    )
