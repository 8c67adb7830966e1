"""Keys live outside the database, for their owner alone, and outlive their rotation."""

from __future__ import annotations

import json
import multiprocessing
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.badges.addresses import HOST_ISSUER, Addresses, did_of, new_token
from bot.badges.did import did_document, jwk_set
from bot.badges.keyfolder import KeyFolder
from bot.badges.keys import KeyRing, next_name
from bot.badges.verify.reading import did_web_address
from bot.errors import NotFound, SettingsError

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ADDRESSES = Addresses("https://badges.example.org")


@pytest.fixture
def folder(tmp_path: Path) -> KeyFolder:
    return KeyFolder(tmp_path / "keys", ADDRESSES)


def test_keys_are_made_at_the_first_use_and_kept(folder: KeyFolder, tmp_path: Path) -> None:
    assert not folder.has("swansea")
    made = folder.ring("swansea", NOW)
    again = KeyFolder(tmp_path / "keys", ADDRESSES).ring("swansea", NOW + timedelta(days=9))
    assert did_document(made.public) == did_document(again.public)
    assert made.did == "did:web:badges.example.org:issuers:swansea"
    files = list((tmp_path / "keys").rglob("*"))
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
    assert {path.name for path in files if path.is_file()} == {
        "ring.json",
        "ed25519-2026-1.pem",
        "rsa-2026-1.pem",
    }


@pytest.mark.parametrize("name", ["ring.json", "ed25519-2026-1.pem", "rsa-2026-1.pem"])
def test_keys_that_others_may_read_are_refused(
    folder: KeyFolder, tmp_path: Path, name: str
) -> None:
    folder.ring("swansea", NOW)
    (tmp_path / "keys/swansea" / name).chmod(0o644)
    with pytest.raises(SettingsError, match="swansea"):
        folder.ring("swansea", NOW)


@pytest.mark.parametrize("harm", ["", "[]", "{", '[{"name":"2026-9","made_at":"2026-01-01"}]'])
def test_damaged_keys_are_refused(folder: KeyFolder, tmp_path: Path, harm: str) -> None:
    folder.ring("swansea", NOW)
    (tmp_path / "keys/swansea/ring.json").write_text(harm)
    with pytest.raises(SettingsError):
        KeyFolder(tmp_path / "keys", ADDRESSES).ring("swansea", NOW)


def test_a_rotation_keeps_the_old_keys_behind_the_new(folder: KeyFolder) -> None:
    first = folder.ring("swansea", NOW)
    later = NOW + timedelta(days=60)
    pair = folder.rotate("swansea", later)
    ring = folder.ring("swansea", later)
    assert (first.current.name, pair.name, ring.current.name) == ("2026-1", "2027-1", "2027-1")
    told = did_document(ring.public)
    names = [one["id"].partition("#")[2] for one in told["verificationMethod"]]
    assert names == ["ed25519-2027-1", "rsa-2027-1", "ed25519-2026-1", "rsa-2026-1"]
    assert told["assertionMethod"] == [one["id"] for one in told["verificationMethod"]]
    assert len(jwk_set(ring.public)["keys"]) == 2


def test_a_running_program_sees_a_rotation_by_another(folder: KeyFolder, tmp_path: Path) -> None:
    folder.ring("swansea", NOW)
    KeyFolder(tmp_path / "keys", ADDRESSES).rotate("swansea", NOW)
    assert folder.ring("swansea", NOW).current.name == "2026-2"


def test_a_leaked_pair_never_signs(folder: KeyFolder, tmp_path: Path) -> None:
    folder.mark_leaked("swansea", "2026-1", NOW)
    path = tmp_path / "keys/swansea/ring.json"
    path.write_text(json.dumps(json.loads(path.read_text())[::-1]))
    with pytest.raises(SettingsError):
        KeyFolder(tmp_path / "keys", ADDRESSES).ring("swansea", NOW)


def test_a_leaked_pair_may_assert_nothing_any_more(folder: KeyFolder) -> None:
    folder.ring("swansea", NOW)
    ring = folder.mark_leaked("swansea", "2026-1", NOW)
    assert ring.current.name == "2026-2"
    told = did_document(ring.public)
    revoked = {one["id"] for one in told["verificationMethod"] if "revoked" in one}
    assert revoked == {f"{ring.did}#ed25519-2026-1", f"{ring.did}#rsa-2026-1"}
    assert revoked.isdisjoint(told["assertionMethod"])
    assert [one["kid"] for one in jwk_set(ring.public)["keys"]] == [f"{ring.did}#rsa-2026-2"]
    again = folder.mark_leaked("swansea", "2026-1", NOW + timedelta(days=1))
    assert did_document(again.public) == told
    with pytest.raises(NotFound):
        folder.mark_leaked("swansea", "1999-1", NOW)


