"""Whose word counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.courses.records import Course
from bot.skills.tagging import Correction, Origin, Tag, infer_tags, settle_tags, tags_of

EXCEL = Course("c", "p", "Excel and Python")

CODES = st.sampled_from(["1.1", "1.3", "3.4", "4.2"])
LEVELS = st.integers(1, 4)
INFERRED = st.lists(st.builds(Tag, CODES, LEVELS), max_size=5)
GIVEN = st.lists(st.tuples(CODES, LEVELS), max_size=4)
CORRECTIONS = st.lists(st.builds(Correction, CODES, st.none() | LEVELS), max_size=5)


def test_what_nobody_said_is_inferred() -> None:
    assert tags_of(EXCEL) == infer_tags(EXCEL)
    assert all(tag.is_inferred for tag in tags_of(EXCEL))


def test_a_provider_who_names_some_has_named_all() -> None:
    assert tags_of(EXCEL, [("5.2", 4)]) == (Tag("5.2", 4, False, (), Origin.PROVIDER),)


def test_staff_add_change_and_take_away() -> None:
    corrections = [Correction("3.4", None), Correction("1.3", 4), Correction("2.1", 1)]
    assert tags_of(EXCEL, corrections=corrections) == (
        Tag("1.3", 4, False, (), Origin.STAFF),
        Tag("2.1", 1, False, (), Origin.STAFF),
    )


def test_staff_win_over_the_provider_for_what_they_corrected() -> None:
    found = tags_of(EXCEL, [("1.3", 2), ("3.4", 2)], [Correction("3.4", 3)])
    assert [(tag.competence, tag.level, tag.origin) for tag in found] == [
        ("1.3", 2, Origin.PROVIDER),
        ("3.4", 3, Origin.STAFF),
    ]


@given(INFERRED, GIVEN, CORRECTIONS)
def test_corrections_win_whatever_else_is_said(
    inferred: list[Tag], named: list[tuple[str, int]], corrections: list[Correction]
) -> None:
    tags = {tag.competence: tag for tag in settle_tags(inferred, named, corrections)}
    last = {correction.competence: correction.level for correction in corrections}
    for code, level in last.items():
        assert (tags[code].level if code in tags else None) == level
    untouched = {code: tag for code, tag in tags.items() if code not in last}
    assert all(tag.origin is not Origin.STAFF for tag in untouched.values())
    if named:
        assert not any(tag.is_inferred for tag in tags.values())


@given(INFERRED, GIVEN, CORRECTIONS)
def test_each_competence_has_one_tag_in_the_order_of_codes(
    inferred: list[Tag], named: list[tuple[str, int]], corrections: list[Correction]
) -> None:
    found = [tag.competence for tag in settle_tags(inferred, named, corrections)]
    assert found == sorted(set(found))
