"""A campaign in the real program: written without scripts, approved by another, and sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.people import Role
from storage import Database, Unit
from tests.browser.conftest import LoopThread, Open
from tests.browser.test_accessibility import THEMES, faults
from tests.support.daytime_program import AHEAD, to_midday
from tests.support.fake_bot_api.server import FakeBotApi
from tests.support.png import plain_png
from tests.support.program import Program
from tests.support.run_campaigns import settle

_TOO_WIDE = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
PEOPLE = 60
"""More than one person may decide about alone."""


@dataclass
class City:
    """The program, what it sends to, and a way in for staff."""

    url: str
    api: FakeBotApi
    database: Database

    def sign_in(self, page: Page, name: str, role: Role) -> None:
        """Sign somebody in by a link, as the chat gives it."""

        def link(unit: Unit) -> str:
            person = unit.people.ensure("web", "web", name * 64, city="manchester").id
            if not unit.staff.grants(person):
                unit.staff.grant(person, role, ["manchester"], channel="web")
            return unit.staff.make_login(person, "web")

        page.goto(f"{self.url}/staff/login/{self.database.write_now(link)}")
        page.get_by_role("button", name="Sign in").click()


@pytest.fixture(scope="module")
def city(loop_thread: LoopThread, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder: Path = tmp_path_factory.mktemp("campaigns")
    api, seconds = FakeBotApi(), to_midday()
    loop_thread.run(api.start())
    program = Program(
        folder, api.url, {AHEAD: str(seconds)},
        module=("tests.support.daytime_program",), is_forked=True,
    )  # fmt: skip
    loop_thread.run(program.start())
    database = Database.open(
        f"sqlite:///{program.database}",
        is_alone=False,
        clock=lambda: datetime.now(UTC) + timedelta(seconds=seconds),
    )

    def agree(unit: Unit) -> None:
        for number in range(1, PEOPLE + 1):
            settle(unit, number)
            api.bot.chat(number).is_started = True

    database.write_now(agree)
    yield City(program.url, api, database)
    database.close()
    loop_thread.run(program.stop())
    loop_thread.run(api.stop())


def check(page: Page) -> None:
    """Hold what is on the screen to what everybody needs, on a phone and on a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            assert faults(page) == [], (page.url, width, theme)
        assert page.evaluate(_TOO_WIDE) <= 0, f"no scrolling sideways: {page.url}"


def write(page: Page) -> None:
    page.get_by_label("Begin with").select_option("An empty one")
    page.get_by_role("button", name="Begin").click()
    page.locator("[id='title']").fill("Open day")
    page.locator("[id='topic']").select_option("news")
    page.locator("[id='text.en']").fill("**Open day** on Saturday at the town hall.")
    page.locator("[id='kind.1']").select_option("link")
    page.locator("[id='target.1']").fill("https://city.example/day")
    page.locator("[id='label.1.en']").fill("See it")


def give_picture(page: Page, form: str) -> None:
    """Give a campaign a picture of its own, after something that is none."""
    page.goto(form)
    upload = page.get_by_label("Or a picture of your own")
    upload.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"<svg/>"})
    page.get_by_role("button", name="Keep").last.click()
    expect(page.locator("#upload-fault")).to_contain_text("This is no PNG or JPEG.")
    check(page)
    upload.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": plain_png(60, 40)})
    page.locator("[id='alt.en']").fill("A white wall")
    page.get_by_role("button", name="Keep").last.click()
    shown = page.get_by_role("img", name="A white wall").first
    expect(shown).to_have_js_property("naturalWidth", 60)


