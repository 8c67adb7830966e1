"""Organisations: who belongs to them, who may join, and what goes when somebody leaves."""

from functools import partial

import pytest

from bot.errors import NotFound, Refused
from bot.needs.employers import INVITATION_USES, MOST_OF_A_PERSON, Ask, AskKind, Part
from bot.questionnaires.records import Filled, Key
from storage import Database, Unit
from storage.repositories.employers import AT_ONCE
from storage.statements import Statement
from tests.support.databases import START, MovedClock

_LINKS = Statement("SELECT token_hash FROM colleague_link")
CITY = "manchester"
CARE = {"name": "Care  Ltd", "size": "10-49", "sector": "Q", "place": "M14", "website": ""}


def make(unit: Unit, person: str = "anna") -> str:
    return unit.employers.add(person, CITY, CARE).id


@pytest.fixture
def care(database: Database) -> str:
    return database.write_now(make)


def join(unit: Unit, person: str, organisation: str) -> None:
    unit.employers.join(person, unit.employers.invite("anna", organisation, "Nights"), CITY)


def joined_with(unit: Unit, token: str, person: str) -> None:
    unit.employers.join(person, token, CITY)


def ask(organisation: str, person: str = "anna", contact: str = "a@example.org") -> Ask:
    return Ask(
        "", CITY, organisation, person, AskKind.PROVIDERS, START,
        provider="Adult  College", course="c1", skill="digcomp3:1.3:2", contact=contact,
    )  # fmt: skip


def test_an_organisation_is_found_in_its_city_alone(database: Database, care: str) -> None:
    found = database.read_now(lambda unit: unit.employers.find(care, CITY))
    assert found is not None
    assert found.name == "Care Ltd"
    assert found.size == "10-49"
    assert database.read_now(lambda unit: unit.employers.find(care, "derby")) is None
    assert database.read_now(lambda unit: unit.employers.list_of("anna", "derby")) == []


def test_a_stranger_changes_nothing(database: Database, care: str) -> None:
    attempts = (
        lambda unit: unit.employers.change("eve", care, {"name": "Mine"}),
        lambda unit: unit.employers.invite("eve", care),
        lambda unit: unit.employers.list_links("eve", care),
        lambda unit: unit.employers.open_page("eve", care),
        lambda unit: unit.employers.close_page("eve", care),
        lambda unit: unit.employers.let_contact("eve", care, "e@example.org"),
        lambda unit: unit.employers.leave("eve", care),
    )
    for attempt in attempts:
        with pytest.raises(NotFound):
            database.write_now(attempt)


def test_a_person_belongs_to_a_bounded_number(database: Database) -> None:
    for _ in range(MOST_OF_A_PERSON):
        database.write_now(make)
    with pytest.raises(Refused, match="too_many"):
        database.write_now(make)


class TestColleagues:
    def test_they_join_by_a_link_and_answer_for_its_team(
        self, database: Database, care: str
    ) -> None:
        database.write_now(lambda unit: join(unit, "ben", care))
        both = database.read_now(lambda unit: unit.employers.list_members(care))
        assert [(one.person, one.part, one.team) for one in both] == [
            ("anna", Part.LEAD, ""),
            ("ben", Part.COLLEAGUE, "Nights"),
        ]

    def test_only_the_hash_of_a_link_is_kept(self, database: Database, care: str) -> None:
        token = database.write_now(lambda unit: unit.employers.invite("anna", care))
        kept = database.read_now(lambda unit: unit.fetch(_LINKS, {}))
        assert len(kept) == 1
        assert token not in str(kept)
        exported = database.read_now(lambda unit: unit.privacy.export("anna"))
        assert kept[0][0] not in str(exported)

    def test_a_link_is_over_after_its_time(
        self, database: Database, clock: MovedClock, care: str
    ) -> None:
        token = database.write_now(lambda unit: unit.employers.invite("anna", care))
        clock.move(days=14)
        with pytest.raises(Refused, match="link_over"):
            database.write_now(lambda unit: unit.employers.join("ben", token, CITY))

    def test_a_link_that_was_taken_back_leads_nowhere(self, database: Database, care: str) -> None:
        token = database.write_now(lambda unit: unit.employers.invite("anna", care))
        link = database.read_now(lambda unit: unit.employers.list_links("anna", care))[0]
        assert not database.write_now(lambda unit: unit.employers.revoke("eve", link.id))
        assert database.write_now(lambda unit: unit.employers.revoke("anna", link.id))
        assert database.read_now(lambda unit: unit.employers.find_link(token)) is None
        with pytest.raises(Refused, match="link_over"):
            database.write_now(lambda unit: unit.employers.join("ben", token, CITY))

    def test_a_link_leads_nowhere_from_another_city(self, database: Database, care: str) -> None:
        token = database.write_now(lambda unit: unit.employers.invite("anna", care))
        with pytest.raises(Refused, match="link_over"):
            database.write_now(lambda unit: unit.employers.join("ben", token, "derby"))

    def test_a_link_serves_a_bounded_number(self, database: Database, care: str) -> None:
        token = database.write_now(lambda unit: unit.employers.invite("anna", care))
        for number in range(INVITATION_USES):
            database.write_now(partial(joined_with, token=token, person=f"p{number}"))
        with pytest.raises(Refused, match="link_over"):
            database.write_now(lambda unit: unit.employers.join("one-more", token, CITY))

    def test_who_is_a_member_stays_what_they_are(self, database: Database, care: str) -> None:
        token = database.write_now(lambda unit: unit.employers.invite("anna", care))
        again = database.write_now(lambda unit: unit.employers.join("anna", token, CITY))
        assert again.part is Part.LEAD


