"""Routes in the real program, as somebody walks them in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LoopThread, Open
from tests.browser.test_accessibility import THEMES, faults
from tests.support.program import Program

_TOO_WIDE = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def address(loop_thread: LoopThread, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("routes")
    program = Program(folder, settings={"BOT_SAMPLE_DATA": "on"}, is_forked=True)
    loop_thread.run(program.start())
    yield f"http://127.0.0.1:{program.port}"
    loop_thread.run(program.stop())


def press(page: Page, label: str, then: str) -> None:
    """Press a button, and wait for the line that answers it."""
    page.get_by_role("button", name=label, exact=True).last.click()
    expect(page.locator(".line").last).to_contain_text(then)


def say(page: Page, words: str, then: str) -> None:
    """Type words, and wait for the line that answers them."""
    page.locator("#text").fill(words)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".line").last).to_contain_text(then)


def check(page: Page) -> None:
    """Hold what is on the screen to what everybody needs, on a phone and on a desk."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            assert faults(page) == []
        assert page.evaluate(_TOO_WIDE) <= 0, "no scrolling sideways"


def test_a_route_is_walked_step_by_step(address: str, open_page: Open) -> None:
    page = open_page(reduced_motion="reduce")
    page.goto(f"{address}/c/manchester")
    press(page, "English", "What would you like to learn?")
    say(page, "my routes", "small steps")
    press(page, "Everyday life", "Press one to see its steps.")
    press(page, "Keep safe online", "1. Lock your devices: next")
    press(page, "Follow this route", "What next with Keeping safe online?")
    expect(page.get_by_role("img", name="The route Keeping safe online")).to_have_count(1)
    check(page)

    press(page, "Next step", "You have not told us about this yet.")
    press(page, "Other ways to do it", "On your own:")
    press(page, "Drop-in sessions", "Phone and tablet help")
    check(page)

    press(page, "To the route", "What shall I look for?")
    press(page, "To the route", "Step 1 of 7: Lock your devices")
    press(page, "I can do this now", "you said that you can do this now")
    expect(page.get_by_role("img", name="Lock your devices: Done")).to_have_count(1)
    check(page)

    press(page, "What is it good for?", "These routes need it:")
    check(page)
    say(page, "menu", "What would you like to do?")
    press(page, "Next step on my route", "Step 2 of 7: Keep your secrets")
