"""Residents who let themselves be invited, their invitations, and what they share."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import orjson
from sqlmodel import col, select

from bot.cv.records import Cv, CvMaterial
from bot.errors import NotFound, Refused
from bot.people.consent import Purpose
from bot.talent.records import Answer, Invited, Shared
from storage.instants import micros
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.talent import OpportunityRow, WorkInvitationRow, WorkProfileRow

TOKEN_BYTES: Final = 16
MOST_LISTED: Final = 200

_CONSENTING = Statement("""
    SELECT DISTINCT person FROM standing_consent
    WHERE purpose = :purpose AND is_given = TRUE AND person > :after
    ORDER BY person LIMIT :most
""")
_MAY_BE_INVITED = Statement("""
    SELECT w.skills FROM person AS p JOIN work_profile AS w ON w.person = p.id
    WHERE p.id = :person AND p.city = :city AND p.age_band = '18-plus' AND p.notice_at IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM erasure_due AS e WHERE e.person = p.id)
      AND NOT EXISTS (
        SELECT 1 FROM standing_consent AS n
        WHERE n.person = p.id AND n.purpose = 'campaigns' AND n.is_given = FALSE)
""")
_WAS_INVITED = Statement("""
    SELECT 1 FROM work_invitation WHERE opportunity = :opportunity AND person = :person
""")
_HOW_OFTEN = Statement("""
    SELECT (SELECT COUNT(*) FROM work_invitation WHERE person = :person AND sent_at >= :since) + (
        SELECT COUNT(*) FROM delivery AS d JOIN broadcast AS b ON b.id = d.broadcast
        WHERE d.person = :person AND d.state IN ('sent', 'in_doubt', 'claimed')
          AND d.claimed_at >= :since AND b.is_test = FALSE AND d.consent <> '')
""")
_ADD = Statement("""
    INSERT INTO work_invitation (id, opportunity, city, person, answer, because, parts, shown_as,
                                 contact, message, news, is_told, sent_at, until_at)
    VALUES (:id, :opportunity, :city, :person, '', :because, '[]', '', '', '', '', FALSE,
            :now, :until)
    ON CONFLICT (opportunity, person) DO NOTHING
""")
_TELL_ALL = Statement("""
    UPDATE work_invitation SET news = :news
    WHERE opportunity = :opportunity AND answer IN ('', 'later', 'shared')
      AND (news = '' OR :news = 'stopped')
""")
_MOVE_END = Statement("""
    UPDATE work_invitation SET until_at = :until
    WHERE opportunity = :opportunity AND until_at <> :until
""")
_HOW_MANY = Statement("SELECT COUNT(*) FROM work_invitation WHERE opportunity = :opportunity")
_NOT_SENT = Statement("""
    UPDATE outbox SET state = 'cancelled', done_at = :now
    WHERE dedupe_key >= :first AND dedupe_key < :last AND done_at IS NULL AND state = 'waiting'
