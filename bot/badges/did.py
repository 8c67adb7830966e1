"""What an issuer publishes about its keys: the DID document and the JWK set. Never a private half.

A key that was rotated stays in both, so that what it signed still verifies. One that leaked is
marked revoked and may assert nothing any more.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime

from bot.badges.document import moment
from bot.badges.records import Json

DID_CONTEXTS = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/suites/jws-2020/v1",
]


@dataclass(frozen=True, slots=True)
class PublicPair:
    """The public halves of two keys.

    Attributes:
        name: Such as "2026-1".
        multikey: The Ed25519 key as a Multikey.
        modulus, exponent: The RSA key, as a JWK writes them.
        leaked_at: When it was said that somebody else has the private halves.
    """

    name: str
    multikey: str
    modulus: str
    exponent: str
    leaked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PublicRing:
    """What others may know about an issuer's keys, the newest first."""

    did: str
    pairs: tuple[PublicPair, ...]

    def known_as(self, did: str) -> PublicRing:
        """Return the same keys under another DID."""
        return replace(self, did=did)


def read_public(text: str, did: str) -> PublicRing:
    """Return the public halves that a ring file tells, without opening a private one.

    Raises:
        ValueError: It is no ring file.
        KeyError: Something is missing in it.
    """
    return PublicRing(
        did,
        tuple(
            PublicPair(
                one["name"],
                one["ed25519"],
                one["rsa"]["n"],
                one["rsa"]["e"],
                datetime.fromisoformat(one["leaked_at"]) if one.get("leaked_at") else None,
            )
            for one in json.loads(text)
        ),
    )


def did_document(ring: PublicRing) -> Json:
    """Return the document that a DID stands for, the newest keys first."""
    methods = [method for pair in ring.pairs for method in _methods(ring.did, pair)]
    return {
        "@context": list(DID_CONTEXTS),
        "id": ring.did,
        "verificationMethod": methods,
        "assertionMethod": [one["id"] for one in methods if "revoked" not in one],
    }


def jwk_set(ring: PublicRing) -> Json:
    """Return the keys with which a JWS may be verified."""
    return {
        "keys": [
            {**_jwk(pair), "kid": f"{ring.did}#rsa-{pair.name}", "alg": "RS256"}
            for pair in ring.pairs
            if pair.leaked_at is None
        ]
    }


def _jwk(pair: PublicPair) -> Json:
    return {"kty": "RSA", "n": pair.modulus, "e": pair.exponent}


def _methods(did: str, pair: PublicPair) -> tuple[Json, Json]:
    revoked = {"revoked": moment(pair.leaked_at)} if pair.leaked_at else {}
    return (
        {
            "id": f"{did}#ed25519-{pair.name}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": pair.multikey,
            **revoked,
        },
        {
            "id": f"{did}#rsa-{pair.name}",
            "type": "JsonWebKey2020",
            "controller": did,
            "publicKeyJwk": _jwk(pair),
            **revoked,
        },
    )
