"""Writes what is heard now into the transcripts: `python -m tests.transcripts.update [NAME...]`.

The differences are then reviewed like any other change.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.transcripts.format import read, write
from tests.transcripts.playing import rewritten

FOLDER = Path(__file__).parent


def transcript_files() -> list[Path]:
    """Return every transcript."""
    return sorted(FOLDER.glob("*.txt"))


def update(path: Path) -> bool:
    """Rewrite a transcript; say whether it changed.

    Raises:
        AssertionError: It cannot be played to its end: something that it presses is not there.
    """
    before = path.read_text()
    with tempfile.TemporaryDirectory() as folder:
        after = write(asyncio.run(rewritten(Path(folder), read(before))))
    path.write_text(after)
    return after != before


def main(names: Sequence[str]) -> int:
    """Rewrite the named transcripts, or all; return the exit code."""
    failures = 0
    for path in transcript_files():
        if names and path.stem not in names:
            continue
        try:
            if update(path):
                print(f"changed: {path.stem}")
        except AssertionError as error:
            failures += 1
            print(f"cannot be played: {path.stem}: {error}", *error.__notes__, sep="\n")
    return min(failures, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
