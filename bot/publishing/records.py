"""What was published and what somebody still works on: files by path, bodies by their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

GONE: Final = ""
"""In place of a digest: the file is taken away."""
NOTHING: Final = 0
"""The number of what the program came with, before anything was published."""
MOST_VERSIONS: Final = 100
MOST_FILES, MOST_BYTES = 80, 16_000_000
"""Of one draft, and of all that is published over what the program came with."""
LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Published:
    """A published version.

    Attributes:
        number: Counted from 1.
        by: The random reference of who published it; empty for the command line.
        files: Every file that is not as the program came with it: digest by path.
        changed: Paths that it changed against the version before.
        back_to: The version that it brought back; None where it was not a step back.
    """

    number: int
    at: datetime
    by: str
    reason: str
    files: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    back_to: int | None = None


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of a draft.

    Attributes:
        digest: Of the new body; `GONE` where the file is taken away.
        was: Of the body that was published when it was begun; `GONE` where there was none.
    """

    digest: str
    was: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody changed and has not published yet."""

    by: str
    changed_at: datetime
    files: Mapping[str, DraftFile] = field(default_factory=dict)

    def over(self, files: Mapping[str, str]) -> dict[str, str]:
        """Return what would be published over these files."""
        return {**files, **{path: one.digest for path, one in self.files.items()}}


def digest_of(body: bytes) -> str:
    """Return the name under which a body is kept."""
    return hashlib.sha256(body).hexdigest()


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths at which two sets of files differ, sorted."""
    paths = {*before, *after}
    return tuple(sorted(path for path in paths if before.get(path) != after.get(path)))
