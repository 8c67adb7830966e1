"""How badges are claimed and confirmed: codes, links and requests, each as often as it should."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from bot.badges.planning import About
from bot.errors import NotFound, Refused
from bot.people import Grant, Role, Teacher
from storage import Database, Unit
from tests.storage.test_badges import ABOUT, person
from tests.support.databases import MovedClock

COURSE = About("course-1#a", {"course": "Excel", "by": "College"})


def teacher(person: str, provider: str = "", city: str = "derby") -> Teacher:
    """Somebody who teaches; without a provider as they were invited before it was named."""
    return Teacher(person, frozenset({Grant(Role.PROVIDER, city, provider)}))


# -- class codes ----------------------------------------------------------------------------


def words() -> Callable[[], str]:
    numbers = count(10)
    return lambda: f"maple-otter-{next(numbers)}"


def make_code(database: Database, maker: str, **more: object) -> str:
    return database.write_now(
        lambda unit: (
            unit.class_codes.make(
                maker,
                "derby",
                "attendance",
                COURSE,
                words(),
                course="course-1",
                instance="a",
                **more,  # type: ignore[arg-type]
            ).id
        )
    )


def test_a_room_claims_with_words_or_a_link_and_the_provider_approves(database: Database) -> None:
    provider, ann, bob = (person(database, chat) for chat in "123")
    code = make_code(database, provider)
    made = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), code))
    assert made.words == "maple-otter-10"
    first = database.write_now(
        lambda unit: unit.class_codes.use(ann, "derby", "  Maple OTTER 10 ", "Ann B")
    )
    again = database.write_now(lambda unit: unit.class_codes.use(ann, "derby", made.token))
    assert first == again
    assert (first.state, first.called, first.about) == ("waiting", "Ann B", COURSE)
    database.write_now(lambda unit: unit.class_codes.use(bob, "derby", made.token))
    listed = database.read_now(lambda unit: unit.class_codes.list_claims(teacher(provider), code))
    assert [claim.person for claim in listed] == [ann, bob]

    def decide(claims: list[str] | None, is_approved: bool) -> int:
        return database.write_now(
            lambda unit: unit.class_codes.decide(
                teacher(provider), code, claims, is_approved=is_approved
            )
        )

    assert decide([first.id, "nonsense"], True) == 1
    due = database.read_now(lambda unit: unit.class_codes.list_due(5))
    assert [claim.person for claim in due] == [ann]
    assert decide(None, False) == 1
    states = database.read_now(lambda unit: unit.class_codes.list_claims(teacher(provider), code))
    assert [claim.state for claim in states] == ["approved", "refused"]
    database.write_now(lambda unit: unit.class_codes.note_credential(first.id, "token"))
    own = database.read_now(
        lambda unit: unit.class_codes.get_claim(teacher(provider), code, first.id)
    )
    assert (own.state, own.credential) == ("approved", "token")
    assert database.read_now(lambda unit: unit.class_codes.list_due(5)) == []


def refusal(database: Database, who: str, typed: str, city: str = "derby") -> str:
    with pytest.raises(Refused) as refused:
        database.write_now(lambda unit: unit.class_codes.use(who, city, typed))
    return refused.value.text_id


def test_codes_end_run_out_and_belong_to_their_city(database: Database, clock: MovedClock) -> None:
    provider, ann, bob = (person(database, chat) for chat in "123")
    code = make_code(database, provider, most_uses=1, needs_approval=False)
    typed = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), code)).words
    token = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), code)).token
    (link,) = database.write_now(
        lambda unit: unit.class_codes.make_links(teacher(provider), code, 1)
    )
    for each in (typed, token, link):
        assert refusal(database, ann, each, "swansea") == "badges.code.unknown"
    assert refusal(database, ann, "apple-tiger-11") == "badges.code.unknown"
    claim = database.write_now(lambda unit: unit.class_codes.use(ann, "derby", typed))
    assert claim.state == "approved"
    assert refusal(database, bob, typed) == "badges.code.used_up"
    later = make_code(database, provider)
    typed = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), later)).words
    clock.move(hours=13)
    assert refusal(database, bob, typed) == "badges.code.over"
    third = make_code(database, provider)
    typed = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), third)).words
    database.write_now(lambda unit: unit.class_codes.revoke(teacher(provider), third))
    assert refusal(database, bob, typed) == "badges.code.over"


def test_another_providers_codes_are_not_there(database: Database) -> None:
    provider, other, ann = (person(database, chat) for chat in "123")
    code, others = make_code(database, provider), make_code(database, other)
    made = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), code))
    claim = database.write_now(lambda unit: unit.class_codes.use(ann, "derby", made.words))
    calls: list[Callable[[Unit], object]] = [
        lambda unit: unit.class_codes.get(teacher(other), code),
        lambda unit: unit.class_codes.revoke(teacher(other), code),
        lambda unit: unit.class_codes.list_claims(teacher(other), code),
        lambda unit: unit.class_codes.get_claim(teacher(other), code, claim.id),
        lambda unit: unit.class_codes.decide(teacher(other), code, [], is_approved=True),
        lambda unit: unit.class_codes.make_links(teacher(other), code, 1),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            database.write_now(call)
    with pytest.raises(NotFound):
        database.read_now(lambda unit: unit.class_codes.get_claim(teacher(other), others, claim.id))

    def decide(unit: Unit) -> int:
        return unit.class_codes.decide(teacher(other), others, [claim.id], is_approved=True)

    assert database.write_now(decide) == 0
    owned = database.read_now(lambda unit: unit.class_codes.list_of(teacher(other), "derby"))
    assert [one.id for one in owned] == [others]


def test_everybody_of_a_large_class_is_reached(database: Database) -> None:
    provider, *learners = (person(database, str(chat)) for chat in range(8))
    code = make_code(database, provider)
    for one in learners:
        claimed(database, one, provider, code)

    def listed(state: str, skip: int = 0) -> list[str]:
        return database.read_now(
            lambda unit: [
                claim.person
                for claim in unit.class_codes.list_claims(
                    teacher(provider), code, state, skip=skip, limit=3
                )
            ]
        )

    first = database.read_now(
        lambda unit: unit.class_codes.list_claims(teacher(provider), code, limit=4)
    )
    chosen = [claim.id for claim in first]
    database.write_now(
        lambda unit: unit.class_codes.decide(teacher(provider), code, chosen, is_approved=True)
    )
    assert listed("waiting") == learners[4:]
    assert listed("approved") == learners[:3]
    assert listed("approved", 3) == learners[3:4]


def test_a_claim_link_works_once_and_cannot_be_replayed(
    database: Database, clock: MovedClock
) -> None:
    provider, ann, bob = (person(database, chat) for chat in "123")
    code = make_code(database, provider)
    first, second = database.write_now(
        lambda unit: unit.class_codes.make_links(teacher(provider), code, 2)
    )
    claim = database.write_now(lambda unit: unit.class_codes.use(ann, "derby", first))
    assert (claim.state, claim.person) == ("approved", ann)
    assert database.write_now(lambda unit: unit.class_codes.use(ann, "derby", first)) == claim
    assert refusal(database, bob, first) == "badges.code.used_up"
    assert database.write_now(lambda unit: unit.class_codes.use(ann, "derby", second)) == claim
    clock.move(days=61)
    assert refusal(database, bob, second) == "badges.code.over"


# -- confirmations --------------------------------------------------------------------------


def ask(database: Database, who: str) -> str:
    return database.write_now(
        lambda unit: unit.endorsements.ask(
            who, "derby", "informal", ABOUT, called="Library", narrative="I helped six people."
        )[0]
    )


def test_somebody_confirms_once(database: Database) -> None:
    who = person(database)
    token = ask(database, who)
    found = database.read_now(lambda unit: unit.endorsements.find(token))
    assert found is not None
    assert (found.called, found.narrative, found.about) == (
        "Library",
        "I helped six people.",
        ABOUT,
    )

    def answer(is_given: bool) -> str:
        return database.write_now(
            lambda unit: (
                unit.endorsements.answer(
                    token, is_given=is_given, called="Central Library", comment="Seen"
                ).state
            )
        )

    assert answer(True) == "given"
    with pytest.raises(Refused, match=r"badges\.endorsement\.answered"):
        answer(False)
    assert database.read_now(lambda unit: unit.endorsements.find(token)) is None
    (listed,) = database.read_now(lambda unit: unit.endorsements.list_of(who))
    assert (listed.called, listed.comment) == ("Central Library", "Seen")


def test_a_request_ends_and_can_be_taken_back(database: Database, clock: MovedClock) -> None:
    who, other = person(database, "1"), person(database, "2")
    token, second = ask(database, who), ask(database, who)
    request = database.read_now(lambda unit: unit.endorsements.find(second))
    assert request is not None
    with pytest.raises(NotFound):
        database.write_now(lambda unit: unit.endorsements.withdraw(other, request.id))
    database.write_now(lambda unit: unit.endorsements.withdraw(who, request.id))
    with pytest.raises(Refused, match=r"badges\.endorsement\.unknown"):
        database.write_now(lambda unit: unit.endorsements.answer(second, is_given=True))
    clock.move(days=31)
    assert database.read_now(lambda unit: unit.endorsements.find(token)) is None
    with pytest.raises(Refused, match=r"badges\.endorsement\.over"):
        database.write_now(lambda unit: unit.endorsements.answer(token, is_given=True))


def test_who_is_refused_or_not_answered_is_told_once(database: Database, clock: MovedClock) -> None:
    who = person(database)
    for is_given in (True, False):
        answered = ask(database, who)
        database.write_now(
            lambda unit, token=answered, yes=is_given: unit.endorsements.answer(  # type: ignore[misc]
                token, is_given=yes
            )
        )
    ask(database, who)
    (refused,) = database.read_now(lambda unit: unit.endorsements.list_untold())
    assert refused.state == "refused"
    database.write_now(lambda unit: unit.endorsements.mark_told([refused.id]))
    assert database.read_now(lambda unit: unit.endorsements.list_untold()) == []
    clock.move(days=31)
    (silent,) = database.read_now(lambda unit: unit.endorsements.list_untold())
    assert silent.state == "asked"
    database.write_now(lambda unit: unit.endorsements.mark_told([silent.id]))
    assert database.read_now(lambda unit: unit.endorsements.list_untold()) == []


def test_who_confirmed_is_found_by_the_badge(database: Database) -> None:
    who, other = person(database, "1"), person(database, "2")
    token = ask(database, who)
    ask(database, who)
    assert (
        database.read_now(lambda u: u.endorsements.find_given(who, "informal", ABOUT.key)) is None
    )
    database.write_now(lambda unit: unit.endorsements.answer(token, is_given=True, called="Anna"))
    found = database.read_now(lambda u: u.endorsements.find_given(who, "informal", ABOUT.key))
    assert found is not None
    assert found.called == "Anna"
    for asked in (
        (other, "informal", ABOUT.key),
        (who, "in-work", ABOUT.key),
        (who, "informal", "x"),
    ):
        assert database.read_now(lambda u, a=asked: u.endorsements.find_given(*a)) is None  # type: ignore[misc]


def test_requests_that_are_over_hold_nobody_up(database: Database, clock: MovedClock) -> None:
    who = person(database)
    for _ in range(10):
        ask(database, who)
    with pytest.raises(Refused, match=r"badges\.endorsement\.too_many"):
        ask(database, who)
    clock.move(days=31)
    assert ask(database, who)


def test_nobody_can_ask_the_whole_city(database: Database) -> None:
    who = person(database)
    for _ in range(10):
        ask(database, who)
    with pytest.raises(Refused, match=r"badges\.endorsement\.too_many"):
        ask(database, who)


def claimed(database: Database, who: str, provider: str, code: str) -> str:
    made = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), code))
    return database.write_now(lambda unit: unit.class_codes.use(who, "derby", made.token).state)


def test_waiting_claims_and_unused_links_are_counted_for_their_provider(database: Database) -> None:
    provider, ann, bob = (person(database, chat) for chat in "123")
    code, other = make_code(database, provider), make_code(database, bob)
    assert claimed(database, ann, provider, code) == "waiting"
    assert claimed(database, ann, bob, other) == "waiting"
    first, _ = database.write_now(
        lambda unit: unit.class_codes.make_links(teacher(provider), code, 2)
    )
    counted = database.read_now(
        lambda unit: unit.class_codes.count_waiting(teacher(provider), [code, other])
    )
    assert counted == {code: 1}
    assert (
        database.read_now(lambda unit: unit.class_codes.count_links(teacher(provider), code)) == 2
    )
    database.write_now(lambda unit: unit.class_codes.use(bob, "derby", first))
    assert (
        database.read_now(lambda unit: unit.class_codes.count_links(teacher(provider), code)) == 1
    )
    with pytest.raises(NotFound):
        database.read_now(lambda unit: unit.class_codes.count_links(teacher(ann), code))


def test_links_end_with_the_code_they_were_made_with(database: Database) -> None:
    provider, ann, bob = (person(database, chat) for chat in "123")
    code = make_code(database, provider)
    used, left = database.write_now(
        lambda unit: unit.class_codes.make_links(teacher(provider), code, 2)
    )
    claim = database.write_now(lambda unit: unit.class_codes.use(ann, "derby", used))
    database.write_now(lambda unit: unit.class_codes.revoke(teacher(provider), code))
    assert refusal(database, bob, left) == "badges.code.over"
    assert database.write_now(lambda unit: unit.class_codes.use(ann, "derby", used)) == claim


def test_links_end_when_their_provider_is_erased(database: Database) -> None:
    provider, ann = person(database, "1"), person(database, "2")
    code = make_code(database, provider)
    (link,) = database.write_now(
        lambda unit: unit.class_codes.make_links(teacher(provider), code, 1)
    )
    database.write_now(lambda unit: unit.privacy.erase(provider))
    assert refusal(database, ann, link) == "badges.code.over"


def test_codes_and_links_end_with_the_role_of_who_made_them(database: Database) -> None:
    provider, ann = person(database, "1"), person(database, "2")

    def grant(unit: Unit) -> None:
        unit.staff.grant(provider, Role.PROVIDER, ("derby", "swansea"))
        unit.staff.grant(provider, Role.EDITOR, ("derby",))

    database.write_now(grant)
    code = make_code(database, provider, needs_approval=False)
    made = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), code))
    (link,) = database.write_now(
        lambda unit: unit.class_codes.make_links(teacher(provider), code, 1)
    )

    def take_role(role: Role, city: str) -> bool:
        database.write_now(lambda unit: unit.staff.revoke(provider, role, city))
        found = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), code))
        return found.revoked_at is not None

    assert not take_role(Role.PROVIDER, "swansea"), "another city's"
    assert not take_role(Role.PROVIDER, "derby"), "an editor may teach too"
    assert take_role(Role.EDITOR, "derby")
    for typed in (made.words, made.token, link):
        assert refusal(database, ann, typed) == "badges.code.over"


def test_nobody_gives_themselves_a_badge(database: Database) -> None:
    provider = person(database, "1")
    code = make_code(database, provider, needs_approval=False)
    (link,) = database.write_now(
        lambda unit: unit.class_codes.make_links(teacher(provider), code, 1)
    )
    made = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), code))
    for typed in (made.words, made.token, link):
        assert refusal(database, provider, typed) == "badges.code.own"
    assert (
        database.read_now(lambda unit: unit.class_codes.list_claims(teacher(provider), code)) == []
    )


def test_the_codes_of_an_organisation_are_its_peoples_and_nobody_elses(database: Database) -> None:
    ann, bob = person(database, "1"), person(database, "2")
    college = [make_code(database, ann, provider="Hulme  COLLEGE") for _ in range(2)]
    library = make_code(database, ann, provider="Library")
    nameless = make_code(database, ann)
    staff = Teacher(bob, frozenset({Grant(Role.LIAISON, "derby")}))
    reached = {
        teacher(bob, "hulme college"): set(college),
        teacher(bob, "Library"): {library},
        teacher(bob): set(),
        teacher(ann, "library"): {library, nameless},
        teacher(ann): {*college, library, nameless},
        teacher(ann, "Library", "swansea"): set(),
        Teacher(ann, frozenset()): set(),
        staff: {*college, library, nameless},
    }
    for who, theirs in reached.items():
        listed, total = database.read_now(
            lambda unit, w=who: (  # type: ignore[misc]
                unit.class_codes.list_of(w, "derby"),
                unit.class_codes.count_of(w, "derby"),
            )
        )
        assert {one.id for one in listed} == theirs
        assert total == len(theirs)
        for code in {*college, library, nameless} - theirs:
            with pytest.raises(NotFound):
                database.read_now(lambda unit, c=code, w=who: unit.class_codes.get(w, c))  # type: ignore[misc]
