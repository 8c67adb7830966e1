"""A desk of settings that knows none."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.errors import NotFound
from bot.web.settings_port import Value
from content.citysettings import CitySettings
from storage.records import Choice


class NoSettingsDesk:
    """Keeps no settings."""

    async def holding(self, city: str) -> CitySettings:
        """Return nothing."""
        del city
        return CitySettings()

    def in_files(self, city: str) -> CitySettings:
        """Return nothing."""
        del city
        return CitySettings()

    async def choices(self, city: str) -> Mapping[str, Choice]:
        """Return nothing."""
        del city
        return {}

    async def change(self, city: str, values: Mapping[str, Value], by: str) -> Collection[str]:
        """Change nothing."""
        del city, values, by
        return ()

    async def undo(self, city: str, name: str, by: str) -> Collection[str]:
        """Raise NotFound: nothing was changed."""
        raise NotFound(f"{city}: {name} was never changed by {by}.")
