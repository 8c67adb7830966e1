"""One campaign of Manchester with one run, in memory, for tests of who may open which page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.campaigns.form import Slip
from bot.campaigns.progress import progress_of
from bot.campaigns.records import Broadcast, Campaign, Plan, Version
from bot.campaigns.staffing import Listed, Results, Sender, Watched, Whole
from bot.pictures.photos import Photo
from bot.web.no_campaigns import NoCampaigns, NoRuns
from bot.web.ports import Ports
from tests.support.png import plain_png
from tests.support.run_campaigns import plan

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CAMPAIGN = Campaign("campaign1", "manchester", "Open day", "waiting", "author", 1)
RUN = Broadcast(
    "run1", "manchester", "campaign1", 1, "d", "now", "running", False, "{}", "author", AT, size=2
)


@dataclass
class FakeCampaigns(NoCampaigns):
    """Shows the campaign, and notes what is done with it."""

    acts: list[str] = field(default_factory=list)

    async def picture(self, who: Sender, city: str, name: str) -> Photo | None:
        del name
        return Photo(plain_png(), 3, 2) if who.may(city) else None

    async def list_of(self, cities: Sequence[str]) -> Sequence[Listed]:
        return [Listed(CAMPAIGN, RUN, {"sent": 2})] if CAMPAIGN.city in cities else []

    async def find(self, who: Sender, campaign: str) -> Whole | None:
        if campaign != CAMPAIGN.id or not who.may(CAMPAIGN.city):
            return None
        version = Version(CAMPAIGN.id, 1, plan(), "d", "author", AT)
        return Whole(CAMPAIGN, version, None, None, (), (RUN,), (), is_own=False)

    def read(
        self, city: str, form: Mapping[str, str], before: Plan | None
    ) -> tuple[Plan, Sequence[Slip]]:
        del city, form, before
        return plan(), ()

    async def add(self, who: Sender, city: str, title: str, plan: Plan, template: str) -> Campaign:
        del who, city, title, plan, template
        self.acts.append("add")
        return CAMPAIGN

    async def edit(self, who: Sender, campaign: str, plan: Plan, seen: int, title: str) -> Version:
        del who, title
        self.acts.append("edit")
        return Version(campaign, seen + 1, plan, "d", "author", AT)

    async def move(self, who: Sender, campaign: str, act: str) -> Campaign:
        del who, campaign
        self.acts.append(act)
        return CAMPAIGN


@dataclass
class FakeRuns(NoRuns):
    """Shows the run, and notes what is done with it."""

    acts: list[str] = field(default_factory=list)

    def end_of(self, city: str, size: int) -> datetime:
        del city, size
        return AT

    async def find(self, who: Sender, broadcast: str) -> Watched | None:
        if broadcast != RUN.id or not who.may(RUN.city):
            return None
        counts = {"sent": 1, "queued": 1}
        return Watched(RUN, CAMPAIGN, counts, {}, progress_of(counts), 25.0, AT)

    async def results(self, who: Sender, broadcast: str) -> Results:
        del who, broadcast
        return Results({"click": 1}, {}, {}, 0, {"saved": 0, "badges": 0})

    async def steer(self, who: Sender, broadcast: str, act: str) -> Broadcast:
        del who, broadcast
        self.acts.append(act)
        return RUN

    async def go_on(self, who: Sender, city: str) -> None:
        del who, city
        self.acts.append("go_on")


def sending_acts(ports: Ports) -> list[str]:
    """Return what was done with campaigns and runs."""
    assert isinstance(ports.campaigns, FakeCampaigns)
    return ports.campaigns.acts
