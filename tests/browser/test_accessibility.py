from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.conftest import Open, Site
from tests.browser.pages import PAGES, course, search, urdu

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_TOO_WIDE = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
_SMALL = """(least) => Array.from(document.querySelectorAll("button, a.button, input, summary"))
  .filter((one) => one.type !== "hidden" && one.checkVisibility())
  .map((one) => [one.textContent.trim() || one.name, one.getBoundingClientRect()])
  .filter(([, box]) => box.height > 0 && (box.height < least || box.width < least))
  .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)"""
_HIDDEN_BEHIND = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const composer = document.getElementById("composer");
  if (!box.height || composer.contains(document.activeElement)) return "";
  const cover = composer.getBoundingClientRect();
  const isCovered = box.top >= cover.top && box.bottom <= cover.bottom;
  return isCovered ? document.activeElement.textContent.trim() : "";
}"""


def faults(page: Page | Frame) -> list[Any]:
    """Return what axe finds on a page as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({reporter: 'no-passes', resultTypes: ['violations']})")
    return [
        (one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found["violations"]
    ]


@pytest.fixture(scope="module")
def screens(browser: Browser) -> Iterator[dict[int, Page]]:
    """A page of each width; what is begun anew for each test is not the browser, but its visit."""
    contexts = {
        width: browser.new_context(
            viewport={"width": width, "height": 800}, reduced_motion="reduce"
        )
        for width in (320, 1280)
    }
    yield {width: context.new_page() for width, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_and_used_by_everybody(
    site: Site, screens: dict[int, Page], name: str, width: int
) -> None:
    page = screens[width]
    page.context.clear_cookies()
    page.emulate_media(color_scheme=THEMES[-1])
    PAGES[name](page, site.url)

    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        assert faults(page) == [], theme
        assert page.evaluate(_SMALL, 44) == [], f"targets as large as a thumb, {theme}"
        assert page.evaluate(_TOO_WIDE) <= 0, f"no scrolling sideways, {theme}"
    if width == 1280:
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        assert page.evaluate(_TOO_WIDE) <= 0, "the same with text at 200 %"


def test_buttons_are_as_wide_as_a_phone(site: Site, open_page: Open) -> None:
    page = open_page(360, 780)
    page.goto(f"{site.url}/c/manchester")
    box = page.get_by_role("button", name="English", exact=True).bounding_box()

    assert box is not None
    assert box["width"] > 360 * 0.75


def test_what_has_the_focus_is_never_behind_the_composer(site: Site, open_page: Open) -> None:
    page = open_page(320, 640)
    search(page, site.url)
    page.evaluate("window.scrollTo(0, 0)")
    page.locator(".brand").focus()
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(_HIDDEN_BEHIND) == ""


def test_the_focus_can_be_seen(site: Site, open_page: Open) -> None:
    page = open_page()
    page.goto(site.url)
    for _ in range(6):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 3


def test_the_first_tab_skips_to_the_newest_message(site: Site, open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    course(page, site.url)
    page.goto(site.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('#latest') !== null")


def test_a_right_to_left_chat_is_mirrored(site: Site, open_page: Open) -> None:
    page = open_page(360, 780)
    urdu(page, site.url)
    left = "one => one.getBoundingClientRect().left"
    right = "one => one.getBoundingClientRect().right"
    field, send = page.locator("#text"), page.locator("#composer .button--main")
    own, said = page.locator(".own p").last, page.locator(".say").last

    assert send.evaluate(right) <= field.evaluate(left)
    assert own.evaluate(right) < said.evaluate(right)
    assert own.evaluate(left) < said.evaluate(left)


def test_forced_colours_keep_their_edges(site: Site, open_page: Open) -> None:
    page = open_page(forced_colors="active")
    search(page, site.url)
    style = "getComputedStyle(document.querySelector('.card')).borderTopStyle"

    assert page.evaluate(style) == "solid"


def test_a_print_has_words_and_no_chrome(site: Site, open_page: Open) -> None:
    page = open_page()
    page.goto(f"{site.url}/courses/excel")
    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert page.get_by_text("From http://127.0.0.1").is_visible()
    assert not page.locator(".bar").is_visible()
    assert not page.get_by_role("button", name="Open in the chat").is_visible()


def test_no_cookie_is_set_before_something_is_sent(site: Site, open_page: Open) -> None:
    page = open_page()
    for path in ("/", "/c/manchester", "/courses/excel", "/cities/manchester", "/privacy"):
        page.goto(site.url + path)
    assert page.context.cookies() == []

    page.goto(f"{site.url}/c/manchester")
    page.get_by_role("button", name="English", exact=True).click()
    page.locator("[data-line]").nth(2).wait_for()
    cookies = [(one["name"], one["httpOnly"], one["sameSite"]) for one in page.context.cookies()]
    assert cookies == [("lcb-chat", True, "Lax")]


def test_a_screen_reader_hears_names_and_roles(site: Site, open_page: Open) -> None:
    page = open_page()
    search(page, site.url)

    expect(page.get_by_role("main")).to_match_aria_snapshot("""
    - heading "Find something to learn in Manchester" [level=1]
    - log "Chat with the assistant":
      - list:
        - listitem:
          - text: "You:"
          - paragraph: evning excel near moss side
        - listitem:
          - text: "Assistant:"
          - group "Excel, evenings, near Moss Side I found 2.":
            - list:
              - listitem:
                - heading "Excel for beginners" [level=2]
                - paragraph:
                  - button "1. Excel for beginners"
                  - 'link "Read everything : Excel for beginners"'
            - button "Show more"
            - button "Back"
            - button "Menu"
    - status: Excel, evenings, near Moss Side I found 2. Excel for beginners. Cooking on a budget.
    - text: Type your answer
    - textbox "Type your answer"
    - button "Send"
    """)
