"""Badges through the real parts: a database, the process with the keys, and a judge."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.badges.addresses import HOST_ISSUER, Addresses
from bot.badges.baking import bake_png
from bot.badges.did import did_document, jwk_set
from bot.badges.held import Endorser, HeldBadge, NewAward
from bot.badges.keyfolder import KeyFolder
from bot.badges.planning import about_area, about_itself, about_skill
from bot.work.badges import KEYS, BadgeWorks, badge_works
from bot.work.verifying import Verifying
from content.load import Content, load
from storage import Database
from tests.badges.pictures import PNG
from tests.badges.test_verify import told
from tests.support.databases import MovedClock

BASE = "https://badges.example.org"
CITY = "manchester"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def content() -> Content:
    return load(cities={CITY})


@pytest.fixture
def now() -> MovedClock:
    return MovedClock(NOW)


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / KEYS, Addresses(BASE))


@pytest.fixture
def kept(tmp_path: Path, now: MovedClock) -> Database:
    url = f"sqlite:///{tmp_path}/bot.db"
    Database.migrate(url)
    return Database.open(url, clock=now)


@pytest.fixture
async def works(
    kept: Database, tmp_path: Path, content: Content, now: MovedClock
) -> AsyncIterator[BadgeWorks]:
    made = badge_works(kept, lambda: content, tmp_path / KEYS, BASE, now)
    yield made
    await made.close()
    await kept.aclose()


def give(kept: Database, content: Content, plan: str = "skills-check", level: int = 1) -> str:
    def run(unit: object) -> str:
        who = unit.people.ensure("telegram", "b", "1", city=CITY).id  # type: ignore[attr-defined]
        framework = content.frameworks["digcomp3"]
        about = {
            "skills-check": about_area(framework, "1", level),
            "pledge": about_itself(content.cities[CITY]),
            "informal": about_skill(framework, "1.1", level),
        }[plan]
        endorser = Endorser("L" * 22, "Central Library", "I saw it.", NOW)
        wish = NewAward(
            who,
            CITY,
            plan,
            about,
            months=content.badges[plan].months,
            endorsers=(endorser,) if plan == "informal" else (),
        )
        token: str = unit.badges.award(wish)[0]  # type: ignore[attr-defined]
        return token

    return kept.write_now(run)


def held(kept: Database, token: str) -> HeldBadge:
    found = kept.read_now(lambda unit: unit.badges.find(token))
    assert found is not None
    return found


async def test_a_badge_is_signed_stored_published_and_judged_good(
    works: BadgeWorks, kept: Database, content: Content
) -> None:
    tokens = [give(kept, content, plan) for plan in ("skills-check", "pledge", "informal")]
    assert await works.awards.sign_due() == 3
    for token in tokens:
        badge = held(kept, token)
        assert (badge.state, badge.is_sample) == ("ready", False)
        for data in (badge.document, badge.jws.encode(), bake_png(PNG, badge.jws)):
            found = await works.verifying.verify(data)
            assert found.verdict == "good", found
        document = json.loads(badge.document)
        assert document["id"] == f"{BASE}/badges/{token}"
        what = document["credentialSubject"]["achievement"]
        assert what["alignment"]
        published = kept.read_now(
            lambda unit, b=badge: unit.achievements.find(CITY, b.achievement, b.version, "en")  # type: ignore[misc]
        )
        assert published is not None
        assert published.document == what
        assert what["id"] == works.addresses.achievement(
            CITY, badge.achievement, badge.version, "en"
        )
    informal = json.loads(held(kept, tokens[2]).document)
    assert len(informal["endorsementJwt"]) == 1
    assert told(await works.verifying.verify(held(kept, tokens[2]).document))["endorsement"] == (
        "good"
    )


async def test_a_revoked_or_erased_badge_is_judged_revoked(
    works: BadgeWorks, kept: Database, content: Content, now: MovedClock
) -> None:
    first, second = give(kept, content), give(kept, content, "pledge")
    await works.awards.sign_due()
    copies = [held(kept, token).document for token in (first, second)]
    now.move(seconds=10)
    kept.write_now(lambda unit: unit.badges.revoke(CITY, first, "badges.mistake"))
    await works.awards.sign_due()
    assert (await works.verifying.verify(copies[0])).verdict == "revoked"
    assert (await works.verifying.verify(copies[1])).verdict == "good"
    who = held(kept, second).person
    now.move(seconds=10)
    while not kept.write_now(lambda unit: unit.privacy.erase(who)):
        pass
    await works.awards.sign_due()
    assert (await works.verifying.verify(copies[1])).verdict == "revoked"


async def test_lists_are_signed_daily_though_nothing_changes(
    works: BadgeWorks, kept: Database, content: Content, now: MovedClock
) -> None:
    give(kept, content)
    await works.awards.sign_due()
    now.move(seconds=1)
    await works.awards.sign_due()
    first = kept.read_now(lambda unit: unit.status_lists.find(CITY, 1))
    now.move(hours=10)
    await works.awards.sign_due()
    assert kept.read_now(lambda unit: unit.status_lists.find(CITY, 1)) == first
    now.move(hours=11)
    await works.awards.sign_due()
    again = kept.read_now(lambda unit: unit.status_lists.find(CITY, 1))
    assert again is not None
    assert json.loads(again)["validFrom"] == "2026-11-21T09:00:01Z"


async def test_old_badges_stay_good_after_a_rotation_and_are_renewed_after_a_leak(
    works: BadgeWorks, kept: Database, content: Content, now: MovedClock, folder: KeyFolder
) -> None:
    token = give(kept, content)
    await works.awards.sign_due()
    old = held(kept, token)
    folder.rotate(CITY, now.move(days=1))
    newer = give(kept, content, "pledge")
    await works.awards.sign_due()
    assert (old.pair, held(kept, newer).pair) == ("2026-1", "2026-2")
    assert (await works.verifying.verify(old.document)).verdict == "good"
    folder.mark_leaked(CITY, "2026-1", now.move(days=1))
    assert (await works.verifying.verify(old.document)).verdict == "withdrawn_key"
    assert kept.write_now(lambda unit: unit.badges.sign_again(CITY, "2026-1")) == 1
    await works.awards.sign_due()
    renewed = held(kept, token)
    assert renewed.pair == "2026-2"
    assert (await works.verifying.verify(renewed.document)).verdict == "good"
    before, after = json.loads(old.document), json.loads(renewed.document)
    assert after["id"] == before["id"]
    assert after["awardedDate"] == before["awardedDate"] == "2026-11-20T12:00:00Z"
    assert after["validFrom"] > before["validFrom"]
    assert after["validUntil"] == before["validUntil"]
    assert after["credentialStatus"] == before["credentialStatus"]
    assert after["credentialSubject"]["id"] == before["credentialSubject"]["id"]


async def test_what_was_confirmed_is_signed_anew_after_the_hosts_keys_leak(
    works: BadgeWorks, kept: Database, content: Content, now: MovedClock, folder: KeyFolder
) -> None:
    token, _ = give(kept, content, "informal"), give(kept, content, "pledge")
    await works.awards.sign_due()
    old = held(kept, token)
    folder.mark_leaked(HOST_ISSUER, "2026-1", now.move(days=1))
    assert told(await works.verifying.verify(old.document))["endorsement"] == "forged"
    assert kept.write_now(lambda unit: unit.badges.sign_confirmed_again()) == 1
    await works.awards.sign_due()
    found = await works.verifying.verify(held(kept, token).document)
    assert (found.verdict, told(found)["endorsement"]) == ("good", "good")


async def test_without_a_public_name_badges_are_samples(
    kept: Database, tmp_path: Path, content: Content, now: MovedClock
) -> None:
    works = badge_works(kept, lambda: content, tmp_path / KEYS, "http://127.0.0.1:8080", now)
    try:
        token = give(kept, content)
        await works.awards.sign_due()
        badge = held(kept, token)
        assert badge.is_sample
        assert json.loads(badge.document)["name"].startswith("SAMPLE: ")
        assert (await works.verifying.verify(badge.document)).verdict == "sample"
    finally:
        await works.close()
        await kept.aclose()


async def test_what_content_offers_no_more_is_set_aside(
    works: BadgeWorks, kept: Database, content: Content
) -> None:
    wish = NewAward("p", CITY, "gone", about_itself(content.cities[CITY]))
    token, _ = kept.write_now(lambda unit: unit.badges.award(wish))
    assert await works.awards.sign_due() == 0
    assert held(kept, token).state == "failed"


# -- what others publish --------------------------------------------------------------------


async def test_others_are_asked_and_our_own_are_not(
    works: BadgeWorks, kept: Database, content: Content, now: MovedClock
) -> None:
    asked: list[str] = []

    async def fetch(address: str) -> bytes | None:
        asked.append(address)
        return None

    judges = works.processes[1]
    verifying = Verifying(kept, works.addresses, works.pages, judges, fetch, now)
    give(kept, content)
    await works.awards.sign_due()
    (own,) = kept.read_now(lambda unit: unit.badges.list_untold())
    assert (await verifying.verify(own.document)).verdict == "good"
    assert asked == []
    other = own.document.replace(b"badges.example.org", b"badges.other.example")
    found = await verifying.verify(other)
    assert (found.verdict, told(found)["key"]) == ("unknown", "unreachable")
    assert set(asked) == {
        "https://badges.other.example/issuers/manchester/did.json",
        "https://badges.other.example/issuers/manchester/status/1",
    }


@pytest.mark.parametrize(
    "did",
    [
        "did:web:badges.example.org:issuers:atlantis",
        "did:web:badges.example.org:issuers:..",
        "did:web:badges.example.org:issuers:manchester:x",
        "did:web:badges.example.org:else",
    ],
)
async def test_an_issuer_of_ours_that_is_none_is_neither_made_nor_fetched(
    works: BadgeWorks, kept: Database, content: Content, did: str, tmp_path: Path
) -> None:
    give(kept, content)
    await works.awards.sign_due()
    (own,) = kept.read_now(lambda unit: unit.badges.list_untold())
    ours = works.addresses.did(CITY).encode()
    found = await works.verifying.verify(own.document.replace(ours, did.encode()))
    assert found.verdict in {"unknown", "foreign_key", "changed", "broken"}
    made = {path.name for path in (tmp_path / KEYS).iterdir() if path.is_dir()}
    assert made <= {CITY, "host"}


async def test_every_endorser_has_keys_so_that_none_is_found_out(works: BadgeWorks) -> None:
    one, other = await works.pages.endorser("a" * 22), await works.pages.endorser("b" * 22)
    assert did_document(one)["id"] == f"did:web:badges.example.org:endorsers:{'a' * 22}"
    assert one.pairs == other.pairs
    assert one.did != other.did
    assert await works.pages.ring("atlantis") is None
    city = await works.pages.ring(CITY)
    assert city is not None
    assert jwk_set(city)["keys"][0]["kid"].endswith("#rsa-2026-1")


async def test_hostile_bytes_are_judged_in_a_process_of_its_own(works: BadgeWorks) -> None:
    for data in (b"{" * 100_000, b"\x89PNG\r\n\x1a\n" + b"\xff" * 50, b"x" * 5_000_000):
        assert (await works.verifying.verify(data)).verdict == "not_a_badge"
    assert not works.processes[0].is_running


def test_badges_end_a_day_before_nobody_expects_it() -> None:
    """Months are a twelfth of a year, so two years of badges are 730 days."""
    from storage.repositories.badges import MONTH

    assert timedelta(days=730) == MONTH * 24


async def test_keys_are_made_before_the_first_badge(
    works: BadgeWorks, folder: KeyFolder, tmp_path: Path
) -> None:
    await works.pages.make_missing()

    made = sorted(path.parent.name for path in (tmp_path / KEYS).glob("*/ring.json"))
    assert made == ["host", CITY]
    names = [folder.ring(one, NOW).public.pairs[0].name for one in made]
    await works.pages.make_missing()
    assert [folder.ring(one, NOW).public.pairs[0].name for one in made] == names
    for path in (tmp_path / KEYS).rglob("*"):
        if path.is_file() and "ring" not in path.name:
            assert path.stat().st_mode & 0o077 == 0, path


async def test_nothing_of_ours_is_ever_fetched(
    works: BadgeWorks, kept: Database, now: MovedClock
) -> None:
    fetched: list[str] = []
    needs = [
        ["keys", f"{BASE}/key", ""],
        ["keys", f"{BASE}/issuers/{CITY}/did.json", f"did:web:badges.example.org:issuers:{CITY}"],
        ["status", f"{BASE}/issuers/{CITY}/status/1", ""],
        ["status", f"{BASE}/staff", ""],
        ["keys", "https://other.example/key", ""],
    ]

    class Judges:
        async def ask(self, question: dict[str, Any]) -> dict[str, Any]:
            return {"needs": needs} if question["do"] == "read" else {}

    async def fetch(address: str) -> bytes | None:
        fetched.append(address)
        return None

    judges: Any = Judges()
    verifying = Verifying(kept, works.addresses, works.pages, judges, fetch, now)
    assert (await verifying.verify(b"{}")).verdict == "unknown"
    assert fetched == ["https://other.example/key"]
