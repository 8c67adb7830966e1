"""Private addresses of results."""

from __future__ import annotations

import secrets

from sqlmodel import select

from storage.records import ResultPage
from storage.repositories.repository import Repository
from storage.tables.pages import ResultPageRow

TOKEN_BYTES = 16


class ResultPages(Repository):
    """Which results have a page that whoever has its address can read."""

    __slots__ = ()

    def open(self, person: str, sitting: str = "") -> ResultPage:
        """Return the page of a person's sitting, switched on now if it was not.

        Args:
            sitting: Empty for where they stand by all their sittings.
        """
        row = self._row(person, sitting)
        if row is None:
            row = ResultPageRow(
                token=secrets.token_urlsafe(TOKEN_BYTES),
                person=person,
                sitting=sitting,
                opened_at=self._unit.now,
            )
            self._unit.orm.add(row)
            self._unit.orm.flush()
        return _page(row)

    def close(self, person: str, sitting: str = "") -> bool:
        """Switch a page off, for good at its address; False if it was not on."""
        row = self._row(person, sitting)
        if row is None:
            return False
        self._unit.orm.delete(row)
        self._unit.orm.flush()
        return True

    def find(self, person: str, sitting: str = "") -> ResultPage | None:
        """Return the page of a person's sitting, if it is on."""
        row = self._row(person, sitting)
        return None if row is None else _page(row)

    def at(self, token: str) -> ResultPage | None:
        """Return the page at an address, if there is one."""
        row = self._unit.orm.get(ResultPageRow, token)
        return None if row is None else _page(row)

    def _row(self, person: str, sitting: str) -> ResultPageRow | None:
        query = select(ResultPageRow).where(
            ResultPageRow.person == person, ResultPageRow.sitting == sitting
        )
        return self._unit.orm.exec(query).first()


def _page(row: ResultPageRow) -> ResultPage:
    return ResultPage(row.token, row.person, row.sitting, row.opened_at)
