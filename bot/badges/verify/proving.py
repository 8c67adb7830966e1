"""Whether a credential is word for word what its issuer signed."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OB3LdpVerifier, verify_data_integrity_proof

from bot.badges.issuing import check_in_its_time
from bot.badges.records import Json
from bot.badges.terms import undefined_terms
from bot.badges.verify.reading import Token
from bot.badges.verify.steps import as_list
from bot.badges.verify.untrusted import MAX_DOCUMENT


class _Sizes(jws.JWSRegistry):
    """A header may bring a key with it, and a badge its endorsements."""

    max_header_length = 4096
    max_payload_length = MAX_DOCUMENT * 4 // 3


SUITE = "eddsa-rdfc-2022"
SAFE_HEADER = frozenset({"alg", "kid", "jwk", "typ"})

ProofFault: TypeAlias = Literal[
    "changed", "uncovered", "empty", "no_proof", "unknown_kind", "claims"
]


class NotProven(Exception):  # noqa: N818 - named for what happened
    """The signature does not hold, or is of a kind that cannot be verified here."""

    def __init__(self, fault: ProofFault) -> None:
        super().__init__(fault)
        self.fault: ProofFault = fault


def check_proof(document: Json, token: Token | None, pem: bytes, *, is_badge: bool = True) -> None:
    """Verify the one signature of a credential.

    Args:
        is_badge: Whether it is a badge; other credentials, such as status lists, are held to
            fewer rules.

    Raises:
        NotProven: With what is wrong.
    """
    if token is not None:
        _check_jws(token, pem)
        return
    suites = {one.get("cryptosuite") for one in as_list(document.get("proof"))
              if isinstance(one, dict)}  # fmt: skip
    if not suites:
        raise NotProven("no_proof")
    if SUITE not in suites:
        raise NotProven("unknown_kind")
    try:
        if is_badge:
            check_in_its_time(lambda: OB3LdpVerifier(pem).verify(document))
            if _has_empty_members(document):
                raise NotProven("empty")
        else:
            verify_data_integrity_proof(document, pem)
            if undefined_terms({k: v for k, v in document.items() if k != "proof"}):
                raise NotProven("uncovered")
    except LibOpenBadgesException as error:
        is_mismatch = "signature mismatch" in str(error)
        raise NotProven("changed" if is_mismatch else "uncovered") from error


def _has_empty_members(document: Json) -> bool:
    """Whether anything is empty: the graph that was signed does not show it, so anybody may
    have put it there."""
    waiting: list[object] = [document]
    while waiting:
        one = waiting.pop()
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else None
        if one is None or (inner is not None and not inner):
            return True
        waiting.extend(inner or ())
    return False


def _check_jws(token: Token, pem: bytes) -> None:
    if set(token.header) - SAFE_HEADER:
        raise NotProven("unknown_kind")
    algorithm, key = _key(pem)
    if token.header.get("alg") != algorithm:
        raise NotProven("unknown_kind" if token.header.get("alg") != "none" else "changed")
    try:
        jws.deserialize_compact(token.text, key, registry=_Sizes(algorithms=[algorithm]))
    except (JoseError, ValueError) as error:
        raise NotProven("changed") from error
    _check_claims(token.payload)


def _key(pem: bytes) -> tuple[str, RSAKey | ECKey | OKPKey]:
    """Return the key and the one algorithm that it may be used with, whatever a header says."""
    public = load_pem_public_key(pem)
    text = pem.decode()
    if isinstance(public, RSAPublicKey):
        return "RS256", RSAKey.import_key(text)
    if isinstance(public, EllipticCurvePublicKey):
        return "ES256", ECKey.import_key(text)
    if isinstance(public, Ed25519PublicKey):
        return "EdDSA", OKPKey.import_key(text)
    raise NotProven("unknown_kind")


def _check_claims(payload: Json) -> None:
    """The registered claims must say what the members say: readers look at either."""
    issuer, subject = payload.get("issuer"), payload.get("credentialSubject")
    expected = {
        "iss": issuer.get("id") if isinstance(issuer, dict) else issuer,
        "jti": payload.get("id"),
        "sub": subject.get("id") if isinstance(subject, dict) else None,
        "nbf": _seconds(payload.get("validFrom")),
        "exp": _seconds(payload.get("validUntil")),
    }
    for name, value in expected.items():
        is_needed = value is not None and name != "exp"
        if (is_needed or name in payload) and payload.get(name) != value:
            raise NotProven("claims")


def _seconds(value: object) -> int | None:
    try:
        return int(datetime.fromisoformat(value).timestamp()) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None
