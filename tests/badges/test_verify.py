"""A judge says the right thing about genuine badges and about every forgery."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import RSAKey

from bot.badges.baking import bake_png, bake_svg
from bot.badges.document import credential_document, dump
from bot.badges.issuing import issue, sign_plainly
from bot.badges.keys import make_pair, private_pem, public_pem
from bot.badges.proofs import as_jws, claims, with_proof
from bot.badges.status import status_list
from bot.badges.verify.judging import judge
from bot.badges.verify.reading import read
from bot.badges.verify.steps import Judgement
from tests.badges.awards import (
    ADDRESSES,
    CITY,
    DID,
    FORGERIES,
    INDEX,
    LIST,
    NOW,
    Forgery,
    award,
    document,
    foreign_ring,
    forged,
    published,
    ring,
    signed,
)
from tests.badges.pictures import PNG, SVG

KEYS = ADDRESSES.did_document(CITY)


def told(judgement: Judgement) -> dict[str, str]:
    return {step.name: step.reason.text.rpartition(".")[2] for step in judgement.steps}


def genuine_forms() -> dict[str, bytes]:
    text = signed().document.decode()
    return {
        "json": signed().document,
        "jws": signed().jws.encode(),
        "png": bake_png(PNG, text),
        "png with the JWS": bake_png(PNG, signed().jws),
        "svg": bake_svg(SVG, text).encode(),
        "svg with the JWS": bake_svg(SVG, signed().jws).encode(),
    }


@pytest.mark.parametrize("form", genuine_forms())
def test_every_form_of_a_genuine_badge_is_good(form: str) -> None:
    found = judge(genuine_forms()[form], published(), NOW)
    assert found.verdict == "good"
    assert [step.outcome for step in found.steps] == ["good"] * 8
    assert told(found) == {
        "file": form.partition(" ")[0],
        "format": "jws" if "jws" in form.lower() else "embedded",
        "schema": "good",
        "key": "good",
        "proof": "good",
        "time": "until",
        "status": "good",
        "endorsement": "good",
    }
    assert found.shown is not None
    assert found.shown.name == "Information: Basic"
    assert found.shown.kind == "Assessment"
    confirmed = found.steps[-1].reason.values
    assert confirmed == {"by": "Central Library", "comment": "I saw her help six people."}
    assert Judgement.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_a_sample_is_genuine_and_still_said_to_be_a_sample() -> None:
    sample = issue(award(is_sample=True), ring())
    for form in (sample.document, sample.jws.encode()):
        found = judge(form, published(), NOW)
        assert (found.verdict, found.reason.text) == ("sample", "verify.verdict.sample")
        assert {step.outcome for step in found.steps} == {"good"}
    later = NOW + timedelta(days=800)
    assert judge(sample.document, published(at=later), later).verdict == "expired"
    assert judge(sample.document, published(revoked=(INDEX,)), NOW).verdict == "revoked"


def test_what_is_needed_is_named_once() -> None:
    assert [(need.kind, need.address) for need in read(signed().document).needs] == [
        ("keys", KEYS),
        ("status", LIST),
        ("keys", "https://badges.example.org/endorsers/PLibrary/did.json"),
    ]


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda one: one.name)
def test_a_changed_badge_is_never_good(forgery: Forgery) -> None:
    found = judge(dump(forged(forgery)), published(), NOW)
    assert found.verdict in {"changed", "broken"}
    assert found.shown is None


def test_a_changed_name_is_said_to_be_changed() -> None:
    found = judge(dump(forged(FORGERIES[0])), published(), NOW)
    assert (found.verdict, told(found)["proof"]) == ("changed", "changed")


def test_an_expired_badge_is_not_said_to_be_forged_and_a_forged_one_not_to_be_expired() -> None:
    later = NOW + timedelta(days=800)
    documents = published(at=later)
    assert judge(signed().document, documents, later).verdict == "expired"
    assert judge(signed().jws.encode(), documents, later).verdict == "expired"
    assert judge(dump(forged(FORGERIES[0])), documents, later).verdict == "changed"


def test_a_badge_from_the_future_is_early() -> None:
    assert judge(signed().document, published(), NOW - timedelta(days=3)).verdict == "early"


def test_a_revoked_badge_is_revoked_in_both_forms() -> None:
    documents = published(revoked=(INDEX,))
    for form in (signed().document, signed().jws.encode()):
        found = judge(form, documents, NOW)
        assert (found.verdict, told(found)["status"]) == ("revoked", "revoked")
    assert judge(signed().document, published(revoked=(INDEX + 1,)), NOW).verdict == "good"


def test_somebody_else_cannot_sign_for_the_city() -> None:
    """Their signature is right, their key is not the city's."""
    plain = credential_document(award())
    for form in (
        dump(with_proof(plain, DID, foreign_ring().current, NOW)),
        as_jws(plain, DID, foreign_ring().current).encode(),
    ):
        assert judge(form, published(), NOW).verdict in {"foreign_key", "changed"}
    pair = replace(foreign_ring().current, name="2031-1")
    unlisted = dump(with_proof(plain, DID, pair, NOW))
    assert told(judge(unlisted, published(), NOW))["key"] == "not_listed"


