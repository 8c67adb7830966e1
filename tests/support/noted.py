"""What `unit.traits` does, in a dictionary."""

from __future__ import annotations

from collections.abc import Mapping


class TraitsInMemory:
    """Short facts of one person, by kind and part."""

    def __init__(self) -> None:
        self.held: dict[str, dict[str, int]] = {}

    def of(self, person: str, kind: str) -> dict[str, int]:
        return dict(self.held.get(kind, {}))

    def put(self, person: str, city: str, kind: str, part: str, level: int = 0) -> None:
        self.held.setdefault(kind, {})[part.casefold()] = level

    def replace(self, person: str, city: str, kind: str, parts: Mapping[str, int]) -> None:
        self.held[kind] = dict(parts)
