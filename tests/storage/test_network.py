"""What cities share with each other, on both engines."""

from __future__ import annotations

from bot.campaigns.content import Button, CampaignContent, Wording
from bot.people import Purpose
from storage import Database, Unit
from tests.support.databases import MovedClock

CONTENT = CampaignContent({"en": Wording("Come.", {"go": "Go"})}, (Button("go", "open", "find"),))


def test_a_city_agrees_once_and_a_withdrawal_holds_at_once(database: Database) -> None:
    def act(unit: Unit) -> list[object]:
        found: list[object] = [unit.network.agree("manchester"), unit.network.agree("manchester")]
        found += [unit.network.agree("belfast"), unit.network.agreed()]
        found += [unit.network.withdraw("belfast"), unit.network.withdraw("belfast")]
        return [*found, unit.network.agreed()]

    assert database.write_now(act) == [
        True, False, True, ["belfast", "manchester"], True, False, ["manchester"],
    ]  # fmt: skip


def share(unit: Unit, campaign: str, title: str) -> None:
    unit.network.share(
        campaign, city="belfast", title=title, topic=Purpose.NEWS, content=CONTENT,
        results={"sent": 100},
    )  # fmt: skip


def test_a_shared_campaign_is_kept_as_it_was_and_replaced_by_a_later_share(
    database: Database, clock: MovedClock
) -> None:
    database.write_now(lambda unit: share(unit, "c1", "Open day"))
    clock.move(hours=1)
    database.write_now(lambda unit: share(unit, "c2", "Fair"))
    clock.move(hours=1)
    database.write_now(lambda unit: share(unit, "c1", "Open days"))

    def look(unit: Unit) -> list[str]:
        found = unit.network.find_shared("c1")
        assert found is not None
        assert (found.content, found.results) == (CONTENT, {"sent": 100})
        return [one.title for one in unit.network.list_shared()]

    assert database.read_now(look) == ["Open days", "Fair"]
    assert database.write_now(lambda unit: unit.network.unshare("c1"))
    assert not database.write_now(lambda unit: unit.network.unshare("c1"))
    assert database.read_now(lambda unit: unit.network.find_shared("c1")) is None
