"""An employer's report in a real browser: without scripts, on paper, gone when it is off."""

from __future__ import annotations

import pytest

from tests.browser.conftest import LoopThread, Open, Site, served
from tests.web.needs import NEEDS_TOKEN, needs_of

PAGE = f"/needs/{NEEDS_TOKEN}"


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_whole_without_scripts(site: Site, open_page: Open, width: int, theme: str) -> None:
    page = open_page(width, 780, java_script_enabled=False, color_scheme=theme)

    page.goto(f"{site.url}{PAGE}")

    assert page.get_by_role("heading", level=1).inner_text() == "Skills your people need"
    assert page.get_by_role("table").count() == 2
    assert page.get_by_role("img").count() == 1
    assert page.get_by_role("link", name="Excel for beginners").first.is_visible()
    assert page.get_by_role("link", name="As a spreadsheet").is_visible()


def test_nothing_runs_out_of_a_small_phone(site: Site, open_page: Open) -> None:
    page = open_page(320, 640)

    page.goto(f"{site.url}{PAGE}")

    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_the_numbers_of_the_map_can_be_read_on_a_small_phone(site: Site, open_page: Open) -> None:
    page = open_page(320, 640)
    page.goto(f"{site.url}{PAGE}")

    sizes = page.eval_on_selector_all(
        "figure.sheet svg text", "all => all.map((one) => one.getBoundingClientRect().height)"
    )

    assert len(sizes) > 10
    assert min(sizes) >= 9


def test_it_is_printed_on_a4_without_buttons(site: Site, open_page: Open) -> None:
    page = open_page()
    page.goto(f"{site.url}{PAGE}")

    page.emulate_media(media="print", color_scheme="dark")

    assert page.locator("main .button:visible").count() == 0
    assert page.locator("figure.sheet svg").is_visible()
    assert page.get_by_text("Not on offer yet").first.is_visible()


def test_it_leaves_no_cookie_and_asks_nobody_else(site: Site, open_page: Open) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{site.url}{PAGE}", wait_until="networkidle")

    assert page.context.cookies() == []
    assert {one.split("/")[2] for one in asked} == {site.url.split("/")[2]}


def test_switched_off_it_is_gone_at_once(loop_thread: LoopThread, open_page: Open) -> None:
    with served(loop_thread) as site:
        page = open_page()
        opened = page.goto(f"{site.url}{PAGE}")
        needs_of(site.world.ports).kept.clear()
        closed = page.reload()

        assert opened is not None
        assert closed is not None
        assert (opened.status, closed.status) == (200, 404)
        assert "Bright" not in page.content()
