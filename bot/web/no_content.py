"""A desk for content that has nothing to change: for programs without staff pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.errors import NotFound, Refused
from bot.publishing.records import NOTHING, Published
from bot.publishing.reviewing import File, Of, Review, State, Step, Upload
from bot.publishing.screens import Screen
from bot.publishing.sheets import Left, Wanted

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class NoContentDesk:
    """Has the program's own content, and changes nothing."""

    async def state(self, by: str) -> State:
        """Say that nothing was published."""
        del by
        return State(Published(NOTHING, LONG_AGO, "", ""), NOTHING)

    async def files(self, by: str) -> Sequence[File]:
        """Return none."""
        del by
        return ()

    async def body(self, by: str, path: str, of: Of) -> bytes | None:
        """Find nothing."""
        del by, path, of
        return None

    async def take(self, by: str, path: str, body: bytes, *, is_read: bool = False) -> Upload:
        """Take nothing."""
        del by, path, body, is_read
        return Upload(refused="publishing.refused.kind")

    async def review(self, by: str) -> Review | None:
        """Have no draft."""
        del by
        return None

    async def drop(self, by: str, paths: Sequence[str] | None = None) -> None:
        """Do nothing."""
        del by, paths

    async def settle(self, by: str, paths: Sequence[str]) -> None:
        """Do nothing."""
        del by, paths

    async def publish(self, by: str, reason: str, seen: int) -> Published:
        """Refuse."""
        del by, reason, seen
        raise Refused("publishing.nothing")

    async def history(self) -> Sequence[Published]:
        """Return none."""
        return ()

    async def step(self, number: int) -> Step | None:
        """Find nothing."""
        del number
        return None

    async def back(self, number: int) -> Step | None:
        """Find nothing."""
        del number
        return None

    async def go_back(self, by: str, number: int, reason: str, seen: int) -> Published:
        """Refuse."""
        del by, number, reason, seen
        raise Refused("publishing.nothing")

    async def groups(self, by: str, of: Of) -> Mapping[str, int]:
        """Return none."""
        del by, of
        return {}

    async def screens(
        self, by: str, of: Of, file: str, language: str, city: str
    ) -> Sequence[Screen]:
        """Return none."""
        del by, of, file, language, city
        return ()

    async def left(self, by: str, of: Of) -> Mapping[str, Sequence[Left]]:
        """Return none."""
        del by, of
        return {}

    async def sheet(self, by: str, language: str, form: str, what: Wanted, file: str) -> bytes:
        """Find nothing."""
        del by, language, form, what, file
        raise NotFound

    async def workbook(self, by: str, path: str, of: Of) -> bytes | None:
        """Find nothing."""
        del by, path, of
        return None
