"""The chat inside a council's own page, in a browser: another site, another origin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from aiohttp import web
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import LoopThread, Open, Site, served
from tests.browser.test_accessibility import THEMES, faults
from tests.support.program import free_port
from tests.web.test_embedding import listed

COUNCIL = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Our council</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Learn something new</h1>
<script src="{bot}/embed.js" data-city="manchester" async></script>
<noscript><a href="{bot}/c/manchester">Ask the learning assistant</a></noscript>
</main></body></html>"""
WITHOUT_SCRIPT = """<!doctype html><html lang="en"><head><title>Our council</title></head>
<body><main><h1>Learn</h1><iframe src="{bot}/embed/manchester" title="Learning assistant"
width="400" height="700"></iframe></main></body></html>"""


@dataclass
class Councils:
    """Two sites that hold the chat in a page: one that the city lists, one that it does not."""

    bot: Site
    listed: str
    other: str


async def _serve(pages: dict[str, str], port: int) -> web.AppRunner:
    app = web.Application()
    for path, page in pages.items():

        async def show(_request: web.Request, page: str = page) -> web.Response:
            return web.Response(text=page, content_type="text/html")

        app.router.add_get(path, show)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "localhost", port).start()
    return runner


@pytest.fixture(scope="module")
def councils(loop_thread: LoopThread) -> Iterator[Councils]:
    ports = free_port(), free_port()
    mine, other = (f"http://localhost:{port}" for port in ports)
    with served(loop_thread, lambda world: listed(world, mine)) as site:
        pages = {
            "/": COUNCIL.format(bot=site.url),
            "/plain": WITHOUT_SCRIPT.format(bot=site.url),
        }
        runners = [loop_thread.run(_serve(pages, port)) for port in ports]
        yield Councils(site, mine, other)
        for runner in runners:
            loop_thread.run(runner.cleanup())


def _search(frame: FrameLocator) -> None:
    frame.get_by_role("button", name="English", exact=True).click()
    frame.locator("[data-line]").nth(2).wait_for()
    frame.locator("#text").fill("evning excel near moss side")
    frame.get_by_role("button", name="Send").click()
    frame.get_by_role("heading", name="Excel for beginners").wait_for()


def _frame(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def test_a_resident_finds_a_course_without_leaving_the_council(
    councils: Councils, open_page: Open
) -> None:
    page = open_page(360, 780)
    page.goto(councils.listed)
    _search(_frame(page))

    kept = [one for one in page.context.cookies() if one["name"].endswith("embed")]
    assert len(kept) == 1
    assert kept[0]["sameSite"] == "None"
    assert kept[0]["httpOnly"]
    assert page.url.rstrip("/") == councils.listed

    page.reload()  # the chat is still there
    expect(_frame(page).get_by_role("heading", name="Excel for beginners")).to_be_visible()


def test_it_is_whole_without_scripts(councils: Councils, open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{councils.listed}/plain")

    _search(_frame(page))

    assert page.url == f"{councils.listed}/plain"


def test_links_open_beside_the_council(councils: Councils, open_page: Open) -> None:
    page = open_page()
    page.goto(councils.listed)
    with page.context.expect_page() as opened:
        _frame(page).get_by_role("link", name="Open on its own page").click()

    assert opened.value.url == f"{councils.bot.url}/c/manchester"
    assert page.url.rstrip("/") == councils.listed


def test_a_site_that_is_not_listed_shows_nothing_of_it(councils: Councils, open_page: Open) -> None:
    page = open_page()
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text))
    page.goto(councils.other)
    page.wait_for_function("() => document.querySelector('iframe') !== null")
    page.wait_for_load_state("networkidle")

    assert any("frame-ancestors" in line for line in refused)
    expect(_frame(page).locator("#text")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
def test_it_can_be_used_by_everybody_inside_and_outside(
    councils: Councils, open_page: Open, width: int
) -> None:
    page = open_page(width, 800)
    page.goto(councils.listed)
    _search(_frame(page))
    inside = next(one for one in page.frames if "/embed/" in one.url)

    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert faults(page) == [], theme
        assert faults(inside) == [], theme
    assert page.locator("iframe").get_attribute("title")
    wide = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
    assert inside.evaluate(wide) <= 0
    assert page.evaluate(wide) <= 0
