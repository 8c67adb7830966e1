"""Somebody who chats about routes, with what they told and followed kept in memory."""

from __future__ import annotations

import re
from typing import Any

from bot.conversation import Registry
from bot.flows.discover import discover
from bot.flows.menu import menu
from bot.flows.pathways import pathways
from bot.flows.skills import skills
from bot.flows.worth import worth
from tests.support.scripted_chat import ScriptedChat
from tests.support.small_city import SmallCity
from tests.support.told_skills import PERSON, shipped

FLOWS = Registry((pathways, worth, skills, discover, menu))
SAFE = "keeping-safe"
STEP = re.compile(r"(✓ |→ )?\d\. ")


def words(text: Any, language: str = "en") -> str:
    return shipped().words.plain(text, language)


class Resident:
    """Somebody who chats about routes."""

    def __init__(self) -> None:
        self.city = SmallCity()
        self.chat: ScriptedChat = self.city.chat(FLOWS, words=words)

    @property
    def kept(self) -> Any:
        return self.city.routes.kept

    def tell(self, **answers: int) -> Resident:
        """Have told the same answer to both sentences of levels, such as x4_1_2=2."""
        kept = self.city.skills.kept
        sitting = kept.start(PERSON, "manchester", "digcomp3", "3.0-1", "1", "whole")
        for name, answer in answers.items():
            item = name.removeprefix("x").replace("_", ".")
            for letter in "ab":
                kept.record(PERSON, sitting.id, f"{item}{letter}", answer, "1")
        return self

    def follow(self, *routes: str) -> Resident:
        for one in routes:
            self.kept.follow(PERSON, "manchester", one, "1")
        return self

    def open(self, payload: str) -> ScriptedChat:
        self.chat.send(f"/start {payload}")
        return self.chat

    @property
    def said(self) -> str:
        """What the screen says."""
        return words(self.chat.question.text) if self.chat.question else ""

    def lines(self) -> list[str]:
        return [line for line in self.said.splitlines() if STEP.match(line)]

    @property
    def says(self) -> Any:
        """What was said before the question."""
        return self.chat.outcome.screen.says
