"""A CV in a real browser: without scripts, on one sheet of paper, gone when it is off."""

from __future__ import annotations

import re

import pytest

from tests.browser.conftest import LoopThread, Open, Site, served
from tests.web.cvs import CV_TOKEN

PAGE = f"/cv/{CV_TOKEN}"


@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_whole_without_scripts(site: Site, open_page: Open, width: int) -> None:
    page = open_page(width, 780, java_script_enabled=False)

    page.goto(f"{site.url}{PAGE}")

    assert page.get_by_role("heading", level=1).inner_text() == "Amina"
    assert page.get_by_role("table").count() == 2
    assert page.locator("svg.qr").is_visible()
    assert page.get_by_role("link", name="Open and check: Finding things online").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_runs_out_of_the_page(site: Site, open_page: Open, width: int) -> None:
    page = open_page(width, 780)

    page.goto(f"{site.url}{PAGE}")

    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0


def test_it_is_printed_on_one_sheet_of_a4(site: Site, open_page: Open) -> None:
    page = open_page()
    page.goto(f"{site.url}{PAGE}")

    printed = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("main .button:visible").count() == 0
    assert page.locator("svg.qr").is_visible()
    assert page.get_by_text(f"{site.url}/badges/").first.is_visible(), "addresses are spelled out"


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
        site.world.cvs.change(is_on=False)
        closed = page.reload()

        assert opened is not None
        assert closed is not None
        assert (opened.status, closed.status) == (200, 404)
        assert "Amina" not in page.content()