def test_a_campaign_goes_from_words_to_people(city: City, open_page: Open) -> None:
    page = open_page(360, 780, java_script_enabled=False)
    other = open_page(1280, 900)
    city.sign_in(page, "e", Role.EDITOR)
    page.goto(f"{city.url}/staff/campaigns")
    write(page)
    page.locator("[id='audience']").fill("everyon")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".typed mark")).to_have_text("everyon")
    expect(page.locator(".bubble")).to_contain_text("Open day on Saturday")
    expect(page.locator(".bubble strong").first).to_have_text("Open day")
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator("[id='audience']:target")).to_have_value("everyon")
    page.locator("[id='audience']").fill("everyone")
    page.get_by_role("button", name="Count people").click()
    expect(page.locator("#counted + .number")).to_contain_text(f"It reaches {PEOPLE} people now")
    page.get_by_role("button", name="Keep").last.click()
    expect(page.get_by_role("status")).to_have_text("It is kept.")
    here = page.url.partition("?")[0]
    page.get_by_role("button", name="Ask for approval").click()
    expect(page.locator(".tag").first).to_have_text("Waiting for approval")

    city.sign_in(other, "a", Role.APPROVER)
    other.goto(here)
    check(other)
    expect(other.get_by_role("main")).to_contain_text(f"It reaches {PEOPLE} people now")
    other.get_by_role("button", name="Approve this version").click()
    expect(other.get_by_role("status")).to_contain_text("Approved.")

    page.goto(f"{here}/launch")
    expect(page.get_by_role("main")).to_contain_text("If you send it now, it is over at about")
    page.get_by_role("button", name=f"Send to {PEOPLE}").click()
    expect(page.get_by_role("status")).to_have_text("It is on its way.")
    other.goto(page.url.partition("?")[0])
    expect(other.locator("#live .tag")).to_have_text("Finished", timeout=20_000)
    expect(other.locator("#live .number")).to_contain_text(f"{PEOPLE} of {PEOPLE} done")
    check(other)
    said = city.api.called("sendMessage")
    assert len({call.chat for call in said}) == len(said) == PEOPLE
    assert all("Open day" in str(call.parameters) for call in said)
    assert not city.api.problems


def test_every_page_can_be_read_and_used_by_everybody(city: City, open_page: Open) -> None:
    page = open_page(1280, 900, reduced_motion="reduce")
    city.sign_in(page, "e", Role.EDITOR)
    for path in ("/staff/campaigns", "/staff/sending"):
        page.goto(city.url + path)
        check(page)
    page.goto(f"{city.url}/staff/campaigns/new?city=manchester&from=get-online-week")
    page.locator("[id='when']").fill("whenever")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)


def test_a_preview_follows_the_typing(city: City, open_page: Open) -> None:
    page = open_page(1280, 900)
    city.sign_in(page, "e", Role.EDITOR)
    page.goto(f"{city.url}/staff/campaigns/new?city=manchester")
    page.locator("[id='text.en']").fill("Come and **learn**.")
    expect(page.locator(".bubble strong").first).to_have_text("learn")
    expect(page.locator("[id='text.en']")).to_be_focused()


def test_everything_is_stopped_and_said_on_every_page(city: City, open_page: Open) -> None:
    page = open_page(360, 780, java_script_enabled=False)
    city.sign_in(page, "e", Role.EDITOR)
    page.goto(f"{city.url}/staff/sending")
    page.get_by_label("Why?").fill("A wrong link")
    page.get_by_role("button", name="Stop everything now").click()
    expect(page.get_by_role("status")).to_have_text("Everything is stopped.")
    page.goto(f"{city.url}/staff")
    expect(page.get_by_role("note")).to_contain_text("A wrong link")
    assert page.request.get(f"{city.url}/readyz").json()["outbound"].endswith("A wrong link")
    page.get_by_role("link", name="Look at it").click()
    page.get_by_role("button", name="End the stop").click()
    expect(page.get_by_role("status")).to_have_text("Messages go out again.")
    expect(page.get_by_role("note")).to_have_count(0)


def test_a_second_version_is_written_without_scripts(city: City, open_page: Open) -> None:
    page = open_page(360, 780, java_script_enabled=False)
    city.sign_in(page, "e", Role.EDITOR)
    page.goto(f"{city.url}/staff/campaigns")
    write(page)
    page.locator("[id='audience']").fill("everyone")
    page.get_by_label("Try a second version").check()
    page.get_by_text("Write the second version").click()
    page.locator("[id='rival.text.en']").fill("**Open day**: this Saturday only.")
    page.locator("[id='rival.label.1.en']").fill("Show me")
    page.locator("[id='rival.share']").fill("80")
    page.get_by_role("button", name="Keep").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Write a whole number from 5 to 50.")
    page.locator("[id='rival.share']").fill("50")
    page.get_by_role("button", name="Keep").last.click()
    expect(page.locator("#rivals + .as-seen .bubble")).to_contain_text("this Saturday only")
    here = page.url.partition("?")[0]

    seen = open_page(1280, 900)
    # Signed in already: there are few sign-ins a minute.
    seen.context.add_cookies(
        [
            {"name": one["name"], "value": one["value"], "url": city.url}
            for one in page.context.cookies()
        ]
    )
    give_picture(seen, f"{here}/edit")
    for path in (here, f"{here}/edit"):
        seen.goto(path)
        check(seen)
