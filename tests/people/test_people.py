import itertools
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.effects import decode_effect, encode_effect, register_effects
from bot.errors import Refused
from bot.people import (
    STAFF,
    AgeBand,
    AuditEntry,
    Consent,
    Grant,
    Person,
    Purpose,
    Role,
    cities_of,
    effects,
    may,
    narrower,
)
from bot.people.audit import START, chained, check
from bot.people.effects import (
    Forget,
    JoinPerson,
    RecordConsent,
    SetAgeBand,
    SetCity,
    SetLanguage,
    StopMessages,
)
from bot.people.joining import plan, stricter_age
from bot.people.staff import new_token, token_hash

NOON = datetime(2027, 1, 11, 12, 0, tzinfo=UTC)
CITIES = ["manchester", "derby", "wakefield"]


@pytest.mark.parametrize("needed", sorted(Role))
@pytest.mark.parametrize("held", sorted(Role))
def test_who_may_do_what_where(needed: Role, held: Role) -> None:
    is_role = held is needed or (held is Role.ADMIN and needed in STAFF)
    for held_in, city in itertools.product(["", *CITIES], CITIES):
        is_place = held_in in ("", city)
        assert may([Grant(held, held_in)], [needed], city) is (is_role and is_place)


def test_by_default_nobody_may_do_anything() -> None:
    assert not may([], [Role.EDITOR], "manchester")
    assert not may([Grant(Role.ADMIN)], [], "manchester")
    assert not may([Grant(Role.ADMIN, "derby")], [Role.EDITOR], "")


def test_the_cities_of_a_role() -> None:
    held = {Role.EDITOR: "derby", Role.ADMIN: "wakefield", Role.PROVIDER: "manchester"}
    grants = [Grant(role, city) for role, city in held.items()]
    assert cities_of(grants, [Role.EDITOR]) == {"derby", "wakefield"}


CONSENTS = st.dictionaries(
    st.tuples(st.sampled_from(Purpose), st.sampled_from(["telegram", "web"])),
    st.tuples(st.booleans(), st.integers(0, 100)),
).map(
    lambda held: {
        key: Consent(*key, is_given, "v1", NOON + timedelta(minutes=minute))
        for key, (is_given, minute) in held.items()
    }
)


@given(CONSENTS, CONSENTS)
def test_joining_never_widens_a_consent(
    ours: dict[tuple[Purpose, str], Consent], theirs: dict[tuple[Purpose, str], Consent]
) -> None:
    merged = narrower(ours, theirs)
    assert merged.keys() == ours.keys() | theirs.keys()
    for key, consent in merged.items():
        if consent.is_given:
            assert all(side[key].is_given for side in (ours, theirs) if key in side)
            everything = [*ours.values(), *theirs.values()]
            assert all(c.is_given for c in everything if c.purpose is consent.purpose)
    assert {k: c.is_given for k, c in narrower(theirs, ours).items()} == {
        k: c.is_given for k, c in merged.items()
    }


OLDER = Person("01", city="derby", language="cy", created_at=NOON)
YOUNGER = Person("02", city="wakefield", language="ur", created_at=NOON + timedelta(days=1))


def test_the_older_person_stays_whoever_asks() -> None:
    for pair in ((OLDER, YOUNGER), (YOUNGER, OLDER)):
        kept, dropped = plan(*pair)
        assert (kept.id, kept.city, dropped.id) == ("01", "derby", "02")


def test_what_the_older_never_said_is_taken_from_the_younger() -> None:
    accepted = replace(YOUNGER, notice_version="v2", notice_at=NOON, age_band=AgeBand.FROM_13_TO_17)
    kept, _ = plan(replace(OLDER, city=""), accepted)
    assert (kept.city, kept.notice_version, kept.language, kept.age_band) == (
        "wakefield",
        "v2",
        "ur",
        AgeBand.FROM_13_TO_17,
    )


def test_nobody_joins_themselves() -> None:
    with pytest.raises(Refused, match="same_person"):
        plan(OLDER, OLDER)


def test_the_age_that_asks_for_more_care_stands() -> None:
    assert stricter_age(AgeBand.ADULT, AgeBand.UNDER_13) is AgeBand.UNDER_13
    assert stricter_age(None, AgeBand.ADULT) is AgeBand.ADULT
    assert stricter_age(None, None) is None


def test_who_would_rather_not_say_is_treated_as_under_18() -> None:
    assert [band for band in AgeBand if band.is_adult] == [AgeBand.ADULT]
    assert not AgeBand.UNDER_13.may_have_account


def chain(length: int) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    for number in range(1, length + 1):
        previous = entries[-1].hash if entries else START
        entry = AuditEntry(number, NOON, "export", facts={"n": str(number)}, previous=previous)
        entries.append(replace(entry, hash=chained(entry)))
    return entries


def test_a_whole_chain_is_whole() -> None:
    assert check([]).is_whole
    assert check(chain(5)).is_whole


@pytest.mark.parametrize("change", ["remove", "swap", "rewrite", "insert"])
def test_a_chain_that_was_touched_is_broken(change: str) -> None:
    entries = chain(5)
    if change == "remove":
        del entries[2]
    elif change == "swap":
        entries[1], entries[2] = entries[2], entries[1]
    elif change == "rewrite":
        forged = replace(entries[2], actor="somebody")
        entries[2] = replace(forged, hash=chained(forged))
    else:
        entries.insert(2, entries[1])
    assert not check(entries).is_whole


def test_fields_cannot_be_shifted_into_each_other() -> None:
    one = AuditEntry(1, NOON, "a", actor="bc")
    other = AuditEntry(1, NOON, "ab", actor="c")
    assert chained(one) != chained(other)


def test_tokens_are_long_fit_a_deep_link_and_are_kept_as_hashes() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{32}", token) for token in tokens)
    assert token_hash("a") != token_hash("b")
    assert token_hash("lone \ud83d") == token_hash("lone \ud83d")


def test_effects_know_how_they_are_undone() -> None:
    assert SetLanguage("cy").undo("en") == SetLanguage("en")
    assert SetCity("derby").undo("") is None
    assert SetAgeBand("18-plus").undo(None) is None
    given_consent = RecordConsent("campaigns", is_given=True, text_version="v1")
    assert given_consent.undo() == replace(given_consent, is_given=False)


def test_the_engine_can_store_every_effect() -> None:
    register_effects(effects)
    made = [SetLanguage("cy"), SetCity("derby"), Forget(), JoinPerson("token"), StopMessages()]
    assert [decode_effect(encode_effect(effect)) for effect in made] == made
