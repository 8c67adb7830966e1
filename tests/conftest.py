"""Every test process looks for cycles as rarely as the program does."""

from __future__ import annotations

import gc
from collections.abc import Generator

import pytest

from bot.work.collector import YOUNG


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
