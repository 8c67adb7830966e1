"""People: found by an address, guarded by a version."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import orjson

from bot.errors import Conflict, NotFound
from bot.people import AgeBand, Basis, Consent, Person, Purpose
from bot.people.consent import ConsentKey
from storage.instants import instant
from storage.repositories.repository import Repository
from storage.statements import Statement

_FIELDS = """p.id, p.city, p.language, p.version, p.notice_version, p.notice_at, p.age_band,
    p.memory, p.created_at, p.seen_at"""
_AT = Statement(
    "SELECT "  # noqa: S608  # only our own words
    + _FIELDS
    + """ FROM contact AS c JOIN person AS p ON p.id = c.person
    WHERE c.channel = :channel AND c.bot = :bot AND c.chat = :chat"""
)
_ONE = Statement("SELECT " + _FIELDS + " FROM person AS p WHERE p.id = :id")  # noqa: S608
_ADD = Statement("""
    INSERT INTO person (id, city, language, version, memory, reference, created_at, seen_at)
    VALUES (:id, :city, :language, 0, '{}', :reference, :now, :now)
""")
_ADD_CONTACT = Statement("""
    INSERT INTO contact (channel, bot, chat, person, is_reachable, created_at, seen_at)
    VALUES (:channel, :bot, :chat, :person, :is_reachable, :now, :now)
    ON CONFLICT (channel, bot, chat) DO NOTHING
""")
_DROP = Statement("DELETE FROM person WHERE id = :id")
_BUMP = Statement("""
    UPDATE person SET version = version + 1, seen_at = :now
    WHERE id = :id AND version = :version
""")
_BUMP_AND_REMEMBER = Statement("""
    UPDATE person SET version = version + 1, seen_at = :now, memory = :memory
    WHERE id = :id AND version = :version
""")
_SET_CITY = Statement("UPDATE person SET city = :value WHERE id = :id")
_SET_LANGUAGE = Statement("UPDATE person SET language = :value WHERE id = :id")
_SET_AGE = Statement("UPDATE person SET age_band = :value WHERE id = :id")
_ACCEPT = Statement("""
    UPDATE person SET notice_version = :version, notice_at = :now WHERE id = :id
""")
_CONSENT = Statement("""
    INSERT INTO consent (id, person, purpose, channel, basis, text_version, is_given, at)
    VALUES (:id, :person, :purpose, :channel, :basis, :text_version, :is_given, :now)
""")
_CONSENTS = Statement("""
    SELECT purpose, channel, is_given, text_version, at, basis FROM consent
    WHERE person = :person ORDER BY id
""")
_STANDS = Statement("""
    INSERT INTO standing_consent (person, purpose, channel, is_given, consent, at)
    VALUES (:person, :purpose, :channel, :is_given, :id, :now)
    ON CONFLICT (person, purpose, channel) DO UPDATE
    SET is_given = excluded.is_given, consent = excluded.consent, at = excluded.at
