"""Single fields: what is read, and what is left unknown."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.courses.importing.fields.cost import read_cost
from bot.courses.importing.fields.dates import read_clock, read_day, read_exact_day, read_moment
from bot.courses.importing.fields.durations import read_duration
from bot.courses.importing.fields.levels import read_level
from bot.courses.importing.fields.links import read_contact, read_link
from bot.courses.importing.fields.patterns import read_attendance
from bot.courses.importing.fields.postcodes import read_postcode
from bot.courses.importing.fields.text import clean_line, clean_text, clean_title, mended
from bot.courses.importing.fields.words import (
    read_ages,
    read_kind,
    read_languages,
    read_number,
    read_support,
    read_weekdays,
    read_yes,
)
from bot.courses.records import Delivery, Kind, Level, Pattern, StudyMode, Support


@pytest.mark.parametrize(
    ("raw", "attribute", "day", "words"),
    [
        ("3 November 2012", "2012-11-03", date(2012, 11, 3), ""),
        ("2012-11-03T00:00:00", "", date(2012, 11, 3), ""),
        ("2012-11-03", "", date(2012, 11, 3), ""),
        ("3 November 2012", "", date(2012, 11, 3), ""),
        ("Monday 3rd November 2012", "", date(2012, 11, 3), ""),
        ("29 Aug 2016", "", date(2016, 8, 29), ""),
        ("November 3, 2026", "", date(2026, 11, 3), ""),
        ("03/11/2026", "", date(2026, 11, 3), ""),
        ("3.11.26", "", date(2026, 11, 3), ""),
        ("September 2015", "2015-09-01", date(2015, 9, 1), ""),
        ("September 2015", "", date(2015, 9, 1), "September 2015"),
        ("2015-09", "", date(2015, 9, 1), "2015-09"),
        ("Autumn term", "2015-09", date(2015, 9, 1), "Autumn term"),
        ("1900-01-01", "", None, ""),
        ("3 November 2026", "1900-01-01", date(2026, 11, 3), ""),
        ("31/02/2026", "", None, "31/02/2026"),
        ("Start any Monday", "", None, "Start any Monday"),
        ("Start date to be announced.", "", None, ""),
        ("9999-12-31", "", None, ""),
        ("May be any day 2026", "", None, "May be any day 2026"),
        ("", "", None, ""),
    ],
)
def test_dates(raw: str, attribute: str, day: date | None, words: str) -> None:
    found = read_day(raw, attribute)
    assert (found.date, found.words) == (day, words)


def test_a_month_is_no_deadline() -> None:
    assert read_exact_day("September 2015") is None
    assert read_exact_day("1 September 2015") == date(2015, 9, 1)


def test_moments_become_local() -> None:
    zone = "Europe/London"
    assert read_moment("2018-10-02T19:15:00Z", zone) == datetime.fromisoformat("2018-10-02T20:15")
    assert read_moment("2018-12-02T19:15:00Z", zone) == datetime.fromisoformat("2018-12-02T19:15")
    assert read_moment("2018-10-02T19:15:00", zone) == datetime.fromisoformat("2018-10-02T19:15")
    assert read_moment("2018-10-02", zone) is None
    assert read_moment("0001-01-01T00:00:00+23:59", zone) is None


@pytest.mark.parametrize(
    ("raw", "clock"),
    [
        ("18:30", time(18, 30)),
        ("6.30pm", time(18, 30)),
        ("6:30 p.m.", time(18, 30)),
        ("6pm", time(18)),
        ("1830", time(18, 30)),
        ("12am", time(0)),
        ("noon", time(12)),
        ("18:30:00", time(18, 30)),
        ("25:00", None),
        ("13pm", None),
        ("9", None),
        ("evening", None),
    ],
)
def test_clock_times(raw: str, clock: time | None) -> None:
    assert read_clock(raw) == clock


@pytest.mark.parametrize(
    ("raw", "amount", "words"),
    [
        ("45", "45.00", ""),
        ("£1,250.50", "1250.50", ""),
        ("GBP 45", "45.00", ""),
        ("£45 per person", "45.00", "£45 per person"),
        ("£45 (£20 concessions)", "45.00", "£45 (£20 concessions)"),
        ("£45 (per unit)", None, "£45 (per unit)"),
        ("GBP6,000 per stage", None, "GBP6,000 per stage"),
        ("Free", "0", ""),
        ("FREE.", "0", ""),
        ("£0", "0", ""),
        ("Free (donations welcome)", "0", "Free (donations welcome)"),
        ("This course is free!", "0", "This course is free!"),
        ("Free for over 60s", None, "Free for over 60s"),
        ("Free, if you get Universal Credit", None, "Free, if you get Universal Credit"),
        ("Free - otherwise £20", None, "Free - otherwise £20"),
        ("Fully funded for eligible learners", None, "Fully funded for eligible learners"),
        ("0.0000", None, ""),
        ("0", None, ""),
        ("TBC", None, ""),
        ("", None, ""),
        (
            "UK fee: GBP170.00; Ireland fee: GBP200",
            "170.00",
            "UK fee: GBP170.00; Ireland fee: GBP200",
        ),
        (
            "Ireland fee: GBP200; UK fee: Not yet known",
            None,
            "Ireland fee: GBP200; UK fee: Not yet known",
        ),
        ("UK fee: GBP170 per unit", None, "UK fee: GBP170 per unit"),
    ],
)
def test_costs(raw: str, amount: str | None, words: str) -> None:
    cost = read_cost(raw, zero_is_free=False)
    assert cost.amount == (None if amount is None else Decimal(amount))
    assert cost.words == words


def test_zero_is_free_only_where_it_was_said() -> None:
    assert read_cost("0", zero_is_free=True).amount == 0
    assert read_cost("0.00", "Free to residents", zero_is_free=False).amount is None
    assert read_cost("0.00", "Free", zero_is_free=False).amount == 0
    assert read_cost("0.0000", zero_is_free=False).is_ambiguous
    assert read_cost("", zero_is_free=True).amount is None


def test_concessions_are_taken_from_the_price() -> None:
    assert read_cost("£45 (£20 unwaged)", zero_is_free=True).concessions == "£20 unwaged"


@pytest.mark.parametrize(
    ("words", "mode", "patterns", "delivery"),
    [
        (("Part Time Day",), StudyMode.PART_TIME, {Pattern.DAYTIME}, None),
        (("Evening",), None, {Pattern.EVENING}, None),
        (("Part time", "Distance without attendance"), StudyMode.PART_TIME, set(), Delivery.ONLINE),
        (("Full-time", "Campus", "Day/Block release"), StudyMode.FULL_TIME, {Pattern.DAY_RELEASE},
         Delivery.IN_PERSON),
        (("Evenings only and weekends",), None, {Pattern.EVENING, Pattern.WEEKEND}, None),
        (("onsite", "online"), None, set(), Delivery.BLENDED),
        (("“onsite”", "synchronous", "full-time"), StudyMode.FULL_TIME, set(), Delivery.IN_PERSON),
        (("full-time or part-time",), None, set(), None),
        (("Classroom based", "3"), None, set(), Delivery.IN_PERSON),
        (("Face-to-face non-campus",), None, set(), Delivery.IN_PERSON),
        (("Work based",), None, set(), Delivery.WORK),
    ],
)  # fmt: skip
def test_attendance(
    words: tuple[str, ...],
    mode: StudyMode | None,
    patterns: set[Pattern],
    delivery: Delivery | None,
) -> None:
    found = read_attendance(words)
    assert (found.study_mode, set(found.patterns), found.delivery) == (mode, patterns, delivery)


def test_unknown_words_are_reported_not_guessed() -> None:
    found = read_attendance(["Sandwich, part-time"])
    assert (found.study_mode, found.unknown) == (StudyMode.PART_TIME, ("sandwich",))


def test_codes_of_xcri() -> None:
    found = read_attendance([], ["PT", "DS", "TW", "CS"])
    assert (found.study_mode, found.delivery) == (StudyMode.PART_TIME, Delivery.ONLINE)
    assert found.patterns == frozenset({Pattern.TWILIGHT})


@pytest.mark.parametrize(
    ("raw", "level"),
    [
        ("Level 2", Level.LEVEL_2),
        ("Level 3 Diploma", Level.LEVEL_3),
        ("Entry Level 3", Level.ENTRY_3),
        ("Entry 1", Level.ENTRY_1),
        ("E2", Level.ENTRY_2),
        ("SCQF level 6", Level.LEVEL_3),
        ("SCQF 10", Level.LEVEL_6),
        ("3", Level.LEVEL_3),
        ("Level 1/2", None),
        ("Level 1 and 2", None),
        ("Entry level", None),
        ("Higher", None),
        ("(Hons)", None),
        ("7 7", None),
        ("M", None),
        ("9", None),
        ("Beginner", None),
        ("-", None),
    ],
)
def test_levels(raw: str, level: Level | None) -> None:
    assert read_level(raw) == level


def test_a_number_alone_is_a_level_only_in_a_column_of_levels() -> None:
    assert read_level("3", is_level_field=False) is None
    assert read_level("NVQ Level 3 in Care", is_level_field=False) is Level.LEVEL_3


@pytest.mark.parametrize(
    ("raw", "link"),
    [
        ("https://example.org/a?b=1", "https://example.org/a?b=1"),
        ("www.example.org/a", "https://www.example.org/a"),
        (" HTTP://Example.org ", "HTTP://Example.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("ftp://example.org/", ""),
        ("https://bank.example.org@evil.example.com/", ""),
        ("https://localhost/", ""),
        ("https://example.org/a b", ""),
        ('https://example.org/"><script>', ""),
        ("https://[::1/", ""),
        ("https://example.org:99999/", ""),
        ("https://example.org/" + "a" * 2000, ""),
        ("2016-09-01", ""),
        (None, ""),
    ],
)
def test_links(raw: object, link: str) -> None:
    assert read_link(raw) == link


def test_relative_links_need_a_base() -> None:
    assert read_link("/courses/7") == ""
    assert (
        read_link("/courses/7", "https://example.org/feed.json") == "https://example.org/courses/7"
    )


def test_contacts() -> None:
    assert read_contact("00000 000000", "0161 496 0000", "a@example.org", "see web") == (
        "0161 496 0000, a@example.org"
    )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("m145rx", "M14 5RX"),
        (" M14 5RX ", "M14 5RX"),
        ("ec1a1bb", "EC1A 1BB"),
        ("BT1 5GS", "BT1 5GS"),
        ("P00 5ST", ""),
        ("PP99 1PP", ""),
        ("M14", ""),
        ("12345", ""),
    ],
)
def test_postcodes(raw: str, code: str) -> None:
    assert read_postcode(raw) == code


@pytest.mark.parametrize(
    ("raw", "count", "unit", "words"),
    [
        ("6 weeks", 6, "weeks", ""),
        ("6 months (approx)", 6, "months", "6 months (approx)"),
        ("3.5 hours", 210, "minutes", ""),
        ("P2Y", 2, "years", ""),
        ("PT1H30M", 90, "minutes", ""),
        ("Under 4 hours", None, "", "Under 4 hours"),
        ("Variable", None, "", "Variable"),
        ("0 weeks", None, "", "0 weeks"),
    ],
)
def test_durations(raw: str, count: int | None, unit: str, words: str) -> None:
    found = read_duration(raw)
    assert (found.count, found.unit, found.words) == (count, unit, words)


def test_duration_with_its_unit_beside_it() -> None:
    assert (read_duration("12", "Weeks").count, read_duration("12", "Weeks").unit) == (12, "weeks")


def test_markup_becomes_plain_text() -> None:
    html = "<p>Hello &amp; <b>bye</b></p><script>x()</script><ul><li>a</li><li>b</li></ul>5 < 6 £4"
    assert clean_text(html) == "Hello & bye\n• a\n• b\n5 < 6 £4"
    assert clean_text("&lt;p&gt;Hi&amp;nbsp;there&lt;/p&gt;") == "Hi there"
    assert clean_line("Fish &amp; chips") == "Fish & chips"
    assert clean_text("one\n  two three\r\n\r\n\r\n\r\nNext") == "one two three\n\nNext"


def test_hostile_characters_are_dropped() -> None:
    assert clean_line("a\x00b\u202ec\ufeffd\u2066e\x1b[31m") == "abcde[31m"
    assert clean_line("\ud800x") == "x"
    assert clean_line("Z" + "\u0301" * 50) == "Ź\u0301\u0301\u0301"
    assert clean_line("می\u200cخواهم") == "می\u200cخواهم"  # joiners are part of the script


def test_wrappers_and_placeholders() -> None:
    assert clean_line("“onsite”") == "onsite"
    assert clean_line('"The "Big" Course"') == '"The "Big" Course"'
    assert [clean_line(text) for text in ("-", "TBC", "n/a", " ", "None")] == [""] * 5


def test_mojibake_is_mended() -> None:
    assert mended("CafÃ© Â£5 itâ€™s") == "Café £5 it’s"
    assert mended("SÃO PAULO") == "SÃO PAULO"
    assert mended("naïve") == "naïve"


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("INTRODUCTION TO EXCEL FOR ESOL", "Introduction to Excel for ESOL"),
        ("  Double   spaces ", "Double spaces"),
        ("CERTIFICATE IN BEAUTY THERAPY (NVQ)", "Certificate in Beauty Therapy (NVQ)"),
        ("GCSE ENGLISH", "GCSE English"),
        ("ECDL", "ECDL"),
        ("iPad for Beginners", "iPad for Beginners"),
        ("“Quoted”", "Quoted"),
    ],
)
def test_titles(raw: str, title: str) -> None:
    assert clean_title(raw) == title


def test_word_lists() -> None:
    assert read_languages(["en", "Urdu", "cy", "en-GB", "Klingonese"]) == (
        ("en", "ur", "cy", "en-GB"), ("Klingonese",))  # fmt: skip
    assert read_weekdays(["Tuesday", "https://schema.org/Friday", "whenever"]) == (
        (1, 4), ("whenever",))  # fmt: skip
    assert read_support(["Step-free", "creche", "free tea"]) == (
        frozenset({Support.STEP_FREE, Support.CHILDCARE}), ("free tea",))  # fmt: skip
    assert read_kind("Drop-in") is Kind.DROP_IN
    assert read_kind("seance") is None
    assert (read_ages("16 to 18"), read_ages("19+"), read_ages("adults")) == (
        (16, 18), (19, None), (None, None))  # fmt: skip
    assert (read_number("12.0"), read_number("-1"), read_number("x"), read_number("٣")) == (
        12, None, None, None)  # fmt: skip
    assert (read_yes("Y"), read_yes("FALSE"), read_yes("perhaps")) == (True, False, None)


@given(st.text(max_size=300))
def test_no_text_breaks_a_field(text: str) -> None:
    for reader in (
        clean_text, clean_line, clean_title, read_day, read_clock, read_level, read_link,
        read_postcode, read_duration, read_kind, read_ages, read_number, read_yes, read_contact,
    ):  # fmt: skip
        reader(text)
    read_cost(text, text, zero_is_free=True)
    read_moment(text, "Europe/London")
    read_attendance([text])
    read_languages([text])


@given(st.text(max_size=300))
def test_clean_text_is_clean_and_stays_so(text: str) -> None:
    clean = clean_line(text)
    assert clean == " ".join(clean.split())
    assert clean.isprintable() or all(
        char.isprintable() or char in "\u200c\u200d" for char in clean
    )


def test_a_price_below_zero_is_no_price_and_is_reported() -> None:
    for said in ("-5", "- £5.00", "−5"):
        cost = read_cost(said, "", zero_is_free=True)

        assert (cost.amount, cost.words, cost.is_ambiguous) == (None, "", True)
