"""Takes the pictures: `python -m tests.support.tour [--into FOLDER]`."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.support.fake_bot_api import FakeBotApi
from tests.support.program import ROOT, Program
from tests.support.tour.camera import Camera
from tests.support.tour.telegram import tour_of_telegram
from tests.support.tour.web import tour_of_the_web

INTO = ROOT / "docs" / "pictures" / "tour"
ARGUMENTS = ["--no-sandbox", "--headless", "--disable-gpu"]
SETTINGS = {"BOT_SAMPLE_DATA": "on", "BOT_FAULTS_ALLOWED": "no"}


async def take(into: Path, chromium: str) -> None:
    """Start the program, go through the journey on both channels, and keep what is seen."""
    with tempfile.TemporaryDirectory() as folder:
        async with FakeBotApi() as telegram, async_playwright() as playwright:
            program = Program(Path(folder), telegram.url, SETTINGS)
            async with program:
                await program.start()
                browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
                camera = Camera(browser, into)
                await tour_of_the_web(camera, program.url)
                await tour_of_telegram(camera, telegram)
                await browser.close()
                await program.stop()


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=INTO)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    asyncio.run(take(given.into, given.chromium))


if __name__ == "__main__":
    main()