class TestThePage:
    def test_a_new_address_ends_the_one_before(self, database: Database, care: str) -> None:
        first = database.write_now(lambda unit: unit.employers.open_page("anna", care))
        same = database.write_now(lambda unit: unit.employers.open_page("anna", care))
        assert first == same
        assert len(first.token) >= 22
        new = database.write_now(lambda unit: unit.employers.open_page("anna", care, is_new=True))
        assert database.read_now(lambda unit: unit.employers.page_at(first.token)) is None
        assert database.read_now(lambda unit: unit.employers.page_at(new.token)) == new

    def test_off_is_off(self, database: Database, care: str) -> None:
        first = database.write_now(lambda unit: unit.employers.open_page("anna", care))
        assert database.write_now(lambda unit: unit.employers.close_page("anna", care))
        assert database.read_now(lambda unit: unit.employers.page_at(first.token)) is None
        assert not database.write_now(lambda unit: unit.employers.close_page("anna", care))


class TestLeaving:
    def test_what_was_sent_stays_without_the_person(self, database: Database, care: str) -> None:
        database.write_now(lambda unit: join(unit, "ben", care))
        sent = database.write_now(lambda unit: answered(unit, "ben", care, is_sent=True))
        begun = database.write_now(lambda unit: answered(unit, "ben", care))
        database.write_now(lambda unit: unit.asks.add(ask(care, "ben")))

        assert database.write_now(lambda unit: unit.employers.leave("ben", care))

        kept = database.read_now(lambda unit: unit.responses.list_sent(care))
        assert [(one.id, one.person) for one in kept] == [(sent, "")]
        assert database.read_now(lambda unit: unit.responses.find("ben", begun)) is None
        assert database.read_now(lambda unit: unit.responses.find("", sent)) is None
        assert database.read_now(lambda unit: unit.asks.list_of(care)) == []

    def test_who_came_first_leads_when_no_lead_is_left(self, database: Database, care: str) -> None:
        database.write_now(lambda unit: join(unit, "ben", care))
        database.write_now(lambda unit: unit.employers.leave("anna", care))
        left = database.read_now(lambda unit: unit.employers.list_members(care))
        assert [(one.person, one.part) for one in left] == [("ben", Part.LEAD)]

    def test_who_leaves_last_takes_all_of_it_along(self, database: Database, care: str) -> None:
        database.write_now(lambda unit: answered(unit, "anna", care, is_sent=True))
        page = database.write_now(lambda unit: unit.employers.open_page("anna", care))
        token = database.write_now(lambda unit: unit.employers.invite("anna", care))
        database.write_now(lambda unit: unit.asks.add(ask(care)))

        assert not database.write_now(lambda unit: unit.employers.leave("anna", care))

        assert database.read_now(lambda unit: unit.employers.find(care, CITY)) is None
        assert database.read_now(lambda unit: unit.employers.page_at(page.token)) is None
        assert database.read_now(lambda unit: unit.employers.find_link(token)) is None
        assert database.read_now(lambda unit: unit.responses.list_sent(care)) == []
        assert database.read_now(lambda unit: unit.asks.list_open(CITY)) == []

    def test_what_many_answered_goes_in_slices(self, database: Database, care: str) -> None:
        def many(unit: Unit) -> None:
            for number in range(AT_ONCE + 30):
                answered(unit, f"p{number}", care, is_sent=True)

        database.write_now(many)
        database.write_now(lambda unit: unit.employers.leave("anna", care))
        assert len(database.read_now(lambda unit: unit.responses.list_sent(care))) == 30
        assert database.read_now(lambda unit: unit.employers.find(care, CITY)) is None
        assert database.read_now(lambda unit: unit.employers.list_in_city(CITY)) == []
        (left,) = database.read_now(lambda unit: unit.employers.list_named({care})).values()
        assert (left.name, left.sector, left.place) == ("", "", "")

        swept = [database.write_now(lambda unit: unit.privacy.sweep(limit=20)) for _ in range(3)]
        assert swept == [{"organisation": 20}, {"organisation": 10}, {}]
        assert database.read_now(lambda unit: unit.responses.list_sent(care)) == []
        assert database.read_now(lambda unit: unit.employers.list_named({care})) == {}

    def test_erasing_somebody_is_leaving(self, database: Database, care: str) -> None:
        database.write_now(lambda unit: join(unit, "ben", care))
        database.write_now(lambda unit: answered(unit, "anna", care, is_sent=True))
        database.write_now(lambda unit: unit.privacy.erase("anna"))
        kept = database.read_now(lambda unit: unit.responses.list_sent(care))
        assert [one.person for one in kept] == [""]
        assert database.read_now(lambda unit: unit.privacy.export("anna")) == {}
        database.write_now(lambda unit: unit.privacy.erase("ben"))
        assert database.read_now(lambda unit: unit.employers.find(care, CITY)) is None


