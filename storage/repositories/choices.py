"""What staff chose for their cities, over what the content files say."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeAlias

import orjson
from sqlmodel import select

from storage.records import Choice
from storage.repositories.repository import Repository
from storage.tables.settings import CitySettingRow

Value: TypeAlias = str | int | None


class Choices(Repository):
    """Settings by city and name."""

    __slots__ = ()

    def of_city(self, city: str) -> dict[str, Choice]:
        """Return what was ever chosen for a city, by name."""
        query = select(CitySettingRow).where(CitySettingRow.city == city)
        return {row.name: _choice(row) for row in self._unit.orm.exec(query).all()}

    def values(self) -> dict[str, dict[str, Value]]:
        """Return what holds now by city and name; what the files say is left out."""
        found: dict[str, dict[str, Value]] = defaultdict(dict)
        for row in self._unit.orm.exec(select(CitySettingRow)).all():
            value = orjson.loads(row.value)
            if value is not None:
                found[row.city][row.name] = value
        return dict(found)

    def put(self, city: str, name: str, value: Value) -> Value:
        """Choose a value, None for what the files say; return what held before."""
        row = self._unit.orm.get(CitySettingRow, (city, name), with_for_update=True)
        if row is None:
            row = CitySettingRow(city=city, name=name, changed_at=self._unit.now)
        before: Value = orjson.loads(row.value)
        row.was, row.value = row.value, orjson.dumps(value).decode()
        row.changed_at = self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return before


def _choice(row: CitySettingRow) -> Choice:
    return Choice(row.name, orjson.loads(row.value), orjson.loads(row.was), row.changed_at)