def test_no_private_half_is_published(folder: KeyFolder) -> None:
    ring = folder.ring(HOST_ISSUER, NOW)
    for told in (did_document(ring.public), jwk_set(ring.public)):
        keys = {name for one in _objects(told) for name in one}
        assert keys.isdisjoint({"d", "p", "q", "dp", "dq", "qi", "k"})


def test_a_backup_holds_every_key_and_never_overwrites(folder: KeyFolder, tmp_path: Path) -> None:
    target = tmp_path / "keys.tar.gz"
    with pytest.raises(SettingsError):
        folder.back_up(target)
    folder.ring("swansea", NOW)
    folder.rotate("swansea", NOW)
    folder.back_up(target)
    assert target.stat().st_mode & 0o077 == 0
    with tarfile.open(target) as archive:
        names = {member.name for member in archive.getmembers() if member.isfile()}
        archive.extractall(tmp_path / "back", filter="data")
    assert "keys/swansea/rsa-2026-2.pem" in names
    assert not [name for name in names if Path(name).name.startswith(".")]
    restored = KeyFolder(tmp_path / "back/keys", ADDRESSES).ring("swansea", NOW)
    assert did_document(restored.public) == did_document(folder.ring("swansea", NOW).public)
    with pytest.raises(SettingsError):
        folder.back_up(target)


def _make(path: Path) -> str:
    return json.dumps(did_document(KeyFolder(path, ADDRESSES).ring("swansea", NOW).public))


def test_programs_that_start_at_once_agree_on_the_keys(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        told = set(pool.map(_make, [tmp_path / "keys"] * 4, chunksize=1))
    assert len(told) == 1


def test_names_of_keys_are_never_used_again() -> None:
    assert next_name((), NOW) == "2026-1"
    assert next_name(("2026-1", "2025-7", "2026-10"), NOW) == "2026-11"


@pytest.mark.parametrize(
    ("address", "did", "document"),
    [
        (
            "https://a.example",
            "did:web:a.example",
            "https://a.example/.well-known/did.json",
        ),
        (
            "https://a.example:8443/x/y",
            "did:web:a.example%3A8443:x:y",
            "https://a.example:8443/x/y/did.json",
        ),
    ],
)
def test_a_did_leads_back_to_its_document(address: str, did: str, document: str) -> None:
    assert did_of(address) == did
    assert did_web_address(did) == document


@pytest.mark.parametrize(
    "did",
    [
        "did:web:",
        "did:key:z6Mk",
        "did:web:a.example:..:x",
        "did:web:a.example%2Fx",
        "did:web:a.example:%2e%2e",
        "did:web:user%40a.example",
        "did:web:a.example:x%3Fy",
        "did:web:a.example%3Ax",
    ],
)
def test_an_odd_did_leads_nowhere(did: str) -> None:
    assert did_web_address(did) == ""


@pytest.mark.parametrize(
    ("base", "is_public"),
    [
        ("https://bot.manchester.example", True),
        ("http://bot.manchester.example", False),
        ("https://127.0.0.1", False),
        ("https://[2001:db8::1]", False),
        ("https://localhost:8080", False),
        ("https://bot.local", False),
        ("http://127.0.0.1:8080", False),
    ],
)
def test_only_a_public_name_makes_real_badges(base: str, is_public: bool) -> None:
    assert Addresses(base).is_public is is_public


def test_addresses_hold_128_random_bits_and_lead_back() -> None:
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {22}
    token = tokens.pop()
    assert ADDRESSES.token_of(ADDRESSES.credential(token)) == token
    for foreign in ("https://else.example/badges/x", ADDRESSES.credential("a/b"), "x"):
        assert ADDRESSES.token_of(foreign) == ""


def test_the_host_and_each_city_have_addresses_of_their_own() -> None:
    assert ADDRESSES.did_document(HOST_ISSUER) == "https://badges.example.org/.well-known/did.json"
    assert ADDRESSES.did(HOST_ISSUER) == "did:web:badges.example.org"
    below = Addresses("https://badges.example.org/bot")
    assert did_web_address(below.did(HOST_ISSUER)) == below.did_document(HOST_ISSUER)
    assert did_web_address(below.did("swansea")) == below.did_document("swansea")


def _objects(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [found for one in value for found in _objects(one)]
    if isinstance(value, dict):
        return [value, *_objects(list(value.values()))]
    return []


def test_a_ring_can_be_known_under_another_name(folder: KeyFolder) -> None:
    ring = folder.ring(HOST_ISSUER, NOW)
    other: KeyRing = ring.known_as(ADDRESSES.endorser_did("x"))
    assert did_document(other.public)["id"] == "did:web:badges.example.org:endorsers:x"
    assert other.pairs == ring.pairs
