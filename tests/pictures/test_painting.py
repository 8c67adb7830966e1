"""Whoever paints waits where two do already, whatever they paint and for whom."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.errors import PictureFailed
from bot.pictures.painting import AT_ONCE, paint


async def test_no_more_are_painted_at_once_than_there_are_painters() -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def slow(number: int) -> int:
        begun.release()
        go_on.wait(10)
        return number

    painted = [asyncio.create_task(paint(slow, number)) for number in range(5)]
    for _ in range(AT_ONCE):
        assert await asyncio.to_thread(begun.acquire, timeout=10)
    assert not begun.acquire(blocking=False), "the others wait"
    go_on.set()
    assert await asyncio.gather(*painted) == [0, 1, 2, 3, 4]


async def test_what_cannot_be_painted_says_so_and_holds_nobody_up() -> None:
    def fails() -> None:
        raise PictureFailed("too large")

    for _ in range(AT_ONCE + 1):
        with pytest.raises(PictureFailed):
            await paint(fails)
