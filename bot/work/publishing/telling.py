"""What the bench says in JSON, as records again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from bot.publishing.differing import Difference
from bot.publishing.screens import Screen
from bot.publishing.sheets import Left
from content.problems import Problem


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def as_problems(told: Any) -> Sequence[Problem]:
    """Return faults as they were found."""
    found: Sequence[Problem] = _adapter(tuple[Problem, ...]).validate_python(told)
    return found


def as_differences(told: Any) -> Sequence[Difference]:
    """Return differences, a file each."""
    found: Sequence[Difference] = _adapter(list[Difference]).validate_python(told)
    return found


def as_screens(told: Any) -> Sequence[Screen]:
    """Return screens in the order of their file."""
    found: Sequence[Screen] = _adapter(list[Screen]).validate_python(told)
    return found


def as_left(told: Any) -> Mapping[str, Sequence[Left]]:
    """Return by language what is still to be translated."""
    found: Mapping[str, Sequence[Left]] = _adapter(dict[str, list[Left]]).validate_python(told)
    return found
