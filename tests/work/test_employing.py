"""What colleagues sent, as an organisation's needs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.needs.employers import Part
from bot.needs.groups import group_of
from bot.needs.merging import Spread
from bot.questionnaires.records import Filled, GridCell, Key, Value
from bot.work.employing import Said, said_by
from bot.work.matching import Matching
from bot.work.places import Places
from tests.support.asked_employers import CITY, AskedEmployers
from tests.support.told_skills import shipped

ROLE = "care-worker"


@pytest.fixture
def kept() -> AskedEmployers:
    return AskedEmployers({})


def organisation(kept: AskedEmployers) -> str:
    facts = {"name": "Care", "sector": "care", "place": "M14"}
    return kept.unit.employers.add("anna", CITY, facts).id


def send(kept: AskedEmployers, key: str, person: str, answers: dict[Key, Value]) -> None:
    """Let somebody send answers for an organisation."""
    filled = Filled("skills-needs", 1, answers)
    responses = kept.unit.responses
    begun = responses.begin(person, CITY, "employer", filled, organisation=key)
    team = answers.get(Key("team"), "")
    responses.send(person, begun.id, filled, team=team if isinstance(team, str) else "")


def of_role(now: int, should: int, people: int = 10, team: str = "Nights") -> dict[Key, Value]:
    return {
        Key("team"): team,
        Key("roles"): (ROLE,),
        Key("people", ROLE): Decimal(people),
        Key("skills", ROLE): (GridCell("digcomp3:1.3", now, should),),
    }


def said(kept: AskedEmployers, key: str) -> Said:
    found = kept.unit.employers.find(key, CITY)
    assert found is not None
    content = shipped()
    reader = Matching().reader(content)
    unit: Any = kept.unit
    return said_by(unit, found, content, Places(content.cities), reader)


def test_one_answer_is_a_need_of_its_role_and_team(kept: AskedEmployers) -> None:
    key = organisation(kept)
    send(kept, key, "anna", of_role(0, 2))
    [need] = said(kept, key).needs
    assert (need.team, need.role, need.people) == ("Nights", ROLE, 10)
    assert [(one.now, one.should) for one in need.targets] == [(0, 2)]
    assert need.fit.point is not None, "their place is known"


def test_colleagues_are_merged_and_what_they_do_not_agree_about_is_kept(
    kept: AskedEmployers,
) -> None:
    key = organisation(kept)
    send(kept, key, "anna", of_role(0, 2))
    send(kept, key, "ben", of_role(1, 4, people=12, team="NIGHTS "))
    found = said(kept, key)
    [need] = found.needs
    assert need.people == 12
    assert [(one.now, one.should) for one in need.targets] == [(0, 4)]
    [merged] = found.merged
    assert merged.is_disputed
    assert merged.voices == 2


def test_who_sees_no_need_does_not_agree_with_who_does(kept: AskedEmployers) -> None:
    key = organisation(kept)
    send(kept, key, "anna", of_role(0, 2))
    send(kept, key, "ben", of_role(2, 2))
    found = said(kept, key)
    assert [(one.target.now, one.target.should) for one in found.merged] == [(0, 2)]
    assert found.merged[0].now == Spread(0, 2)
    [need] = found.needs
    assert [(one.now, one.should) for one in need.targets] == [(0, 2)]


def test_what_most_have_already_is_no_need_but_stays_disputed(kept: AskedEmployers) -> None:
    key = organisation(kept)
    for person, now in (("anna", 0), ("ben", 2), ("cleo", 2)):
        send(kept, key, person, of_role(now, 2))
    found = said(kept, key)
    assert found.needs == ()
    assert found.merged[0].is_disputed


def test_how_it_is_needed_is_told_by_who_needs_it(kept: AskedEmployers) -> None:
    key = organisation(kept)
    send(kept, key, "anna", of_role(0, 2) | {Key("by", ROLE): "month"})
    send(kept, key, "ben", of_role(2, 2))
    [need] = said(kept, key).needs
    assert need.by is not None


def test_teams_and_roles_are_columns_of_their_own(kept: AskedEmployers) -> None:
    key = organisation(kept)
    send(kept, key, "anna", of_role(0, 2))
    send(kept, key, "ben", of_role(0, 3, team="Kitchen"))
    found = said(kept, key)
    groups = [group_of(one.team) for one in found.merged]
    assert {(one.team, one.role) for one in groups} == {("Nights", ROLE), ("Kitchen", ROLE)}
    assert len({need.id for need in found.needs}) == len(found.needs) == 2


def test_what_weighs_most_comes_first(kept: AskedEmployers) -> None:
    key = organisation(kept)
    send(kept, key, "anna", of_role(1, 2, people=3))
    send(kept, key, "ben", of_role(0, 4, people=30, team="Kitchen"))
    assert [need.team for need in said(kept, key).needs] == ["Kitchen", "Nights"]


def test_a_newer_answer_takes_the_place_of_the_one_before(kept: AskedEmployers) -> None:
    key = organisation(kept)
    send(kept, key, "anna", of_role(0, 2))
    send(kept, key, "anna", of_role(0, 3))
    [need] = said(kept, key).needs
    assert need.targets[0].should == 3


def test_who_left_is_still_a_voice_but_nobody(kept: AskedEmployers) -> None:
    key = organisation(kept)
    employers = kept.unit.employers
    employers.join("ben", employers.invite("anna", key), CITY)
    send(kept, key, "ben", of_role(0, 2))
    employers.leave("ben", key)
    send(kept, key, "anna", of_role(0, 4))
    found = said(kept, key)
    assert found.merged[0].voices == 2
    assert [one.person for one in found.responses] == ["", "anna"]
    assert [one.part for one in employers.list_members(key)] == [Part.LEAD]


def test_a_problem_in_words_is_read(kept: AskedEmployers) -> None:
    key = organisation(kept)
    words: dict[Key, Value] = {
        Key("problem"): "staff keep falling for scam emails",
        Key("problem-people"): Decimal(40),
    }
    send(kept, key, "anna", words)
    [need] = said(kept, key).needs
    assert need.people == 40
    assert need.targets


def test_words_that_only_resemble_a_problem_are_no_need(kept: AskedEmployers) -> None:
    key = organisation(kept)
    send(kept, key, "anna", {Key("problem"): "email suspicious"})
    assert said(kept, key).needs == ()


@pytest.mark.parametrize("words", ["", "zzz qqq", "=1+1", "🙂" * 200])
def test_words_that_say_nothing_are_no_need(kept: AskedEmployers, words: str) -> None:
    key = organisation(kept)
    send(kept, key, "anna", {Key("problem"): words, Key("problem-people"): Decimal(1)})
    assert said(kept, key).needs == ()
