"""A real browser, and servers in a thread of their own for it to look at."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiohttp import web
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from bot.people import Grant, Role
from bot.web import WebRunner, build_web
from tests.support.program import free_port
from tests.web.cvs import material
from tests.web.fakes import NOW, World, content, make_world
from tests.web.insight import told_weeks
from tests.web.needs import answers, city_figures, figures_of, needs_of, needs_report
from tests.web.results import fill as fill_results

T = TypeVar("T")
_PLACES = (
    os.environ.get("CHROMIUM", ""),
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
)
_QUIET = [
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
STAFF_SECRET = "s" * 22
STALE_SECRET = "o" * 22


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


class LoopThread:
    """An event loop in a thread, for servers beside a browser that is driven synchronously."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T], seconds: float = 60) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(seconds)

    def call(self, function: Callable[[], object]) -> None:
        async def called() -> None:
            function()

        self.run(called())

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


@dataclass
class Site:
    """The web against fakes, served for a browser."""

    url: str
    world: World
    loop: LoopThread

    def newest_chat(self) -> str:
        return list(self.world.talk.chats)[-1]


Open = Callable[..., Page]


@pytest.fixture(scope="module")
def loop_thread() -> Iterator[LoopThread]:
    thread = LoopThread()
    yield thread
    thread.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next((one for one in _PLACES if one and Path(one).exists()), "")
    if not path:
        if os.environ.get("CI"):
            pytest.fail("no Chromium was found: name it in the variable CHROMIUM")
        pytest.skip("no Chromium was found: name it in the variable CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_QUIET)
        yield browser
        browser.close()


Change = Callable[[World], World]


@contextmanager
def served(loop_thread: LoopThread, change: Change = lambda world: world) -> Iterator[Site]:
    """Serve a world for as long as the context lasts; `change` makes it another before that."""
    port = free_port()
    world = make_world(f"http://127.0.0.1:{port}", turn_seconds=2.0, body_seconds=5.0)
    member = world.staff.sign_in(STAFF_SECRET, Grant(Role.ADMIN))
    world.staff.sessions[STALE_SECRET] = replace(member, signed_in_at=NOW - timedelta(hours=1))
    fill_results(world)
    world.cvs.kept.append(material())
    needs_of(world.ports).kept.append(needs_report(content()))
    figures_of(world.ports).kept["manchester"] = city_figures()
    figures_of(world.ports).answered["manchester", "evaluation"] = answers()
    figures_of(world.ports).told["manchester"] = told_weeks(content().cities["manchester"])
    world = change(world)

    async def start() -> web.AppRunner:
        runner = WebRunner(build_web(world.ports), access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        return runner

    runner = loop_thread.run(start())
    yield Site(f"http://127.0.0.1:{port}", world, loop_thread)
    loop_thread.run(runner.cleanup())


@pytest.fixture(scope="module")
def site(loop_thread: LoopThread) -> Iterator[Site]:
    with served(loop_thread) as served_site:
        yield served_site


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Return what opens a page in a fresh browser profile."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 800, **kwargs: Any) -> Page:
        size = ViewportSize(width=width, height=height)
        context = browser.new_context(viewport=size, **kwargs)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
