"""Which words of a request are its subject: rules that hold for any subject."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

import pytest

from bot.courses import Course, CourseIndex, CourseInstance, Kind, Pattern, SearchRequest
from bot.courses.records import Level

TODAY = date(2026, 11, 21)
TITLES = (
    "Plumbing Studies Level 2", "Housing Practice", "Painting and Decorating", "Retail Skills",
    "Childminding Awareness", "Emergency First Aid at Work", "First Aid for Parents",
    "Pet First Aid", "Dementia Awareness", "Pottery for Beginners", "Driver CPC Level 1",
    "Large Goods Vehicle Driving", "ESOL Entry 1", "Community Interpreting", "Arabic for Beginners",
    "Spanish Improvers", "Knitting Circle", "Selling Crafts Online", "Spreadsheets Made Easy",
    "Microsoft Excel",
    "Team Leading Level 2", "Event Planning", "CompTIA A+", "Career Planning", "Cake Decorating",
    "Sales Techniques", "Women in History", "Guitar for All", "Reading Old Handwriting",
    "Bee Keeping Theory", "Beekeeping Level 1", "Local History", "Badminton", "Yoga",
)  # fmt: skip


def index_of(titles: Sequence[str]) -> CourseIndex:
    courses = [Course(str(n), f"provider {n % 5}", title) for n, title in enumerate(titles)]
    return CourseIndex.build(courses, TODAY)


INDEX = index_of(TITLES)


def best(text: str, index: CourseIndex = INDEX) -> str:
    hits = index.search(SearchRequest(text)).hits
    return hits[0].course.title if hits else ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("my sister says I should go back to college, maybe plumbing", "Plumbing Studies Level 2"),
        ("I am fifty and have forgotten how to, but guitar it is", "Guitar for All"),
        ("since my husband left there is nobody who does pottery with me", "Pottery for Beginners"),
    ],
)  # fmt: skip
def test_a_long_sentence_does_not_drown_its_subject(text: str, title: str) -> None:
    assert best(text) == title


def test_what_is_said_by_the_way_is_not_the_subject() -> None:
    assert best("paint and wallpaper my house") == "Painting and Decorating"
    assert best("teach an old man to play guitar") == "Guitar for All"


def test_what_something_is_for_counts_less_than_the_thing() -> None:
    assert best("cake decorating for sales") == "Cake Decorating"


def test_a_phrase_is_known_with_other_words_between_its_own() -> None:
    assert best("look after other peoples children in my own house") == "Childminding Awareness"


def test_a_word_that_is_left_out_stays_beside_the_word_it_belongs_to() -> None:
    hits = INDEX.search(SearchRequest("first aid")).hits
    assert {"Emergency First Aid at Work", "First Aid for Parents"} <= {
        h.course.title for h in hits
    }


def test_words_of_titles_find_their_neighbours_after_themselves() -> None:
    hits = [hit.course.title for hit in INDEX.search(SearchRequest("excel")).hits]
    assert hits[:2] == ["Microsoft Excel", "Spreadsheets Made Easy"]


def test_a_word_is_found_written_as_two() -> None:
    hits = [hit.course.title for hit in INDEX.search(SearchRequest("beekeeping")).hits]
    assert set(hits) == {"Beekeeping Level 1", "Bee Keeping Theory"}


def test_a_number_alone_is_not_a_subject() -> None:
    assert best("hgv licence class 1") == "Large Goods Vehicle Driving"


def test_the_language_that_somebody_speaks_is_not_the_one_to_learn() -> None:
    assert best("work as interpreter, I speak arabic") == "Community Interpreting"
    assert best("I want to speak arabic") == "Arabic for Beginners"


def test_capitals_tell_it_from_it() -> None:
    assert "information technology" in INDEX.understand("a career in IT").subject
    assert INDEX.understand("I WANT IT NOW").subject == ""


def test_events_beside_a_subject_belong_to_it() -> None:
    asked = INDEX.understand("run events and parties for a living")
    assert not asked.filters.kinds
    assert best("run events and parties for a living") == "Event Planning"
    assert INDEX.understand("events").filters.kinds == {Kind.EVENT}


def test_everyday_words_are_never_taken_for_slips() -> None:
    for word in ("tenner", "skint", "retrain", "etsy", "newborn"):
        assert not INDEX.search(SearchRequest(f"yoga {word}")).corrections


def test_a_word_typed_in_part_with_a_slip_is_found() -> None:
    assert best("badmmin") == "Badminton"


def test_a_price_or_free_means_up_to_that_price() -> None:
    run = CourseInstance(cost=Decimal(8))
    index = CourseIndex.build([Course("1", "p", "Yoga", instances=(run,))], TODAY)
    filters = index.understand("yoga under a tenner or free").filters
    assert filters.max_price == Decimal(10)
    assert not filters.free


def test_before_a_day_means_from_now_until_it() -> None:
    runs = [CourseInstance(start_date=date(2026, month, 1)) for month in (10, 12)]
    courses = [Course(str(n), "p", "Yoga", instances=(run,)) for n, run in enumerate(runs)]
    hits = CourseIndex.build(courses, TODAY).search(SearchRequest("yoga before christmas")).hits
    assert [hit.course.id for hit in hits] == ["1"]


def test_the_title_with_every_typed_word_comes_first() -> None:
    index = index_of(
        ["Asbestos Awareness Update", "Asbestos in Buildings", "Working with Asbestos"]
    )
    assert best("in asbestos", index) == "Asbestos in Buildings"


def test_a_title_typed_whole_comes_first_even_where_it_is_full() -> None:
    full = CourseInstance(is_full=True)
    open_run = CourseInstance(start_date=date(2027, 1, 5), start_time=time(18))
    courses = [
        Course("full", "p", "Creative Writing for Beginners", instances=(full,)),
        Course("open", "q", "Creative Writing for Improvers", instances=(open_run,)),
    ]
    index = CourseIndex.build(courses, TODAY)
    hits = index.search(SearchRequest("creative writing for beginners")).hits
    assert hits[0].course.id == "full"
    assert index.search(SearchRequest("creative writing")).hits[0].course.id == "open"


def test_a_demand_that_no_course_can_answer_leaves_the_subject() -> None:
    found = INDEX.search(SearchRequest("pottery evenings"))
    assert [hit.course.title for hit in found.hits] == ["Pottery for Beginners"]
    assert [chip.id for chip in found.understood.unanswerable] == [f"patterns:{Pattern.EVENING}"]


@pytest.mark.parametrize("text", ["hello", "ok thanks", "my name is Sara", "yes please", "07123"])
def test_talk_names_no_subject(text: str) -> None:
    assert not INDEX.names_subject(text)


@pytest.mark.parametrize("text", ["excel", "dementia", "potery", "my mum has dementia", "plumber"])
def test_a_wish_names_a_subject(text: str) -> None:
    assert INDEX.names_subject(text)


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("yoga after 6", time(18), None),
        ("yoga after 6 on a weekday", time(18), None),
        ("yoga 10 till 2", time(10), time(14)),
        ("yoga between 9.30 and 2.30pm", time(9, 30), time(14, 30)),
        ("yoga after 2 weeks", None, None),
        ("nine to five, 9 to 5", None, None),
    ],
)
def test_bare_hours_are_read(text: str, after: time | None, before: time | None) -> None:
    run = CourseInstance(start_time=time(18))
    index = CourseIndex.build([Course("1", "p", "Yoga", instances=(run,))], TODAY)
    filters = index.understand(text).filters
    assert (filters.after, filters.before) == (after, before)


def test_an_nvq_number_is_a_level() -> None:
    courses = [
        Course(str(n), "p", f"Hairdressing NVQ {n}", level=Level(f"level-{n}")) for n in (1, 2, 3)
    ]
    index = CourseIndex.build(courses, TODAY)
    hits = index.search(SearchRequest("nvq 2 hairdressing")).hits
    assert [hit.course.title for hit in hits] == ["Hairdressing NVQ 2"]


def test_where_few_meet_a_filter_lesser_answers_that_meet_it_follow() -> None:
    evening = (CourseInstance(patterns=frozenset({Pattern.EVENING})),)
    courses = [
        Course("1", "p", "Carpentry", instances=evening),
        Course("2", "q", "Wood Finishing", description="After carpentry.", instances=evening),
        Course("3", "r", "Carpentry at Noon", instances=(CourseInstance(),)),
    ]  # fmt: skip
    hits = CourseIndex.build(courses, TODAY).search(SearchRequest("carpentry evening")).hits
    assert [hit.course.id for hit in hits] == ["1", "2"]
