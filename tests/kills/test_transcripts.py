"""Real conversations, with the program killed and started again between every two turns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.support.fake_bot_api import FakeBotApi, Person
from tests.support.program import Program

pytestmark = pytest.mark.kills
PATIENCE = 20.0
Turn: TypeAlias = tuple[Callable[[], object], str]


@pytest.fixture
async def program(tmp_path: Path, fake: FakeBotApi) -> AsyncIterator[Program]:
    settings = {"BOT_SAMPLE_DATA": "on"}
    async with Program(tmp_path, fake.url, settings, is_forked=True) as running:
        yield running


async def sees(person: Person, button: str) -> None:
    """Wait until the chat's newest buttons hold the words."""
    async with asyncio.timeout(PATIENCE):
        while not any(button in label for label in person.buttons()):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_a_course_is_found_opened_and_saved_across_kills(
    program: Program, fake: FakeBotApi
) -> None:
    ada = fake.person(1)
    turns: list[Turn] = [
        (lambda: ada.say("excel"), "English"),
        (lambda: ada.press("English"), "1. Excel"),
        (lambda: ada.press("1. "), "Save"),
        (lambda: ada.press("Save"), "Take off"),
        (lambda: ada.say("/menu"), "Find"),
        (lambda: ada.say("/saved"), "Excel"),
    ]
    for act, answer in turns:
        await program.start()
        act()
        await sees(ada, answer)
        await program.kill()


async def test_a_change_of_language_survives_kills(program: Program, fake: FakeBotApi) -> None:
    ada = fake.person(1)
    turns: list[Turn] = [
        (lambda: ada.start(), "Cymraeg"),
        (lambda: ada.press("Cymraeg"), "Dewislen"),
        (lambda: ada.say("/language"), "English"),
        (lambda: ada.press("English"), "Find something"),
        (lambda: ada.say("/find yoga"), "1. "),
    ]
    for act, answer in turns:
        await program.start()
        act()
        await sees(ada, answer)
        await program.kill()
