"""Which channels other programs send through, so that each leaves to the others what is theirs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Final

from bot.work.delivery import GIVE_UP_AFTER
from storage import Database, Unit
from storage.repositories.outbox import READ_FROM_HERE

LEFT_FOR: Final = 30.0
"""Seconds for which a run is left alone in which somebody else had to be left their recipients."""


class Elsewhere:
    """What is left to other programs.

    Args:
        channels: Those that this program sends through, by name and bot; they may come later.
    """

    def __init__(
        self,
        database: Database,
        channels: Mapping[tuple[str, str], object],
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._channels, self._clock = database, channels, clock
        self._left: dict[str, float] = {}

    def say(self, unit: Unit) -> None:
        """Say that this program is there, with its channels."""
        for name in self._names:
            unit.marks.put(_mark(name), unit.now.isoformat())

    def is_left(self, run: str, now: float) -> bool:
        """Tell whether a run is left alone for now, on the event loop's clock."""
        return self._left.get(run, 0.0) > now

    async def leaves(self, run: str, channels: Collection[str], now: float) -> bool:
        """Tell whether some of these recipients are another program's; then leave that run alone.

        A program that was there within four hours comes back; after that nobody does.
        """
        missing = {*channels} - self._names - READ_FROM_HERE
        if not missing or not await self._database.read(
            lambda unit: self._are_served(unit, missing)
        ):
            return False
        self._left = {key: until for key, until in self._left.items() if until > now}
        self._left[run] = now + LEFT_FOR
        return True

    @property
    def _names(self) -> set[str]:
        return {name for name, _ in self._channels}

    def _are_served(self, unit: Unit, channels: Collection[str]) -> bool:
        said = [unit.marks.get(_mark(name)) for name in channels]
        return any(
            one and self._clock() - datetime.fromisoformat(one) <= GIVE_UP_AFTER for one in said
        )


def _mark(channel: str) -> str:
    return f"channel.{channel}.served"
