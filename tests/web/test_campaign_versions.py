"""Two versions of a campaign on the pages: written, seen, approved together and compared."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.campaigns.records import Broadcast, Version
from bot.conversation.messages import Span
from bot.work.campaigns.launching import Launching
from bot.work.campaigns.mail import Mail
from bot.work.reads.campaigns import message_words
from storage import Database
from storage.repositories.deliveries import Claimed
from tests.support.databases import MovedClock, clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.support.run_campaigns import BOT, sent, settle
from tests.web.conftest import Visit
from tests.web.fakes import World
from tests.web.sending import EDITOR, HOME, WRITTEN, Office, cookie, surroundings, world_over

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

RIVAL = {
    "rival": "yes",
    "rival__text__en": "Only this Saturday: the **open day**.",
    "rival__text__ur": "صرف اس ہفتے",
    "rival__label__1__en": "Show me",
    "rival__label__1__ur": "دکھائیں",
    "rival__share": "50",
    "rival__days": "3",
}


@pytest.fixture
async def office(world: World, sqlite_database: Database, visit: Visit) -> Office:
    over, gate = world_over(world, sqlite_database)
    made = Office(over, sqlite_database, await visit(over), gate)
    made.sign_in("e", EDITOR)
    return made


def current(office: Office, here: str) -> Version:
    key = here.rpartition("/")[2]
    return office.database.read_now(lambda unit: unit.campaigns.current(key))


async def test_a_second_version_is_written_and_seen(office: Office) -> None:
    here = await office.write("e", **RIVAL)
    rival = current(office, here).plan.rival
    assert rival is not None
    assert (rival.share, rival.days, set(rival.wordings)) == (50, 3, {"en", "ur"})
    await office.get("e", here)
    assert "Only this Saturday" in office.page
    assert "50 in 100 people get the second version, 50 the first." in office.page
    await office.get("e", f"{here}/edit")
    assert "Only this Saturday: the **open day**." in office.page


async def test_what_is_wrong_with_it_leads_to_its_own_fields(office: Office) -> None:
    here = await office.write("e", **RIVAL | {"rival__text__en": "**open"})
    await office.get("e", f"{here}/edit?check=1")
    assert 'href="#rival.text.en"' in office.page
    lacking = await office.write("e", **RIVAL | {"rival__text__ur": "", "rival__label__1__ur": ""})
    await office.get("e", f"{lacking}/edit?check=1")
    assert "The second version has no words in" in office.page
    same = await office.write("e", rival="yes", rival__share="50", rival__days="3")
    await office.get("e", f"{same}/edit?check=1")
    assert 'href="#rival.text.en"' in office.page


async def test_a_share_that_cannot_be_is_said_and_nothing_is_lost(office: Office) -> None:
    form = WRITTEN | {key.replace("__", "."): value for key, value in RIVAL.items()}
    status = await office.post("e", f"{HOME}/new", **form | {"rival.share": "80"}, act="keep")
    assert status == 422
    assert "Write a whole number from 5 to 50." in office.page
    assert "Only this Saturday" in office.page


async def test_an_edit_of_the_second_version_voids_an_approval(office: Office) -> None:
    here = await office.write("e", **RIVAL)
    first = current(office, here)
    form = {"title": "Open day", "seen": "1", "act": "keep"}
    more = WRITTEN | {key.replace("__", "."): value for key, value in RIVAL.items()}
    changed = more | form | {"rival.text.en": "Only this Sunday."}
    assert await office.post("e", f"{here}/edit", **changed) == 303
    second = current(office, here)
    assert (second.number, second.digest != first.digest) == (2, True)


async def begun(office: Office, here: str, people: int) -> Broadcast:
    version = current(office, here)

    def begin(unit: Any) -> Broadcast:
        for number in range(1, people + 1):
            settle(unit, number)
        campaign = unit.campaigns.get(version.campaign)
        run = (
            Launching(office.database, surroundings)
            .desk(campaign.city)
            .begin(unit, campaign, version, unit.now, "e")
        )
        assert run is not None
        return run

    run = await Launching(office.database, surroundings).freeze(office.database.write_now(begin))
    assert run is not None
    return run


async def test_they_are_sent_as_drawn_and_compared_on_the_day(
    office: Office, clock: MovedClock
) -> None:
    here = await office.write("e", **RIVAL)
    run = await begun(office, here, 40)
    mail = Mail(office.database, surroundings)
    words = {}
    for variant in ("a", "b"):
        to = Claimed(1, "p", "en", "manchester", "telegram", BOT, "1", variant)
        message = await mail.letter(run, to)
        words[variant] = "".join(one.text for one in message.text if isinstance(one, Span))
        assert message.choices[0].label == ("Show me" if variant == "b" else "See it")
    assert "Only this Saturday" in words["b"]
    assert "Only this Saturday" not in words["a"]

    def act(unit: Any) -> None:
        rows = unit.broadcasts.list_deliveries(run.id, "queued")
        unit.deliveries.claim(run, 99, "me", unit.now)
        unit.deliveries.settle(run.id, "me", [sent(one.number) for one in rows])
        for one in [one for one in rows if one.variant == "b"][:12]:
            unit.campaign_acts.record(run.id, one.person, "click", "b1")
        for one in [one for one in rows if one.variant == "a"][:5]:
            unit.campaign_acts.record(run.id, one.person, "click", "b1")

    office.database.write_now(act)
    page = f"{here}/runs/{run.id}"
    await office.get("e", page)
    assert "Please wait, and do not stop early." in office.page
    assert "did better" not in office.page.split("versus")[-1].split("</section>")[0]
    clock.move(days=3)
    office.sign_in("e2", EDITOR)
    await office.get("e2", page)
    assert "As it was fixed before the launch" in office.page
    assert "That is right 95 times in 100." in office.page
    response = await office.visitor.get(f"{page}/results.csv", headers=cookie("e2"))
    table = (await response.read()).decode("utf-8-sig")
    assert "first version,acted,5" in table
    assert "second version,acted,10" in table


async def test_what_people_press_is_what_their_version_said(office: Office) -> None:
    here = await office.write("e", **RIVAL)
    run = await begun(office, here, 30)

    def look(unit: Any) -> None:
        rows = unit.broadcasts.list_deliveries(run.id, "queued")
        for one in rows:
            person = SimpleNamespace(id=one.person)
            context: Any = SimpleNamespace(unit=unit, person=person, language="en")
            told = message_words(context, run.id, str(one.number))
            assert ("Only this Saturday" in told) == (one.variant == "b")
        assert {one.variant for one in rows} == {"a", "b"}

    office.database.write_now(look)
