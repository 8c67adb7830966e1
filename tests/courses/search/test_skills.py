"""Searching by what courses teach."""

from __future__ import annotations

from bot.courses import CourseIndex, Filters, Point, SearchRequest, Skills
from bot.courses.search.skills import is_skill
from tests.courses.search.catalogue import COURSES, TODAY, index

LEVELS = {
    COURSES[0].id: (("1.3", 1), ("3.1", 2)),
    COURSES[1].id: (("1.3", 2),),
    COURSES[2].id: (("3.1", 2),),
    "unknown": (("1.3", 4),),
}
FIRST, SECOND, THIRD = (course.id for course in COURSES[:3])


def built() -> CourseIndex:
    skills = Skills(LEVELS, {"1.3": "digcomp3", "3.1": "digcomp3"})
    return CourseIndex.build(COURSES, TODAY, skills=skills)


def found(*skills: str, text: str = "", **filters: object) -> list[str]:
    wanted = Filters(skills=frozenset(skills), **filters)  # type: ignore[arg-type]
    result = built().search(SearchRequest(text, wanted, limit=50))
    return sorted(hit.course.id for hit in result.hits)


def test_a_skill_finds_the_courses_that_teach_it_and_a_level_those_that_reach_it() -> None:
    assert found("1.3") == sorted([FIRST, SECOND])
    assert found("1.3:2") == [SECOND]
    assert found("1.3:2", "3.1") == sorted([FIRST, SECOND, THIRD])
    assert found("9.9") == []


def test_a_skill_and_words_are_both_asked() -> None:
    title = COURSES[0].title
    assert found("1.3", text=title) == [FIRST]


def test_what_was_understood_names_the_skill_and_a_press_takes_it_away() -> None:
    request = SearchRequest(filters=Filters(skills=frozenset({"1.3:2", "x.y"})))
    result = built().search(request)
    chips = {chip.id: chip for chip in result.understood.chips}
    assert set(chips) == {"skills:1.3:2", "skills:x.y"}
    phrase = chips["skills:1.3:2"].phrase
    assert (phrase.id, phrase.values["skill"].id) == (
        "search.chip.skill_level",
        "framework.digcomp3.skill.1.3.button",
    )
    assert chips["skills:x.y"].phrase.values == {"code": "x.y"}
    assert request.without("skills:1.3:2").filters.skills == {"x.y"}
    assert SearchRequest.from_json(request.to_json()) == request


def test_where_other_filters_fit_nothing_only_courses_with_the_skill_are_near() -> None:
    wanted = Filters(skills=frozenset({"1.3"}), point=Point(10.0, 10.0), place="far away")
    result = built().search(SearchRequest(filters=wanted))
    assert result.hits == ()
    assert {hit.course.id for hit in result.alternatives} == {FIRST, SECOND}
    assert [chip.id for chip in result.relaxed] == ["place"]


def test_the_index_tells_who_teaches_a_competence_and_to_what_level() -> None:
    assert built().teaching("1.3") == {FIRST: 1, SECOND: 2}
    assert built().teaching("9.9") == {}
    assert index().teaching("1.3") == {}


def test_courses_are_judged_in_the_order_asked_and_unknown_ones_left_out() -> None:
    everything = [course.id for course in COURSES]
    hits = built().judge(SearchRequest(), [*reversed(everything), "unknown"])
    assert [hit.course.id for hit in hits] == list(reversed(everything))
    assert all(hit.misses == () for hit in hits)
    free = built().judge(SearchRequest(filters=Filters(free=True)), everything)
    for hit in free:
        costs = [run.cost for run in hit.course.instances]
        assert (hit.misses == ()) == (0 in costs)


def test_a_skill_is_a_code_with_or_without_a_level() -> None:
    assert all(is_skill(one) for one in ("1.3", "1.3:4", "data.prepare", "data.prepare:1"))
    assert not any(is_skill(one) for one in ("", "1", "1.3:0", "1.3:5", "1.3:", "a b.c", "x" * 61))


def test_some_courses_are_searched_as_they_would_be_among_all() -> None:
    everything = [course.id for course in COURSES]
    for text in ("excel", "excel evening", "look after old people", "", "falconry"):
        asked = SearchRequest(text, limit=50)
        shown = [hit.course.id for hit in index().search(asked).hits]
        assert [hit.course.id for hit in index().among(asked, everything)] == shown, text
        for one in everything:
            found = [hit.course.id for hit in index().among(asked, [one, "unknown"])]
            assert found == [one] * (one in shown), (text, one)
    assert index().among(SearchRequest("excel"), []) == ()
