"""Pathways that people follow."""

from __future__ import annotations

from sqlmodel import col, select

from bot.skills.pathways import Followed, Mark
from storage.repositories.repository import Repository
from storage.tables.pathways import FollowedPathwayRow, PathwayStepRow


class FollowedPathways(Repository):
    """Who follows which pathway, and what they say of its steps."""

    __slots__ = ()

    def follow(self, person: str, city: str, pathway: str, version: str) -> bool:
        """Follow a pathway and make it the current one; False if it was followed already.

        What was said of its steps before it was left counts again.
        """
        row = self._row(person, pathway)
        now = self._unit.now
        if row is None:
            row = FollowedPathwayRow(
                person=person,
                pathway=pathway,
                city=city,
                version=version,
                followed_at=now,
                chosen_at=now,
            )
            self._unit.orm.add(row)
            self._unit.orm.flush()
            return True
        was_left = row.left_at is not None
        row.chosen_at = now
        if was_left:
            row.city, row.version, row.followed_at = city, version, now
            self._set_left(row, is_left=False)
        self._unit.orm.flush()
        return was_left

    def leave(self, person: str, pathway: str) -> bool:
        """Follow it no longer; False if it was not followed."""
        row = self._row(person, pathway)
        if row is None or row.left_at is not None:
            return False
        self._set_left(row, is_left=True)
        return True

    def come_back(self, person: str, pathway: str) -> bool:
        """Take a left pathway up again as it was; False if there is none."""
        row = self._row(person, pathway)
        if row is None or row.left_at is None:
            return False
        self._set_left(row, is_left=False)
        return True

    def choose(self, person: str, pathway: str) -> bool:
        """Make a followed pathway the current one; False if it is not followed."""
        row = self._row(person, pathway)
        if row is None or row.left_at is not None:
            return False
        row.chosen_at = self._unit.now
        self._unit.orm.flush()
        return True

    def update(self, person: str, pathway: str, version: str) -> bool:
        """Go on in another version; False if the pathway is not followed."""
        row = self._row(person, pathway)
        if row is None or row.left_at is not None:
            return False
        row.version = version
        self._unit.orm.flush()
        return True

    def list_followed(self, person: str) -> list[Followed]:
        """Return what a person follows, the current one first."""
        query = (
            select(FollowedPathwayRow)
            .where(FollowedPathwayRow.person == person, col(FollowedPathwayRow.left_at).is_(None))
            .order_by(col(FollowedPathwayRow.chosen_at).desc(), col(FollowedPathwayRow.pathway))
        )
        return [_followed(row) for row in self._unit.orm.exec(query).all()]

    def mark(self, person: str, city: str, pathway: str, step: str, mark: Mark) -> None:
        """Keep what a person says of a step."""
        row = self._unit.orm.get(PathwayStepRow, (person, pathway, step))
        if row is None:
            row = PathwayStepRow(
                person=person, pathway=pathway, step=step, city=city, mark=mark, at=self._unit.now
            )
            self._unit.orm.add(row)
        else:
            row.mark, row.at, row.left_at = mark, self._unit.now, None
        self._unit.orm.flush()

    def marks(self, person: str) -> dict[str, dict[str, Mark]]:
        """Return what a person says of steps, by pathway and step."""
        found: dict[str, dict[str, Mark]] = {}
        query = select(PathwayStepRow).where(PathwayStepRow.person == person)
        for row in self._unit.orm.exec(query).all():
            mark: Mark = "done" if row.mark == "done" else "open"
            found.setdefault(row.pathway, {})[row.step] = mark
        return found

    def _row(self, person: str, pathway: str) -> FollowedPathwayRow | None:
        return self._unit.orm.get(FollowedPathwayRow, (person, pathway))

    def _set_left(self, row: FollowedPathwayRow, *, is_left: bool) -> None:
        row.left_at = self._unit.now if is_left else None
        steps = select(PathwayStepRow).where(
            PathwayStepRow.person == row.person, PathwayStepRow.pathway == row.pathway
        )
        for step in self._unit.orm.exec(steps).all():
            step.left_at = row.left_at
        self._unit.orm.flush()


def _followed(row: FollowedPathwayRow) -> Followed:
    return Followed(row.pathway, row.version, row.followed_at, row.chosen_at, row.left_at)
