"""Badges that people hold: asked for in a turn, signed soon after, revoked, erased."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import orjson
from sqlmodel import col, or_, select

from bot.badges.addresses import new_subject, new_token
from bot.badges.held import HeldBadge, NewAward, SignedBadge, SigningJob, read_wish
from bot.errors import NotFound
from bot.people.staff import token_hash
from storage.instants import micros
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.badges import BadgeRow, GoneBadgeRow

MOST_TRIES = 5
MONTH = timedelta(days=365) / 12
TRY_AGAIN = timedelta(minutes=1)
RENEW_BEFORE = timedelta(days=31)
"""So long before its end a badge can be earned anew: its holder is reminded then."""

_LEASE = Statement("""
    UPDATE badge SET leased_until = :until, tries = tries + 1,
        list_number = :number, list_index = :entry
    WHERE id = :id
""")
_STORE = Statement("""
    UPDATE badge SET document = :document, jws = :jws, pair = :pair, achievement = :achievement,
        version = :version, language = :language, is_sample = :is_sample, state = 'ready',
        problem = '', signed_at = :now, leased_until = NULL
    WHERE id = :id AND revoked_at IS NULL
""")
_MARK_TOLD = Statement("""
    UPDATE badge SET told_at = :now WHERE id = :id AND told_at IS NULL
""")
_MARK_TAKEN_TOLD = Statement("""
    UPDATE badge SET taken_told_at = :now WHERE id = :id AND taken_told_at IS NULL
""")
_ANEW = """
    UPDATE badge SET state = 'waiting', tries = 0, leased_until = NULL, told_at = NULL,
        renewed_at = CASE WHEN told_at IS NULL THEN renewed_at ELSE :now END
