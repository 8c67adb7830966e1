"""The real program, used with the keyboard alone, without JavaScript, at 320 pixels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import LoopThread, Open
from tests.support.program import Program

MOST_TABS = 60


@pytest.fixture(scope="module")
def program(loop_thread: LoopThread, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    folder: Path = tmp_path_factory.mktemp("program")
    program = Program(folder, settings={"BOT_SAMPLE_DATA": "on"}, is_forked=True)
    loop_thread.run(program.start())
    yield program
    loop_thread.run(program.kill())


class Keyboard:
    """Somebody with a keyboard alone, who reads what has the focus."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.pressed: list[str] = []

    def tab_to(self, *words: str) -> str:
        """Press Tab until what has the focus says one of these words."""
        for _ in range(MOST_TABS):
            self._page.keyboard.press("Tab")
            self.pressed.append("Tab")
            name = self.focused()
            if any(one in name for one in words):
                return name
        raise AssertionError(f"{words} cannot be reached; last was {self.focused()!r}")

    def press(self, key: str) -> None:
        self.pressed.append(key)
        with self._page.expect_navigation():
            self._page.keyboard.press(key)

    def type(self, words: str) -> None:
        self.pressed.append(words)
        self._page.keyboard.type(words)

    def focused(self) -> str:
        name: str = self._page.evaluate(
            "() => { const one = document.activeElement; return one.labels && one.labels.length"
            " ? one.labels[0].textContent : one.textContent; }"
        )
        return " ".join(name.split())


def test_a_newcomer_finds_opens_and_saves_a_course(program: Program, open_page: Open) -> None:
    page = open_page(320, 640, java_script_enabled=False)
    keyboard = Keyboard(page)
    page.goto(program.url)

    assert keyboard.tab_to("English") == "English"
    keyboard.press("Enter")
    assert "What would you like to learn?" in page.locator("#latest").inner_text()

    keyboard.tab_to("Type your answer")
    keyboard.type("evning excel near moss side")
    keyboard.press("Enter")
    assert "Excel" in page.locator(".card").first.inner_text()

    title = keyboard.tab_to("1. ").removeprefix("1. ").rstrip("…")
    keyboard.press("Enter")
    assert title in page.locator(".line").last.inner_text()

    keyboard.tab_to("Save it")
    keyboard.press("Enter")
    assert f"Saved: {title}" in page.locator(".log").inner_text()

    keyboard.tab_to("Type your answer")
    keyboard.type("/saved")
    keyboard.press("Enter")
    assert "You have saved 1 course" in page.locator(".line").last.inner_text()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_a_chat_goes_on_after_the_program_was_killed(
    program: Program, loop_thread: LoopThread, open_page: Open
) -> None:
    page = open_page(320, 640, java_script_enabled=False)
    keyboard = Keyboard(page)
    page.goto(program.url)
    keyboard.tab_to("English")
    keyboard.press("Enter")
    before = page.locator(".line").all_inner_texts()

    loop_thread.run(program.kill())
    loop_thread.run(program.start())
    page.goto(program.url)

    assert page.locator(".line").all_inner_texts() == before
    keyboard.tab_to("Type your answer")
    keyboard.type("english for beginners")
    keyboard.press("Enter")
    assert "English" in page.locator(".card").first.inner_text()
