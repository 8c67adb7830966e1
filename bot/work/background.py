"""Long work beside the chat, such as building an index: in a thread that comes last."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock, Thread, get_native_id
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

SWITCH_SECONDS = 0.0002
"""How long the thread may keep the interpreter once another wants it.

A turn needs it about ten times, and at Python's own 5 ms would wait as often for so long.
"""
NICENESS = 10
"""Of the thread: whatever wakes up beside it runs at once, even where there is one core."""
_usual_switch = sys.getswitchinterval()
_lock = Lock()
_under_way = 0


async def in_background(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do long work in a thread while the chat goes on, and return what it returns.

    The thread does not hold up the end of the program: it ends with it, wherever it is.
    """
    future: Future[R] = Future()
    future.set_running_or_notify_cancel()

    def run() -> None:
        _go_last()
        try:
            with giving_way():
                result = work(*args, **kwargs)
        except BaseException as error:  # noqa: BLE001 - it is raised where it is awaited
            future.set_exception(error)
        else:
            future.set_result(result)

    Thread(target=run, name="background", daemon=True).start()
    return await asyncio.wrap_future(future)


def _go_last() -> None:
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, get_native_id(), NICENESS)


@contextmanager
def giving_way() -> Iterator[None]:
    """Let threads that wait for the interpreter have it soon, for as long as this lasts."""
    global _under_way
    with _lock:
        _under_way += 1
        sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        with _lock:
            _under_way -= 1
            if not _under_way:
                sys.setswitchinterval(_usual_switch)


@contextmanager
def making_what_stays() -> Iterator[None]:
    """Keep the collector out while something large is made that has no cycles and stays.

    Looking through 100,000 courses holds every chat up for over half a second. Where the program
    has already set apart what stays (`settle_collector`), this is set apart with it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_freeze_count():
                gc.freeze()
            gc.enable()
