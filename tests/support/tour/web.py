"""The journey in the web chat: a self-assessment, its result, a route and a next step."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from playwright.async_api import Page

from tests.support.tour.camera import EVERY_KIND, Camera

BEGINNER = ("On my own", "With help", "Not yet")
LATER = ("On my own", "Could show others", "On my own")
MOST_QUESTIONS = 45


class WebChat:
    """Somebody at the web chat."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def press(self, label: str) -> None:
        """Press the newest button with a label and wait until the answer stands there."""
        before = await self._lines()
        await self.page.get_by_role("button", name=label, exact=True).last.click()
        await self._answered(before)

    async def type(self, words: str) -> None:
        """Type and wait until the answer stands there."""
        before = await self._lines()
        await self.page.locator("#text").fill(words)
        await self.page.get_by_role("button", name="Send", exact=True).click()
        await self._answered(before)

    async def has(self, label: str) -> bool:
        """Say whether the newest message has a button with a label."""
        newest = self.page.locator(".line").last
        return await newest.get_by_role("button", name=label, exact=True).count() > 0

    async def press_where_there(self, *labels: str) -> None:
        """Press buttons one after the other, as far as they are there."""
        for label in labels:
            if await self.has(label):
                await self.press(label)

    async def _lines(self) -> int:
        return await self.page.locator(".line").count()

    async def _answered(self, before: int) -> None:
        await self.page.wait_for_function(
            """before => {
              const lines = document.querySelectorAll(".line");
              const last = lines[lines.length - 1];
              return lines.length > before && last.querySelector(".say");
            }""",
            arg=before,
        )


async def tour_of_the_web(camera: Camera, url: str) -> None:
    """Go through the journey and keep what is seen on the way."""
    chat = WebChat(await camera.open(f"{url}/c/manchester"))
    await chat.press("English")
    await chat.type("/menu")
    await camera.shoot(chat.page, "1-menu")
    await chat.press("Check my skills")
    await camera.shoot(chat.page, "2-choose")
    await _answer(chat, BEGINNER, camera)
    await camera.shoot(chat.page, "4-result", EVERY_KIND, to=".picture")
    await chat.press("Find my next step")
    await camera.shoot(chat.page, "5-next-step", ("phone", "phone-dark", "desk"))
    await _take_a_route(chat, camera)
    await chat.type("/skills")
    await _answer(chat, LATER)
    await _open_the_page(chat, camera, url)


async def _answer(chat: WebChat, answers: Sequence[str], camera: Camera | None = None) -> None:
    """Answer an area's questions to their end."""
    await chat.press("One topic: about 10")
    await chat.press("Information")
    await chat.press_where_there("Skip", "Skip")
    for number, answer in zip(range(MOST_QUESTIONS), itertools.cycle(answers), strict=False):
        if not await chat.has("With help"):
            break
        if number == 1 and camera is not None:
            await camera.shoot(chat.page, "3-question", EVERY_KIND)
        await chat.press(answer)
    await chat.press_where_there("Skip", "Skip")


async def _take_a_route(chat: WebChat, camera: Camera) -> None:
    await chat.type("/routes")
    await chat.press("Work")
    await chat.press("Work in an office")
    await camera.shoot(chat.page, "7-route", ("phone", "phone-dark", "desk"))
    await chat.press_where_there("Follow this route", "Show it as a picture")
    await camera.shoot(chat.page, "7-route-picture", ("phone", "desk"), to=".picture")


async def _open_the_page(chat: WebChat, camera: Camera, url: str) -> None:
    page = await chat.page.context.new_page()
    await page.goto(f"{url}/results/own/now")
    await camera.shoot(page, "6-page", EVERY_KIND, to="h1")
    await camera.shoot(page, "6-page-table", ("phone", "desk"), to=".levels >> nth=0")
    await page.close()
