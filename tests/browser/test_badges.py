"""Checking a badge and reading one in a real browser, without scripts."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page

from tests.browser.conftest import Open, Site
from tests.web.fake_badges import HIDDEN, SHOWN


def verdict(page: Page) -> str:
    return page.locator("#verdict").inner_text()


def test_a_file_is_uploaded_and_judged(site: Site, open_page: Open) -> None:
    page = open_page(360, 780, java_script_enabled=False)
    page.goto(f"{site.url}/verify")

    # A picture holds every byte, line ends and dashes too.
    for content, expected in ((b"badge", "Yes, you can trust it"), (bytes(range(256)) * 99, "We")):
        file = FilePayload(name='my "badge".png', mimeType="image/png", buffer=content)
        page.get_by_label("A file").set_input_files(files=[file])
        page.get_by_role("button", name="Check it").click()
        page.locator("#verdict").wait_for()
        assert verdict(page).startswith(expected)


def test_a_badge_is_checked_from_its_own_page(site: Site, open_page: Open) -> None:
    page = open_page(360, 780, java_script_enabled=False)
    page.goto(f"{site.url}/badges/{SHOWN}")

    assert page.locator("img.badge-art").evaluate("one => one.naturalWidth") > 0
    page.get_by_role("button", name="Check a badge").click()
    page.locator("#verdict").wait_for()
    assert verdict(page) == "Yes, you can trust it"
    assert page.get_by_role("listitem").filter(has_text="Nobody changed a word").count() == 1


def test_a_hidden_badge_opens_in_its_holder_s_browser_alone(site: Site, open_page: Open) -> None:
    own, other = open_page(), open_page()
    own.context.add_cookies([{"name": "lcb-chat", "value": "c" * 22, "url": site.url}])

    seen = [page.goto(f"{site.url}/badges/{HIDDEN}") for page in (own, other)]

    assert [one.status for one in seen if one] == [200, 404]
    assert "Nobody else can open this page." in own.locator("main").inner_text()
    assert other.context.cookies() == []