class TestAsks:
    def test_the_same_ask_is_kept_once(self, database: Database, care: str) -> None:
        first = database.write_now(lambda unit: unit.asks.add(ask(care)))
        assert database.write_now(lambda unit: unit.asks.add(ask(care))).id == first.id

    def test_a_provider_sees_what_is_asked_of_it_alone(self, database: Database, care: str) -> None:
        first = database.write_now(lambda unit: unit.asks.add(ask(care)))

        def seen_by(*names: str) -> list[str]:
            found = database.read_now(lambda unit: unit.asks.list_open(CITY, names))
            return [one.id for one in found]

        assert seen_by("ADULT college") == [first.id]
        assert seen_by("Other") == seen_by() == []
        assert database.read_now(lambda unit: unit.asks.list_open("derby")) == []

    def test_what_was_seen_to_is_no_longer_open(self, database: Database, care: str) -> None:
        first = database.write_now(lambda unit: unit.asks.add(ask(care)))
        assert not database.write_now(lambda unit: unit.asks.settle(first.id, "derby"))
        assert database.write_now(lambda unit: unit.asks.settle(first.id, CITY))
        assert database.read_now(lambda unit: unit.asks.list_open(CITY)) == []

    def test_a_contact_that_is_taken_back_is_gone_from_what_was_asked(
        self, database: Database, care: str
    ) -> None:
        database.write_now(lambda unit: unit.employers.let_contact("anna", care, "a@example.org"))
        database.write_now(lambda unit: unit.asks.add(ask(care)))
        database.write_now(lambda unit: unit.employers.let_contact("anna", care, ""))
        assert [one.contact for one in database.read_now(lambda u: u.asks.list_of(care))] == [""]

    def test_nobody_takes_back_what_others_asked(self, database: Database, care: str) -> None:
        first = database.write_now(lambda unit: unit.asks.add(ask(care)))
        with pytest.raises(NotFound):
            database.write_now(lambda unit: unit.asks.take_back("eve", first.id))


def test_whoever_belongs_twice_belongs_once_with_what_both_agreed_to(database: Database) -> None:
    def both(unit: Unit) -> tuple[str, str]:
        older = unit.people.ensure("telegram", "b", "1", city=CITY).id
        younger = unit.people.ensure("web", "b", "2", city=CITY).id
        care = make(unit, younger)
        token = unit.employers.invite(younger, care)
        unit.employers.join(older, token, CITY)
        unit.employers.let_contact(older, care, "o@example.org")
        offer = unit.joins.offer(older, "telegram", "b", "1")
        unit.joins.join(offer, younger)
        return older, care

    older, care = database.write_now(both)
    (one,) = database.read_now(lambda unit: unit.employers.list_members(care))
    assert (one.person, one.part, one.contact) == (older, Part.LEAD, "")
    assert database.read_now(lambda unit: unit.employers.list_links(older, care))


def answered(unit: Unit, person: str, organisation: str, *, is_sent: bool = False) -> str:
    filled = Filled("skills-needs", 1, {Key("name"): "Care"})
    begun = unit.responses.begin(person, CITY, "employer", filled, organisation=organisation)
    if is_sent:
        unit.responses.send(person, begun.id, filled)
    return begun.id
