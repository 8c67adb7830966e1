"""Settings of cities over the database: kept, undone, audited, and the same in every replica."""

from __future__ import annotations

import pytest

from bot.errors import NotFound
from bot.people import AuditWanted
from bot.work.city_settings import LiveSettings, SettingsDesk
from content.citysettings import BadSettingError
from content.load import Content, LiveContent, load
from storage import Database


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities={"derby"})


def replica(database: Database, content: Content) -> tuple[LiveContent, LiveSettings, SettingsDesk]:
    live = LiveContent(content)
    settings = LiveSettings(database, live)
    settings.begin()
    return live, settings, SettingsDesk(database, live, settings)


async def test_a_change_holds_at_once_and_after_a_restart(
    database: Database, content: Content
) -> None:
    live, _, desk = replica(database, content)
    assert await desk.change("derby", {"operator": " The council\u202e ", "cap": 1}, "nobody")

    assert live.current.cities["derby"].operator == "The council"
    assert live.current.sending_in("derby").cap == 1
    restarted, _, _ = replica(database, content)
    assert restarted.current.cities["derby"].operator == "The council"
    assert (await desk.holding("derby")).cap == 1
    assert desk.in_files("derby").cap == content.sending.cap


async def test_another_replica_hears_of_it(database: Database, content: Content) -> None:
    _, _, desk = replica(database, content)
    other, settings, _ = replica(database, content)
    await desk.change("derby", {"contact": "help@example.org"}, "nobody")

    assert other.current.cities["derby"].contact == ""
    assert await settings.refresh()
    assert other.current.cities["derby"].contact == "help@example.org"
    assert not await settings.refresh()


async def test_a_change_is_undone_and_done_again(database: Database, content: Content) -> None:
    live, _, desk = replica(database, content)
    await desk.change("derby", {"operator": "One"}, "nobody")
    await desk.change("derby", {"operator": "Two"}, "nobody")
    assert await desk.undo("derby", "operator", "nobody") == ["operator"]
    assert live.current.cities["derby"].operator == "One"
    await desk.undo("derby", "operator", "nobody")
    assert live.current.cities["derby"].operator == "Two"
    await desk.change("derby", {"operator": None}, "nobody")
    assert live.current.cities["derby"].operator == ""
    assert (await desk.choices("derby"))["operator"].was == "Two"
    with pytest.raises(NotFound):
        await desk.undo("derby", "contact", "nobody")


async def test_every_change_is_an_entry_with_before_and_after(
    database: Database, content: Content
) -> None:
    _, _, desk = replica(database, content)
    await desk.change("derby", {"cap": 1}, "nobody")
    assert await desk.change("derby", {"cap": 1}, "nobody") == []
    await desk.undo("derby", "cap", "nobody")
    found = await database.read(lambda unit: unit.audit.search(AuditWanted(), ["derby"], 9))

    assert [(one.action, one.subject, dict(one.facts)) for one in found] == [
        ("settings.changed", "cap", {"before": "1", "after": "as in the files"}),
        ("settings.changed", "cap", {"before": "as in the files", "after": "1"}),
    ]


async def test_what_cannot_be_right_changes_nothing(database: Database, content: Content) -> None:
    live, _, desk = replica(database, content)
    await desk.change("derby", {"cap_days": 2}, "nobody")
    with pytest.raises(BadSettingError):
        await desk.change("derby", {"operator": "The council", "cap": 3}, "nobody")
    assert live.current.cities["derby"].operator == ""
    assert (await desk.holding("derby")).cap == content.sending.cap


async def test_a_value_out_of_newer_bounds_is_left_out_and_nothing_breaks(
    database: Database, content: Content
) -> None:
    def keep(name: str, value: str | int) -> None:
        database.write_now(lambda unit: unit.choices.put("derby", name, value))

    keep("from_hour", 3)
    keep("gone", "x")
    keep("operator", "The council")
    live, _, desk = replica(database, content)

    assert live.current.sending_in("derby").from_hour == 8
    assert live.current.cities["derby"].operator == "The council"
    await desk.change("derby", {"from_hour": 9}, "nobody")
    assert live.current.sending_in("derby").from_hour == 9
