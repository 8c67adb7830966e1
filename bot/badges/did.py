"""What an issuer publishes about its keys: the DID document and the JWK set. Never a private half.

A key that was rotated stays in both, so that what it signed still verifies. One that leaked is
marked revoked and may assert nothing any more.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from joserfc.jwk import RSAKey
from openbadgeslib.ob3.did import multikey_from_pem

from bot.badges.document import moment
from bot.badges.keys import KeyPair, KeyRing, public_pem
from bot.badges.records import Json

DID_CONTEXTS = [
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/suites/jws-2020/v1",
]


def did_document(ring: KeyRing) -> Json:
    """Return the document that a DID stands for, the newest keys first."""
    methods = [method for pair in ring.pairs for method in _methods(ring.did, pair)]
    return {
        "@context": list(DID_CONTEXTS),
        "id": ring.did,
        "verificationMethod": methods,
        "assertionMethod": [one["id"] for one in methods if "revoked" not in one],
    }


def jwk_set(ring: KeyRing) -> Json:
    """Return the keys with which a JWS may be verified."""
    return {
        "keys": [
            {**public_jwk(pair.rsa), "kid": f"{ring.did}#{pair.rsa_name}", "alg": "RS256"}
            for pair in ring.pairs
            if pair.leaked_at is None
        ]
    }


def public_jwk(key: RSAPrivateKey) -> dict[str, str]:
    """Return the public half of an RSA key as a JWK."""
    found = RSAKey.import_key(public_pem(key).decode()).as_dict(private=False)
    return {"kty": "RSA", "n": str(found["n"]), "e": str(found["e"])}


def _methods(did: str, pair: KeyPair) -> tuple[Json, Json]:
    revoked = {"revoked": moment(pair.leaked_at)} if pair.leaked_at else {}
    return (
        {
            "id": f"{did}#{pair.ed25519_name}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": multikey_from_pem(public_pem(pair.ed25519)),
            **revoked,
        },
        {
            "id": f"{did}#{pair.rsa_name}",
            "type": "JsonWebKey2020",
            "controller": did,
            "publicKeyJwk": public_jwk(pair.rsa),
            **revoked,
        },
    )
