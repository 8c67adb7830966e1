"""How the running program is, for staff to look at: versions, settings, findings; no secret."""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.settings import Settings
from bot.web.settings_port import HealthLine, ProgramSetting
from content.load import LiveContent

PACKAGE = "learning-city-bot"


class ProgramStatus:
    """The program as it runs now.

    Args:
        settings: Those that it was started with.
    """

    def __init__(self, settings: Settings, content: LiveContent) -> None:
        self._settings, self._content = settings, content

    def versions(self) -> Mapping[str, str]:
        """Return what runs, by name."""
        return {
            "program": _program_version(),
            "content": self._content.loaded.version,
            "python": platform.python_version(),
            "database": urlsplit(self._settings.database_url).scheme,
        }

    def settings(self) -> Sequence[ProgramSetting]:
        """Return the settings of the program."""
        return tuple(_told(self._settings))

    async def health(self) -> Sequence[HealthLine]:
        """Look at everything that the program needs, beside the chat."""
        from bot.doctor import examine  # rarely needed

        found = await asyncio.to_thread(examine, self._settings)
        return tuple(HealthLine(one.level, one.what, one.mend) for one in found)


def _program_version() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:  # it runs from its folder
        return ""


def _told(settings: Settings) -> Iterator[ProgramSetting]:
    for name, field in type(settings).model_fields.items():
        value = _shown(name, getattr(settings, name))
        yield ProgramSetting(f"BOT_{name.upper()}", field.description or "", value)


def _shown(name: str, value: object) -> str:
    """Return a value as it may be shown: an address without whoever signs in to it."""
    if value is None or isinstance(value, SecretStr):
        return "***" if value else ""
    if name == "database_url":
        return urlsplit(str(value)).scheme
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    parts = urlsplit(str(value))
    if parts.scheme in ("http", "https") and "@" in parts.netloc:
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return str(value)
