"""Reminders from their row to the outbox, by a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

import bot.work.reminders
from bot.conversation.messages import Text
from bot.conversation.plain import to_text
from bot.conversation.walk import LOOK_LENGTH
from bot.courses.effects import MarkNoticesSeen, UnsaveCourse
from bot.loading import collect_modules
from bot.people import Purpose
from bot.people.effects import StopMessages
from bot.reminders import KINDS, Daily, Once, Weekly
from bot.reminders.effects import RemindOfCourse, SetReminder, WantReminders
from bot.reminders.rules import rule_to_json
from bot.work.reads.reminders import read
from bot.work.reads.reminders import reminders as list_reminders
from bot.work.reminders import REMINDERS, Due, Lost, ReminderRegistry, Telling, Told
from bot.work.reminding import Sent
from content.load import Content
from storage import Database, Unit
from tests.support.databases import *  # noqa: F403
from tests.support.databases import MovedClock
from tests.support.reminded import BOT, LONDON, World


@pytest.fixture
def world(database: Database, clock: MovedClock, content: Content) -> World:
    clock.at = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
    return World(database, clock, content)


async def test_a_due_reminder_is_sent_once_with_its_buttons(world: World) -> None:
    stored = world.put()
    assert await world.reminding.send_due() == 0
    world.at(1, 5)
    assert await world.reminding.send_due() == 1
    assert await world.reminding.send_due() == 0

    [letter] = world.letters()
    assert world.said() == ["You asked me to remind you: breathe"]
    assert [one.id for one in letter.choices] == ["snooze", "change", "stop"]
    assert letter.nonce.startswith(f"go.remind.{stored.id}.")
    assert world.told == [("telegram", "1")]
    [found] = world.held()
    assert found.next_at == datetime(2027, 1, 6, 9, tzinfo=UTC)


async def test_it_goes_out_in_the_lane_of_reminders(world: World) -> None:
    world.put()
    world.at(1, 5)
    await world.reminding.send_due()
    later = world.clock() + timedelta(seconds=30)
    claim = world.database.write_now(lambda unit: unit.outbox.claim(5, [1], "me", later))
    assert [one.lane for one in claim] == [1]


async def test_each_comes_in_the_persons_language(world: World) -> None:
    world.database.write_now(lambda unit: unit.people.set_language(world.anna, "cy"))
    world.put()
    world.at(1, 5)
    await world.reminding.send_due()
    assert [one.language for one in world.letters()] == ["cy"]


async def test_many_are_sent_in_short_transactions(world: World) -> None:
    for number in range(23):
        world.put(words=f"thing {number}")
    world.at(1, 5)
    assert await world.reminding.send_due() == 23
    assert len(set(world.said())) == 23


async def test_a_late_one_says_so_and_an_old_one_is_left_out(world: World) -> None:
    world.put(rule=Once(date(2027, 1, 5), time(9)))
    world.at(1, 5, 11)
    await world.reminding.send_due()
    late = "Sorry, this is late. It should have come today at 9am."
    assert world.said() == [f"{late}\n\nYou asked me to remind you: breathe"]
    world.put(rule=Once(date(2027, 1, 6), time(9)))
    world.at(1, 20)
    assert await world.reminding.send_due() == 0
    assert world.held() == []


async def test_a_nudge_that_is_late_is_dropped_and_comes_again(world: World) -> None:
    world.put("practice", rule=Weekly((1,), time(9), date(2027, 1, 4)))
    world.at(1, 5, 15)
    assert await world.reminding.send_due() == 0
    [found] = world.held()
    assert found.next_at == datetime(2027, 1, 12, 9, tzinfo=UTC)


async def test_at_night_nudges_wait_and_set_times_are_kept(world: World) -> None:
    world.put("ask_again", rule=Once(date(2027, 1, 5), time(23)), is_set_by_person=True)
    world.put("ask_again", rule=Once(date(2027, 1, 5), time(18)))
    world.at(1, 5, 23)
    assert await world.reminding.send_due() == 1
    world.at(1, 6, 8)
    assert await world.reminding.send_due() == 1


@pytest.mark.parametrize(("month", "day"), [(3, 28), (10, 31)])
async def test_nobody_is_woken_in_the_night_when_the_clocks_change(
    world: World, month: int, day: int
) -> None:
    world.at(month, day, 0, 30)
    world.put(rule=Daily(time(1, 30), date(2027, month, day)))
    for minutes in range(0, 10 * 60, 10):
        world.clock.at = datetime(2027, month, day, tzinfo=UTC) + timedelta(minutes=minutes)
        await world.reminding.send_due()
        assert world.clock().astimezone(LONDON).hour >= 8 or not world.said()
    assert len(world.said()) == 1


async def test_after_stop_nothing_comes_and_nothing_waits_to_be_sent(world: World) -> None:
    world.put()
    world.at(1, 5)
    await world.reminding.send_due()
    world.apply(StopMessages())
    assert world.database.read_now(lambda unit: unit.outbox.counts()) == {}
    world.at(1, 6)
    assert await world.reminding.send_due() == 0
    assert [one.state for one in world.held()] == ["muted"]

    world.apply(WantReminders())
    world.at(1, 7)
    assert await world.reminding.send_due() == 1


async def test_a_refusal_that_is_known_otherwise_mutes_too(world: World) -> None:
    world.put()
    world.database.write_now(
        lambda unit: unit.people.record_consent(
            world.anna, Purpose.REMINDERS, False, "telegram", "1"
        )
    )
    world.at(1, 5)
    assert await world.reminding.send_due() == 0
    assert [one.state for one in world.held()] == ["muted"]


async def test_whoever_blocked_the_bot_keeps_their_reminders(world: World) -> None:
    world.put()
    chat = ("telegram", BOT, "1")
    world.database.write_now(lambda unit: unit.contacts.set_reachable(*chat, False))
    world.at(1, 5)
    assert await world.reminding.send_due() == 0
    assert [one.state for one in world.held()] == ["parked"]
    world.at(1, 8, 12)
    world.database.write_now(lambda unit: unit.contacts.set_reachable(*chat, True))
    assert await world.reminding.send_due() == 0
    [found] = world.held()
    assert (found.state, found.next_at) == ("active", datetime(2027, 1, 9, 9, tzinfo=UTC))


async def test_in_the_web_chat_it_is_there_at_the_next_visit(world: World) -> None:
    ben = world.person("web", "2")
    world.put(person=ben, channel="web")
    world.at(1, 5)
    assert await world.reminding.send_due() == 1
    assert world.told == [("web", "2")]


def _check_skills(person: str) -> Callable[[Unit], object]:
    """Do what a person does who looks at their skills."""

    def check(unit: Unit) -> object:
        sitting = unit.skills.start(person, "manchester", "digcomp3", "1", "1", "whole")
        return unit.skills.record(person, sitting.id, "1.1.1a", 2, "1")

    return check


async def test_a_check_of_skills_is_offered_to_who_asked_for_it(world: World) -> None:
    world.put("recheck", rule=Once(date(2027, 1, 25), time(9)))
    world.at(1, 6)
    world.database.write_now(_check_skills(world.anna))
    world.at(1, 25)
    assert await world.reminding.send_due() == 1


async def test_what_lost_its_reason_quietly_ends_quietly(world: World) -> None:
    world.put("next_step", subject="route", rule=Once(date(2027, 1, 25), time(9)))
    world.put("recheck", rule=Once(date(2027, 1, 25), time(9)))
    world.at(1, 20)
    world.database.write_now(_check_skills(world.anna))
    world.at(1, 25)
    assert await world.reminding.send_due() == 0
    assert world.held() == []


async def test_a_route_is_reminded_of_until_it_is_left(world: World) -> None:
    key = next(iter(world.content.pathways.current))
    version = world.content.pathways.current[key].version
    world.database.write_now(
        lambda unit: unit.pathways.follow(world.anna, "manchester", key, version)
    )
    world.put("next_step", rule=Weekly((1,), time(9), date(2027, 1, 4)), subject=key)
    world.at(1, 5)
    await world.reminding.send_due()
    assert "The next step:" in world.said()[0]
    world.database.write_now(lambda unit: unit.pathways.leave(world.anna, key))
    world.at(1, 12)
    assert await world.reminding.send_due() == 0
    assert world.held() == []


async def test_one_that_cannot_be_told_holds_nobody_up(world: World) -> None:
    registry = ReminderRegistry()

    def broken(due: Due) -> Told | Lost:
        if due.reminder.words == "bad":
            raise ValueError("broken on purpose")
        return Told(Text("reminders.tell.own", {"words": due.reminder.words}))

    registry.register("own", Telling(broken))
    world.put(words="bad")
    world.put(words="good")
    world.at(1, 5)
    reminding = world.with_registry(registry)
    assert await reminding.send_due() == 1
    assert world.said() == ["You asked me to remind you: good"]
    assert min(one.next_at for one in world.held() if one.next_at) == datetime(
        2027, 1, 5, 10, tzinfo=UTC
    )


async def test_an_unknown_kind_ends_without_a_word(world: World) -> None:
    world.put()
    world.at(1, 5)
    assert await world.with_registry(ReminderRegistry()).send_due() == 0
    assert world.held() == []


async def test_killed_before_the_end_nothing_was_sent(world: World) -> None:
    world.put()
    world.at(1, 5)

    def dies(unit: Unit) -> Sent:
        world.reminding.send_some(unit)
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        world.database.write_now(dies)
    assert world.said() == []
    assert await world.reminding.send_due() == 1


def test_effects_set_reminders_of_courses(world: World) -> None:
    world.put_course()
    result = world.apply(RemindOfCourse("c1"))
    assert result["outcome"] == "set_apply"
    again = world.apply(RemindOfCourse("c1"))
    assert set(again["ids"]) == set(result["ids"])
    assert {one.kind for one in world.held()} == {"course_start", "apply_by"}
    assert all(one.seen for one in world.held())
    world.apply(UnsaveCourse("c1"))
    assert world.held() == []


def test_setting_one_agrees_to_reminders_once(world: World) -> None:
    world.apply(StopMessages())
    rule = rule_to_json(Daily(time(9), date(2027, 1, 4)))
    for words in ("one", "two"):
        world.apply(SetReminder("own", rule, words=words))
    told = world.database.read_now(lambda unit: unit.privacy.export(world.anna))["consent"]
    assert [one["is_given"] for one in told if one["purpose"] == "reminders"] == [False, True]


def test_a_second_one_about_the_same_thing_changes_the_first(world: World) -> None:
    mondays, daily = Weekly((0,), time(9), date(2027, 1, 4)), Daily(time(9), date(2027, 1, 4))
    first = world.apply(SetReminder("practice", rule_to_json(mondays)))
    for number in range(39):
        world.put(words=f"thing {number}")
    assert world.apply(SetReminder("own", rule_to_json(daily)))["outcome"] == "full"

    second = world.apply(SetReminder("practice", rule_to_json(daily)))

    assert (second["outcome"], second["id"]) == ("changed", first["id"])
    assert second["before"] == rule_to_json(mondays)
    gone = rule_to_json(Once(date(2026, 1, 5), time(9)))
    assert world.apply(SetReminder("practice", gone))["outcome"] == "past"
    assert [one.rule for one in world.held() if one.kind == "practice"] == [daily]


def test_what_looks_return_is_never_too_much(world: World) -> None:
    rule = Weekly((0, 1, 2, 4, 5, 6), time(18, 35), date(2028, 1, 4), 30)
    for number in range(40):
        world.put(words=f"{number} " + "wörds " * 40, rule=rule)
    typed = "a day and 2 days and 3 hours and a week before at 6 " + "wörds " * 40

    def lengths(unit: Unit) -> list[int]:
        context = world.context(unit)
        pages = [len(to_text(list_reminders(context, page))) for page in range(8)]
        return [*pages, len(to_text(read(context, typed, "before")))]

    assert max(world.database.read_now(lengths)) < LOOK_LENGTH


def test_every_kind_can_be_told() -> None:
    collect_modules(bot.work.reminders)
    assert set(KINDS) == set(REMINDERS.kinds)


class TestNudges:
    """Of what nobody set a time for and can wait, a person gets one a day."""

    async def test_the_second_of_a_day_comes_on_the_next(self, world: World) -> None:
        world.put("recheck", rule=Once(date(2027, 1, 5), time(10)))
        world.put("ask_again", rule=Once(date(2027, 1, 5), time(11)))
        world.at(1, 5, 12)
        assert await world.reminding.send_due() == 1
        world.at(1, 5, 19)
        assert await world.reminding.send_due() == 0
        world.at(1, 6, 12)
        assert await world.reminding.send_due() == 1
        assert world.held() == []

    async def test_what_the_person_set_is_kept_beside_it(self, world: World) -> None:
        world.put("recheck", rule=Once(date(2027, 1, 5), time(10)))
        world.put("ask_again", rule=Once(date(2027, 1, 5), time(10)), is_set_by_person=True)
        world.put()
        world.put_course()
        world.remind_of("apply_by")
        world.at(1, 5, 10)
        assert await world.reminding.send_due() == 3

    async def test_one_that_was_put_off_comes_then(self, world: World) -> None:
        later = world.put("ask_again", rule=Once(date(2027, 1, 5), time(9)))
        world.put("recheck", rule=Once(date(2027, 1, 5), time(10)))
        at = datetime(2027, 1, 5, 11, tzinfo=UTC)
        world.database.write_now(lambda unit: unit.reminders.snooze(world.anna, later.id, at))
        world.at(1, 5, 11)
        assert await world.reminding.send_due() == 2


class TestNewCourses:
    def notice(self, world: World, words: str, *courses: str) -> None:
        def store(unit: Unit) -> None:
            unit.wishes.add_search(world.anna, "manchester", words, {"text": words})
            search = unit.wishes.list_searches(world.anna)[-1]
            for course in courses:
                unit.wishes.add_notice(search, course)

        world.database.write_now(store)

    async def test_whoever_waits_for_a_course_is_told_and_led_to_it(self, world: World) -> None:
        self.notice(world, "welding", "c1", "c2")
        stored = world.put("new_courses", rule=Once(date(2027, 1, 5), time(10)), words="")
        world.at(1, 5, 10)
        assert await world.reminding.send_due() == 1

        assert world.said() == ["I found 2 new courses for welding. You asked me to tell you."]
        [letter] = world.letters()
        assert [one.id for one in letter.choices] == ["open"]
        telling = REMINDERS.find("new_courses")
        assert telling is not None
        opens = telling.opens(stored)
        assert opens is not None
        assert opens.flow == "alerts"

    async def test_several_searches_are_told_of_at_once(self, world: World) -> None:
        self.notice(world, "welding", "c1")
        self.notice(world, "excel", "c2")
        world.put("new_courses", rule=Once(date(2027, 1, 5), time(10)), words="")
        world.at(1, 5, 10)
        await world.reminding.send_due()
        assert world.said() == ["I found 2 new courses for what you asked me to watch."]

    async def test_whoever_looked_already_hears_nothing(self, world: World) -> None:
        self.notice(world, "welding", "c1")
        world.put("new_courses", rule=Once(date(2027, 1, 5), time(10)), words="")
        world.apply(MarkNoticesSeen())
        world.at(1, 5, 10)
        assert await world.reminding.send_due() == 0
        assert world.held() == []


def test_a_kind_is_told_in_one_way() -> None:
    registry = ReminderRegistry()
    tell: Callable[[Due], Told] = lambda due: Told(Text("x"))  # noqa: E731
    registry.register("own", Telling(tell))
    with pytest.raises(Exception, match="two ways"):
        registry.register("own", Telling(lambda due: Told(Text("y"))))
