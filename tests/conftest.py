"""Every test process looks for cycles as rarely as the program does, and reads words once."""

from __future__ import annotations

import gc
from collections.abc import Generator
from functools import lru_cache
from pathlib import Path

import pytest
from aiohttp import web_app
from babel.messages.catalog import Catalog

import content.load
import content.template
from bot.work.collector import YOUNG
from content.catalogues import read_catalogue

TEMPLATES = 50_000
_catalogues: dict[bytes, Catalog] = {}


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Load the tests without looking through them again and again: a third of all time.

    Nothing is frozen: a program that a test has ended must go, and all that it held.
    """
    gc.disable()
    collected = yield
    gc.set_threshold(YOUNG, 10, 10)
    gc.enable()
    return collected


def _read_once(path: Path, root: Path, language: str) -> Catalog:
    try:
        words = path.read_bytes()
    except OSError:
        return read_catalogue(path, root, language)
    if words not in _catalogues:
        _catalogues[words] = read_catalogue(path, root, language)
    return _catalogues[words]


def pytest_configure() -> None:
    """Spare every loading of content what comes to the same: 0.4 s of 0.8 s, a hundred times.

    A catalogue is known by its bytes and a template by its source, so that changed ones are read.
    """
    content.load.read_catalogue = _read_once  # type: ignore[attr-defined]
    content.template._parse = lru_cache(TEMPLATES)(content.template._parse)


def pytest_runtest_teardown() -> None:
    """Let go of web servers: aiohttp would keep a thousand of their handlers, and all they hold."""
    web_app._cached_build_middleware.cache_clear()
