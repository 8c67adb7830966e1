"""Badges that are ready are told of once; those that end are reminded of."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

import bot.work.pictures.badges
import bot.work.reads.badges  # noqa: F401 - declares what is looked up
from bot.badges.baking import unbake_png, unbake_svg
from bot.badges.parts import parts_of
from bot.badges.planning import about_skill
from bot.conversation.messages import Attachment
from bot.people import Purpose
from bot.work.badge_messages import document_of
from bot.work.files import Files
from bot.work.pictures.making import Pictures
from content.load import Content, load
from storage import Database
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)
from tests.support.told_badges import BASE, CITY, World, words

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities=[CITY])


@pytest.fixture
def world(sqlite_database: Database, clock: MovedClock, content: Content) -> World:
    return World(sqlite_database, clock, content)


async def test_a_signed_badge_is_told_of_once_with_picture_file_and_link(world: World) -> None:
    token = world.pledge()
    assert await world.news.send_due() == 0, "nothing is told before it is signed"
    world.sign()
    assert await world.news.send_due() == 1
    assert await world.news.send_due() == 0
    ((channel, message),) = world.out()
    assert channel == "telegram"
    assert [one.kind for one in message.attachments] == ["picture", "document"]
    assert message.attachments[1].values["person"] == world.person
    assert f"{BASE}/badges/{token}" in words(message)
    assert "sample" in words(message)
    assert message.nonce == f"go.badge.{token}"
    assert [one.id for one in message.choices] == ["show", "linkedin", "files", "cv", "what", "all"]
    assert world.told == [("telegram", "1")]


async def test_in_a_browser_the_page_is_one_press_away(world: World) -> None:
    world.database.write_now(lambda unit: unit.contacts.set_reachable("telegram", "7", "1", False))
    world.person = world.database.write_now(lambda unit: world._ensure(unit, "web"))
    token = world.pledge()
    world.sign()
    await world.news.send_due()
    ((channel, message),) = world.out()
    assert channel == "web"
    assert [one.kind for one in message.attachments] == ["picture"]
    assert message.choices[0].url == f"{BASE}/badges/{token}"


async def test_what_fails_halfway_is_told_once_later(world: World) -> None:
    world.pledge()
    world.sign()
    with (
        patch("bot.work.badge_news.faults.point", side_effect=OSError("gone")),
        pytest.raises(OSError, match="gone"),
    ):
        await world.news.send_due()
    assert not world.out()
    assert await world.news.send_due() == 1
    assert len(world.out()) == 1


async def test_many_badges_are_told_of_a_few_at_a_time(world: World) -> None:
    framework = world.content.frameworks["digcomp3"]
    for code in list(framework.competences)[:12]:
        world.award("informal", about_skill(framework, code, 1))
    world.sign()
    assert await world.news.send_due() == 12
    assert len({message.nonce for _, message in world.out()}) == 12


async def test_whoever_wants_no_messages_gets_none_and_keeps_the_badge(world: World) -> None:
    world.pledge()
    world.sign()
    world.database.write_now(
        lambda unit: unit.people.record_consent(
            world.person, Purpose.REMINDERS, False, "telegram", "1"
        )
    )
    assert await world.news.send_due() == 0
    assert not world.out()
    assert world.held()[0].told_at is not None


async def test_a_revoked_badge_is_not_told_of(world: World) -> None:
    token = world.pledge()
    world.sign()
    world.database.write_now(lambda unit: unit.badges.revoke(CITY, token, "badges.unknown"))
    assert await world.news.send_due() == 0


async def test_its_end_is_told_a_month_before_with_a_way_to_earn_it_again(world: World) -> None:
    token = world.pledge()
    world.sign()
    await world.news.send_due()
    until = world.held()[0].valid_until
    world.clock.at = until - timedelta(days=31)
    assert await world.reminding.send_due() == 0
    world.clock.at = until - timedelta(days=29, hours=22)
    assert await world.reminding.send_due() == 1
    _, message = world.out()[-1]
    assert "is good until" in words(message)
    assert message.choices[0].label == "Earn it again"
    assert world.pledge() != token, "it can be earned anew before it ends"


async def test_nothing_is_told_of_the_end_of_a_badge_that_is_gone(world: World) -> None:
    token = world.pledge()
    world.sign()
    await world.news.send_due()
    until = world.held()[0].valid_until
    world.database.write_now(lambda unit: unit.badges.erase(world.person, token))
    world.clock.at = until - timedelta(days=29, hours=22)
    assert await world.reminding.send_due() == 0
    assert world.database.read_now(lambda unit: unit.badges.is_gone(token))


def give_parts(world: World, pathway: str) -> None:
    for step in world.content.pathways.current[pathway].steps:
        for code, level in step.needs.items():
            framework = next(
                one for one in world.content.frameworks.values() if code in one.competences
            )
            world.award("informal", about_skill(framework, code, level))


async def test_the_last_part_brings_the_badge_of_a_route_that_is_followed(world: World) -> None:
    pathway = world.content.pathways.current["getting-online"]
    world.database.write_now(
        lambda unit: unit.pathways.follow(world.person, CITY, pathway.id, pathway.version)
    )
    give_parts(world, pathway.id)
    world.sign()
    await world.news.send_due()
    assert [one.plan for one in world.held()].count("route") == 1
    await world.news.send_due()
    assert [one.plan for one in world.held()].count("route") == 1, "it is given once"


async def test_a_part_that_was_taken_back_is_missing(world: World) -> None:
    pathway = world.content.pathways.current["getting-online"]
    give_parts(world, pathway.id)
    world.sign()
    now = world.clock.at
    parts, covered = parts_of(pathway, world.held(), world.content.badges, now)
    assert covered == len(pathway.steps)
    world.database.write_now(
        lambda unit: unit.badges.revoke(CITY, parts[0].token, "badges.unknown")
    )
    _, covered = parts_of(pathway, world.held(), world.content.badges, now)
    assert covered < len(pathway.steps)


def unbaked(ending: str, picture: bytes) -> str:
    found = unbake_png(picture) if ending == "png" else unbake_svg(picture)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("ending", ["png", "svg", "json"])
async def test_its_files_carry_it_and_are_its_holders_alone(world: World, ending: str) -> None:
    token = world.pledge()
    files = Files(
        world.database, lambda: world.content, BASE, lambda: datetime.now(UTC),
        Pictures(world.database, lambda: world.content),
    )  # fmt: skip
    asked = document_of(token, "pledge", ending)
    mine = Attachment("document", {**asked.values, "person": world.person})
    assert await files.make(mine) is None, "there is none before it is signed"
    world.sign()
    made = await files.make(mine)
    assert made is not None
    assert made.name == f"badge-pledge.{ending}"
    carried = made.content.decode() if ending == "json" else unbaked(ending, made.content)
    assert json.loads(carried)["id"] == f"{BASE}/badges/{token}"
    theirs = Attachment("document", {**asked.values, "person": "somebody-else"})
    assert await files.make(theirs) is None


async def test_its_picture_says_what_it_shows(world: World) -> None:
    token = world.pledge()
    world.sign()
    pictures = Pictures(world.database, lambda: world.content)
    attachment = Attachment(
        "picture", {"source": "badge", "token": token, "person": world.person, "language": "en"}
    )
    assert await pictures.png(attachment, world.person)
    assert await pictures.png(attachment, "somebody-else") is None
