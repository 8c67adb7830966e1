"""What an organisation needs, at a glance and page by page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.needs import Answer, Gap, Need, Organisation, Target
from bot.needs.grids import map_pages
from bot.needs.groups import Group, column_of, group_of
from bot.needs.merging import Merged, Voice, merge
from bot.needs.overview import Overview
from bot.pictures import Look, draw_needs
from content.load import Content
from tests.needs.employers import need

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def voice(
    person: str, code: str, now: int, should: int, column: str = "", people: int = 3
) -> Voice:
    return Voice(person, column, Target(code, now, should), people)


def seen(*voices: Voice, answers: tuple[tuple[Need, Answer], ...] = ()) -> Overview:
    people = len({one.person for one in voices})
    organisation = Organisation("o", "Bright Homes", "manchester")
    return Overview(organisation, people, AT, merge(voices), answers)


def test_groups_are_read_from_columns() -> None:
    for group in (Group("", ""), Group("Nights", ""), Group("", "driver"), Group("a", "b")):
        assert group_of(column_of(group.team, group.role)) == group


def test_what_nobody_needs_is_not_on_the_map() -> None:
    found = seen(voice("a", "1.3", 2, 2), voice("a", "2.1", 0, 1))
    assert found.map.rows == (("digcomp3", "2.1"),)


def test_who_sees_no_need_does_not_agree_either() -> None:
    found = seen(voice("a", "1.3", 2, 2), voice("b", "1.3", 2, 3))
    assert len(found.disputed) == 1
    assert found.map.rows == (("digcomp3", "1.3"),)


def test_how_many_people_differ_is_told_too() -> None:
    found = seen(voice("a", "1.3", 1, 2, people=3), voice("b", "1.3", 1, 2, people=9))
    assert [one.heads is not None for one in found.disputed] == [True]


def test_people_of_roles_are_added_up_and_not_counted_twice() -> None:
    found = seen(
        voice("a", "1.3", 0, 2, column_of("Nights", "driver"), 4),
        voice("a", "2.1", 0, 2, column_of("Nights", "driver"), 6),
        voice("a", "1.3", 0, 2, column_of("Nights", "cook"), 5),
        voice("a", "4.2", 0, 2, column_of("Nights"), 11),
        voice("a", "4.2", 0, 2, column_of("Days"), 7),
    )
    assert found.people == 6 + 5 + 7


def test_gaps_are_what_no_course_answers() -> None:
    gap = Gap("n", (Target("1.3", 1, 2),), None, ())
    pairs = ((need(), Answer((), gap)), (need(), Answer((), None)))
    assert [one for one, _ in seen(answers=pairs).gaps] == [pairs[0][0]]


class TestPages:
    def test_a_cell_is_told_by_number_and_in_words(self, shipped: Content) -> None:
        found = seen(voice("a", "1.3", 0, 3, column_of("Nights", "driver"), 12))
        (page,) = map_pages(found, shipped, "en")
        assert page.grid.teams == ("Nights: Driver or courier",)
        assert page.grid.rows[0].cells[0] is not None
        assert page.grid.rows[0].cells[0].note == "12 people"
        assert page.lines == (
            "Manage information, Nights: Driver or courier: now Not yet, needed Advanced, "
            "12 people",
        )
        assert "1 person answered, on 23 November 2026." in page.grid.footer

    def test_who_answers_for_all_has_one_column_without_a_name(self, shipped: Content) -> None:
        (page,) = map_pages(seen(voice("a", "1.3", 0, 1)), shipped, "en")
        assert page.grid.teams == ("",)
        assert "Everyone" in page.lines[0]

    def test_a_dispute_is_marked_and_explained(self, shipped: Content) -> None:
        found = seen(voice("a", "1.3", 0, 1), voice("b", "1.3", 0, 3))
        (page,) = map_pages(found, shipped, "en")
        assert "colleagues do not agree" in page.lines[0]
        assert "? means" in page.grid.footer

    def test_a_framework_that_is_gone_names_its_codes(self, shipped: Content) -> None:
        odd = Merged("", Target("x.1", 0, 2, "gone"), 2, 1)
        (page,) = map_pages(replace(seen(), merged=(odd,), colleagues=1), shipped, "en")
        assert page.grid.rows[0].label == "x.1"

    def test_a_large_map_goes_on_and_loses_nothing(self, shipped: Content) -> None:
        codes = [f"{area}.{at}" for area in range(1, 6) for at in range(1, 5)][:18]
        voices = [
            voice("a", code, 0, 1 + at % 4, f"Team {team}")
            for at, code in enumerate(codes)
            for team in range(6)
        ]
        pages = map_pages(seen(*voices), shipped, "en")
        assert len(pages) == 4
        assert sum(len(page.lines) for page in pages) == 18 * 6
        assert [page.grid.title[-8:] for page in pages] == [f"({at} of 4)" for at in range(1, 5)]

    @pytest.mark.parametrize("language", ["en", "cy", "ur"])
    def test_it_is_drawn_in_every_language(self, shipped: Content, language: str) -> None:
        (page,) = map_pages(seen(voice("a", "1.3", 0, 3, "نرس")), shipped, language)
        assert draw_needs(page.grid, Look(language)).width == 600

    def test_nothing_needed_is_no_page(self, shipped: Content) -> None:
        assert map_pages(seen(), shipped, "en") == ()
