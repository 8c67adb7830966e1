"""Badges in a real database, signed without the process that holds the keys, and told of."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlmodel import select

import bot.work.reminders.badges  # noqa: F401 - declares how its end is told
from bot.badges.held import NewAward, PublishedAchievement, SignedBadge
from bot.badges.planning import About, about_itself
from bot.badges.records import Signed
from bot.conversation.messages import Message
from bot.work.badge_news import BadgeNews
from bot.work.context import Surroundings
from bot.work.places import Places
from bot.work.reminders import REMINDERS
from bot.work.reminding import Reminding
from content.load import Content
from storage import Database, Unit
from storage.messages import load_message
from storage.tables.delivery import OutboxRow
from tests.support.databases import MovedClock

CITY = "manchester"
BASE = "https://badges.example.org"
ART = {
    "title": "A badge",
    "city": "City of Learning",
    "shape": "circle",
    "sign": "heart",
    "level": 0,
    "sample": "",
    "accent": "#005ea5",
}


class World:
    """One person with badges in a real database, signed without the process with the keys."""

    def __init__(self, database: Database, now: MovedClock, content: Content) -> None:
        self.database, self.clock, self.content = database, now, content
        self.told: list[tuple[str, str]] = []
        around = Surroundings(content, None, Places(content.cities), BASE)  # type: ignore[arg-type]  # no courses here
        self.news = BadgeNews(database, lambda: around, self._tell)
        self.reminding = Reminding(database, lambda: around, REMINDERS, self._tell)
        self.person = database.write_now(self._ensure)

    def _ensure(self, unit: Unit, channel: str = "telegram") -> str:
        person = unit.people.ensure(channel, "7", "1", city=CITY).id
        unit.people.accept_notice(person, "1", channel)
        return person

    def _tell(self, chats: Collection[tuple[str, str]]) -> None:
        self.told.extend(chats)

    def award(self, plan: str, about: About, months: int = 0) -> str:
        wish = NewAward(self.person, CITY, plan, about, months=months)
        return self.database.write_now(lambda unit: unit.badges.award(wish))[0]

    def pledge(self, months: int = 12) -> str:
        return self.award("pledge", about_itself(self.content.cities[CITY]), months)

    def sign(self) -> None:
        """Sign everything that waits, with no key."""

        def run(unit: Unit) -> None:
            for job in unit.badges.claim(500, unit.now + timedelta(minutes=5)):
                document = {
                    "id": f"{BASE}/badges/{job.token}",
                    "issuer": {"name": "City of Learning"},
                    "credentialSubject": {"achievement": {"name": f"Badge {job.about.key}"}},
                }
                signed = Signed(json.dumps(document).encode(), "a.b.c", "pair")
                unit.badges.store([SignedBadge(job.id, signed, job.plan, "1", "en", True)])
                published = PublishedAchievement(CITY, job.plan, "1", "en", job.plan, {}, ART)
                unit.achievements.publish(published)

        self.database.write_now(run)

    def out(self) -> list[tuple[str, Message]]:
        """All that was put into the outbox, with its channel."""

        def read(unit: Unit) -> list[tuple[str, Message]]:
            rows = unit.orm.exec(select(OutboxRow).order_by(OutboxRow.id)).all()
            return [(row.channel, load_message(row.message)) for row in rows]

        return self.database.read_now(read)

    def held(self) -> list[Any]:
        return self.database.read_now(lambda unit: unit.badges.list_of(self.person))


def words(message: Message) -> str:
    return "".join(span.text for span in message.text)
