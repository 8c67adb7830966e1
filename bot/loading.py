"""What the program reads before it is put together: content, and its own modules."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection
from pathlib import Path
from types import ModuleType

from bot.errors import ContentError, SettingsError
from bot.settings import Settings
from content.load import Content, load
from content.problems import BadContent


def load_content(settings: Settings) -> Content:
    """Load the content that the settings name.

    Raises:
        ContentError: Something in it is wrong; the first fault is named, with how many more.
        SettingsError: There is no such folder.
    """
    require_content(settings)
    try:
        return load_folder(settings, settings.content_dir)
    except BadContent as error:
        first, *others = error.problems
        more = f" (and {len(others)} more: python -m bot content check)" if others else ""
        raise ContentError(first.file, first.line, first.field, first.reason + more) from None


def require_content(settings: Settings) -> None:
    """Refuse a content folder that is not there.

    Raises:
        SettingsError: There is no such folder.
    """
    if not settings.content_dir.is_dir():
        raise SettingsError(f"BOT_CONTENT_DIR: there is no folder {settings.content_dir}")


def load_folder(settings: Settings, folder: Path) -> Content:
    """Load a folder as the settings ask for it.

    Raises:
        BadContent: Something in it is wrong.
    """
    cities = wanted_cities(settings)
    return load(folder, cities=cities, shows_missing=not settings.is_production)


def wanted_cities(settings: Settings) -> Collection[str] | None:
    """Return the ids of the cities that the settings name; None for all."""
    return None if settings.cities in {("all",), ()} else frozenset(settings.cities)


def collect_modules(package: ModuleType) -> None:
    """Import every module of a package, so that what they declare is declared."""
    for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
