"""Folders of content, laid out and tried by the bench; the last few are kept."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.errors import ImportRefused
from bot.publishing.records import GONE
from bot.work.background import in_background
from bot.work.publishing.telling import as_problems
from bot.work.sideprocess import SideProcess, SideProcessFailed
from content.problems import BadContent, Problem

BENCH = "bot.work.publishing.bench"
SECONDS = 90.0
"""How long one answer may take: a trial of all content takes three, on a busy machine ten."""
KEPT = 4
MOST_EXAMINED = 8


class Workshop:
    """Makes folders of content and asks the bench about them.

    Attributes:
        base: The folder that the program came with, or its operator's.
    """

    def __init__(self, base: Path) -> None:
        self.base = base
        self._side = SideProcess("content", BENCH, (), seconds=SECONDS)
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._folders: dict[str, Path] = {}
        self._examined: dict[tuple[str, str], Sequence[Problem]] = {}
        self._made = 0

    @property
    def place(self) -> Path:
        """Where folders are made; it goes with the program."""
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="learning-city-content-")
        return Path(self._temporary.name)

    async def ask(self, act: str, /, **question: Any) -> Any:
        """Return what the bench says.

        Raises:
            BadContent: A file cannot be read.
            ImportRefused: A file cannot be opened safely, or no reader survives it.
        """
        try:
            answer = await self._side.ask({"do": act, **question})
        except SideProcessFailed as error:
            raise ImportRefused("publishing.refused.unreadable") from error
        return heard(answer)

    async def folder(
        self, files: Mapping[str, str], bodies: Mapping[str, bytes], keep: Path | None = None
    ) -> Path:
        """Return a folder with these files over what the program came with.

        Args:
            files: Digests by path.
            bodies: Packed bodies by digest.
            keep: A folder that must not go to make room.
        """
        if not files:
            return self.base
        name = folder_name(files)
        if name not in self._folders:
            self._made += 1
            folder = self.place / f"{name}-{self._made}"
            given = await in_background(unpack, files, bodies, self.place / "bodies")
            await self.ask("lay", base=str(self.base), files=given, folder=str(folder))
            self._folders[name] = folder
            await self._make_room(name, keep)
        return self._folders[name]

    async def _make_room(self, newest: str, keep: Path | None) -> None:
        for name in list(self._folders)[: -KEPT or None]:
            if name != newest and self._folders[name] != keep:
                gone = self._folders.pop(name)
                await in_background(shutil.rmtree, gone, ignore_errors=True)

    def forget(self) -> None:
        """Make every folder anew when it is next wanted: what lies below them has changed."""
        self._folders.clear()
        self._examined.clear()

    def keep(self, files: Mapping[str, str], folder: Path) -> None:
        """Take over a folder that was made at the start."""
        self._folders[folder_name(files)] = folder

    async def examine(self, live: Path, root: Path) -> Sequence[Problem]:
        """Return what is wrong with a folder, held against another; the last few are remembered."""
        key = (str(live), str(root))
        if root == self.base or key not in self._examined:
            told = await self.ask("examine", live=key[0], root=key[1])
            while len(self._examined) >= MOST_EXAMINED:
                del self._examined[next(iter(self._examined))]
            self._examined[key] = as_problems(told)
        return self._examined[key]

    def is_known_to_be_well(self, live: Path, root: Path) -> bool:
        """Say whether a folder was examined against another, and nothing stood against it."""
        found = self._examined.get((str(live), str(root)))
        return found is not None and not any(one.severity == "error" for one in found)

    @asynccontextmanager
    async def spare(self) -> AsyncIterator[Path]:
        """Give an empty folder for as long as the context lasts."""
        folder = Path(tempfile.mkdtemp(dir=self.place))
        try:
            yield folder
        finally:
            await in_background(shutil.rmtree, folder, ignore_errors=True)

    async def close(self) -> None:
        """End the bench, and let go of the folders."""
        await self._side.close()
        self.clear()

    def clear(self) -> None:
        """Let go of the folders."""
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None
        self._folders.clear()

    def ask_now(self, *questions: Mapping[str, Any]) -> list[Any]:
        """Ask before there is an event loop: a bench of its own, which ends with the answers.

        Raises:
            BadContent: A file cannot be read.
            ImportRefused: None came.
        """
        said = "".join(json.dumps(question) + "\n" for question in questions)
        command = [sys.executable, "-m", BENCH]
        try:
            done = subprocess.run(  # noqa: S603 - our own program, without arguments
                command, input=said.encode(), capture_output=True, timeout=SECONDS, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise ImportRefused("publishing.refused.unreadable") from error
        return [heard(json.loads(line)) for line in done.stdout.splitlines()]


def heard(answer: Mapping[str, Any]) -> Any:
    """Return what an answer holds.

    Raises:
        BadContent: A file cannot be read.
        ImportRefused: A file cannot be opened safely, or the bench does not know why.
    """
    if "problems" in answer:
        raise BadContent(Problem(**one) for one in answer["problems"])
    if "refused" in answer:
        raise ImportRefused(answer["refused"], **answer["values"])
    if "done" not in answer:
        raise ImportRefused("publishing.refused.unreadable")
    return answer["done"]


def folder_name(files: Mapping[str, str]) -> str:
    """Return the name of a set of files."""
    said = json.dumps(sorted(files.items())).encode()
    return hashlib.sha256(said).hexdigest()[:16]


def unpack(
    files: Mapping[str, str], bodies: Mapping[str, bytes], place: Path
) -> dict[str, str | None]:
    """Write bodies where the bench can read them; return the paths of the written files."""
    place.mkdir(exist_ok=True)
    given: dict[str, str | None] = {}
    for path, digest in files.items():
        if digest == GONE:
            given[path] = None
            continue
        written = place / digest
        if not written.exists():
            written.write_bytes(zlib.decompress(bodies[digest]))
        given[path] = str(written)
    return given
