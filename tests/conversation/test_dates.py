from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.dates import read_dates

THURSDAY = date(2026, 11, 19)


def read(typed: str, language: str = "en") -> list[str]:
    return [day.isoformat() for day in read_dates(typed, THURSDAY, language)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("today", "2026-11-19"), ("tomorrow", "2026-11-20"), ("day after tomorrow", "2026-11-21"),
        ("tuesday", "2026-11-24"), ("next tuesday", "2026-11-24"), ("this friday", "2026-11-20"),
        ("last friday", "2026-11-13"), ("tuseday", "2026-11-24"), ("wensday", "2026-11-25"),
        ("a week on tuesday", "2026-12-01"), ("monday week", "2026-11-30"), ("Sat.", "2026-11-21"),
        ("12/3", "2027-03-12"), ("12/3/26", "2026-03-12"), ("12.3.2027", "2027-03-12"),
        ("12-3", "2027-03-12"), ("2026-12-01", "2026-12-01"), ("١٢/٣", "2027-03-12"),
        ("3 March", "2027-03-03"), ("March 3rd", "2027-03-03"),
        ("3rd of march 2028", "2028-03-03"),
        ("the third of december", "2026-12-03"), ("3 febuary", "2027-02-03"),
        ("29 feb", "2028-02-29"),
        ("the 3rd", "2026-12-03"), ("in two weeks", "2026-12-03"), ("in 3 days", "2026-11-22"),
        ("two weeks from now", "2026-12-03"), ("in a fortnight", "2026-12-03"),
        ("in a month", "2026-12-19"), ("a week", "2026-11-26"), ("thurs 26 nov", "2026-11-26"),
    ],
)  # fmt: skip
def test_dates_are_read_as_people_type_them(typed: str, found: str) -> None:
    assert read(typed) == [found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("thursday", ["2026-11-19", "2026-11-26"]),
        ("next friday", ["2026-11-20", "2026-11-27"]),
        ("5 dec or 6 dec", ["2026-12-05", "2026-12-06"]),
        ("tuesday 3 march", ["2027-03-03", "2026-11-24"]),
        ("12/3 or 13/3", ["2027-03-12", "2027-03-13"]),
    ],
)
def test_what_could_be_two_days_is_both(typed: str, found: list[str]) -> None:
    assert read(typed) == found


@pytest.mark.parametrize(
    "typed",
    ["", "31/2", "3/13", "soon", "not tuesday", "in 99999999 weeks", "two", "12", "1/2/3/4", "may"],
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert read(typed) == []


@pytest.mark.parametrize(
    ("language", "typed", "found"),
    [
        ("cy", "dydd Mawrth nesaf", "2026-11-24"),
        ("cy", "3 Mawrth", "2027-03-03"),
        ("cy", "yfory", "2026-11-20"),
        ("cy", "mewn dwy wythnos", "2026-12-03"),
        ("cy", "tomorrow", "2026-11-20"),
        ("ur", "اگلے منگل", "2026-11-24"),
        ("ur", "۳ مارچ", "2027-03-03"),
        ("ur", "کل", "2026-11-20"),
        ("ur", "دو ہفتے میں", "2026-12-03"),
    ],
)
def test_dates_are_read_in_the_persons_language(language: str, typed: str, found: str) -> None:
    assert read(typed, language) == [found]


def test_bounds_settle_a_missing_year() -> None:
    past = read_dates("3 march", THURSDAY, "en", latest=THURSDAY)
    assert past == (date(2026, 3, 3),)
    later = read_dates("3 march", THURSDAY, "en", earliest=date(2027, 6, 1))
    assert later == (date(2028, 3, 3),)


@given(st.integers(0, 3_000), st.sampled_from(["{:%d/%m/%Y}", "{:%d %B %Y}", "{:%Y-%m-%d}"]))
def test_a_full_date_is_read_exactly(ahead: int, form: str) -> None:
    day = THURSDAY + timedelta(days=ahead)
    assert read_dates(form.format(day), THURSDAY, "en") == (day,)


@given(st.text(max_size=60), st.sampled_from(["en", "cy", "ur"]))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_it(text: str, language: str) -> None:
    assert isinstance(read_dates(text, THURSDAY, language), tuple)
