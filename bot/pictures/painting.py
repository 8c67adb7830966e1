"""Painting away from the event loop, two pictures at once in the whole program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

AT_ONCE: Final = 2
"""Painting takes a core each: more at once would only keep turns waiting."""

T = TypeVar("T")
_PAINTERS: Final = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="painter")


async def paint(function: Callable[..., T], *args: object) -> T:
    """Run something that paints, such as `bot.pictures.png.to_png`; the rest wait their turn."""
    return await asyncio.get_running_loop().run_in_executor(_PAINTERS, function, *args)
