"""Nothing is issued that a stranger could not verify."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from openbadgeslib.ob3 import OB3LdpVerifier, OB3Verifier, add_data_integrity_proof
from openbadgeslib.ob3.contexts import bundled_contexts, document_loader
from pyld import jsonld

from bot.badges.document import credential_document
from bot.badges.emails import hash_email, is_email
from bot.badges.issuing import NotIssued, issue, issue_document
from bot.badges.keys import private_pem
from bot.badges.proofs import claims
from bot.badges.records import Alignment
from bot.badges.terms import undefined_terms
from tests.badges.awards import (
    ADDRESSES,
    DID,
    FORGERIES,
    achievement,
    award,
    document,
    endorsement_of,
    forged,
    published,
    ring,
    signed,
)
from tests.support.shared import shared_data

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def parts(value: Any) -> Iterator[Any]:
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from parts(one)


def base58(text: str, length: int) -> bytes:
    number = 0
    for letter in text:
        number = number * 58 + ALPHABET.index(letter)
    return number.to_bytes(length, "big")


def unpadded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_a_credential_says_what_it_must() -> None:
    found = document()
    assert found["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert found["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert found["validFrom"] == "2026-11-20T12:00:00Z"
    assert found["awardedDate"] == "2026-11-19T12:00:00Z"
    assert found["credentialSubject"]["id"].startswith("urn:uuid:")
    what = found["credentialSubject"]["achievement"]
    assert what["criteria"].keys() == {"id", "narrative"}
    assert what["inLanguage"] == "en"
    assert [one["inLanguage"] for one in what["related"]] == ["cy"]
    assert what["alignment"][0]["targetType"] == "ext:digcomp3.competence-level"
    assert what["alignment"][0]["targetCode"] == "1.1/1"
    assert isinstance(found["credentialStatus"]["statusListIndex"], str)
    assert isinstance(found["proof"], list)


def test_nothing_is_empty_and_nobody_is_named() -> None:
    plain = credential_document(award(email=None, evidence=(), valid_until=None))
    for found in (document(), plain):
        assert not [one for one in parts(found) if one is None or one in ([], {}, "")]
    assert plain.keys().isdisjoint({"validUntil", "evidence", "endorsementJwt"})
    assert "identifier" not in plain["credentialSubject"]
    assert b"ada" not in signed().document.lower()


def test_an_address_is_hashed_without_its_capitals_and_with_a_salt_of_its_own() -> None:
    first, second = hash_email("Ada@Example.org"), hash_email("ada@example.org")
    assert first.salt != second.salt
    assert len(first.salt) >= 16
    assert is_email(first, "ADA@example.org")
    assert not is_email(first, "bob@example.org")
    known = "sha256$" + hashlib.sha256(f"ada@example.org{first.salt}".encode()).hexdigest()
    assert first.digest == known


def test_the_jws_has_the_same_claims_and_a_bare_header() -> None:
    head, body, _ = signed().jws.split(".")
    assert json.loads(unpadded(head)).keys() == {"alg", "kid", "typ"}
    found = document()
    del found["proof"]
    assert json.loads(unpadded(body)) == claims(found)
    assert json.loads(unpadded(body)).keys() - found.keys() == {"iss", "jti", "sub", "nbf", "exp"}


def test_a_sample_says_so_in_its_name() -> None:
    found = document(issue(award(is_sample=True), ring()))
    assert found["name"] == "SAMPLE: Information: Basic"


@pytest.mark.parametrize("number", [10, 11, 12, 17], ids=lambda number: FORGERIES[number].name)
def test_what_no_context_defines_is_refused_before_signing(number: int) -> None:
    plain = forged(FORGERIES[number])
    del plain["proof"]
    with pytest.raises(NotIssued):
        issue_document(plain, ring(), award().valid_from)


def test_undefined_terms_are_named() -> None:
    plain = credential_document(award())
    assert undefined_terms(plain) == ()
    plain["credentialSubject"]["achievement"]["grade"] = "A"
    plain["credentialSubject"]["achievement"]["type"].append("Degree")
    assert undefined_terms(plain) == ("Degree", "grade")
    plain["@context"].append("https://elsewhere.example/context")
    assert "@context" in undefined_terms(plain)[0]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("achievementType", "Medal"),
        ("image", "https://badges.example.org/x.png"),
        ("criteria", "Be good"),
        ("name", None),
        ("alignment", [{"type": ["Alignment"], "targetName": "x"}]),
        ("related", [{"id": "x"}]),
    ],
)
def test_what_breaks_a_schema_is_refused(place: str, value: Any) -> None:
    plain = credential_document(award())
    plain["credentialSubject"]["achievement"][place] = value
    with pytest.raises(NotIssued):
        issue_document(plain, ring(), award().valid_from)


def test_a_plain_word_is_no_type_of_an_alignment() -> None:
    plain = credential_document(award())
    plain["credentialSubject"]["achievement"]["alignment"][0]["targetType"] = "DigComp"
    with pytest.raises(NotIssued, match="alignment"):
        issue_document(plain, ring(), award().valid_from)


def test_two_status_entries_are_refused() -> None:
    plain = credential_document(award())
    plain["credentialStatus"] = [plain["credentialStatus"]] * 2
    with pytest.raises(NotIssued, match="credentialStatus"):
        issue_document(plain, ring(), award().valid_from)


def test_one_issuers_keys_do_not_sign_for_another() -> None:
    with pytest.raises(NotIssued):
        issue(award(), ring().known_as(ADDRESSES.did("swansea")))


def test_words_of_any_script_are_signed_and_verified() -> None:
    what = replace(
        achievement("ur"),
        name="معلومات: بنیادی \u200f]]>\u2028",
        description="Gwybodaeth \\theta \t & <b>",
        alignments=(Alignment("digcomp3", "1.1", 1, "é́", "DigComp", "https://x.example/"),),
    )
    badge = issue(award(achievement=what), ring())
    assert document(badge)["credentialSubject"]["achievement"]["name"] == what.name


def test_an_endorsement_is_a_credential_of_its_own() -> None:
    _, body, _ = endorsement_of("https://badges.example.org/badges/x").split(".")
    found = json.loads(unpadded(body))
    assert found["credentialSubject"]["id"] == "https://badges.example.org/badges/x"
    assert found["iss"] == found["issuer"]["id"] == ADDRESSES.endorser_did("PLibrary")


# -- verified by others -----------------------------------------------------------------------


def test_the_librarys_verifier_passes_both_forms_by_did() -> None:
    """The same software signed the embedded form; @digitalbazaar's did not."""
    documents = published()

    def download(address: str) -> bytes:
        return documents[address] or b""

    embedded = OB3LdpVerifier.for_issuer_did(DID, download)
    found = embedded.verify(
        document(), check_status=True, verify_status_list=False, download=download
    )
    assert found.issuer.id == DID
    OB3Verifier.for_issuer_did(DID, download).verify(signed().jws)


