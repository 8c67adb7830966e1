"""What pages need to show cities beside each other, and what one takes over from another."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.campaigns.records import Campaign
from bot.campaigns.sharing import Shared
from bot.campaigns.staffing import Sender
from bot.errors import NotFound
from bot.insights.sheets import Release
from bot.people import Role
from bot.web.figure_port import FIGURE_ROLES

AGREEING: frozenset[Role] = frozenset({Role.ADMIN})
NETWORK_ROLES: frozenset[Role] = FIGURE_ROLES | AGREEING


class NetworkDesk(Protocol):
    """Cities that agreed, and campaigns that they share. Every act is audited."""

    async def agreed(self) -> Collection[str]:
        """Return the ids of the cities that agreed to stand beside others."""
        ...

    async def told(self, since: date) -> Mapping[str, Sequence[Release]]:
        """Return what each city that agreed was told since a day."""
        ...

    async def agree(self, person: str, city: str, *, is_agreed: bool) -> None:
        """Let a city stand beside others from now on, or no more."""
        ...

    async def shared(self) -> Sequence[Shared]:
        """Return the campaigns that cities share, the newest first."""
        ...

    async def may_share(self, who: Sender, campaign: str) -> bool:
        """Tell whether a campaign has ended and is theirs to share."""
        ...

    async def share(self, who: Sender, campaign: str, *, is_shared: bool) -> None:
        """Share a campaign, or no more. Raises NotFound, Refused."""
        ...

    async def take_over(self, who: Sender, shared: str, city: str) -> Campaign:
        """Begin a draft from a shared campaign in a city. Raises NotFound, Refused."""
        ...


class NoNetwork:
    """Knows no other city."""

    async def agreed(self) -> Collection[str]:
        """Return none."""
        return ()

    async def told(self, since: date) -> Mapping[str, Sequence[Release]]:
        """Return nothing."""
        del since
        return {}

    async def agree(self, person: str, city: str, *, is_agreed: bool) -> None:
        """Keep nothing."""
        del person, city, is_agreed

    async def shared(self) -> Sequence[Shared]:
        """Return none."""
        return ()

    async def may_share(self, who: Sender, campaign: str) -> bool:
        """Nothing may be shared."""
        del who, campaign
        return False

    async def share(self, who: Sender, campaign: str, *, is_shared: bool) -> None:
        """Refuse."""
        del who, is_shared
        raise NotFound(f"There is no campaign {campaign}.")

    async def take_over(self, who: Sender, shared: str, city: str) -> Campaign:
        """Refuse."""
        del who, city
        raise NotFound(f"There is no shared campaign {shared}.")
