"""Settings of cities and of the program, in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.errors import NotFound
from bot.web.settings_port import HealthLine, ProgramSetting, Value
from content.campaigns import SendingRules
from content.citysettings import BadSettingError, CitySettings, read_settings
from storage.records import Choice

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
FILES = CitySettings(operator="", contact="", open_hours="", **SendingRules().model_dump())


@dataclass
class FakeSettings:
    """One choice of Manchester's: how to reach the team."""

    kept: dict[str, dict[str, Choice]] = field(
        default_factory=lambda: {
            "manchester": {"contact": Choice("contact", "<b>0161 000</b>", None, AT)}
        }
    )
    acts: list[tuple[str, Mapping[str, Value]]] = field(default_factory=list)

    async def holding(self, city: str) -> CitySettings:
        chosen = {
            name: one.value
            for name, one in self.kept.get(city, {}).items()
            if one.value is not None
        }
        return FILES.model_copy(update=chosen)

    def in_files(self, city: str) -> CitySettings:
        del city
        return FILES

    async def choices(self, city: str) -> Mapping[str, Choice]:
        return self.kept.get(city, {})

    async def change(self, city: str, values: Mapping[str, Value], by: str) -> Collection[str]:
        del by
        read_settings(values)
        if values.get("cap") == 7:
            raise BadSettingError(("cap",))
        self.acts.append((city, values))
        return tuple(values)

    async def undo(self, city: str, name: str, by: str) -> Collection[str]:
        del by
        if name not in self.kept.get(city, {}):
            raise NotFound("It was never changed.")
        self.acts.append((city, {name: None}))
        return (name,)


class FakeProgram:
    """A program that is well."""

    def versions(self) -> Mapping[str, str]:
        return {"program": "0.1.0", "content": "abc", "python": "3.11", "database": "sqlite"}

    def settings(self) -> Sequence[ProgramSetting]:
        return (ProgramSetting("BOT_SECRET_KEY", "Signs things.", "***"),)

    async def health(self) -> Sequence[HealthLine]:
        return (
            HealthLine("ok", "Disk: 9,000 MB free"),
            HealthLine("note", "Keys: none yet", "They are made with the first badge."),
        )
