"""Links with which one person may claim a badge, for those who were not in the room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import col, delete, func, select

from bot.badges.addresses import new_token
from bot.badges.held import Claim, OpenLink
from bot.errors import NotFound, Refused
from bot.people import Teacher
from bot.people.staff import token_hash
from storage.repositories.badge_codes import Codes, about_of, is_reached
from storage.tables.badges import ClaimLabelRow, ClaimRow, ClassCodeRow

CLAIM_LINK_LASTS = timedelta(days=60)
LONGEST_CALLED = 60
WITHDRAWN = "withdrawn"


class ClaimLinks(Codes):
    """Links that were made with a code; each gives one badge to one person."""

    __slots__ = ()

    def make_links(self, teacher: Teacher, code: str, count: int) -> list[str]:
        """Return tokens of links for people who were not in the room: each works once.

        Raises:
            NotFound: The code is none of theirs.
        """
        own = self._own(teacher, code)
        tokens = [new_token() for _ in range(count)]
        for token in tokens:
            self._offer(own, self._unit.new_id(), token)
        self._unit.orm.flush()
        return tokens

    def make_named_links(
        self, teacher: Teacher, code: str, labels: Sequence[str], token_of: Callable[[str], str]
    ) -> list[str]:
        """Make a link for each name or reference by which the teacher knows somebody.

        Args:
            labels: Kept as the teacher's own words for as long as the link can be used; an
                empty one makes a link without any.
            token_of: Returns a link's token for its id, the same whenever it is asked.

        Returns:
            The ids of the links.

        Raises:
            NotFound: The code is none of theirs.
        """
        own, made = self._own(teacher, code), []
        for label in labels:
            key = self._unit.new_id()
            row = self._offer(own, key, token_of(key))
            if label:
                self._label(key, teacher.person, label, row.expires_at)
            made.append(key)
        self._unit.orm.flush()
        return made

    def list_links(
        self, teacher: Teacher, code: str, token_of: Callable[[str], str], limit: int = 500
    ) -> list[OpenLink]:
        """Return the links of a code that can still be used, oldest first.

        Args:
            token_of: As when they were made; a link that was made otherwise has no token here.

        Raises:
            NotFound: The code is none of theirs.
        """
        own = self._own(teacher, code)
        if own.revoked_at is not None:
            return []
        query = (
            select(ClaimRow, ClaimLabelRow)
            .join(ClaimLabelRow, col(ClaimLabelRow.claim) == col(ClaimRow.id), isouter=True)
            .where(
                ClaimRow.code == own.id,
                ClaimRow.state == "offered",
                ClaimRow.expires_at > self._unit.now,
            )
            .order_by(col(ClaimRow.id))
        )
        return [
            OpenLink(
                id=row.id,
                label=named.label if named else "",
                expires_at=row.expires_at,
                token=token if token_hash(token := token_of(row.id)) == row.token_hash else "",
            )
            for row, named in self._unit.orm.exec(query.limit(limit)).all()
        ]

    def withdraw_link(self, teacher: Teacher, code: str, link: str) -> str:
        """End one link before its time and return what it was called.

        Raises:
            NotFound: The code is none of theirs, or it has no such link that can be used.
        """
        own, row = self._own(teacher, code), self._unit.orm.get(ClaimRow, link)
        if row is None or row.code != own.id or row.state != "offered":
            raise NotFound("There is no such link.")
        named = self._unit.orm.get(ClaimLabelRow, link)
        label = named.label if named else ""
        row.state, row.decided_at = WITHDRAWN, self._unit.now
        self._unit.orm.add(row)
        self._forget_labels([link])
        return label

    def _offer(self, code: ClassCodeRow, key: str, token: str) -> ClaimRow:
        row = ClaimRow(
            id=key,
            city=code.city,
            code=code.id,
            token_hash=token_hash(token),
            plan=code.plan,
            course=code.course,
            instance=code.instance,
            about=code.about,
            state="offered",
            asked_at=self._unit.now,
            expires_at=self._unit.now + CLAIM_LINK_LASTS,
        )
        self._unit.orm.add(row)
        return row

    def _label(self, link: str, person: str, label: str, until: datetime) -> None:
        row = ClaimLabelRow(
            claim=link, person=person, label=label[:LONGEST_CALLED], expires_at=until
        )
        self._unit.orm.add(row)

    def _forget_labels(self, links: Sequence[str]) -> None:
        """Names stand beside links that can be used, and nowhere else."""
        self._unit.orm.flush()
        self._unit.orm.exec(delete(ClaimLabelRow).where(col(ClaimLabelRow.claim).in_(links)))

    def end(self, code: str) -> None:
        """End a code and its unused links, whoever asks."""
        super().end(code)
        links = select(ClaimRow.id).where(ClaimRow.code == code, ClaimRow.state == "offered")
        self._forget_labels(list(self._unit.orm.exec(links).all()))

    def count_links(self, teacher: Teacher, code: str) -> int:
        """Return how many links were made with a code and are not used yet.

        Raises:
            NotFound: The code is none of theirs.
        """
        own = self._own(teacher, code)
        query = select(func.count()).where(ClaimRow.code == own.id, ClaimRow.state == "offered")
        return int(self._unit.orm.exec(query).one())

    def _use_link(self, who: Teacher, city: str, token: str, called: str) -> Claim:
        row = self._open_link(who.person, city, token)
        if row.state != "offered":
            return claim_of(row)
        made_with = self._require_open(row, who.person)
        row.person, row.called = who.person, called[:LONGEST_CALLED]
        if is_reached(who, made_with):
            row.state, row.asked_at = "waiting", self._unit.now
        else:
            row.state, row.decided_at = "approved", self._unit.now
        self._unit.orm.add(row)
        self._forget_labels([row.id])
        return claim_of(row)

    def _open_link(self, person: str, city: str, token: str) -> ClaimRow:
        """Return a link that a person may use, or the claim that they made before."""
        query = select(ClaimRow).where(ClaimRow.token_hash == token_hash(token))
        row = self._unit.orm.exec(query.with_for_update()).first()
        if row is None or row.city != city:
            raise Refused("badges.code.unknown")
        if row.person == person:
            return row
        self._require_open(row, person)
        return self._claim_of(person, row.code) or row

    def _require_open(self, link: ClaimRow, person: str) -> ClassCodeRow:
        """Return the code of a link that a person may still use."""
        if link.state not in ("offered", WITHDRAWN):
            raise Refused("badges.code.used_up")
        made_with = self._unit.orm.get(ClassCodeRow, link.code)
        # Whoever was erased gives nothing any more.
        is_over = made_with is None or made_with.revoked_at or link.expires_at <= self._unit.now
        if made_with is None or is_over or link.state == WITHDRAWN:
            raise Refused("badges.code.over")
        if made_with.made_by == person:
            raise Refused("badges.code.own")
        return made_with

    def _claim_of(self, person: str, code: str) -> ClaimRow | None:
        query = select(ClaimRow).where(ClaimRow.person == person, ClaimRow.code == code)
        return self._unit.orm.exec(query).first()


def claim_of(row: ClaimRow) -> Claim:
    """Return a claim as it is kept."""
    state: Literal["offered", "waiting", "approved", "refused"] = row.state  # type: ignore[assignment]
    return Claim(
        id=row.id,
        city=row.city,
        code=row.code,
        plan=row.plan,
        course=row.course,
        instance=row.instance,
        about=about_of(row.about),
        state=state,
        asked_at=row.asked_at,
        person=row.person or "",
        called=row.called,
        credential=row.credential,
        decided_at=row.decided_at,
    )
