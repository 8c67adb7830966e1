"""A record of badges: signed as one, each badge in it as it was, checked by others' code."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OB3LdpVerifier
from openbadgeslib.ob3.clr import bundled_clr_contexts
from openbadgeslib.ob3.ldp import verify_data_integrity_proof

from bot.badges.issuing import NotIssued, check_in_its_time, issue
from bot.badges.keys import public_pem
from bot.badges.learning_record import record_document, sign_record
from bot.badges.records import Evidence
from tests.badges.awards import ADDRESSES, DID, ISSUER, NOW, award, foreign_ring, ring, signed

AT = ADDRESSES.record("v" * 22)


def two() -> list[bytes]:
    """A badge, and another that names it as a part."""
    part = signed()
    evidence = (Evidence(json.loads(part.document)["id"], "A part"),)
    whole = issue(replace(award(), id=ADDRESSES.credential("w" * 22), evidence=evidence), ring())
    return [whole.document, part.document]


def made(badges: list[bytes]) -> dict[str, Any]:
    document = record_document(AT, ISSUER, "Learning record", badges, NOW)
    found: dict[str, Any] = json.loads(sign_record(document, ring(), NOW))
    return found


def verify(record: dict[str, Any]) -> None:
    pem = public_pem(ring().current.ed25519)
    verify_data_integrity_proof(record, pem, extra_contexts=bundled_clr_contexts())


def test_it_is_signed_by_the_city_and_each_badge_is_as_it_was() -> None:
    badges = two()
    record = made(badges)
    verify(record)
    subject = record["credentialSubject"]
    assert record["type"] == ["VerifiableCredential", "ClrCredential"]
    assert (record["id"], record["issuer"]["id"]) == (AT, DID)
    assert subject["type"] == ["ClrSubject"]
    assert subject["verifiableCredential"] == [json.loads(one) for one in badges]
    assert record["proof"][0]["cryptosuite"] == "eddsa-rdfc-2022"
    verifier = OB3LdpVerifier(public_pem(ring().current.ed25519), DID)
    for one in subject["verifiableCredential"]:
        check_in_its_time(partial(verifier.verify, one))


def test_it_says_which_badge_is_part_of_which() -> None:
    whole, part = (json.loads(one)["id"] for one in two())
    [association] = made(two())["credentialSubject"]["association"]
    assert association == {
        "type": "Association",
        "associationType": "isPartOf",
        "sourceId": part,
        "targetId": whole,
    }
    assert "association" not in made(two()[:1])["credentialSubject"], "the part is not shown"


@pytest.mark.parametrize("change", ["name", "left_out", "association"])
def test_a_changed_record_is_not_believed(change: str) -> None:
    record = made(two())
    if change == "name":
        record["name"] = "Another record"
    elif change == "left_out":
        record["credentialSubject"]["verifiableCredential"].pop()
    else:
        record["credentialSubject"]["association"][0]["associationType"] = "isChildOf"
    with pytest.raises(LibOpenBadgesException):
        verify(record)


def test_it_says_nothing_of_the_person() -> None:
    record = made([signed().document])
    subject = record["credentialSubject"]
    assert set(subject) == {"id", "type", "verifiableCredential"}
    assert subject["id"].startswith("urn:uuid:")
    assert subject["id"] == made([signed().document])["credentialSubject"]["id"]


def test_what_no_context_defines_is_not_signed() -> None:
    document = record_document(AT, ISSUER, "Learning record", [signed().document], NOW)
    document["credentialSubject"]["mood"] = "good"
    with pytest.raises(NotIssued, match="mood"):
        sign_record(document, ring(), NOW)


def test_what_is_too_large_or_anothers_is_not_signed() -> None:
    document = record_document(AT, ISSUER, "Learning record", [signed().document] * 120, NOW)
    with pytest.raises(NotIssued):
        sign_record(document, ring(), NOW + timedelta(days=1))
    document = record_document(AT, ISSUER, "Learning record", [signed().document], NOW)
    with pytest.raises(NotIssued, match="another issuer"):
        sign_record(document, foreign_ring().known_as("did:web:elsewhere"), NOW)
