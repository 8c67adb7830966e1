from datetime import timedelta
from threading import Barrier, Thread

import pytest

from bot.errors import Conflict, NotFound, Refused
from bot.people import AgeBand, Basis, Grant, Person, Purpose, Role
from storage import Database
from storage.records import SessionState
from tests.storage.factories import outgoing, stored_course
from tests.support.databases import MovedClock

TELEGRAM = ("telegram", "city_bot", "1001")
WEB = ("web", "web", "cookie")


def ensure(database: Database, address: tuple[str, str, str] = TELEGRAM) -> Person:
    return database.write_now(lambda unit: unit.people.ensure(*address))


def test_somebody_new_is_known_by_their_address(database: Database, clock: MovedClock) -> None:
    made = database.write_now(
        lambda unit: unit.people.ensure(*TELEGRAM, city="manchester", language="cy")
    )
    assert (made.city, made.language, made.version, made.has_accepted) == (
        "manchester",
        "cy",
        0,
        False,
    )
    assert made.created_at == made.seen_at == clock()
    assert ensure(database) == made
    assert database.read_now(lambda unit: unit.people.at(*TELEGRAM)) == made
    assert database.read_now(lambda unit: unit.people.at(*WEB)) is None
    with pytest.raises(NotFound):
        database.read_now(lambda unit: unit.people.get("nobody"))


