"""Drafts as folders: what is in use with somebody's changes over it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.publishing.records import Draft, Published, digest_of
from bot.publishing.reviewing import Of
from bot.work.publishing.publication import Publication
from storage import Unit
from storage.repositories.publications import packed


class Drafting:
    """Makes folders of drafts."""

    def __init__(self, publication: Publication) -> None:
        self._publication = publication

    async def both(self, by: str) -> tuple[Published, Draft | None]:
        """Return what is published, and somebody's draft."""
        return await self._publication.database.read(
            lambda unit: (
                unit.publications.current(),
                unit.publications.draft(unit.people.reference_of(by)),
            )
        )

    async def root(self, by: str, of: Of) -> Path:
        """Return the folder of what is published, or of somebody's draft over it."""
        current, draft = await self.both(by)
        if of == "live" or draft is None:
            return await self.folder(current)
        return await self._folder(draft.over(current.files))

    async def folder(self, version: Published) -> Path:
        """Return the folder of a version."""
        return await self._folder(version.files)

    async def _folder(self, files: Mapping[str, str]) -> Path:
        return await self.folder_of(files, {})

    async def folder_of(self, files: Mapping[str, str], more: Mapping[str, bytes]) -> Path:
        """Return the folder of these files.

        Args:
            more: Packed bodies that are not kept yet.
        """

        def read(unit: Unit) -> dict[str, bytes]:
            return unit.publications.bodies(files.values())

        publication = self._publication
        bodies = {**await publication.database.read(read), **more}
        return await publication.workshop.folder(files, bodies, keep=publication.root)


def pack(files: Mapping[str, str | None]) -> dict[str, tuple[str, bytes] | None]:
    """Return written files as they are kept: by path, the digest and the packed body."""
    found: dict[str, tuple[str, bytes] | None] = {}
    for path, written in files.items():
        body = None if written is None else Path(written).read_bytes()
        found[path] = None if body is None else (digest_of(body), packed(body))
    return found
