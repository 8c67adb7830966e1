"""Campaigns: plans with their versions and approvals, and the stop of everything outbound."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import orjson
from sqlmodel import col, select

from bot.campaigns.content import content_from_json, content_to_json
from bot.campaigns.digest import digest
from bot.campaigns.records import (
    Approval,
    Campaign,
    CampaignState,
    EmergencyStop,
    Kind,
    Plan,
    Version,
)
from bot.campaigns.schedule import schedule_from_json, schedule_to_json
from bot.campaigns.variants import rival_from_json, rival_to_json
from bot.errors import Conflict, NotFound
from bot.people import Purpose
from storage.instants import instant, micros
from storage.repositories.repository import Repository
from storage.tables.campaigns import ApprovalRow, CampaignRow, CampaignVersionRow

LONGEST_TITLE = 80
LONGEST_REASON = 300
_STOPPED = "outbound.stopped"


class Campaigns(Repository):
    """What staff plan to send. Who may do what is decided before it comes here."""

    __slots__ = ()

    def add(self, city: str, title: str, plan: Plan, author: str, template: str = "") -> Campaign:
        """Begin a campaign as a draft with its first version.

        Args:
            author: A reference as in the audit log.
        """
        now = self._unit.now
        row = CampaignRow(
            id=self._unit.new_id(),
            city=city,
            title=title[:LONGEST_TITLE],
            author=author,
            template=template,
            created_at=now,
            changed_at=now,
        )
        self._unit.orm.add(row)
        self._add_version(row.id, 1, plan, author)
        return _campaign(row)

    def edit(self, campaign: str, plan: Plan, by: str, *, seen: int, title: str = "") -> Version:
        """Keep a changed plan as the next version, which makes the campaign a draft again.

        The same plan again changes nothing. Runs that began go on with the version they began with.

        Args:
            seen: The number of the version that was edited.

        Raises:
            Conflict: Somebody else saved another version meanwhile.
        """
        row = self._row(campaign, is_taking=True)
        if row.version != seen:
            raise Conflict("Somebody else changed this campaign.")
        row.title = (title or row.title)[:LONGEST_TITLE]
        known = self.version(campaign, row.version)
        if known.digest == digest(plan):
            self._touch(row)
            return known
        row.version += 1
        row.state, row.next_at = "draft", None
        self._touch(row)
        return self._add_version(campaign, row.version, plan, by)

    def set_state(
        self,
        campaign: str,
        state: CampaignState,
        *,
        was: Collection[CampaignState],
        next_at: datetime | None = None,
    ) -> Campaign:
        """Move a campaign on, and say when its schedule is due next.

        Raises:
            Conflict: It is in another state than the ones in `was`.
        """
        row = self._row(campaign, is_taking=True)
        if row.state not in was:
            raise Conflict("Somebody else changed this campaign.")
        row.state, row.next_at = state, next_at
        self._touch(row)
        return _campaign(row)

    def find(self, campaign: str) -> Campaign | None:
        """Return a campaign."""
        row = self._unit.orm.get(CampaignRow, campaign)
        return None if row is None else _campaign(row)

    def get(self, campaign: str) -> Campaign:
        """Return a campaign.

        Raises:
            NotFound: There is no such campaign.
        """
        return _campaign(self._row(campaign))

    def take(self, campaign: str) -> Campaign:
        """Return a campaign that nobody else changes until this unit is over.

        Raises:
            NotFound: There is no such campaign.
        """
        return _campaign(self._row(campaign, is_taking=True))

    def list_in_city(
        self, city: str, states: Collection[CampaignState] = (), before: str = "", limit: int = 50
    ) -> list[Campaign]:
        """Return a city's campaigns, the newest first, in slices by id."""
        query = select(CampaignRow).where(CampaignRow.city == city)
        if states:
            query = query.where(col(CampaignRow.state).in_(states))
        if before:
            query = query.where(CampaignRow.id < before)
        rows = self._unit.orm.exec(query.order_by(col(CampaignRow.id).desc()).limit(limit)).all()
        return [_campaign(row) for row in rows]

    def list_due(self, limit: int = 20) -> list[Campaign]:
        """Return scheduled campaigns whose time has come, the longest due first."""
        query = (
            select(CampaignRow)
            .where(CampaignRow.state == "scheduled", CampaignRow.next_at <= self._unit.now)  # type: ignore[operator]  # null is never less
            .order_by(col(CampaignRow.next_at))
            .limit(limit)
        )
        return [_campaign(row) for row in self._unit.orm.exec(query).all()]

    # -- versions ----------------------------------------------------------------------------

    def version(self, campaign: str, number: int) -> Version:
        """Return a version as it was written.

        Raises:
            NotFound: There is no such version.
        """
        row = self._unit.orm.get(CampaignVersionRow, (campaign, number))
        if row is None:
            raise NotFound("There is no such version of this campaign.")
        return _version(row)

    def current(self, campaign: str) -> Version:
        """Return the newest version of a campaign."""
        return self.version(campaign, self._row(campaign).version)

    def list_versions(self, campaign: str) -> list[Version]:
        """Return every version of a campaign, the newest first."""
        query = (
            select(CampaignVersionRow)
            .where(CampaignVersionRow.campaign == campaign)
            .order_by(col(CampaignVersionRow.number).desc())
        )
        return [_version(row) for row in self._unit.orm.exec(query).all()]

    def _add_version(self, campaign: str, number: int, plan: Plan, by: str) -> Version:
        row = CampaignVersionRow(
            campaign=campaign,
            number=number,
            kind=plan.kind,
            topic=plan.topic.value if plan.topic else "",
            content=orjson.dumps(content_to_json(plan.content)).decode(),
            audience=plan.audience,
            schedule=orjson.dumps(schedule_to_json(plan.schedule)).decode(),
            again=plan.again,
            rival=orjson.dumps(rival_to_json(plan.rival)).decode() if plan.rival else "",
            stars=plan.stars,
            digest=digest(plan),
            made_by=by,
            made_at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _version(row)

    # -- approvals ---------------------------------------------------------------------------

    def decide(
        self, version: Version, by: str, *, is_given: bool, size: int, reason: str = ""
    ) -> Approval:
        """Record a yes or no to a version; whether they may say it was asked before."""
        row = ApprovalRow(
            id=self._unit.new_id(),
            campaign=version.campaign,
            number=version.number,
            digest=version.digest,
            by=by,
            is_given=is_given,
            size=size,
            reason=reason[:LONGEST_REASON],
            at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _approval(row)

    def list_approvals(self, campaign: str) -> list[Approval]:
        """Return every decision about a campaign, the newest first."""
        query = select(ApprovalRow).where(ApprovalRow.campaign == campaign)
        rows = self._unit.orm.exec(query.order_by(col(ApprovalRow.id).desc())).all()
        return [_approval(row) for row in rows]

    def approval_of(self, version: Version) -> Approval | None:
        """Return the newest decision about exactly this version; an edit left others behind."""
        for one in self.list_approvals(version.campaign):
            if (one.number, one.digest) == (version.number, version.digest):
                return one
        return None

    # -- the emergency stop ------------------------------------------------------------------

    def stop_everything(self, by: str, reason: str = "") -> EmergencyStop:
        """Stop all that goes out, on every replica and through every restart."""
        stop = {"by": by, "at": micros(self._unit.now), "reason": reason[:LONGEST_REASON]}
        self._unit.marks.put(_STOPPED, orjson.dumps(stop).decode())
        return EmergencyStop(by, self._unit.now, reason[:LONGEST_REASON])

    def end_stop(self) -> bool:
        """Let messages go out again; False if nothing was stopped."""
        was = self.stopped() is not None
        self._unit.marks.put(_STOPPED, "")
        return was

    def stopped(self) -> EmergencyStop | None:
        """Return the stop that holds; None where messages go out."""
        written = self._unit.marks.get(_STOPPED)
        if not written:
            return None
        stop = orjson.loads(written)
        return EmergencyStop(stop["by"], instant(stop["at"]), stop["reason"])

    # -- rows --------------------------------------------------------------------------------

    def _row(self, campaign: str, *, is_taking: bool = False) -> CampaignRow:
        row = self._unit.orm.get(
            CampaignRow,
            campaign,
            with_for_update=True if is_taking else None,
            populate_existing=is_taking,
        )
        if row is None:
            raise NotFound("There is no such campaign.")
        return row

    def _touch(self, row: CampaignRow) -> None:
        row.changed_at = self._unit.now
        self._unit.orm.flush()


def _campaign(row: CampaignRow) -> Campaign:
    return Campaign(
        id=row.id,
        city=row.city,
        title=row.title,
        state=row.state,  # type: ignore[arg-type]  # only states are written
        author=row.author,
        version=row.version,
        template=row.template,
        next_at=row.next_at,
        created_at=row.created_at,
        changed_at=row.changed_at,
    )


def _version(row: CampaignVersionRow) -> Version:
    kind: Kind = "service" if row.kind == "service" else "campaign"
    plan = Plan(
        kind=kind,
        topic=Purpose(row.topic) if row.topic else None,
        content=content_from_json(orjson.loads(row.content)),
        audience=row.audience,
        schedule=schedule_from_json(orjson.loads(row.schedule)),
        again=row.again,
        rival=rival_from_json(orjson.loads(row.rival)) if row.rival else None,
        stars=row.stars,
    )
    return Version(row.campaign, row.number, plan, row.digest, row.made_by, row.made_at)


def _approval(row: ApprovalRow) -> Approval:
    return Approval(
        id=row.id,
        campaign=row.campaign,
        number=row.number,
        digest=row.digest,
        by=row.by,
        is_given=row.is_given,
        size=row.size,
        at=row.at,
        reason=row.reason,
    )
