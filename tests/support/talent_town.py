"""A town in a database where an employer invites residents: made, invited, answered, observed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

import bot.work.reads.opportunities as employer_reads
from bot.conversation.messages import Message
from bot.people import AgeBand, Purpose, Role
from bot.talent import PURPOSES, Details, Kind, Opportunity
from bot.talent.effects import SetWork
from bot.talent.records import Answer, Shared
from bot.work.catalogue import Catalogue
from bot.work.context import Context, Surroundings
from bot.work.effects.talent import set_work
from bot.work.places import Places
from bot.work.talent.counting import Counting
from bot.work.talent.inviting import Inviting
from bot.work.talent.news import TalentNews
from content.load import Content, load
from storage import Database, Unit
from storage.messages import load_message
from storage.tables.delivery import OutboxRow
from tests.support.databases import MovedClock
from tests.support.invited_people import SHOP

CITY = "manchester"
MORNING = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
UNTIL = datetime(2027, 1, 20, 23, 59, tzinfo=UTC)


class TalentTown:
    """What ticks, conversations and pages would do, one step at a time.

    Attributes:
        told: The chats that were told that they have something new.
    """

    def __init__(self, database: Database, clock: MovedClock, content: Content) -> None:
        clock.at = MORNING
        self.database, self.clock, self.content = database, clock, content
        zones = {city.id: city.zone for city in content.cities.values()}
        self.around = Surroundings(
            content,
            Catalogue(database, zones, _no_index),
            Places(content.cities),
            "https://bot.example",
        )
        self.is_open = True
        self.told: list[tuple[str, str]] = []
        ways: Any = {"is_open": lambda: self.is_open, "clock": clock, "tell": self._tell}
        self.inviting = Inviting(database, lambda: self.around, **ways)
        self.news = TalentNews(database, lambda: self.around, **ways)
        self.counting = Counting(database, lambda: self.around, clock)
        self.boss = self.person("boss", skills={})
        self.staff = self.person("staff", skills={})
        self.shop = database.write_now(self._shop)

    def _tell(self, chats: Collection[tuple[str, str]]) -> None:
        self.told.extend(chats)

    def _shop(self, unit: Unit) -> str:
        unit.staff.grant(self.staff, Role.LIAISON, [CITY])
        unit.staff.grant(self.boss, Role.EMPLOYER, [CITY])
        return unit.employers.add(self.boss, CITY, {"name": "The Shop"}).id

    # -- people ------------------------------------------------------------------------------

    def person(
        self,
        name: str,
        *,
        skills: dict[str, int] | None = None,
        kinds: tuple[Kind, ...] = (),
        age: AgeBand | None = AgeBand.ADULT,
        city: str = CITY,
        language: str = "en",
    ) -> str:
        """Make somebody who told these skills and lets employers find them by all of them."""
        told = {"1.3": 3} if skills is None else skills

        def make(unit: Unit) -> str:
            person = unit.people.ensure("telegram", "7", name, city=city, language=language).id
            unit.people.accept_notice(person, "1", "telegram")
            unit.people.set_age_band(person, age)
            unit.traits.replace(person, city, "skill", told)
            if told:
                unit.invited.choose(person, city, list(told))
            for kind in kinds:
                unit.people.record_consent(person, PURPOSES[kind], True, "telegram", "v1")
            return person

        return self.database.write_now(make)

    def seeker(self, name: str, **told: Any) -> str:
        """Make somebody who may be invited to jobs."""
        return self.person(name, kinds=(Kind.JOB,), **told)

    def withdraw(self, person: str) -> None:
        """Let a person turn everything off, as the conversation does."""
        self.database.write_now(lambda unit: set_work(self.context(unit, person), SetWork()))

    def refuse_all(self, person: str) -> None:
        """Let a person have stopped all that the city writes unasked."""
        self.database.write_now(
            lambda unit: unit.people.record_consent(
                person, Purpose.CAMPAIGNS, False, "telegram", "stop"
            )
        )

    # -- opportunities -----------------------------------------------------------------------

    def offer(self, details: Details = SHOP, *, is_approved: bool = True) -> str:
        """Let the employer send something, and staff approve it; return its id."""

        def make(unit: Unit) -> str:
            kept = unit.opportunities
            made = kept.begin(self.boss, CITY, self.shop, "The Shop", details)
            sent = kept.send(made.id, self.boss)
            if is_approved:
                kept.approve(made.id, sent.number, sent.change, self.staff)
            return made.id

        return self.database.write_now(make)

    def found(self, opportunity: str) -> Opportunity:
        """Return an opportunity as it is now."""
        found = self.database.read_now(lambda unit: unit.opportunities.find(opportunity))
        assert found is not None
        return found

    def edit(self, opportunity: str, **changes: Any) -> None:
        """Let the employer change something and staff approve it again."""

        def act(unit: Unit) -> None:
            kept, found = unit.opportunities, self.found(opportunity)
            kept.write(opportunity, replace(found.draft, **changes), self.boss, "The Shop")
            sent = kept.send(opportunity, self.boss)
            kept.approve(opportunity, sent.number, sent.change, self.staff)

        self.database.write_now(act)

    def stop(self, opportunity: str) -> None:
        """Let staff stop it."""
        self.database.write_now(
            lambda unit: unit.opportunities.stop(opportunity, "They ask for money", self.staff)
        )

    # -- answers -----------------------------------------------------------------------------

    def invitation(self, opportunity: str, person: str) -> str:
        """Return the invitation of a person, empty where they have none."""
        every = self.database.read_now(lambda unit: unit.invited.list_of(person))
        return next((one.id for one in every if one.opportunity == opportunity), "")

    def share(self, opportunity: str, person: str, name: str = "Amira") -> Shared:
        """Let a person say yes."""
        key = self.invitation(opportunity, person)
        shared = Shared("", ("cv",), name, "amira@example.org")
        return self.database.write_now(lambda unit: unit.invited.share(key, person, shared))

    def say(self, opportunity: str, person: str, answer: Answer) -> None:
        """Let a person say no, or not now."""
        key = self.invitation(opportunity, person)
        self.database.write_now(lambda unit: unit.invited.answer(key, person, answer))

    # -- what is seen ------------------------------------------------------------------------

    def messages(self, person: str = "") -> list[tuple[str, Message]]:
        """Return what is in the outbox, with whom each is for."""

        def read(unit: Unit) -> list[tuple[str, Message]]:
            waiting = select(OutboxRow).where(OutboxRow.state == "waiting")
            rows = unit.orm.exec(waiting.order_by(col(OutboxRow.id))).all()
            return [(row.person, load_message(row.message)) for row in rows]

        return [one for one in self.database.read_now(read) if person in ("", one[0])]

    def heard(self, person: str) -> str:
        """Return the words of all that is to be sent to a person."""
        every = (span.text for _, message in self.messages(person) for span in message.text)
        return "".join(every)

    def context(self, unit: Unit, person: str) -> Context:
        """Return a turn of a person."""
        who = unit.people.get(person)
        now = unit.now.astimezone(ZoneInfo("Europe/London"))
        return Context(who, who.city, "en", "telegram", "7", person, now, unit, self.around)

    def observed(self, opportunity: str) -> dict[str, Any]:
        """Return everything that the employer can look at in the chat."""

        def read(unit: Unit) -> dict[str, Any]:
            context = self.context(unit, self.boss)
            return {
                "list": employer_reads.opportunities(context, self.shop),
                "one": employer_reads.opportunity(context, opportunity),
                "lines": employer_reads.opportunity_lines(context, opportunity),
                "yes": employer_reads.opportunity_yes(context, opportunity, 0),
                "mine": unit.privacy.export(self.boss),
            }

        return self.database.read_now(read)


def _no_index(*_parts: Any) -> Any:
    raise AssertionError("nothing here searches for courses")


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities=[CITY])


@pytest.fixture
def town(sqlite_database: Database, clock: MovedClock, content: Content) -> TalentTown:
    return TalentTown(sqlite_database, clock, content)


def words(message: Message) -> str:
    """Return what a message says."""
    return "".join(span.text for span in message.text)
