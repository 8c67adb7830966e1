"""Signing: the proof inside a credential, and the same claims as a compact JWS."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from joserfc import jws
from joserfc.jwk import RSAKey
from openbadgeslib.ob3 import add_data_integrity_proof

from bot.badges.document import dump
from bot.badges.keys import KeyPair, private_pem
from bot.badges.records import Json

ALGORITHM = "RS256"


def with_proof(
    document: Json,
    did: str,
    pair: KeyPair,
    now: datetime,
    contexts: Mapping[str, Json] | None = None,
) -> Json:
    """Return a document with an embedded eddsa-rdfc-2022 proof, in an array as the schemas ask.

    Args:
        contexts: Those beside the contexts of badges, by their addresses.
    """
    signed = add_data_integrity_proof(
        document,
        private_pem(pair.ed25519),
        f"{did}#{pair.ed25519_name}",
        created=now,
        extra_contexts=contexts,
    )
    return {**signed, "proof": [signed["proof"]]}


def claims(document: Json) -> Json:
    """Return a credential's members with the registered claims that stand for them."""
    registered = {
        "iss": document["issuer"]["id"],
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": _seconds(document["validFrom"]),
    }
    if "validUntil" in document:
        registered["exp"] = _seconds(document["validUntil"])
    return {**document, **registered}


def as_jws(document: Json, did: str, pair: KeyPair) -> str:
    """Return the claims of a credential as a JWS that names its key and nothing else."""
    header = {"alg": ALGORITHM, "kid": f"{did}#{pair.rsa_name}", "typ": "JWT"}
    key = _imported(private_pem(pair.rsa))
    return jws.serialize_compact(header, dump(claims(document)), key, algorithms=[ALGORITHM])


@lru_cache(maxsize=16)
def _imported(pem: bytes) -> RSAKey:
    """Importing a key checks its primes, which takes as long as everything else together."""
    return RSAKey.import_key(pem.decode())


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())
