"""What the pages for content need from the rest of the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.people import Role
from bot.publishing.records import Published
from bot.publishing.reviewing import File, Of, Review, State, Step, Upload
from bot.publishing.screens import Screen
from bot.publishing.sheets import Left, Wanted

CONTENT_ROLES: frozenset[Role] = frozenset({Role.EDITOR, Role.ADMIN})


class ContentDesk(Protocol):
    """Content that staff change. `by` is the id of whoever acts: a draft is theirs alone."""

    async def state(self, by: str) -> State:
        """Return what is in use."""
        ...

    async def files(self, by: str) -> Sequence[File]:
        """Return the files that may be changed, by path."""
        ...

    async def body(self, by: str, path: str, of: Of) -> bytes | None:
        """Return what stands in a file; None where there is none."""
        ...

    async def take(self, by: str, path: str, body: bytes, *, is_read: bool = False) -> Upload:
        """Put an upload into the draft."""
        ...

    async def review(self, by: str) -> Review | None:
        """Return the draft as it would go live; None where there is none."""
        ...

    async def drop(self, by: str, paths: Sequence[str] | None = None) -> None:
        """Take files out of the draft; all of them where none is named."""
        ...

    async def settle(self, by: str, paths: Sequence[str]) -> None:
        """Let files of the draft stand against what somebody else published."""
        ...

    async def publish(self, by: str, reason: str, seen: int) -> Published:
        """Let the draft go live. Raises Conflict, Refused: it may not as it is."""
        ...

    async def history(self) -> Sequence[Published]:
        """Return what was published, newest first."""
        ...

    async def step(self, number: int) -> Step | None:
        """Return what a version changed."""
        ...

    async def back(self, number: int) -> Step | None:
        """Return what going back to a version would change."""
        ...

    async def go_back(self, by: str, number: int, reason: str, seen: int) -> Published:
        """Let an earlier version go live again. Raises Conflict, NotFound, Refused."""
        ...

    async def groups(self, by: str, of: Of) -> Mapping[str, int]:
        """Return the files that hold texts, with how many screens each makes."""
        ...

    async def screens(
        self, by: str, of: Of, file: str, language: str, city: str
    ) -> Sequence[Screen]:
        """Return the screens of a file in a language."""
        ...

    async def left(self, by: str, of: Of) -> Mapping[str, Sequence[Left]]:
        """Return by language what is still to be translated."""
        ...

    async def sheet(self, by: str, language: str, form: str, what: Wanted, file: str) -> bytes:
        """Return texts for a translator, as "po" or "xlsx"."""
        ...

    async def workbook(self, by: str, path: str, of: Of) -> bytes | None:
        """Return a questionnaire or a framework's sentences as a workbook; None for others."""
        ...
