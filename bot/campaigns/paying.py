"""Going out faster for Telegram's Stars: what it costs, and where it is worth it.

Telegram lets a bot send up to 1,000 messages a second instead of about 30 where each message above
the free amount is paid with 0.1 Star from the bot's balance (Bot API, `allow_paid_broadcast`). The
costs here are the most that it can be: as if no message were free.
"""

from __future__ import annotations

from typing import Final

STARS_PER_THOUSAND: Final = 100
WORTH_ABOVE: Final = 10_000
"""So many people are written to within six minutes for nothing; only above that Stars are paid."""


def cost(messages: int) -> int:
    """Return how many Stars so many messages cost at most."""
    return -(-messages * STARS_PER_THOUSAND // 1000)


def charge(stars: int, size: int) -> int:
    """Return how many Stars a run of a size costs at most; 0 where it goes out for nothing.

    Args:
        stars: How many may be paid at most, as it was approved; a run that would cost more goes
            out at the usual pace.
    """
    asked = cost(size)
    return asked if size > WORTH_ABOVE and asked <= stars else 0


def is_too_dear(stars: int, size: int) -> bool:
    """Tell whether so many people cost more than was approved."""
    return stars > 0 and size > WORTH_ABOVE and cost(size) > stars
