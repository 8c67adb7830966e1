"""The port through which a flow reads the world in one turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import orjson

from bot.conversation.messages import Text
from bot.errors import FlowDefinitionError
from bot.work.context import Context
from bot.work.reads import LookRegistry
from storage import Unit

MOST_BYTES = 4_096
"""What a look may return; the engine asks for about half of it."""


class TurnReads:
    """Looks and words of one turn; the context moves on as effects change the person."""

    __slots__ = ("_looks", "context")

    def __init__(self, context: Context, looks: LookRegistry) -> None:
        self.context = context
        self._looks = looks

    def in_unit(self, unit: Unit) -> None:
        """Read through this unit from now on, so that looks see what the turn has written."""
        self.context = replace(self.context, unit=unit)

    @property
    def languages(self) -> Sequence[str]:
        """Every shipped language."""
        return self.context.content.words.languages

    @property
    def now(self) -> datetime:
        """The time of the turn in the city's time zone."""
        return self.context.now

    def look(self, name: str, args: tuple[Any, ...]) -> Any:
        """Look something up.

        Raises:
            FlowDefinitionError: There is no such look, or it returns too much.
        """
        found = self._looks.get(name)(self.context, *args)
        if len(orjson.dumps(found)) > MOST_BYTES:
            raise FlowDefinitionError(f"the look {name!r} returns more than {MOST_BYTES} bytes")
        return found

    def words(self, text: Text, language: str) -> str:
        """Return the plain words of a text."""
        return self.context.content.words.plain(text, language)
