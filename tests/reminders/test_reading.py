"""Plain words to rules and back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.messages import Text
from bot.reminders import Daily, Lead, Monthly, Once, Relative, Rule, Weekly, Yearly
from bot.reminders.occurrence import anchored
from bot.reminders.wording import rule_words
from bot.work.reminders.texts import text_of
from tests.reminders.speaking import LONDON, MONDAY, heard
from tests.support.told_skills import shipped

TODAY = date(2027, 1, 4)


DAY_AND_HOURS = Relative((Lead(1, "days"), Lead(2, "hours")))


def once(*day: int, at: time = time(9)) -> Once:
    return Once(date(*day), at)


@pytest.mark.parametrize(
    ("typed", "rules", "words"),
    [
        (
            "remind me tomorrow at 6",
            [once(2027, 1, 5, at=time(18)), once(2027, 1, 5, at=time(6))],
            "",
        ),
        ("every Monday morning", [Weekly((0,), time(9), TODAY)], ""),
        ("two days before", [Relative((Lead(2, "days"),))], ""),
        ("Tuesdays and Thursdays after tea", [Weekly((1, 3), time(18, 30), TODAY)], ""),
        ("ask me again in May", [once(2027, 5, 1)], ""),
        ("the day before and two hours before", [DAY_AND_HOURS], ""),
        ("a day and two hours before", [DAY_AND_HOURS], ""),
        ("the night before", [Relative((Lead(1, "days", time(19)),))], ""),
        ("a week before at 6pm", [Relative((Lead(1, "weeks", time(18)),))], ""),
        ("in 20 minutes", [once(2027, 1, 4, at=time(9, 50))], ""),
        ("in half an hour ring mum", [once(2027, 1, 4, at=time(10))], "ring mum"),
        ("on 3 March", [once(2027, 3, 3)], ""),
        ("12/3 at 18:30", [once(2027, 3, 12, at=time(18, 30))], ""),
        ("in two weeks", [once(2027, 1, 18)], ""),
        ("next week", [once(2027, 1, 11)], ""),
        ("next month", [once(2027, 2, 4)], ""),
        ("do excel every weekday at 7pm", [Weekly((0, 1, 2, 3, 4), time(19), TODAY)], "do excel"),
        ("Monday to Friday at 8:15am", [Weekly((0, 1, 2, 3, 4), time(8, 15), TODAY)], ""),
        ("weekends at 11am", [Weekly((5, 6), time(11), TODAY)], ""),
        ("every month on the 15th", [Monthly(15, time(9), TODAY)], ""),
        ("monthly on the last day at noon", [Monthly(31, time(12), TODAY)], ""),
        ("every year on 3 May", [Yearly(5, 3, time(9))], ""),
        ("every 3 days at 7.30pm", [Daily(time(19, 30), TODAY, 3)], ""),
        ("every other friday at 5pm", [Weekly((4,), time(17), date(2027, 1, 8), 2)], ""),
        ("fortnightly on tuesday", [Weekly((1,), time(9), date(2027, 1, 5), 2)], ""),
        ("every evening", [Daily(time(18, 30), TODAY)], ""),
        ("before bed every day", [Daily(time(21), TODAY)], ""),
        ("tonight", [once(2027, 1, 4, at=time(19))], ""),
        ("today", [once(2027, 1, 4, at=time(10, 30))], ""),
        ("9pm", [once(2027, 1, 4, at=time(21))], ""),
        ("9am", [once(2027, 1, 5, at=time(9))], ""),
        ("tomorrow at half past 7 in the morning", [once(2027, 1, 5, at=time(7, 30))], ""),
        ("tomorrow at quarter to 8 pm", [once(2027, 1, 5, at=time(19, 45))], ""),
        ("call mum tomorrow", [once(2027, 1, 5)], "call mum"),
        (
            "remind me tomorrow at 6pm to call the college about maths, please",
            [once(2027, 1, 5, at=time(18))],
            "call the college about maths",
        ),
        ("remind me to read 2 pages every evening", [Daily(time(18, 30), TODAY)], "read 2 pages"),
        ("remind me to stop smoking tomorrow", [once(2027, 1, 5)], "stop smoking"),
        ("remind me on 5 may 2028 at 3pm to renew", [once(2028, 5, 5, at=time(15))], "renew"),
        ("remind me about my class on thursday 5pm", [once(2027, 1, 7, at=time(17))], "my class"),
    ],
)
def test_what_people_say(typed: str, rules: list[Rule], words: str) -> None:
    found = heard(typed)
    assert [one.rule for one in found.readings] == rules
    assert found.words == words


@pytest.mark.parametrize(
    ("language", "typed", "rule"),
    [
        ("cy", "bob dydd Llun yn y bore", Weekly((0,), time(9), TODAY)),
        ("cy", "dau ddiwrnod cyn", Relative((Lead(2, "days"),))),
        ("cy", "atgoffwch fi yfory yn y prynhawn", once(2027, 1, 5, at=time(14))),
        ("ur", "ہر پیر صبح", Weekly((0,), time(9), TODAY)),
        ("ur", "کل شام 6 بجے", once(2027, 1, 5, at=time(18))),
        ("ur", "دو دن پہلے", Relative((Lead(2, "days"),))),
        ("ur", "every monday at ۶pm", Weekly((0,), time(18), TODAY)),
    ],
)
def test_what_people_say_in_other_languages(language: str, typed: str, rule: Rule) -> None:
    assert [one.rule for one in heard(typed, language).readings] == [rule]


@pytest.mark.parametrize(
    "typed",
    [
        "stop reminding me",
        "don't remind me any more",
        "no more reminders",
        "cancel my reminders please",
        "turn off the reminders",
    ],
)
def test_enough_is_enough(typed: str) -> None:
    assert heard(typed).is_stop


@pytest.mark.parametrize("typed", ["", "hello", "🙂" * 50, "every hour", "0", "at 25", "99:99"])
def test_what_says_no_time_is_not_read(typed: str) -> None:
    found = heard(typed)
    assert not found.readings
    assert not found.is_past


@pytest.mark.parametrize("typed", ["yesterday at 5pm", "today at 8am", "on 1 January 2026"])
def test_what_is_over_is_said_to_be(typed: str) -> None:
    found = heard(typed)
    assert found.is_past
    assert not found.readings


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("tomorrow at 6", [18, 6]),
        ("tomorrow at 9", [9, 21]),
        ("tomorrow at 12", [12]),
        ("tomorrow at 13", [13]),
        ("tomorrow evening at 6", [18]),
        ("tomorrow morning at 6", [6]),
        ("tomorrow at 06:00", [6]),
    ],
)
def test_an_hour_that_could_be_two_is_read_as_two(typed: str, hours: list[int]) -> None:
    found = [one.rule for one in heard(typed).readings]
    assert [one.at.hour for one in found if isinstance(one, Once)] == hours


def test_a_time_that_was_said_is_told_from_the_usual_one() -> None:
    assert heard("tomorrow at 9am").readings[0].has_time
    assert not heard("tomorrow").readings[0].has_time


@given(st.text(max_size=2_000))
@settings(max_examples=400, deadline=None)
def test_anything_at_all_can_be_typed(typed: str) -> None:
    for language in ("en", "cy", "ur"):
        found = heard(typed, language)
        assert len(found.readings) <= 4
        assert len(found.words) <= 200


SAID = (
    "every other each day week month before after at 6 9am 18:30 the a two in and monday",
    "tuesdays may 3rd 12/3 tomorrow next morning half past quarter to remind me stop until",
    "fortnight last from 2027 weekdays weekend tea noon on",
)
WORDS = st.lists(st.sampled_from(" ".join(SAID).split()), max_size=14).map(" ".join)


@given(WORDS)
@settings(max_examples=800, deadline=None)
def test_words_of_time_in_any_order_never_break_it(typed: str) -> None:
    for one in heard(typed).readings:
        said(one.rule)


def said(rule: Rule, now: datetime = MONDAY) -> str:
    """Say a rule in English as it is said to people."""
    text: Text = text_of(rule_words(rule, now.date()))
    words: Any = shipped().words
    return str(words.plain(text, "en"))


TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
DAYS = st.dates(TODAY + timedelta(days=1), date(2040, 12, 31))
SOON = st.dates(TODAY, date(2028, 12, 31))
EVERY = st.integers(1, 30)


def _rule_of_days(count: int, unit: Any, at: time | None) -> Rule:
    is_timed = unit in ("days", "weeks")
    return Relative((Lead(count, unit, at if is_timed else None),))


RULES = st.one_of(
    st.builds(Once, DAYS, TIMES),
    st.builds(Daily, TIMES, SOON, EVERY),
    st.builds(
        Weekly,
        st.sets(st.integers(0, 6), min_size=1, max_size=6).map(lambda days: tuple(sorted(days))),
        TIMES,
        SOON,
        EVERY,
    ),
    st.builds(Monthly, st.integers(1, 31), TIMES, SOON, EVERY),
    st.builds(Yearly, st.integers(1, 12), st.integers(1, 28), TIMES),
    st.builds(
        _rule_of_days,
        st.integers(1, 60),
        st.sampled_from(["minutes", "hours", "days", "weeks"]),
        st.none() | TIMES,
    ),
)


@given(RULES)
@settings(max_examples=600, deadline=None)
def test_what_is_said_back_reads_to_the_same_rule(rule: Rule) -> None:
    rule = anchored(rule, MONDAY)
    told = said(rule)
    assert [one.rule for one in heard(told).readings] == [rule], told


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (once(2027, 1, 4, at=time(18)), "today at 6pm"),
        (once(2027, 1, 5, at=time(6)), "tomorrow at 6am"),
        (once(2027, 1, 12), "on Tuesday 12 January at 9am"),
        (once(2029, 1, 12, at=time(12)), "on 12 January 2029 at noon"),
        (Daily(time(9), TODAY), "every day at 9am"),
        (Daily(time(9), TODAY, 3), "every 3 days at 9am, from 4 January 2027"),
        (Weekly((1, 3), time(18, 30), TODAY), "Tuesdays and Thursdays at 6:30pm"),
        (Weekly((0, 1, 2, 3, 4), time(8), TODAY), "Monday to Friday at 8am"),
        (Monthly(15, time(9), TODAY), "every month on day 15 at 9am"),
        (Monthly(31, time(9), TODAY), "every month on the last day at 9am"),
        (Yearly(5, 3, time(9)), "every year on 3 May at 9am"),
        (
            Relative((Lead(1, "days", time(18)), Lead(2, "hours"))),
            "1 day before at 6pm and 2 hours before",
        ),
    ],
)
def test_how_rules_are_said(rule: Rule, words: str) -> None:
    assert said(rule) == words


def test_the_zone_of_these_tests_is_that_of_people() -> None:
    assert MONDAY.tzinfo is LONDON


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("remind me 31 february", "31 february"),
        ("31 february at 5pm pay rent", "31 february"),
        ("on the 31st of April, please", "31st of April"),
        ("29 february 2027", "29 february 2027"),
        ("every year on 30 February", "30 February"),
        ("every monday from 31 february", "31 february"),
        ("pay rent 31/4", "31/4"),
        ("31.02.2027", "31.02.2027"),
        ("may 32nd", "may 32nd"),
    ],
)
def test_a_day_that_does_not_exist_is_named(typed: str, day: str) -> None:
    found = heard(typed)
    assert (found.missing_day, found.readings) == (day, ())


@pytest.mark.parametrize(
    "typed", ["29 february", "29/2/2028", "3 may 45 pages", "the 31st", "may 2027", "walk 10/50"]
)
def test_a_day_that_may_exist_is_none_missing(typed: str) -> None:
    assert not heard(typed).missing_day


@pytest.mark.parametrize(
    ("typed", "language", "words"),
    [
        ("stop reminders", "en", ""),
        ("stop all my reminders", "en", ""),
        ("cancel my reminders", "en", ""),
        ("turn off the reminders now", "en", ""),
        ("no more reminders please", "en", ""),
        ("I want to stop my reminders", "en", ""),
        ("stop my reminder about excel for work", "en", "excel for work"),
        ("تمام یاد دہانیاں بند کریں", "ur", ""),
        ("dim mwy o nodiadau atgoffa", "cy", ""),
    ],
)
def test_words_for_all_reminders_name_none_of_them(typed: str, language: str, words: str) -> None:
    found = heard(typed, language)
    assert (found.is_stop, found.words) == (True, words)
