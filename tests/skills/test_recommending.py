"""From a skill to courses: the next level up, where and when it suits."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.courses import Course, CourseInstance, Delivery, Hit, Kind
from bot.skills.recommending import Aim, Offer, Sort, State, aim_for, recommend
from bot.skills.results import Standing

TODAY = date(2026, 11, 23)
FREE, TEN = Decimal(0), Decimal(10)


def standing(level: int, *led_by: str) -> Standing:
    return Standing("1.3", level, level, level, 0.8, led_by)


def offer(
    id_: str,
    level: int = 2,
    *,
    km: float | None = None,
    days: int = 14,
    misses: tuple[str, ...] = (),
    is_past: bool = False,
    is_full: bool = False,
    kind: Kind = Kind.COURSE,
    provider: str = "",
    **run: Any,
) -> Offer:
    standard: dict[str, Any] = {
        "id": "1",
        "start_date": TODAY + timedelta(days),
        "delivery": Delivery.IN_PERSON,
    }
    instance = CourseInstance(**(standard | run))
    course = Course(id_, provider or id_, f"Course {id_}", kind=kind, instances=(instance,))
    return Offer(Hit(course, instance, 0.5, (), km, is_past, is_full, misses), level)


def alone(id_: str, level: int = 2, **values: Any) -> Offer:
    return offer(
        id_, level, kind=Kind.SELF_PACED, delivery=Delivery.ONLINE, cost=FREE, start_date=None,
        is_flexible_start=True, **values,
    )  # fmt: skip


def picked(offers: list[Offer], aim: Aim | None = None) -> list[str]:
    advice = recommend(offers, aim or aim_for("1.3", standing(1)), today=TODAY)
    return [pick.offer.course.id for pick in advice.picks]


def whys(offers: list[Offer], aim: Aim) -> list[list[str]]:
    advice = recommend(offers, aim, today=TODAY)
    return [[reason.id for reason in pick.why] for pick in advice.picks]


def test_the_aim_is_one_level_above_where_somebody_stands() -> None:
    assert [aim_for("1.3", standing(held)).level for held in range(4)] == [1, 2, 3, 4]
    assert aim_for("1.3").level == 1
    assert aim_for("1.3", level=3).level == 3
    assert aim_for("1.3", standing(0), level=3).level == 1
    assert aim_for("1.3", standing(0), level=3).furthest == 3
    assert aim_for("1.3", standing(4)).is_held
    assert not aim_for("1.3", standing(3)).is_held


def test_the_reason_is_what_somebody_said() -> None:
    told = standing(1, "1.3.2a")
    assert aim_for("1.3", told, said={2: 1}).because.id == "steps.because.with_help"
    assert aim_for("1.3", told, said={2: 0}).because.id == "steps.because.not_yet"
    assert aim_for("1.3", told, said={1: 3}).because.id == "steps.because.next"
    assert aim_for("1.3", standing(1)).because.id == "steps.because.estimated"
    assert aim_for("1.3").because.id == "steps.because.chosen"


def test_a_level_in_doubt_that_needs_help_comes_before_the_one_above_it() -> None:
    doubtful = Standing("1.3", 2, 1, 2, 0.8, ("1.3.2a",))
    assert aim_for("1.3", doubtful, said={2: 1}).level == 2
    assert aim_for("1.3", doubtful, said={2: 1}).because.id == "steps.because.with_help"
    assert aim_for("1.3", doubtful, said={2: 2}).level == 3
    assert aim_for("1.3", doubtful).level == 3
    assert aim_for("1.3", standing(2, "1.3.2a"), said={2: 1}).level == 3
    assert aim_for("1.3", doubtful, said={2: 1}, reached=2).level == 3
    top = Standing("1.3", 4, 3, 4, 0.8, ("1.3.4a",))
    assert not aim_for("1.3", top, said={4: 1}).is_held


def test_the_next_level_comes_before_a_larger_step_and_nothing_held_is_offered() -> None:
    offers = [offer("a", 4), offer("b", 3), offer("c", 2, km=12.0), offer("d", 1)]
    assert picked(offers) == ["c", "b"]
    aim = aim_for("1.3", standing(1, "1.3.2a"), said={2: 1})
    assert whys(offers, aim) == [["steps.because.with_help"], ["steps.why.further"]]


def test_learning_with_others_comes_before_learning_alone() -> None:
    assert picked([alone("home"), offer("far", km=20.0, cost=TEN, days=60)]) == ["far", "home"]


def test_near_free_and_soon_ones_come_first() -> None:
    near, far = offer("z", km=0.5), offer("a", km=15.0)
    assert picked([far, near]) == ["z", "a"]
    paid, free = offer("a", cost=TEN), offer("z", cost=FREE)
    assert picked([paid, free]) == ["z", "a"]
    later, sooner = offer("a", days=60), offer("z", days=7)
    assert picked([later, sooner]) == ["z", "a"]
    begun, coming = offer("a", days=-7), offer("z", days=30)
    assert picked([begun, coming]) == ["z", "a"]
    assert "steps.why.near" in whys([near], aim_for("1.3", standing(1)))[0]


def test_formal_informal_and_at_work_are_mixed_where_they_are_about_as_good() -> None:
    offers = [
        offer("a1", km=1.0, provider="A"),
        offer("a2", km=1.2, provider="A"),
        offer("b", km=1.4, provider="B"),
        offer("drop-in", km=3.0, kind=Kind.DROP_IN),
        offer("work", km=4.0, kind=Kind.IN_WORK),
        offer("far", km=30.0, kind=Kind.VOLUNTEERING),
    ]
    assert picked(offers) == ["a1", "drop-in", "work"]
    assert picked(offers[:3]) == ["a1", "b", "a2"]
    assert picked([offers[0], offers[1], offers[5]]) == ["a1", "a2", "far"]


def test_the_same_title_is_not_shown_twice_where_there_is_another() -> None:
    def named(id_: str, title: str) -> Offer:
        one = offer(id_, km=1.0)
        return replace(one, hit=replace(one.hit, course=replace(one.course, title=title)))

    same = [named("a", "Word"), named("b", "word"), named("c", "Excel"), named("d", "Zoom")]
    assert picked(same) == ["c", "a", "d"]


def test_what_nobody_can_join_is_never_recommended() -> None:
    gone = [offer("past", is_past=True), offer("full", is_full=True)]
    assert recommend(gone, aim_for("1.3"), today=TODAY).state is State.NONE
    assert picked([*gone, offer("open", km=40.0)]) == ["open"]


def test_where_nothing_local_fits_there_is_something_free_at_home() -> None:
    offers = [
        offer("far", misses=("place",)),
        alone("home", misses=("place", "patterns:evening")),
        alone("english", misses=("place", "languages:ur")),
    ]
    advice = recommend(offers, aim_for("1.3", standing(1)), today=TODAY)
    assert (advice.state, advice.is_unmet) == (State.ONLINE, True)
    assert [pick.offer.course.id for pick in advice.picks] == ["home"]
    assert advice.picks[0].why[-1].id == "steps.why.any_time"
    assert advice.missed == frozenset()


def test_one_local_course_is_kept_company_by_something_at_home() -> None:
    offers = [offer("local", km=1.0), alone("home", misses=("place",))]
    advice = recommend(offers, aim_for("1.3", standing(1)), today=TODAY)
    assert (advice.state, advice.is_unmet) == (State.FITS, False)
    assert [pick.offer.course.id for pick in advice.picks] == ["local", "home"]


def test_else_the_nearest_thing_and_what_it_misses() -> None:
    offers = [
        offer("two", misses=("place", "patterns:evening")),
        offer("dear", misses=("free",)),
        offer("far", misses=("place",), km=9.0),
    ]
    advice = recommend(offers, aim_for("1.3", standing(1)), today=TODAY)
    assert (advice.state, advice.is_unmet) == (State.NEAR, True)
    assert [pick.offer.course.id for pick in advice.picks] == ["far", "dear", "two"]
    assert advice.missed == {"place", "free", "patterns:evening"}


def test_nothing_at_all_and_nothing_above() -> None:
    assert recommend([], aim_for("1.3"), today=TODAY).state is State.NONE
    held = recommend([offer("a", 4)], aim_for("1.3", standing(4)), today=TODAY)
    assert (held.state, held.picks, held.is_unmet) == (State.HELD, (), False)


def test_learning_at_work_is_told_by_where_it_happens_too() -> None:
    assert offer("a", delivery=Delivery.WORK).sort is Sort.AT_WORK
    assert offer("a", kind=Kind.HERITAGE).sort is Sort.INFORMAL
    assert alone("a").sort is Sort.ALONE
    assert replace(alone("a"), hit=replace(alone("a").hit, instance=None)).sort is Sort.ALONE


KINDS = st.sampled_from(list(Kind))
MISSES = st.sampled_from(["place", "free", "patterns:evening", "languages:ur"])
OFFERS = st.lists(
    st.builds(
        offer,
        st.uuids().map(str),
        st.integers(1, 4),
        km=st.none() | st.floats(0, 50),
        days=st.integers(-30, 90),
        misses=st.frozensets(MISSES, max_size=2).map(tuple).map(sorted).map(tuple),
        is_past=st.booleans(),
        is_full=st.booleans(),
        kind=KINDS,
        provider=st.sampled_from(["", "A", "B"]),
        cost=st.sampled_from([None, FREE, TEN]),
        delivery=st.none() | st.sampled_from(list(Delivery)),
        is_flexible_start=st.booleans(),
    ),
    max_size=14,
)
AIMS = st.builds(
    aim_for, st.just("1.3"), st.none() | st.integers(0, 4).map(standing), st.integers(0, 4)
)


@given(OFFERS, AIMS)
@settings(max_examples=150, deadline=None)
def test_advice_keeps_its_promises(offers: list[Offer], aim: Aim) -> None:
    advice = recommend(offers, aim, today=TODAY)
    shown = [pick.offer for pick in advice.picks]

    assert len(shown) <= 3
    assert len({one.course.id for one in shown}) == len(shown)
    assert all(aim.held < one.level <= aim.furthest for one in shown)
    assert not any(one.hit.is_past or one.hit.is_full for one in shown)
    assert all(pick.why for pick in advice.picks)
    assert bool(shown) == (advice.state in (State.FITS, State.ONLINE, State.NEAR))
    if advice.state is State.FITS:
        assert shown[0].hit.misses == ()
        assert shown[0].level == min(
            (one.level for one in offers if _fits(one, aim)),
            key=lambda level: (abs(level - aim.level), level > aim.level),
        )
    else:
        assert not any(_fits(one, aim) for one in offers)


def _fits(one: Offer, aim: Aim) -> bool:
    is_open = not (one.hit.is_past or one.hit.is_full)
    return (
        not aim.is_held
        and aim.held < one.level <= aim.furthest
        and is_open
        and not (one.hit.misses)
    )


@given(OFFERS, AIMS, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_offers_changes_nothing(
    offers: list[Offer], aim: Aim, shuffler: random.Random
) -> None:
    mixed_up = list(offers)
    shuffler.shuffle(mixed_up)
    assert recommend(mixed_up, aim, today=TODAY) == recommend(offers, aim, today=TODAY)