""")


class InvitedPeople(Repository):
    """An employer's side is given only what people shared; who else was invited it never learns."""

    __slots__ = ()

    # -- what people choose --------------------------------------------------------------------

    def skills(self, person: str) -> list[str]:
        """Return the codes of the skills that a person lets employers look for."""
        row = self._unit.orm.get(WorkProfileRow, person)
        return [] if row is None else list(orjson.loads(row.skills))

    def choose(self, person: str, city: str, codes: Sequence[str]) -> None:
        """Let these be the skills that employers may look for, and no others."""
        row = self._unit.orm.get(WorkProfileRow, person)
        row = row or WorkProfileRow(person=person, city=city, changed_at=self._unit.now)
        row.skills, row.city = orjson.dumps(list(codes)).decode(), city
        row.changed_at = self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()

    # -- inviting ------------------------------------------------------------------------------

    def list_consenting(self, purpose: Purpose, after: str, limit: int) -> list[str]:
        """Return the next people who agreed to a purpose, by their ids."""
        values = {"purpose": purpose.value, "after": after, "most": limit}
        return [str(row[0]) for row in self._unit.fetch(_CONSENTING, values)]

    def findable(self, person: str, city: str) -> list[str] | None:
        """Return the skills by which a person may be found; None where nobody may invite them.

        They are adults of the city who did not stop all messages.
        """
        rows = self._unit.fetch(_MAY_BE_INVITED, {"person": person, "city": city})
        return list(orjson.loads(rows[0][0])) if rows else None

    def was_invited(self, opportunity: str, person: str) -> bool:
        """Tell whether a person was ever invited to an opportunity."""
        values = {"opportunity": opportunity, "person": person}
        return bool(self._unit.fetch(_WAS_INVITED, values))

    def count_invited(self, opportunity: str) -> int:
        """Return how many people were ever invited to an opportunity."""
        return int(self._unit.fetch(_HOW_MANY, {"opportunity": opportunity})[0][0])

    def count_since(self, person: str, since: datetime) -> int:
        """Return how many invitations and campaign messages a person got since then."""
        rows = self._unit.fetch(_HOW_OFTEN, {"person": person, "since": micros(since)})
        return int(rows[0][0])

    def invite(
        self, opportunity: str, city: str, person: str, because: str, until: datetime
    ) -> str:
        """Keep that a person is invited; return the invitation's id, empty for a second one."""
        values = {
            "id": self._unit.new_id(),
            "opportunity": opportunity,
            "city": city,
            "person": person,
            "because": because,
            "now": self._unit.now_micros,
            "until": micros(until),
        }
        return str(values["id"]) if self._unit.run(_ADD, values) == 1 else ""

    def move_end(self, opportunity: str, until: datetime) -> None:
        """Let every invitation to an opportunity last as long as that: its last day was moved.

        Who was invited, and what they said, is forgotten by that day.
        """
        self._unit.run(_MOVE_END, {"opportunity": opportunity, "until": micros(until)})

    # -- the person's side ---------------------------------------------------------------------

    def find(self, invitation: str, person: str) -> Invited | None:
        """Return an invitation of a person."""
        row = self._unit.orm.get(WorkInvitationRow, invitation)
        return _invited(row) if row is not None and row.person == person else None

    def list_of(self, person: str, limit: int = 20) -> list[Invited]:
        """Return a person's invitations, the newest first."""
        query = (
            select(WorkInvitationRow)
            .where(WorkInvitationRow.person == person)
            .order_by(col(WorkInvitationRow.sent_at).desc(), col(WorkInvitationRow.id).desc())
        )
        return [_invited(row) for row in self._unit.orm.exec(query.limit(limit)).all()]

    def answer(self, invitation: str, person: str, answer: Answer) -> Answer:
        """Keep an answer that shares nothing; return the one before. Raises NotFound."""
        row = self._own(invitation, person)
        before = Answer(row.answer)
        self._answer(row, answer)
        return before

    def share(self, invitation: str, person: str, shared: Shared) -> Shared:
        """Let the employer see this much, at an address of its own. Raises NotFound."""
        row = self._own(invitation, person)
        row.token = secrets.token_urlsafe(TOKEN_BYTES)
        row.parts = orjson.dumps(list(shared.parts)).decode()
        row.shown_as, row.contact = shared.name, shared.contact
        if row.answer != Answer.SHARED.value:
            row.is_told = False
        self._answer(row, Answer.SHARED)
        return _shared(row)

    def take_back(self, invitation: str, person: str) -> bool:
        """Share nothing any more; say whether anything was shared. Raises NotFound."""
        row = self._own(invitation, person)
        if row.answer != Answer.SHARED.value:
            return False
        self._unshare(row)
        self._answer(row, Answer.TAKEN_BACK)
        return True

    # -- the employer's side -------------------------------------------------------------------

    def list_shared(self, opportunity: str) -> list[Invited]:
        """Return those who said yes, in the order in which they did."""
        query = (
            select(WorkInvitationRow)
            .where(
                WorkInvitationRow.opportunity == opportunity,
                WorkInvitationRow.answer == Answer.SHARED.value,
            )
            .order_by(col(WorkInvitationRow.answered_at), col(WorkInvitationRow.id))
        )
        return [_invited(row) for row in self._unit.orm.exec(query.limit(MOST_LISTED)).all()]

    def write_to(self, opportunity: str, token: str, words: str) -> Invited:
        """Keep the one message to somebody who said yes.

        Raises:
            NotFound: Nobody shares under this address with this opportunity.
            Refused: "talent.written": they were written to before.
        """
        row = self._at(token)
        if row is None or row.opportunity != opportunity:
            raise NotFound("Nobody shares this.")
        if row.message:
            raise Refused("talent.written")
        row.message, row.news = words, "message"
        self._unit.orm.flush()
        return _invited(row)

    def material_at(self, token: str) -> CvMaterial | None:
        """Return what stands at the address of a share; None where nothing is shared there."""
        row = self._at(token)
        parts = set(orjson.loads(row.parts)) if row is not None else set()
        if row is None or not parts:
            return None
        opportunity = self._unit.orm.get(OpportunityRow, row.opportunity)
        if opportunity is None or opportunity.state == "stopped":
            return None
        cvs, begun = self._unit.cvs, Cv(row.person, row.city)
        own = cvs.find(row.person) or begun
        shown = own if "cv" in parts else begun
        material = cvs.material_of(replace(shown, token=token, is_on=True, name=row.shown_as))
        if "cv" in parts:
            return material
        every = tuple(one.id for one in material.badges if one.counts_at(material.now))
        return replace(
            cvs.material_of(replace(material.cv, badges=every)), experiences=(), told=(),
            followed=(),
        )  # fmt: skip

    # -- telling -------------------------------------------------------------------------------

    def tell_all(self, opportunity: str, news: str) -> int:
        """Note what everybody it concerns is to be told: not those who said no; return how many.

        There are at most as many as one opportunity may invite.
        """
        return self._unit.run(_TELL_ALL, {"opportunity": opportunity, "news": news})

    def cancel_waiting(self, opportunity: str) -> int:
        """Cancel messages of invitations that did not leave yet; return how many."""
        first = f"invited.{opportunity}."
        values = {"first": first, "last": first[:-1] + "/", "now": self._unit.now_micros}
        return self._unit.run(_NOT_SENT, values)

    def list_news(self, limit: int, *, is_night: bool) -> list[tuple[Invited, str]]:
        """Return invitations of which the person was not told something yet, with what it is.

        Args:
            is_night: Only what cannot wait until the morning.
        """
        is_due = (
            col(WorkInvitationRow.news) == "stopped" if is_night else WorkInvitationRow.news != ""
        )
        query = select(WorkInvitationRow).where(is_due)
        rows = self._unit.orm.exec(query.order_by(col(WorkInvitationRow.id)).limit(limit)).all()
        return [(_invited(row), row.news) for row in rows]

    def mark_told(self, invitations: Sequence[str]) -> None:
        """Count what these people were to be told as told; nothing of a stopped one stays."""
        for one in invitations:
            row = self._unit.orm.get(WorkInvitationRow, one)
            if row is None:
                continue
            if row.news == "stopped":
                self._unshare(row)
                row.answer = Answer.TAKEN_BACK.value
            row.news = ""
        self._unit.orm.flush()

    def list_untold(self, limit: int) -> Mapping[str, int]:
        """Return how many said yes of whom the employer was not told, by opportunity."""
        query = select(WorkInvitationRow.opportunity, WorkInvitationRow.id).where(
            col(WorkInvitationRow.is_told).is_(False),
            WorkInvitationRow.answer == Answer.SHARED.value,
        )
        found: dict[str, int] = {}
        for opportunity, _ in self._unit.orm.exec(query.limit(limit)).all():
            found[opportunity] = found.get(opportunity, 0) + 1
        return found

    def mark_yes_told(self, opportunities: Collection[str]) -> None:
        """Count every yes to these as told to the employer."""
        for one in self._untold_of(opportunities):
            one.is_told = True
        self._unit.orm.flush()

    # -- rows ----------------------------------------------------------------------------------

    def _untold_of(self, opportunities: Collection[str]) -> Iterator[WorkInvitationRow]:
        query = select(WorkInvitationRow).where(
            col(WorkInvitationRow.opportunity).in_(opportunities),
            WorkInvitationRow.answer == Answer.SHARED.value,
            col(WorkInvitationRow.is_told).is_(False),
        )
        yield from self._unit.orm.exec(query).all()

    def _own(self, invitation: str, person: str) -> WorkInvitationRow:
        row = self._unit.orm.get(WorkInvitationRow, invitation, with_for_update=True)
        if row is None or row.person != person:
            raise NotFound("There is no such invitation of theirs.")
        return row

    def _at(self, token: str) -> WorkInvitationRow | None:
        query = select(WorkInvitationRow).where(
            WorkInvitationRow.token == token, WorkInvitationRow.answer == Answer.SHARED.value
        )
        return self._unit.orm.exec(query).first()

    def _answer(self, row: WorkInvitationRow, answer: Answer) -> None:
        row.answer, row.answered_at = answer.value, self._unit.now
        self._unit.orm.flush()

    def _unshare(self, row: WorkInvitationRow) -> None:
        row.token, row.parts, row.shown_as, row.contact, row.message = None, "[]", "", "", ""


def _invited(row: WorkInvitationRow) -> Invited:
    is_shared = row.answer == Answer.SHARED.value
    return Invited(
        id=row.id,
        opportunity=row.opportunity,
        city=row.city,
        person=row.person,
        answer=Answer(row.answer),
        because=row.because,
        sent_at=row.sent_at,
        answered_at=row.answered_at,
        shared=_shared(row) if is_shared else None,
    )


def _shared(row: WorkInvitationRow) -> Shared:
    parts = tuple(orjson.loads(row.parts))
    return Shared(row.token or "", parts, row.shown_as, row.contact, row.message)
