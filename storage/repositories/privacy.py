"""Personal data: shown to its person, erased for them, and not kept longer than declared.

Everything here follows the register in `storage.privacy.holdings`; no table is listed again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import (
    ColumnElement,
    Delete,
    Select,
    Table,
    Update,
    and_,
    delete,
    literal,
    select,
    tuple_,
    update,
)
from sqlmodel import SQLModel, col
from sqlmodel import select as select_rows

from storage.privacy.holdings import HOLDINGS, Retention
from storage.repositories.repository import Repository
from storage.tables.conversation import OPEN_SESSIONS_KEPT, SessionRow
from storage.tables.people import ContactRow, ErasureRow, PersonRow

UNDO_FOR = timedelta(minutes=5)
WITHOUT_NOTICE_FOR = timedelta(hours=24)
WITHOUT_VISIT_FOR = timedelta(days=730)

_LAST = ("contact", "erasure_due", "person")
"""Erased last: by its contacts a person's rows with only an address are found."""


class Privacy(Repository):
    """What the register of holdings promises, done."""

    __slots__ = ()

    def export(self, person: str) -> dict[str, list[dict[str, Any]]]:
        """Return everything held about a person, by table and in JSON; secrets left out."""
        exported = {}
        for name, holding in HOLDINGS.items():
            if holding.whose == "nobody" or (belonging := self._belonging(name, person)) is None:
                continue
            table = _table(name)
            columns = [column for column in table.c if column.name not in holding.secret]
            rows = self._unit.connection.execute(select(*columns).where(belonging)).mappings()
            if shown := [_shown(dict(row)) for row in rows]:
                exported[name] = shown
        return exported

    def schedule_erasure(self, person: str, after: timedelta = UNDO_FOR) -> datetime:
        """Plan to erase a person; until then they can call it off. Returns when."""
        row = self._unit.orm.get(ErasureRow, person)
        if row is None:
            now = self._unit.now
            row = ErasureRow(person=person, asked_at=now, due_at=now + after)
            self._unit.orm.add(row)
            self._unit.orm.flush()
        return row.due_at

    def cancel_erasure(self, person: str) -> bool:
        """Call a planned erasure off; False if there was none."""
        row = self._unit.orm.get(ErasureRow, person)
        if row is None:
            return False
        self._unit.orm.delete(row)
        self._unit.orm.flush()
        return True

    def erasure_due_at(self, person: str) -> datetime | None:
        """Return when a person will be erased."""
        row = self._unit.orm.get(ErasureRow, person)
        return None if row is None else row.due_at

    def list_due_erasures(self, limit: int = 20) -> list[str]:
        """Return people whose erasure is due, longest due first."""
        query = (
            select_rows(ErasureRow.person)
            .where(ErasureRow.due_at <= self._unit.now)
            .order_by(col(ErasureRow.due_at))
        )
        return list(self._unit.orm.exec(query.limit(limit)).all())

    def list_lapsed(self, limit: int = 20) -> list[str]:
        """Return people to forget unasked: no notice accepted in a day, or two years away."""
        now = self._unit.now
        people = select_rows(PersonRow.id).limit(limit)
        strangers = people.where(
            col(PersonRow.notice_at).is_(None), PersonRow.seen_at <= now - WITHOUT_NOTICE_FOR
        )
        absent = people.where(PersonRow.seen_at <= now - WITHOUT_VISIT_FOR)
        found = [*self._unit.orm.exec(strangers).all(), *self._unit.orm.exec(absent).all()]
        return list(dict.fromkeys(found))[:limit]

    def erase(self, person: str, limit: int = 250) -> bool:
        """Erase at most so many rows of a person; True when nothing is left.

        Rows that stay as evidence lose their words and their link: where a person stood, their
        random reference stands, and with the person's own row the link to it is gone.
        """
        # Badges first: others may hold copies, so each is taken back before it is forgotten.
        limit -= self._unit.badges.forget(person, limit)
        if limit <= 0:
            return False
        self._unit.employers.forget(person)
        self._unit.comments.forget(person)
        self._unit.broadcasts.forget(person)
        names = [name for name in HOLDINGS if name not in _LAST]
        for name in (*names, *_LAST):
            limit -= self._erase_from(name, person, limit)
            if limit <= 0:
                return False
        return True

    def _erase_from(self, name: str, person: str, limit: int) -> int:
        holding = HOLDINGS[name]
        belonging = self._belonging(name, person)
        if holding.erasure == "keep" or belonging is None:
            return 0
        table = _table(name)
        if holding.erasure == "delete":
            return self._touch(delete(table).where(_some(table, belonging, limit)))
        dropped = 0
        if holding.unfinished:
            open_rows = belonging & table.c[holding.unfinished].is_(None)
            dropped = self._touch(delete(table).where(_some(table, open_rows, limit)))
        values = {column: _scrubbed(table, value) for column, value in holding.scrub.items()}
        values.setdefault(holding.person, self._unit.people.reference_of(person))
        scrubbing = update(table).where(_some(table, belonging, limit)).values(values)
        return dropped + self._touch(scrubbing)

    def _touch(self, statement: Delete | Update) -> int:
        return int(self._unit.connection.execute(statement).rowcount)

    def sweep(self, limit: int = 250) -> dict[str, int]:
        """Remove at most so many rows of each table whose time is over; call it until empty."""
        swept: dict[str, int] = {}
        if dropped := self._drop_lapsed_sessions(limit):
            swept["session"] = dropped
        if dropped := self._unit.employers.sweep(limit):
            swept["organisation"] = dropped
        for name, holding in HOLDINGS.items():
            for rule in holding.retention:
                if count := self._apply(_table(name), rule, limit):
                    swept[name] = swept.get(name, 0) + count
        return swept

    def _apply(self, table: Table, rule: Retention, limit: int) -> int:
        over = table.c[rule.column] <= self._unit.now - rule.after
        conditions: list[ColumnElement[bool]] = [over]
        conditions += [table.c[name].in_(values) for name, values in rule.only.items()]
        # Written out, not bound, so that an index of only those rows can be used.
        conditions += [
            table.c[name] != literal(value, literal_execute=True)
            for name, value in rule.scrub.items()
        ]
        chosen = _some(table, and_(*conditions), limit)
        if rule.scrub:
            return self._touch(update(table).where(chosen).values(dict(rule.scrub)))
        return self._touch(delete(table).where(chosen))

    def _drop_lapsed_sessions(self, limit: int) -> int:
        """Drop open conversations, live or parked, that nobody went on with for 30 days."""
        query = select_rows(SessionRow.id).where(
            col(SessionRow.status).in_(("live", "parked")),
            SessionRow.touched_at <= self._unit.now - OPEN_SESSIONS_KEPT,
        )
        lapsed = self._unit.orm.exec(query.limit(limit)).all()
        for session in lapsed:
            self._unit.sessions.drop(session)
        return len(lapsed)

    def _belonging(self, name: str, person: str) -> ColumnElement[bool] | None:
        """Return the condition for a person's rows; None where a table has none of anybody."""
        holding, table = HOLDINGS[name], _table(name)
        if holding.is_by_address:
            return _at_address_of(table, person)
        return table.c[holding.person] == person if holding.person else None


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def _at_address_of(table: Table, person: str) -> ColumnElement[bool]:
    contact = _table(str(ContactRow.__tablename__))
    addresses = select(contact.c.channel, contact.c.bot, contact.c.chat)
    theirs = addresses.where(contact.c.person == person)
    return tuple_(table.c.channel, table.c.bot, table.c.chat).in_(theirs)


def _some(table: Table, condition: ColumnElement[bool], limit: int) -> ColumnElement[bool]:
    """Return a condition for at most so many rows: neither engine's DELETE takes a LIMIT."""
    key = list(table.primary_key.columns)
    chosen: Select[Any] = select(*key).where(condition).limit(limit)
    if len(key) == 1:
        return key[0].in_(chosen)
    return tuple_(*key).in_(chosen)


def _scrubbed(table: Table, value: str | None) -> Any:
    return table.c[value[1:]] if value and value.startswith("=") else value


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (str, bytes)) and value[:1] in ("{", "[", b"{", b"["):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:  # somebody's own words that only begin like JSON
            pass
    return value.decode() if isinstance(value, bytes) else value
