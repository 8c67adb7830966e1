"""Published content and drafts of it; bodies are kept once, under their hash."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Mapping

import orjson
from sqlmodel import col, delete, func, select

from bot.errors import Conflict, NotFound, Refused
from bot.publishing.records import (
    GONE,
    MOST_BYTES,
    MOST_FILES,
    MOST_VERSIONS,
    NOTHING,
    Draft,
    DraftFile,
    Published,
    changes,
)
from storage.repositories.repository import PUBLISHING, Repository
from storage.tables.publishing import ContentBodyRow, ContentDraftRow, ContentVersionRow


def packed(body: bytes) -> bytes:
    """Return a body as it is kept; do it outside of a unit."""
    return zlib.compress(body, 6)


class Publications(Repository):
    """What staff made of the content that the program came with."""

    __slots__ = ()

    def newest(self) -> int:
        """Return the number of what is published; `NOTHING` before the first time."""
        return self._unit.orm.exec(select(func.max(ContentVersionRow.number))).one() or NOTHING

    def find(self, number: int) -> Published | None:
        """Return a version that is still kept; that of `NOTHING` is always there."""
        if number == NOTHING:
            return Published(NOTHING, self._unit.now, "", "")
        row = self._unit.orm.get(ContentVersionRow, number)
        return None if row is None else _published(row)

    def current(self) -> Published:
        """Return what is published."""
        return self.find(self.newest()) or Published(NOTHING, self._unit.now, "", "")

    def list_latest(self, limit: int = MOST_VERSIONS) -> list[Published]:
        """Return the newest versions, newest first."""
        query = select(ContentVersionRow).order_by(col(ContentVersionRow.number).desc())
        return [_published(row) for row in self._unit.orm.exec(query.limit(limit))]

    def bodies(self, digests: Iterable[str]) -> dict[str, bytes]:
        """Return packed bodies by digest; unpack them with `zlib` outside of the unit."""
        wanted = sorted(set(digests) - {GONE})
        query = select(ContentBodyRow).where(col(ContentBodyRow.digest).in_(wanted))
        return {row.digest: row.body for row in self._unit.orm.exec(query)}

    def draft(self, by: str) -> Draft | None:
        """Return what somebody works on."""
        row = self._unit.orm.get(ContentDraftRow, by)
        return None if row is None else _draft(row)

    def put(self, by: str, bodies: Mapping[str, tuple[str, bytes] | None]) -> Draft:
        """Add files to somebody's draft.

        Args:
            by: Their reference.
            bodies: By path, the digest and the packed body; None takes a file away.

        Raises:
            Refused: "publishing.full": it would hold more than a draft may.
        """
        self._one_at_a_time(PUBLISHING)
        now, before = self.current().files, self.draft(by)
        known = dict(before.files) if before else {}
        for path, kept in bodies.items():
            was = known[path].was if path in known else now.get(path, GONE)
            known[path] = DraftFile(kept[0] if kept else GONE, was)
        if len(known) > MOST_FILES:
            raise Refused("publishing.full")
        self.keep(bodies)
        return self._write(by, known)

    def settle(self, by: str, paths: Collection[str]) -> Draft | None:
        """Let a draft's files stand against what is published now, which somebody looked at."""
        draft, now = self.draft(by), self.current().files
        if draft is None:
            return None
        known = {
            path: DraftFile(one.digest, now.get(path, GONE)) if path in paths else one
            for path, one in draft.files.items()
        }
        return self._write(by, known)

    def drop(self, by: str, paths: Collection[str] | None = None) -> Draft | None:
        """Take files out of a draft, all where none is named; the last takes the draft along."""
        self._one_at_a_time(PUBLISHING)
        draft = self.draft(by)
        if draft is None:
            return None
        gone = draft.files.keys() if paths is None else paths
        known = {path: one for path, one in draft.files.items() if path not in gone}
        if not known:
            self._unit.orm.exec(delete(ContentDraftRow).where(col(ContentDraftRow.by) == by))
            self._tidy()
            return None
        draft = self._write(by, known)
        self._tidy()
        return draft

    def publish(
        self,
        by: str,
        reason: str,
        files: Mapping[str, str],
        seen: int,
        *,
        back_to: int | None = None,
    ) -> Published:
        """Publish these files; what they name must be kept already.

        Args:
            seen: The version on which whoever publishes decided.

        Raises:
            Conflict: Something else was published since.
            NotFound: A body is not kept any more.
            Refused: "publishing.full": it would be more than may be published.
        """
        self._one_at_a_time(PUBLISHING)
        before = self.current()
        if before.number != seen:
            raise Conflict(f"version {before.number} was published since")
        self._require(files)
        row = ContentVersionRow(
            number=before.number + 1,
            at=self._unit.now,
            by=by,
            reason=reason,
            files=orjson.dumps(dict(files)).decode(),
            changed=orjson.dumps(changes(before.files, files)).decode(),
            back_to=back_to,
        )
        self._unit.orm.add(row)
        oldest = row.number - MOST_VERSIONS
        versions = delete(ContentVersionRow).where(col(ContentVersionRow.number) <= oldest)
        self._unit.orm.exec(versions)
        self._unit.orm.flush()
        self._tidy()
        return _published(row)

    def _require(self, files: Mapping[str, str]) -> None:
        wanted = set(files.values()) - {GONE}
        size = func.length(ContentBodyRow.body)
        query = select(ContentBodyRow.digest, size).where(col(ContentBodyRow.digest).in_(wanted))
        kept = dict(self._unit.orm.exec(query).all())
        if wanted - kept.keys():
            raise NotFound("A file of it is not kept any more.")
        if sum(kept.values()) > MOST_BYTES:
            raise Refused("publishing.full")

    def keep(self, bodies: Mapping[str, tuple[str, bytes] | None]) -> None:
        """Keep bodies that a draft or a version names in the same unit."""
        for kept in bodies.values():
            if kept and self._unit.orm.get(ContentBodyRow, kept[0]) is None:
                self._unit.orm.add(ContentBodyRow(digest=kept[0], body=kept[1]))
        self._unit.orm.flush()

    def _write(self, by: str, files: Mapping[str, DraftFile]) -> Draft:
        row = self._unit.orm.get(ContentDraftRow, by) or ContentDraftRow(
            by=by, changed_at=self._unit.now, files=""
        )
        row.changed_at = self._unit.now
        row.files = orjson.dumps(
            {path: (one.digest, one.was) for path, one in files.items()}
        ).decode()
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _draft(row)

    def _tidy(self) -> None:
        """Let go of bodies that no version and no draft names."""
        versions = self._unit.orm.exec(select(ContentVersionRow.files)).all()
        drafts = self._unit.orm.exec(select(ContentDraftRow.files)).all()
        named = {digest for one in versions for digest in orjson.loads(one).values()}
        named |= {digest for one in drafts for digest, _ in orjson.loads(one).values()}
        kept = set(self._unit.orm.exec(select(ContentBodyRow.digest)).all())
        unnamed = sorted(kept - named)
        self._unit.orm.exec(delete(ContentBodyRow).where(col(ContentBodyRow.digest).in_(unnamed)))


def _published(row: ContentVersionRow) -> Published:
    return Published(
        number=row.number,
        at=row.at,
        by=row.by,
        reason=row.reason,
        files=orjson.loads(row.files),
        changed=tuple(orjson.loads(row.changed)),
        back_to=row.back_to,
    )


def _draft(row: ContentDraftRow) -> Draft:
    files = {path: DraftFile(*one) for path, one in orjson.loads(row.files).items()}
    return Draft(row.by, row.changed_at, files)
