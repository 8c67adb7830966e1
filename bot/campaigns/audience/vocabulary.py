"""The words that a rule may use: what there is in a city, by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.campaigns.audience.rules import Field
from bot.people.consent import TOPICS
from bot.people.roles import Role

FREE: frozenset[Field] = frozenset({"saved", "searched", "interest"})
"""Fields whose value is any subject."""
_SUBJECT = re.compile(r"[\w][\w &+#'./-]{1,59}")
NAMED: Mapping[Field, str] = {
    "ward": "ward",
    "near": "place",
    "skill_below": "skill",
    "skill_at_least": "skill",
    "skill_unknown": "skill",
    "gap": "skill",
}
"""Fields that take their words from another list than that of their own name."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What values there are: for each list, the name that people may type to the id that is meant.

    Attributes:
        lists: By the name of the list; the first name of an id is how it is written back.
    """

    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def find(self, name: Field, typed: str) -> str | None:
        """Return the value that is meant, as it is kept; None where there is no such thing."""
        plain = " ".join(typed.split())
        if name in FREE:
            return plain.casefold() if _SUBJECT.fullmatch(plain) else None
        return self._list(name).get(plain.casefold())

    def known(self, name: Field) -> tuple[str, ...]:
        """Return what may be said, for suggestions."""
        return tuple(self._list(name))

    def _list(self, name: Field) -> Mapping[str, str]:
        return self.lists.get(NAMED.get(name, name), {})


def names(*pairs: tuple[str, str]) -> dict[str, str]:
    """Return a list of a vocabulary: ids first, so that they are suggested and written back."""
    found = {key.casefold(): key for key, _ in pairs}
    for key, shown in pairs:
        found.setdefault(" ".join(shown.casefold().split()), key)
    return found


ROLES = names(*((role.value, role.value) for role in Role))
TOPIC_NAMES = names(*((topic.value, topic.value) for topic in TOPICS))
