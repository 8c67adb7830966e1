"""Cutting off Python loops that do not end, without signals and from any thread."""

from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_TICK_SECONDS = 0.05
_MOST_FIRED = 200


class TooLong(BaseException):
    """A flow ran longer than a turn may. Not an Exception, so that no flow swallows it."""


@dataclass(slots=True)
class _Watched:
    deadline: float
    fired: int = 0


_watched: dict[int, _Watched] = {}
_lock = threading.Lock()
_begun = threading.Event()
_watchdog: list[threading.Thread] = []


@contextmanager
def cut_off(seconds: float) -> Iterator[None]:
    """Raise TooLong inside the block once it has run that long in Python code.

    Nested blocks in one thread are bounded by the outermost.
    """
    thread = threading.get_ident()
    if thread in _watched:
        yield
        return
    _watched[thread] = _Watched(time.monotonic() + seconds)
    _wake()
    try:
        yield
    finally:
        _forget(thread)


@contextmanager
def unbounded() -> Iterator[None]:
    """Stop the clock of this thread's `cut_off` inside the block: for a wait on a look-up."""
    watched = _watched.get(threading.get_ident())
    if watched is None:
        yield
        return
    left = watched.deadline - time.monotonic()
    watched.deadline = float("inf")
    try:
        yield
    finally:
        watched.deadline = time.monotonic() + left


def _forget(thread: int) -> None:
    """Stop watching; a TooLong that is still under way comes too late and is dropped.

    Whether one is under way cannot be known, and taking it back leaves CPython 3.11 looking for it
    for ever; so one more is sent and met here, in whose place any other would be.
    """
    try:
        with _lock:
            fired = _watched.pop(thread).fired
        if fired:
            _raise_in(thread, TooLong)
            while True:
                pass
    except TooLong:
        if thread in _watched:
            _forget(thread)


def _wake() -> None:
    if not _begun.is_set():
        _begun.set()
    if not _watchdog or not _watchdog[0].is_alive():
        with _lock:
            if not _watchdog or not _watchdog[0].is_alive():
                _watchdog[:] = [threading.Thread(target=_watch, name="flow-bounds", daemon=True)]
                _watchdog[0].start()


def _watch() -> None:
    while True:
        _begun.wait()
        time.sleep(_TICK_SECONDS)
        with _lock:
            now = time.monotonic()
            for thread, watched in list(_watched.items()):
                if watched.deadline < now:
                    watched.fired += 1
                    _raise_in(thread, TooLong)
                if watched.fired > _MOST_FIRED:
                    del _watched[thread]
            if not _watched:
                _begun.clear()


def _raise_in(thread: int, error: type[BaseException]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
