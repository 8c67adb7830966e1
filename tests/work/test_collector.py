"""The cycle collector leaves what was loaded at the start alone."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot.work.collector import YOUNG, rest_collector, settle_collector


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.enable()
    gc.set_threshold(*thresholds)


def test_what_is_there_is_not_collected_again() -> None:
    loaded = [[number] for number in range(1000)]
    settle_collector()
    assert gc.get_freeze_count() > len(loaded)
    assert not any(one is loaded for one in gc.get_objects())


def test_cycles_that_come_later_are_still_collected() -> None:
    rest_collector()
    assert not gc.isenabled()
    settle_collector()
    cycle: list[object] = []
    cycle.append(cycle)
    del cycle
    assert gc.isenabled()
    assert gc.get_threshold()[0] == YOUNG
    assert gc.collect() >= 1
