"""Links for those who were not in the room: named, listed, withdrawn, used once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.badges.held import Claim
from bot.errors import NotFound, Refused
from bot.people import Role
from storage import Database
from storage.repositories.claim_links import CLAIM_LINK_LASTS
from storage.tables.badges import ClaimLabelRow
from tests.storage.test_badge_claims import learner, make_code, teacher
from tests.storage.test_badges import person
from tests.support.databases import MovedClock

OTHER = teacher("other", "Library")


def token_of(link: str) -> str:
    return f"token-of-{link}"


def named(database: Database, who: str, code: str, *labels: str) -> list[str]:
    return database.write_now(
        lambda unit: unit.class_codes.make_named_links(teacher(who), code, labels, token_of)
    )


def listed(database: Database, who: str, code: str) -> dict[str, str]:
    links = database.read_now(
        lambda unit: unit.class_codes.list_links(teacher(who), code, token_of)
    )
    return {one.label: one.token for one in links}


def labels(database: Database) -> list[str]:
    return sorted(
        database.read_now(
            lambda unit: [row.label for row in unit.orm.exec(select(ClaimLabelRow)).all()]
        )
    )


def used(database: Database, who: str, token: str) -> str:
    try:
        return database.write_now(
            lambda unit: unit.class_codes.use(learner(who), "derby", token)
        ).state
    except Refused as refused:
        return refused.text_id


def test_named_links_are_listed_with_their_tokens_until_they_are_used(database: Database) -> None:
    maker, ann, bob = (person(database, chat) for chat in "123")
    code = make_code(database, maker)
    first, second = named(database, maker, code, "Ann B", "Student 7")
    (told,) = database.write_now(lambda unit: unit.class_codes.make_links(teacher(maker), code, 1))
    assert listed(database, maker, code) == {
        "Ann B": token_of(first), "Student 7": token_of(second), "": "",
    }  # fmt: skip
    assert used(database, ann, token_of(first)) == "approved"
    assert used(database, bob, token_of(first)) == "badges.code.used_up"
    assert used(database, bob, told) == "approved"
    assert listed(database, maker, code) == {"Student 7": token_of(second)}
    assert labels(database) == ["Student 7"]


def test_a_link_is_withdrawn_with_its_name(database: Database) -> None:
    maker, ann = person(database, "1"), person(database, "2")
    code, others = make_code(database, maker), make_code(database, ann)
    (link,) = named(database, maker, code, "Ann B")

    def withdraw(who: str, of: str = code) -> str:
        return database.write_now(
            lambda unit: unit.class_codes.withdraw_link(teacher(who), of, link)
        )

    for who, of in ((ann, code), (ann, others), (maker, others)):
        with pytest.raises(NotFound):
            withdraw(who, of)
    assert withdraw(maker) == "Ann B"
    assert used(database, ann, token_of(link)) == "badges.code.over"
    assert labels(database) == []
    with pytest.raises(NotFound):
        withdraw(maker)


def test_names_go_with_the_code_with_time_and_with_who_wrote_them(
    database: Database, clock: MovedClock
) -> None:
    maker, colleague = person(database, "1"), person(database, "2")
    ended, kept = make_code(database, maker), make_code(database, maker, provider="Library")
    named(database, maker, ended, "Ann B")
    database.write_now(lambda unit: unit.class_codes.revoke(teacher(maker), ended))
    assert listed(database, maker, ended) == {}
    assert labels(database) == []
    theirs = teacher(colleague, "library")
    database.write_now(
        lambda unit: unit.class_codes.make_named_links(theirs, kept, ["Cara"], token_of)
    )
    named(database, maker, kept, "Dev")
    database.write_now(lambda unit: unit.privacy.erase(colleague))
    assert labels(database) == ["Dev"]
    clock.at += CLAIM_LINK_LASTS + timedelta(seconds=1)
    assert listed(database, maker, kept) == {}
    database.write_now(lambda unit: unit.privacy.sweep())
    assert labels(database) == []


def test_of_two_who_use_a_link_at_once_one_has_the_badge(database: Database) -> None:
    maker, *crowd = (person(database, str(chat)) for chat in range(9))
    code = make_code(database, maker)
    (link,) = named(database, maker, code, "Ann B")
    with ThreadPoolExecutor(len(crowd)) as pool:
        outcomes = list(pool.map(lambda who: used(database, who, token_of(link)), crowd))
    assert sorted(outcomes) == ["approved", *["badges.code.used_up"] * (len(crowd) - 1)]
    claims = database.read_now(
        lambda unit: unit.class_codes.list_claims(teacher(maker), code, "approved")
    )
    assert len(claims) == 1


def test_of_two_who_use_a_code_for_one_at_once_one_claims(database: Database) -> None:
    maker, *crowd = (person(database, str(chat)) for chat in range(9))
    code = make_code(database, maker, most_uses=1)
    words = database.read_now(lambda unit: unit.class_codes.get(teacher(maker), code)).words
    with ThreadPoolExecutor(len(crowd)) as pool:
        outcomes = list(pool.map(lambda who: used(database, who, words), crowd))
    assert sorted(outcomes) == [*["badges.code.used_up"] * (len(crowd) - 1), "waiting"]


def test_makers_are_told_once_of_what_they_did_not_decide(
    database: Database, clock: MovedClock
) -> None:
    maker, ann, bob, cara = (person(database, chat) for chat in "1234")
    database.write_now(
        lambda unit: unit.staff.grant(maker, Role.PROVIDER, ["derby"], provider="Library")
    )
    code, at_once = make_code(database, maker), make_code(database, maker, needs_approval=False)
    waited = timedelta(minutes=10)

    def untold() -> list[str]:
        return database.read_now(lambda unit: unit.class_codes.list_untold(waited, 10))

    for who, of in ((ann, code), (bob, code), (cara, at_once)):
        token = database.read_now(lambda unit, c=of: unit.class_codes.get(teacher(maker), c)).token  # type: ignore[misc]
        used(database, who, token)
    assert untold() == []
    clock.at += waited
    (first, _) = database.read_now(
        lambda unit: unit.class_codes.list_claims(teacher(maker), code, "waiting")
    )
    database.write_now(
        lambda unit: unit.class_codes.decide(teacher(maker), code, [first.id], is_approved=True)
    )
    assert untold() == [maker]
    told = database.write_now(lambda unit: unit.class_codes.take_untold(maker))
    assert {one.code: (one.count, one.waiting) for one in told} == {code: (1, 1), at_once: (1, 0)}
    assert untold() == []
    assert database.write_now(lambda unit: unit.class_codes.take_untold(maker)) == []


def test_who_teaches_can_ask_not_to_be_told(database: Database) -> None:
    maker = person(database, "1")
    assert not database.read_now(lambda unit: unit.staff.is_told(maker))
    database.write_now(
        lambda unit: unit.staff.grant(maker, Role.PROVIDER, ["derby"], provider="Library")
    )
    for is_told in (True, False, True):
        database.write_now(lambda unit, t=is_told: unit.staff.set_told(maker, t))  # type: ignore[misc]
        assert database.read_now(lambda unit: unit.staff.is_told(maker)) is is_told


def test_misses_are_counted_in_a_city_as_well(database: Database, clock: MovedClock) -> None:
    ann, bob = person(database, "1"), person(database, "2")
    hour = timedelta(hours=1)
    for who, city in ((ann, "derby"), (bob, "derby"), (bob, "swansea")):
        database.write_now(lambda unit, w=who, c=city: unit.class_codes.note_miss(w, c))  # type: ignore[misc]

    def missed(limit: int = 100) -> int:
        return database.read_now(
            lambda unit: unit.class_codes.count_misses_in("derby", hour, limit)
        )

    assert (missed(), missed(1)) == (2, 1)
    clock.at += hour
    assert missed() == 0


def test_looking_at_a_code_or_link_claims_nothing(database: Database) -> None:
    provider, ann = person(database, "p"), person(database, "1")
    code = make_code(database, provider, most_uses=1)
    made = database.read_now(lambda unit: unit.class_codes.get(teacher(provider), code))
    (token,) = database.write_now(
        lambda unit: unit.class_codes.make_links(teacher(provider), code, 1)
    )

    def look(who: str, typed: str) -> Claim:
        return database.write_now(
            lambda unit: unit.class_codes.look_at(learner(who), "derby", typed)
        )

    for typed in (made.words, made.token, token):
        assert (look(ann, typed).state, look(ann, typed).about) == ("offered", made.about)
    assert database.read_now(lambda u: u.class_codes.list_claims(teacher(provider), code)) == []
    for typed in (made.words, token):
        with pytest.raises(Refused, match=r"badges\.code\.own"):
            look(provider, typed)
    with pytest.raises(Refused, match=r"badges\.code\.unknown"):
        look(ann, "birch otter 99")

    assert used(database, ann, made.words) == "waiting"
    assert look(ann, made.words).state == "waiting"
    assert look(ann, token).state == "waiting", "one badge a person, whichever way"
    with pytest.raises(Refused, match=r"badges\.code\.used_up"):
        look(person(database, "2"), made.words)
