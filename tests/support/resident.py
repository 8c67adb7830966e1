"""Somebody who chats about their skills, for tests of what they are asked and told."""

from __future__ import annotations

from typing import Any

from bot.conversation import Registry
from bot.flows.discover import discover
from bot.flows.menu import menu
from bot.flows.pathways import pathways
from bot.flows.skills import skills
from bot.flows.skills_history import my_results
from content.words import TextValue
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity
from tests.support.told_skills import PERSON, ToldSkills, shipped

FLOWS = Registry((skills, my_results, menu, discover, pathways))


def words(text: Any, language: str = "en") -> str:
    return shipped().words.plain(text, language)


class Resident:
    """Somebody who chats about their skills."""

    def __init__(self, skills: ToldSkills | None = None) -> None:
        self.city = SmallCity(skills=skills or ToldSkills())
        self.chat: ScriptedChat = self.city.chat(FLOWS, words=words)
        self.skills = self.city.skills

    def begin(self, mode: str = "areas", *parts: str, framework: str = "digcomp3") -> Resident:
        """Start a sitting, without the questions about feelings."""
        args = {"framework": framework, "mode": mode, "parts": list(parts)}
        self.chat.start("skills", **args)
        if self.key.endswith("before.sure"):
            self.chat.choose("skip")
        return self

    @property
    def key(self) -> str:
        return str(self.chat.question.key) if self.chat.question else ""

    @property
    def item(self) -> str:
        """The item that is asked about, or nothing."""
        _, is_item, item = self.key.partition("/q.")
        return item if is_item else ""

    def answer(self, *answers: str) -> Resident:
        for one in answers:
            assert self.item, f"no question is open but {self.key}"
            self.chat.choose(one)
        return self

    def finish(self, answer: str = "alone", most: int = 60) -> list[str]:
        """Answer all questions alike; return the items."""
        asked: list[str] = []
        while self.item and len(asked) < most:
            asked.append(self.item)
            self.chat.choose(answer)
        return asked

    @property
    def told(self) -> dict[str, int | None]:
        """What is stored of the newest sitting."""
        newest = self.skills.kept.list_sittings(PERSON)[0]
        return {one.item: one.answer for one in self.skills.kept.answers_of(PERSON, newest.id)}

    @property
    def sitting(self) -> Any:
        return self.skills.kept.list_sittings(PERSON)[0]

    def said(self) -> str:
        """All words of the last turn."""
        texts = [TextValue(text.id, text.values) for text in self.chat._shown]
        question = [self.chat.question.text] if self.chat.question else []
        return "\n".join(words(text) for text in [*texts, *question])
