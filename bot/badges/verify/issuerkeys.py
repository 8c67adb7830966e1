"""Which key a credential names, and whether that is its issuer's to sign with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import resolve_verification_method

from bot.badges.document import dump
from bot.badges.records import Json
from bot.badges.verify.reading import Token, keys_need
from bot.badges.verify.steps import Need, as_list, issuer_id
from bot.badges.verify.untrusted import BadJson, read_object

MAX_KEYS_DOCUMENT = 128 * 1024

Documents: TypeAlias = Mapping[str, bytes | None]
"""What was fetched, by address; None where it could not be."""

KeyFault: TypeAlias = Literal[
    "unreachable", "unreadable", "not_listed", "withdrawn", "other_issuer", "no_issuer", "no_key"
]


class NoKey(Exception):  # noqa: N818 - named for what happened
    """There is no key with which the credential could be verified."""

    def __init__(self, fault: KeyFault) -> None:
        super().__init__(fault)
        self.fault: KeyFault = fault


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A public key.

    Attributes:
        pem: As PEM.
        is_self_made: Whether it says nothing about who holds it: a did:key is its own proof.
    """

    pem: bytes
    is_self_made: bool = False


def issuer_key(document: Json, token: Token | None, documents: Documents) -> IssuerKey:
    """Return the key that a credential names, if it is its issuer's.

    Raises:
        NoKey: It is not, or nobody can say.
    """
    issuer = issuer_id(document)
    if issuer.startswith("https://"):
        return _plain_key(issuer, token, documents)
    if not issuer.startswith("did:"):
        raise NoKey("no_issuer")
    name = _key_name(document, token, issuer)
    if name and name.partition("#")[0] != issuer:
        raise NoKey("other_issuer")
    if issuer.startswith("did:key:"):
        return IssuerKey(_resolved(name or issuer, b""), is_self_made=True)
    raw = _fetched(keys_need(issuer, token), documents)
    known = _read(raw)
    if known.get("id") != issuer:
        raise NoKey("other_issuer")
    name = name or _name_of_jwk(known, token, issuer)
    return IssuerKey(_resolved(name, dump(_checked(known, name, issuer))))


def _key_name(document: Json, token: Token | None, issuer: str) -> str:
    if token is not None:
        kid = token.header.get("kid", "")
    else:
        proofs = [one for one in as_list(document.get("proof")) if isinstance(one, dict)]
        kid = proofs[0].get("verificationMethod", "") if proofs else ""
        if not kid:
            raise NoKey("no_key")
    if not isinstance(kid, str):
        raise NoKey("no_key")
    return f"{issuer}{kid}" if kid.startswith("#") else kid


def _checked(known: Json, name: str, issuer: str) -> Json:
    """Return the DID document with the one method of that name, if it may sign badges."""
    methods = [one for one in as_list(known.get("verificationMethod")) if isinstance(one, dict)]
    named = [one for one in methods if _full(one.get("id"), issuer) == name]
    if len(named) != 1:
        raise NoKey("not_listed")
    if "revoked" in named[0]:
        raise NoKey("withdrawn")
    if named[0].get("controller") != issuer:
        raise NoKey("other_issuer")
    may_assert = {
        _full(one.get("id") if isinstance(one, dict) else one, issuer)
        for one in as_list(known.get("assertionMethod"))
    }
    if name not in may_assert:
        raise NoKey("withdrawn")
    return {"id": issuer, "verificationMethod": [{**named[0], "id": name}]}


def _name_of_jwk(known: Json, token: Token | None, issuer: str) -> str:
    """Return the name of the key that a JWS brings with it, if the issuer lists the same one."""
    brought = token.header.get("jwk") if token else None
    if not isinstance(brought, dict):
        raise NoKey("no_key")
    for one in as_list(known.get("verificationMethod")):
        listed = one.get("publicKeyJwk") if isinstance(one, dict) else None
        if isinstance(listed, dict) and _numbers(listed) == _numbers(brought):
            return _full(one.get("id"), issuer)
    raise NoKey("not_listed")


def _plain_key(issuer: str, token: Token | None, documents: Documents) -> IssuerKey:
    """Return the key of an issuer without a DID: it lies on the issuer's own host."""
    found = _read(_fetched(keys_need(issuer, token), documents))
    try:
        key = KeySet.import_key_set({"keys": [found]}).keys[0]
        return IssuerKey(key.as_pem(private=False))  # type: ignore[union-attr]
    except (JoseError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise NoKey("unreadable") from error


def _fetched(needs: Any, documents: Documents) -> bytes:
    need: Need | None = next(iter(needs), None)
    if need is None:
        raise NoKey("no_issuer")
    raw = documents.get(need.address)
    if raw is None:
        raise NoKey("unreachable")
    return raw


def _read(raw: bytes) -> Json:
    if len(raw) > MAX_KEYS_DOCUMENT:
        raise NoKey("unreadable")
    try:
        return read_object(raw)
    except BadJson as error:
        raise NoKey("unreadable") from error


def _resolved(name: str, document: bytes) -> bytes:
    def download(_: str) -> bytes:
        return document

    try:
        return resolve_verification_method(name, download)
    except LibOpenBadgesException as error:
        raise NoKey("unreadable") from error


def _full(name: Any, issuer: str) -> str:
    if not isinstance(name, str):
        return ""
    return f"{issuer}{name}" if name.startswith("#") else name


def _numbers(jwk: Json) -> Json:
    return {name: jwk.get(name) for name in ("kty", "n", "e", "crv", "x", "y")}
