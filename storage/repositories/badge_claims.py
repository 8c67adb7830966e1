"""How people claim badges: class codes, claims, and links that one person may use once.

Whoever teaches is a `Teacher`: no code that is not theirs to reach is there for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Literal

import orjson
from sqlmodel import and_, col, false, func, or_, select, true, update

from bot.badges.addresses import new_token
from bot.badges.codes import as_typed
from bot.badges.held import Claim, ClassCode
from bot.badges.planning import About
from bot.errors import Conflict, NotFound, Refused
from bot.people import Teacher, organisation_key
from bot.people.staff import token_hash
from storage.repositories.repository import Repository
from storage.tables.badges import ClaimRow, ClassCodeRow

CLAIM_LINK_LASTS = timedelta(days=60)
MOST_DRAWS = 50
LONGEST_CALLED = 60
MOST_DECIDED = 1000
MISSED = "missed"
"""The state of a row that says only that a code was tried which led to nothing."""


class ClassCodes(Repository):
    """Codes of providers and what people claimed with them."""

    __slots__ = ()

    def make(
        self,
        maker: str,
        city: str,
        plan: str,
        about: About,
        new_words: Callable[[], str],
        *,
        course: str,
        provider: str = "",
        instance: str = "",
        lasts: timedelta = timedelta(hours=12),
        most_uses: int | None = None,
        needs_approval: bool = True,
    ) -> ClassCode:
        """Make a code for the people in a room.

        Args:
            maker: The person who makes it.
            new_words: Draws code words (`bot.badges.codes`), again where they are in use.
            provider: Whose course it is.
            most_uses: 1 for one person, None for as many as come.
        """
        now = self._unit.now
        row = ClassCodeRow(
            id=self._unit.new_id(),
            city=city,
            made_by=maker,
            plan=plan,
            course=course,
            instance=instance,
            organisation=organisation_key(provider),
            about=_dump(about),
            words=self._free_words(city, new_words),
            token=new_token(),
            most_uses=most_uses,
            needs_approval=needs_approval,
            made_at=now,
            expires_at=now + lasts,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _code(row)

    def list_made(self, maker: str, limit: int = 50) -> list[ClassCode]:
        """Return the codes that somebody made, newest first."""
        query = select(ClassCodeRow).where(ClassCodeRow.made_by == maker)
        rows = self._unit.orm.exec(query.order_by(col(ClassCodeRow.id).desc()).limit(limit))
        return [_code(row) for row in rows.all()]

    def count_open(self, maker: str) -> int:
        """Return how many codes of somebody still take people."""
        query = select(func.count()).where(
            ClassCodeRow.made_by == maker,
            col(ClassCodeRow.revoked_at).is_(None),
            ClassCodeRow.expires_at > self._unit.now,
        )
        return int(self._unit.orm.exec(query).one())

    def list_of(
        self, teacher: Teacher, city: str, *, skip: int = 0, limit: int = 50
    ) -> list[ClassCode]:
        """Return the codes of a city that are a teacher's to reach, newest first."""
        query = select(ClassCodeRow).where(_reached(teacher, city))
        query = query.order_by(col(ClassCodeRow.id).desc()).offset(skip).limit(limit)
        return [_code(row) for row in self._unit.orm.exec(query).all()]

    def count_of(self, teacher: Teacher, city: str) -> int:
        """Return how many codes of a city are a teacher's to reach."""
        query = select(func.count()).select_from(ClassCodeRow).where(_reached(teacher, city))
        return int(self._unit.orm.exec(query).one())

    def get(self, teacher: Teacher, code: str) -> ClassCode:
        """Return a code.

        Raises:
            NotFound: It is none of theirs.
        """
        return _code(self._own(teacher, code))

    def revoke(self, teacher: Teacher, code: str) -> None:
        """End a code and its unused links before their time; claims that were made stay.

        Raises:
            NotFound: It is none of theirs.
        """
        self.end(self._own(teacher, code).id)

    def end(self, code: str) -> None:
        """End a code, whoever asks: its maker may no longer teach what it is for."""
        row = self._unit.orm.get_one(ClassCodeRow, code)
        row.revoked_at = row.revoked_at or self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()

    def use(self, person: str, city: str, typed: str, called: str = "") -> Claim:
        """Claim a badge with the words of a code or the token of its link.

        Doing it again is the same claim. An unknown code and one of another city look alike.

        Args:
            called: The name by which they want the provider to know them.

        Raises:
            Refused: "badges.code.unknown", "badges.code.over", "badges.code.used_up", or
                "badges.code.own": nobody gives themselves a badge.
        """
        row = self._typed(city, typed)
        if row is None:
            return self._use_link(person, city, typed, called)
        if row.made_by == person:
            raise Refused("badges.code.own")
        known = self._claim_of(person, row.id)
        if known is not None:
            return _claim(known)
        if row.revoked_at is not None or row.expires_at <= self._unit.now:
            raise Refused("badges.code.over")
        if row.most_uses is not None and row.uses >= row.most_uses:
            raise Refused("badges.code.used_up")
        row.uses += 1
        self._unit.orm.add(row)
        claim = ClaimRow(
            id=self._unit.new_id(),
            city=row.city,
            code=row.id,
            person=person,
            plan=row.plan,
            course=row.course,
            instance=row.instance,
            about=row.about,
            called=called[:LONGEST_CALLED],
            state="waiting" if row.needs_approval else "approved",
            asked_at=self._unit.now,
            expires_at=row.expires_at,
            decided_at=None if row.needs_approval else self._unit.now,
        )
        self._unit.orm.add(claim)
        self._unit.orm.flush()
        return _claim(claim)

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

    def count_misses(self, person: str, since: timedelta) -> int:
        """Return how many codes that led to nothing a person tried lately."""
        query = select(ClaimRow.id).where(
            ClaimRow.person == person,
            ClaimRow.code == "",
            ClaimRow.asked_at > self._unit.now - since,
        )
        return len(self._unit.orm.exec(query.limit(100)).all())

    def make_links(self, teacher: Teacher, code: str, count: int) -> list[str]:
        """Return tokens of links for people who were not in the room: each works once.

        Raises:
            NotFound: The code is none of theirs.
        """
        row = self._own(teacher, code)
        tokens = [new_token() for _ in range(count)]
        for token in tokens:
            claim = ClaimRow(
                id=self._unit.new_id(),
                city=row.city,
                code=row.id,
                token_hash=token_hash(token),
                plan=row.plan,
                course=row.course,
                instance=row.instance,
                about=row.about,
                state="offered",
                asked_at=self._unit.now,
                expires_at=self._unit.now + CLAIM_LINK_LASTS,
            )
            self._unit.orm.add(claim)
        self._unit.orm.flush()
        return tokens

    def count_links(self, teacher: Teacher, code: str) -> int:
        """Return how many links were made with a code and are not used yet.

        Raises:
            NotFound: The code is none of theirs.
        """
        own = self._own(teacher, code)
        query = select(func.count()).where(ClaimRow.code == own.id, ClaimRow.state == "offered")
        return int(self._unit.orm.exec(query).one())

    def count_waiting(self, teacher: Teacher, codes: Sequence[str]) -> dict[str, int]:
        """Return how many claims wait for each of some codes; none where none wait."""
        found = self._unit.orm.exec(select(ClassCodeRow).where(col(ClassCodeRow.id).in_(codes)))
        own = [row.id for row in found.all() if _is_reached(teacher, row)]
        query = (
            select(ClaimRow.code, func.count())
            .where(col(ClaimRow.code).in_(own), ClaimRow.state == "waiting")
            .group_by(ClaimRow.code)
        )
        return {code: int(count) for code, count in self._unit.orm.exec(query).all()}

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
        query = select(ClaimRow).where(ClaimRow.code == own.id, ClaimRow.state != "offered")
        if state:
            query = query.where(ClaimRow.state == state)
        query = query.order_by(col(ClaimRow.id)).offset(skip).limit(limit)
        return [_claim(row) for row in self._unit.orm.exec(query).all()]

    def get_claim(self, teacher: Teacher, code: str, claim: str) -> Claim:
        """Return a claim with a code.

        Raises:
            NotFound: The code is none of theirs, or nobody claimed that with it.
        """
        own, row = self._own(teacher, code), self._unit.orm.get(ClaimRow, claim)
        if row is None or row.code != own.id or row.state == "offered":
            raise NotFound("There is no such claim.")
        return _claim(row)

    def decide(
        self, teacher: Teacher, code: str, claims: Sequence[str] | None, *, is_approved: bool
    ) -> int:
        """Approve or refuse claims that wait; return how many it changed.

        Whoever is approved is given the badge by `unit.class_codes.list_due`, some at a time.

        Args:
            claims: Which; None for all that wait.

        Raises:
            NotFound: The code is none of theirs.
        """
        own = self._own(teacher, code)
        statement = update(ClaimRow).where(
            col(ClaimRow.code) == own.id, col(ClaimRow.state) == "waiting"
        )
        if claims is not None:
            statement = statement.where(col(ClaimRow.id).in_(claims[:MOST_DECIDED]))
        state = "approved" if is_approved else "refused"
        decided = statement.values(state=state, decided_at=self._unit.now)
        self._unit.orm.flush()
        count = int(self._unit.connection.execute(decided).rowcount)
        self._unit.orm.expire_all()
        return count

    def list_due(self, limit: int) -> list[Claim]:
        """Return approved claims whose badge was not given yet, oldest first."""
        query = select(ClaimRow).where(ClaimRow.state == "approved", ClaimRow.credential == "")
        rows = self._unit.orm.exec(query.order_by(col(ClaimRow.id)).limit(limit)).all()
        return [_claim(row) for row in rows]

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

    def _use_link(self, person: str, city: str, token: str, called: str) -> Claim:
        query = select(ClaimRow).where(ClaimRow.token_hash == token_hash(token))
        row = self._unit.orm.exec(query.with_for_update()).first()
        if row is None or row.city != city:
            raise Refused("badges.code.unknown")
        if row.person == person:
            return _claim(row)
        if row.state != "offered":
            raise Refused("badges.code.used_up")
        made_with = self._unit.orm.get(ClassCodeRow, row.code)
        # Whoever was erased gives nothing any more.
        if made_with is None or made_with.revoked_at or row.expires_at <= self._unit.now:
            raise Refused("badges.code.over")
        if made_with.made_by == person:
            raise Refused("badges.code.own")
        known = self._claim_of(person, row.code)
        if known is not None:
            return _claim(known)
        row.person, row.called = person, called[:LONGEST_CALLED]
        row.state, row.decided_at = "approved", self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _claim(row)

    def _typed(self, city: str, typed: str) -> ClassCodeRow | None:
        by_words = select(ClassCodeRow).where(
            ClassCodeRow.city == city, ClassCodeRow.words == as_typed(typed)
        )
        by_token = select(ClassCodeRow).where(
            ClassCodeRow.city == city, ClassCodeRow.token == typed.strip()
        )
        for query in (by_words, by_token):
            row = self._unit.orm.exec(query.with_for_update()).first()
            if row is not None:
                return row
        return None

    def _claim_of(self, person: str, code: str) -> ClaimRow | None:
        query = select(ClaimRow).where(ClaimRow.person == person, ClaimRow.code == code)
        return self._unit.orm.exec(query).first()

    def _own(self, teacher: Teacher, code: str) -> ClassCodeRow:
        row = self._unit.orm.get(ClassCodeRow, code)
        if row is None or not _is_reached(teacher, row):
            raise NotFound("There is no such code.")
        return row

    def _free_words(self, city: str, new_words: Callable[[], str]) -> str:
        for _ in range(MOST_DRAWS):
            words = new_words()
            if self._typed(city, words) is None:
                return words
        raise Conflict("No words are free.")