"""
_SIGN_AGAIN = Statement(f"{_ANEW} WHERE city = :city AND pair = :pair AND revoked_at IS NULL")
_SIGN_CONFIRMED_AGAIN = Statement(
    f"{_ANEW} WHERE pair <> '' AND wish NOT LIKE :nobody AND revoked_at IS NULL"
)


class Badges(Repository):
    """What people hold. Everything about the bits of status lists is in `unit.status_lists`."""

    __slots__ = ()

    def award(self, award: NewAward) -> tuple[str, bool]:
        """Ask for a badge; it is signed within seconds.

        Who holds the same one already, good or on its way, is given no second, unless it ends
        soon.

        Returns:
            The token of its address, and whether it is new.
        """
        for held in self._same(award.person, award.plan, award.about.key):
            if held.revoked_at is None and not _is_over(held, self._unit.now + RENEW_BEFORE):
                return held.token, False
        now = self._unit.now
        row = BadgeRow(
            id=self._unit.new_id(),
            city=award.city,
            person=award.person,
            token=new_token(),
            plan=award.plan,
            about=award.about.key,
            wish=orjson.dumps(award.to_json()).decode(),
            subject=new_subject(),
            language=award.language,
            awarded_at=now,
            valid_until=now + MONTH * award.months if award.months else None,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return row.token, True

    def list_of(self, person: str, limit: int = 500) -> list[HeldBadge]:
        """Return what a person holds or held, newest first, revoked and expired ones too."""
        query = select(BadgeRow).where(BadgeRow.person == person).order_by(col(BadgeRow.id).desc())
        return [_held(row) for row in self._unit.orm.exec(query.limit(limit)).all()]

    def find(self, token: str) -> HeldBadge | None:
        """Return a badge by the token of its address."""
        row = self._at(token)
        return None if row is None else _held(row)

    def get(self, person: str, token: str) -> HeldBadge:
        """Return a person's own badge.

        Raises:
            NotFound: There is none, or it is somebody else's.
        """
        return _held(self._own(person, token))

    def find_confirmed(self, person: str, endorser: str) -> HeldBadge | None:
        """Return a person's newest badge in which a confirmation stands, good or not."""
        held = (one for one in self.list_of(person) if one.endorsers)
        return next((one for one in held if endorser in [by.id for by in one.endorsers]), None)

    def is_gone(self, token: str) -> bool:
        """Whether there was a badge at an address that was erased."""
        return self._unit.orm.get(GoneBadgeRow, token_hash(token)) is not None

    def show(self, person: str, token: str, *, is_shown: bool, shown_as: str = "") -> None:
        """Open a badge's page to everybody with its address, or close it at once.

        Args:
            shown_as: The name that its holder chose to show there; empty for none.

        Raises:
            NotFound: It is none of theirs.
        """
        row = self._own(person, token)
        row.is_shown, row.shown_as = is_shown, shown_as if is_shown else ""
        self._unit.orm.add(row)
        self._unit.orm.flush()

    # -- signing -------------------------------------------------------------------------------

    def claim(self, limit: int, until: datetime) -> list[SigningJob]:
        """Take badges that wait to be signed; nobody else takes them before `until`."""
        query = (
            select(BadgeRow)
            .where(
                BadgeRow.state == "waiting",
                col(BadgeRow.revoked_at).is_(None),
                or_(
                    col(BadgeRow.leased_until).is_(None),
                    col(BadgeRow.leased_until) <= self._unit.now,
                ),
            )
            .order_by(col(BadgeRow.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        rows = self._unit.orm.exec(query).all()
        bits = self._bits([row for row in rows if row.list_index is None])
        leases = []
        for row in rows:
            number, index = bits.get(row.id) or (row.list_number, row.list_index)
            leases.append({"id": row.id, "number": number, "entry": index, "until": micros(until)})
        self._unit.run_many(_LEASE, leases)
        return [
            _job(row, int(lease["number"] or 0), int(lease["entry"] or 0))
            for row, lease in zip(rows, leases, strict=True)
        ]

    def _bits(self, rows: Sequence[BadgeRow]) -> dict[str, tuple[int, int]]:
        """Take a bit of a list for each of some badges, city by city."""
        found: dict[str, tuple[int, int]] = {}
        for city in {row.city for row in rows}:
            theirs = [row.id for row in rows if row.city == city]
            taken = self._unit.status_lists.take(city, len(theirs))
            found |= dict(zip(theirs, taken, strict=True))
        return found

    def store(self, signed: Sequence[SignedBadge]) -> None:
        """Keep the signed forms of badges; one that was revoked or erased meanwhile stays so."""
        now = micros(self._unit.now)
        values = [
            {
                "id": one.id,
                "document": one.signed.document,
                "jws": one.signed.jws,
                "pair": one.signed.keys,
                "achievement": one.achievement,
                "version": one.version,
                "language": one.language,
                "is_sample": one.is_sample,
                "now": now,
            }
            for one in signed
        ]
        self._unit.orm.flush()
        self._unit.run_many(_STORE, values)
        self._unit.orm.expire_all()

    def fail(self, badge: str, problem: str, *, is_final: bool = False) -> None:
        """Note that a badge could not be signed; it is tried five times, later each time."""
        row = self._unit.orm.get(BadgeRow, badge)
        if row is None:
            return
        row.problem = problem[:500]
        row.leased_until = self._unit.now + TRY_AGAIN * row.tries
        if is_final or row.tries >= MOST_TRIES:
            row.state = "failed"
        self._unit.orm.add(row)
        self._unit.orm.flush()

    def sign_again(self, city: str, pair: str) -> int:
        """Have everything signed anew that a pair of keys signed; return how many badges.

        They keep their addresses and their days; what was handed out before stops counting, so
        their holders are told.
        """
        values = {"city": city, "pair": pair, "now": micros(self._unit.now)}
        return self._unit.run(_SIGN_AGAIN, values)

    def sign_confirmed_again(self) -> int:
        """Have all signed anew that somebody confirmed, as `sign_again` does: the host's keys sign
        what they said."""
        nobody = orjson.dumps({"endorsers": []}).decode()[1:-1]
        values = {"nobody": f"%{nobody}%", "now": micros(self._unit.now)}
        return self._unit.run(_SIGN_CONFIRMED_AGAIN, values)

    def is_waiting(self) -> bool:
        """Whether any badge waits to be signed; asked often, so it takes nothing."""
        query = select(BadgeRow.id).where(BadgeRow.state == "waiting").limit(1)
        return self._unit.orm.exec(query).first() is not None

    # -- telling -------------------------------------------------------------------------------

    def list_untold(self, limit: int = 100) -> list[HeldBadge]:
        """Return signed badges whose holders do not know yet that they are there, oldest first."""
        query = (
            select(BadgeRow)
            .where(
                BadgeRow.state == "ready",
                col(BadgeRow.told_at).is_(None),
                col(BadgeRow.revoked_at).is_(None),
            )
            .order_by(col(BadgeRow.id))
        )
        return [_held(row) for row in self._unit.orm.exec(query.limit(limit)).all()]

    def mark_told(self, badges: Sequence[str]) -> None:
        """Note that the holders of these badges were told."""
        for badge in badges:
            self._unit.run(_MARK_TOLD, {"now": micros(self._unit.now), "id": badge})

    def list_taken_untold(self, limit: int = 100) -> list[HeldBadge]:
        """Return badges that were taken back of which their holders do not know it, oldest first.

        Whoever was never told of a badge need not hear that it is gone.
        """
        query = (
            select(BadgeRow)
            .where(
                col(BadgeRow.taken_told_at).is_(None),
                col(BadgeRow.revoked_at).is_not(None),
                or_(col(BadgeRow.told_at).is_not(None), col(BadgeRow.renewed_at).is_not(None)),
            )
            .order_by(col(BadgeRow.id))
        )
        return [_held(row) for row in self._unit.orm.exec(query.limit(limit)).all()]

    def mark_taken_told(self, badges: Sequence[str]) -> None:
        """Note that the holders of these badges were told that they were taken back."""
        for badge in badges:
            self._unit.run(_MARK_TAKEN_TOLD, {"now": micros(self._unit.now), "id": badge})

    # -- taking back ---------------------------------------------------------------------------

    def revoke(self, city: str, token: str, reason: str) -> None:
        """Take a badge back.

        Args:
            city: Whose it is; another city's badges are not found.
            reason: The id of the text that says why.

        Raises:
            NotFound: The city has no such badge.
        """
        row = self._at(token)
        if row is None or row.city != city:
            raise NotFound("There is no such badge.")
        if row.revoked_at is None:
            row.revoked_at, row.reason = self._unit.now, reason
            self._revoke_entry(row)
            self._unit.orm.add(row)
            self._unit.orm.flush()

    def forget(self, person: str, limit: int) -> int:
        """Take back and delete at most so many badges of a person; return how many.

        What is left of each is a bit that says that some badge was revoked, and the hash of an
        address that answers that it is gone.
        """
        query = select(BadgeRow).where(BadgeRow.person == person).limit(limit)
        rows = self._unit.orm.exec(query).all()
        for row in rows:
            self._erase(row)
        self._unit.orm.flush()
        return len(rows)

    def erase(self, person: str, token: str) -> None:
        """Take back and delete one badge of a person, as `forget` does.

        Raises:
            NotFound: It is none of theirs.
        """
        self._erase(self._own(person, token))
        self._unit.orm.flush()

    def _erase(self, row: BadgeRow) -> None:
        self._revoke_entry(row)
        self._unit.backpack.drop(row.id)
        gone = token_hash(row.token)
        if self._unit.orm.get(GoneBadgeRow, gone) is None:
            self._unit.orm.add(GoneBadgeRow(token_hash=gone, gone_at=self._unit.now))
        self._unit.orm.delete(row)

    def _revoke_entry(self, row: BadgeRow) -> None:
        if row.list_number is not None and row.list_index is not None:
            self._unit.status_lists.revoke(row.city, row.list_number, row.list_index)

    def _same(self, person: str, plan: str, about: str) -> Sequence[BadgeRow]:
        query = select(BadgeRow).where(
            BadgeRow.person == person,
            BadgeRow.plan == plan,
            BadgeRow.about == about,
            BadgeRow.state != "failed",
        )
        return self._unit.orm.exec(query).all()

    def _at(self, token: str) -> BadgeRow | None:
        return self._unit.orm.exec(select(BadgeRow).where(BadgeRow.token == token)).first()

    def _own(self, person: str, token: str) -> BadgeRow:
        row = self._at(token)
        if row is None or row.person != person:
            raise NotFound("There is no such badge.")
        return row


def _is_over(row: BadgeRow, now: datetime) -> bool:
    return row.valid_until is not None and row.valid_until <= now


def _held(row: BadgeRow) -> HeldBadge:
    wish = read_wish(orjson.loads(row.wish))
    return HeldBadge(
        id=row.id,
        city=row.city,
        person=row.person,
        token=row.token,
        plan=row.plan,
        about=row.about,
        state=row.state,  # type: ignore[arg-type]  # the states are written here alone
        awarded_at=row.awarded_at,
        achievement=row.achievement,
        version=row.version,
        language=row.language,
        document=row.document,
        jws=row.jws,
        pair=row.pair,
        valid_until=row.valid_until,
        revoked_at=row.revoked_at,
        reason=row.reason,
        told_at=row.told_at,
        renewed_at=row.renewed_at,
        is_sample=row.is_sample,
        is_shown=row.is_shown,
        shown_as=row.shown_as,
        what=wish["about"],
        endorsers=wish["endorsers"],
    )


def _job(row: BadgeRow, number: int, index: int) -> SigningJob:
    return SigningJob(
        id=row.id,
        city=row.city,
        token=row.token,
        subject=row.subject,
        plan=row.plan,
        language=row.language,
        awarded_at=row.awarded_at,
        valid_until=row.valid_until,
        list_number=number,
        list_index=index,
        **read_wish(orjson.loads(row.wish)),
    )
