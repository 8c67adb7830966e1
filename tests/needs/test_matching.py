"""Matching: who is shown, in which order, with which reasons, and what is a gap."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.courses.phrases import Phrase
from bot.courses.records import CourseInstance, Delivery, Kind, Pattern, Point, Venue
from bot.needs import Fit, Matcher, Provision, Target
from bot.needs.levels import coverage, credit
from bot.needs.matching import read_across
from bot.needs.records import Answer, Match
from content.load import Content
from tests.needs.employers import HERE, TODAY, course, need, run, teaching

FAR = Point(53.48, -1.9)


def answer(*provisions: Provision, **changes: Any) -> Answer:
    return Matcher(provisions, TODAY).answer(need(**changes))


def only(found: Answer) -> Match:
    assert len(found.matches) == 1
    return found.matches[0]


def ids(phrases: tuple[Phrase, ...]) -> set[str]:
    return {phrase.id for phrase in phrases}


@pytest.mark.parametrize(
    ("now", "should", "level", "worth"),
    [
        (1, 2, 2, 1.0),
        (0, 2, 1, 0.6),
        (1, 2, 3, 0.5),
        (1, 2, 4, 0.06),
        (1, 2, 1, 0.1),
        (0, 3, 3, 0.6),
        (2, 2, 2, 0.0),
        (3, 2, 2, 0.0),
    ],
)
def test_what_a_course_is_worth_for_a_way(now: int, should: int, level: int, worth: float) -> None:
    assert credit(Target("1.3", now, should), level) == pytest.approx(worth)


@pytest.mark.parametrize(("level", "is_whole"), [(1, False), (2, True)])
def test_an_answer_is_whole_where_a_course_leads_as_far_as_needed(
    level: int, is_whole: bool
) -> None:
    found = answer(teaching(course(), c13=level), targets=(Target("1.3", 0, 2),))
    assert found.matches
    assert found.gap is None
    assert found.is_whole is is_whole


def test_an_answer_of_two_courses_is_whole_and_one_with_a_gap_is_not() -> None:
    targets = (Target("1.3", 0, 2), Target("2.1", 0, 2))
    one, other = teaching(course("a"), c13=2), teaching(course("b"), c21=2)
    assert answer(one, other, targets=targets).is_whole
    assert not answer(one, targets=targets).is_whole
    assert not Answer((), None).is_whole


def test_a_course_that_fits_is_shown_with_every_reason() -> None:
    match = only(answer(teaching(course(), c13=2)))
    assert match.is_adequate
    assert match.misfits == ()
    assert ids(match.reasons) >= {
        "needs.reason.leads_to",
        "needs.reason.near",
        "needs.reason.price",
        "needs.reason.room",
    }


def test_the_level_that_was_asked_for_comes_first() -> None:
    provisions = [teaching(course(f"c{level}"), c13=level) for level in (1, 2, 3, 4)]
    found = answer(*provisions)
    assert [match.course.id for match in found.matches] == ["c2", "c3"]


def test_more_of_what_was_asked_for_comes_first() -> None:
    targets = (Target("1.3", 1, 2), Target("3.2", 1, 2))
    both, one = teaching(course("z"), c13=2, c32=2), teaching(course("a"), c13=2)
    found = Matcher([one, both], TODAY).answer(need(*targets))
    assert [match.course.id for match in found.matches] == ["z", "a"]
    assert "needs.misfit.not_covered" in ids(found.matches[1].misfits)
    assert found.gap is None


@pytest.mark.parametrize(
    ("changes", "misfit"),
    [
        ({"cost": Decimal(70)}, "needs.misfit.price"),
        (
            {"cost": Decimal(70), "concessions": "Free without a job."},
            "needs.misfit.price_unless",
        ),
        ({"venue": Venue(point=FAR)}, "needs.misfit.far"),
        ({"patterns": frozenset({Pattern.DAYTIME})}, "needs.misfit.pattern.daytime"),
        ({"delivery": Delivery.ONLINE}, "needs.misfit.delivery.online"),
        ({"start_date": TODAY + timedelta(days=90)}, "needs.misfit.too_late"),
        ({"places": 2}, "needs.misfit.room"),
    ],
)
def test_what_does_not_fit_is_said_and_costs_rank(changes: dict[str, Any], misfit: str) -> None:
    asked = need(
        by=TODAY + timedelta(days=60),
        fit=Fit(
            city="manchester",
            point=HERE,
            max_price=Decimal(50),
            delivery=frozenset({Delivery.IN_PERSON}),
            patterns=frozenset({Pattern.EVENING}),
        ),
    )
    right, wrong = course("z"), course("a", run(**changes))
    found = Matcher([teaching(wrong, c13=2), teaching(right, c13=2)], TODAY).answer(asked)
    assert found.matches[0].course.id == "z"
    alone = Matcher([teaching(wrong, c13=2)], TODAY).answer(asked)
    nearest = alone.gap.nearest if alone.gap else None
    shown = alone.matches[0] if alone.matches else nearest
    assert shown is not None
    assert misfit in ids(shown.misfits)


@pytest.mark.parametrize(
    "closed",
    [
        run(start_date=TODAY - timedelta(days=1)),
        run(is_full=True),
        run(places_left=0),
        run(apply_by=TODAY - timedelta(days=1)),
    ],
)
def test_what_is_over_or_full_is_no_match(closed: CourseInstance) -> None:
    found = answer(teaching(course("a", closed), c13=2))
    assert found.matches == ()
    assert found.gap is not None
    assert found.gap.nearest is None
    assert ids(found.gap.why) == {"needs.gap.nothing"}


def test_the_run_that_suits_best_is_named() -> None:
    near, far = run(id="near"), run(id="far", venue=Venue(point=FAR))
    match = only(answer(teaching(course("a", far, near), c13=2)))
    assert match.instance is not None
    assert match.instance.id == "near"


def test_people_may_be_spread_over_runs() -> None:
    runs = (run(id="1", places_left=3), run(id="2", places_left=2))
    match = only(answer(teaching(course("a", *runs), c13=2)))
    assert "needs.misfit.room" not in ids(match.misfits)


@pytest.mark.parametrize(
    "changes",
    [
        {"city": "belfast"},
        {"kind": Kind.FAMILY},
        {"max_age": 16},
        {"min_age": 55},
    ],
)
def test_who_cannot_come_is_not_sent_there(changes: dict[str, Any]) -> None:
    assert answer(teaching(course("a", **changes), c13=2)).matches == ()


def test_a_course_for_the_whole_country_serves_every_city() -> None:
    online = run(delivery=Delivery.ONLINE, venue=None)
    far = course("a", online, city="belfast", national=True)
    assert only(answer(teaching(far, c13=2))).course.id == "a"


def test_a_certificate_that_is_asked_for_counts() -> None:
    wanted = Fit(city="manchester", certificate=True)
    with_it, without = course("z", qualification="Award"), course("a")
    found = answer(teaching(with_it, c13=2), teaching(without, c13=2), fit=wanted)
    assert [match.course.id for match in found.matches] == ["z", "a"]
    assert "needs.reason.certificate" in ids(found.matches[0].reasons)
    assert "needs.misfit.no_certificate" in ids(found.matches[1].misfits)


def test_a_course_in_another_language_does_not_fit() -> None:
    wanted = Fit(city="manchester", languages=frozenset({"cy"}))
    welsh, english = course("z", languages=("cy-GB",)), course("a", languages=("en",))
    found = answer(teaching(welsh, c13=2), teaching(english, c13=2), fit=wanted)
    assert [match.course.id for match in found.matches] == ["z", "a"]
    assert "needs.misfit.language" in ids(found.matches[1].misfits)


def test_unknown_is_not_held_against_a_course() -> None:
    silent = run(cost=None, places=None, patterns=frozenset(), start_date=None, venue=None)
    match = only(answer(teaching(course("a", silent), c13=2)))
    assert match.misfits == ()
    assert "needs.reason.price_to_ask" in ids(match.reasons)


def test_words_choose_among_courses_of_one_competence() -> None:
    excel = course("z", title="Excel for the office")
    photos = course("a", title="Sort your photos")
    words = "spreadsheets for the office"
    found = answer(teaching(excel, c13=2), teaching(photos, c13=2), words=words)
    assert only(found).course.id == "z"


def test_words_that_no_course_has_say_nothing() -> None:
    match = only(answer(teaching(course("a"), c13=2), words="qwertz uiop"))
    assert match.is_adequate


def test_a_gap_names_the_nearest_thing_and_why() -> None:
    found = answer(teaching(course("a"), c13=1))
    assert found.matches == ()
    assert found.gap is not None
    assert found.gap.nearest is not None
    assert found.gap.nearest.course.id == "a"
    assert not found.gap.nearest.is_adequate
    assert "needs.misfit.level_known" in ids(found.gap.why)


def test_what_matches_leave_open_is_a_gap_of_its_own() -> None:
    targets = (Target("1.3", 1, 2), Target("3.3", 0, 2))
    found = Matcher([teaching(course("a"), c13=2)], TODAY).answer(need(*targets))
    assert [match.course.id for match in found.matches] == ["a"]
    assert found.gap is not None
    assert [target.competence for target in found.gap.targets] == ["3.3"]
    assert found.gap.nearest is None


def test_a_need_that_is_met_asks_for_nothing() -> None:
    found = Matcher([teaching(course("a"), c13=2)], TODAY).answer(need(Target("1.3", 2, 2)))
    assert found == Answer((), None)


def test_no_provision_at_all_is_a_gap() -> None:
    found = Matcher([], TODAY).answer(need())
    assert found.matches == ()
    assert found.gap is not None
    assert found.gap.targets == (Target("1.3", 1, 2),)


def test_targets_are_read_across_frameworks(shipped: Content) -> None:
    targets = [Target("data.analyse", 1, 3, "sectors-draft"), Target("1.3", 1, 2)]
    found = read_across(targets, shipped.frameworks)
    assert found == (Target("1.3", 1, 3), Target("5.3", 1, 3))


def test_a_framework_that_nobody_knows_is_no_error() -> None:
    odd = Target("x.1", 0, 2, "nowhere")
    found = Matcher([teaching(course("a"), c13=2)], TODAY).answer(need(odd))
    assert found.matches == ()
    assert found.gap is not None


def test_every_phrase_has_words(shipped: Content) -> None:
    chance = random.Random(3)
    provisions = [_any_provision(chance, str(number)) for number in range(60)]
    matcher = Matcher(provisions, TODAY, shipped.frameworks)
    for _ in range(60):
        found = matcher.answer(_any_need(chance))
        nearest = (found.gap.nearest,) if found.gap and found.gap.nearest else ()
        for match in (*found.matches, *nearest):
            for phrase in (*match.reasons, *match.misfits):
                assert phrase.id in shipped.texts
                needed = shipped.texts[phrase.id].names
                assert needed <= phrase.values.keys() | {"count"}
        for phrase in found.gap.why if found.gap else ():
            assert phrase.id in shipped.texts


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_the_best_three_are_the_best_of_all(seed: int) -> None:
    """Leaving courses out unjudged changes nothing; nor does the order of the provision."""
    chance = random.Random(seed)
    provisions = [_any_provision(chance, f"{number:02}") for number in range(chance.randint(0, 25))]
    asked = _any_need(chance)
    found = Matcher(provisions, TODAY).answer(asked)
    every = Matcher(provisions, TODAY).answer(asked, limit=1_000)
    assert [one.course.id for one in found.matches] == [one.course.id for one in every.matches[:3]]
    scores = [one.score for one in every.matches]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= one.score <= 1 and 0 <= one.coverage <= 1 for one in every.matches)
    tags = {one.course.id: {tag.competence: tag.level for tag in one.tags} for one in provisions}
    for one in every.matches:
        assert one.coverage == pytest.approx(coverage(asked.targets, tags[one.course.id]))
    shuffled = list(provisions)
    chance.shuffle(shuffled)
    assert Matcher(shuffled, TODAY).answer(asked) == found


def _any_provision(chance: random.Random, key: str) -> Provision:
    one = course(
        key,
        *(_any_run(chance, str(at)) for at in range(chance.randint(0, 3))),
        kind=chance.choice(list(Kind)),
        city=chance.choice(["manchester", "belfast", ""]),
        national=chance.random() < 0.3,
        title=chance.choice(["Excel", "Emails that work", "Safe online", "Photos"]),
        qualification=chance.choice(["", "Award"]),
        languages=chance.choice([(), ("en",)]),
    )
    codes = chance.sample(["c11", "c13", "c21", "c42"], chance.randint(0, 3))
    return teaching(one, **{code: chance.randint(1, 4) for code in codes})


def _any_run(chance: random.Random, key: str) -> CourseInstance:
    return run(
        id=key,
        start_date=chance.choice([None, TODAY, date(2026, 1, 1), date(2027, 6, 1)]),
        delivery=chance.choice([None, *Delivery]),
        patterns=frozenset(chance.sample(list(Pattern), chance.randint(0, 2))),
        cost=chance.choice([None, Decimal(0), Decimal(60), Decimal(900)]),
        places=chance.choice([None, 1, 30]),
        concessions=chance.choice(["", "Free for carers."]),
        venue=chance.choice([None, Venue(point=HERE), Venue(point=FAR)]),
    )


def _any_need(chance: random.Random) -> Any:
    codes = chance.sample(["1.1", "1.3", "2.1", "4.2", "4.4"], chance.randint(0, 4))
    targets = [Target(code, chance.randint(0, 3), chance.randint(0, 4)) for code in codes]
    asked = need(
        words=chance.choice(["", "excel", "scam emails", "🙂"]),
        people=chance.choice([1, 5, 500]),
        by=chance.choice([None, TODAY]),
        fit=Fit(
            city=chance.choice(["manchester", ""]),
            point=chance.choice([None, HERE]),
            delivery=frozenset(chance.sample(list(Delivery), chance.randint(0, 2))),
            in_work_time=chance.random() < 0.5,
            max_price=chance.choice([None, Decimal(0), Decimal(50)]),
            languages=chance.choice([frozenset(), frozenset({"cy"})]),
            certificate=chance.random() < 0.3,
        ),
    )
    return replace(asked, targets=tuple(targets))
