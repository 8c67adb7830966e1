"""Every test process looks for cycles as rarely as the program does, and reads words once."""

from __future__ import annotations

import gc
from collections.abc import Generator

import hypothesis
import pytest
from aiohttp import web_app

from bot.work.collector import YOUNG
from tests.support.compiled_once import compile_statements_once
from tests.support.migrated_once import migrate_new_files_once
from tests.support.read_once import read_content_once


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


def pytest_configure() -> None:
    """Spare every content, database and statement what comes to the same; time no example."""
    read_content_once()
    migrate_new_files_once()
    compile_statements_once()
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")


def pytest_runtest_teardown() -> None:
    """Let go of web servers: aiohttp would keep a thousand of their handlers, and all they hold."""
    web_app._cached_build_middleware.cache_clear()
