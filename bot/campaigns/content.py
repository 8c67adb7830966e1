"""What a campaign says: words by language, buttons and a picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

ButtonKind: TypeAlias = Literal["open", "link", "pledge", "poll", "badge"]
"""Opens a flow by a deep link's payload; leads to an address; makes a pledge; answers the one
question; opens a badge that can be earned."""

PROMOTES: frozenset[ButtonKind] = frozenset({"pledge", "poll", "badge"})
"""What a service message may not hold."""

OPENS = frozenset(
    {
        "find", "skills", "results", "saved", "alerts", "routes", "route", "course", "badges", "cv",
        "worth", "next", "reminders", "topics", "codesign",
    }
)  # fmt: skip
"""What a button may open: the first word of its target; what follows "_" says what of it."""

BADGE_WAYS: Mapping[str, str] = {
    "skills-check": "areas",
    "pledge": "pledge",
    "informal": "informal",
    "in-work": "in-work",
    "champion": "champion",
    "route": "route",
}
"""Badges that one can earn from the chat, and the way that earns each."""


_OWN = re.compile(r"[0-9a-f]{64}\Z")


def is_own(picture: str) -> bool:
    """Tell whether a picture is one that staff gave: its name is the hash of its bytes."""
    return _OWN.match(picture) is not None


@dataclass(frozen=True, slots=True)
class Button:
    """A button. Its words are with each language's.

    Attributes:
        id: Unique in its campaign, [a-z0-9-], at most 16 characters.
        target: For "open" a deep link's payload, for "link" an https address, for "badge" the id
            of an achievement; empty for the others.
    """

    id: str
    kind: ButtonKind
    target: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A campaign in one language.

    Attributes:
        text: In the house's markup: **bold**, _italic_, [words](https://address).
        labels: The words of each button, by its id.
        alt: What a picture of the city's own shows, for whoever does not see it.
    """

    text: str
    labels: Mapping[str, str] = field(default_factory=dict)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class CampaignContent:
    """What is sent.

    Attributes:
        wordings: By language; the first one serves people whose language is not among them.
        picture: The name of a shipped picture of campaigns, or of one that staff gave (`is_own`);
            empty for none.
    """

    wordings: Mapping[str, Wording]
    buttons: tuple[Button, ...] = ()
    picture: str = ""

    def wording(self, language: str) -> tuple[str, Wording]:
        """Return the language that a person reads it in, and its words."""
        spoken = language if language in self.wordings else next(iter(self.wordings))
        return spoken, self.wordings[spoken]

    @property
    def polled(self) -> tuple[Button, ...]:
        """The answers of its question, if it asks one."""
        return tuple(one for one in self.buttons if one.kind == "poll")


def content_to_json(content: CampaignContent) -> dict[str, Any]:
    """Return content as JSON."""
    return {
        "wordings": {language: _wording_to_json(one) for language, one in content.wordings.items()},
        "buttons": [[one.id, one.kind, one.target] for one in content.buttons],
        "picture": content.picture,
    }


def _wording_to_json(wording: Wording) -> dict[str, Any]:
    written: dict[str, Any] = {"text": wording.text, "labels": dict(wording.labels)}
    # Left out where there is none: what was approved before there were such keeps its hash.
    return written | {"alt": wording.alt} if wording.alt else written


def content_from_json(written: Mapping[str, Any]) -> CampaignContent:
    """Return the content of that JSON."""
    return CampaignContent(
        {
            language: Wording(one["text"], dict(one["labels"]), one.get("alt", ""))
            for language, one in written["wordings"].items()
        },
        tuple(Button(*one) for one in written["buttons"]),
        written["picture"],
    )
