"""Lists of revoked badges, and achievements as their addresses show them for ever."""

from __future__ import annotations

import secrets
from datetime import datetime

import orjson
from sqlmodel import col, or_, select

from bot.badges.held import ListJob, PublishedAchievement
from bot.badges.indexes import ENTRIES, FULL, draw_index
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.badges import AchievementRow, StatusEntryRow, StatusListRow

_TAKE = Statement("""
    INSERT INTO badge_status (city, number, entry) VALUES (:city, :number, :entry)
""")


class StatusLists(Repository):
    """Each city's lists: bits taken at random, and the signed list of them."""

    __slots__ = ()

    def take(self, city: str, count: int) -> list[tuple[int, int]]:
        """Return so many random free bits, each with the number of its list; taken from now on."""
        newest = self._newest(city)
        if newest is None or newest.entries >= FULL:
            number = newest.number + 1 if newest else 1
            newest = StatusListRow(city=city, number=number, changed_at=self._unit.now)
        free = self._free(city, newest.number, count)
        newest.entries += count
        self._unit.orm.add(newest)
        self._unit.orm.flush()
        self._unit.run_many(
            _TAKE, [{"city": city, "number": newest.number, "entry": one} for one in free]
        )
        return [(newest.number, one) for one in free]

    def _free(self, city: str, number: int, count: int) -> list[int]:
        """Draw bits that nothing uses, looking up all at once."""
        free: list[int] = []
        while len(free) < count:
            drawn: set[int] = set()
            while len(drawn) < count - len(free):
                drawn.add(draw_index(drawn.union(free)))
            query = select(StatusEntryRow.entry).where(
                StatusEntryRow.city == city,
                StatusEntryRow.number == number,
                col(StatusEntryRow.entry).in_(drawn),
            )
            taken = set(self._unit.orm.exec(query).all())
            # A set gives small numbers in their order, which would tell the order of awards.
            free += sorted(drawn - taken, key=lambda _: secrets.randbelow(ENTRIES))
        return free

    def revoke(self, city: str, number: int, index: int) -> None:
        """Set a bit; the list is signed anew within a minute."""
        row = self._unit.orm.get(StatusEntryRow, (city, number, index))
        if row is None or row.revoked_at is not None:
            return
        row.revoked_at = self._unit.now
        self._unit.orm.add(row)
        listed = self._unit.orm.get(StatusListRow, (city, number))
        if listed is not None:
            listed.changed_at = self._unit.now
            self._unit.orm.add(listed)
        self._unit.orm.flush()

    def list_due(self, signed_before: datetime, limit: int = 20) -> list[ListJob]:
        """Return lists that changed since they were signed, or were signed before a time."""
        query = select(StatusListRow).where(
            or_(
                col(StatusListRow.signed_at).is_(None),
                col(StatusListRow.signed_at) <= StatusListRow.changed_at,
                col(StatusListRow.signed_at) <= signed_before,
            )
        )
        rows = self._unit.orm.exec(query.limit(limit)).all()
        return [ListJob(row.city, row.number, self._revoked(row.city, row.number)) for row in rows]

    def store(self, city: str, number: int, document: bytes, read_at: datetime) -> None:
        """Keep a signed list.

        Args:
            read_at: When the revoked bits in it were read: what changed since then is due again.
        """
        row = self._unit.orm.get(StatusListRow, (city, number))
        if row is not None:
            row.document, row.signed_at = document, read_at
            self._unit.orm.add(row)
            self._unit.orm.flush()

    def find(self, city: str, number: int) -> bytes | None:
        """Return a list as it is handed out; None where there is none yet."""
        row = self._unit.orm.get(StatusListRow, (city, number))
        return row.document if row is not None and row.document else None

    def sign_again(self, city: str) -> None:
        """Have all lists of a city signed anew, such as after a key leaked."""
        for row in self._unit.orm.exec(select(StatusListRow).where(StatusListRow.city == city)):
            row.changed_at = self._unit.now
            self._unit.orm.add(row)
        self._unit.orm.flush()

    def _newest(self, city: str) -> StatusListRow | None:
        query = select(StatusListRow).where(StatusListRow.city == city)
        newest_first = query.order_by(col(StatusListRow.number).desc()).with_for_update()
        return self._unit.orm.exec(newest_first.limit(1)).first()

    def _revoked(self, city: str, number: int) -> tuple[int, ...]:
        query = select(StatusEntryRow.entry).where(
            StatusEntryRow.city == city,
            StatusEntryRow.number == number,
            col(StatusEntryRow.revoked_at).is_not(None),
        )
        return tuple(self._unit.orm.exec(query).all())


class Achievements(Repository):
    """What was ever awarded, as it was when it was."""

    __slots__ = ()

    def publish(self, achievement: PublishedAchievement) -> None:
        """Keep an achievement; what stands at its address already stays."""
        key = _key(achievement)
        if self._unit.orm.get(AchievementRow, key) is None:
            row = AchievementRow(
                city=achievement.city,
                achievement=achievement.achievement,
                version=achievement.version,
                language=achievement.language,
                plan=achievement.plan,
                document=orjson.dumps(achievement.document).decode(),
                art=orjson.dumps(dict(achievement.art)).decode(),
                made_at=self._unit.now,
            )
            self._unit.orm.add(row)
            self._unit.orm.flush()

    def find(
        self, city: str, achievement: str, version: str, language: str
    ) -> PublishedAchievement | None:
        """Return an achievement; None where it was never awarded."""
        row = self._unit.orm.get(AchievementRow, (city, achievement, version, language))
        if row is None:
            return None
        return PublishedAchievement(
            row.city,
            row.achievement,
            row.version,
            row.language,
            row.plan,
            orjson.loads(row.document),
            orjson.loads(row.art),
        )


def _key(one: PublishedAchievement) -> tuple[str, str, str, str]:
    return one.city, one.achievement, one.version, one.language
