"""Needs, courses and providers' answers become what the figures count."""

from __future__ import annotations

from decimal import Decimal

from bot.insights.comparing import Own
from bot.insights.gathering import (
    COLUMNS,
    UNMET_COLUMNS,
    Sought,
    as_rows,
    asked_by,
    offered_by,
    own_of,
    promised_by,
    unmet_rows,
)
from bot.insights.provision import Asked, Offered, Promised, figures
from bot.needs import Organisation, Target
from bot.needs.merging import Merged
from bot.questionnaires import GridCell, Key, Value
from content.load import load
from tests.needs.employers import course, need, run, teaching

HOME = Organisation("o", "Bright Homes", "manchester", sector="care")


def test_needs_are_read_in_the_framework_of_the_courses() -> None:
    needs = [need(Target("care.record", 1, 3, "sectors-draft"), Target("2.1", 2, 2), people=7)]
    found = list(asked_by(HOME, needs, load().frameworks))
    assert found == [
        Asked("o", "care", ("digcomp3", "1.3"), 3, 7),
        Asked("o", "care", ("digcomp3", "4.2"), 3, 7),
    ]


def test_courses_are_counted_with_the_places_that_are_known() -> None:
    runs = (run(places_left=3), run(places=10), run(places=None), run(places=99, is_full=True))
    found = list(offered_by([teaching(course("a", *runs), c13=2, c42=1)]))
    assert found == [
        Offered("a", ("digcomp3", "1.3"), 2, 13),
        Offered("a", ("digcomp3", "4.2"), 1, 13),
    ]
    silent = teaching(course("b", run(places=None)), c13=2)
    assert [one.places for one in offered_by([silent])] == [None]


def test_what_providers_could_do_is_counted_by_level() -> None:
    answers: dict[Key, Value] = {
        Key("roles"): ("cook",),
        Key("levels", "cook"): (GridCell("digcomp3:1.3", 0, 2), GridCell("digcomp3:4.2", 2, 2)),
        Key("places", "cook"): Decimal(30),
    }
    assert list(promised_by("p", answers)) == [Promised("p", ("digcomp3", "1.3"), 1, 2, 30)]
    assert list(promised_by("p", {})) == []


def test_the_provision_survey_asks_by_these_ids() -> None:
    asked = load().questionnaires.current["provision"]
    assert asked.questions["levels"].kind == "grid"
    assert asked.section_of["levels"] == asked.section_of["places"]
    assert asked.section_of["levels"].for_each == "roles"


def test_figures_as_rows() -> None:
    needs = [Asked(str(at), "care", ("digcomp3", "1.3"), 2, 1) for at in range(4)]
    rows = list(as_rows(figures(needs)))
    assert all(tuple(row) == COLUMNS for row in rows)
    assert {row["organisations"] for row in rows} == {None}
    assert rows[-1]["level"] == ""


def test_where_people_are_is_a_mean_over_groups_by_their_size() -> None:
    merged = (
        Merged("Nights", Target("1.3", 0, 2), 3, 1),
        Merged("Days", Target("1.3", 2, 4), 9, 1),
        Merged("Days", Target("2.1", 1, 1), 9, 1),
    )
    assert own_of(merged, "care") == (
        Own("care", ("digcomp3", "1.3"), 1.5, 3.5),
        Own("care", ("digcomp3", "2.1"), 1.0, 1.0),
    )


def test_what_fewer_than_five_sought_is_not_told() -> None:
    sought = [
        Sought("welding", "", 7),
        Sought("my own bad luck", "", 4),
        Sought("1.3:2", "1.3:2", 5),
        Sought("2.1", "2.1", 4),
    ]
    rows = list(unmet_rows(sought))
    assert all(tuple(row) == UNMET_COLUMNS for row in rows)
    assert [(row["words"], row["competence"], row["level"], row["people"]) for row in rows] == [
        ("welding", "", "", 5),
        ("", "1.3", 2, 5),
    ]


def test_gaps_and_strengths_are_named() -> None:
    needs = [Asked(str(at), "care", ("digcomp3", "1.3"), 2, 1) for at in range(6)]
    assert {row["verdict"] for row in as_rows(figures(needs))} == {"gap"}
    enough = [Offered("a", ("digcomp3", "1.3"), 2, 60)]
    assert {row["verdict"] for row in as_rows(figures(needs, enough))} == {"strength"}