def test_two_receivers_make_one_person(database: Database) -> None:
    barrier, made = Barrier(2), []

    def make() -> None:
        barrier.wait()
        made.append(ensure(database).id)

    threads = [Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made[0] == made[1]


def test_the_second_of_two_turns_at_once_is_refused(database: Database, clock: MovedClock) -> None:
    person = ensure(database)
    clock.move(minutes=5)
    bump = database.write_now(
        lambda unit: unit.people.bump(person.id, person.version, memory={"unreadable": 1})
    )
    with pytest.raises(Conflict):
        database.write_now(lambda unit: unit.people.bump(person.id, person.version))
    now = database.read_now(lambda unit: unit.people.get(person.id))
    assert (now.version, now.memory, now.seen_at) == (bump, {"unreadable": 1}, clock())
    database.write_now(lambda unit: unit.people.bump(person.id, bump))
    assert database.read_now(lambda unit: unit.people.get(person.id)).memory == {"unreadable": 1}


def test_what_they_say_about_themselves_is_kept(database: Database, clock: MovedClock) -> None:
    person = ensure(database).id
    database.write_now(lambda unit: unit.people.set_city(person, "derby"))
    database.write_now(lambda unit: unit.people.set_language(person, "ur"))
    database.write_now(lambda unit: unit.people.set_age_band(person, AgeBand.NOT_SAID))
    database.write_now(lambda unit: unit.people.accept_notice(person, "2027-1", "telegram"))
    found = database.read_now(lambda unit: unit.people.get(person))
    assert (found.city, found.language, found.age_band) == ("derby", "ur", AgeBand.NOT_SAID)
    assert (found.notice_version, found.notice_at) == ("2027-1", clock())
    [notice] = database.read_now(lambda unit: unit.people.consents(person)).values()
    assert (notice.purpose, notice.basis) == (Purpose.SERVICE, Basis.PUBLIC_TASK)


def test_the_newest_decision_holds(database: Database, clock: MovedClock) -> None:
    person = ensure(database).id
    for is_given in (True, False):
        clock.move(minutes=1)
        database.write_now(
            lambda unit, yes=is_given: unit.people.record_consent(  # type: ignore[misc]
                person, Purpose.CAMPAIGNS, yes, "telegram", "v1"
            )
        )
    [consent] = database.read_now(lambda unit: unit.people.consents(person)).values()
    assert (consent.is_given, consent.at) == (False, clock())


def test_an_address_can_become_unreachable_and_come_back(database: Database) -> None:
    person = ensure(database).id
    for is_reachable in (False, True):
        database.write_now(
            lambda unit, yes=is_reachable: unit.contacts.set_reachable(*TELEGRAM, yes)  # type: ignore[misc]
        )
        [contact] = database.read_now(lambda unit: unit.contacts.list_of(person))
        assert contact.is_reachable is is_reachable
    assert database.read_now(lambda unit: unit.contacts.find(*TELEGRAM)) == contact


def test_a_chat_that_moved_takes_its_queue_along(database: Database) -> None:
    person = ensure(database).id
    database.write_now(lambda unit: unit.outbox.add_many([outgoing(person, "1001")]))
    database.write_now(lambda unit: unit.contacts.move("telegram", "city_bot", "1001", "-2002"))
    moved = database.read_now(lambda unit: unit.people.at("telegram", "city_bot", "-2002"))
    assert moved is not None
    assert moved.id == person
    [claimed] = database.write_now(
        lambda unit: unit.outbox.claim(5, [0], "s", unit.now + timedelta(seconds=9))
    )
    assert claimed.chat == "-2002"


class TestJoining:
    def both(self, database: Database, clock: MovedClock) -> tuple[str, str]:
        older = ensure(database, TELEGRAM).id
        clock.move(days=1)
        return older, ensure(database, WEB).id

    def join(self, database: Database, older: str, younger: str) -> Person:
        token = database.write_now(lambda unit: unit.joins.offer(older, *TELEGRAM))
        return database.write_now(lambda unit: unit.joins.join(token, younger)).kept

    def test_the_older_stays_and_has_both_chats(
        self, database: Database, clock: MovedClock
    ) -> None:
        older, younger = self.both(database, clock)
        database.write_now(lambda unit: unit.people.set_city(younger, "derby"))
        token = database.write_now(lambda unit: unit.joins.offer(younger, *WEB))
        joined = database.write_now(lambda unit: unit.joins.join(token, older))
        assert (joined.kept.id, joined.dropped, joined.kept.city) == (older, younger, "derby")
        channels = [c.channel for c in database.read_now(lambda u: u.contacts.list_of(older))]
        assert channels == ["telegram", "web"]
        assert database.read_now(lambda unit: unit.people.find(younger)) is None

    def test_a_turn_of_the_older_that_is_under_way_has_to_look_again(
        self, database: Database, clock: MovedClock
    ) -> None:
        older, younger = self.both(database, clock)
        kept = self.join(database, older, younger)
        assert kept.version == 1

    def test_a_token_works_once_and_not_for_long(
        self, database: Database, clock: MovedClock
    ) -> None:
        older, younger = self.both(database, clock)
        token = database.write_now(lambda unit: unit.joins.offer(older, *TELEGRAM))
        late = database.write_now(lambda unit: unit.joins.offer(older, *TELEGRAM))
        database.write_now(lambda unit: unit.joins.join(token, younger))
        third = ensure(database, ("web", "web", "other")).id
        for used, reason in ((token, "join.used"), ("made up", "join.unknown")):
            with pytest.raises(Refused, match=reason):
                database.write_now(lambda unit, t=used: unit.joins.join(t, third))  # type: ignore[misc]
        fresh = database.write_now(lambda unit: unit.joins.offer(older, *TELEGRAM))
        with pytest.raises(Refused, match="same_person"):
            database.write_now(lambda unit: unit.joins.join(fresh, older))
        clock.move(minutes=31)
        with pytest.raises(Refused, match="expired"):
            database.write_now(lambda unit: unit.joins.join(late, third))
        with pytest.raises(Refused, match="expired"):
            database.write_now(lambda unit: unit.joins.join(fresh, third))

    def test_no_consent_gets_wider(self, database: Database, clock: MovedClock) -> None:
        older, younger = self.both(database, clock)

        def decide(person: str, channel: str, is_given: bool) -> None:
            database.write_now(
                lambda unit: unit.people.record_consent(
                    person, Purpose.CAMPAIGNS, is_given, channel, "v1"
                )
            )

        decide(older, "telegram", True)
        decide(younger, "web", False)
        self.join(database, older, younger)
        stands = database.read_now(lambda unit: unit.people.consents(older))
        assert {key: c.is_given for key, c in stands.items()} == {
            (Purpose.CAMPAIGNS, "telegram"): False,
            (Purpose.CAMPAIGNS, "web"): False,
        }

    def test_no_staff_role_comes_over_nor_reaches_the_other_channel(
        self, database: Database, clock: MovedClock
    ) -> None:
        older, younger = self.both(database, clock)

        def grant(person: str, role: Role, channel: str) -> None:
            database.write_now(
                lambda unit: unit.staff.grant(person, role, ["manchester"], channel=channel)
            )

        grant(older, Role.EDITOR, "telegram")
        grant(younger, Role.ADMIN, "web")
        grant(younger, Role.PROVIDER, "web")
        self.join(database, older, younger)
        provider = Grant(Role.PROVIDER, "manchester")
        editor = Grant(Role.EDITOR, "manchester")
        read = database.read_now
        assert read(lambda unit: unit.staff.grants(older, "telegram")) == {provider, editor}
        assert read(lambda unit: unit.staff.grants(older, "web")) == {provider}

    def test_the_other_sides_talks_are_parked_and_its_courses_come_along(
        self, database: Database, clock: MovedClock
    ) -> None:
        older, younger = self.both(database, clock)
        courses = [stored_course("c1"), stored_course("c2")]
        database.write_now(lambda unit: unit.catalogue.put("manchester", "hulme", courses))
        for person, course in ((older, "c1"), (younger, "c1"), (younger, "c2")):
            database.write_now(lambda unit, p=person, c=course: unit.saved.add(p, c))  # type: ignore[misc]
        database.write_now(
            lambda unit: unit.sessions.save(SessionState("s", younger, "discover", {}, ("x",)))
        )
        self.join(database, older, younger)
        assert database.read_now(lambda unit: unit.sessions.load(older)) == []
        parked = database.read_now(lambda unit: unit.sessions.find("s"))
        assert parked is not None
        assert (parked.person, parked.status, parked.acts) == (older, "parked", ("x",))
        saved = database.read_now(lambda unit: unit.saved.list_saved(older))
        assert {each.course.id for each in saved} == {"c1", "c2"}
