"""How people claim badges: class codes, claims, and links that one person may use once.

Whoever teaches is a `Teacher`: no code that is not theirs to reach is there for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sqlmodel import and_, case, col, func, or_, select, update

from bot.badges.held import Claim, Untold
from bot.errors import NotFound, Refused
from bot.people import Teacher
from storage.repositories.badge_codes import about_of, is_reached
from storage.repositories.claim_links import LONGEST_CALLED, ClaimLinks, claim_of
from storage.tables.badges import ClaimRow, ClassCodeRow

MOST_DECIDED = 1000
MOST_USES = 500
"""Of a code that is for as many as come: no room is larger."""
CLAIMED = ("waiting", "approved", "refused")
"""The states of a row that somebody stands behind."""
MISSED = "missed"
"""The state of a row that says only that a code was tried which led to nothing."""
_UNNOTICED = (
    col(ClaimRow.state).in_(("waiting", "approved")),
    col(ClaimRow.noticed_at).is_(None),
    col(ClaimRow.person).is_not(None),
)


class ClassCodes(ClaimLinks):
    """Codes of providers and what people claimed with them."""

    __slots__ = ()

    def use(self, who: Teacher, city: str, typed: str, called: str = "") -> Claim:
        """Claim a badge with the words of a code or the token of its link.

        Doing it again is the same claim. An unknown code and one of another city look alike.
        Whoever could decide on the claim themselves waits for somebody else to do it.

        Args:
            who: The person, with what they may teach.
            called: The name by which they want the provider to know them.

        Raises:
            Refused: "badges.code.unknown", "badges.code.over", "badges.code.used_up", or
                "badges.code.own": nobody gives themselves a badge.
        """
        row = self._typed(city, typed)
        if row is None:
            return self._use_link(who, city, typed, called)
        known = self._open_code(who.person, row)
        if known is not None:
            return claim_of(known)
        row.uses += 1
        self._unit.orm.add(row)
        claim = self._claim_with(row, who, called)
        self._unit.orm.add(claim)
        self._unit.orm.flush()
        return claim_of(claim)

    def look_at(self, who: Teacher, city: str, typed: str) -> Claim:
        """Return what `use` would claim, as "offered", or the claim that they made before.

        Raises:
            Refused: As `use` does.
        """
        row = self._typed(city, typed)
        if row is None:
            return claim_of(self._open_link(who.person, city, typed))
        known = self._open_code(who.person, row)
        if known is not None:
            return claim_of(known)
        return replace(claim_of(self._claim_with(row, who, "")), state="offered")

    def _open_code(self, person: str, row: ClassCodeRow) -> ClaimRow | None:
        """Return the claim that a person made with a code before; None where they may make one."""
        if row.made_by == person:
            raise Refused("badges.code.own")
        known = self._claim_of(person, row.id)
        if known is not None:
            return known
        if row.revoked_at is not None or row.expires_at <= self._unit.now:
            raise Refused("badges.code.over")
        if row.uses >= (MOST_USES if row.most_uses is None else row.most_uses):
            raise Refused("badges.code.used_up")
        return None

    def _claim_with(self, row: ClassCodeRow, who: Teacher, called: str) -> ClaimRow:
        waits = row.needs_approval or is_reached(who, row)
        return ClaimRow(
            id=self._unit.new_id(),
            city=row.city,
            code=row.id,
            person=who.person,
            plan=row.plan,
            course=row.course,
            instance=row.instance,
            about=row.about,
            called=called[:LONGEST_CALLED],
            state="waiting" if waits else "approved",
            asked_at=self._unit.now,
            expires_at=row.expires_at,
            decided_at=None if waits else self._unit.now,
        )

    def count_made(self, person: str, since: timedelta, limit: int) -> int:
        """Return how many claims a person made lately, up to a limit."""
        made_at = func.coalesce(ClaimRow.decided_at, ClaimRow.asked_at)
        query = select(ClaimRow.id).where(
            ClaimRow.person == person,
            col(ClaimRow.state).in_(CLAIMED),
            made_at > self._unit.now - since,
        )
        return len(self._unit.orm.exec(query.limit(limit)).all())

    def note_miss(self, person: str, city: str) -> None:
        """Note that a person tried a code that led to nothing."""
        row = ClaimRow(
            id=self._unit.new_id(),
            city=city,
            code="",
            person=person,
            plan="",
            course="",
            instance="",
            about="",
            state=MISSED,
            asked_at=self._unit.now,
            expires_at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()

    def count_misses_in(self, city: str, since: timedelta, limit: int) -> int:
        """Return how many codes that led to nothing were tried in a city lately, up to a limit."""
        query = select(ClaimRow.id).where(
            ClaimRow.city == city,
            ClaimRow.state == MISSED,
            ClaimRow.asked_at > self._unit.now - since,
        )
        return len(self._unit.orm.exec(query.limit(limit)).all())

    def count_misses(self, person: str, since: timedelta) -> int:
        """Return how many codes that led to nothing a person tried lately."""
        query = select(ClaimRow.id).where(
            ClaimRow.person == person,
            ClaimRow.code == "",
            ClaimRow.asked_at > self._unit.now - since,
        )
        return len(self._unit.orm.exec(query.limit(100)).all())

    def count_waiting(self, teacher: Teacher, codes: Sequence[str]) -> dict[str, int]:
        """Return how many claims wait for each of some codes; none where none wait."""
        counted = self.count_states(teacher, codes)
        return {code: states["waiting"] for code, states in counted.items() if "waiting" in states}

    def count_states(self, teacher: Teacher, codes: Sequence[str]) -> dict[str, dict[str, int]]:
        """Return how many claims and unused links of some codes are in each state."""
        found = self._unit.orm.exec(select(ClassCodeRow).where(col(ClassCodeRow.id).in_(codes)))
        own = [row.id for row in found.all() if is_reached(teacher, row)]
        query = (
            select(ClaimRow.code, ClaimRow.state, func.count())
            .where(col(ClaimRow.code).in_(own))
            .group_by(ClaimRow.code, ClaimRow.state)
        )
        counted: dict[str, dict[str, int]] = {code: {} for code in own}
        for code, state, count in self._unit.orm.exec(query).all():
            counted[code][state] = int(count)
        return counted

    def list_claims(
        self, teacher: Teacher, code: str, state: str = "", *, skip: int = 0, limit: int = 500
    ) -> list[Claim]:
        """Return who claimed with a code, oldest first.

        Args:
                state: "waiting", "approved" or "refused"; empty for all.

        Raises:
            NotFound: The code is none of theirs.
        """
        own = self._own(teacher, code)
        query = select(ClaimRow).where(ClaimRow.code == own.id, col(ClaimRow.state).in_(CLAIMED))
        if state:
            query = query.where(ClaimRow.state == state)
        query = query.order_by(col(ClaimRow.id)).offset(skip).limit(limit)
        return [claim_of(row) for row in self._unit.orm.exec(query).all()]

    def get_claim(self, teacher: Teacher, code: str, claim: str) -> Claim:
        """Return a claim with a code.

        Raises:
            NotFound: The code is none of theirs, or nobody claimed that with it.
        """
        own, row = self._own(teacher, code), self._unit.orm.get(ClaimRow, claim)
        if row is None or row.code != own.id or row.state not in CLAIMED:
            raise NotFound("There is no such claim.")
        return claim_of(row)

    def decide(
        self, teacher: Teacher, code: str, claims: Sequence[str] | None, *, is_approved: bool
    ) -> int:
        """Approve or refuse claims that wait; return how many it changed. One's own stays.

        Whoever is approved is given the badge by `unit.class_codes.list_due`, some at a time.

        Args:
            claims: Which; None for all that wait.

        Raises:
            NotFound: The code is none of theirs.
        """
        own = self._own(teacher, code)
        statement = update(ClaimRow).where(
            col(ClaimRow.code) == own.id,
            col(ClaimRow.state) == "waiting",
            col(ClaimRow.person) != teacher.person,
        )
        if claims is not None:
            statement = statement.where(col(ClaimRow.id).in_(claims[:MOST_DECIDED]))
        state = "approved" if is_approved else "refused"
        now = self._unit.now
        decided = statement.values(state=state, decided_at=now, noticed_at=now, told_at=None)
        self._unit.orm.flush()
        count = int(self._unit.connection.execute(decided).rowcount)
        self._unit.orm.expire_all()
        return count

    def list_due(self, limit: int) -> list[Claim]:
        """Return approved claims whose badge was not given yet, oldest first."""
        query = select(ClaimRow).where(ClaimRow.state == "approved", ClaimRow.credential == "")
        rows = self._unit.orm.exec(query.order_by(col(ClaimRow.id)).limit(limit)).all()
        return [claim_of(row) for row in rows]

    def reopen(self, teacher: Teacher, code: str, claim: str) -> None:
        """Let a claim that was refused wait again.

        Raises:
            NotFound: The code is none of theirs, or it has no such claim.
        """
        own, row = self._own(teacher, code), self._unit.orm.get(ClaimRow, claim)
        if row is None or row.code != own.id or row.state != "refused":
            raise NotFound("There is no such claim.")
        row.state, row.decided_at, row.told_at = "waiting", None, None
        self._unit.orm.add(row)
        self._unit.orm.flush()

    def list_untold(self, waited: timedelta, limit: int) -> list[str]:
        """Return who made codes with claims that they were not told of for so long."""
        since = self._unit.now - waited
        query = (
            select(ClassCodeRow.made_by)
            .join(ClaimRow, col(ClaimRow.code) == col(ClassCodeRow.id))
            .where(*_UNNOTICED, func.coalesce(ClaimRow.decided_at, ClaimRow.asked_at) <= since)
            .distinct()
            .limit(limit)
        )
        return list(self._unit.orm.exec(query).all())

    def take_untold(self, maker: str, limit: int = 20) -> list[Untold]:
        """Return what the maker of codes was not told of, by code, and count it as told."""
        own = select(ClassCodeRow.id).where(ClassCodeRow.made_by == maker)
        waits = func.sum(case((col(ClaimRow.state) == "waiting", 1), else_=0))
        query = (
            select(ClaimRow.code, func.max(ClaimRow.about), func.count(), waits)
            .where(*_UNNOTICED, col(ClaimRow.code).in_(own))
            .group_by(ClaimRow.code)
            .order_by(col(ClaimRow.code).desc())
        )
        found = [
            Untold(code, about_of(about), int(count), int(waiting))
            for code, about, count, waiting in self._unit.orm.exec(query.limit(limit)).all()
        ]
        noted = update(ClaimRow).where(*_UNNOTICED, col(ClaimRow.code).in_(own))
        self._unit.connection.execute(noted.values(noticed_at=self._unit.now))
        self._unit.orm.expire_all()
        return found

    def list_unhelped(self, refused: timedelta, waited: timedelta, limit: int) -> list[Claim]:
        """Return claims whose learners do not know that nothing came of them, oldest first.

        Args:
            refused: How long ago they were refused at least: whoever did may think better of it.
            waited: How long they have waited for an answer at least.
        """
        since = self._unit.now - refused
        said_no = and_(ClaimRow.state == "refused", col(ClaimRow.decided_at) <= since)
        unanswered = and_(ClaimRow.state == "waiting", ClaimRow.asked_at <= self._unit.now - waited)
        query = (
            select(ClaimRow)
            .where(
                col(ClaimRow.told_at).is_(None),
                col(ClaimRow.person).is_not(None),
                or_(said_no, unanswered),
            )
            .order_by(col(ClaimRow.id))
        )
        return [claim_of(row) for row in self._unit.orm.exec(query.limit(limit)).all()]

    def count_waiting_of(self, person: str) -> int:
        """Return how many claims of a learner wait for an answer."""
        query = select(func.count()).where(ClaimRow.person == person, ClaimRow.state == "waiting")
        return int(self._unit.orm.exec(query).one())

    def mark_told(self, claims: Sequence[str]) -> None:
        """Note that the learners of these claims were told how they stand."""
        if claims:
            told = update(ClaimRow).where(col(ClaimRow.id).in_(claims))
            self._unit.connection.execute(told.values(told_at=self._unit.now))
            self._unit.orm.expire_all()

    def drop(self, claim: str) -> None:
        """Forget an approved claim whose person is gone or whose badge is offered no more."""
        row = self._unit.orm.get(ClaimRow, claim)
        if row is not None:
            self._unit.orm.delete(row)
            self._unit.orm.flush()

    def note_credential(self, claim: str, token: str) -> None:
        """Keep which badge came of an approved claim."""
        row = self._unit.orm.get(ClaimRow, claim)
        if row is not None and row.state == "approved":
            row.credential = token
            self._unit.orm.add(row)
            self._unit.orm.flush()
