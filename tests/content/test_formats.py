from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.formats import FORMATS, FSI, PDI, Ready, isolated
from content.load import Content


def shown(content: Content, name: str, value: Any, language: str = "en") -> str:
    return FORMATS[name](value, language, content.words)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("date", date(2027, 1, 12), "12 January"),
        ("full_date", date(2027, 1, 12), "12 January 2027"),
        ("day", date(2027, 1, 12), "Tuesday 12 January"),
        ("weekday", date(2027, 1, 12), "Tuesday"),
        ("date", datetime(2027, 1, 12, 18, tzinfo=UTC), "12 January"),
        ("date", "2027-01-12", "12 January"),
        ("date", "soon", "soon"),
        ("time", time(18, 30), "6:30pm"),
        ("time", time(9), "9am"),
        ("time", time(12), "noon"),
        ("time", time(0), "midnight"),
        ("time", time(0, 15), "12:15am"),
        ("time", "18:30", "6:30pm"),
        ("time", "after lunch", "after lunch"),
        ("moment", datetime(2027, 1, 12, 18, 30, tzinfo=UTC), "Tuesday 12 January at 6:30pm"),
        ("number", 1200, "1,200"),
        ("number", 999, "999"),
        ("number", 2.5, "2.5"),
        ("number", None, ""),
        ("money", Decimal(45), "£45"),
        ("money", Decimal("45.5"), "£45.50"),
        ("money", 3384, "£3,384"),
        ("money", Decimal("1234.05"), "£1,234.05"),
        ("money", 0, "free"),
        ("money", None, "price not given: ask the provider"),
        ("money", "ask at the desk", "ask at the desk"),
        ("miles", 1.609344, "1 mile"),
        ("miles", 2.0, "1.2 miles"),
        ("miles", 30.0, "19 miles"),
        ("miles", 0.01, "under 0.1 miles"),
        ("walk", 2.0, "25 minutes' walk"),
        ("walk", 0.05, "1 minute's walk"),
        ("weekdays", (1, 3), "Tuesdays and Thursdays"),
        ("weekdays", (3, 1, 1), "Tuesdays and Thursdays"),
        ("weekdays", (0, 1, 2, 3, 4), "Monday to Friday"),
        ("weekdays", (5, 6), "weekends"),
        ("weekdays", range(7), ""),
        ("list", ("a", "b", "c"), "a, b and c"),
        ("list", ("a",), "a"),
        ("list", (), ""),
        ("either", ("a", "b", "c"), "a, b or c"),
        ("commas", ("a", "b", "c"), "a, b, c"),
        ("lines", ("a", "b"), "a\nb"),
        ("minutes", 90, "1 hour 30 minutes"),
        ("minutes", 0, "0 minutes"),
        ("language", "ur", "Urdu"),
        ("language", "zz-zz", "zz-zz"),
        ("", True, "yes"),
        ("", None, ""),
        ("", 1500, "1,500"),
        ("", date(2027, 1, 12), "12 January"),
        ("", time(18, 30), "6:30pm"),
        ("", ("a", "b"), "a and b"),
        ("", Ready("as it is"), "as it is"),
    ],
)
def test_values_are_shown_as_people_say_them(
    shipped: Content, name: str, value: Any, words: str
) -> None:
    assert shown(shipped, name, value) == words


def test_welsh_and_urdu_dates_and_times_are_in_those_languages(shipped: Content) -> None:
    assert shown(shipped, "date", date(2027, 1, 12), "cy") == "12 Ionawr"
    assert shown(shipped, "date", date(2027, 1, 12), "ur") == "12 جنوری"
    assert shown(shipped, "time", time(18, 30), "cy") == "6:30 yr hwyr"
    assert shown(shipped, "time", time(18, 30), "ur") == "شام 6:30 بجے"
    assert shown(shipped, "time", time(2, 0), "ur") == "رات 2 بجے"


def test_english_values_between_english_words_carry_no_marks() -> None:
    assert isolated("C++ (evening)", "en") == "C++ (evening)"
    assert isolated("Café Zoë", "en") == "Café Zoë"


def test_words_of_the_other_direction_are_isolated() -> None:
    assert isolated("اردو", "en") == f"{FSI}اردو{PDI}"
    assert isolated("Excel", "ur") == f"{FSI}Excel{PDI}"


def test_direction_controls_in_a_value_are_taken_out() -> None:
    assert isolated("a\u202eb\u2069c\u0000d", "en") == "abcd"


@settings(deadline=None)
@given(st.text(max_size=50), st.sampled_from(["en", "cy", "ur"]))
def test_isolates_are_always_balanced(value: str, language: str) -> None:
    kept = isolated(value, language)
    assert kept.count(FSI) == kept.count(PDI) <= 1


@settings(deadline=None)
@given(
    st.sampled_from(sorted(FORMATS)),
    st.one_of(
        st.text(max_size=20),
        st.none(),
        st.integers(),
        st.floats(),
        st.decimals(),
        st.dates(),
        st.times(),
        st.lists(st.text(max_size=5), max_size=3),
    ),
    st.sampled_from(["en", "cy", "ur"]),
)
def test_no_value_can_break_a_format(
    shipped: Content, name: str, value: Any, language: str
) -> None:
    assert isinstance(shown(shipped, name, value, language), str)
