"""How badges are claimed: codes and links, each as often as it should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest

from bot.badges.planning import About
from bot.errors import NotFound, Refused
from bot.people import Grant, Role, Teacher
from storage import Database, Unit
from tests.storage.test_badges import person
from tests.support.databases import MovedClock

COURSE = About("course-1#a", {"course": "Excel", "by": "College"})


def learner(person: str) -> Teacher:
    """Somebody who teaches nothing."""
    return Teacher(person, frozenset())


def teacher(person: str, provider: str = "", city: str = "derby") -> Teacher:
    """Somebody who teaches; without a provider as they were invited before it was named."""
    return Teacher(person, frozenset({Grant(Role.PROVIDER, city, provider)}))


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
        lambda unit: unit.class_codes.use(learner(ann), "derby", "  Maple OTTER 10 ", "Ann B")
    )
    again = database.write_now(lambda unit: unit.class_codes.use(learner(ann), "derby", made.token))
    assert first == again
    assert (first.state, first.called, first.about) == ("waiting", "Ann B", COURSE)
    database.write_now(lambda unit: unit.class_codes.use(learner(bob), "derby", made.token))
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
        database.write_now(lambda unit: unit.class_codes.use(learner(who), city, typed))
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
    claim = database.write_now(lambda unit: unit.class_codes.use(learner(ann), "derby", typed))
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
    claim = database.write_now(lambda unit: unit.class_codes.use(learner(ann), "derby", made.words))
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
    claim = database.write_now(lambda unit: unit.class_codes.use(learner(ann), "derby", first))
    assert (claim.state, claim.person) == ("approved", ann)
    assert (
        database.write_now(lambda unit: unit.class_codes.use(learner(ann), "derby", first)) == claim
    )
    assert refusal(database, bob, first) == "badges.code.used_up"
    assert (
        database.write_now(lambda unit: unit.class_codes.use(learner(ann), "derby", second))
        == claim
    )
    clock.move(days=61)
    assert refusal(database, bob, second) == "badges.code.over"


def claimed(database: Database, who: str, provider: str, code: str) -> str:
    made = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), code))
    return database.write_now(
        lambda unit: unit.class_codes.use(learner(who), "derby", made.token).state
    )


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
    database.write_now(lambda unit: unit.class_codes.use(learner(bob), "derby", first))
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
    claim = database.write_now(lambda unit: unit.class_codes.use(learner(ann), "derby", used))
    database.write_now(lambda unit: unit.class_codes.revoke(teacher(provider), code))
    assert refusal(database, bob, left) == "badges.code.over"
    assert (
        database.write_now(lambda unit: unit.class_codes.use(learner(ann), "derby", used)) == claim
    )


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


def test_nobody_who_could_decide_gives_a_badge_to_themselves(database: Database) -> None:
    maker, colleague = person(database, "1"), person(database, "2")
    code = make_code(database, maker, provider="Library", needs_approval=False)
    theirs, mine = teacher(colleague, "library"), teacher(maker, "Library")
    (link,) = database.write_now(lambda unit: unit.class_codes.make_links(theirs, code, 1))
    claim = database.write_now(lambda unit: unit.class_codes.use(theirs, "derby", link))
    assert claim.state == "waiting"

    def decided(who: Teacher) -> int:
        return database.write_now(
            lambda unit: unit.class_codes.decide(who, code, None, is_approved=True)
        )

    assert (decided(theirs), decided(mine)) == (0, 1)
    other = make_code(database, maker, provider="Library", needs_approval=False)
    token = database.read_now(lambda unit: unit.class_codes.get(mine, other)).token
    claim = database.write_now(lambda unit: unit.class_codes.use(theirs, "derby", token))
    assert claim.state == "waiting"


def test_a_code_has_an_end_of_its_uses(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.repositories.badge_claims.MOST_USES", 1)
    maker, ann, bob = (person(database, chat) for chat in "123")
    code = make_code(database, maker)
    assert claimed(database, ann, maker, code) == "waiting"
    token = database.read_now(lambda unit: unit.class_codes.get(teacher(maker), code)).token
    assert refusal(database, bob, token) == "badges.code.used_up"


def test_a_refused_claim_can_wait_again(database: Database) -> None:
    maker, ann = person(database, "1"), person(database, "2")
    code, mine = make_code(database, maker), teacher(maker)
    claimed(database, ann, maker, code)
    (claim,) = database.read_now(lambda unit: unit.class_codes.list_claims(mine, code))

    def reopen(who: Teacher) -> None:
        database.write_now(lambda unit: unit.class_codes.reopen(who, code, claim.id))

    for who in (mine, teacher(ann, "Library")):
        with pytest.raises(NotFound):
            reopen(who)
    database.write_now(lambda unit: unit.class_codes.decide(mine, code, None, is_approved=False))
    reopen(mine)
    assert database.read_now(lambda unit: unit.class_codes.count_waiting(mine, [code])) == {code: 1}


def test_claims_of_a_person_are_counted(database: Database, clock: MovedClock) -> None:
    maker, ann = person(database, "1"), person(database, "2")
    for _ in range(3):
        claimed(database, ann, maker, make_code(database, maker))

    def made(limit: int) -> int:
        hour = timedelta(hours=1)
        return database.read_now(lambda unit: unit.class_codes.count_made(ann, hour, limit))

    assert (made(20), made(2)) == (3, 2)
    clock.move(hours=1)
    assert made(20) == 0
