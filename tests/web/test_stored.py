from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.messages import Press
from bot.people import Role
from bot.web.ports import StaffMember
from bot.web.stored import StoredCatalogue, StoredChats, StoredStaff
from storage import Database, Unit
from tests.storage.factories import (
    incoming,
    outgoing,
    question_message,
    stored_course,
)
from tests.support.databases import MovedClock, clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.web.fakes import EVENING

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

CHAT = "a" * 64
CITIES = ("manchester",)


def _talk(unit: Unit) -> str:
    person = unit.people.ensure("web", "web", CHAT, city="manchester", language="cy")
    asked = outgoing(
        person.id, CHAT, channel="web", bot="web", nonce="n1", message=question_message("n1")
    )
    typed = incoming(CHAT, "excel", channel="web", bot="web")
    unit.inbox.finish(unit.inbox.add_many([typed])[0].id)
    unit.outbox.add_many([asked])
    press = incoming(CHAT, "", channel="web", bot="web", kind="press", press=Press("n1", "yes"))
    unit.inbox.add_many([press])
    return person.id


async def test_a_transcript_holds_both_sides_in_order(sqlite_database: Database) -> None:
    sqlite_database.write_now(_talk)
    transcript = await StoredChats(sqlite_database, "web").transcript(CHAT)

    assert transcript is not None
    typed, asked, press = transcript.entries
    assert typed.text == "excel"
    assert asked.message is not None
    assert (press.kind, press.nonce, press.option) == ("press", "n1", "yes")
    assert transcript.is_waiting
    assert (transcript.language, transcript.city) == ("cy", "manchester")
    assert not asked.is_live


async def test_a_chat_that_nobody_began_has_no_transcript(sqlite_database: Database) -> None:
    chats = StoredChats(sqlite_database, "web")

    assert await chats.transcript("b" * 64) is None
    assert await chats.export("b" * 64) is None


async def test_an_export_is_that_of_the_chat_s_person(sqlite_database: Database) -> None:
    person = sqlite_database.write_now(_talk)
    record = await StoredChats(sqlite_database, "web").export(CHAT)

    assert record is not None
    assert person in str(record["person"])


def _courses(unit: Unit) -> None:
    soon = replace(EVENING, start_date=date(2099, 1, 1), end_date=None)
    later = replace(EVENING, start_date=date(2099, 2, 1), end_date=None)
    past = replace(EVENING, start_date=date(2020, 1, 1), end_date=date(2020, 2, 1))
    unit.catalogue.put(
        "manchester",
        "College",
        [
            stored_course("later", "B", instances=(later,)),
            stored_course("soon", "A", instances=(soon,)),
            stored_course("past", "C", instances=(past,)),
            stored_course("gone", "D", instances=(soon,)),
        ],
    )
    unit.catalogue.withdraw("manchester", ["gone"])


async def test_a_city_s_courses_come_soonest_first(sqlite_database: Database) -> None:
    sqlite_database.write_now(_courses)
    catalogue = StoredCatalogue(sqlite_database, {})

    assert [one.id for one in await catalogue.courses_of("manchester")] == ["soon", "later"]
    assert [one.id for one in await catalogue.courses_of("manchester", 1)] == ["soon"]
    assert list(await catalogue.courses_of("belfast")) == []
    sqlite_database.write_now(lambda unit: unit.catalogue.withdraw("manchester", ["soon"]))
    assert [one.id for one in await catalogue.courses_of("manchester")] == ["later"]


async def test_a_withdrawn_course_is_still_found(sqlite_database: Database) -> None:
    sqlite_database.write_now(_courses)
    catalogue = StoredCatalogue(sqlite_database, {})
    gone, soon = await catalogue.course("gone"), await catalogue.course("soon")

    assert gone is not None
    assert gone.is_withdrawn
    assert soon is not None
    assert not soon.is_withdrawn
    assert await catalogue.course("never") is None
    file = catalogue.calendar(soon.course, soon.course.instances, "https://c.example/courses/soon")
    assert file.startswith(b"BEGIN:VCALENDAR")


def _liaison(unit: Unit) -> str:
    person = unit.people.ensure("telegram", "city_bot", "1").id
    unit.staff.grant(person, Role.LIAISON, ["manchester"], channel="telegram")
    return unit.staff.make_login(person, "telegram")


