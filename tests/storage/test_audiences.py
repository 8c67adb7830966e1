"""Audiences in the database: the same people as the rules mean, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert

from bot.campaigns.audience import EVERYONE, Facts, Not, Rule, Term, matches, resolve, write
from bot.campaigns.reaching import Happened, Reach, Slice
from bot.people import AgeBand, Purpose
from storage import Database, Unit
from storage.repositories.audiences import LAST
from storage.tables.badges import BadgeRow
from storage.tables.wishes import SavedCourseRow
from tests.support.audiences import (
    BADGES,
    COURSES,
    LANGUAGES,
    ROLE_IDS,
    ROUTES,
    SKILLS,
    SUBJECTS,
    TOPIC_IDS,
    WARDS,
    SmallGround,
    random_rule,
)
from tests.support.databases import START, MovedClock

NEWS = Purpose.NEWS


def reach(rule: Rule = EVERYONE, **fields: Any) -> Reach:
    values: dict[str, Any] = {"city": "manchester", "topic": NEWS, "now": START}
    return Reach(rule=resolve(rule, SmallGround()), **(values | fields))


def some(random: Random, among: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in among if random.random() < 0.4)


def settle(unit: Unit, number: int, **more: Any) -> str:
    """Somebody who read the notice and can be reached on Telegram."""
    person = unit.people.ensure("telegram", "bot", f"chat-{number}", city="manchester").id
    unit.people.accept_notice(person, "v1", "telegram")
    for topic in more.get("topics", ()):
        unit.people.record_consent(person, Purpose(topic), True, "telegram", "v1")
    return person


def live(unit: Unit, number: int, random: Random) -> str:
    """Somebody of whom this and that is known."""
    person = settle(unit, number, topics=some(random, TOPIC_IDS))
    city = random.choice(("manchester", "manchester", "derby"))
    unit.people.set_city(person, city)
    unit.people.set_language(person, random.choice(LANGUAGES))
    for kind, among in (("interest", SUBJECTS), ("searched", SUBJECTS)):
        for part in some(random, among):
            unit.traits.put(person, city, kind, part)  # type: ignore[arg-type]
    for ward in some(random, WARDS)[:1]:
        unit.traits.put(person, city, "place", ward)
    for skill in some(random, SKILLS):
        unit.traits.put(person, city, "skill", skill, random.randint(0, 4))
    for route in some(random, ROUTES):
        unit.pathways.follow(person, city, route, "1")
        if random.random() < 0.3:
            unit.pathways.leave(person, route)
    for role in some(random, ROLE_IDS[1:]):
        where = random.choice(("manchester", "derby", ""))
        unit.connection.execute(insert(_role_table()).values(
            person=person, role=role, city=where, provider="", channel="", granted_by="",
            granted_at=START,
        ))  # fmt: skip
    save(unit, person, *some(random, COURSES))
    for badge in some(random, BADGES):
        award(unit, person, badge, is_revoked=random.random() < 0.3)
    return person


def _role_table() -> Any:
    from storage.tables.staff import RoleRow

    return RoleRow.__table__  # type: ignore[attr-defined]


def save(unit: Unit, person: str, *courses: str) -> None:
    for course in courses:
        row = SavedCourseRow(
            person=person, course=course, city="manchester", was=b"", saved_at=unit.now
        )
        unit.orm.add(row)
    unit.orm.flush()


def award(unit: Unit, person: str, plan: str, *, is_revoked: bool = False) -> None:
    row = BadgeRow(
        id=unit.new_id(),
        city="manchester",
        person=person,
        token=unit.new_id(),
        plan=plan,
        about="",
        wish="",
        subject="",
        awarded_at=unit.now,
        revoked_at=unit.now if is_revoked else None,
    )
    unit.orm.add(row)
    unit.orm.flush()


def everybody(database: Database, asked: Reach, limit: int = 7) -> dict[str, str | None]:
    """Person to reason, walked through in small slices."""
    found: dict[str, str | None] = {}
    after = ""
    while True:
        part = database.read_now(_slice(asked, after, limit))
        assert not found.keys() & {one.person for one in part.candidates}
        found |= {one.person: one.reason for one in part.candidates}
        after = part.to
        if part.is_done:
            return found


def counted(database: Database, asked: Reach, limit: int = 7) -> int:
    count, after = 0, ""
    while after != LAST:
        more, after = database.read_now(_count(asked, after, limit))
        count += more
    return count


def _slice(asked: Reach, after: str, limit: int) -> Callable[[Unit], Slice]:
    return lambda unit: unit.audiences.slice(asked, after, limit)


def _count(asked: Reach, after: str, limit: int) -> Callable[[Unit], tuple[int, str]]:
    return lambda unit: unit.audiences.count_slice(asked, after, limit)


def _live(number: int, random: Random) -> Callable[[Unit], str]:
    return lambda unit: live(unit, number, random)


def _facts(person: str) -> Callable[[Unit], Facts | None]:
    return lambda unit: unit.audiences.facts(person)


def test_the_database_finds_whom_the_rules_mean(database: Database, clock: MovedClock) -> None:
    random = Random(20270111)
    known: dict[str, Facts] = {}
    for number in range(40):
        clock.at = START - timedelta(days=random.choice((0, 5, 29, 31, 89, 91, 300, 500)))
        person = database.write_now(_live(number, random))
        facts = database.read_now(_facts(person))
        assert facts is not None
        known[person] = facts
    clock.at = START
    sizes = set()
    for _ in range(120):
        rule = random_rule(random)
        asked = reach(rule)
        of_city = {p: one for p, one in known.items() if one.city == "manchester"}
        meant = {p for p, one in of_city.items() if matches(asked.rule, one, START)}
        agreed = {p for p in meant if NEWS in known[p].topics}
        assert everybody(database, asked).keys() == agreed, write(rule)
        assert everybody(database, replace(asked, topic=None)).keys() == meant, write(rule)
        assert counted(database, asked) == len(meant), write(rule)
        sizes.add(len(meant))
    assert len(sizes) > 10


class TestReasons:
    def one(self, database: Database, change: Any = None, **more: Any) -> str:
        def unit_function(unit: Unit) -> str:
            person = settle(unit, 1, topics=("news",))
            if change is not None:
                change(unit, person)
            return person

        person = database.write_now(unit_function)
        found = everybody(database, reach(**more))
        return str(found.get(person, "not found"))

    def test_who_agreed_and_can_be_reached_is_written_to(self, database: Database) -> None:
        assert self.one(database) == "None"
        part = database.read_now(lambda unit: unit.audiences.slice(reach()))
        assert part.candidates[0].consent

    def test_who_never_agreed_or_withdrew_is_not_found(self, sqlite_database: Database) -> None:
        def withdraw(unit: Unit, person: str) -> None:
            unit.people.record_consent(person, NEWS, False, "telegram", "v1")

        assert self.one(sqlite_database, withdraw) == "not found"

    def test_who_blocked_the_bot_cannot_be_reached(self, sqlite_database: Database) -> None:
        def block(unit: Unit, person: str) -> None:
            unit.contacts.set_reachable("telegram", "bot", "chat-1", False)

        assert self.one(sqlite_database, block) == "unreachable"

    def test_a_consent_holds_for_its_channel_alone(self, sqlite_database: Database) -> None:
        def elsewhere(unit: Unit, person: str) -> None:
            unit.people.record_consent(person, NEWS, False, "telegram", "v1")
            unit.people.record_consent(person, NEWS, True, "web", "v1")

        assert self.one(sqlite_database, elsewhere) == "unreachable"

    def test_two_channels_are_one_person(self, database: Database) -> None:
        def twice(unit: Unit, person: str) -> None:
            unit.people.record_consent(person, NEWS, True, "web", "v1")

        assert self.one(database, twice) == "None"

    @pytest.mark.parametrize("band", [AgeBand.FROM_13_TO_17, AgeBand.NOT_SAID, None])
    def test_employers_write_to_adults_alone(
        self, sqlite_database: Database, band: AgeBand | None
    ) -> None:
        def young(unit: Unit, person: str) -> None:
            unit.people.record_consent(person, Purpose.INVITATIONS, True, "telegram", "v1")
            unit.people.set_age_band(person, band)

        assert self.one(sqlite_database, young, topic=Purpose.INVITATIONS) == "under_18"
        assert everybody(sqlite_database, reach()).popitem()[1] is None

    def test_who_is_about_to_be_forgotten_is_left_alone(self, sqlite_database: Database) -> None:
        def forget(unit: Unit, person: str) -> None:
            unit.privacy.schedule_erasure(person)

        assert self.one(sqlite_database, forget) == "erased"


class TestServiceMessages:
    def asked(self, database: Database, *, is_refused: bool, band: AgeBand | None) -> str | None:
        def unit_function(unit: Unit) -> None:
            person = settle(unit, 1)
            unit.people.set_age_band(person, band)
            if is_refused:
                unit.people.record_consent(person, Purpose.CAMPAIGNS, False, "telegram", "stop")

        database.write_now(unit_function)
        (reason,) = everybody(database, reach(topic=None)).values()
        return reason

    def test_they_need_no_consent(self, sqlite_database: Database) -> None:
        assert self.asked(sqlite_database, is_refused=False, band=AgeBand.ADULT) is None

    def test_who_stopped_everything_gets_none(self, sqlite_database: Database) -> None:
        assert self.asked(sqlite_database, is_refused=True, band=AgeBand.ADULT) == "no_consent"

    def test_nobody_under_18_gets_one_without_opting_in(self, database: Database) -> None:
        assert self.asked(database, is_refused=False, band=AgeBand.FROM_13_TO_17) == "under_18"
        person = next(iter(everybody(database, reach(topic=None))))
        database.write_now(
            lambda unit: unit.people.record_consent(person, NEWS, True, "telegram", "v1")
        )
        assert everybody(database, reach(topic=None)) == {person: None}


def test_a_relative_schedule_finds_whom_it_happened_to(
    database: Database, clock: MovedClock
) -> None:
    def unit_function(unit: Unit) -> tuple[str, ...]:
        people = tuple(settle(unit, number, topics=("news",)) for number in range(4))
        save(unit, people[1], "course-a")
        award(unit, people[2], "pledge")
        award(unit, people[3], "pledge", is_revoked=True)
        return people

    clock.at = START - timedelta(days=10)
    old = database.write_now(lambda unit: settle(unit, 9, topics=("news",)))
    clock.at = START
    people = database.write_now(unit_function)
    day = (START - timedelta(hours=9), START + timedelta(hours=15))
    happened = (
        Happened("joined", *day),
        Happened("badge", *day, about="pledge"),
        Happened("course_start", *day, courses=("course-a",)),
    )
    found = {one.event: set(everybody(database, reach(happened=one))) for one in happened}
    assert found == {
        "joined": set(people),
        "badge": {people[2]},
        "course_start": {people[1]},
    }
    assert old in everybody(database, reach(Not(Term("badge", "champion"))))
