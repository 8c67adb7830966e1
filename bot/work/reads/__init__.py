"""What flows may look up: each look is one function, read off the event loop.

::

    @look("find_courses")
    def find_courses(context: Context, request: dict) -> JsonValue: ...

A look returns JSON: ids and small values, at most 2 kB. It changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.errors import FlowDefinitionError
from bot.work.context import Context, JsonValue

__all__ = ["LOOKS", "Context", "JsonValue", "Look", "LookRegistry", "look"]

Look: TypeAlias = Callable[..., JsonValue]


class LookRegistry:
    """Looks by name."""

    def __init__(self) -> None:
        self._looks: dict[str, Look] = {}

    def register(self, name: str, function: Look) -> None:
        """Name a look.

        Raises:
            FlowDefinitionError: There is another one of that name.
        """
        if self._looks.setdefault(name, function) is not function:
            raise FlowDefinitionError(f"there are two looks called {name!r}")

    def get(self, name: str) -> Look:
        """Return the look of that name.

        Raises:
            FlowDefinitionError: There is none.
        """
        found = self._looks.get(name)
        if found is None:
            raise FlowDefinitionError(f"there is no look called {name!r}")
        return found

    @property
    def all(self) -> Mapping[str, Look]:
        """Every look by its name."""
        return dict(self._looks)


LOOKS = LookRegistry()
"""What the modules of this package declare."""


def look(name: str) -> Callable[[Look], Look]:
    """Declare a look."""

    def declare(function: Look) -> Look:
        LOOKS.register(name, function)
        return function

    return declare
