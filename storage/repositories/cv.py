"""People's CVs."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import orjson
from sqlmodel import col, select

from bot.badges.held import HeldBadge
from bot.cv.records import MOST_EXPERIENCES, Cv, CvMaterial, Experience
from bot.errors import NotFound
from bot.skills.report import Told
from bot.skills.sittings import GivenAnswer
from storage.repositories.repository import Repository
from storage.tables.cv import CvExperienceRow, CvRow

TOKEN_BYTES = 16


class Cvs(Repository):
    """CVs: off until they are switched on, and read by whoever has the address from then on."""

    __slots__ = ()

    def find(self, person: str) -> Cv | None:
        """Return a person's CV; None where they never began one."""
        row = self._unit.orm.get(CvRow, person)
        return None if row is None else _cv(row)

    def at(self, token: str) -> Cv | None:
        """Return the CV at an address; None where there is none, or it is off."""
        row = self._unit.orm.exec(select(CvRow).where(CvRow.token == token)).first()
        return _cv(row) if row is not None and row.is_on else None

    def say(self, person: str, city: str, part: str, words: str) -> None:
        """Keep the name to show ("name") or what they care about ("interests")."""
        row = self._begin(person, city)
        if part == "name":
            row.shown_as = words
        else:
            row.interests = words
        self._keep(row)

    def choose(self, person: str, city: str, part: str, chosen: Sequence[str]) -> None:
        """Show these "badges", "areas" or "routes", and no others."""
        row = self._begin(person, city)
        written = orjson.dumps(list(chosen)).decode()
        if part == "badges":
            row.badges = written
        elif part == "areas":
            row.areas = written
        else:
            row.routes = written
        self._keep(row)

    def switch(self, person: str, city: str, *, is_on: bool) -> Cv:
        """Switch the page on, at the address that it had, or off."""
        row = self._begin(person, city)
        row.is_on = is_on
        if is_on and row.token is None:
            row.token = secrets.token_urlsafe(TOKEN_BYTES)
        return self._keep(row)

    def renew(self, person: str, city: str) -> Cv:
        """Give the page another address; what was at the one before is gone from there."""
        row = self._begin(person, city)
        row.token = secrets.token_urlsafe(TOKEN_BYTES) if row.is_on else None
        return self._keep(row)

    def merge(self, kept: str, dropped: str) -> None:
        """Make the CVs of two chats of one person one: the kept one's, if there is one."""
        row = self._unit.orm.get(CvRow, dropped)
        if row is None:
            return
        if self._unit.orm.get(CvRow, kept) is None:
            values = row.model_dump(exclude={"person"})
            row.token = None
            self._unit.orm.delete(row)
            self._unit.orm.flush()
            self._unit.orm.add(CvRow(person=kept, **values))
        else:
            row.is_on = False
            self._keep(row)
            self._unit.orm.delete(row)
        self._unit.orm.flush()

    # -- experiences -----------------------------------------------------------------------------

    def list_experiences(self, person: str) -> list[Experience]:
        """Return a person's experiences in the order in which they were written."""
        query = (
            select(CvExperienceRow)
            .where(CvExperienceRow.person == person, col(CvExperienceRow.removed_at).is_(None))
            .order_by(col(CvExperienceRow.id))
        )
        return [_experience(row) for row in self._unit.orm.exec(query).all()]

    def write(self, person: str, city: str, told: Experience) -> str:
        """Keep an experience; one with an id takes that one's place.

        Returns:
            Its id; empty where a new one finds no room.

        Raises:
            NotFound: There is none with the id, or it is somebody else's.
        """
        row = self._own(person, told.id) if told.id else None
        if row is None:
            if len(self.list_experiences(person)) >= MOST_EXPERIENCES:
                return ""
            row = CvExperienceRow(
                id=self._unit.new_id(),
                person=person,
                city=city,
                situation="",
                done="",
                learned="",
                skill="",
                written_at=self._unit.now,
            )
        row.situation, row.done, row.learned = told.situation, told.done, told.learned
        row.skill, row.happened = told.skill, told.when
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return row.id

    def show_experience(self, person: str, experience: str, *, is_shown: bool) -> None:
        """Show an experience or keep it without showing it. Raises NotFound."""
        row = self._own(person, experience)
        row.is_shown = is_shown
        self._unit.orm.add(row)
        self._unit.orm.flush()

    def delete_experience(self, person: str, experience: str) -> bool:
        """Delete an experience; for five minutes it can be brought back."""
        return self._remove(person, experience, is_removed=True)

    def bring_experience_back(self, person: str, experience: str) -> bool:
        """Bring a deleted experience back; False where it is gone for good."""
        return self._remove(person, experience, is_removed=False)

    # -- all of it -------------------------------------------------------------------------------

    def material(self, person: str) -> CvMaterial | None:
        """Return a person's CV with what it can be filled from; None where they began none."""
        cv = self.find(person)
        return None if cv is None else self.material_of(cv)

    def material_of(self, cv: Cv) -> CvMaterial:
        """Return a CV with what it can be filled from."""
        person, unit = cv.person, self._unit
        badges = tuple(one for one in unit.badges.list_of(person) if one.is_signed)
        return CvMaterial(
            cv,
            unit.now,
            badges,
            {one.id: self._art(one) for one in badges if one.id in cv.badges},
            self._told(person),
            tuple(unit.pathways.list_followed(person)),
            unit.pathways.marks(person),
            tuple(self.list_experiences(person)),
        )

    def _art(self, badge: HeldBadge) -> dict[str, Any]:
        found = self._unit.achievements.find(
            badge.city, badge.achievement, badge.version, badge.language
        )
        return dict(found.art) if found else {}

    def _told(self, person: str) -> tuple[Told, ...]:
        answers: dict[str, list[GivenAnswer]] = defaultdict(list)
        for one in self._unit.skills.list_answers(person):
            answers[one.sitting].append(one)
        sittings = reversed(self._unit.skills.list_sittings(person))
        return tuple(Told(one, tuple(answers[one.id])) for one in sittings)

    def _begin(self, person: str, city: str) -> CvRow:
        row = self._unit.orm.get(CvRow, person)
        return row or CvRow(person=person, city=city, changed_at=self._unit.now)

    def _keep(self, row: CvRow) -> Cv:
        row.changed_at = self._unit.now
        self._open_badges(row)
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _cv(row)

    def _open_badges(self, row: CvRow) -> None:
        """Let the pages of badges be open while a CV that is on shows them; no page of others."""
        opened = set(orjson.loads(row.opened))
        wanted = set(orjson.loads(row.badges)) if row.is_on else set()
        for badge in self._unit.badges.list_of(row.person):
            if badge.id in wanted and not badge.is_shown:
                self._unit.badges.show(row.person, badge.token, is_shown=True)
                opened.add(badge.id)
            elif badge.id in opened - wanted:
                self._unit.badges.show(row.person, badge.token, is_shown=False)
        row.opened = orjson.dumps(sorted(opened & wanted)).decode()

    def _own(self, person: str, experience: str) -> CvExperienceRow:
        row = self._unit.orm.get(CvExperienceRow, experience)
        if row is None or row.person != person or row.removed_at is not None:
            raise NotFound(f"no experience {experience}")
        return row

    def _remove(self, person: str, experience: str, *, is_removed: bool) -> bool:
        row = self._unit.orm.get(CvExperienceRow, experience)
        if row is None or row.person != person or (row.removed_at is None) is not is_removed:
            return False
        row.removed_at = self._unit.now if is_removed else None
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return True


def _cv(row: CvRow) -> Cv:
    return Cv(
        row.person,
        row.city,
        row.token or "",
        row.is_on,
        row.shown_as,
        row.interests,
        tuple(orjson.loads(row.badges)),
        tuple(orjson.loads(row.areas)),
        tuple(orjson.loads(row.routes)),
    )


def _experience(row: CvExperienceRow) -> Experience:
    return Experience(
        row.id, row.situation, row.done, row.learned, row.skill, row.happened, row.is_shown
    )
