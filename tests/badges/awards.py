"""An issuer, its keys and awards to test with, and the changes that a forger would make."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.badges.addresses import HOST_ISSUER, Addresses, new_subject, new_token
from bot.badges.did import did_document
from bot.badges.document import VC_CONTEXT, dump
from bot.badges.emails import hash_email
from bot.badges.issuing import endorse, issue
from bot.badges.keyfolder import KeyFolder
from bot.badges.keys import KeyRing
from bot.badges.records import (
    Achievement,
    Alignment,
    Award,
    Endorsement,
    Evidence,
    Issuer,
    Signed,
    StatusEntry,
)
from bot.badges.status import status_list

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ADDRESSES = Addresses("https://badges.example.org")
CITY = "manchester"
INDEX = 4711
LIST = ADDRESSES.status_list(CITY, 1)
DID = ADDRESSES.did(CITY)
ENDORSER = ADDRESSES.endorser_did("PLibrary")
ISSUER = Issuer(DID, "Manchester, City of Lifelong Learning", ADDRESSES.issuer(CITY))


@cache
def key_folder() -> KeyFolder:
    return KeyFolder(Path(tempfile.mkdtemp()) / "keys", ADDRESSES)


def ring() -> KeyRing:
    return key_folder().ring(CITY, NOW)


def foreign_ring() -> KeyRing:
    """Keys of somebody else who says that they are the city."""
    return key_folder().ring("swansea", NOW).known_as(DID)


def achievement(language: str = "en") -> Achievement:
    def at(one: str) -> str:
        return ADDRESSES.achievement(CITY, "check.digcomp3.1.1", "1", one)

    return Achievement(
        id=at(language),
        key="check.digcomp3.1.1",
        version="1",
        language=language,
        kind="Assessment",
        name="Information: Basic",
        description="You told us what you can do. Nobody tested it.",
        criteria="Answer the skills check for this area.\n\n* It is **self-declared**.",
        image=ADDRESSES.picture(at(language)),
        caption="A round badge with one of four steps filled",
        alignments=(
            Alignment(
                "digcomp3",
                "1.1",
                1,
                "Browsing, searching and filtering information: Basic",
                "DigComp 3.0",
                "https://data.europa.eu/doi/10.2760/0001149",
                "You do simple things, with help when you need it.",
            ),
        ),
        tags=("digital skills",),
        others=((at("cy"), "cy"),),
    )


def award(**changes: Any) -> Award:
    """Return an award that uses every part that an award can have."""
    plain = Award(
        id=ADDRESSES.credential(new_token()),
        issuer=ISSUER,
        achievement=achievement(),
        subject=new_subject(),
        status=StatusEntry(LIST, INDEX),
        valid_from=NOW,
        awarded_at=NOW - timedelta(days=1),
        valid_until=NOW + timedelta(days=730),
        email=hash_email("Ada@example.org"),
        evidence=(Evidence("https://badges.example.org/badges/x", "Another badge", "I made it"),),
    )
    return replace(plain, **changes)


def endorsement_of(credential: str) -> str:
    host = key_folder().ring(HOST_ISSUER, NOW)
    confirmed = Endorsement(
        "urn:uuid:1f2d3c4b-0000-4000-8000-000000000001",
        Issuer(ENDORSER, "Central Library"),
        credential,
        "I saw her help six people.",
        NOW,
    )
    return endorse(confirmed, host.known_as(ENDORSER))


@cache
def signed() -> Signed:
    plain = award()
    return issue(replace(plain, endorsements=(endorsement_of(plain.id),)), ring())


def document(credential: Signed | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((credential or signed()).document)
    return found


def published(
    keys: KeyRing | None = None, revoked: tuple[int, ...] = (), at: datetime = NOW
) -> Mapping[str, bytes | None]:
    """Return what the issuer and the endorser publish, by address."""
    keys = keys or ring()
    host = key_folder().ring(HOST_ISSUER, NOW)
    return {
        ADDRESSES.did_document(CITY): dump(did_document(keys.public)),
        "https://badges.example.org/endorsers/PLibrary/did.json": dump(
            did_document(host.known_as(ENDORSER).public)
        ),
        LIST: status_list(LIST, revoked, keys, at),
    }


@dataclass(frozen=True, slots=True)
class Forgery:
    """One change that a verifier must notice."""

    name: str
    change: Callable[[dict[str, Any]], object]


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], object]:
    *steps, last = path.split(".")

    def change(found: dict[str, Any]) -> None:
        place: Any = found
        for step in steps:
            place = place[int(step) if isinstance(place, list) else step]
        if value is None:
            del place[last]
        else:
            place[last] = value

    return change


def _rekey(found: dict[str, Any]) -> None:
    """Move a signed member out of readers' sight and put another in its place."""
    found["https://www.w3.org/2018/credentials#validUntil"] = {
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
        "@value": found.pop("validUntil"),
    }


FORGERIES = (
    Forgery("another name", _set("credentialSubject.achievement.name", "Doctor")),
    Forgery("another level", _set("credentialSubject.achievement.alignment.0.targetCode", "1.1/4")),
    Forgery("another person", _set("credentialSubject.id", "urn:uuid:" + "1" * 8)),
    Forgery("another issuer's name", _set("issuer.name", "University")),
    Forgery("a later end", _set("validUntil", "2099-01-01T00:00:00Z")),
    Forgery("no end", _set("validUntil", None)),
    Forgery("an end out of sight", _rekey),
    Forgery("no status", _set("credentialStatus", None)),
    Forgery("another status bit", _set("credentialStatus.statusListIndex", "1")),
    Forgery("no evidence", _set("evidence", None)),
    Forgery("a new member", _set("credentialSubject.achievement.grade", "A*")),
    Forgery("a new type", lambda d: d["credentialSubject"]["achievement"]["type"].append("Degree")),
    Forgery(
        "a title in two languages, which none signs",
        _set("credentialSubject.achievement.name", {"en": "Doctor", "cy": "Doethur"}),
    ),
    Forgery("another time of signing", _set("proof.0.created", "2026-01-01T00:00:00Z")),
    Forgery("another purpose", _set("proof.0.proofPurpose", "authentication")),
    Forgery("one letter of the proof", _set("proof.0.proofValue", "z" + "2" * 87)),
    Forgery("a context less", lambda d: d["@context"].remove(d["@context"][2])),
    Forgery("a context of its own", lambda d: d["@context"].append({"name": "urn:x:y"})),
    Forgery("no proof", _set("proof", None)),
    Forgery("an empty list", _set("termsOfUse", [])),
)


def forged(forgery: Forgery, genuine: dict[str, Any] | None = None) -> dict[str, Any]:
    changed = copy.deepcopy(genuine or document())
    forgery.change(changed)
    assert changed != (genuine or document())
    assert changed["@context"][0] == VC_CONTEXT
    return changed
