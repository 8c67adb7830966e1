"""A CV kept in memory, with the real looks and effects over it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import bot.work.effects.cv as effects
import bot.work.reads.cv as reads
from bot.badges.held import HeldBadge
from bot.cv.records import MOST_EXPERIENCES, Cv, CvMaterial, Experience
from bot.errors import NotFound
from bot.people import AgeBand
from bot.skills.report import Told
from tests.support.followed_routes import PathwaysInMemory
from tests.support.held_badges import BadgesInMemory
from tests.support.told_skills import PERSON, SkillsInMemory, shipped


class CvInMemory:
    """What `unit.cvs` does, for one person."""

    def __init__(self, skills: SkillsInMemory, pathways: PathwaysInMemory) -> None:
        self.skills, self.pathways = skills, pathways
        self.cv: Cv | None = None
        self.badges: list[HeldBadge] = []
        self.held: BadgesInMemory | None = None
        self.experiences: dict[str, Experience] = {}
        self.removed: dict[str, Experience] = {}
        self.addresses = 0

    def award(self, title: str) -> None:
        """Give a signed badge."""
        number = len(self.badges) + 1
        achievement = {"name": title, "description": f"Whoever has it knows {title}."}
        document = json.dumps({"credentialSubject": {"achievement": achievement}}).encode()
        self.badges.append(
            HeldBadge(
                f"badge{number}", "manchester", PERSON, "b" * 21 + str(number), "pledge", title,
                "ready", self.skills.now - timedelta(days=number), document=document,
            )
        )  # fmt: skip

    def find(self, person: str) -> Cv | None:
        return self.cv

    def say(self, person: str, city: str, part: str, words: str) -> None:
        change: dict[str, Any] = {part: words}
        self.cv = replace(self._begun(), **change)

    def choose(self, person: str, city: str, part: str, chosen: list[str]) -> None:
        change: dict[str, Any] = {part: tuple(chosen)}
        self.cv = replace(self._begun(), **change)

    def switch(self, person: str, city: str, *, is_on: bool) -> Cv:
        cv = self._begun()
        self.cv = replace(cv, is_on=is_on, token=cv.token or (self._token() if is_on else ""))
        return self.cv

    def renew(self, person: str, city: str) -> Cv:
        cv = self._begun()
        self.cv = replace(cv, token=self._token() if cv.is_on else "")
        return self.cv

    def list_experiences(self, person: str) -> list[Experience]:
        return list(self.experiences.values())

    def write(self, person: str, city: str, told: Experience) -> str:
        if told.id and told.id not in self.experiences:
            raise NotFound(told.id)
        if not told.id and len(self.experiences) >= MOST_EXPERIENCES:
            return ""
        key = told.id or f"experience{len(self.experiences) + len(self.removed) + 1}"
        self.experiences[key] = replace(told, id=key)
        return key

    def show_experience(self, person: str, experience: str, *, is_shown: bool) -> None:
        if experience not in self.experiences:
            raise NotFound(experience)
        self.experiences[experience] = replace(self.experiences[experience], is_shown=is_shown)

    def delete_experience(self, person: str, experience: str) -> bool:
        return _moved(self.experiences, self.removed, experience)

    def bring_experience_back(self, person: str, experience: str) -> bool:
        return _moved(self.removed, self.experiences, experience)

    def material_of(self, cv: Cv) -> CvMaterial:
        told = tuple(
            Told(one, tuple(self.skills.answers_of(PERSON, one.id)))
            for one in reversed(self.skills.list_sittings(PERSON))
        )
        earned = self.held.list_of(PERSON) if self.held else []
        badges = (*self.badges, *(one for one in earned if one.is_signed))
        return CvMaterial(
            cv, self.skills.now, badges, {}, told,
            tuple(self.pathways.list_followed(PERSON)), self.pathways.marks(PERSON),
            tuple(self.experiences.values()),
        )  # fmt: skip

    def _begun(self) -> Cv:
        return self.cv or Cv(PERSON, "manchester")

    def _token(self) -> str:
        self.addresses += 1
        return str(self.addresses).rjust(22, "t")


def _moved(source: dict[str, Experience], target: dict[str, Experience], key: str) -> bool:
    if key not in source:
        return False
    target[key] = source.pop(key)
    return True


class BuiltCv:
    """The looks and effects of the CV for one person of a scripted chat."""

    def __init__(self, skills: SkillsInMemory, pathways: PathwaysInMemory) -> None:
        self.kept = CvInMemory(skills, pathways)
        self.person = SimpleNamespace(id=PERSON, age_band=AgeBand.ADULT)
        self.context: Any = SimpleNamespace(
            person=self.person,
            city="manchester",
            language="en",
            channel="telegram",
            public_url="https://bot.example",
            content=shipped(),
            unit=SimpleNamespace(cvs=self.kept),
        )

    def looks(self) -> dict[str, Callable[..., Any]]:
        """The real looks."""
        found: tuple[Any, ...] = (
            reads.cv, reads.cv_offered, reads.cv_experiences, reads.cv_experience, reads.cv_part,
        )  # fmt: skip
        return {one.__name__: self._bound(one) for one in found}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects."""
        found: dict[str, Any] = {
            "SayOnCv": effects.say_on_cv,
            "ChooseForCv": effects.choose_for_cv,
            "KeepExperience": effects.keep_experience,
            "ShowExperience": effects.show_experience,
            "DeleteExperience": effects.delete_experience,
            "BringExperienceBack": effects.bring_experience_back,
            "ShowBadgeOnCv": effects.show_badge_on_cv,
            "SwitchCv": effects.switch_cv,
            "RenewCv": effects.renew_cv,
        }
        return {name: self._bound(one) for name, one in found.items()}

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(self.context, *args)
