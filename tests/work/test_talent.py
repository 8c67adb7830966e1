"""Inviting by the clock: who is invited and who never, once, by day, and what everybody hears."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.people import AgeBand
from bot.talent import Kind
from bot.talent.records import Answer
from bot.work.talent.inviting import MOST_INVITED
from content.load import Content
from storage import Database, Unit
from tests.support.databases import MovedClock, clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.support.invited_people import SHOP
from tests.support.talent_town import CITY, MORNING, TalentTown, content, town, words

__all__ = ["clock", "content", "migrated_sqlite", "sqlite_database", "sqlite_url", "town"]


async def test_who_fits_and_agreed_is_invited_once_with_the_reason(town: TalentTown) -> None:
    amira = town.seeker("amira")
    one = town.offer()

    assert await town.inviting.invite_due() == 1
    [(person, message)] = town.messages()
    assert person == amira
    assert message.nonce == f"go.inv.{town.invitation(one, amira)}"
    assert [choice.id for choice in message.choices] == ["yes", "more", "later", "no", "stop"]
    said = words(message)
    assert "The Shop invites you: Shop assistant" in said
    assert "£13.20 an hour" in said
    assert "you told me" in said
    assert "does not know who you are" in said
    town.clock.move(days=1)
    assert await town.inviting.invite_due() == 0
    assert await town.inviting.invite_due() == 0


async def test_it_is_said_in_the_language_of_whoever_is_invited(town: TalentTown) -> None:
    town.seeker("aled", language="cy")
    town.offer()
    await town.inviting.invite_due()

    [(_, message)] = town.messages()
    assert message.language == "cy"


@pytest.mark.parametrize(
    "told",
    [
        {"age": AgeBand.FROM_13_TO_17},
        {"age": AgeBand.UNDER_13},
        {"age": AgeBand.NOT_SAID},
        {"age": None},
        {"skills": {"1.3": 1}},
        {"skills": {"2.1": 4}},
        {"skills": {}},
        {"city": "derby"},
    ],
    ids=str,
)
async def test_who_is_no_adult_of_the_city_with_the_skill_is_not_invited(
    town: TalentTown, told: dict[str, Any]
) -> None:
    town.seeker("somebody", **told)
    town.offer()

    assert await town.inviting.invite_due() == 0
    assert town.messages() == []


async def test_whoever_agreed_to_other_kinds_or_stopped_all_is_not_invited(
    town: TalentTown,
) -> None:
    town.person("volunteer", kinds=(Kind.VOLUNTEERING, Kind.PLACEMENT, Kind.APPRENTICESHIP))
    town.refuse_all(town.seeker("stopped"))
    leaving = town.seeker("leaving")
    town.database.write_now(lambda unit: unit.privacy.schedule_erasure(leaving))
    hidden = town.seeker("hidden")
    town.database.write_now(lambda unit: unit.invited.choose(hidden, CITY, ["2.1"]))
    town.offer()

    assert await town.inviting.invite_due() == 0


async def test_the_employers_own_people_are_not_invited(town: TalentTown) -> None:
    colleague = town.seeker("colleague")
    token = town.database.write_now(lambda unit: unit.employers.invite(town.boss, town.shop))
    town.database.write_now(lambda unit: unit.employers.join(colleague, token, CITY))
    town.offer()

    assert await town.inviting.invite_due() == 0


async def test_nothing_is_sent_by_night_or_while_all_is_stopped(town: TalentTown) -> None:
    town.seeker("amira")
    town.offer()
    town.clock.at = datetime(2027, 1, 4, 20, 0, tzinfo=UTC)
    assert await town.inviting.invite_due() == 0
    town.clock.at = datetime(2027, 1, 5, 8, 0, tzinfo=UTC)
    town.is_open = False
    assert await town.inviting.invite_due() == 0
    town.is_open = True
    assert await town.inviting.invite_due() == 1


async def test_nobody_gets_more_than_the_city_sends_unasked(town: TalentTown) -> None:
    town.seeker("amira")
    for number in range(3):
        town.offer(replace(SHOP, title=f"Shop number {number}"))
    cap = town.content.sending.cap

    assert await town.inviting.invite_due() == cap == 2
    town.clock.move(days=1)
    assert await town.inviting.invite_due() == 0
    town.clock.move(days=town.content.sending.cap_days)
    assert await town.inviting.invite_due() == 1


async def test_whoever_turns_it_off_gets_nothing_that_still_waits(town: TalentTown) -> None:
    amira = town.seeker("amira")
    town.offer()
    await town.inviting.invite_due()
    town.withdraw(amira)

    assert town.messages() == []
    assert await town.inviting.invite_due() == 0


async def test_only_what_staff_approved_invites_and_an_edit_ends_that(town: TalentTown) -> None:
    town.seeker("amira")
    one = town.offer(is_approved=False)
    assert await town.inviting.invite_due() == 0
    found = town.found(one)

    def approve(unit: Unit) -> None:
        unit.opportunities.approve(one, found.number, found.change, town.staff)
        unit.opportunities.write(one, replace(found.draft, pay_words="£1"), town.boss, "The Shop")

    town.database.write_now(approve)
    assert await town.inviting.invite_due() == 0


async def test_its_last_day_and_the_end_of_its_organisation_close_it(town: TalentTown) -> None:
    ended, left = town.offer(), town.offer(replace(SHOP, until=date(2027, 3, 1)))
    town.clock.at = MORNING + timedelta(days=20)
    await town.inviting.invite_due()
    assert town.found(ended).state == "closed"
    assert town.found(left).state == "running"
    town.database.write_now(lambda unit: unit.employers.leave(town.boss, town.shop))
    town.clock.move(days=1, hours=1)
    await town.inviting.invite_due()
    assert town.found(left).state == "closed"


async def test_whoever_said_no_stays_known_when_its_last_day_is_moved(town: TalentTown) -> None:
    amira, rosa = town.seeker("amira"), town.seeker("rosa")
    one = town.offer()
    await town.inviting.invite_due()
    town.say(one, amira, Answer.NO)
    shared = town.share(one, rosa)
    town.edit(one, until=date(2027, 3, 25))
    await town.inviting.invite_due()

    town.clock.at = datetime(2027, 3, 1, 10, tzinfo=UTC)
    while town.database.write_now(lambda unit: unit.privacy.sweep()):
        pass

    assert await town.inviting.invite_due() == 0
    assert town.observed(one)["yes"]["people"][0]["share"] == shared.token


async def test_so_many_and_no_more_are_invited(
    town: TalentTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.work.talent.inviting.MOST_INVITED", 3)
    for number in range(5):
        town.seeker(f"seeker{number}")
    town.offer()

    assert MOST_INVITED == 1000
    assert await town.inviting.invite_due() <= 3


@pytest.mark.parametrize("point", ["talent.invited_in_unit", "talent.told_in_unit"])
async def test_a_kill_within_leaves_nothing_half_done(
    town: TalentTown, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    amira = town.seeker("amira")
    one = town.offer()

    def die(here: str) -> None:
        if here == point:
            raise ZeroDivisionError

    async def act() -> None:
        await town.inviting.invite_due()
        await town.news.send_due()

    with monkeypatch.context() as dying:
        dying.setattr("bot.work.faults.point", die)
        with pytest.raises(ZeroDivisionError):
            await act()
    await act()

    assert town.heard(amira).count("invites you") == 1
    assert town.heard(town.boss).count("approved: Shop assistant") == 1
    assert town.database.read_now(lambda unit: unit.invited.count_invited(one)) == 1


# -- what an employer can see --------------------------------------------------------------------


async def seen_where(town: TalentTown, hers: Answer | None) -> str:
    """Return all that the employer can see where somebody was not there, or was and answered so."""
    town.seeker("first")
    if hers is not None:
        town.seeker("rosa")
    one = town.offer()
    await town.counting.count_due()
    await town.inviting.invite_due()
    everybody = town.database.read_now(lambda unit: unit.people.at("telegram", "7", "rosa"))
    if hers is not None and everybody is not None:
        assert town.invitation(one, everybody.id)
        if hers is not Answer.NONE:
            town.say(one, everybody.id, hers)
    await town.news.send_due()
    seen = {
        "chat": town.observed(one),
        "messages": town.heard(town.boss),
    }
    return json.dumps(seen, default=str, sort_keys=True).replace(one, "ONE")


@pytest.mark.parametrize("hers", [Answer.NONE, Answer.NO, Answer.LATER, Answer.TAKEN_BACK])
async def test_an_employer_never_learns_who_was_asked_or_declined(
    tmp_path: Any, migrated_sqlite: Any, content: Content, hers: Answer
) -> None:
    """Two towns that differ in one person who does not say yes look alike to the employer."""
    seen = []
    for number, answer in enumerate((None, hers)):
        path = tmp_path / f"{number}.db"
        path.write_bytes(migrated_sqlite.read_bytes())
        clock = MovedClock(MORNING)
        database = Database.open(f"sqlite:///{path}", clock=clock)
        try:
            town = TalentTown(database, clock, content)
            told = await seen_where(town, answer)
            for secret in (town.boss, town.staff, town.shop):
                told = told.replace(secret, "X")
            seen.append(told)
        finally:
            database.close()

    assert without_references(seen[0]) == without_references(seen[1])


def without_references(seen: str) -> str:
    """Leave out random references, which differ in every town."""
    found = json.loads(seen)
    for rows in found["chat"]["mine"].values():
        for row in rows:
            for name in [one for one in row if one in ("reference", "id", "consent")]:
                del row[name]
    return json.dumps(found, sort_keys=True)


async def test_an_employer_sees_what_was_shared_until_it_is_taken_back(town: TalentTown) -> None:
    amira, rosa = town.seeker("amira"), town.seeker("rosa")
    one = town.offer()
    await town.inviting.invite_due()
    shared = town.share(one, amira)
    town.say(one, rosa, Answer.NO)

    yes = town.observed(one)["yes"]
    assert yes["total"] == 1
    assert yes["people"][0]["name"] == "Amira"
    assert yes["people"][0]["link"] == f"https://bot.example/cv/{shared.token}"
    assert rosa not in json.dumps(town.observed(one), default=str)
    key = town.invitation(one, amira)
    town.database.write_now(lambda unit: unit.invited.take_back(key, amira))
    assert town.observed(one)["yes"]["total"] == 0
    assert town.database.read_now(lambda unit: unit.invited.material_at(shared.token)) is None


async def test_an_erased_person_is_gone_from_the_employers_list(town: TalentTown) -> None:
    amira = town.seeker("amira")
    one = town.offer()
    await town.inviting.invite_due()
    shared = town.share(one, amira)
    while not town.database.write_now(lambda unit: unit.privacy.erase(amira)):
        pass

    assert town.observed(one)["yes"]["total"] == 0
    assert town.database.read_now(lambda unit: unit.invited.material_at(shared.token)) is None


async def test_another_organisation_sees_nothing(town: TalentTown) -> None:
    one = town.offer()
    stranger = town.person("stranger", skills={})

    def read(unit: Unit) -> list[Any]:
        from bot.work.reads import opportunities as reads

        context = town.context(unit, stranger)
        return [
            reads.opportunities(context, town.shop),
            reads.opportunity(context, one),
            reads.opportunity_yes(context, one, 0),
            reads.opportunity_lines(context, one) or None,
            reads.opportunity_summary(context, one) or None,
        ]

    assert set(map(type, town.database.read_now(read))) == {type(None)}