""")
_REFERENCE = Statement("SELECT reference FROM person WHERE id = :id")


class People(Repository):
    """People and what they decided."""

    __slots__ = ()

    def at(self, channel: str, bot: str, chat: str) -> Person | None:
        """Return who is at an address."""
        rows = self._unit.fetch(_AT, {"channel": channel, "bot": bot, "chat": chat})
        return _person(rows[0]) if rows else None

    def find(self, person: str) -> Person | None:
        """Return a person by id."""
        rows = self._unit.fetch(_ONE, {"id": person})
        return _person(rows[0]) if rows else None

    def get(self, person: str) -> Person:
        """Return a person by id.

        Raises:
            NotFound: There is nobody with this id.
        """
        found = self.find(person)
        if found is None:
            raise NotFound("There is no such person.")
        return found

    def ensure(
        self, channel: str, bot: str, chat: str, *, city: str = "", language: str = "en"
    ) -> Person:
        """Return who is at an address, after making them known if nobody was.

        Until they accept the privacy notice they are dropped 24 hours after their last word.
        """
        known = self.at(channel, bot, chat)
        if known is not None:
            return known
        person, now = self._unit.new_id(), self._unit.now_micros
        values = {"id": person, "city": city, "language": language, "now": now}
        self._unit.run(_ADD, values | {"reference": secrets.token_hex(16)})
        contact = {"channel": channel, "bot": bot, "chat": chat, "person": person, "now": now}
        if self._unit.run(_ADD_CONTACT, contact | {"is_reachable": True}) == 0:
            self._unit.run(_DROP, {"id": person})  # another replica was first
            known = self.at(channel, bot, chat)
            if known is None:
                raise Conflict
            return known
        return self.get(person)

    def bump(self, person: str, version: int, *, memory: Mapping[str, Any] | None = None) -> int:
        """Take the next version of a person, and keep their small facts; the guard of a turn.

        Raises:
            Conflict: Another turn of theirs came first, or they were erased.
        """
        values = {"id": person, "version": version, "now": self._unit.now_micros}
        if memory is None:
            touched = self._unit.run(_BUMP, values)
        else:
            stored = orjson.dumps(memory).decode()
            touched = self._unit.run(_BUMP_AND_REMEMBER, values | {"memory": stored})
        if touched != 1:
            raise Conflict("Another turn of this person came first.")
        return version + 1

    def set_city(self, person: str, city: str) -> None:
        """Record which city is theirs."""
        self._unit.run(_SET_CITY, {"id": person, "value": city})

    def set_language(self, person: str, language: str) -> None:
        """Record which language to speak to them in."""
        self._unit.run(_SET_LANGUAGE, {"id": person, "value": language})

    def set_age_band(self, person: str, band: AgeBand | None) -> None:
        """Record how old they say they are."""
        self._unit.run(_SET_AGE, {"id": person, "value": band.value if band else None})

    def accept_notice(self, person: str, version: str, channel: str) -> None:
        """Record that they read the privacy notice and go on."""
        values = {"id": person, "version": version, "now": self._unit.now_micros}
        self._unit.run(_ACCEPT, values)
        self.record_consent(
            person, Purpose.SERVICE, True, channel, version, basis=Basis.PUBLIC_TASK
        )

    def record_consent(
        self,
        person: str,
        purpose: Purpose,
        is_given: bool,
        channel: str,
        text_version: str,
        *,
        basis: Basis = Basis.CONSENT,
    ) -> None:
        """Add a decision about a purpose; it holds from now on."""
        values = {
            "id": self._unit.new_id(),
            "person": person,
            "purpose": purpose.value,
            "channel": channel,
            "basis": basis.value,
            "text_version": text_version,
            "is_given": is_given,
            "now": self._unit.now_micros,
        }
        self._unit.run(_CONSENT, values)
        self._unit.run(_STANDS, values)

    def consents(self, person: str) -> dict[ConsentKey, Consent]:
        """Return the decision that holds, for each purpose and channel."""
        standing: dict[ConsentKey, Consent] = {}
        for purpose, channel, is_given, version, at, basis in self._unit.fetch(
            _CONSENTS, {"person": person}
        ):
            key = (Purpose(purpose), channel)
            standing[key] = Consent(
                key[0], channel, bool(is_given), version, instant(at), Basis(basis)
            )
        return standing

    def reference_of(self, person: str) -> str:
        """Return the random reference that stands for a person in audit rows; empty if unknown."""
        rows = self._unit.fetch(_REFERENCE, {"id": person})
        return rows[0][0] if rows else ""


def _person(row: tuple[Any, ...]) -> Person:
    return Person(
        id=row[0],
        city=row[1],
        language=row[2],
        version=row[3],
        notice_version=row[4],
        notice_at=None if row[5] is None else instant(row[5]),
        age_band=None if row[6] is None else AgeBand(row[6]),
        memory=orjson.loads(row[7]),
        created_at=instant(row[8]),
        seen_at=instant(row[9]),
    )
