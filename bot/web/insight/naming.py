"""What the groups and parts of a city's figures are called."""

from __future__ import annotations

from collections.abc import Mapping

from bot.web.rendering import language_name
from content.load import Content
from content.schema import City


class Naming:
    """Names for people, in one language; a name that is not known is shown as it is kept.

    Args:
        campaigns: Titles of campaigns by id.
    """

    def __init__(
        self, content: Content, city: City, language: str, campaigns: Mapping[str, str]
    ) -> None:
        self._content, self._language, self._campaigns = content, language, campaigns
        self._wards = {place.name.casefold(): place.name for place in city.places_of("ward")}
        self._skills = {
            code: framework.id
            for framework in content.offered(city.id).values()
            for code in framework.competences
        }

    def sheet(self, key: str, what: str) -> str:
        """Return words about a sheet: its "title", what it "counts" and what it does "not"."""
        return self._words(f"web.insight.sheet.{key}.{what}", key)

    def way(self, key: str) -> str:
        """Return how a way of splitting people is called."""
        return self._words(f"web.insight.way.{key}", key)

    def group(self, sheet: str, key: str) -> str:
        """Return the name of a group of a sheet."""
        if sheet == "levels":
            return self._skill(key)
        if sheet in ("routes", "steps"):
            route = self._content.pathways.current.get(key)
            return self._words(route.title, key) if route else key
        if sheet == "badges":
            plan = self._content.badges.get(key)
            return self._words(plan.text("name"), key) if plan else key
        if sheet == "campaigns":
            return self._campaigns.get(key, key)
        if sheet == "evaluation":
            asked = self._content.questionnaires.current["evaluation"].questions.get(key)
            return asked.ask if asked else key
        if sheet == "talks":
            return key.replace("_", " ").capitalize()
        return self._words(f"web.insight.group.{sheet}.{key}", key.capitalize())

    def part(self, way: str, key: str, group: str = "") -> str:
        """Return the name of a part of a way."""
        if not key:
            return self._words("web.insight.part.none", key)
        if way == "ward":
            return self._wards.get(key, key)
        if way == "language":
            return language_name(key)
        if way == "competence":
            return self._skill(key)
        if way == "answer":
            return self._answer(group, key)
        return self._words(f"web.insight.part.{way}.{key.replace('-', '_')}", key)

    def _answer(self, question: str, key: str) -> str:
        asked = self._content.questionnaires.current["evaluation"].questions.get(question)
        labels = {one.id: one.label for one in asked.options} if asked else {}
        return labels.get(key, key)

    def _skill(self, code: str) -> str:
        framework = self._skills.get(code, "")
        return f"{code} {self._words(f'framework.{framework}.skill.{code}.title', '')}".strip()

    def _words(self, text_id: str, fallback: str) -> str:
        words = self._content.words
        return words.short(text_id, self._language) if words.has(text_id) else fallback
