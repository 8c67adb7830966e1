"""Followed routes kept in memory, with the real looks and effects of routes over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import bot.work.effects.pathways as effects
import bot.work.reads.pathways as reads
import bot.work.reads.worth as worth
from bot.skills.pathways import Followed, Mark
from tests.support.told_skills import PERSON, SkillsInMemory, shipped

OFFERED = ("course", "evenings", "volunteering")
"""Ways in which something is on."""


NO_BADGES = SimpleNamespace(list_of=lambda _: [])


class PathwaysInMemory:
    """What `unit.pathways` does, in dictionaries."""

    def __init__(self, skills: SkillsInMemory) -> None:
        self.skills = skills
        self.followed: dict[str, Followed] = {}
        self.said: dict[str, dict[str, Mark]] = {}

    @property
    def _now(self) -> Any:
        """A later time at each call: what is chosen last is the current one."""
        self.skills.now += timedelta(seconds=1)
        return self.skills.now

    def follow(self, person: str, city: str, pathway: str, version: str) -> bool:
        known, now = self.followed.get(pathway), self._now
        if known is not None and known.left_at is None:
            self.followed[pathway] = replace(known, chosen_at=now)
            return False
        self.followed[pathway] = Followed(pathway, version, now, now)
        return True

    def leave(self, person: str, pathway: str) -> bool:
        return self._change(pathway, left_at=self._now)

    def come_back(self, person: str, pathway: str) -> bool:
        known = self.followed.get(pathway)
        if known is None or known.left_at is None:
            return False
        self.followed[pathway] = replace(known, left_at=None)
        return True

    def choose(self, person: str, pathway: str) -> bool:
        return self._change(pathway, chosen_at=self._now)

    def update(self, person: str, pathway: str, version: str) -> bool:
        return self._change(pathway, version=version)

    def _change(self, pathway: str, **values: Any) -> bool:
        known = self.followed.get(pathway)
        if known is None or known.left_at is not None:
            return False
        self.followed[pathway] = replace(known, **values)
        return True

    def list_followed(self, person: str) -> list[Followed]:
        kept = [one for one in self.followed.values() if one.left_at is None]
        return sorted(kept, key=lambda one: one.chosen_at, reverse=True)

    def mark(self, person: str, city: str, pathway: str, step: str, mark: Mark) -> None:
        self.said.setdefault(pathway, {})[step] = mark

    def marks(self, person: str) -> dict[str, dict[str, Mark]]:
        return {pathway: dict(own) for pathway, own in self.said.items()}


class FollowedRoutes:
    """The looks and effects of routes for one person of a scripted chat."""

    def __init__(self, skills: SkillsInMemory) -> None:
        self.kept = PathwaysInMemory(skills)
        unit = SimpleNamespace(skills=skills, pathways=self.kept, badges=NO_BADGES, now=skills.now)
        self.context: Any = SimpleNamespace(
            person=SimpleNamespace(id=PERSON),
            city="manchester",
            language="en",
            content=shipped(),
            unit=unit,
        )

    def looks(self) -> dict[str, Callable[..., Any]]:
        """The real looks, but for what is on: something for a few ways of taking a step."""
        found: tuple[Any, ...] = (
            reads.next_step, reads.my_routes, reads.routes_of, reads.route, reads.route_step,
            worth.skill_areas, worth.skill_names, worth.find_skill, worth.worth_of,
        )  # fmt: skip
        return {one.__name__: self._bound(one) for one in found} | {"way_courses": _way_courses}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects."""
        found: dict[str, Any] = {
            "FollowPathway": effects.follow_pathway,
            "LeavePathway": effects.leave_pathway,
            "ReturnToPathway": effects.return_to_pathway,
            "ChoosePathway": effects.choose_pathway,
            "UpdatePathway": effects.update_pathway,
            "MarkStep": effects.mark_step,
        }
        return {name: self._bound(one) for name, one in found.items()}

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(self.context, *args)


def _way_courses(key: str, step: str, kind: str) -> dict[str, Any]:
    del key, step
    card = {"id": "excel", "title": "Excel for work", "run": "1", "km": None}
    return {"cards": [card] if kind in OFFERED else [], "request": {"text": "excel"}}