def test_a_key_of_another_issuer_does_not_count() -> None:
    other = ADDRESSES.did("swansea")
    found = dump(with_proof(credential_document(award()), other, foreign_ring().current, NOW))
    assert told(judge(found, published(), NOW))["key"] == "other_issuer"


def test_a_withdrawn_key_is_said_to_be_withdrawn() -> None:
    pair = make_pair("2020-1", NOW)
    old = replace(ring(), pairs=(pair,))
    badge = issue(award(), old)
    leaked = replace(ring(), pairs=(*ring().pairs, replace(pair, leaked_at=NOW)))
    assert judge(badge.document, published(leaked), NOW).verdict == "withdrawn_key"
    kept = replace(ring(), pairs=(*ring().pairs, pair))
    assert judge(badge.document, published(kept), NOW).verdict == "good"


def _methods(known: dict[str, Any], **change: Any) -> None:
    known["verificationMethod"] = [{**one, **change} for one in known["verificationMethod"]]


def _doubled(known: dict[str, Any]) -> None:
    known["verificationMethod"] = [*known["verificationMethod"], *known["verificationMethod"]]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda known: known.update(id=ADDRESSES.did("swansea")), "other_issuer"),
        (lambda known: known.pop("id"), "other_issuer"),
        (lambda known: _methods(known, controller=ADDRESSES.did("swansea")), "other_issuer"),
        (lambda known: _methods(known, revoked="2026-11-20T12:00:00Z"), "withdrawn"),
        (lambda known: known.update(assertionMethod=[]), "withdrawn"),
        (lambda known: known.pop("assertionMethod"), "withdrawn"),
        (_doubled, "not_listed"),
        (lambda known: known.update(verificationMethod=[]), "not_listed"),
    ],
)
def test_a_key_counts_only_where_its_issuer_lets_it_assert(
    change: Callable[[dict[str, Any]], object], fault: str
) -> None:
    known = json.loads(published()[KEYS] or b"")
    change(known)
    for form in (signed().document, signed().jws.encode()):
        found = judge(form, {**published(), KEYS: dump(known)}, NOW)
        assert (told(found)["key"], found.shown) == (fault, None)


def test_an_issuer_that_cannot_be_asked_makes_it_unknown() -> None:
    found = judge(signed().document, {}, NOW)
    assert (found.verdict, told(found)["key"], found.shown) == ("unknown", "unreachable", None)
    without_list = {**published(), LIST: None}
    found = judge(signed().document, without_list, NOW)
    assert (found.verdict, told(found)["status"]) == ("unknown", "unreachable")
    assert found.shown is not None


# -- the JWS --------------------------------------------------------------------------------


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def rsa_jws(payload: dict[str, Any], **header: Any) -> bytes:
    pair = ring().current
    head = {"alg": "RS256", "typ": "JWT", "kid": f"{DID}#{pair.rsa_name}", **header}
    key = RSAKey.import_key(private_pem(pair.rsa).decode())
    return jws.serialize_compact(head, dump(payload), key, algorithms=["RS256"]).encode()


