"""Filled questionnaires: kept over weeks, sent once, replaced, taken back and forgotten."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.errors import NotFound, Refused
from bot.questionnaires.records import SKIPPED, Filled, GridCell, Key
from bot.questionnaires.responses import MOST_RESPONSES, Response, State
from storage import Database, Unit
from tests.support.databases import MovedClock

CITY = "manchester"
FILLED = Filled(
    "skills-needs",
    1,
    {
        Key("name"): "Care",
        Key("people", "care-worker"): Decimal(12),
        Key("skills", "care-worker"): (GridCell("digcomp3:1.3", 0, 2),),
        Key("website"): SKIPPED,
        Key("roles"): ("care-worker", "=Cook"),
    },
)


def begin(database: Database, organisation: str = "org", person: str = "anna") -> Response:
    return database.write_now(
        lambda unit: unit.responses.begin(
            person, CITY, "employer", Filled("skills-needs", 1), organisation=organisation
        )
    )


def send(database: Database, response: Response, team: str = "") -> Response:
    return database.write_now(
        lambda unit: unit.responses.send(response.person, response.id, FILLED, team=team)
    )


def swept(database: Database, clock: MovedClock, after: timedelta) -> None:
    clock.move(days=after.days)
    while database.write_now(lambda unit: unit.privacy.sweep()):
        pass


def test_answers_are_whole_after_weeks(database: Database, clock: MovedClock) -> None:
    begun = begin(database)
    database.write_now(lambda unit: unit.responses.keep("anna", begun.id, FILLED))
    swept(database, clock, timedelta(days=120))
    found = begin(database)
    assert found.id == begun.id
    assert found.filled == FILLED
    assert found.state is State.WORK


def test_what_was_left_half_a_year_ago_is_gone(database: Database, clock: MovedClock) -> None:
    begun = begin(database)
    swept(database, clock, timedelta(days=181))
    assert database.read_now(lambda unit: unit.responses.find("anna", begun.id)) is None


def test_a_stranger_reads_and_changes_nothing(database: Database) -> None:
    begun = begin(database)
    assert database.read_now(lambda unit: unit.responses.find("eve", begun.id)) is None
    for act in (
        lambda unit: unit.responses.get("eve", begun.id),
        lambda unit: unit.responses.keep("eve", begun.id, FILLED),
        lambda unit: unit.responses.send("eve", begun.id, FILLED),
    ):
        with pytest.raises(NotFound):
            database.write_now(act)
    assert not database.write_now(lambda unit: unit.responses.withdraw("eve", begun.id))


def test_what_was_sent_is_changed_no_more(database: Database) -> None:
    begun = begin(database)
    send(database, begun)
    for act in (
        lambda unit: unit.responses.keep("anna", begun.id, FILLED),
        lambda unit: unit.responses.send("anna", begun.id, FILLED),
    ):
        with pytest.raises(Refused, match="sent_already"):
            database.write_now(act)


def test_the_last_one_counts_of_a_person_and_a_team(database: Database) -> None:
    first = send(database, begin(database))
    other_team = send(database, begin(database), "Nights")
    second = send(database, begin(database))
    bens = send(database, begin(database, person="ben"))
    counting = database.read_now(lambda unit: unit.responses.list_sent("org"))
    assert [one.id for one in counting] == [other_team.id, second.id, bens.id]
    assert database.read_now(lambda unit: unit.responses.get("anna", first.id)).state == "replaced"
    of_city = database.read_now(lambda unit: unit.responses.list_in_city(CITY, "employer"))
    assert [one.id for one in of_city] == sorted([other_team.id, second.id, bens.id])


def test_what_was_taken_back_counts_for_nothing_and_goes(
    database: Database, clock: MovedClock
) -> None:
    sent = send(database, begin(database))
    assert database.write_now(lambda unit: unit.responses.withdraw("anna", sent.id))
    assert not database.write_now(lambda unit: unit.responses.withdraw("anna", sent.id))
    assert database.read_now(lambda unit: unit.responses.list_sent("org")) == []
    assert database.read_now(lambda unit: unit.responses.list_of("anna")) == []
    swept(database, clock, timedelta(days=31))
    assert database.read_now(lambda unit: unit.responses.find("anna", sent.id)) is None


def test_a_learners_answers_lose_their_person_after_a_year(
    database: Database, clock: MovedClock
) -> None:
    def evaluate(unit: Unit) -> Response:
        begun = unit.responses.begin(
            "lena", CITY, "learner", Filled("evaluation", 1), subject="course-1"
        )
        return unit.responses.send("lena", begun.id, Filled("evaluation", 1))

    sent = database.write_now(evaluate)
    needs = send(database, begin(database))
    swept(database, clock, timedelta(days=366))
    assert database.read_now(lambda unit: unit.responses.find("lena", sent.id)) is None
    kept = database.read_now(lambda unit: unit.responses.list_in_city(CITY, "learner"))
    assert [(one.person, one.subject) for one in kept] == [("", "course-1")]
    assert database.read_now(lambda unit: unit.responses.get("anna", needs.id)).person == "anna"
    swept(database, clock, timedelta(days=730))
    assert database.read_now(lambda unit: unit.responses.list_in_city(CITY, "learner")) == []


def test_nobody_begins_without_end(database: Database) -> None:
    for number in range(MOST_RESPONSES):
        begin(database, f"org-{number}")
    with pytest.raises(Refused, match="too_many"):
        begin(database, "one-more")
