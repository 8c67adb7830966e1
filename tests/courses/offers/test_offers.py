"""What providers fill in, read, judged, and made into courses."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from bot.courses import CourseIndex, Filters, SearchRequest, wording
from bot.courses.bodies import dump_course, load_course
from bot.courses.offers import (
    Showing,
    Stage,
    Told,
    changed_parts,
    checks,
    course_of,
    dump_told,
    form_of,
    lines_of,
    load_told,
    missing,
    part_of,
    read_told,
    source_of,
)
from bot.courses.offers.fields import read_address, read_hours
from bot.courses.records import Course, Delivery, Kind, Support, Taught
from bot.people import Grant, Role, Teacher
from tests.courses.offers.filled import SKILLS, TODAY, WHOLE, locate, offer, told


def faults_of(**changes: str) -> list[str]:
    return [one.text for one in read_told({**WHOLE, **changes}, locate, SKILLS)[1]]


def missing_of(**changes: str) -> list[str]:
    return [one.text for one in missing(told(**changes), TODAY)]


def test_a_whole_form_is_read_as_it_was_meant() -> None:
    read = told()
    assert (read.kind, read.place, read.for_beginners) == (Kind.DROP_IN, Delivery.IN_PERSON, True)
    assert (read.start_date, read.end_date) == (date(2027, 1, 12), date(2027, 3, 30))
    assert (read.weekdays, read.start_time, read.end_time) == ((1,), time(10), time(12))
    assert read.postcode == "M14 5RX"
    assert read.point is not None
    assert read.support == {Support.STEP_FREE}
    assert read.teaches == (Taught("2.2", 1),)
    assert missing(read, TODAY) == ()


def test_what_was_told_survives_storage_and_the_form() -> None:
    read = told(price="amount", cost="£12.50", price_words="£5 on a low income")
    assert read.cost == Decimal("12.50")
    assert load_told(dump_told(read)) == read
    assert read_told(form_of(read), locate, SKILLS) == (read, ())


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("10 to 12", (time(10), time(12))),
        ("10am-noon", (time(10), time(12))),
        ("6.30pm", (time(18, 30), None)),
        ("2 - 4", (time(14), time(16))),
        ("11 till 1", (time(11), time(13))),
        ("6 to 8pm", (time(18), time(20))),
        ("10 to 2pm", (time(10), time(14))),
        ("18:30\u201320:00", (time(18, 30), time(20))),
        ("4pm to 3pm", None),
        ("soon", None),
        ("10 to 12 to 14", None),
        ("25:00", None),
    ],
)
def test_hours_are_read_as_people_write_them(
    typed: str, hours: tuple[time, time | None] | None
) -> None:
    assert read_hours(typed) == hours


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("tearoom.org/tea", "https://tearoom.org/tea"),
        ("https://tearoom.org", "https://tearoom.org"),
        ("javascript:alert(1)", ""),
        ("ask me", ""),
        ("https://me:secret@tearoom.org", ""),
    ],
)
def test_only_addresses_that_can_be_opened_are_taken(typed: str, address: str) -> None:
    assert read_address(typed) == address


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": "x" * 101}, "offers.fault.long"),
        ({"start_date": "31/2/2027"}, "offers.fault.start_date.unread"),
        ({"end_date": "2027-01-01"}, "offers.fault.end_date.before"),
        ({"start_time": "tea time"}, "offers.fault.start_time.unread"),
        ({"end_time": "9"}, "offers.fault.end_time.before"),
        ({"postcode": "Atlantis"}, "offers.fault.postcode.unknown"),
        ({"price": "amount", "cost": "a lot"}, "offers.fault.cost.unread"),
        ({"joining": "link", "link": "javascript:alert(1)"}, "offers.fault.link.unread"),
        ({"contact": "call me"}, "offers.fault.contact.unread"),
        ({"place": "the moon"}, "offers.fault.place.choose"),
    ],
)
def test_what_cannot_be_read_is_said_by_field(changes: dict[str, str], fault: str) -> None:
    assert faults_of(**changes) == [fault]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": ""}, "offers.fault.title.needed"),
        ({"summary": "Tea."}, "offers.fault.summary.needed"),
        ({"timing": ""}, "offers.fault.timing.needed"),
        ({"day.1": ""}, "offers.fault.days.needed"),
        ({"timing": "once", "start_date": ""}, "offers.fault.start_date.needed"),
        ({"timing": "once", "start_date": "2027-01-03"}, "offers.fault.start_date.past"),
        ({"start_date": "", "end_date": "2027-01-03"}, "offers.fault.end_date.past"),
        ({"place": ""}, "offers.fault.place.needed"),
        ({"venue": "", "address": ""}, "offers.fault.venue.needed"),
        ({"price": ""}, "offers.fault.price.needed"),
        ({"price": "amount"}, "offers.fault.cost.needed"),
        ({"joining": ""}, "offers.fault.joining.needed"),
        ({"joining": "link"}, "offers.fault.link.needed"),
        ({"joining": "contact", "contact": ""}, "offers.fault.contact.needed"),
    ],
)
def test_what_has_to_be_told_is_asked_for(changes: dict[str, str], fault: str) -> None:
    assert missing_of(**changes) == [fault]
    name = missing(told(**changes), TODAY)[0].name
    assert part_of(name) in ("title", "summary", "when", "where", "price", "join")


def test_hidden_text_and_markup_do_not_come_through() -> None:
    read = told(title="<b>Tea</b>\u202e and tablets", summary=f"{'<script>x</script>'}{'Tea ' * 9}")
    assert read.title == "Tea and tablets"
    assert "<" not in read.summary


def test_it_is_found_like_any_other_course() -> None:
    course = course_of(offer(), told())
    index = CourseIndex.build([course], now=TODAY)
    asked = SearchRequest(
        "help with my tablet", filters=Filters(free=True, weekdays=frozenset({1}))
    )
    assert [hit.course.id for hit in index.search(asked).hits] == ["teatablets"]
    assert load_course(dump_course(course)) == course
    assert course.is_walk_in
    assert course.support == {Support.STEP_FREE, Support.BEGINNERS}


@pytest.mark.parametrize("changes", [{"timing": "open"}, {"end_date": "", "start_date": ""}])
def test_what_has_no_end_is_never_past(changes: dict[str, str]) -> None:
    course = course_of(offer(), told(**changes))
    run = wording.next_instance(course, date(2029, 1, 1))
    assert run is not None
    assert wording.is_open(run, date(2029, 1, 1))
    assert wording.when(run, TODAY).id == "course.when.weekly_any"


def test_a_moved_date_is_the_same_run() -> None:
    before, after = course_of(offer(), told()), course_of(offer(), told(start_date="2027-02-02"))
    assert before.instances[0].id == after.instances[0].id


def test_a_course_without_later_fields_is_stored_as_it_always_was() -> None:
    body = dump_course(Course("x", "College", "Tea"))
    assert b"is_walk_in" not in body
    assert b"teaches" not in body
    assert b"teaches" in dump_course(Course("x", "College", "Tea", is_walk_in=True))


def test_only_what_changed_is_named() -> None:
    assert changed_parts(told(), told()) == ()
    assert changed_parts(told(), told(venue="Town hall", start_time="11")) == ("when", "where")
    assert "title" in changed_parts(None, told())


def test_staff_are_told_what_to_look_at() -> None:
    same = Course("other", "the tea room", "Tablets and tea", city="manchester")
    far = Course("far", "Somebody else", "Tablets at tea time", city="manchester")
    own = course_of(offer(), told())

    def found(**changes: str) -> list[str]:
        read = told(**changes)
        return [
            one.id for one in checks(read, TODAY, "The Tea Room", "teatablets", [same, far, own])
        ]

    assert found(title="Knitting") == []
    assert found() == ["offers.check.same"]
    assert found(title="Knitting", postcode="") == ["offers.check.place"]
    assert found(title="Knitting", price="ask") == ["offers.check.price"]
    assert found(title="Knitting", timing="once", start_date="2027-01-03") == ["offers.check.past"]
    assert found(title="Knitting", timing="later") == ["offers.check.dates"]


def test_every_part_is_said_in_words() -> None:
    said = lines_of(told(), TODAY)
    assert said["when"].id == "course.when.weekly_to"
    assert said["where"].values["rest"] == "2 Great Western Street, M14 5RX"
    assert said["level"].id == "offers.level.beginners"
    in_part = told(venue="Foxglove Hall", address="", postcode="moss side")
    assert "rest" not in lines_of(in_part, TODAY)["where"].values, "no part is said twice"
    assert lines_of(Told(), TODAY)["when"].id == "offers.nothing"


def test_nobody_reaches_the_offers_of_another_provider_or_city() -> None:
    mine = offer()

    def reached_by(*grants: Grant) -> bool:
        return mine.is_of(Teacher("ann", frozenset(grants)))

    assert reached_by(Grant(Role.PROVIDER, "manchester", "the  tea room"))
    assert reached_by(Grant(Role.EDITOR, "manchester"))
    assert not reached_by(Grant(Role.PROVIDER, "manchester", "Tea Rooms Ltd"))
    assert not reached_by(Grant(Role.PROVIDER, "derby", "The Tea Room"))
    assert not reached_by(Grant(Role.PROVIDER, "manchester"))
    assert not reached_by(Grant(Role.EDITOR, "derby"))
    assert not reached_by()


def test_no_import_has_the_name_of_an_offers_source() -> None:
    assert source_of("The  Tea Room") == "offers:the tea room"


def test_one_word_says_where_an_offer_stands() -> None:
    live = told()
    states = [
        offer().state,
        offer(stage=Stage.SENT).state,
        offer(stage=Stage.DRAFT, showing=Showing.PUBLISHED, live=live).state,
        offer(stage=Stage.NONE, showing=Showing.PUBLISHED, live=live, draft=None).state,
        offer(stage=Stage.NONE, showing=Showing.WITHDRAWN, live=live, draft=None).state,
    ]
    assert states == ["draft", "sent", "draft_change", "published", "withdrawn"]