def test_a_jws_must_say_the_same_in_its_claims_and_its_members() -> None:
    payload = claims(credential_document(award()))
    assert judge(rsa_jws(payload), published(), NOW).verdict == "good"
    for name, value in (("iss", "did:web:a"), ("jti", "x"), ("sub", "x"), ("nbf", 1), ("exp", 1)):
        found = judge(rsa_jws({**payload, name: value}), published(), NOW)
        assert (found.verdict, told(found)["proof"]) == ("broken", "claims"), name
        del payload[name]
        is_free = name == "exp"
        missing = judge(rsa_jws(payload), published(), NOW)
        assert missing.verdict == ("good" if is_free else "broken"), name
        payload = claims(credential_document(award()))


def test_a_changed_jws_is_changed() -> None:
    head, _, signature = signed().jws.split(".")
    payload = claims(document())
    payload["name"] = "Doctor"
    body = _encoded(dump(payload))
    assert judge(f"{head}.{body}.{signature}".encode(), published(), NOW).verdict == "changed"


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_jws_cannot_choose_how_it_is_verified(algorithm: str) -> None:
    pair = ring().current
    head = {"alg": algorithm, "kid": f"{DID}#{pair.rsa_name}"}
    payload = dump(claims(credential_document(award())))
    body = f"{_encoded(dump(head))}.{_encoded(payload)}"
    secret = hmac.digest(public_pem(pair.rsa), body.encode(), "sha256")
    token = f"{body}.{_encoded(secret if algorithm == 'HS256' else bytes(1))}"
    assert judge(token.encode(), published(), NOW).verdict in {"changed", "unknown"}


def test_a_jws_that_brings_its_own_key_needs_that_key_to_be_the_issuers() -> None:
    payload = claims(credential_document(award()))

    def with_jwk(pair: Any) -> bytes:
        key = RSAKey.import_key(private_pem(pair.rsa).decode())
        public = RSAKey.import_key(public_pem(pair.rsa).decode()).as_dict(private=False)
        head = {"alg": "RS256", "typ": "JWT", "jwk": public}
        return jws.serialize_compact(head, dump(payload), key, algorithms=["RS256"]).encode()

    assert judge(with_jwk(ring().current), published(), NOW).verdict == "good"
    assert judge(with_jwk(foreign_ring().current), published(), NOW).verdict == "foreign_key"


def test_the_key_of_an_issuer_without_a_did_lies_on_its_own_host() -> None:
    issuer, home = "https://college.example/issuer", "https://college.example/key"
    payload = claims(credential_document(award()))
    payload |= {"issuer": {**payload["issuer"], "id": issuer}, "iss": issuer}
    key = RSAKey.import_key(public_pem(ring().current.rsa).decode()).as_dict(private=False)
    away = "https://elsewhere.example/key"
    documents = {**published(), home: dump(key), away: dump(key)}
    found = judge(rsa_jws(payload, kid=home), documents, NOW)
    assert (told(found)["key"], told(found)["proof"]) == ("good", "good")
    for kid in (away, "http://college.example/key", "https://college.example:8443/key"):
        token = rsa_jws(payload, kid=kid)
        assert kid not in {need.address for need in read(token).needs}
        assert told(judge(token, {**documents, kid: dump(key)}, NOW))["key"] == "no_issuer"


def test_a_genuine_badge_that_breaks_the_schema_is_broken() -> None:
    plain = credential_document(award())
    del plain["credentialSubject"]["achievement"]["criteria"]
    found = judge(dump(with_proof(plain, DID, ring().current, NOW)), published(), NOW)
    assert (found.verdict, told(found)["proof"], found.shown) == ("broken", "good", None)


def test_a_header_with_more_in_it_is_not_believed() -> None:
    payload = claims(credential_document(award()))
    odd = rsa_jws(payload, cty="x")
    assert judge(odd, published(), NOW).verdict == "unknown"


# -- the list -------------------------------------------------------------------------------


def judged_with_list(raw: bytes) -> tuple[str, str]:
    found = judge(signed().document, {**published(), LIST: raw}, NOW)
    return found.verdict, told(found)["status"]


