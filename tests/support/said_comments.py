"""Rounds of comments kept in memory, with the real looks and effects over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

import bot.work.effects.codesign as effects
import bot.work.reads.codesign as reads
from bot.codesign.effects import GiveComment, JoinRound, LeaveRound, SayMissing, TakeShare
from bot.codesign.records import (
    Change,
    Comment,
    Kind,
    NewRound,
    Part,
    Round,
    RoundSheet,
    Suggestion,
)
from bot.errors import NotFound, Refused
from content.frameworkfiles import read_frameworks
from content.frameworks import Framework
from content.load import SHIPPED

AT = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
PERSON = "anna"
TOKEN = "Token_0000000000000000000000000-"
ROUND = Round(
    "round1",
    TOKEN,
    NewRound(
        "manchester", "Sector skills", "sectors-draft", "0.1", ("data",), date(2027, 1, 1),
        date(2027, 1, 31), 3,
    ),
    AT,
)  # fmt: skip
OVER = replace(
    ROUND,
    id="round0",
    token="Over",
    new=replace(ROUND.new, title="Last year", closes_on=date(2026, 12, 1)),
)
EARLY = replace(
    ROUND, id="round2", token="Early", new=replace(ROUND.new, opens_on=date(2027, 1, 20))
)


@cache
def _frameworks() -> Mapping[str, Framework]:
    return read_frameworks(SHIPPED, []).frameworks


@dataclass
class SaidComments:
    """One person's comments, as the repositories keep them."""

    held: dict[str, Round] = field(
        default_factory=lambda: {one.id: one for one in (ROUND, OVER, EARLY)}
    )
    parts: dict[str, Part] = field(default_factory=dict)
    said: dict[tuple[str, str], Comment] = field(default_factory=dict)
    suggestions: list[tuple[str, Suggestion]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    frameworks: dict[str, Framework] = field(default_factory=lambda: dict(_frameworks()))
    now: datetime = AT

    # -- rounds --------------------------------------------------------------------------------

    def find(self, round_id: str) -> Round | None:
        return self.held.get(round_id)

    def find_by_token(self, token: str) -> Round | None:
        return next((one for one in self.held.values() if one.token == token), None)

    def list_of(self, cities: object) -> list[Round]:
        return list(self.held.values())

    def sheet(self, found: Round) -> RoundSheet:
        kept = tuple(one for key, one in self.suggestions if key == found.id)
        return RoundSheet(found, suggestions=kept, changes=tuple(self.changes))

    # -- comments ------------------------------------------------------------------------------

    def join(self, round_id: str, person: str, kind: Kind, *, keeps: bool) -> Part:
        return self.parts.setdefault(round_id, Part(round_id, person, kind, keeps, AT))

    def find_part(self, round_id: str, person: str) -> Part | None:
        return self.parts.get(round_id)

    def list_parts(self, person: str) -> list[Part]:
        return list(self.parts.values())

    def leave(self, round_id: str, person: str) -> bool:
        self.said = {key: one for key, one in self.said.items() if key[0] != round_id}
        self.suggestions = [one for one in self.suggestions if one[0] != round_id]
        return self.parts.pop(round_id, None) is not None

    def heard(self, round_id: str) -> Counter[tuple[str, Kind]]:
        return Counter((item, Kind.RESIDENT) for key, item in self.said if key == round_id)

    def comments_of(self, round_id: str, person: str) -> list[Comment]:
        words = {one.item: one.words for key, one in self.suggestions if key == round_id}
        return [
            replace(one, words=words.get(one.item, ""))
            for (key, _), one in self.said.items()
            if key == round_id
        ]

    def give(self, part: Part, items: Any) -> None:
        self.said |= {(part.round, item): Comment(item, AT) for item in items}

    def put(self, part: Part, said: Comment) -> None:
        if (part.round, said.item) not in self.said:
            raise NotFound("They were not given this descriptor.")
        self.said[part.round, said.item] = replace(said, answered_at=AT)
        self.suggestions = [
            one for one in self.suggestions if (one[0], one[1].item) != (part.round, said.item)
        ]
        if said.words:
            self._suggest(part, said.item, said.words)

    def say_missing(self, part: Part, words: str) -> None:
        if words == "everything":
            raise Refused("codesign.full")
        self._suggest(part, "", words)

    def list_suggestions(self, round_id: str, person: str) -> list[Suggestion]:
        return [one for key, one in self.suggestions if key == round_id]

    def _suggest(self, part: Part, item: str, words: str) -> None:
        name = f"suggestion{len(self.suggestions)}"
        made = Suggestion(name, item, part.kind, words, AT, may_stay=part.keeps)
        self.suggestions.append((part.round, made))

    # -- the turn ------------------------------------------------------------------------------

    @property
    def context(self) -> Any:
        """The turn."""
        comments = SimpleNamespace(
            **{
                name: getattr(self, name)
                for name in (
                    *("join", "find_part", "list_parts", "leave", "heard", "give", "put"),
                    *("say_missing", "list_suggestions"),
                )
            },
            list_of=self.comments_of,
        )
        content = SimpleNamespace(
            cities={},
            frameworks=self.frameworks,
            archive={},
            framework_at=lambda key, version: self.frameworks.get(key),
            words=SimpleNamespace(still_says=lambda text_id, english: True),
        )
        return SimpleNamespace(
            unit=SimpleNamespace(rounds=self, comments=comments),
            person=SimpleNamespace(id=PERSON),
            city="manchester",
            content=content,
            now=self.now,
            public_url="http://127.0.0.1",
        )

    def looks(self) -> dict[str, Callable[..., Any]]:
        """What the flow looks up."""
        named = ("rounds", "round", "item", "answers", "came")
        return {f"codesign_{name}": self._looking(f"codesign_{name}") for name in named}

    def _looking(self, name: str) -> Callable[..., Any]:
        return lambda *args: getattr(reads, name)(self.context, *args)

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects."""
        applied: dict[type, Callable[[Any, Any], Any]] = {
            JoinRound: effects.join_round,
            TakeShare: effects.take_share,
            GiveComment: effects.give_comment,
            SayMissing: effects.say_missing,
            LeaveRound: effects.leave_round,
        }
        return {kind.__name__: self._applying(apply) for kind, apply in applied.items()}

    def _applying(self, apply: Callable[[Any, Any], Any]) -> Callable[[Any], Any]:
        return lambda effect: apply(self.context, effect)
