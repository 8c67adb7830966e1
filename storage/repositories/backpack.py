"""Badges that their holders put into older backpacks: by a hash, and until they take them out."""

from __future__ import annotations

from sqlmodel import select

from bot.badges.addresses import new_token
from bot.badges.held import HeldBadge
from bot.badges.older import Twin
from bot.badges.records import HashedEmail
from bot.people.staff import token_hash
from storage.repositories.repository import Repository
from storage.tables.badges import BadgeRow, BadgeTwinRow, GoneBadgeRow


class Backpack(Repository):
    """Which badges have an address for older backpacks, and under which hash."""

    __slots__ = ()

    def add(self, person: str, badge: str, email: HashedEmail) -> Twin:
        """Give a badge such an address, or another hash at the one that it has.

        Args:
            badge: The token of the badge.

        Raises:
            NotFound: It is none of theirs.
        """
        held = self._unit.badges.get(person, badge)
        row = self._unit.orm.get(BadgeTwinRow, held.id)
        if row is None:
            row = BadgeTwinRow(
                badge=held.id,
                person=person,
                token=new_token(),
                digest="",
                salt="",
                made_at=self._unit.now,
            )
        row.digest, row.salt = email.digest, email.salt
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _twin(row)

    def of(self, badge: str) -> Twin | None:
        """Return the place of the badge with this id; None where it has none."""
        row = self._unit.orm.get(BadgeTwinRow, badge)
        return None if row is None else _twin(row)

    def find(self, token: str) -> tuple[Twin, HeldBadge] | None:
        """Return what is at an address, with its badge."""
        row = self._unit.orm.exec(select(BadgeTwinRow).where(BadgeTwinRow.token == token)).first()
        held = self._unit.orm.get(BadgeRow, row.badge) if row is not None else None
        badge = self._unit.badges.find(held.token) if held is not None else None
        return None if row is None or badge is None else (_twin(row), badge)

    def remove(self, person: str, badge: str) -> None:
        """Take a badge out again: the hash is deleted, and its address says that it is gone.

        Raises:
            NotFound: It is none of theirs.
        """
        self.drop(self._unit.badges.get(person, badge).id)
        self._unit.orm.flush()

    def drop(self, badge: str) -> None:
        """Take the badge with this id out, if it is in."""
        row = self._unit.orm.get(BadgeTwinRow, badge)
        if row is None:
            return
        gone = token_hash(row.token)
        if self._unit.orm.get(GoneBadgeRow, gone) is None:
            self._unit.orm.add(GoneBadgeRow(token_hash=gone, gone_at=self._unit.now))
        self._unit.orm.delete(row)


def _twin(row: BadgeTwinRow) -> Twin:
    return Twin(row.token, row.badge, HashedEmail(row.digest, row.salt), row.made_at)
