"""Writing an offer on a phone without scripts: mistakes, a preview, skills, and off it goes."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Site
from tests.browser.pages import staff

SUMMARY = "Bring your tablet. We help you with e-mail, photos and video calls."


def fill(page: Page, **words: str) -> None:
    for label, typed in words.items():
        page.locator(f"#{label}").fill(typed)


def test_an_offer_is_written_without_scripts(site: Site, open_page: Open) -> None:
    page = open_page(360, 780, java_script_enabled=False)
    staff(page, site.url)
    page.goto(f"{site.url}/staff/offers/new?city=manchester")
    fill(page, provider="The Tea Room", title="Tea for all", start_time="tea time")
    page.get_by_label("Every week").check()
    page.get_by_role("button", name="Send to the city's team").click()
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("There are 6 things to put right. Nothing is lost.")
    problem.get_by_role("link", name="I cannot read this as a time").click()
    expect(page.locator("#start_time:target")).to_have_value("tea time")
    described = page.locator("#start_time").get_attribute("aria-describedby") or ""
    assert "start_time-fault" in described.split()

    fill(page, summary=SUMMARY, start_time="10", end_time="noon", venue="Moss Side Library")
    for label in ("Tuesday", "At a place", "Free for everybody", "They just come"):
        page.get_by_label(label).check()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview")).to_contain_text("Tuesdays, 10am to noon")
    expect(page.locator("#title")).to_have_value("Tea for all")
    page.get_by_role("group", name="Skills").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Send to the city's team").click()
    expect(page.get_by_role("status")).to_contain_text("Sent.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tea for all")
