"""Helping one person, on the database: found, handed over, erased, told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.people import Role
from bot.people.support import ERASED_AFTER, Asked, SupportCase, spoken
from bot.work.context import Surroundings
from bot.work.support_desk import SupportDesk
from content.load import Content
from storage import Database
from tests.support.databases import (
    MovedClock,
    clock,
    migrated_sqlite,
    sqlite_database,
    sqlite_url,
)

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

CITIES = ("manchester",)
Chat = tuple[str, str]


@dataclass
class Scene:
    database: Database
    desk: SupportDesk
    person: str
    admin: str
    reference: str
    told: list[Chat] = field(default_factory=list)

    def messages(self) -> list[str]:
        rows = self.database.read_now(lambda unit: unit.transcripts.read(self.person))
        return [
            "".join(span.text for span in row.message.text)
            for row in rows
            if row.message is not None
        ]

    def audited(self) -> list[tuple[str, str]]:
        entries = self.database.read_now(lambda unit: unit.audit.list_latest("manchester"))
        return [(one.action, one.facts.get("asked", "")) for one in reversed(entries)]


@pytest.fixture
def scene(sqlite_database: Database, content: Content) -> Scene:
    database = sqlite_database
    told: list[Chat] = []

    def tell(chats: Collection[Chat]) -> None:
        told.extend(chats)

    around = Surroundings(content, None, None)  # type: ignore[arg-type]  # words alone are needed
    desk = SupportDesk(database, lambda: around, tell)

    def fill(unit):  # type: ignore[no-untyped-def]
        person = unit.people.ensure("telegram", "1", "7", city="manchester")
        unit.people.accept_notice(person.id, "1", "telegram")
        admin = unit.people.ensure("telegram", "1", "8", city="manchester")
        unit.staff.grant(admin.id, Role.ADMIN, ("manchester",), channel="telegram")
        return person.id, admin.id, spoken(unit.people.reference_of(person.id))

    person, admin, reference = database.write_now(fill)
    return Scene(database, desk, person, admin, reference, told)


async def _found(scene: Scene, cities: tuple[str, ...] = CITIES) -> SupportCase | None:
    return await scene.desk.find(scene.reference, cities, scene.admin)


async def test_a_person_is_found_by_reference_in_their_city_alone(scene: Scene) -> None:
    found = await _found(scene)
    assert found is not None
    assert (found.reference, found.city) == (scene.reference, "manchester")
    assert found.channels == {"telegram": True}
    assert found.held["contact"] == 1
    assert await _found(scene, ("belfast", "")) is None
    assert await scene.desk.find("", CITIES, scene.admin) is None
    assert scene.audited()[-1] == ("person.looked_up", "")
    assert sum(action == "person.looked_up" for action, _ in scene.audited()) == 1


async def test_a_copy_is_noted_and_told(scene: Scene) -> None:
    held = await scene.desk.export(scene.reference, CITIES, Asked.LETTER, scene.admin)

    assert held is not None
    assert held["person"][0]["city"] == "manchester"
    assert scene.audited()[-1] == ("person.exported", "letter")
    assert "because you asked by letter or email" in scene.messages()[-1]
    assert scene.told == [("telegram", "7")]


async def test_an_erasure_waits_a_day_and_is_told_once(scene: Scene, clock: MovedClock) -> None:
    for _ in range(2):
        assert await scene.desk.erase(scene.reference, CITIES, Asked.PHONE, scene.admin)
    found = await _found(scene)
    assert found is not None
    assert found.erased_at == clock.at + ERASED_AFTER
    assert len(scene.messages()) == 1
    assert "Your data will be deleted tomorrow" in scene.messages()[0]

    clock.at += ERASED_AFTER - timedelta(seconds=1)
    assert scene.database.read_now(lambda unit: unit.privacy.list_due_erasures()) == []
    clock.at += timedelta(seconds=1)
    assert scene.database.read_now(lambda unit: unit.privacy.list_due_erasures()) == [scene.person]


async def test_an_erasure_is_called_off(scene: Scene) -> None:
    assert not await scene.desk.keep(scene.reference, CITIES, scene.admin)
    await scene.desk.erase(scene.reference, CITIES, Asked.PHONE, scene.admin)
    assert await scene.desk.keep(scene.reference, CITIES, scene.admin)
    found = await _found(scene)
    assert found is not None
    assert found.erased_at is None
    assert "will not be deleted" in scene.messages()[-1]


async def test_whoever_has_a_role_is_not_erased(scene: Scene) -> None:
    reference = scene.database.read_now(lambda unit: unit.people.reference_of(scene.admin))

    assert not await scene.desk.erase(spoken(reference), CITIES, Asked.PHONE, scene.admin)


async def test_who_cannot_be_reached_is_erased_all_the_same(scene: Scene) -> None:
    scene.database.write_now(
        lambda unit: unit.contacts.set_reachable("telegram", "1", "7", is_reachable=False)
    )
    assert await scene.desk.erase(scene.reference, CITIES, Asked.LETTER, scene.admin)
    assert scene.told == []


async def test_only_who_went_on_is_counted(scene: Scene, clock: MovedClock) -> None:
    clock.move(days=31)
    (count,) = await scene.desk.counts(CITIES)

    assert (count.people, count.lately) == (1, 0)
