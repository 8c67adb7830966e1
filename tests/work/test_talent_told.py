"""What everybody hears of an opportunity, by day, and what is counted of it in bands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.people import AgeBand
from bot.talent import Wanted
from bot.talent.records import Answer
from tests.support.databases import clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.support.invited_people import SHOP
from tests.support.talent_town import CITY, MORNING, TalentTown, content, town, words

__all__ = ["clock", "content", "migrated_sqlite", "sqlite_database", "sqlite_url", "town"]


async def test_the_employer_hears_what_staff_decided_and_who_said_yes(town: TalentTown) -> None:
    amira = town.seeker("amira")
    one = town.offer()
    await town.news.send_due()
    [(_, approved)] = town.messages(town.boss)
    assert "approved: Shop assistant" in words(approved)
    await town.inviting.invite_due()
    town.share(one, amira)
    await town.news.send_due()

    assert "1 more person said yes to Shop assistant." in town.heard(town.boss)
    assert await town.news.send_due() == 0


async def test_what_the_employer_writes_comes_by_day(town: TalentTown) -> None:
    amira = town.seeker("amira")
    one = town.offer()
    await town.inviting.invite_due()
    shared = town.share(one, amira)
    town.database.write_now(lambda unit: unit.invited.write_to(one, shared.token, "Please ring us"))
    await town.news.send_due()
    assert "Please ring us" in town.heard(amira)

    town.clock.at = MORNING.replace(hour=21)
    rosa = town.seeker("rosa")
    late = town.offer(replace(SHOP, title="Night shift"))
    town.clock.at = MORNING + timedelta(days=1)
    await town.inviting.invite_due()
    yes = town.share(late, rosa)
    town.clock.at = MORNING + timedelta(days=1, hours=12)
    town.database.write_now(lambda unit: unit.invited.write_to(late, yes.token, "Now!"))
    await town.news.send_due()
    assert "Now!" not in town.heard(rosa)


async def test_a_stop_tells_everybody_it_concerns_and_closes_what_was_shared(
    town: TalentTown,
) -> None:
    amira, rosa, ned = town.seeker("amira"), town.seeker("rosa"), town.seeker("ned")
    one = town.offer()
    await town.inviting.invite_due()
    shared = town.share(one, amira)
    town.say(one, ned, Answer.NO)
    town.clock.at = MORNING.replace(hour=23)
    town.stop(one)

    assert town.observed(one)["yes"] is None
    assert town.database.read_now(lambda unit: unit.invited.material_at(shared.token)) is None
    await town.news.send_due()
    for person in (amira, rosa):
        assert "stopped Shop assistant" in town.heard(person)
    assert "They ask for money" in town.heard(town.boss)
    assert "stopped" not in town.heard(ned)
    assert await town.news.send_due() == 0
    kept = town.database.read_now(lambda unit: unit.invited.list_of(amira))
    assert [invited.shared for invited in kept] == [None]


async def test_a_stop_holds_back_what_did_not_leave(town: TalentTown) -> None:
    town.seeker("amira")
    one = town.offer()
    await town.inviting.invite_due()
    town.stop(one)

    assert town.messages() == []


async def test_a_change_is_told_to_those_who_were_asked(town: TalentTown) -> None:
    amira = town.seeker("amira")
    one = town.offer()
    await town.inviting.invite_due()
    await town.news.send_due()
    town.share(one, amira)
    town.edit(one, pay_words="£14 an hour")
    await town.news.send_due()

    assert "changed something about Shop assistant" in town.heard(amira)
    assert town.observed(one)["yes"]["total"] == 1


async def test_staff_hear_once_a_day_that_something_waits(town: TalentTown) -> None:
    town.offer(is_approved=False)
    assert await town.news.remind_staff() == 1
    assert await town.news.remind_staff() == 0
    assert "wait for you: 1" in town.heard(town.staff)
    town.clock.move(days=1)
    assert await town.news.remind_staff() == 1


async def test_people_are_counted_once_a_day_and_only_bands_are_kept(town: TalentTown) -> None:
    for number in range(5):
        town.seeker(f"seeker{number}")
    town.seeker("child", age=AgeBand.FROM_13_TO_17)
    one = town.offer()

    assert await town.counting.count_due() == (CITY,)
    assert town.observed(one)["one"]["band"] == "5"
    for number in range(5, 12):
        town.seeker(f"seeker{number}")
    assert await town.counting.count_due() == ()
    assert town.observed(one)["one"]["band"] == "5"
    town.clock.move(days=1)
    await town.counting.count_due()
    assert town.observed(one)["one"]["band"] == "10"
    town.edit(one, skills=(Wanted("digcomp3", "1.3", 4),))
    assert town.observed(one)["one"]["band"] == "few"
