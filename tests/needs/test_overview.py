"""Colleagues' answers become one picture of what an organisation needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.needs import Answer, Need, Organisation, Target
from bot.needs.merging import Spread
from bot.needs.overview import Overview, Told, overview
from bot.needs.problems import ProblemReader
from bot.questionnaires import GridCell, Key, Value
from content.load import Content

ORGANISATION = Organisation("o", "Bright Homes", "manchester", sector="care")
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
Seen = Callable[..., Overview]
SPREADSHEETS, EMAIL = "digcomp3:1.3", "digcomp3:2.1"


def told(
    person: str, *cells: GridCell, people: int = 3, day: int = 0, role: str = "care-worker",
    **more: Value
) -> Told:  # fmt: skip
    team = str(more.pop("team", ""))
    answers: dict[Key, Value] = {Key(name): value for name, value in more.items()}
    answers |= {
        Key("roles"): (role,),
        Key("skills", role): cells,
        Key("people", role): Decimal(people),
        Key("by", role): "month",
    }
    return Told(person, team, answers, AT + timedelta(days=day))


@pytest.fixture(scope="module")
def seen(shipped: Content) -> Seen:
    reader = ProblemReader(shipped.needs.problems)

    def look(*said: Told) -> Overview:
        return overview(ORGANISATION, said, shipped.needs, reader, lambda need: Answer((), None))

    return look


def needs(found: Overview) -> list[Need]:
    return [need for need, _ in found.answers]


def test_one_persons_needs_stand_as_they_were_told(seen: Seen) -> None:
    found = seen(told("a", GridCell(SPREADSHEETS, 0, 2), GridCell(EMAIL, 1, 1), people=12))
    (need,) = needs(found)
    assert need.targets == (Target("1.3", 0, 2),)
    assert (need.people, need.role, need.by) == (12, "care-worker", date(2026, 12, 24))
    assert (found.colleagues, found.told_at, found.people) == (1, AT, 12)
    assert found.disputed == ()
    assert list(found.map.rows) == [("digcomp3", "1.3")]


def test_colleagues_who_differ_are_merged_and_shown(seen: Seen) -> None:
    first = told("a", GridCell(SPREADSHEETS, 0, 2), people=5)
    found = seen(told("b", GridCell(SPREADSHEETS, 1, 4), people=9, day=30), first)
    (need,) = needs(found)
    assert need.targets == (Target("1.3", 0, 4),)
    assert (need.people, need.by) == (9, date(2026, 12, 24))
    (disputed,) = found.disputed
    assert (disputed.now, disputed.should, disputed.heads) == (
        Spread(0, 1), Spread(2, 4), Spread(5, 9),
    )  # fmt: skip
    assert found.colleagues == 2


def test_who_sees_no_need_does_not_agree_either(seen: Seen) -> None:
    found = seen(told("a", GridCell(EMAIL, 1, 3)), told("b", GridCell(EMAIL, 3, 3)))
    (disputed,) = found.disputed
    assert disputed.now == Spread(1, 3)
    assert ("digcomp3", "2.1") in found.map.rows


def test_teams_are_apart(seen: Seen) -> None:
    found = seen(
        told("a", GridCell(EMAIL, 0, 1), team="Nights", people=4),
        told("b", GridCell(EMAIL, 1, 2), team="Days", people=6),
    )
    assert found.map.teams == ("Days", "Nights")
    assert [(one.team, one.people) for one in needs(found)] == [("Days", 6), ("Nights", 4)]
    assert len({one.id for one in needs(found)}) == 2
    assert found.disputed == ()
    assert found.people == 10


def test_two_roles_of_one_team_are_added_up_on_the_map(seen: Seen) -> None:
    one = told("a", GridCell(EMAIL, 0, 1), people=4)
    answers: Mapping[Key, Value] = {
        **one.answers,
        Key("roles"): ("care-worker", "driver"),
        Key("skills", "driver"): (GridCell(EMAIL, 1, 3),),
        Key("people", "driver"): Decimal(2),
    }
    found = seen(Told("a", "", answers, AT))
    cell = found.map.cells[("digcomp3", "2.1"), ""]
    assert (cell.now, cell.should, cell.people) == (0, 3, 6)
    assert len(needs(found)) == 2


def test_a_problem_in_words_is_a_need_beside_the_roles(seen: Seen) -> None:
    found = seen(told("a", GridCell(EMAIL, 0, 1), problem="They fall for scam emails"))
    assert {bool(one.role) for one in needs(found)} == {True, False}


def test_those_with_most_to_go_come_first_and_order_does_not_matter(seen: Seen) -> None:
    said = [
        told("a", GridCell(EMAIL, 0, 1), GridCell(SPREADSHEETS, 0, 3), people=2),
        told("b", GridCell(EMAIL, 0, 1), team="Nights", people=50),
    ]
    assert seen(*said) == seen(*reversed(said))
    assert [one.people for one in needs(seen(*said))] == [50, 2, 2]


def test_nothing_told_is_nothing(seen: Seen) -> None:
    found = seen()
    assert (found.colleagues, found.told_at, found.answers, found.people) == (0, None, (), 0)
