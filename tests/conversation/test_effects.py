"""Effects and texts as JSON, and how flows are found."""

import types
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar

import pytest

import tests.conversation.examples as examples
from bot.conversation import (
    Text,
    collect_flows,
    flow,
    register_effects,
    text_from_json,
    text_to_json,
)
from bot.conversation.effects import decode_effect, encode_effect, traits_of
from bot.conversation.plain import plain, to_text
from bot.errors import FlowDefinitionError


@dataclass(frozen=True)
class Book:
    courses: tuple[str, ...]
    seats: int = 1

    def undo(self, result: str) -> Any:
        return Cancel(result)


@dataclass(frozen=True, slots=True)
class Cancel:
    booking: str
    final: ClassVar[bool] = True


def test_an_effect_survives_as_json() -> None:
    encoded = encode_effect(Book(("a", "b")))
    assert encoded == ["Book", {"courses": ["a", "b"], "seats": 1}]
    assert decode_effect(encoded) == Book(("a", "b"))


def test_an_effect_that_no_code_knows_is_let_be() -> None:
    assert decode_effect(["Vanished", {}]) is None
    assert decode_effect(["Book", {"courses": [], "seats": 1, "extra": 2}]) is None


def test_undo_may_take_the_result() -> None:
    undo = traits_of(Book).undo
    assert undo is not None
    assert undo(Book(()), "b-7") == Cancel("b-7")


def test_effects_of_a_module_are_registered() -> None:
    register_effects(examples)
    assert decode_effect(["Redeem", {"code": "GOLD"}]) == examples.Redeem("GOLD")


def test_two_effects_of_one_name_are_a_definition_error() -> None:
    bare: type[Any] = type("Book", (), {"__module__": "elsewhere"})
    twin = dataclass(frozen=True)(bare)
    with pytest.raises(FlowDefinitionError, match="two effects"):
        traits_of(twin)
    with pytest.raises(FlowDefinitionError, match="not a dataclass"):
        traits_of(int)


def test_a_text_survives_as_json_with_its_types() -> None:
    text = Text(
        "course.when",
        {
            "day": date(2027, 1, 12),
            "at": datetime(2027, 1, 12, 18, 30, tzinfo=UTC),
            "time": time(18, 30),
            "cost": Decimal("4.50"),
            "lines": (Text("line", {"n": 1}), "plain", None, True),
        },
    )
    assert text_from_json(plain(text_to_json(text))) == text


def test_what_is_no_json_is_a_definition_error() -> None:
    with pytest.raises(FlowDefinitionError, match="cannot be kept"):
        to_text(object())
    assert plain({"days": {3, 1}, "cost": Decimal("1.5"), "of": Book(("a",))}) == {
        "days": [1, 3],
        "cost": "1.5",
        "of": {"courses": ["a"], "seats": 1},
    }


def test_flows_are_found_in_every_module_of_a_package() -> None:
    import bot.flows

    registry = collect_flows(bot.flows)
    assert registry.find("discover") is not None
    assert len(registry) == len(list(registry))
    assert registry.find("nothing of the kind") is None


def test_two_flows_of_one_name_are_a_definition_error(monkeypatch: pytest.MonkeyPatch) -> None:
    import bot.flows
    import bot.flows.menu

    @flow("menu")
    async def menu(chat: Any) -> None: ...

    monkeypatch.setattr(bot.flows.menu, "another", menu, raising=False)
    with pytest.raises(FlowDefinitionError, match="two flows"):
        collect_flows(bot.flows)
    assert isinstance(bot.flows, types.ModuleType)
