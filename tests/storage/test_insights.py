"""Cohorts and figures: kept, over, replaced, and nothing left of who is gone."""

from datetime import UTC, date, datetime, timedelta

from bot.insights.cohorts import LASTS, Cohort, Formed
from storage import Database
from storage.repositories.insights import Counted

CITY, SKILL = "manchester", ("digcomp3", "1.3")
TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
COHORT = Cohort(SKILL, "care", 6, 7.333, 18.25, TODAY)
MEMBERS = tuple(f"o{at}" for at in range(6))


def add(database: Database, at: datetime = AT) -> str:
    city, cohort = CITY, COHORT
    answered = dict.fromkeys(MEMBERS, at)
    return database.write_now(
        lambda unit: unit.insights.add_cohort(city, Formed(cohort, MEMBERS), answered)
    )


def test_a_cohort_comes_back_as_it_was(database: Database) -> None:
    key = add(database)
    assert database.read_now(lambda unit: unit.insights.list_cohorts(CITY, TODAY)) == {key: COHORT}
    assert database.read_now(lambda unit: unit.insights.list_cohorts("belfast", TODAY)) == {}


def test_it_is_known_which_answers_were_counted(database: Database) -> None:
    key = add(database)
    counted = database.read_now(lambda unit: unit.insights.list_counted(CITY))
    assert counted == {(member, SKILL): Counted(key, AT) for member in MEMBERS}
    assert database.read_now(lambda unit: unit.insights.list_counted("belfast")) == {}


def test_a_cohort_that_is_over_goes_and_its_answers_do_not_count_again(database: Database) -> None:
    add(database)
    last, over = TODAY + LASTS, TODAY + LASTS
    assert database.read_now(lambda unit: unit.insights.list_cohorts(CITY, last)) == {}
    database.write_now(lambda unit: unit.insights.drop_ended(CITY, over))
    assert database.read_now(lambda unit: unit.insights.list_cohorts(CITY, TODAY)) == {}
    assert len(database.read_now(lambda unit: unit.insights.list_counted(CITY))) == len(MEMBERS)


def test_only_what_is_over_goes(database: Database) -> None:
    key = add(database)
    database.write_now(lambda unit: unit.insights.drop_ended(CITY, TODAY))
    database.write_now(lambda unit: unit.insights.drop_ended("belfast", TODAY + LASTS))
    assert set(database.read_now(lambda unit: unit.insights.list_cohorts(CITY, TODAY))) == {key}


def test_an_answer_counts_once_whoever_counts_it(database: Database) -> None:
    key = add(database)
    assert add(database) == ""
    assert set(database.read_now(lambda unit: unit.insights.list_cohorts(CITY, TODAY))) == {key}


def test_the_last_answer_that_was_counted_is_known(database: Database) -> None:
    add(database)
    later = add(database, AT + timedelta(days=400))
    counted = database.read_now(lambda unit: unit.insights.list_counted(CITY))
    assert {one.cohort for one in counted.values()} == {later}


def test_of_an_organisation_that_is_gone_nothing_stays(database: Database) -> None:
    made = database.write_now(lambda unit: unit.employers.add("anna", CITY, {"name": "Care"}))
    answered = {made.id: AT}
    database.write_now(
        lambda unit: unit.insights.add_cohort(CITY, Formed(COHORT, (made.id,)), answered)
    )
    database.write_now(lambda unit: unit.employers.leave("anna", made.id))
    assert database.read_now(lambda unit: unit.insights.list_counted(CITY)) == {}
    assert len(database.read_now(lambda unit: unit.insights.list_cohorts(CITY, TODAY))) == 1


def test_figures_take_the_place_of_those_before(database: Database) -> None:
    database.write_now(lambda unit: unit.insights.put_figures(CITY, "provision", b"1"))
    database.write_now(lambda unit: unit.insights.put_figures(CITY, "provision", b"2"))
    found = database.read_now(lambda unit: unit.insights.find_figures(CITY, "provision"))
    assert found is not None
    assert found[1] == b"2"
    assert database.read_now(lambda unit: unit.insights.find_figures(CITY, "other")) is None
