"""A session: one conversation of one person, as the log of what the person did."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2s
from typing import Any, Literal, TypeAlias

SESSION_FORMAT = 1
UNKNOWN_KEY = "?"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a person did: an answer to the question `key`.

    Attributes:
        value: The answer as JSON, parsed beside its text.
        at: When it was done.
        source: The channel's id of the message that carried it; an edited message finds it.
    """

    key: str
    value: Any
    at: datetime
    source: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """The first act: the circumstances under which the flow runs, frozen.

    Attributes:
        person: A reference to the person, never a name.
        at: When the session began, in the city's time zone.
    """

    person: str
    city: str
    language: str
    at: datetime
    roles: frozenset[str] = frozenset()
    args: Mapping[str, Any] = field(default_factory=dict)


LedgerState: TypeAlias = Literal["done", "refused", "skipped"]


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What became of one wanted effect.

    Attributes:
        effect: The effect as JSON (class name, fields).
        state: "skipped" is an effect that a new version put behind the person's place.
        result: What applying it returned; the text id of the reason where it was refused.
        after: The key of the last question answered before it.
        depth: How many questions were answered before it.
        is_call: It was called: taken back, it is forgotten, not undone.
        stands: It is never compared again: the answers that led to it were folded.
    """

    effect: list[Any]
    state: LedgerState
    result: Any = None
    after: str = ""
    depth: int = 0
    stands: bool = False
    is_call: bool = False


@dataclass(frozen=True, slots=True)
class LookMemo:
    """What a look returned, and when it was read."""

    value: Any
    at: datetime


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer that could mean several things, and what was offered.

    Attributes:
        kind: "which" offers readings of the answer, "wish" asks whether to begin a search.
        text: What was typed.
        offered: Answers as JSON by the option ids that choose them.
    """

    key: str
    kind: Literal["which", "wish"]
    text: str
    offered: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation of one person. Immutable: a turn makes a new one.

    Attributes:
        id: Unique; the nonces of its questions come from it.
        version: The flow's version that played it last.
        log: What the person did, oldest first; the last act of a key wins.
        ledger: What became of wanted effects and calls, by key.
        looks: What looks returned, by key and fingerprint of the arguments.
        frontier: The key of the open question; empty before the first turn.
        editing: The key of an earlier question that was opened by "Change".
        misread: How many answers to the open question could not be read.
        settled: How many acts were there when a new version first played it.
        folded: What the compact hook made of answers that went.
    """

    id: str
    flow: str
    version: int
    opening: Opening
    log: tuple[Act, ...] = ()
    ledger: Mapping[str, LedgerEntry] = field(default_factory=dict)
    looks: Mapping[str, LookMemo] = field(default_factory=dict)
    frontier: str = ""
    editing: str = ""
    misread: int = 0
    doubt: Doubt | None = None
    settled: int = 0
    folded: Mapping[str, Any] = field(default_factory=dict)

    @property
    def asked(self) -> str:
        """The key of the question that a typed message answers."""
        return self.editing or self.frontier

    @property
    def touched_at(self) -> datetime:
        """The time of the newest act."""
        return self.log[-1].at if self.log else self.opening.at

    def nonce(self, key: str) -> str:
        """Return what joins buttons to the question `key` of this session.

        A question that is sent again has the same nonce.
        """
        return nonce_of(self.id, key)

    def find_key(self, nonce: str) -> str | None:
        """Return the key of the question with that nonce; None where it is of another session.

        A question that the path no longer leads to has the key "?", which no flow uses.
        """
        if not nonce.startswith(_digest(self.id, 2)):
            return None
        for key in (self.frontier, self.editing, *(act.key for act in reversed(self.log))):
            if key and nonce_of(self.id, key) == nonce:
                return key
        return UNKNOWN_KEY

    def in_language(self, language: str) -> Session:
        """Return the session in another language; show it again to see it."""
        return replace(self, opening=replace(self.opening, language=language))

    def without_looks(self, keys: Collection[str]) -> Session:
        """Return the session without some looks; show it again to have them read."""
        kept = {key: memo for key, memo in self.looks.items() if key not in keys}
        return replace(self, looks=kept)

    def in_city(self, city: str) -> Session:
        """Return the session in another city; every look is read again."""
        return replace(self, opening=replace(self.opening, city=city), looks={})

    def to_json(self) -> dict[str, Any]:
        """Return the session as JSON values."""
        opening = self.opening
        written: dict[str, Any] = {
            "format": SESSION_FORMAT,
            "id": self.id,
            "flow": self.flow,
            "version": self.version,
            "opening": {
                "person": opening.person,
                "city": opening.city,
                "language": opening.language,
                "at": opening.at.isoformat(),
                "roles": sorted(opening.roles),
                "args": dict(opening.args),
            },
            "log": [_act_to_json(act) for act in self.log],
            "frontier": self.frontier,
        }
        if self.ledger:
            written["ledger"] = {key: _entry_to_json(one) for key, one in self.ledger.items()}
        if self.looks:
            written["looks"] = {
                key: [memo.value, memo.at.isoformat()] for key, memo in self.looks.items()
            }
        for name in ("editing", "misread", "settled"):
            if getattr(self, name):
                written[name] = getattr(self, name)
        if self.folded:
            written["folded"] = dict(self.folded)
        if self.doubt:
            doubt = self.doubt
            written["doubt"] = [doubt.key, doubt.kind, doubt.text, dict(doubt.offered)]
        return written

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Session:
        """Return the session that `to_json` wrote."""
        opening = written["opening"]
        doubt = written.get("doubt")
        return cls(
            id=written["id"],
            flow=written["flow"],
            version=written["version"],
            opening=Opening(
                person=opening["person"],
                city=opening["city"],
                language=opening["language"],
                at=datetime.fromisoformat(opening["at"]),
                roles=frozenset(opening["roles"]),
                args=opening["args"],
            ),
            log=tuple(_act_from_json(act) for act in written["log"]),
            ledger={key: LedgerEntry(*one) for key, one in written.get("ledger", {}).items()},
            looks={
                key: LookMemo(value, datetime.fromisoformat(at))
                for key, (value, at) in written.get("looks", {}).items()
            },
            frontier=written["frontier"],
            editing=written.get("editing", ""),
            misread=written.get("misread", 0),
            doubt=Doubt(*doubt) if doubt else None,
            settled=written.get("settled", 0),
            folded=written.get("folded", {}),
        )


def nonce_of(session_id: str, key: str) -> str:
    """Return ten characters that stand for a question of a session on its buttons."""
    return _digest(session_id, 2) + _digest(f"{session_id} {key}", 3)


@lru_cache(maxsize=8_192)
def _digest(text: str, size: int) -> str:
    return blake2s(text.encode(), digest_size=size).hexdigest()


def _act_to_json(act: Act) -> list[Any]:
    written = [act.key, act.value, act.at.isoformat()]
    if act.source:
        written.append(act.source)
    return written


def _act_from_json(written: list[Any]) -> Act:
    key, value, at, *source = written
    return Act(key, value, datetime.fromisoformat(at), *source)


def _entry_to_json(entry: LedgerEntry) -> list[Any]:
    return [
        entry.effect,
        entry.state,
        entry.result,
        entry.after,
        entry.depth,
        entry.stands,
        entry.is_call,
    ]
