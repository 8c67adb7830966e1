"""Pictures that staff give, on both engines: each city's own, once, as long as a version has it."""

from __future__ import annotations

from datetime import timedelta

from bot.pictures.photos import read_photo
from storage import Database, Unit
from tests.support.databases import MovedClock
from tests.support.photos import jpeg, png

PHOTO, OTHER = read_photo(jpeg()), read_photo(png())


def test_a_picture_is_its_citys_own_and_there_once(database: Database) -> None:
    def act(unit: Unit) -> list[object]:
        names = [unit.campaign_pictures.add("manchester", PHOTO) for _ in range(2)]
        return [
            names == [PHOTO.name] * 2,
            unit.campaign_pictures.find("manchester", PHOTO.name) == PHOTO,
            unit.campaign_pictures.find("belfast", PHOTO.name),
            unit.campaign_pictures.keep("belfast", PHOTO.name),
        ]

    assert database.write_now(act) == [True, True, None, False]


def test_only_what_a_version_has_stays(database: Database, clock: MovedClock) -> None:
    def add(unit: Unit) -> None:
        for one in (PHOTO, OTHER):
            unit.campaign_pictures.add("manchester", one)
        unit.campaign_pictures.keep("manchester", PHOTO.name)

    database.write_now(add)
    clock.at += timedelta(hours=23)
    assert "campaign_picture" not in database.write_now(lambda unit: unit.privacy.sweep())
    clock.at += timedelta(hours=2)
    database.write_now(lambda unit: unit.campaign_pictures.add("manchester", PHOTO))
    assert database.write_now(lambda unit: unit.privacy.sweep())["campaign_picture"] == 1
    clock.at += timedelta(days=400)
    database.write_now(lambda unit: unit.privacy.sweep())
    found = database.read_now(lambda unit: unit.campaign_pictures.find("manchester", PHOTO.name))
    assert found == PHOTO
