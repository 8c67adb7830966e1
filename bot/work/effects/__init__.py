"""What effects do: each is applied by one function, in the turn's transaction.

A function is registered for an effect's class::

    @applies(SaveCourse)
    def save_course(context: Context, effect: SaveCourse) -> JsonValue:
        context.unit.saved.add(context.person.id, effect.course)

It checks again what the conversation saw, because that may be minutes or days old, raises
`bot.errors.Refused` with a text id where a rule forbids it, and returns what the flow may read.
It may be run more than once for one turn (the transaction may be tried again), so it does
nothing outside `context.unit`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from bot.errors import FlowDefinitionError
from bot.work.context import Context, JsonValue

__all__ = ["EFFECTS", "Applier", "Context", "EffectRegistry", "JsonValue", "applies"]

E = TypeVar("E")
Applier: TypeAlias = Callable[[Context, Any], JsonValue]


class EffectRegistry:
    """Appliers by the class of the effect."""

    def __init__(self) -> None:
        self._appliers: dict[type, Applier] = {}

    def register(self, kind: type, applier: Applier) -> None:
        """Say how effects of `kind` are applied.

        Raises:
            FlowDefinitionError: There is another applier for it.
        """
        if self._appliers.setdefault(kind, applier) is not applier:
            raise FlowDefinitionError(f"the effect {kind.__name__} is applied twice")

    def apply(self, context: Context, effect: object) -> JsonValue:
        """Apply an effect and return its result.

        Raises:
            FlowDefinitionError: Nothing knows how.
            Refused: A rule forbids it.
        """
        applier = self._appliers.get(type(effect))
        if applier is None:
            raise FlowDefinitionError(f"nothing applies the effect {type(effect).__name__}")
        return applier(context, effect)

    @property
    def kinds(self) -> Mapping[str, type]:
        """The effects' classes by their names."""
        return {kind.__name__: kind for kind in self._appliers}


EFFECTS = EffectRegistry()
"""What the modules of this package declare; like a flow, an applier is declared once for all."""


def applies(
    kind: type[E],
) -> Callable[[Callable[[Context, E], JsonValue]], Callable[[Context, E], JsonValue]]:
    """Declare the function that applies effects of `kind`."""

    def declare(applier: Callable[[Context, E], JsonValue]) -> Callable[[Context, E], JsonValue]:
        EFFECTS.register(kind, applier)
        return applier

    return declare
