"""Two cities and one shared campaign, in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.campaigns.records import Campaign
from bot.campaigns.sharing import Shared
from bot.campaigns.staffing import Sender
from bot.insights.sheets import Release
from bot.people import Purpose
from content.load import load
from tests.support.run_campaigns import plan
from tests.web.fake_campaigns import AT, CAMPAIGN
from tests.web.insight import told_weeks

RESULTS = {"sent": 1200, "click": 85, "open": 40, "opt_out": 5}
SHARED = Shared("c", "belfast", "Open day", Purpose.NEWS, plan().content, RESULTS, AT)


@dataclass
class FakeNetwork:
    """Notes who agreed and what was taken over."""

    told_of: dict[str, Sequence[Release]] = field(
        default_factory=lambda: {
            "manchester": told_weeks(load().cities["manchester"], 20),
            "belfast": told_weeks(load().cities["belfast"], 20, seed=8),
        }
    )
    acts: list[str] = field(default_factory=list)

    async def agreed(self) -> Collection[str]:
        return tuple(self.told_of)

    async def told(self, since: date) -> Mapping[str, Sequence[Release]]:
        del since
        return self.told_of

    async def agree(self, person: str, city: str, *, is_agreed: bool) -> None:
        del person
        self.acts.append(f"{city} {is_agreed}")

    async def shared(self) -> Sequence[Shared]:
        return (SHARED,)

    async def may_share(self, who: Sender, campaign: str) -> bool:
        del who, campaign
        return False

    async def share(self, who: Sender, campaign: str, *, is_shared: bool) -> None:
        del who, campaign, is_shared
        self.acts.append("share")

    async def take_over(self, who: Sender, shared: str, city: str) -> Campaign:
        del who, shared, city
        self.acts.append("take_over")
        return CAMPAIGN
