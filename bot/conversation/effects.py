"""Effects: what a flow wants done to the world, as frozen records that survive as JSON.

An effect is any frozen dataclass with JSON fields. What it declares is read from the class:

- `undo`: a method returning the effect that takes this one back, or None where nothing need be
  done; it may take the result of applying it. An effect without `undo` must be `final`.
- `final = True`: it cannot be taken back; a back or an edit that would unmake it is refused.
- `backfill = True`: it is done even where a new version put it behind a person's place.
- `said_when_undone`, `final_because`: text ids told to the person in those cases.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from types import ModuleType
from typing import Any, ClassVar, Protocol

from bot.conversation.plain import frozen, plain
from bot.errors import FlowDefinitionError


class Effect(Protocol):
    """Any frozen dataclass with JSON fields."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An effect was refused; `text_id` says why in words for the person."""

    text_id: str


@dataclass(frozen=True, slots=True)
class Traits:
    """What an effect's class declares."""

    kind: type[Any]
    names: tuple[str, ...]
    undo: Callable[[Any, Any], Any] | None
    is_final: bool
    is_backfill: bool
    said_when_undone: str
    final_because: str


_by_name: dict[str, Traits] = {}
_by_class: dict[type[Any], Traits] = {}


def register_effects(*modules: ModuleType) -> None:
    """Make the effects that modules declare readable from the ledgers of stored sessions.

    Raises:
        FlowDefinitionError: Two effects share a name.
    """
    for module in modules:
        for kind in vars(module).values():
            if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__:
                traits_of(kind)


def traits_of(kind: type[Any]) -> Traits:
    """Return what an effect's class declares.

    Raises:
        FlowDefinitionError: It is no dataclass, or another effect has its name.
    """
    known = _by_class.get(kind)
    if known is None:
        known = _by_class[kind] = _read_traits(kind)
        if _by_name.setdefault(kind.__name__, known).kind.__module__ != kind.__module__:
            raise FlowDefinitionError(f"two effects are called {kind.__name__}")
        _by_name[kind.__name__] = known
    return known


def encode_effect(effect: Any) -> list[Any]:
    """Return the effect as JSON: its class name and its fields."""
    traits = traits_of(type(effect))
    values = {name: plain(getattr(effect, name)) for name in traits.names}
    return [traits.kind.__name__, values]


def decode_effect(encoded: Sequence[Any]) -> Any | None:
    """Return the effect of that JSON, or None where no code knows it any more."""
    traits = _by_name.get(encoded[0])
    values: Mapping[str, Any] = encoded[1]
    if traits is None or set(values) != set(traits.names):
        return None
    return traits.kind(**{name: frozen(value) for name, value in values.items()})


def _read_traits(kind: type[Any]) -> Traits:
    if not is_dataclass(kind):
        raise FlowDefinitionError(f"effect {kind.__name__} is not a dataclass")
    return Traits(
        kind=kind,
        names=tuple(one.name for one in fields(kind)),
        undo=_read_undo(kind),
        is_final=bool(getattr(kind, "final", False)),
        is_backfill=bool(getattr(kind, "backfill", False)),
        said_when_undone=getattr(kind, "said_when_undone", "conversation.undone"),
        final_because=getattr(kind, "final_because", "conversation.final"),
    )


def _read_undo(kind: type[Any]) -> Callable[[Any, Any], Any] | None:
    undo = getattr(kind, "undo", None)
    if undo is None:
        return None
    takes_result = len(inspect.signature(undo).parameters) > 1
    return undo if takes_result else lambda effect, _result: undo(effect)
