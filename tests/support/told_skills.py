"""Sittings kept in memory, with the real looks and effects of the self-assessment over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

import bot.work.effects.skills as effects
import bot.work.reads.skills as reads
import bot.work.reads.skills_results as results
import bot.work.reads.standing as standing
from bot.skills.sittings import Feeling, GivenAnswer, Mode, Sitting
from content.load import Content, load
from tests.support.noted import TraitsInMemory

PERSON = "person-1"
MOST_BYTES = 2_048


@cache
def shipped() -> Content:
    """The shipped content of one city, read once."""
    return load(cities=frozenset({"manchester"}))


class SkillsInMemory:
    """What `unit.skills` does, in a dictionary."""

    def __init__(self) -> None:
        self.sittings: dict[str, Sitting] = {}
        self.answers: dict[str, dict[str, GivenAnswer]] = {}
        self.removed: dict[str, tuple[Sitting, dict[str, GivenAnswer]]] = {}
        self.now = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)

    def start(
        self,
        person: str,
        city: str,
        framework: str,
        version: str,
        content_version: str,
        mode: Mode,
        parts: tuple[str, ...] = (),
    ) -> Sitting:
        key = f"sitting{len(self.sittings) + len(self.removed) + 1}"
        self.sittings[key] = Sitting(
            key, person, city, framework, version, content_version, mode, parts, self.now, self.now
        )
        self.answers[key] = {}
        return self.sittings[key]

    def record(
        self, person: str, sitting: str, item: str, answer: int | None, content_version: str
    ) -> bool:
        if self.find_sitting(person, sitting) is None:
            return False
        own = self.answers[sitting]
        if item not in own:
            self.sittings[sitting] = replace(self.sittings[sitting], finished_at=None)
        own[item] = GivenAnswer(sitting, item, answer, self.now, content_version)
        self.sittings[sitting] = replace(self.sittings[sitting], updated_at=self.now)
        return True

    def feel(self, person: str, sitting: str, moment: str, feeling: Feeling) -> bool:
        known = self.find_sitting(person, sitting) is not None
        if known:
            told = {moment: feeling}
            self.sittings[sitting] = replace(self.sittings[sitting], **told)  # type: ignore[arg-type]
        return known

    def finish(self, person: str, sitting: str) -> bool:
        known = self.find_sitting(person, sitting) is not None
        if known:
            self.sittings[sitting] = replace(self.sittings[sitting], finished_at=self.now)
        return known

    def find_sitting(self, person: str, sitting: str) -> Sitting | None:
        found = self.sittings.get(sitting)
        if found is None or found.person != person:
            return None
        return replace(found, count=len(self.answers[sitting]))

    def list_sittings(self, person: str, limit: int = 100) -> list[Sitting]:
        found = [self.find_sitting(person, key) for key in self.sittings]
        told = [one for one in found if one is not None and one.count]
        return sorted(told, key=lambda one: (one.started_at, one.id), reverse=True)[:limit]

    def answers_of(self, person: str, sitting: str) -> list[GivenAnswer]:
        return list(self.answers[sitting].values()) if self.find_sitting(person, sitting) else []

    def list_answers(self, person: str) -> list[GivenAnswer]:
        return [one for key in self.sittings for one in self.answers_of(person, key)]

    def delete(self, person: str, sitting: str) -> bool:
        if self.find_sitting(person, sitting) is None:
            return False
        self.removed[sitting] = (self.sittings.pop(sitting), self.answers.pop(sitting))
        return True

    def bring_back(self, person: str, sitting: str) -> bool:
        del person
        if sitting not in self.removed:
            return False
        self.sittings[sitting], self.answers[sitting] = self.removed.pop(sitting)
        return True


class ToldSkills:
    """The looks and effects of the self-assessment for one person of a scripted chat."""

    def __init__(self) -> None:
        self.kept = SkillsInMemory()
        self.longest = 0
        pages = SimpleNamespace(close=lambda *_: False)
        self.traits = TraitsInMemory()
        unit = SimpleNamespace(
            skills=self.kept,
            result_pages=pages,
            sessions=SimpleNamespace(find=lambda _: None),
            badges=SimpleNamespace(list_of=lambda _: []),
            traits=self.traits,
        )
        self.context: Any = SimpleNamespace(
            person=SimpleNamespace(id=PERSON, memory={}),
            city="manchester",
            language="en",
            content=shipped(),
            unit=unit,
            catalogue=SimpleNamespace(index=lambda _: None),
            now=self.kept.now,
        )

    def wait(self, **length: float) -> None:
        """Let time pass."""
        self.kept.now += timedelta(**length)
        self.context.now = self.kept.now

    def looks(self) -> dict[str, Callable[..., Any]]:
        """The real looks, over what is kept in memory."""
        found: tuple[Any, ...] = (
            reads.skills_home, reads.skills_left, reads.skills_parts, reads.skills_typed,
            reads.skills_next, reads.skills_check,
            results.skills_result, results.skills_said, results.skills_one,
            results.skills_place, results.skills_history, results.skills_compared,
            standing.where_i_stand,
        )  # fmt: skip
        return {one.__name__: self._bound(one) for one in found} | {"result_page": _page}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects, over the same."""
        found: dict[str, Any] = {
            "StartSitting": effects.start_sitting,
            "KeepAnswer": effects.keep_answer,
            "KeepFeeling": effects.keep_feeling,
            "FinishSitting": effects.finish_sitting,
            "DeleteSitting": effects.delete_sitting,
            "BringSittingBack": effects.bring_sitting_back,
        }
        bound = {name: self._bound(one) for name, one in found.items()}
        bound["CloseResultPage"] = lambda _: {"was_open": True}
        return bound | {"OpenResultPage": lambda effect: {"link": f"/results/{effect.sitting}"}}

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(self.context, *args)


def _page(sitting: str = "") -> dict[str, str]:
    return {"link": "", "own": ""}
