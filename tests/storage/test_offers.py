"""Offers: drafts, versions, what residents see meanwhile, and what no import takes away."""

from __future__ import annotations

import pytest

from bot.courses.offers import Offer, Showing, Stage
from bot.errors import Conflict, NotFound, Refused
from bot.skills.tagging import shipped_rules
from storage import Database, Unit
from tests.courses.offers.filled import told
from tests.storage.factories import stored_course

CITY = "manchester"
RULES = shipped_rules()


def person(unit: Unit, chat: str = "ann") -> str:
    return unit.people.ensure("telegram", "bot", chat, city=CITY, language="en").id


def begun(unit: Unit) -> Offer:
    return unit.offers.begin(person(unit), CITY, "The  Tea Room", told())


def published(unit: Unit) -> Offer:
    sent = unit.offers.send(begun(unit).id, person(unit))
    return unit.offers.publish(sent.id, sent.number, person(unit, "sam"), RULES)


def title_of(unit: Unit, offer: Offer) -> str:
    return unit.catalogue.get(offer.course).course.title


def actions(unit: Unit) -> list[str]:
    found = [one.action for one in unit.audit.list_latest(CITY)]
    return [one for one in reversed(found) if one.startswith("offer.")]


def test_a_draft_is_seen_by_nobody_until_it_is_sent_and_published(database: Database) -> None:
    def act(unit: Unit) -> None:
        offer = begun(unit)
        assert (offer.provider, offer.state, offer.told) == ("The Tea Room", "draft", told())
        assert unit.catalogue.find(offer.course) is None
        sent = unit.offers.send(offer.id, person(unit))
        assert [one.id for one in unit.offers.list_waiting(CITY)] == [offer.id]
        assert unit.offers.count_waiting(CITY) == 1
        assert unit.catalogue.find(offer.course) is None
        done = unit.offers.publish(offer.id, sent.number, person(unit, "sam"), RULES)
        assert (done.state, done.live, done.draft) == ("published", told(), None)
        assert unit.offers.count_waiting(CITY) == 0
        entry = unit.catalogue.get(offer.course)
        assert (entry.status, entry.source) == ("active", "offers:the tea room")
        assert [one.competence for one in unit.tags.of_course(CITY, offer.course)] == ["2.2"]
        assert unit.offers.find(offer.id) == done
        assert actions(unit) == ["offer.begun", "offer.sent", "offer.published"]

    database.write_now(act)


def test_what_is_published_shows_until_its_change_is(database: Database) -> None:
    def act(unit: Unit) -> None:
        offer = published(unit)
        changed = unit.offers.write(offer.id, told(title="Tea and phones"), person(unit))
        assert changed.state == "draft_change"
        assert title_of(unit, offer) == "Tea and tablets"
        sent = unit.offers.send(offer.id, person(unit))
        assert (sent.state, sent.number) == ("sent_change", 2)
        assert title_of(unit, offer) == "Tea and tablets"
        unit.offers.publish(offer.id, 2, person(unit, "sam"), RULES)
        assert title_of(unit, offer) == "Tea and phones"
        assert [one.state for one in unit.offers.list_versions(offer.id)] == ["published"] * 2

    database.write_now(act)


def test_what_was_declined_says_why_and_can_be_sent_again(database: Database) -> None:
    def act(unit: Unit) -> None:
        sent = unit.offers.send(begun(unit).id, person(unit))
        back = unit.offers.decline(sent.id, 1, "No dates", person(unit, "sam"))
        assert (back.state, back.reason, back.draft) == ("declined", "No dates", told())
        assert unit.offers.list_news(10) == [(back, "declined")]
        unit.offers.mark_told([sent.id])
        assert unit.offers.list_news(10) == []
        again = unit.offers.send(sent.id, person(unit))
        assert (again.number, again.reason) == (2, "")
        first = unit.offers.list_versions(sent.id)[-1]
        assert (first.state, first.reason) == ("declined", "No dates")
        assert first.decided_by == unit.people.reference_of(person(unit, "sam"))

    database.write_now(act)


def test_only_the_version_that_staff_saw_is_published(database: Database) -> None:
    def act(unit: Unit) -> None:
        sent = unit.offers.send(begun(unit).id, person(unit))
        unit.offers.write(sent.id, told(title="Something else"), person(unit))
        with pytest.raises(Refused, match=r"offers\.not_waiting"):
            unit.offers.publish(sent.id, 1, "sam", RULES)
        unit.offers.send(sent.id, person(unit))
        with pytest.raises(Refused, match=r"offers\.not_waiting"):
            unit.offers.publish(sent.id, 1, "sam", RULES)
        with pytest.raises(Refused, match=r"offers\.not_waiting"):
            unit.offers.decline(sent.id, 1, "why", "sam")
        assert unit.catalogue.find(sent.course) is None
        assert [one.state for one in unit.offers.list_versions(sent.id)] == ["sent", "taken_back"]

    database.write_now(act)


