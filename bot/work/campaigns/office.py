"""Campaigns on the pages of staff: writing, counting, deciding and launching them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot.campaigns.approval import Actor
from bot.campaigns.audience import EVERYONE, Problem, Rule, Vocabulary
from bot.campaigns.content import CampaignContent
from bot.campaigns.form import Slip, Terms, fields_of, read_plan, rule_fields, slip_of
from bot.campaigns.records import Broadcast, Campaign, Plan, Version
from bot.campaigns.rows import Form
from bot.campaigns.schedule import Schedule
from bot.campaigns.staffing import SENDERS, Listed, Outlook, Sender, Whole
from bot.campaigns.variants import content_of
from bot.conversation.messages import Message
from bot.errors import NotFound, Refused
from bot.people import Purpose
from bot.pictures.photos import Photo, read_photo
from bot.reminders.zones import zone_of
from bot.work.campaigns.desk import Desk
from bot.work.campaigns.ground import CityGround
from bot.work.campaigns.launching import begin_test
from bot.work.campaigns.letters import message_of
from bot.work.campaigns.numbers import outlook, reach_of
from bot.work.campaigns.wording import read_when, when_said
from bot.work.context import Surroundings
from storage import Database, Unit

MOST_LISTED = 50
MOST_RUNS = 20
MOST_TEAM = 20
_GAP = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")


class CampaignOffice:
    """What staff do with the campaigns of their own cities; others are not there for them.

    Args:
        around: Returns the content, the catalogue and the places.
        look: Called when a run was begun, so that it is sent at once.
    """

    def __init__(
        self, database: Database, around: Callable[[], Surroundings], look: Callable[[], None]
    ) -> None:
        self._database = database
        self._around = around
        self._look = look

    # -- reading -----------------------------------------------------------------------------

    def templates(self) -> Sequence[tuple[str, str]]:
        """Return the shipped campaigns with the ids of their titles."""
        found = self._around().content.campaigns
        return [(one.id, one.title) for one in found.values()]

    async def list_of(self, cities: Sequence[str]) -> Sequence[Listed]:
        """Return the campaigns of some cities, the newest first; put away ones are left out."""

        def read(unit: Unit) -> list[Listed]:
            found = [one for city in cities for one in unit.campaigns.list_in_city(city)]
            shown = [one for one in found if one.state != "put_away"]
            shown.sort(key=lambda one: one.id, reverse=True)
            return [_listed(unit, one) for one in shown[:MOST_LISTED]]

        return await self._database.read(read)

    async def find(self, who: Sender, campaign: str) -> Whole | None:
        """Return a campaign that is theirs to see."""
        return await self._database.read(lambda unit: self._whole(unit, who, campaign))

    def _whole(self, unit: Unit, who: Sender, campaign: str) -> Whole | None:
        found = unit.campaigns.find(campaign)
        if found is None or not self._is_theirs(who, found.city):
            return None
        version = unit.campaigns.current(campaign)
        approvals = tuple(unit.campaigns.list_approvals(campaign))
        given = next((one for one in approvals if one.is_given), None)
        reference = unit.people.reference_of(who.person)
        return Whole(
            campaign=found,
            version=version,
            approval=unit.campaigns.approval_of(version),
            approved=unit.campaigns.version(campaign, given.number) if given else None,
            approvals=approvals,
            runs=tuple(unit.broadcasts.list_of(campaign, MOST_RUNS)),
            faults=tuple(self._desk(found.city).faults(version.plan)),
            is_own=reference in (found.author, version.made_by),
        )

    # -- the form ----------------------------------------------------------------------------

    def languages(self, city: str) -> dict[str, str]:
        """Return the languages that a city's people may be written to in, with their names."""
        content = self._around().content
        spoken = dict.fromkeys(("en", *content.cities[city].languages))
        return {one: content.languages[one].name for one in spoken if one in content.languages}

    def vocabulary(self, city: str) -> Vocabulary:
        """Return what may be said in a rule about a city's people."""
        return self._desk(city).ground.vocabulary()

    def blank(self, city: str, template: str = "") -> dict[str, str]:
        """Return the fields of a new campaign, from a shipped one or empty.

        Raises:
            NotFound: There is no such shipped campaign.
        """
        content = self._around().content
        if not template:
            empty = Plan("campaign", Purpose.NEWS, CampaignContent({}), "", Schedule())
            return self.fields(city, empty, "")
        shipped = content.campaigns.get(template)
        if shipped is None:
            raise NotFound("There is no such campaign.")
        title = content.words.short(shipped.title)
        return self.fields(city, self._desk(city).plan_of(shipped), title)

    def fields(self, city: str, plan: Plan, title: str) -> dict[str, str]:
        """Return the fields of a plan, the rows of its audience among them."""
        fields = fields_of(plan, title, self.said(city, plan.schedule))
        return fields | self.rows(city, plan.audience)

    def rows(self, city: str, audience: str) -> dict[str, str]:
        """Return an audience as rows, and as it is noted to see whether either is changed."""
        return rule_fields(self._desk(city).rule(audience)) | {"words_were": audience}

    def said(self, city: str, schedule: Schedule) -> str:
        """Say when it goes out."""
        zone = zone_of(self._around().content.cities[city].zone)
        now = self._database.now().astimezone(zone)
        return when_said(schedule, self._around().content.words, now)

    def read(self, city: str, form: Form, before: Plan | None) -> tuple[Plan, Sequence[Slip]]:
        """Read a form; return the plan with what cannot be kept of it."""
        now = self._database.now().astimezone(zone_of(self._around().content.cities[city].zone))
        terms = Terms(
            languages=tuple(self.languages(city)),
            vocabulary=self.vocabulary(city),
            read_when=lambda typed: read_when(typed, now),
            said=partial(self.said, city),
            before=before,
        )
        return read_plan(form, terms)

    def faults(self, city: str, plan: Plan) -> Sequence[Slip]:
        """Return what has to be put right before a plan can go out, each with its field."""
        desk, names = self._desk(city), self.languages(city)
        vocabulary = self.vocabulary(city)
        return [slip_of(one, plan, vocabulary, names) for one in desk.faults(plan)]

    def audience(self, city: str, typed: str) -> Rule | Problem:
        """Return an audience as it was understood."""
        return self._desk(city).rule(typed)

    def previews(self, city: str, plan: Plan, variant: str = "a") -> Mapping[str, Message]:
        """Return the message in each language that it has words in; gaps stand as they are.

        Args:
            variant: "b" for the second version, which may have none.
        """
        if variant == "b" and plan.rival is None:
            return {}
        content, said = self._around().content, content_of(plan.content, plan.rival, variant)
        wordings = {
            language: replace(one, text=_GAP.sub(r"{{\1}}", one.text))
            for language, one in said.wordings.items()
        }
        shown = replace(plan, content=replace(said, wordings=wordings), rival=None)
        return {
            language: message_of(content, content.cities[city], shown, language)
            for language in wordings
        }

    async def outlook(self, city: str, plan: Plan, campaign: str = "") -> Outlook | None:
        """Count whom a plan would reach now; None while its audience cannot be read."""
        desk = self._desk(city)
        rule = desk.rule(plan.audience)
        if isinstance(rule, Problem):
            return None
        content = self._around().content
        reach = reach_of(
            plan, rule or EVERYONE, desk.ground, content.sending_in(city),
            city=city, zone=content.cities[city].zone, now=self._database.now(), campaign=campaign,
        )  # fmt: skip
        return await outlook(self._database, reach)

    # -- pictures ----------------------------------------------------------------------------

    async def give_picture(self, who: Sender, city: str, body: bytes) -> str:
        """Take a picture in for a city's campaigns and return its name.

        Raises:
            PictureRefused: It cannot be shown, or is too large.
            NotFound: The city is not theirs.
        """
        if not self._is_theirs(who, city):
            raise NotFound("There is no such city.")
        photo = read_photo(body)
        return await self._database.write(lambda unit: unit.campaign_pictures.add(city, photo))

    async def picture(self, who: Sender, city: str, name: str) -> Photo | None:
        """Return a picture of a city that is theirs, or of a campaign that a city shares."""
        is_theirs = self._is_theirs(who, city)

        def look(unit: Unit) -> Photo | None:
            shared = unit.network.list_shared() if not is_theirs else ()
            is_shared = any((one.city, one.content.picture) == (city, name) for one in shared)
            may_see = is_theirs or is_shared
            return unit.campaign_pictures.find(city, name) if may_see else None

        return await self._database.read(look)

    # -- acts --------------------------------------------------------------------------------

    async def add(self, who: Sender, city: str, title: str, plan: Plan, template: str) -> Campaign:
        """Begin a campaign. Raises Refused: they may not."""
        desk = self._desk(city)
        return await self._database.write(
            lambda unit: desk.add(unit, actor_of(unit, who, city), title, plan, template)
        )

    async def edit(self, who: Sender, campaign: str, plan: Plan, seen: int, title: str) -> Version:
        """Keep a changed plan. Raises Conflict: somebody else changed it meanwhile."""

        def act(unit: Unit) -> Version:
            found, desk = self._own(unit, who, campaign)
            actor = actor_of(unit, who, found.city)
            return desk.edit(unit, actor, campaign, plan, seen, title)

        return await self._database.write(act)

    async def move(self, who: Sender, campaign: str, act: str) -> Campaign:
        """Do "submit", "withdraw", "unschedule" or "put_away". Raises Refused, NotFound."""

        def move(unit: Unit) -> Campaign:
            found, desk = self._own(unit, who, campaign)
            acts = {
                "submit": desk.submit,
                "withdraw": desk.withdraw,
                "unschedule": desk.unschedule,
                "put_away": desk.put_away,
            }
            if act not in acts:
                raise NotFound("There is no such act.")
            return acts[act](unit, actor_of(unit, who, found.city), campaign)

        return await self._database.write(move)

    async def decide(
        self, who: Sender, campaign: str, *, is_given: bool, seen: int, reason: str
    ) -> Campaign:
        """Say yes or no to the version that was seen. Raises Refused, NotFound."""
        size = await self._size(who, campaign)

        def act(unit: Unit) -> Campaign:
            found, desk = self._own(unit, who, campaign)
            actor = actor_of(unit, who, found.city)
            return desk.decide(
                unit, actor, campaign, is_given=is_given, seen=seen, size=size, reason=reason
            )

        return await self._database.write(act)

    async def launch(
        self, who: Sender, campaign: str, seen: int, size: int
    ) -> Broadcast | Campaign:
        """Begin a run now, or switch the schedule on.

        Args:
            seen: The number of the version that was looked at.
            size: How many people it reaches, counted just before.

        Raises:
            Refused: It may not begin; the text id says why.
            NotFound: It is not theirs.
        """

        def act(unit: Unit) -> Broadcast | Campaign:
            found, desk = self._own(unit, who, campaign)
            if found.version != seen:
                raise Refused("campaigns.desk.edited")
            return desk.launch(unit, actor_of(unit, who, found.city), campaign, size)

        done = await self._database.write(act)
        self._look()
        return done

    async def test(self, who: Sender, campaign: str, *, is_team: bool) -> Broadcast:
        """Send the version to whoever asks, or to the city's team. Raises Refused, NotFound."""

        def act(unit: Unit) -> Broadcast:
            found, desk = self._own(unit, who, campaign)
            version = unit.campaigns.current(campaign)
            if desk.faults(version.plan):
                raise Refused("campaigns.desk.faulty")
            team = _team(unit, found.city) if is_team else []
            people = list(dict.fromkeys((who.person, *team)))
            actor = actor_of(unit, who, found.city)
            begun = begin_test(unit, found, version, people, actor.reference)
            facts = {"campaign": campaign, "version": str(version.number), "to": str(len(people))}
            unit.audit.record(
                "campaign.tested", actor=actor.reference, city=found.city, facts=facts
            )
            return begun

        begun = await self._database.write(act)
        self._look()
        return begun

    # -- common ------------------------------------------------------------------------------

    @property
    def may_pay(self) -> bool:
        """Whether campaigns may go out faster for Telegram's Stars here."""
        return self._around().may_pay

    def needs_approval(self, city: str, plan: Plan, size: int) -> bool:
        """Tell whether so many are written to only with a second person's yes."""
        return plan.stars > 0 or size > self._around().content.sending_in(city).approval_above

    def refuse_unapproved(self, unit: Unit, city: str, version: Version, size: int) -> None:
        """Check that a run of so many may go on. Raises Refused: a second yes is needed first."""
        self._desk(city).refuse_unapproved(unit, version, size)

    async def _size(self, who: Sender, campaign: str) -> int:
        found = await self.find(who, campaign)
        if found is None:
            raise NotFound("There is no such campaign.")
        seen = await self.outlook(found.campaign.city, found.version.plan, campaign)
        return seen.reached.size if seen else 0

    def _desk(self, city: str) -> Desk:
        around = self._around()
        ground = CityGround(around.content, around.catalogue, around.places, city)
        return Desk(around.content, ground, city, around.may_pay)

    def _own(self, unit: Unit, who: Sender, campaign: str) -> tuple[Campaign, Desk]:
        found = unit.campaigns.find(campaign)
        if found is None or not self._is_theirs(who, found.city):
            raise NotFound("There is no such campaign.")
        return found, self._desk(found.city)

    def _is_theirs(self, who: Sender, city: str) -> bool:
        return who.may(city) and city in self._around().content.cities


def actor_of(unit: Unit, who: Sender, city: str) -> Actor:
    """Return whoever acts in a city, as the audit log knows them."""
    return Actor(unit.people.reference_of(who.person), who.roles_in(city))


def _team(unit: Unit, city: str) -> list[str]:
    """Return the city's people who may write, approve or stop what it sends."""
    roles = {role.value for role in SENDERS}
    found = [one.person for one in unit.staff.list_staff(city) if one.role in roles]
    return list(dict.fromkeys(found))[:MOST_TEAM]


def _listed(unit: Unit, campaign: Campaign) -> Listed:
    runs = [one for one in unit.broadcasts.list_of(campaign.id, MOST_RUNS) if not one.is_test]
    if not runs:
        return Listed(campaign)
    newest = runs[0]
    is_over = newest.state in ("finished", "cancelled") and newest.totals
    counts = newest.totals if is_over else unit.broadcasts.counts(newest.id)
    return Listed(campaign, newest, counts)
