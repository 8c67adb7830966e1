"""What staff do with campaigns: each act checks who may do it, and is written into the audit log.

Pages and the chat call these within one unit; whether a run may begin is decided here and nowhere
else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson

from bot.campaigns.approval import (
    Action,
    Actor,
    check,
    check_decider,
    is_approved,
    needs_approval,
)
from bot.campaigns.audience import Problem, Rule, read, resolve, to_form, write
from bot.campaigns.composing import Fault, Known, faults
from bot.campaigns.content import BADGE_WAYS, OPENS, Button, CampaignContent, Wording, is_own
from bot.campaigns.paying import is_too_dear
from bot.campaigns.records import Broadcast, Campaign, Plan, Version
from bot.campaigns.schedule import Schedule
from bot.campaigns.timing import next_at, not_after, occasion_of
from bot.errors import Refused
from bot.people import Purpose
from bot.work.campaigns.ground import CityGround
from content.campaigns import CampaignTemplate
from content.load import Content
from content.template import Template
from content.words import SOURCE_LANGUAGE
from storage import Unit

PICTURES = frozenset({"pledge"})


@dataclass(frozen=True, slots=True)
class Desk:
    """What acts on campaigns need beside the unit."""

    content: Content
    ground: CityGround
    city: str
    may_pay: bool = False

    # -- writing -----------------------------------------------------------------------------

    def plan_of(self, template: CampaignTemplate) -> Plan:
        """Return the plan that a shipped campaign is the beginning of, in this city's languages."""
        city, words = self.content.cities[self.city], self.content.words
        ids = (template.text, *(one.label for one in template.buttons))
        spoken = [one for one in self.content.languages if one in city.languages]
        wordings = {}
        for language in dict.fromkeys((SOURCE_LANGUAGE, *spoken)):
            if language == SOURCE_LANGUAGE or words.is_complete(language, ids):
                named = city.named(language)
                labels = {one.id: self._source(one.label, language) for one in template.buttons}
                text = self._source(template.text, language).replace("{city}", named)
                wordings[language] = Wording(text, labels)
        buttons = tuple(Button(one.id, one.kind, one.target) for one in template.buttons)
        rule = self.rule(template.audience)
        return Plan(
            kind="campaign",
            topic=Purpose(template.topic),
            content=CampaignContent(wordings, buttons, template.picture),
            audience=template.audience if isinstance(rule, Problem) else write(rule),
            schedule=Schedule(),
            again=template.again,
        )

    def _source(self, text_id: str, language: str) -> str:
        entry = self.content.words.entry(text_id, language)
        return entry.source if isinstance(entry, Template) else ""

    def rule(self, typed: str) -> Rule | Problem:
        """Return the audience that somebody typed; or what is wrong with it."""
        return read(typed, self.ground.vocabulary())

    def faults(self, plan: Plan) -> list[Fault]:
        """Return everything that has to be put right before the plan can go out."""
        known = Known(
            languages=self.content.languages,
            opens=OPENS,
            badges=BADGE_WAYS,
            pictures=PICTURES,
        )
        found = faults(plan, known)
        if isinstance(self.rule(plan.audience), Problem):
            found.append(Fault("campaigns.fault.audience"))
        if plan.stars and not self.may_pay:
            found.append(Fault("campaigns.fault.stars"))
        return found

    def add(self, unit: Unit, actor: Actor, title: str, plan: Plan, template: str = "") -> Campaign:
        """Begin a campaign as a draft.

        Raises:
            Refused: They may not, or the city has no such picture.
        """
        _check_writer(actor)
        self._keep_pictures(unit, plan)
        made = unit.campaigns.add(self.city, title, plan, actor.reference, template)
        self._note(unit, "campaign.added", actor, made)
        return made

    def edit(
        self, unit: Unit, actor: Actor, campaign: str, plan: Plan, seen: int, title: str = ""
    ) -> Version:
        """Keep a changed plan; what was approved of it is approved no more.

        Raises:
            Refused: They may not, or the city has no such picture.
            Conflict: Somebody else saved another version meanwhile.
        """
        found = self._get(unit, campaign)
        check("edit", found, actor)
        self._keep_pictures(unit, plan)
        made = unit.campaigns.edit(campaign, plan, actor.reference, seen=seen, title=title)
        if made.number != seen:
            self._note(unit, "campaign.edited", actor, found, version=str(made.number))
        return made

    def _keep_pictures(self, unit: Unit, plan: Plan) -> None:
        """Keep the city's own pictures that a plan has."""
        for name in (plan.content.picture, plan.rival.picture if plan.rival else ""):
            if is_own(name) and not unit.campaign_pictures.keep(self.city, name):
                raise Refused("campaigns.desk.no_picture")

    # -- deciding ----------------------------------------------------------------------------

    def submit(self, unit: Unit, actor: Actor, campaign: str) -> Campaign:
        """Ask for a second person's yes.

        Raises:
            Refused: They may not, or something has to be put right first.
        """
        self._refuse_faulty(unit, campaign)
        return self._move(unit, "submit", actor, campaign)

    def withdraw(self, unit: Unit, actor: Actor, campaign: str) -> Campaign:
        """Ask for it no longer.

        Raises:
            Refused: They may not.
        """
        return self._move(unit, "withdraw", actor, campaign)

    def decide(
        self,
        unit: Unit,
        actor: Actor,
        campaign: str,
        *,
        is_given: bool,
        seen: int,
        size: int,
        reason: str = "",
    ) -> Campaign:
        """Say yes or no to the version that was seen.

        Raises:
            Refused: They may not, they wrote it, or it was edited meanwhile.
        """
        found, version = self._get(unit, campaign), unit.campaigns.current(campaign)
        check("approve" if is_given else "refuse", found, actor)
        if version.number != seen:
            raise Refused("campaigns.desk.edited")
        if is_given:
            check_decider(found, version, actor)
            self._refuse_faulty(unit, campaign)
        unit.campaigns.decide(version, actor.reference, is_given=is_given, size=size, reason=reason)
        return self._move(unit, "approve" if is_given else "refuse", actor, campaign)

    def launch(self, unit: Unit, actor: Actor, campaign: str, size: int) -> Broadcast | Campaign:
        """Begin a run now, or switch the schedule on.

        Args:
            size: How many people it would reach, counted just before.

        Returns:
            The run that began; the campaign where its schedule begins runs.

        Raises:
            Refused: They may not, a second person has to say yes first, something has to be put
                right, it costs more than was agreed, its time is over, or this minute had its run.
        """
        found, version = self._get(unit, campaign), unit.campaigns.current(campaign)
        check("launch", found, actor)
        self._refuse_faulty(unit, campaign)
        self.refuse_unapproved(unit, version, size)
        if is_too_dear(version.plan.stars, size):
            raise Refused("campaigns.desk.too_dear")
        zone = self.content.cities[self.city].zone
        if version.plan.schedule.rule is None:
            begun = self.begin(unit, found, version, unit.now, actor.reference)
            if begun is None:
                raise Refused("campaigns.desk.twice")
            unit.campaigns.set_state(campaign, "done", was=(found.state,))
            self._note(unit, "campaign.launched", actor, found, size=str(size))
            return begun
        first = next_at(version.plan.schedule, zone, unit.now)
        if first is None:
            raise Refused("campaigns.desk.past")
        moved = unit.campaigns.set_state(campaign, "scheduled", was=(found.state,), next_at=first)
        self._note(unit, "campaign.scheduled", actor, found, at=first.isoformat())
        return moved

    def unschedule(self, unit: Unit, actor: Actor, campaign: str) -> Campaign:
        """Switch a schedule off; what runs already goes on.

        Raises:
            Refused: They may not.
        """
        return self._move(unit, "unschedule", actor, campaign)

    def put_away(self, unit: Unit, actor: Actor, campaign: str) -> Campaign:
        """Take a campaign off the list.

        Raises:
            Refused: They may not.
        """
        return self._move(unit, "put_away", actor, campaign)

    # -- runs --------------------------------------------------------------------------------

    def refuse_unapproved(self, unit: Unit, version: Version, size: int) -> None:
        """Check that so many people may be written to, and what it costs paid.

        Raises:
            Refused: A second person has to say yes to exactly this version first.
        """
        approval = unit.campaigns.approval_of(version)
        is_large = needs_approval(size, self.content.sending_in(self.city).approval_above)
        if (is_large or version.plan.stars) and not is_approved(version, approval):
            raise Refused("campaigns.desk.needs_approval")

    def begin(
        self, unit: Unit, campaign: Campaign, version: Version, at: datetime, by: str = ""
    ) -> Broadcast | None:
        """Begin the run of a firing; None where it had its run.

        The audience is resolved now and kept with the run, so that it stays what it was.
        """
        rule = self.rule(version.plan.audience)
        if isinstance(rule, Problem):
            raise Refused("campaigns.fault.audience")
        resolved = resolve(rule, self.ground)
        return unit.broadcasts.begin(
            campaign.id,
            city=campaign.city,
            number=version.number,
            digest=version.digest,
            occasion=occasion_of(at, self.content.cities[self.city].zone),
            rule=orjson.dumps(to_form(resolved)).decode(),
            by=by,
            not_after=not_after(version.plan.schedule, at),
        )

    # -- common ------------------------------------------------------------------------------

    def _get(self, unit: Unit, campaign: str) -> Campaign:
        found = unit.campaigns.get(campaign)
        if found.city != self.city:
            raise Refused("campaigns.desk.not_allowed")
        return found

    def _move(self, unit: Unit, action: Action, actor: Actor, campaign: str) -> Campaign:
        found = self._get(unit, campaign)
        transition = check(action, found, actor)
        moved = unit.campaigns.set_state(campaign, transition.to, was=transition.was)
        self._note(unit, f"campaign.{action}", actor, found)
        return moved

    def _refuse_faulty(self, unit: Unit, campaign: str) -> None:
        if self.faults(unit.campaigns.current(campaign).plan):
            raise Refused("campaigns.desk.faulty")

    def _note(
        self, unit: Unit, action: str, actor: Actor, campaign: Campaign, **facts: str
    ) -> None:
        facts = {"campaign": campaign.id, "version": str(campaign.version)} | facts
        unit.audit.record(action, actor=actor.reference, city=self.city, facts=facts)


def _check_writer(actor: Actor) -> None:
    blank = Campaign(id="", city="", title="", state="draft", author="", version=1)
    check("edit", blank, actor)


def stop_everything(unit: Unit, actor: Actor, reason: str = "") -> None:
    """Stop all that goes out, at once and until somebody ends the stop."""
    _check_writer(actor)
    unit.campaigns.stop_everything(actor.reference, reason)
    unit.audit.record("outbound.stopped", actor=actor.reference)


def end_stop(unit: Unit, actor: Actor) -> None:
    """Let messages go out again."""
    _check_writer(actor)
    if unit.campaigns.end_stop():
        unit.audit.record("outbound.resumed", actor=actor.reference)
