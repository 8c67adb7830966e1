"""Campaigns with people who agreed to them, for tests of sending."""

from __future__ import annotations

from typing import Any

import orjson

from bot.campaigns.audience import EVERYONE, to_form
from bot.campaigns.content import Button, CampaignContent, Wording
from bot.campaigns.reaching import Reach
from bot.campaigns.records import Broadcast, Plan
from bot.campaigns.schedule import Schedule
from bot.people import Purpose
from storage import Database, Unit
from storage.repositories.deliveries import Settled
from tests.support.fake_bot_api.server import TOKEN

CITY = "manchester"
BOT = TOKEN.partition(":")[0]
RULE = orjson.dumps(to_form(EVERYONE)).decode()


def plan(text: str = "Come to the open day.", *buttons: Button, **fields: Any) -> Plan:
    wording = Wording(text, {one.id: f"Press {one.id}" for one in buttons})
    values: dict[str, Any] = {
        "kind": "campaign",
        "topic": Purpose.NEWS,
        "content": CampaignContent({"en": wording}, buttons),
        "audience": "everyone",
        "schedule": Schedule(),
    }
    return Plan(**(values | fields))


def settle(unit: Unit, number: int, *, channel: str = "telegram") -> str:
    """Let somebody read the notice and agree to news."""
    bot = BOT if channel == "telegram" else "web"
    person = unit.people.ensure(channel, bot, str(number), city=CITY).id
    unit.people.accept_notice(person, "v1", channel)
    unit.people.record_consent(person, Purpose.NEWS, True, channel, "v1")
    return person


def begin(unit: Unit, made: Plan | None = None, **more: Any) -> Broadcast:
    """Begin a run of a new campaign for everybody."""
    campaign = unit.campaigns.add(CITY, "Open day", made or plan(), "author")
    version = unit.campaigns.current(campaign.id)
    begun = unit.broadcasts.begin(
        campaign.id, city=CITY, number=version.number, digest=version.digest,
        occasion=unit.new_id(), rule=RULE, by="author", **more,
    )  # fmt: skip
    assert begun is not None
    return begun


def freeze(unit: Unit, run: Broadcast, limit: int = 1000) -> Broadcast:
    """Cut every row of a run."""
    plan = unit.campaigns.version(run.campaign, run.number).plan
    reach = Reach(CITY, EVERYONE, plan.topic, unit.now, campaign=run.campaign)
    state: Broadcast | None = run
    while state is not None and state.state == "freezing":
        state = unit.deliveries.freeze_slice(state, reach, unit.now, limit)
    assert state is not None
    return state


def run_for(database: Database, people: int, **more: Any) -> Broadcast:
    """Begin a run for so many people on Telegram, whose chats are 1, 2, 3 and so on."""

    def work(unit: Unit) -> Broadcast:
        for number in range(1, people + 1):
            settle(unit, number)
        return freeze(unit, begin(unit, **more))

    return database.write_now(work)


def sent(number: int) -> Settled:
    return Settled(number, "sent", channel="telegram", message_id=str(100 + number))
