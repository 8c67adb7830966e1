"""Settings of cities: changed by staff, laid over the content at once in every replica."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

import structlog

from bot.conversation.cleaning import clean
from bot.errors import NotFound
from content.citysettings import (
    BadSettingError,
    CitySettings,
    adapted,
    agreed,
    in_force,
    read_settings,
)
from content.load import LiveContent
from storage import Database, Unit
from storage.records import Choice

Value = str | int | None

log = structlog.get_logger()


class LiveSettings:
    """Reads what staff chose, and lays it over the content in use.

    Args:
        content: What everybody reads.
    """

    def __init__(self, database: Database, content: LiveContent) -> None:
        self._database, self._content = database, content
        self._values: dict[str, dict[str, Value]] = {}

    def begin(self) -> None:
        """Lay it over before anything reads content; called once, at the start."""
        self._lay(self._database.read_now(lambda unit: unit.choices.values()))

    async def refresh(self) -> bool:
        """Do so again if something changed, here or in another replica."""
        return self._lay(await self._database.read(lambda unit: unit.choices.values()))

    def _lay(self, values: dict[str, dict[str, Value]]) -> bool:
        if values == self._values:
            return False
        self._values = values
        settings = {city: _readable(city, chosen) for city, chosen in values.items()}
        self._content.lay_over(partial(adapted, settings=settings))
        return True


class SettingsDesk:
    """Staff's side: each change is checked and is an entry of the audit log."""

    def __init__(self, database: Database, content: LiveContent, live: LiveSettings) -> None:
        self._database, self._content, self._live = database, content, live

    async def holding(self, city: str) -> CitySettings:
        """Return what holds in a city now."""
        await self._live.refresh()
        return in_force(self._content.current, city)

    def in_files(self, city: str) -> CitySettings:
        """Return what the content files say of a city."""
        return in_force(self._content.loaded, city)

    async def choices(self, city: str) -> Mapping[str, Choice]:
        """Return what was ever changed in a city, by name."""
        return await self._database.read(lambda unit: unit.choices.of_city(city))

    async def change(self, city: str, values: Mapping[str, Value], by: str) -> Collection[str]:
        """Choose values by name; return the names of those that changed.

        Raises:
            BadSettingError: One cannot be right; nothing was changed.
        """
        tidied = {name: clean(one) if isinstance(one, str) else one for name, one in values.items()}
        changed = await self._database.write(self._changing(city, lambda _: tidied, by))
        await self._live.refresh()
        return changed

    async def undo(self, city: str, name: str, by: str) -> Collection[str]:
        """Go back to what held before the last change.

        Raises:
            NotFound: It was never changed.
            BadSettingError: That cannot be right any more.
        """

        def before(unit: Unit) -> Mapping[str, Value]:
            choice = unit.choices.of_city(city).get(name)
            if choice is None:
                raise NotFound("It was never changed.")
            return {name: choice.was}

        changed = await self._database.write(self._changing(city, before, by))
        await self._live.refresh()
        return changed

    def _changing(
        self, city: str, wanted: Callable[[Unit], Mapping[str, Value]], by: str
    ) -> Callable[[Unit], list[str]]:
        loaded = self._content.loaded

        def act(unit: Unit) -> list[str]:
            held = {name: one.value for name, one in unit.choices.of_city(city).items()}
            values = wanted(unit)
            agreed(loaded, {**_readable(city, _known(held)).chosen(), **values})
            changed = [name for name, value in values.items() if held.get(name) != value]
            for name in changed:
                was = unit.choices.put(city, name, values[name])
                _note(unit, city, name, was, values[name], by)
            return changed

        return act


def _known(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}


def _readable(city: str, chosen: Mapping[str, Value]) -> CitySettings:
    """Return what can be read of a city's choices: bounds may have changed since."""
    try:
        return read_settings(chosen)
    except BadSettingError as error:
        log.warning("settings.unreadable", city=city, names=error.names)
        return read_settings({key: one for key, one in chosen.items() if key not in error.names})


def _note(unit: Unit, city: str, name: str, was: Value, value: Value, by: str) -> None:
    unit.audit.record(
        "settings.changed",
        actor=unit.people.reference_of(by),
        subject=name,
        city=city,
        facts={"before": _said(was), "after": _said(value)},
    )


def _said(value: Value) -> str:
    return "as in the files" if value is None else str(value)
