"""How far a run is, and when it is likely to be over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from bot.campaigns.records import OPEN
from bot.reminders.zones import DAYTIME, instant_of, local_date, next_morning, zone_of

USUAL_RATE: Final = 25.0
"""Messages a second, as long as nothing was measured: what the channel allows."""
FRESH: Final = timedelta(minutes=1)
FEWEST: Final = 20
"""So many have to be measured before a rate is believed."""
MOST_DAYS: Final = 400


@dataclass(frozen=True, slots=True)
class Progress:
    """A run in numbers.

    Attributes:
        size: How many rows were cut.
        left: How many of them are still to be written to.
    """

    size: int
    left: int

    @property
    def done(self) -> int:
        """How many have come to an end, whatever it was."""
        return self.size - self.left

    @property
    def percent(self) -> int:
        """How much is done, rounded down, so that 100 means all of it."""
        return 100 if self.size == 0 else self.done * 100 // self.size


def progress_of(counts: Mapping[str, int]) -> Progress:
    """Return how far a run is, from how many rows are in each state."""
    return Progress(sum(counts.values()), sum(counts.get(state, 0) for state in OPEN))


def rate_of(settled: Sequence[datetime], now: datetime) -> float:
    """Return how many messages a second go out, from when the newest of them did.

    What is too long ago, or too few, says nothing; then it is the usual rate.
    """
    newest = [one for one in settled if now - one <= FRESH]
    if len(newest) < FEWEST:
        return USUAL_RATE
    seconds = (max(newest) - min(newest)).total_seconds()
    return (len(newest) - 1) / seconds if seconds > 0 else USUAL_RATE


def predicted_end(
    left: int,
    now: datetime,
    zone: str,
    rate: float = USUAL_RATE,
    between: tuple[time, time] = DAYTIME,
) -> datetime:
    """Return when the last of so many will have been written to, if nothing is stopped.

    Nobody is written to at night: what is not done by the evening goes on in the morning.

    Args:
        zone: The time zone of the city, by its name.
        rate: Messages a second; more than 0.
        between: The hours at which the city writes to people.
    """
    there, seconds = zone_of(zone), left / rate
    at = next_morning(now, there, between)
    for _ in range(MOST_DAYS):
        evening = instant_of(local_date(at, there), between[1], there) or at
        room = (evening - at).total_seconds()
        if seconds <= room:
            return at + timedelta(seconds=seconds)
        seconds -= max(room, 0.0)
        at = next_morning(evening, there, between)
    return at
