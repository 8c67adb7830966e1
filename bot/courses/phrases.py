"""Words by id with what fills them: how a subject speaks without knowing words or channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text id and its values; a value may be a phrase or a tuple of phrases."""

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