def test_nobody_overwrites_what_they_have_not_seen(database: Database) -> None:
    def act(unit: Unit) -> None:
        seen = begun(unit)
        unit.offers.write(seen.id, told(title="By a colleague"), person(unit), seen.change)
        with pytest.raises(Conflict):
            unit.offers.write(seen.id, told(title="By me"), person(unit), seen.change)

    database.write_now(act)


def test_it_is_withdrawn_and_shown_again(database: Database) -> None:
    def act(unit: Unit) -> None:
        offer = published(unit)
        assert unit.offers.withdraw(offer.id, "ann").state == "withdrawn"
        assert unit.catalogue.get(offer.course).status == "withdrawn"
        with pytest.raises(Refused, match=r"offers\.not_published"):
            unit.offers.withdraw(offer.id, "ann")
        assert unit.offers.restore(offer.id, "ann", RULES).state == "published"
        assert unit.catalogue.get(offer.course).status == "active"
        assert unit.tags.of_course(CITY, offer.course) != ()

    database.write_now(act)


def test_a_draft_is_thrown_away_and_what_was_published_stays(database: Database) -> None:
    def act(unit: Unit) -> None:
        offer = published(unit)
        unit.offers.write(offer.id, told(title="Not this"), person(unit))
        kept = unit.offers.drop_draft(offer.id, "ann")
        assert kept is not None
        assert (kept.state, kept.told) == ("published", told())
        with pytest.raises(Refused, match=r"offers\.nothing_to_drop"):
            unit.offers.drop_draft(offer.id, "ann")
        draft = begun(unit)
        assert unit.offers.drop_draft(draft.id, "ann") is None
        assert unit.offers.find(draft.id) is None
        with pytest.raises(NotFound):
            unit.offers.send(draft.id, "ann")

    database.write_now(act)


def test_no_import_and_no_end_of_sample_data_takes_an_offer_away(database: Database) -> None:
    def act(unit: Unit) -> None:
        offer = published(unit)
        other = stored_course("college1", provider="The Tea Room")
        unit.catalogue.put(CITY, "provider:the tea room", [other])
        assert set(unit.catalogue.known(CITY, "provider:the tea room")) == {"college1"}
        assert unit.catalogue.remove_samples(CITY) == 0
        assert unit.catalogue.get(offer.course).status == "active"

    database.write_now(act)


def test_offers_are_listed_by_organisation_and_city(database: Database) -> None:
    def act(unit: Unit) -> None:
        mine = begun(unit)
        unit.offers.begin(person(unit), CITY, "Somebody else", told())
        unit.offers.begin(person(unit), "derby", "The Tea Room", told())
        assert [one.id for one in unit.offers.list_of(CITY, ["the tea room"])] == [mine.id]
        assert len(unit.offers.list_of(CITY, None)) == 2
        assert unit.offers.list_of(CITY, []) == []

    database.write_now(act)


def test_it_outlives_the_person_who_wrote_it(database: Database) -> None:
    offer = database.write_now(published)
    owner = database.read_now(lambda unit: unit.offers.list_of(CITY, None)[0].made_by)
    assert owner
    while not database.write_now(lambda unit: unit.privacy.erase(owner, 100)):
        continue
    kept = database.read_now(lambda unit: unit.offers.find(offer.id))
    assert kept is not None
    assert (kept.made_by, kept.showing, kept.stage) == ("", Showing.PUBLISHED, Stage.NONE)


def test_joined_chats_keep_what_was_written_in_either(database: Database) -> None:
    older = database.write_now(person)

    def write_in_the_newer(unit: Unit) -> tuple[str, str]:
        newer = unit.people.ensure("web", "web", "cookie", city=CITY, language="en").id
        return newer, unit.offers.begin(newer, CITY, "The Tea Room", told()).id

    newer, key = database.write_now(write_in_the_newer)
    token = database.write_now(lambda unit: unit.joins.offer(older, "telegram", "bot", "ann"))
    assert database.write_now(lambda unit: unit.joins.join(token, newer)).dropped == newer
    found = database.read_now(lambda unit: unit.offers.find(key))
    assert found is not None
    assert found.made_by == older