def test_hash_and_signature_hold_with_cryptography_alone() -> None:
    found = document()
    (proof,) = found.pop("proof")
    value = proof.pop("proofValue")
    proof["@context"] = found["@context"]
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": document_loader(),
    }
    hashes = [
        hashlib.sha256(jsonld.normalize(one, options).encode()).digest() for one in (proof, found)
    ]
    pair = ring().current
    pair.ed25519.public_key().verify(base58(value[1:], 64), b"".join(hashes))
    body, _, signature = signed().jws.rpartition(".")
    pair.rsa.public_key().verify(unpadded(signature), body.encode(), PKCS1v15(), SHA256())


@pytest.mark.shared_data
def test_the_vector_of_the_standard_comes_out_to_the_letter() -> None:
    folder = shared_data("badges/vectors")
    known = json.loads((folder / "signed-credential.json").read_text("utf-8"))
    examples = json.loads((folder / "credentials-examples-v2.json").read_text("utf-8"))
    proof = known.pop("proof")
    keys = json.loads((folder / "key-pair.json").read_text("utf-8"))
    secret = Ed25519PrivateKey.from_private_bytes(base58(keys["privateKeyMultibase"][1:], 34)[2:])
    signed_again = add_data_integrity_proof(
        known,
        private_pem(secret),
        proof["verificationMethod"],
        created=datetime.fromisoformat(proof["created"]),
        extra_contexts={"https://www.w3.org/ns/credentials/examples/v2": examples},
    )
    assert signed_again["proof"] == proof


@pytest.mark.shared_data
def test_contexts_are_those_that_are_published() -> None:
    folder = shared_data("badges/context")
    carried = bundled_contexts()
    for address, name in {
        "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
    }.items():
        assert carried[address] == json.loads((folder / name).read_text("utf-8"))


def test_contexts_do_not_change_unseen() -> None:
    """A changed context changes what every signature covers."""
    digests = {
        address: hashlib.sha256(json.dumps(one, sort_keys=True).encode()).hexdigest()[:16]
        for address, one in bundled_contexts().items()
        if address in document()["@context"]
    }
    assert digests == {
        "https://www.w3.org/ns/credentials/v2": "0b8bc99c0146a77b",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "c57abd13b686a770",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "f33d0b74275b7d4e",
    }
