"""Results in a real browser: without scripts, on paper, in both directions of reading."""

from __future__ import annotations

from dataclasses import replace

from content.template import parse
from content.words import Words
from tests.browser.conftest import LoopThread, Open, Site, served
from tests.web.fakes import World, content
from tests.web.results import TOKEN, after

SHARED = f"/results/{TOKEN}"


def test_it_is_whole_without_scripts(site: Site, open_page: Open) -> None:
    page = open_page(360, 780, java_script_enabled=False)

    page.goto(f"{site.url}{SHARED}")

    assert page.get_by_role("heading", level=1).inner_text() == "Your digital skills"
    assert page.locator("svg.chart").count() == 1
    assert page.get_by_role("table").count() == 1
    assert page.get_by_role("rowheader").count() == 3, "still a table where it is stacked"


def test_a_link_is_made_and_switched_off_by_hand(site: Site, open_page: Open) -> None:
    page = open_page(360, 780, java_script_enabled=False)
    page.context.add_cookies([{"name": "lcb-chat", "value": "c" * 22, "url": site.url}])
    page.goto(f"{site.url}/results/own/{after().sitting.id}")

    page.get_by_role("button", name="Make a link").click()
    address = page.locator('a[href^="/results/link-"]').get_attribute("href")
    other = open_page()
    opened = other.goto(f"{site.url}{address}")
    assert opened is not None
    assert opened.status == 200
    page.get_by_role("button", name="Switch the link off").click()
    page.get_by_role("button", name="Make a link").wait_for()
    closed = other.reload()
    assert closed is not None
    assert closed.status == 404


def test_it_leaves_no_cookie_and_asks_nobody_else(site: Site, open_page: Open) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{site.url}{SHARED}", wait_until="networkidle")

    assert page.context.cookies() == []
    assert {one.split("/")[2] for one in asked} == {site.url.split("/")[2]}


def test_on_paper_it_is_black_on_white_without_what_can_only_be_pressed(
    site: Site, open_page: Open
) -> None:
    page = open_page(794, 1123, color_scheme="dark")
    page.goto(f"{site.url}{SHARED}")
    page.emulate_media(media="print", color_scheme="dark")

    colours = page.evaluate(
        """() => {
          const style = getComputedStyle(document.body);
          return [style.color, style.backgroundColor];
        }"""
    )
    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert page.locator("main .button:visible").count() == 0
    assert page.locator("svg.chart").first.is_visible()
    assert page.get_by_role("table").first.is_visible()
    assert page.get_by_text("Based on DigComp 3.0", exact=False).first.is_visible()
    address = page.locator(".print-only", has_text=f"{SHARED}")
    assert address.last.is_visible(), "the page says where it is from"
    wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
    assert wide <= 0, "it fits on A4"


def in_urdu(world: World) -> World:
    """Return a world whose results are translated, with words that tell where they came from."""
    shipped = content()
    texts = {
        language: {
            one: entry
            for one in shipped.words.ids()
            if (entry := shipped.words.entry(one, language)) is not None
        }
        for language in shipped.words.languages
    }
    for one in shipped.words.ids():
        if "results." in one:
            texts["ur"][one] = texts["en"][one]
    texts["ur"]["web.results.title"] = parse("آپ کی ڈیجیٹل مہارتیں")
    translated = replace(shipped, words=Words(texts))
    return replace(world, ports=replace(world.ports, content=lambda: translated))


def test_it_reads_from_right_to_left_where_the_language_does(
    loop_thread: LoopThread, open_page: Open
) -> None:
    with served(loop_thread, in_urdu) as site:
        page = open_page(360, 780)
        page.goto(f"{site.url}{SHARED}?lang=ur")

        assert page.locator("html").get_attribute("dir") == "rtl"
        heading = page.get_by_role("heading", level=1)
        assert heading.inner_text() == "آپ کی ڈیجیٹل مہارتیں"
        chart = page.locator("svg.chart text").first
        anchors = [one.get_attribute("text-anchor") for one in page.locator("svg.chart text").all()]
        assert chart.is_visible()
        assert anchors.count("end") > anchors.count("start"), "the chart is mirrored too"
        assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
