"""Whether a credential was revoked, by the list that its issuer publishes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import decode_encoded_list

from bot.badges.records import Json
from bot.badges.verify.issuerkeys import Documents, NoKey, issuer_key
from bot.badges.verify.proving import NotProven, check_proof
from bot.badges.verify.reading import Token, take_apart
from bot.badges.verify.steps import as_list, issuer_id
from bot.badges.verify.untrusted import read_object

MAX_LIST = 1024 * 1024
LEEWAY = timedelta(seconds=60)
STOPS = frozenset({"revocation", "suspension"})

Status: TypeAlias = Literal["none", "good", "revoked", "suspended"]
StatusFault: TypeAlias = Literal[
    "unreachable", "unreadable", "unknown_kind", "other_issuer", "forged", "stale"
]


class NoStatus(Exception):  # noqa: N818 - named for what happened
    """Nobody can say whether it was revoked."""

    def __init__(self, fault: StatusFault) -> None:
        super().__init__(fault)
        self.fault: StatusFault = fault


def status_of(document: Json, documents: Documents, now: datetime) -> Status:
    """Return whether a credential was revoked.

    Raises:
        NoStatus: The list cannot be had or is not to be trusted.
    """
    entries = as_list(document.get("credentialStatus"))
    for entry in entries:
        if not isinstance(entry, dict):
            raise NoStatus("unknown_kind")
        if entry.get("type") == "1EdTechRevocationList":
            if _is_listed(entry, document, documents):
                return "revoked"
        elif _is_set(entry, document, documents, now):
            return "suspended" if entry.get("statusPurpose") == "suspension" else "revoked"
    return "good" if entries else "none"


def _is_set(entry: Json, document: Json, documents: Documents, now: datetime) -> bool:
    purpose, index = entry.get("statusPurpose"), entry.get("statusListIndex")
    if entry.get("type") != "BitstringStatusListEntry" or entry.get("statusSize", 1) != 1:
        raise NoStatus("unknown_kind")
    if not isinstance(index, str) or not index.isascii() or not index.isdigit() or len(index) > 9:
        raise NoStatus("unknown_kind")
    listed = _list(entry.get("statusListCredential"), document, documents, now)
    subject = listed["credentialSubject"]
    if purpose not in as_list(subject.get("statusPurpose")) or subject.get("statusSize", 1) != 1:
        raise NoStatus("unknown_kind")
    try:
        bits = decode_encoded_list(subject.get("encodedList"))
    except (ValueError, LibOpenBadgesException) as error:
        raise NoStatus("unreadable") from error
    at = int(index)
    if at >= len(bits) * 8:
        raise NoStatus("unreadable")
    return purpose in STOPS and bool(bits[at // 8] & (0x80 >> at % 8))


def _list(address: Any, document: Json, documents: Documents, now: datetime) -> Json:
    """Return the list credential, once its own signature and time are found good."""
    listed, token = _read(address, documents)
    if issuer_id(listed) != issuer_id(document):
        raise NoStatus("other_issuer")
    try:
        key = issuer_key(listed, token, documents)
        check_proof(listed, token, key.pem, is_badge=False)
    except (NoKey, NotProven) as error:
        raise NoStatus("forged") from error
    if listed.get("id") != address or not isinstance(listed.get("credentialSubject"), dict):
        raise NoStatus("forged")
    _check_time(listed, now)
    return listed


def _read(address: Any, documents: Documents) -> tuple[Json, Token | None]:
    raw = documents.get(address) if isinstance(address, str) else None
    if raw is None:
        raise NoStatus("unreachable")
    if len(raw) > MAX_LIST:
        raise NoStatus("unreadable")
    try:
        text = raw.decode("utf-8").strip()
        if text.startswith("{"):
            return read_object(text), None
        token = take_apart(text)
    except ValueError as error:
        raise NoStatus("unreadable") from error
    return token.payload, token


def _check_time(listed: Json, now: datetime) -> None:
    try:
        begins = datetime.fromisoformat(listed["validFrom"])
        ends = datetime.fromisoformat(listed["validUntil"]) if "validUntil" in listed else None
        if begins > now + LEEWAY or (ends is not None and ends < now - LEEWAY):
            raise NoStatus("stale")
    except (KeyError, ValueError, TypeError) as error:
        raise NoStatus("unreadable") from error


def _is_listed(entry: Json, document: Json, documents: Documents) -> bool:
    """Look into the older kind of list, which names the revoked ones and is not signed."""
    listed, _ = _read(entry.get("id"), documents)
    if issuer_id(listed) != issuer_id(document):
        raise NoStatus("other_issuer")
    named = as_list(listed.get("revokedCredential"))
    return any(isinstance(one, dict) and one.get("id") == document.get("id") for one in named)
