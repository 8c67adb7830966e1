from __future__ import annotations

from playwright.sync_api import Page, expect

from bot.conversation.messages import Message, Span
from tests.browser.conftest import Open, Site
from tests.browser.pages import ask, begin, course, search


def _faults(page: Page) -> list[str]:
    found: list[str] = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda line: found.append(line.text) if line.type == "error" else None)
    return found


def _write(site: Site, text: str) -> None:
    chat = site.newest_chat()
    site.loop.call(lambda: site.world.talk.write(chat, Message((Span(text),))))


def test_a_typed_answer_is_announced_and_the_focus_stays(site: Site, open_page: Open) -> None:
    page = open_page()
    faults = _faults(page)
    begin(page, site.url)
    ask(page, "excel")

    expect(page.get_by_role("status")).to_contain_text("Excel for beginners")
    expect(page.locator("#text")).to_have_value("")
    assert page.url.endswith("/c/manchester")
    assert faults == []


def test_a_press_moves_the_focus_to_the_reply(site: Site, open_page: Open) -> None:
    page = open_page()
    faults = _faults(page)
    course(page, site.url)

    assert page.evaluate("document.activeElement.id") == "latest"
    expect(page.locator("#latest")).to_contain_text("Does it suit you?")
    assert faults == []


def test_a_message_that_comes_by_itself_is_announced(site: Site, open_page: Open) -> None:
    page = open_page()
    search(page, site.url)
    _write(site, "Your course starts tomorrow.")

    expect(page.get_by_role("status")).to_contain_text("Your course starts tomorrow.")
    expect(page.locator(".line").last).to_contain_text("Your course starts tomorrow.")


def test_nothing_jumps_while_somebody_reads(site: Site, open_page: Open) -> None:
    page = open_page(360, 640, reduced_motion="reduce")
    course(page, site.url)
    page.evaluate("window.scrollTo({top: 0, behavior: 'instant'})")
    _write(site, "One more thing.")

    newest = page.get_by_role("button", name="Go to newest message")
    expect(newest).to_be_visible()
    assert page.evaluate("window.scrollY") == 0
    newest.click()
    expect(page.locator("#latest")).to_be_in_viewport()


def test_an_earlier_answer_can_be_changed_in_place(site: Site, open_page: Open) -> None:
    page = open_page()
    course(page, site.url)
    page.locator("summary").last.click()
    page.locator("details[open]").get_by_role("button", name="2. Cooking on a budget").click()

    expect(page.locator(".own").last).to_contain_text("2. Cooking on a budget")
    presses = [one.press.option for one in site.world.talk.seen if one.press]
    assert presses[-2:] == ["c-excel", "c-cook"]


def test_two_open_pages_show_the_same(site: Site, open_page: Open) -> None:
    page = open_page()
    begin(page, site.url)
    other = page.context.new_page()
    other.goto(site.url)
    ask(page, "excel")

    expect(other.locator(".line").last).to_contain_text("Excel for beginners")


def test_words_that_did_not_arrive_stay_in_the_box(site: Site, open_page: Open) -> None:
    page = open_page()
    begin(page, site.url)
    page.route("**/chat", lambda route: route.abort())
    ask(page, "excel near hulme")

    expect(page.get_by_role("alert")).to_contain_text("It is still in the box")
    expect(page.locator("#text")).to_have_value("excel near hulme")
    page.unroute("**/chat")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".line").last).to_contain_text("Excel for beginners")


def test_a_shared_place_is_rounded_before_it_leaves(site: Site, open_page: Open) -> None:
    page = open_page(
        geolocation={"latitude": 53.456789, "longitude": -2.234567}, permissions=["geolocation"]
    )
    begin(page, site.url)
    ask(page, "near me")
    with page.expect_request("**/chat") as sent:
        page.get_by_role("button", name="Share my location").click()

    assert "lat=53.46&lon=-2.23" in (sent.value.post_data or "")


def test_a_reload_shows_the_same_chat(site: Site, open_page: Open) -> None:
    page = open_page()
    course(page, site.url)
    before = page.locator(".line").all_inner_texts()
    page.goto(site.url)

    assert page.locator(".line").all_inner_texts() == before


def test_the_log_is_told_once(site: Site, open_page: Open) -> None:
    page = open_page()
    search(page, site.url)
    log = page.get_by_role("log")

    expect(log).to_have_attribute("aria-live", "off")
    expect(log).to_have_accessible_name("Chat with the assistant")
    assert page.locator("[aria-live=polite]").count() == 1