def test_a_status_list_must_be_the_issuers_own_and_new() -> None:
    good = json.loads(status_list(LIST, {INDEX}, ring(), NOW))
    cleared = json.loads(status_list(LIST, (), ring(), NOW))
    swapped = {**good, "credentialSubject": cleared["credentialSubject"]}
    assert judged_with_list(dump(swapped)) == ("unknown", "forged")
    assert judged_with_list(dump({**cleared, "uncovered": "x"})) == ("unknown", "forged")
    assert judged_with_list(status_list(LIST, (), foreign_ring(), NOW)) == ("unknown", "forged")
    old = status_list(LIST, (), ring(), NOW - timedelta(days=30))
    assert judged_with_list(old) == ("unknown", "stale")
    elsewhere = status_list(ADDRESSES.status_list(CITY, 2), (), ring(), NOW)
    assert judged_with_list(elsewhere) == ("unknown", "forged")
    others = replace(ring(), did=ADDRESSES.did("swansea"))
    assert judged_with_list(status_list(LIST, (), others, NOW)) == ("unknown", "other_issuer")
    assert judged_with_list(b"{") == ("unknown", "unreadable")
    assert judged_with_list(b"\xff") == ("unknown", "unreadable")


def test_a_list_for_another_purpose_says_nothing_about_revocation() -> None:
    plain = json.loads(status_list(LIST, {INDEX}, ring(), NOW))
    del plain["proof"]
    plain["credentialSubject"]["statusPurpose"] = "suspension"
    assert judged_with_list(sign_plainly(plain, ring(), NOW)) == ("unknown", "unknown_kind")


def badge_with_status(status: dict[str, Any]) -> bytes:
    plain = {**credential_document(award()), "credentialStatus": status}
    return dump(with_proof(plain, DID, ring().current, NOW))


def test_a_bit_that_asks_for_a_refresh_takes_nothing_back() -> None:
    badge = badge_with_status({**document()["credentialStatus"], "statusPurpose": "refresh"})
    listed = json.loads(status_list(LIST, {INDEX}, ring(), NOW))
    del listed["proof"]
    listed["credentialSubject"]["statusPurpose"] = "refresh"
    documents = {**published(), LIST: sign_plainly(listed, ring(), NOW)}
    assert told(judge(badge, documents, NOW))["status"] == "good"


def test_the_older_kind_of_list_is_believed_from_the_issuer_alone() -> None:
    badge = badge_with_status({"id": LIST, "type": "1EdTechRevocationList"})
    listed = {"id": LIST, "issuer": DID, "revokedCredential": [{"id": json.loads(badge)["id"]}]}

    def status(listed: dict[str, Any]) -> str:
        return told(judge(badge, {**published(), LIST: dump(listed)}, NOW))["status"]

    assert status(listed) == "revoked"
    assert status({**listed, "revokedCredential": [{"id": "https://x.example/1"}]}) == "good"
    assert status({**listed, "issuer": ADDRESSES.did("swansea")}) == "other_issuer"


@pytest.mark.parametrize("index", ["-1", "x", "1e3", "99999999", "²"])
def test_a_status_index_that_is_none_is_not_taken_for_good(index: str) -> None:
    plain = credential_document(award())
    plain["credentialStatus"]["statusListIndex"] = index
    badge = with_proof(plain, DID, ring().current, NOW)
    assert judge(dump(badge), published(), NOW).verdict == "unknown"


# -- endorsements ---------------------------------------------------------------------------


def test_an_endorsement_of_another_badge_is_not_this_ones() -> None:
    stolen = signed_endorsement()
    badge = issue(award(endorsements=(stolen,)), ring())
    found = judge(badge.document, published(), NOW)
    assert (found.verdict, told(found)["endorsement"]) == ("good", "other_badge")


def signed_endorsement() -> str:
    one: str = document()["endorsementJwt"][0]
    return one


def test_a_forged_endorsement_is_said_to_be_forged() -> None:
    head, _, signature = signed_endorsement().split(".")
    payload = read(signed().document).endorsements[0].payload
    payload = {**payload, "issuer": {**payload["issuer"], "name": "University"}}
    body = _encoded(dump(payload))
    badge = issue(award(endorsements=(f"{head}.{body}.{signature}",)), ring())
    assert told(judge(badge.document, published(), NOW))["endorsement"] == "forged"
