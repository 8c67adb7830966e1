"""Asking somebody with a name to confirm what a person learned outside courses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import orjson
from sqlmodel import and_, col, or_, select

from bot.badges.addresses import new_token
from bot.badges.held import EndorsementRequest
from bot.badges.planning import About
from bot.errors import NotFound, Refused
from bot.people.staff import token_hash
from storage.instants import micros
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.badges import EndorsementRow

REQUEST_LASTS = timedelta(days=30)
MOST_OPEN = 10
LONGEST_CALLED, LONGEST_WORDS = 80, 1000
_MARK_TOLD = Statement("""
    UPDATE badge_endorsement SET told_at = :now WHERE id = :id AND told_at IS NULL
""")


class Endorsements(Repository):
    """Requests to confirm, each with a link that whoever confirms opens."""

    __slots__ = ()

    def ask(
        self,
        person: str,
        city: str,
        plan: str,
        about: About,
        *,
        called: str,
        narrative: str,
        language: str = "en",
    ) -> tuple[str, EndorsementRequest]:
        """Ask somebody to confirm; return the token of the link that they are sent.

        Args:
            called: What the person calls them, such as "Central Library".
            narrative: What the person says that they learned and did.

        Raises:
            Refused: "badges.endorsement.too_many": that many are waiting already.
        """
        now = self._unit.now
        asked = (one for one in self.list_of(person) if one.state == "asked")
        if sum(one.expires_at > now for one in asked) >= MOST_OPEN:
            raise Refused("badges.endorsement.too_many")
        token = new_token()
        row = EndorsementRow(
            id=self._unit.new_id(),
            city=city,
            person=person,
            plan=plan,
            about=orjson.dumps(about.to_json()).decode(),
            language=language,
            endorser=new_token(),
            called=called[:LONGEST_CALLED],
            narrative=narrative[:LONGEST_WORDS],
            token_hash=token_hash(token),
            asked_at=now,
            expires_at=now + REQUEST_LASTS,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return token, _request(row)

    def list_of(self, person: str, limit: int = 50) -> list[EndorsementRequest]:
        """Return what a person asked to have confirmed, newest first."""
        query = select(EndorsementRow).where(EndorsementRow.person == person)
        rows = self._unit.orm.exec(query.order_by(col(EndorsementRow.id).desc()).limit(limit))
        return [_request(row) for row in rows.all()]

    def find(self, token: str) -> EndorsementRequest | None:
        """Return what a link asks to confirm, while it can still be answered."""
        row = self._at(token)
        if row is None or row.state != "asked" or row.expires_at <= self._unit.now:
            return None
        return _request(row)

    def answer(
        self, token: str, *, is_given: bool, called: str = "", comment: str = ""
    ) -> EndorsementRequest:
        """Confirm or refuse, once.

        Args:
            called: The name with which they confirm, where it is not what the person wrote.

        Raises:
            Refused: "badges.endorsement.unknown", ".answered" or ".over".
        """
        row = self._at(token, is_taking=True)
        if row is None:
            raise Refused("badges.endorsement.unknown")
        if row.state != "asked":
            raise Refused("badges.endorsement.answered")
        if row.expires_at <= self._unit.now:
            raise Refused("badges.endorsement.over")
        row.state = "given" if is_given else "refused"
        row.called = called[:LONGEST_CALLED] or row.called
        row.comment, row.decided_at = comment[:LONGEST_WORDS], self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _request(row)

    def find_answered(self, token: str) -> EndorsementRequest | None:
        """Return what was confirmed with a link, while that can be taken back with it."""
        row = self._at(token)
        return None if row is None or row.state != "given" else _request(row)

    def take_back(self, token: str) -> EndorsementRequest:
        """Take a confirmation back, by whoever has its link.

        Raises:
            Refused: "badges.endorsement.unknown": nothing stands confirmed with it.
        """
        row = self._at(token, is_taking=True)
        if row is None or row.state != "given":
            raise Refused("badges.endorsement.unknown")
        row.state, row.decided_at = "taken", self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _request(row)

    def find_given(self, person: str, plan: str, about: str) -> EndorsementRequest | None:
        """Return who confirmed a badge of a person last, and how."""
        given = (one for one in self.list_of(person) if one.state == "given")
        return next((one for one in given if (one.plan, one.about.key) == (plan, about)), None)

    def list_untold(self, limit: int = 100) -> list[EndorsementRequest]:
        """Return requests that came to nothing of which nobody told the person, oldest first.

        One that was never answered is still "asked" when its time is over.
        """
        is_over = and_(
            EndorsementRow.state == "asked", col(EndorsementRow.expires_at) <= self._unit.now
        )
        query = (
            select(EndorsementRow)
            .where(
                col(EndorsementRow.told_at).is_(None),
                or_(col(EndorsementRow.state).in_(("refused", "taken")), is_over),
            )
            .order_by(col(EndorsementRow.id))
        )
        return [_request(row) for row in self._unit.orm.exec(query.limit(limit)).all()]

    def mark_told(self, requests: Sequence[str]) -> None:
        """Note that the persons of these requests were told what came of them."""
        for request in requests:
            self._unit.run(_MARK_TOLD, {"now": micros(self._unit.now), "id": request})

    def withdraw(self, person: str, request: str) -> None:
        """Take a request back; its link asks nothing any more.

        Raises:
            NotFound: It is none of theirs, or was answered.
        """
        row = self._unit.orm.get(EndorsementRow, request)
        if row is None or row.person != person or row.state != "asked":
            raise NotFound("There is no such request.")
        self._unit.orm.delete(row)
        self._unit.orm.flush()

    def _at(self, token: str, *, is_taking: bool = False) -> EndorsementRow | None:
        query = select(EndorsementRow).where(EndorsementRow.token_hash == token_hash(token))
        return self._unit.orm.exec(query.with_for_update() if is_taking else query).first()


def _request(row: EndorsementRow) -> EndorsementRequest:
    return EndorsementRequest(
        id=row.id,
        city=row.city,
        person=row.person,
        plan=row.plan,
        about=About.from_json(orjson.loads(row.about)),
        language=row.language,
        endorser=row.endorser,
        called=row.called,
        narrative=row.narrative,
        state=row.state,  # type: ignore[arg-type]  # the states are written here alone
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        comment=row.comment,
        decided_at=row.decided_at,
    )
