"""What the page of settings needs from the rest of the program."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from bot.people import Role
from content.citysettings import CitySettings
from storage.records import Choice

SETTINGS_ROLES: frozenset[Role] = frozenset({Role.ADMIN})
Value: TypeAlias = str | int | None


@dataclass(frozen=True, slots=True)
class ProgramSetting:
    """A setting of the whole program, read at its start; never a secret.

    Attributes:
        value: As it may be shown: of a secret only whether it is there.
    """

    name: str
    meaning: str
    value: str


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One thing that was looked at, and what to do about it."""

    level: Literal["ok", "note", "problem"]
    what: str
    mend: str = ""


class SettingsDesk(Protocol):
    """Settings of cities. Changes are audited; they hold at once, everywhere."""

    async def holding(self, city: str) -> CitySettings:
        """Return what holds in a city now."""
        ...

    def in_files(self, city: str) -> CitySettings:
        """Return what the content files say of a city."""
        ...

    async def choices(self, city: str) -> Mapping[str, Choice]:
        """Return what was ever changed in a city, by name."""
        ...

    async def change(self, city: str, values: Mapping[str, Value], by: str) -> Collection[str]:
        """Choose values by name, None for what the files say; return the names that changed.

        Raises:
            BadSettingError: One cannot be right; nothing was changed.
        """
        ...

    async def undo(self, city: str, name: str, by: str) -> Collection[str]:
        """Go back to what held before the last change.

        Raises:
            NotFound: It was never changed.
            BadSettingError: That cannot be right any more.
        """
        ...


class ProgramDesk(Protocol):
    """The running program, to look at."""

    def versions(self) -> Mapping[str, str]:
        """Return what runs, by name."""
        ...

    def settings(self) -> Sequence[ProgramSetting]:
        """Return the settings of the program."""
        ...

    async def health(self) -> Sequence[HealthLine]:
        """Look at everything that the program needs; it may take seconds."""
        ...
