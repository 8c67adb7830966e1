"""What an employer tells: read part by part, refused with a reason, kept as it was told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talent import Details, Kind, Pay, dump_details, load_details, missing, with_part
from bot.talent.checks import checks
from bot.talent.details import OPEN_FOR, PARTS, Fault, Known, changed_parts, without_dates
from tests.support.invited_people import SHOP

TODAY = date(2027, 1, 4)
KNOWN = Known(TODAY, {"1.3": "digcomp3", "2.1": "digcomp3"}, lambda typed: typed.title())


def test_what_was_told_is_kept() -> None:
    assert load_details(dump_details(SHOP)) == SHOP
    assert load_details(dump_details(Details())) == Details()


def test_everything_is_missing_at_first_and_nothing_at_last() -> None:
    assert [one.part for one in missing(Details(), TODAY)] == [
        *("kind", "title", "summary", "skills", "where"),
        *("pace", "pay", "people", "until"),
    ]
    assert missing(SHOP, TODAY) == ()
    assert [one.part for one in missing(SHOP, date(2027, 2, 1))] == ["until"]


@pytest.mark.parametrize(
    ("part", "form", "fault"),
    [
        ("kind", {"kind": "slavery"}, "unread"),
        ("title", {"title": " x "}, "title_short"),
        ("summary", {"summary": "Too short"}, "summary_short"),
        ("skills", {"skills": ""}, "skills"),
        ("skills", {"skills": "eds:1.3:2 digcomp3:9.9:2"}, "skills"),
        ("where", {"setting": "there", "place": ""}, "place"),
        ("pace", {"pace": "always"}, "unread"),
        ("pay", {"pay": "unpaid"}, "job_unpaid"),
        ("pay", {"pay": "expenses"}, "job_unpaid"),
        ("pay", {"pay": "paid", "pay_words": "competitive"}, "pay_words"),
        ("starts", {"starts": "2026-12-31"}, "starts"),
        ("people", {"people": "0"}, "people"),
        ("people", {"people": "²"}, "people"),
        ("people", {"people": "9" * 5000}, "people"),
        ("until", {"until": (TODAY + OPEN_FOR + timedelta(days=1)).isoformat()}, "until"),
        ("until", {"until": "tomorrow"}, "until"),
        ("owner", {"owner": "me"}, "unread"),
    ],
)
def test_what_cannot_be_right_is_refused(part: str, form: dict[str, str], fault: str) -> None:
    found = with_part(Details(kind=Kind.JOB), part, form, KNOWN)

    assert isinstance(found, Fault)
    assert found.text == f"talent.fault.{fault}"


@given(st.sampled_from(PARTS), st.dictionaries(st.sampled_from(
    ["kind", "title", "summary", "skills", "setting", "place", "pace", "pay", "pay_words",
     "starts", "people", "until"]), st.text(max_size=80)))  # fmt: skip
def test_nothing_that_is_typed_breaks_it(part: str, form: dict[str, str]) -> None:
    found = with_part(SHOP, part, form, KNOWN)
    if isinstance(found, Details):
        assert load_details(dump_details(found)) == found


def test_signs_that_turn_text_about_are_left_out() -> None:
    found = with_part(Details(), "title", {"title": "Shop\u202e \x00assistant\n today"}, KNOWN)

    assert isinstance(found, Details)
    assert found.title == "Shop assistant today"


def test_volunteering_is_not_paid_and_says_so() -> None:
    volunteer = Details(kind=Kind.VOLUNTEERING)
    found = with_part(volunteer, "pay", {"pay": "paid", "pay_words": "£5"}, KNOWN)

    assert isinstance(found, Fault)
    assert found.text == "talent.fault.volunteering_paid"
    assert "volunteering" in checks(volunteer)


def test_another_kind_asks_about_the_pay_again() -> None:
    unpaid = with_part(Details(kind=Kind.PLACEMENT), "pay", {"pay": "unpaid"}, KNOWN)
    assert isinstance(unpaid, Details)
    job = with_part(unpaid, "kind", {"kind": "job"}, KNOWN)

    assert isinstance(job, Details)
    assert "talent.fault.job_unpaid" in [one.text for one in missing(job, TODAY)]


@pytest.mark.parametrize(
    ("told", "check"),
    [
        ({"pay": Pay.PAID}, "pay"),
        ({"kind": Kind.APPRENTICESHIP, "pay": Pay.UNPAID}, "apprentice_unpaid"),
        ({"kind": Kind.PLACEMENT, "pay": Pay.EXPENSES}, "placement_unpaid"),
        ({"summary": "Ring us on 0161 496 0000"}, "contact"),
        ({"summary": "See www.example.org"}, "contact"),
        ({"summary": "Pay a small deposit first"}, "money"),
    ],
)
def test_staff_are_told_what_to_look_at(told: dict[str, Any], check: str) -> None:
    assert check in checks(Details(**told))
    assert check not in checks(Details())


def test_changes_are_told_apart_and_a_copy_has_no_days() -> None:
    copy = without_dates(SHOP)

    assert changed_parts(SHOP, copy) == ("until",)
    assert changed_parts(SHOP, Details()) == (*PARTS[:7], "people", "until")
    assert missing(copy, TODAY)[0].part == "until"
