"""What becomes of a reminder that is due, and where it is sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.people import Contact, Purpose
from bot.people.consent import Consent, ConsentKey
from bot.reminders import KINDS, Daily, Reminder
from bot.reminders.deciding import TOO_LATE, decide
from bot.reminders.reaching import best_contact, has_refused, may_remind
from bot.reminders.snoozing import LENGTHS, snoozed_until

NOON = datetime(2027, 6, 1, 11, tzinfo=UTC)
"""Noon in London."""


def reminder(kind: str = "own", due_at: datetime = NOON, *, is_set: bool = False) -> Reminder:
    rule = Daily(time(9), date(2027, 1, 1))
    return Reminder(
        "r", "anna", "manchester", kind, rule, "Europe/London", "telegram",
        next_at=due_at, is_set_by_person=is_set,
    )  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_in_time_is_sent(kind: str) -> None:
    assert decide(reminder(kind), NOON + timedelta(minutes=5)).what == "send"


@pytest.mark.parametrize(
    ("kind", "late", "what"),
    [
        ("own", timedelta(hours=2), "send_late"),
        ("course_start", timedelta(hours=2), "send_late"),
        ("apply_by", timedelta(hours=2), "send"),
        ("apply_by", timedelta(hours=7), "send_late"),
        ("practice", timedelta(hours=2), "send"),
        ("practice", timedelta(hours=4), "leave_out"),
        ("recheck", timedelta(days=2), "send"),
        ("ask_again", timedelta(days=5), "send"),
    ],
)
def test_what_is_late_follows_the_rule_of_its_kind(kind: str, late: timedelta, what: str) -> None:
    assert decide(reminder(kind, NOON - late), NOON).what == what


@pytest.mark.parametrize("kind", KINDS)
def test_after_a_week_nothing_is_sent(kind: str) -> None:
    late = TOO_LATE + timedelta(minutes=1)
    assert decide(reminder(kind, NOON - late), NOON).what == "leave_out"


def test_at_night_a_nudge_waits_and_a_set_time_is_kept() -> None:
    night = datetime(2027, 6, 1, 22, tzinfo=UTC)
    nudge = decide(reminder(due_at=night), night)
    assert (nudge.what, nudge.until) == ("wait", datetime(2027, 6, 2, 7, tzinfo=UTC))
    assert decide(reminder(due_at=night, is_set=True), night).what == "send"


def test_a_set_time_that_was_missed_waits_for_the_day_too() -> None:
    night = datetime(2027, 6, 1, 22, tzinfo=UTC)
    late = decide(reminder(due_at=night - timedelta(hours=2), is_set=True), night)
    assert late.what == "wait"


@pytest.mark.parametrize(
    "day", [datetime(2027, 3, 28, 2, tzinfo=UTC), datetime(2027, 10, 31, 2, tzinfo=UTC)]
)
def test_the_day_begins_at_eight_also_when_the_clocks_change(day: datetime) -> None:
    until = decide(reminder(due_at=day), day).until
    assert until is not None
    london = until.astimezone(ZoneInfo("Europe/London"))
    assert (london.hour, london.minute) == (8, 0)


def decided(*told: tuple[str, bool]) -> dict[ConsentKey, Consent]:
    """Decisions about reminders, in order; one a channel counts."""
    made: dict[ConsentKey, Consent] = {}
    for number, (channel, is_given) in enumerate(told):
        at = NOON + timedelta(minutes=number)
        made[Purpose.REMINDERS, channel] = Consent(Purpose.REMINDERS, channel, is_given, "1", at)
    return made


@pytest.mark.parametrize(
    ("told", "telegram", "web"),
    [
        ((), True, True),
        ((("telegram", True),), True, True),
        ((("telegram", False),), False, False),
        ((("telegram", False), ("web", True)), False, True),
        ((("web", True), ("telegram", False)), False, False),
        ((("web", False), ("telegram", True)), True, False),
    ],
)
def test_a_refusal_holds_everywhere_until_asked_again(
    told: tuple[tuple[str, bool], ...], telegram: bool, web: bool
) -> None:
    assert may_remind(decided(*told), "telegram") is telegram
    assert may_remind(decided(*told), "web") is web
    assert has_refused(decided(*told), {"telegram", "web"}) is not (telegram or web)


def contact(channel: str, *, is_reachable: bool = True) -> Contact:
    return Contact(channel, "bot", f"{channel}-chat", "anna", is_reachable)


def test_it_goes_where_it_was_asked_for_if_that_can_ring() -> None:
    both = [contact("web"), contact("telegram")]
    for asked in ("telegram", "web"):
        found = best_contact(both, {}, asked)
        assert found is not None
        assert found.channel == "telegram"
    only_web = best_contact([contact("web"), contact("telegram", is_reachable=False)], {}, "web")
    assert only_web is not None
    assert only_web.channel == "web"


def test_nobody_is_reached_where_nothing_is_open() -> None:
    assert best_contact([], {}, "web") is None
    assert best_contact([contact("telegram", is_reachable=False)], {}, "telegram") is None
    assert best_contact([contact("telegram")], decided(("telegram", False)), "telegram") is None


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_later_is_later(length: str, hour: int) -> None:
    now = datetime(2027, 3, 27, hour, 45, tzinfo=UTC)
    until = snoozed_until(length, now, "Europe/London")
    assert now < until <= now + timedelta(days=8)


def test_an_evening_that_is_over_is_the_next_one() -> None:
    now = datetime(2027, 1, 4, 18, 15, tzinfo=UTC)
    until = snoozed_until("evening", now, "Europe/London")
    assert until == datetime(2027, 1, 5, 18, 30, tzinfo=UTC)


def test_nothing_is_put_off_by_an_unknown_length() -> None:
    with pytest.raises(ValueError, match="put off"):
        snoozed_until("century", NOON, "Europe/London")
