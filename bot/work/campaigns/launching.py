"""Runs begin: by the clock or at once, and their recipients are frozen before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import orjson
import structlog

from bot.campaigns.audience import EVERYONE
from bot.campaigns.audience.form import resolved_from_form
from bot.campaigns.paying import charge
from bot.campaigns.reaching import Reach
from bot.campaigns.records import Broadcast, Campaign, Version
from bot.campaigns.timing import due, first_moment, next_at
from bot.campaigns.variants import VARIANTS
from bot.errors import Refused, StorageError
from bot.work.campaigns.desk import Desk
from bot.work.campaigns.ground import CityGround
from bot.work.campaigns.numbers import reach_of
from bot.work.context import Surroundings
from storage import Database, Unit

SLICE = 500
"""People looked at in one transaction while an audience is frozen: no unit holds the writer
long."""
NEEDS_APPROVAL = "approval"
"""The reason of a run that reached more people than one person may decide about."""

log = structlog.get_logger()


class Launching:
    """Begins what is due, and cuts one row for each recipient of what has begun.

    Args:
        database: Where campaigns are.
        around: Returns the content, the catalogue and the places.
    """

    def __init__(self, database: Database, around: Callable[[], Surroundings]) -> None:
        self._database = database
        self._around = around

    async def look(self) -> None:
        """Begin what is due by now and freeze what has begun."""
        cities = self._around().content.cities
        for campaign in await self._database.read(lambda unit: unit.campaigns.list_due()):
            if campaign.city in cities:
                with _alone("campaigns.launch_failed", campaign=campaign.id):
                    await self._database.write(self._launch(campaign))
        for run in await self._database.read(_freezing):
            if run.city in cities:
                with _alone("campaigns.freeze_failed", broadcast=run.id):
                    await self.freeze(run)

    def desk(self, city: str) -> Desk:
        """Return what acts on a city's campaigns."""
        around = self._around()
        ground = CityGround(around.content, around.catalogue, around.places, city)
        return Desk(around.content, ground, city, around.may_pay)

    # -- by the clock ------------------------------------------------------------------------

    def _launch(self, seen: Campaign) -> Callable[[Unit], Broadcast | None]:
        desk = self.desk(seen.city)

        def launch(unit: Unit) -> Broadcast | None:
            campaign = unit.campaigns.take(seen.id)
            if campaign.state != "scheduled" or campaign.next_at is None:
                return None
            if campaign.next_at > unit.now:
                return None
            return _begin_due(unit, desk, campaign)

        return launch

    # -- freezing ----------------------------------------------------------------------------

    async def freeze(self, run: Broadcast) -> Broadcast | None:
        """Cut the rows of a run's audience, slice by slice; go on where it was left.

        Returns:
            The run with its size; None where another program freezes it.
        """
        desk = self.desk(run.city)
        version = await self._database.read(
            lambda unit: unit.campaigns.version(run.campaign, run.number)
        )
        reach = self._reach(desk, run, version)
        state: Broadcast | None = run
        while state is not None and state.state == "freezing":
            state = await self._database.write(self._slice(desk, state, version, reach))
        return state

    def _reach(self, desk: Desk, run: Broadcast, version: Version) -> Reach:
        reach = reach_of(
            version.plan,
            EVERYONE,
            desk.ground,
            desk.content.sending_in(run.city),
            city=run.city,
            zone=desk.content.cities[run.city].zone,
            now=run.launched_at,
            campaign=run.campaign,
        )
        return replace(reach, rule=resolved_from_form(orjson.loads(run.rule)))

    def _slice(
        self, desk: Desk, run: Broadcast, version: Version, reach: Reach
    ) -> Callable[[Unit], Broadcast | None]:
        zone = desk.content.cities[run.city].zone
        between = desk.content.sending_in(run.city).daytime

        def cut(unit: Unit) -> Broadcast | None:
            not_before = first_moment(zone, unit.now, between)
            fresh = unit.deliveries.freeze_slice(run, reach, not_before, SLICE)
            if fresh is None or fresh.state != "running":
                return fresh
            try:
                desk.refuse_unapproved(unit, version, fresh.size)
            except Refused:
                return unit.broadcasts.set_state(
                    run.id, "paused", was=["running"], reason=NEEDS_APPROVAL
                )
            stars = charge(version.plan.stars, fresh.size) if desk.may_pay else 0
            return unit.broadcasts.set_stars(run.id, stars) if stars else fresh

        return cut


@contextmanager
def _alone(action: str, **facts: str) -> Iterator[None]:
    """Let what is wrong with one campaign hold up no other; whether the database works is for all.

    Args:
        action: What to write into the log.
    """
    try:
        yield
    except StorageError:
        raise
    except Exception:
        log.exception(action, **facts)


def begin_test(
    unit: Unit, campaign: Campaign, version: Version, people: Sequence[str], by: str
) -> Broadcast:
    """Send a version to a few of the staff, marked as a test and left out of all counts.

    Args:
        people: Who asked for it, or agreed to be in the team that sees tests.
        by: A reference as in the audit log.
    """
    begun = unit.broadcasts.begin(
        campaign.id,
        city=campaign.city,
        number=version.number,
        digest=version.digest,
        occasion=f"test.{unit.new_id()}",
        rule="{}",
        by=by,
        is_test=True,
    )
    if begun is None:  # the occasion is a new id
        raise Refused("campaigns.desk.twice")
    unit.deliveries.cut_test(begun, people, VARIANTS if version.plan.rival else ("",))
    return unit.broadcasts.get(begun.id)


def _begin_due(unit: Unit, desk: Desk, campaign: Campaign) -> Broadcast | None:
    at = campaign.next_at or unit.now
    version = unit.campaigns.current(campaign.id)
    schedule, zone = version.plan.schedule, desk.content.cities[campaign.city].zone
    firing = due(schedule, zone, at, unit.now)
    begun = None
    if firing.is_late:
        facts = {"campaign": campaign.id, "occasion": firing.occasion}
        unit.audit.record("campaign.left_out_as_late", actor="", city=campaign.city, facts=facts)
    else:
        try:
            begun = desk.begin(unit, campaign, version, at)
        except Refused as refused:
            log.warning("campaigns.not_begun", campaign=campaign.id, reason=str(refused))
            facts = {"campaign": campaign.id, "reason": refused.text_id}
            unit.audit.record("campaign.not_begun", actor="", city=campaign.city, facts=facts)
            unit.campaigns.set_state(campaign.id, "draft", was=["scheduled"])
            return None
    following = next_at(schedule, zone, max(at, unit.now))
    unit.campaigns.set_state(
        campaign.id, "scheduled" if following else "done", was=["scheduled"], next_at=following
    )
    return begun


def _freezing(unit: Unit) -> list[Broadcast]:
    return [one for one in unit.broadcasts.list_open() if one.state == "freezing"]
