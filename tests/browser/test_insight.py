"""City insight in a real browser: read without pictures, without script, and on paper."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import STAFF_SECRET, Open, Site

HERE = "/staff/insight"


def opened(open_page: Open, site: Site, path: str, **kwargs: object) -> Page:
    page = open_page(**kwargs)
    page.context.add_cookies([{"name": "lcb-staff", "value": STAFF_SECRET, "url": site.url}])
    page.goto(site.url + path)
    return page


def test_one_walks_from_the_overview_to_a_longer_time(site: Site, open_page: Open) -> None:
    page = opened(open_page, site, f"{HERE}?city=manchester", java_script_enabled=False)
    page.get_by_role("navigation", name="Topics").get_by_role("link", name="Who uses it").click()
    page.get_by_role("link", name="4 weeks").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Who uses it")
    expect(page.get_by_role("link", name="4 weeks")).to_have_attribute("aria-current", "true")
    first = page.get_by_role("table", name="Over time")
    assert first.get_by_role("row").count() == 5


def test_every_picture_is_named_and_its_table_comes_next(site: Site, open_page: Open) -> None:
    page = opened(open_page, site, f"{HERE}/demand?city=manchester")
    for figure in page.locator("figure.sheet--figures").all():
        title = figure.get_by_role("img").get_attribute("aria-label") or ""
        caption = figure.locator("xpath=following-sibling::*[1]//caption").inner_text()
        assert title == f"Chart: {caption}. The table below says the same."


def test_a_print_has_charts_and_tables_and_no_ways_about(site: Site, open_page: Open) -> None:
    page = opened(open_page, site, f"{HERE}/use?city=manchester")
    page.emulate_media(media="print")

    assert page.locator("figure.sheet--figures").first.is_visible()
    assert page.get_by_role("table").first.is_visible()
    for name in ("Topics", "How far back", "Cities"):
        assert not page.get_by_role("navigation", name=name).is_visible()


def test_open_data_is_taken_without_signing_in(site: Site, open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{site.url}/open-data")
    page.get_by_role("link", name="Manchester", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Figures (CSV)").click()

    assert waiting.value.suggested_filename == "learning-manchester.csv"
    assert waiting.value.path().read_bytes().startswith(b"\xef\xbb\xbfsheet,period,starts_on")
