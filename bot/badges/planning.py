"""From a plan in content to an achievement: its words in each language, what it stands for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.badges.addresses import Addresses
from bot.badges.records import Achievement, Alignment, Issuer, Json
from content.badges import BadgePlan, Stands
from content.frameworks import Framework
from content.load import Content
from content.schema import City
from content.words import SOURCE_LANGUAGE, TextValue

_SAFE_KEY = re.compile(r"[A-Za-z0-9._-]{1,80}")
LONGEST_VALUE = 160

Value: TypeAlias = "str | TextValue"
"""Words as they are, such as a course's title, or a text that has translations."""


@dataclass(frozen=True, slots=True)
class About:
    """What one award is about.

    Attributes:
        key: Tells it from others of the same plan; empty for badges about themselves.
        values: What its texts are filled with.
        stands: Levels of competences, where the plan does not name them.
    """

    key: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    stands: tuple[Stands, ...] = ()

    def to_json(self) -> Json:
        """Return it for storing."""
        return {
            "key": self.key,
            "values": {
                name: {"text": value.id} if isinstance(value, TextValue) else value
                for name, value in self.values.items()
            },
            "stands": [[one.framework, one.competence, one.level] for one in self.stands],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> About:
        """Return what `to_json` gave."""
        return cls(
            value["key"],
            {
                name: TextValue(one["text"]) if isinstance(one, dict) else one
                for name, one in value["values"].items()
            },
            tuple(
                Stands(framework=framework, competence=code, level=level)
                for framework, code, level in value["stands"]
            ),
        )


def about_area(framework: Framework, area: str, level: int) -> About:
    """Return what a self-assessment badge is about: an area at a level, 1 to 4.

    Raises:
        KeyError: The framework has no such area.
    """
    found = {one.code: one for one in framework.areas}[area]
    begin = f"framework.{framework.id}"
    return About(
        f"{framework.id}.{area}.{level}",
        {
            "area": TextValue(f"{begin}.area.{area}.title"),
            "level": TextValue(f"{begin}.level.{level}.name"),
        },
        tuple(
            Stands(framework=framework.id, competence=one.code, level=level)
            for one in found.competences
        ),
    )


def about_course(
    course: str, title: str, provider: str, teaches: Iterable[tuple[str, str, int]] = ()
) -> About:
    """Return what an attendance or completion badge is about.

    Args:
        course: The course's id.
        title, provider: As people know them.
        teaches: Framework, competence and level of what it teaches.
    """
    stands = tuple(
        Stands(framework=framework, competence=code, level=level)
        for framework, code, level in teaches
    )
    return About(course, {"course": title, "by": provider}, stands)


def about_skill(framework: Framework, competence: str, level: int) -> About:
    """Return what a badge for learning outside courses is about.

    Who confirms it stands in the endorsement: the achievement is everybody's.
    """
    begin = f"framework.{framework.id}"
    return About(
        f"{framework.id}.{competence}.{level}",
        {
            "skill": TextValue(f"{begin}.skill.{competence}.title"),
            "level": TextValue(f"{begin}.level.{level}.name"),
        },
        (Stands(framework=framework.id, competence=competence, level=level),),
    )


def about_route(pathway: str, version: str, title: str, needs: Iterable[Stands]) -> About:
    """Return what the badge of a whole route is about; `title` is a text's id."""
    return About(f"{pathway}.{version}", {"route": TextValue(title)}, tuple(needs))


def about_itself(city: City) -> About:
    """Return what a badge is about that is about nothing else, such as the pledge."""
    return About("", {"city": city.name})


class Planner:
    """Turns plans into achievements of one city.

    Args:
        content: Words, plans and frameworks in use.
        addresses: Where achievements are shown.
        city: Whose they are.
    """

    def __init__(self, content: Content, addresses: Addresses, city: City) -> None:
        self._content = content
        self._addresses = addresses
        self._city = city

    @property
    def issuer(self) -> Issuer:
        """The city as it signs."""
        return Issuer(
            self._addresses.did(self._city.id),
            self._city.title or self._city.name,
            self._addresses.issuer(self._city.id),
        )

    def achievements(self, plan: BadgePlan, about: About) -> dict[str, Achievement]:
        """Return an achievement in every language that has all its words, tied to each other.

        English comes first. Its version tells what is written in it, so that no address ever
        comes to say something else.
        """
        key = _key(plan, about)
        languages = self._languages(plan, about)
        version = f"{plan.version}.{self._digest(plan, about)}"
        at = {
            language: self._addresses.achievement(self._city.id, key, version, language)
            for language in languages
        }
        return {
            language: self._achievement(plan, about, key, version, language, at)
            for language in languages
        }

    def _achievement(
        self,
        plan: BadgePlan,
        about: About,
        key: str,
        version: str,
        language: str,
        at: Mapping[str, str],
    ) -> Achievement:
        return Achievement(
            id=at[language],
            key=key,
            version=version,
            language=language,
            kind=plan.type,
            name=self._say(plan.text("name"), language, about),
            description=self._say(plan.text("description"), language, about),
            criteria=self._say(plan.text("criteria"), language, about),
            image=self._addresses.picture(at[language]),
            caption=self._say(plan.text("caption"), language, about),
            alignments=tuple(
                self._alignment(one, language) for one in (plan.stands or about.stands)
            ),
            tags=plan.tags,
            others=tuple((address, other) for other, address in at.items() if other != language),
        )

    def _alignment(self, stands: Stands, language: str) -> Alignment:
        framework = self._content.frameworks[stands.framework]
        begin = f"framework.{stands.framework}"
        level = TextValue(f"{begin}.level.{stands.level}.name")
        skill = TextValue(f"{begin}.skill.{stands.competence}.title")
        values = {"skill": skill, "level": level}
        plain = self._content.words.plain
        return Alignment(
            framework=stands.framework,
            competence=stands.competence,
            level=stands.level,
            name=plain(TextValue("badge.stands", values), language),
            framework_name=framework.title,
            address=framework.source.url or f"{self._addresses.base}/sources",
            description=plain(TextValue(f"{begin}.level.{stands.level}.meaning"), language),
        )

    def _say(self, text_id: str, language: str, about: About) -> str:
        values = {
            name: value[:LONGEST_VALUE] if isinstance(value, str) else value
            for name, value in about.values.items()
        }
        return self._content.words.plain(TextValue(text_id, values), language).strip()

    def _languages(self, plan: BadgePlan, about: About) -> tuple[str, ...]:
        needed = [*plan.texts, "badge.stands"]
        needed += [value.id for value in about.values.values() if isinstance(value, TextValue)]
        for one in plan.stands or about.stands:
            begin = f"framework.{one.framework}"
            needed.append(f"{begin}.skill.{one.competence}.title")
            needed += [f"{begin}.level.{one.level}.{name}" for name in ("name", "meaning")]
        words = self._content.words
        others = [one for one in self._content.languages if one != SOURCE_LANGUAGE]
        return (SOURCE_LANGUAGE, *(one for one in others if words.is_complete(one, needed)))

    def _digest(self, plan: BadgePlan, about: About) -> str:
        """Return what tells this wording from any other."""
        said = [
            self._say(plan.text(name), language, about)
            for language in self._languages(plan, about)
            for name in ("name", "description", "criteria", "caption")
        ]
        stands = [str((one.framework, one.competence, one.level)) for one in
                  (plan.stands or about.stands)]  # fmt: skip
        parts = "\0".join([self._city.id, plan.type, *said, *stands])
        return hashlib.sha256(parts.encode()).hexdigest()[:12]


def _key(plan: BadgePlan, about: About) -> str:
    """Return the key of an achievement, safe to stand in an address."""
    if not about.key:
        return plan.id
    if _SAFE_KEY.fullmatch(about.key):
        return f"{plan.id}.{about.key}"
    return f"{plan.id}.{hashlib.sha256(about.key.encode()).hexdigest()[:16]}"
