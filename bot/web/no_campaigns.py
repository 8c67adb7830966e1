"""Campaigns and runs where there are none, as for pages that are shown without a database."""

# ruff: noqa: ARG002 - what knows nothing needs none of what it is given

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.campaigns.audience import Problem, Rule, Vocabulary
from bot.campaigns.content import CampaignContent
from bot.campaigns.form import Slip
from bot.campaigns.records import Broadcast, Campaign, EmergencyStop, Plan, Version
from bot.campaigns.rows import Form
from bot.campaigns.schedule import Schedule
from bot.campaigns.staffing import Listed, Outlook, Results, Sender, Watched, Whole
from bot.conversation.messages import Message
from bot.errors import NotFound
from bot.pictures.photos import Photo


class NoCampaigns:
    """Knows no campaign."""

    def templates(self) -> Sequence[tuple[str, str]]:
        """Return none."""
        return ()

    def languages(self, city: str) -> dict[str, str]:
        """Return English."""
        return {"en": "English"}

    def vocabulary(self, city: str) -> Vocabulary:
        """Return nothing that may be said."""
        return Vocabulary()

    def blank(self, city: str, template: str = "") -> dict[str, str]:
        """Return an empty form."""
        return {}

    def fields(self, city: str, plan: Plan, title: str) -> dict[str, str]:
        """Return an empty form."""
        return {}

    def rows(self, city: str, audience: str) -> dict[str, str]:
        """Return no rows."""
        return {}

    def said(self, city: str, schedule: Schedule) -> str:
        """Say nothing."""
        return ""

    def read(self, city: str, form: Form, before: Plan | None) -> tuple[Plan, Sequence[Slip]]:
        """Read nothing."""
        return Plan("campaign", None, CampaignContent({}), "", Schedule()), ()

    def faults(self, city: str, plan: Plan) -> Sequence[Slip]:
        """Find nothing."""
        return ()

    def audience(self, city: str, typed: str) -> Rule | Problem:
        """Understand nothing."""
        return Problem("campaigns.audience.not_understood")

    def previews(self, city: str, plan: Plan, variant: str = "a") -> Mapping[str, Message]:
        """Return none."""
        return {}

    async def give_picture(self, who: Sender, city: str, body: bytes) -> str:
        """Take nothing in."""
        raise NotFound("There are no campaigns.")

    async def picture(self, who: Sender, city: str, name: str) -> Photo | None:
        """Return none."""
        return None

    @property
    def may_pay(self) -> bool:
        """Nothing is paid."""
        return False

    def needs_approval(self, city: str, plan: Plan, size: int) -> bool:
        """Everything does."""
        del city, plan, size
        return True

    async def outlook(self, city: str, plan: Plan, campaign: str = "") -> Outlook | None:
        """Count nobody."""
        return None

    async def list_of(self, cities: Sequence[str]) -> Sequence[Listed]:
        """Return none."""
        return ()

    async def find(self, who: Sender, campaign: str) -> Whole | None:
        """Find none."""
        return None

    async def add(self, who: Sender, city: str, title: str, plan: Plan, template: str) -> Campaign:
        """Add nothing."""
        raise NotFound("There are no campaigns.")

    async def edit(self, who: Sender, campaign: str, plan: Plan, seen: int, title: str) -> Version:
        """Change nothing."""
        raise NotFound("There are no campaigns.")

    async def move(self, who: Sender, campaign: str, act: str) -> Campaign:
        """Move nothing."""
        raise NotFound("There are no campaigns.")

    async def decide(
        self, who: Sender, campaign: str, *, is_given: bool, seen: int, reason: str
    ) -> Campaign:
        """Decide nothing."""
        raise NotFound("There are no campaigns.")

    async def launch(
        self, who: Sender, campaign: str, seen: int, size: int
    ) -> Broadcast | Campaign:
        """Launch nothing."""
        raise NotFound("There are no campaigns.")

    async def test(self, who: Sender, campaign: str, *, is_team: bool) -> Broadcast:
        """Send nothing."""
        raise NotFound("There are no campaigns.")


class NoRuns:
    """Knows no run."""

    stopped: EmergencyStop | None = None

    def end_of(self, city: str, size: int) -> datetime:
        """There is no end."""
        raise NotFound("There are no runs.")

    async def list_open(self, cities: Sequence[str]) -> Sequence[Watched]:
        """Return none."""
        return ()

    async def find(self, who: Sender, broadcast: str) -> Watched | None:
        """Find none."""
        return None

    async def results(self, who: Sender, broadcast: str) -> Results:
        """There are none."""
        raise NotFound("There are no runs.")

    async def steer(self, who: Sender, broadcast: str, act: str) -> Broadcast:
        """Steer nothing."""
        raise NotFound("There are no runs.")

    async def settle(
        self, who: Sender, broadcast: str, numbers: Sequence[int] | None, *, is_resent: bool
    ) -> int:
        """Settle nothing."""
        raise NotFound("There are no runs.")

    async def stop(self, who: Sender, city: str, reason: str) -> None:
        """Stop nothing."""
        raise NotFound("There are no runs.")

    async def go_on(self, who: Sender, city: str) -> None:
        """Begin nothing."""
        raise NotFound("There are no runs.")
