"""A picture of the city's own in a campaign: given, said in words, approved and sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from aiohttp import FormData

from bot.campaigns.records import Broadcast, Plan
from bot.campaigns.staffing import Sender
from bot.people import Grant, Purpose, Role
from bot.pictures.photos import MOST_BYTES, read_photo
from bot.work.campaigns.mail import Mail
from bot.work.campaigns.network import NetworkOffice
from bot.work.files import Files
from bot.work.pictures import PictureRegistry, campaigns
from bot.work.pictures.making import ChatPictures, Pictures
from storage import Database
from storage.repositories.deliveries import Claimed
from tests.support.databases import MovedClock, clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.support.photos import SECRET, jpeg, png
from tests.support.run_campaigns import BOT
from tests.web.conftest import Visit
from tests.web.fakes import World, content
from tests.web.sending import (
    APPROVER,
    CITY,
    EDITOR,
    HOME,
    WRITTEN,
    Office,
    cookie,
    surroundings,
    world_over,
)  # fmt: skip

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

SAID = {"alt.en": "Two people at a table", "alt.ur": "میز پر دو لوگ"}
NAME = read_photo(jpeg()).name


@pytest.fixture
async def office(world: World, sqlite_database: Database, visit: Visit) -> Office:
    over, gate = world_over(world, sqlite_database)
    made = Office(over, sqlite_database, await visit(over), gate)
    made.sign_in("e", EDITOR)
    made.sign_in("a", APPROVER)
    made.sign_in("b", Grant(Role.EDITOR, "belfast"))
    return made


async def give(
    office: Office, body: bytes, path: str = f"{HOME}/new", *, by: str = "e", **more: str
) -> int:
    """Send the form as a browser does that was given a picture."""
    form = FormData()
    for name, value in ({"csrf": f"csrf-{by}", "act": "keep"} | WRITTEN | SAID | more).items():
        form.add_field(name.replace("__", "."), value)
    form.add_field("upload", BytesIO(body), filename="../me.svg", content_type="image/svg+xml")
    response = await office.visitor.send(path, form, cookie(by))
    office.location = response.headers.get("Location", "")
    return response.status


def plan(office: Office) -> Plan:
    key = office.location.partition("?")[0].rpartition("/")[2]
    return office.database.read_now(lambda unit: unit.campaigns.current(key)).plan


async def test_a_picture_is_kept_with_its_words_and_nothing_else(office: Office) -> None:
    assert await give(office, jpeg()) == 303
    made = plan(office)
    assert made.content.picture == NAME
    assert {key: one.alt for key, one in made.content.wordings.items()} == {
        "en": SAID["alt.en"], "ur": SAID["alt.ur"],
    }  # fmt: skip
    await office.get("e", office.location)
    shown = f'src="{HOME}/pictures/{CITY}/{NAME}" alt="Two people at a table"'
    assert office.page.count(shown) == 2
    response = await office.visitor.get(f"{HOME}/pictures/{CITY}/{NAME}", headers=cookie("a"))
    assert (response.status, response.content_type) == (200, "image/jpeg")
    assert SECRET not in await response.read()
    assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_preview_shows_it_and_loses_nothing(office: Office) -> None:
    assert await give(office, png(), act="preview", text__en="Come **today**") == 200
    assert "<strong>today</strong>" in office.page
    assert 'class="as-seen__photo"' in office.page
    name = read_photo(png()).name
    assert f'<option value="{name}" selected>' in office.page
    form = WRITTEN | SAID | {"picture": name, "act": "keep"}
    assert await office.post("e", f"{HOME}/new", **form) == 303
    assert plan(office).content.picture == name


async def test_it_is_replaced_and_removed(office: Office) -> None:
    await give(office, jpeg())
    here = office.location.partition("?")[0]
    assert await give(office, png(), f"{here}/edit", picture=NAME, seen="1") == 303
    assert plan(office).content.picture == read_photo(png()).name
    form = WRITTEN | SAID | {"picture": "", "seen": "2", "act": "keep"}
    assert await office.post("e", f"{here}/edit", **form) == 303
    assert plan(office).content.picture == ""


async def test_words_for_it_are_asked_for_in_each_language(office: Office) -> None:
    assert await give(office, jpeg(), alt__ur=" ") == 303
    await office.get("e", f"{office.location.partition('?')[0]}/edit?check=1")
    assert 'href="#alt.ur"' in office.page
    assert 'href="#alt.en"' not in office.page


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "no PNG or JPEG"),
        (b"GIF89a" + jpeg(), "no PNG or JPEG"),
        (jpeg()[:200], "cannot be read"),
        (png(65535, 65535), "Telegram does not take this picture"),
        (jpeg(orientation=6), "lies on its side"),
        (jpeg() + b"\0" * MOST_BYTES, "larger than 2 MB"),
    ],
    ids=["svg", "polyglot", "truncated", "bomb", "turned", "large"],
)
async def test_what_is_no_picture_is_refused_beside_its_field(
    office: Office, body: bytes, said: str
) -> None:
    assert await give(office, body) == 422
    assert said in office.page
    assert 'href="#upload"' in office.page
    assert "Open day" in office.page
    assert office.database.read_now(lambda unit: unit.campaigns.list_in_city(CITY)) == []


async def test_only_a_form_of_our_own_gives_one(office: Office) -> None:
    assert await give(office, jpeg(), csrf="csrf-a") == 403
    found = office.database.read_now(lambda unit: unit.campaign_pictures.find(CITY, NAME))
    assert found is None


async def test_pictures_of_other_cities_are_not_there(office: Office) -> None:
    await give(office, jpeg())
    assert await office.get("b", f"{HOME}/pictures/{CITY}/{NAME}") == 404
    assert await office.get("b", f"{HOME}/pictures/belfast/{NAME}") == 404
    assert await give(office, jpeg(), by="b") == 404
    form = WRITTEN | SAID | {"city": "belfast", "picture": NAME, "act": "keep"}
    assert await office.post("b", f"{HOME}/new", **form) == 422
    assert "The picture is not here any more" in office.page
    assert 'href="#picture"' in office.page


async def test_what_was_approved_is_this_picture_with_these_words(office: Office) -> None:
    await give(office, jpeg())
    key = office.location.partition("?")[0].rpartition("/")[2]
    first = office.database.read_now(lambda unit: unit.campaigns.current(key))
    said = replace(first.plan.content.wordings["en"], alt="Nobody")
    other = replace(first.plan.content, wordings={"en": said})
    second = office.database.write_now(
        lambda unit: unit.campaigns.edit(key, replace(first.plan, content=other), "e", seen=1)
    )
    assert (second.number, second.digest == first.digest) == (2, False)


async def test_what_no_version_has_is_gone_after_a_day(office: Office, clock: MovedClock) -> None:
    await give(office, jpeg())
    await give(office, png(), act="preview")
    loose = read_photo(png()).name
    clock.at += timedelta(days=1, minutes=1)
    assert office.database.write_now(lambda unit: unit.privacy.sweep())["campaign_picture"] == 1
    left = office.database.read_now(
        lambda unit: [unit.campaign_pictures.find(CITY, one) for one in (loose, NAME)]
    )
    assert left[0] is None
    assert left[1] is not None


async def test_people_get_it_on_telegram_and_on_the_web(office: Office) -> None:
    await give(office, jpeg())
    key = office.location.partition("?")[0].rpartition("/")[2]
    found = office.database.read_now(lambda unit: unit.campaigns.current(key))
    run = Broadcast(
        "run", CITY, key, 1, found.digest, "now", "running", False, "{}", "e", office.database.now()
    )
    to = Claimed(1, office.people["e"], "ur", CITY, "telegram", BOT, "1")
    message = await Mail(office.database, surroundings).letter(run, to)
    (attachment,) = message.attachments
    registry = PictureRegistry()
    registry.register("campaign", campaigns.campaign)
    pictures = Pictures(office.database, content, registry)
    files = Files(office.database, content, "https://bot.example", office.database.now, pictures)
    file = await files.make(attachment)
    assert file is not None
    assert (file.name, file.media_type) == ("picture.jpeg", "image/jpeg")
    assert file.content == read_photo(jpeg()).body
    shown = await ChatPictures(office.database, pictures, "web", "web").show("e" * 8, attachment)
    assert shown is not None
    assert (shown.alt, shown.width, shown.height) == (SAID["alt.ur"], 40, 30)


async def test_a_campaign_is_taken_over_with_its_picture(office: Office) -> None:
    await give(office, jpeg())
    shared = plan(office).content
    office.database.write_now(
        lambda unit: unit.network.share(
            "c", city=CITY, title="Open day", topic=Purpose.NEWS, content=shared, results={}
        )
    )
    assert await office.get("b", f"{HOME}/pictures/{CITY}/{NAME}") == 200
    who = Sender(office.people["b"], frozenset({Grant(Role.EDITOR, "belfast")}))
    made = await NetworkOffice(office.database, surroundings).take_over(who, "c", "belfast")
    assert office.database.read_now(
        lambda unit: (
            unit.campaigns.current(made.id).plan.content.picture == NAME,
            unit.campaign_pictures.find("belfast", NAME) is not None,
        )
    ) == (True, True)
