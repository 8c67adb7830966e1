"""Python's cycle collector, told what this program is like."""

from __future__ import annotations

import ctypes
import gc
import sys

YOUNG = 20_000
"""Objects that come and stay before the youngest are looked through.

A turn leaves next to no cycles, but has thousands of objects alive while it waits for the disk or
the network: at Python's own 700 the collector took a quarter of all processor time.
"""


def rest_collector() -> None:
    """Keep the collector out of the start: what is loaded there stays.

    It took a third of the time to the first answer. `settle_collector` brings it back.
    """
    gc.disable()


def set_apart_modules() -> None:
    """Leave what was imported out of the collection at the end of the start: 0.15 s of it."""
    gc.freeze()


def settle_collector() -> None:
    """Leave what was loaded at the start out of every later collection.

    Indexes, words and modules live as long as the process; going through them again and again
    would hold up every chat at once. Call it when the program has started.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
    gc.enable()
    give_back_memory()


def give_back_memory() -> None:
    """Let the system have what was read and is needed no more: some 5 MB."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
