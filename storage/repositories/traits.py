"""Short facts of what people did, by which audiences are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from storage.repositories.repository import Repository
from storage.statements import Statement

TraitKind: TypeAlias = Literal["skill", "interest", "searched", "place"]
LONGEST_PART = 80

_PUT = Statement("""
    INSERT INTO trait (person, kind, part, city, level, at)
    VALUES (:person, :kind, :part, :city, :level, :now)
    ON CONFLICT (person, kind, part) DO UPDATE
    SET city = excluded.city, level = excluded.level, at = excluded.at
""")
_DROP = Statement("DELETE FROM trait WHERE person = :person AND kind = :kind AND part = :part")
_DROP_KIND = Statement("DELETE FROM trait WHERE person = :person AND kind = :kind")
_OF = Statement("SELECT part, level FROM trait WHERE person = :person AND kind = :kind")


class Traits(Repository):
    """What people told and did, in a form that a million of them can be looked through by."""

    __slots__ = ()

    def put(self, person: str, city: str, kind: TraitKind, part: str, level: int = 0) -> None:
        """Note one fact; the same part again takes the place of what was noted."""
        values = {"person": person, "city": city, "kind": kind, "level": level}
        part = part.casefold().strip()[:LONGEST_PART]
        if part:
            self._unit.run(_PUT, values | {"part": part, "now": self._unit.now_micros})

    def replace(self, person: str, city: str, kind: TraitKind, parts: Mapping[str, int]) -> None:
        """Let these be all the facts of one kind about a person."""
        self._unit.run(_DROP_KIND, {"person": person, "kind": kind})
        for part, level in parts.items():
            self.put(person, city, kind, part, level)

    def drop(self, person: str, kind: TraitKind, part: str) -> None:
        """Forget one fact."""
        part = part.casefold().strip()[:LONGEST_PART]
        self._unit.run(_DROP, {"person": person, "kind": kind, "part": part})

    def of(self, person: str, kind: TraitKind) -> dict[str, int]:
        """Return a person's facts of one kind, by part."""
        return dict(self._unit.fetch(_OF, {"person": person, "kind": kind}))
