"""Effects: what a flow wants done to the world, as frozen records that survive as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar, TypeAlias

from bot.errors import FlowDefinitionError

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

_classes: dict[str, type[Effect]] = {}


@dataclass(frozen=True)
class Effect:
    """Something to be done in the turn's transaction; subclasses are frozen dataclasses.

    A subclass overrides `undo` or sets `final`, and holds JSON values only.

    Attributes:
        final: It cannot be taken back: a back or an edit that would unmake it is refused.
        backfill: It is done even where a new version put it behind a person's place.
        said_when_undone: The text id said to the person when it is taken back.
        final_because: The text id that says why a back or an edit is refused.
    """

    final: ClassVar[bool] = False
    backfill: ClassVar[bool] = False
    said_when_undone: ClassVar[str] = "conversation.undone"
    final_because: ClassVar[str] = "conversation.final"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.final and cls.undo is Effect.undo:
            raise FlowDefinitionError(f"effect {cls.__name__} declares neither undo nor final")
        known = _classes.get(cls.__name__)
        if known is not None and known.__module__ != cls.__module__:
            raise FlowDefinitionError(f"two effects are called {cls.__name__}")
        _classes[cls.__name__] = cls

    def undo(self, result: Any) -> Effect | None:  # noqa: ARG002 - for overriding
        """Return the effect that takes this one back, or None where nothing need be done.

        Args:
            result: What applying it returned.
        """
        return None


@dataclass(frozen=True, slots=True)
class Refusal:
    """An effect was refused; `text_id` says why in words for the person."""

    text_id: str


def encode_effect(effect: Effect) -> list[Any]:
    """Return the effect as JSON: its class name and its fields."""
    return [type(effect).__name__, plain(asdict(effect))]


def decode_effect(encoded: Sequence[Any]) -> Effect | None:
    """Return the effect of that JSON, or None where no code knows it any more."""
    found = _classes.get(encoded[0])
    if found is None:
        return None
    try:
        return found(**{name: _frozen(value) for name, value in encoded[1].items()})
    except TypeError:
        return None


def plain(value: Any) -> Any:
    """Return the value as it comes back from JSON: lists for tuples, strings for dates."""
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return plain(_json_default(value))


def to_text(value: Any) -> str:
    """Return compact JSON with sorted names, equal for equal values."""
    return json.dumps(value, default=_json_default, sort_keys=True, separators=(",", ":"))


def _json_default(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise FlowDefinitionError(f"{type(value).__name__} cannot be kept as JSON")


def _frozen(value: Any) -> Any:
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value
