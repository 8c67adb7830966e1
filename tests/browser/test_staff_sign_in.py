"""The first member of staff, from the command line to the staff page, on the real program."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LoopThread, Open
from tests.support.program import ROOT, Program


@pytest.fixture(scope="module")
def program(loop_thread: LoopThread, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    folder: Path = tmp_path_factory.mktemp("program")
    program = Program(folder, settings={"BOT_SAMPLE_DATA": "on"}, is_forked=True)
    loop_thread.run(program.start())
    yield program
    loop_thread.run(program.kill())


def invited(program: Program) -> str:
    told = subprocess.run(
        [sys.executable, "-m", "bot", "staff", "invite"],
        cwd=program.folder,
        env={
            "PYTHONPATH": str(ROOT),
            "BOT_CITIES": "manchester",
            "BOT_PORT": str(program.port),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    link = re.search(r"http://\S+start=invite_[A-Za-z0-9_-]+", told.stdout)
    assert link is not None, told.stdout
    return link[0]


def say(page: Page, words: str) -> None:
    page.locator("#text").fill(words)
    page.get_by_role("button", name="Send").click()


def test_an_invitation_leads_to_the_staff_page(program: Program, open_page: Open) -> None:
    page = open_page()
    page.goto(invited(program))
    page.get_by_role("button", name="Go on").click()
    page.locator(".is-open").get_by_role("button", name="English", exact=True).click()
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".log")).to_contain_text("You are now an administrator")

    say(page, "/staff")
    link = page.locator(".log").get_by_role("link", name="Sign in").last
    address = link.get_attribute("href")
    assert address is not None
    link.click()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("City insight")
    expect(page.get_by_role("main")).to_contain_text("Manchester")

    page.goto(address)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("main")).to_contain_text("This link cannot be used.")

    page.goto(f"{program.url}/staff")
    page.get_by_role("button", name="Sign out").click()
    assert page.goto(f"{program.url}/staff").status == 404  # type: ignore[union-attr]


def test_a_report_reaches_the_desk_and_is_settled(program: Program, open_page: Open) -> None:
    resident = open_page()
    resident.goto(f"{program.url}/")
    resident.get_by_role("button", name="English", exact=True).click()
    expect(resident.locator(".line").last).to_contain_text("What would you like to learn?")
    say(resident, "excel")
    resident.locator(".is-open .card .button--main").first.click()
    resident.get_by_role("button", name="More about it").click()
    resident.get_by_role("button", name="Tell us it is wrong").click()
    resident.get_by_role("button", name="Something else").click()
    expect(resident.locator(".line").last).to_contain_text("Say it in a few words.")
    say(resident, "It is free at the library")
    resident.get_by_role("button", name="No need").click()
    expect(resident.locator(".log")).to_contain_text("Staff will look at it.")

    page = open_page()
    page.goto(invited(program))
    page.get_by_role("button", name="Go on").click()
    page.locator(".is-open").get_by_role("button", name="English", exact=True).click()
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".log")).to_contain_text("You are now an administrator")
    say(page, "/staff")
    page.locator(".log").get_by_role("link", name="Sign in").last.click()
    page.get_by_role("button", name="Sign in").click()

    page.goto(f"{program.url}/staff")
    page.get_by_role("link", name="1 reported listing waits").click()
    page.get_by_role("row").filter(has_text="It is free at the library").get_by_role("link").click()
    page.get_by_label("It is put right").check()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_role("status")).to_have_text("The report is closed.")
    page.goto(f"{program.url}/staff/catalogue/reports")
    expect(page.get_by_role("main")).to_contain_text("There are no open reports.")
