"""Cities of a network: who stands beside the others, and campaigns that go from one to another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from bot.campaigns.approval import check
from bot.campaigns.records import Campaign
from bot.campaigns.sharing import ORIGIN, Shared, may_be_shared, results_of, taken_over
from bot.campaigns.staffing import Sender
from bot.errors import NotFound, Refused
from bot.insights.rounding import told
from bot.insights.sheets import Release
from bot.work.campaigns.desk import Desk
from bot.work.campaigns.ground import CityGround
from bot.work.campaigns.office import actor_of
from bot.work.context import Surroundings
from content.words import SOURCE_LANGUAGE
from storage import Database, Unit

MOST_RUNS = 50


class NetworkOffice:
    """What cities share. What one shares is seen by the staff of all, and changed by its own.

    Args:
        around: Returns the content, with the cities that are served.
    """

    def __init__(self, database: Database, around: Callable[[], Surroundings]) -> None:
        self._database, self._around = database, around

    # -- figures -----------------------------------------------------------------------------

    async def agreed(self) -> Collection[str]:
        """Return the ids of the cities that agreed to stand beside others."""
        return await self._database.read(self._agreed)

    async def told(self, since: date) -> Mapping[str, Sequence[Release]]:
        """Return what each city that agreed was told since a day: of no other anything is read."""

        def read(unit: Unit) -> dict[str, Sequence[Release]]:
            return {city: unit.releases.list_of(city, since) for city in self._agreed(unit)}

        return await self._database.read(read)

    async def agree(self, person: str, city: str, *, is_agreed: bool) -> None:
        """Let a city stand beside others from now on, or no more."""

        def act(unit: Unit) -> None:
            done = unit.network.agree(city) if is_agreed else unit.network.withdraw(city)
            if done:
                name = "network.agreed" if is_agreed else "network.withdrawn"
                unit.audit.record(name, actor=unit.people.reference_of(person), city=city)

        await self._database.write(act)

    def _agreed(self, unit: Unit) -> list[str]:
        cities = self._around().content.cities
        return [city for city in unit.network.agreed() if city in cities]

    # -- campaigns ---------------------------------------------------------------------------

    async def shared(self) -> Sequence[Shared]:
        """Return the campaigns that cities share, the newest first."""
        cities = self._around().content.cities
        found = await self._database.read(lambda unit: unit.network.list_shared())
        return [one for one in found if one.city in cities]

    async def may_share(self, who: Sender, campaign: str) -> bool:
        """Tell whether a campaign has ended and is theirs to share."""

        def look(unit: Unit) -> bool:
            found = unit.campaigns.find(campaign)
            return found is not None and who.may(found.city) and _has_ended(unit, found)

        return await self._database.read(look)

    async def share(self, who: Sender, campaign: str, *, is_shared: bool) -> None:
        """Share a campaign as it was sent last, or share it no more.

        Raises:
            NotFound: It is not theirs.
            Refused: They may not, or it has not ended.
        """

        def act(unit: Unit) -> None:
            found = unit.campaigns.find(campaign)
            if found is None or not who.may(found.city):
                raise NotFound("There is no such campaign.")
            actor = actor_of(unit, who, found.city)
            if is_shared:
                self._share(unit, found)
            elif not unit.network.unshare(campaign):
                return
            name = "campaign.shared" if is_shared else "campaign.unshared"
            facts = {"campaign": campaign}
            unit.audit.record(name, actor=actor.reference, city=found.city, facts=facts)

        await self._database.write(act)

    def _share(self, unit: Unit, campaign: Campaign) -> None:
        if not _has_ended(unit, campaign):
            raise Refused("campaigns.desk.not_ended")
        runs = unit.broadcasts.list_of(campaign.id, MOST_RUNS)
        last = next(one for one in runs if one.state == "finished" and not one.is_test)
        plan = unit.campaigns.version(campaign.id, last.number).plan
        if plan.topic is None:  # `may_be_shared` lets no service message through
            raise Refused("campaigns.desk.not_ended")
        counts = unit.campaign_acts.people(last.id) | {"sent": last.totals.get("sent", 0)}
        unit.network.share(
            campaign.id,
            city=campaign.city,
            title=campaign.title,
            topic=plan.topic,
            content=plan.content,
            results=results_of(counts, told),
        )

    async def take_over(self, who: Sender, shared: str, city: str) -> Campaign:
        """Begin a draft from a shared campaign in a city of one's own, for everybody there.

        Raises:
            NotFound: It is not shared any more, or the city is not theirs.
            Refused: They may not.
        """

        def act(unit: Unit) -> Campaign:
            around = self._around()
            found = unit.network.find_shared(shared)
            if found is None or not who.may(city) or city not in around.content.cities:
                raise NotFound("There is no such shared campaign.")
            ground = CityGround(around.content, around.catalogue, around.places, city)
            desk, actor = Desk(around.content, ground, city), actor_of(unit, who, city)
            check("edit", Campaign("", city, "", "draft", "", 1), actor)
            spoken = (SOURCE_LANGUAGE, *around.content.cities[city].languages)
            plan = taken_over(found, spoken)
            _copy_picture(unit, found, city)
            made = desk.add(unit, actor, found.title, plan, f"{ORIGIN}{found.city}")
            facts = {"campaign": made.id, "from": found.city, "shared": shared}
            unit.audit.record("campaign.taken_over", actor=actor.reference, city=city, facts=facts)
            return made

        return await self._database.write(act)


def _copy_picture(unit: Unit, shared: Shared, city: str) -> None:
    """Give a city the picture of a campaign that it takes over."""
    photo = unit.campaign_pictures.find(shared.city, shared.content.picture)
    if photo is not None:
        unit.campaign_pictures.add(city, photo)


def _has_ended(unit: Unit, campaign: Campaign) -> bool:
    runs = unit.broadcasts.list_of(campaign.id, MOST_RUNS)
    finished = next((one for one in runs if one.state == "finished" and not one.is_test), None)
    if finished is None:
        return False
    return may_be_shared(unit.campaigns.version(campaign.id, finished.number).plan, runs)