def _is_reached(teacher: Teacher, row: ClassCodeRow) -> bool:
    return teacher.reaches(row.city, row.organisation, row.made_by)


def _reached(teacher: Teacher, city: str) -> Any:
    """Return the same as a condition: which codes of a city a teacher reaches."""
    here, own = col(ClassCodeRow.city) == city, teacher.organisations(city)
    if teacher.is_staff(city):
        return here
    if not own:
        return false()
    organisation = col(ClassCodeRow.organisation)
    of_theirs = organisation.in_(own - {""})
    nameless = true() if "" in own else organisation == ""
    made = and_(col(ClassCodeRow.made_by) == teacher.person, nameless)
    return and_(here, or_(of_theirs, made))


def _dump(about: About) -> str:
    return orjson.dumps(about.to_json()).decode()


def _about(text: str) -> About:
    return About.from_json(orjson.loads(text))


def _code(row: ClassCodeRow) -> ClassCode:
    return ClassCode(
        id=row.id,
        city=row.city,
        made_by=row.made_by,
        plan=row.plan,
        course=row.course,
        instance=row.instance,
        about=_about(row.about),
        words=row.words,
        token=row.token,
        expires_at=row.expires_at,
        most_uses=row.most_uses,
        uses=row.uses,
        needs_approval=row.needs_approval,
        revoked_at=row.revoked_at,
        organisation=row.organisation,
    )


def _claim(row: ClaimRow) -> Claim:
    state: Literal["offered", "waiting", "approved", "refused"] = row.state  # type: ignore[assignment]
    return Claim(
        id=row.id,
        city=row.city,
        code=row.code,
        plan=row.plan,
        course=row.course,
        instance=row.instance,
        about=_about(row.about),
        state=state,
        asked_at=row.asked_at,
        person=row.person or "",
        called=row.called,
        credential=row.credential,
    )
