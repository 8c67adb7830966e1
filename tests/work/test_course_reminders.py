"""Reminders of courses: they follow its dates, and end where it is no longer offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.courses.records import Course, CourseInstance
from bot.reminders.kinds import HOW_WAS_IT
from bot.skills.tagging import shipped_rules
from bot.work.reads.course_kinds import possible_kinds
from content.load import Content
from storage import Database, Unit
from tests.courses.offers.filled import told
from tests.support.databases import *  # noqa: F403
from tests.support.databases import MovedClock
from tests.support.reminded import RUN, World


@pytest.fixture
def world(database: Database, clock: MovedClock, content: Content) -> World:
    clock.at = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
    return World(database, clock, content)


async def test_a_course_is_reminded_of_with_address_and_calendar(world: World) -> None:
    world.put_course()
    world.remind_of("course_start")
    world.at(2, 1, 18)
    await world.reminding.send_due()
    [letter] = world.letters()
    assert world.said() == [
        "Excel for work starts tomorrow at 6:30pm.\n"
        "Where: Hulme Library, Stretford Road, Manchester, M15 5FQ"
    ]
    [calendar] = letter.attachments
    assert (calendar.kind, calendar.values["course"]) == ("calendar", "c1")
    assert [one.id for one in letter.choices] == ["open", "snooze", "change", "stop"]
    world.at(2, 2, 16, 30)
    await world.reminding.send_due()
    assert world.said()[-1].startswith("Excel for work starts today at 6:30pm.")
    assert world.held() == []


async def test_each_session_and_the_last_day_to_apply(world: World) -> None:
    world.put_course()
    world.remind_of("session")
    world.remind_of("apply_by")
    for day, month in ((26, 1), (28, 1), (2, 2), (9, 2), (16, 2), (23, 2)):
        world.at(month, day, 16, 30)
        await world.reminding.send_due()
    told = world.said()
    assert len([one for one in told if "meets today at 6:30pm" in one]) == 3
    assert len([one for one in told if "the last day to apply is" in one]) == 2
    assert world.held() == []


async def test_how_it_went_is_asked_afterwards(world: World) -> None:
    world.put_course()
    world.remind_of(HOW_WAS_IT)
    world.at(2, 17, 17)
    await world.reminding.send_due()
    [letter] = world.letters()
    assert [one.id for one in letter.choices] == ["well", "badly", "missed"]


async def test_a_moved_date_is_told_at_once_and_followed(world: World) -> None:
    world.put_course()
    world.remind_of("course_start")
    world.at(1, 10, 23)
    world.put_course(replace(RUN, start_date=date(2027, 2, 9)))
    assert await world.reminding.follow("manchester") == 1
    assert await world.reminding.follow("manchester") == 0
    await world.reminding.send_due()
    assert world.said() == []
    world.at(1, 11, 8)
    await world.reminding.send_due()
    assert world.said() == [
        "Excel for work has a new date. It starts on Tuesday 9 February at 6:30pm."
        " I changed your reminder: it comes on Monday 8 February at 6pm."
    ]
    world.at(2, 8, 18)
    await world.reminding.send_due()
    assert world.said()[-1].startswith("Excel for work starts tomorrow at 6:30pm.")


async def test_the_date_of_an_offer_is_followed_once_its_change_is_published(world: World) -> None:
    key, course, run = published_offer(world)
    world.remind_of("course_start", run, course)

    def change(unit: Unit) -> None:
        unit.offers.write(key, told(start_date="2027-02-02"), world.anna)
        unit.offers.send(key, world.anna)

    world.at(1, 11, 8)
    world.database.write_now(change)
    assert await world.reminding.follow("manchester") == 0, "staff have not published it yet"
    world.database.write_now(lambda unit: unit.offers.publish(key, 2, world.anna, shipped_rules()))
    assert await world.reminding.follow("manchester") == 1
    await world.reminding.send_due()
    [said] = world.said()
    assert said.startswith("Tea and tablets has a new date. It starts on Tuesday 2 February")
    assert said.endswith("it comes on Monday 1 February at 6pm.")
    world.at(1, 12, 12)
    world.database.write_now(lambda unit: unit.offers.withdraw(key, world.anna))
    assert await world.reminding.follow("manchester") == 1
    await world.reminding.send_due()
    assert "is no longer offered, so I stopped its reminder." in world.said()[-1]


def published_offer(world: World) -> tuple[str, str, CourseInstance]:
    """Return the key, the course and the run of an offer that staff published."""

    def publish(unit: Unit) -> tuple[str, str, CourseInstance]:
        key = unit.offers.begin(world.anna, "manchester", "The Tea Room", told()).id
        unit.offers.send(key, world.anna)
        unit.offers.publish(key, 1, world.anna, shipped_rules())
        offer = unit.offers.find(key)
        assert offer is not None
        found = unit.catalogue.get(offer.course)
        return key, offer.course, found.course.instances[0]

    return world.database.write_now(publish)


async def test_nobody_hears_of_a_date_that_moved_into_the_past(world: World) -> None:
    world.put_course()
    world.remind_of("course_start")
    world.at(1, 20)
    world.put_course(replace(RUN, start_date=date(2027, 1, 5), end_date=date(2027, 1, 12)))
    assert await world.reminding.follow("manchester") == 1
    world.at(1, 21)
    await world.reminding.send_due()
    assert world.said() == []
    assert world.held() == []


async def test_the_same_dates_again_change_nothing(world: World) -> None:
    world.put_course()
    before = world.remind_of("course_start")
    world.put_course(replace(RUN, cost_text="free for all"))
    assert await world.reminding.follow("manchester") == 0
    assert world.held() == [before]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("withdrawn", "is no longer offered, so I stopped its reminder."),
        ("dateless", "has no date any more, so I stopped its reminder."),
        ("other run", "It may have other dates."),
    ],
)
async def test_a_reminder_that_lost_its_reason_is_corrected_not_sent(
    world: World, change: str, said: str
) -> None:
    world.put_course()
    world.remind_of("course_start")
    world.at(1, 11, 12)
    if change == "withdrawn":
        world.database.write_now(lambda unit: unit.catalogue.withdraw("manchester", ["c1"]))
    elif change == "dateless":
        world.put_course(CourseInstance(id="1"))
    else:
        world.put_course(replace(RUN, id="2"))
    assert await world.reminding.follow("manchester") == 1
    await world.reminding.send_due()
    [letter] = world.letters()
    assert said in world.said()[0]
    assert [one.id for one in letter.choices] == ["open"]
    assert world.held() == []


def test_sessions_are_offered_where_there_is_more_than_one(world: World) -> None:
    def kinds(run: CourseInstance) -> list[str]:
        course = Course("c1", "Hulme College", "Excel for work", instances=(run,))
        return world.database.read_now(lambda unit: possible_kinds(world.context(unit), course))

    assert "session" in kinds(RUN)
    once = kinds(replace(RUN, end_date=RUN.start_date))
    assert "course_start" in once
    assert "session" not in once
