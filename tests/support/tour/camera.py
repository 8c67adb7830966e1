"""Taking pictures of pages on a phone and on a desk, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Page, ViewportSize

Theme = Literal["light", "dark"]
Kind = Literal["phone", "phone-dark", "desk", "desk-dark"]

PHONE, DESK = ViewportSize(width=360, height=760), ViewportSize(width=1280, height=860)
EVERY_KIND: tuple[Kind, ...] = ("phone", "phone-dark", "desk", "desk-dark")
_HAS_PICTURES = "() => [...document.images].every(one => one.complete && one.naturalWidth)"


@dataclass(frozen=True)
class Camera:
    """A browser and the folder that its pictures go to."""

    browser: Browser
    into: Path

    async def open(self, url: str) -> Page:
        """Open a page on a phone of its own."""
        context = await self.browser.new_context(viewport=PHONE, reduced_motion="reduce")
        context.set_default_timeout(20_000)
        page = await context.new_page()
        await page.goto(url)
        return page

    async def shoot(
        self, page: Page, name: str, kinds: Iterable[Kind] = ("phone",), *, to: str = ".line"
    ) -> None:
        """Keep how a page looks.

        Args:
            name: Of the file, before its kind.
            kinds: On which screens, in which colours.
            to: What to scroll to the top.
        """
        for kind in kinds:
            theme: Theme = "dark" if kind.endswith("dark") else "light"
            await page.emulate_media(color_scheme=theme)
            await page.set_viewport_size(PHONE if kind.startswith("phone") else DESK)
            await self._scroll(page, to)
            await page.wait_for_function(_HAS_PICTURES)
            await page.screenshot(path=self.into / f"{name}-{kind}.png")
        await page.emulate_media(color_scheme="light")
        await page.set_viewport_size(PHONE)

    async def _scroll(self, page: Page, to: str) -> None:
        script = "one => one.scrollIntoView({block: 'start', behavior: 'instant'})"
        await page.locator(to).last.evaluate(script)
