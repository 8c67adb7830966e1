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


async def update(names: Sequence[str]) -> list[str]:
    """Rewrite the named transcripts, or all; return the names of those that changed."""
    changed = []
    for path in transcript_files():
        if names and path.stem not in names:
            continue
        before = path.read_text()
        with tempfile.TemporaryDirectory() as folder:
            after = write(await rewritten(Path(folder), read(before)))
        if after != before:
            path.write_text(after)
            changed.append(path.stem)
    return changed


if __name__ == "__main__":
    for name in asyncio.run(update(sys.argv[1:])):
        print(f"changed: {name}")
