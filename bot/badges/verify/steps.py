"""How a badge was judged: one step after the other, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from bot.badges.records import Json, Reason

MAX_FILE = 2 * 1024 * 1024
"""Bytes that are looked at: badges with a picture have a tenth of it."""

StepName: TypeAlias = Literal[
    "file", "format", "schema", "key", "proof", "time", "status", "endorsement"
]
Outcome: TypeAlias = Literal["good", "bad", "unknown"]
Verdict: TypeAlias = Literal[
    "good",
    "sample",
    "self_made",
    "changed",
    "foreign_key",
    "withdrawn_key",
    "broken",
    "revoked",
    "expired",
    "early",
    "unknown",
    "old_form",
    "not_a_badge",
]


@dataclass(frozen=True, slots=True)
class Need:
    """Something of others that judging takes.

    Attributes:
        kind: "keys" of an issuer, or a "status" list.
        address: Where it is.
        did: Whose keys; empty for a status list.
    """

    kind: Literal["keys", "status"]
    address: str
    did: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was looked at.

    Attributes:
        outcome: "unknown" where it could not be looked at, such as an issuer that is away.
        reason: The text `verify.<step>.<what>` and its values.
    """

    name: StepName
    outcome: Outcome
    reason: Reason


@dataclass(frozen=True, slots=True)
class Shown:
    """What a badge says, once its signature was found good; empty where it says nothing.

    Attributes:
        id: The credential's.
        name, description, criteria, kind, language: Of the achievement.
        issuer, issuer_name: Its id and what it calls itself.
        awarded, until: As written: days and times of the issuer.
        alignments: What it stands for: (name, framework).
        image: Address of its picture.
    """

    id: str
    name: str
    description: str
    criteria: str
    kind: str
    language: str
    issuer: str
    issuer_name: str
    awarded: str
    until: str
    alignments: tuple[tuple[str, str], ...]
    image: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about a badge.

    Attributes:
        verdict: In one word; the text `verify.verdict.<verdict>` says it in a sentence.
        steps: In the order in which they were taken; the last may be the one that stopped it.
        shown: What it says; None where nobody can say whether that is true.
    """

    verdict: Verdict
    steps: tuple[Step, ...]
    shown: Shown | None = None

    @property
    def reason(self) -> Reason:
        """The verdict as a text."""
        values = {"issuer": self.shown.issuer_name} if self.shown else {}
        return Reason(f"verify.verdict.{self.verdict}", values)

    def to_json(self) -> Json:
        """Return it for another process."""
        steps = [
            [one.name, one.outcome, one.reason.text, _dumped(one.reason.values)]
            for one in self.steps
        ]
        shown = None
        if self.shown is not None:
            shown = {name: getattr(self.shown, name) for name in Shown.__dataclass_fields__}
        return {"verdict": self.verdict, "steps": steps, "shown": shown}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Judgement:
        """Return what `to_json` gave."""
        steps = tuple(
            Step(name, outcome, Reason(text, _loaded(values)))
            for name, outcome, text, values in value["steps"]
        )
        shown = value["shown"]
        if shown is not None:
            pairs = tuple((name, framework) for name, framework in shown["alignments"])
            shown = Shown(**{**shown, "alignments": pairs})
        return cls(value["verdict"], steps, shown)


def _dumped(values: Mapping[str, object]) -> Json:
    return {
        name: {"moment": value.isoformat()} if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def _loaded(values: Mapping[str, Any]) -> Json:
    return {
        name: datetime.fromisoformat(value["moment"]) if isinstance(value, dict) else value
        for name, value in values.items()
    }


def shown_of(document: Json) -> Shown:
    """Return what a credential says; call it only for one whose signature is good."""
    subject = document["credentialSubject"]
    subject = subject[0] if isinstance(subject, list) else subject
    achievement = _first(subject.get("achievement"))
    issuer = document["issuer"]
    return Shown(
        id=_text(document.get("id")),
        name=_text(achievement.get("name")) or _text(document.get("name")),
        description=_text(achievement.get("description")),
        criteria=_text(_first(achievement.get("criteria")).get("narrative")),
        kind=_text(achievement.get("achievementType")),
        language=_text(achievement.get("inLanguage")),
        issuer=issuer_id(document),
        issuer_name=_text(_first(issuer).get("name")) or issuer_id(document),
        awarded=_text(document.get("awardedDate")) or _text(document.get("validFrom")),
        until=_text(document.get("validUntil")),
        alignments=tuple(
            (_text(one.get("targetName")), _text(one.get("targetFramework")))
            for one in as_list(achievement.get("alignment"))
            if isinstance(one, dict)
        )[:30],
        image=_text(_first(achievement.get("image")).get("id")),
    )


def issuer_id(document: Json) -> str:
    """Return who a document says that it is from; empty where it does not."""
    issuer = document.get("issuer")
    return _text(issuer.get("id") if isinstance(issuer, dict) else issuer)


def as_list(value: Any) -> list[Any]:
    """Return a member that may stand alone or in a list as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _first(value: Any) -> Json:
    one = value[0] if isinstance(value, list) and value else value
    return one if isinstance(one, dict) else {}


def _text(value: Any) -> str:
    return value[:2000] if isinstance(value, str) else ""