async def _signed_in(database: Database) -> tuple[str, StaffMember]:
    staff = StoredStaff(database)
    secret = await staff.redeem_login(database.write_now(_liaison))
    assert secret is not None
    member = await staff.find_session(secret)
    assert member is not None
    return secret, member


async def test_a_member_is_of_the_city_that_they_chose(sqlite_database: Database) -> None:
    secret, member = await _signed_in(sqlite_database)
    assert member.city == ""
    sqlite_database.write_now(lambda unit: unit.people.set_city(member.person, "swansea"))
    again = await StoredStaff(sqlite_database).find_session(secret)
    assert again is not None
    assert again.city == "swansea"


async def test_a_login_works_once_and_within_ten_minutes(
    sqlite_database: Database, clock: MovedClock
) -> None:
    staff = StoredStaff(sqlite_database)
    token = sqlite_database.write_now(_liaison)
    assert await staff.redeem_login(token) is not None
    assert await staff.redeem_login(token) is None
    assert await staff.redeem_login("never-made") is None

    late = sqlite_database.write_now(_liaison)
    clock.move(minutes=11)
    assert await staff.redeem_login(late) is None


async def test_a_session_ends_when_it_is_idle_or_old_or_closed(
    sqlite_database: Database, clock: MovedClock
) -> None:
    staff = StoredStaff(sqlite_database)
    secret, member = await _signed_in(sqlite_database)
    assert member.may({Role.LIAISON}, "manchester")
    assert not member.may({Role.LIAISON}, "belfast")
    clock.move(minutes=29)
    assert await staff.find_session(secret) is not None
    clock.move(minutes=31)
    assert await staff.find_session(secret) is None

    secret, _ = await _signed_in(sqlite_database)
    for _ in range(26):
        clock.move(minutes=28)
        last = await staff.find_session(secret)
    assert last is None

    secret, _ = await _signed_in(sqlite_database)
    await staff.close_session(secret)
    assert await staff.find_session(secret) is None


async def test_roles_taken_back_end_what_a_session_may_do(sqlite_database: Database) -> None:
    staff = StoredStaff(sqlite_database)
    secret, member = await _signed_in(sqlite_database)
    sqlite_database.write_now(
        lambda unit: unit.staff.revoke(member.person, Role.LIAISON, "manchester")
    )

    assert await staff.find_session(secret) is None


async def test_imports_and_unmet_wishes_are_those_of_one_s_cities(
    sqlite_database: Database,
) -> None:
    def run(unit: Unit) -> None:
        number = unit.imports.start("manchester", "College")
        report = {"new": 3, "changed": 1, "unchanged": 0, "withdrawn": 0, "rejected": [{}, {}]}
        unit.imports.finish(number, report)
        unit.imports.start("belfast", "Elsewhere")
        for _ in range(7):
            unit.wishes.record_unmet(None, "manchester", "welding", {})
        unit.wishes.record_unmet(None, "belfast", "irish", {})
        unit.wishes.record_unmet("anna", "manchester", "my own story", {})

    sqlite_database.write_now(run)
    staff = StoredStaff(sqlite_database)
    (only,) = await staff.imports(CITIES)
    (wish,) = await staff.unmet(CITIES)

    assert (only.provider, only.new, only.rejected, only.is_running) == ("College", 3, 2, False)
    assert (wish.words, wish.count) == ("welding", 5)
    assert wish.last_at <= datetime(2027, 1, 12, tzinfo=UTC)


async def test_what_is_wrong_with_the_database_is_not_hidden(sqlite_database: Database) -> None:
    def fail(unit: Unit) -> None:
        raise SQLAlchemyError

    with pytest.raises(SQLAlchemyError):
        await sqlite_database.read(fail)


async def test_a_file_that_was_not_taken_says_why(sqlite_database: Database) -> None:
    def run(unit: Unit) -> None:
        number = unit.imports.start("manchester", "College")
        unit.imports.finish(number, {"refused": "The file is empty.", "name": "courses.csv"})

    sqlite_database.write_now(run)

    (only,) = await StoredStaff(sqlite_database).imports(CITIES)

    assert (only.refused, only.is_stopped, only.is_running) == ("The file is empty.", False, False)
