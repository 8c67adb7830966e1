"""Several badges of one person as one signed credential: Comprehensive Learner Record 2.0.

The record says which badges belong together and how; each badge in it keeps its own signature and
its own place in the lists of revoked ones. What nobody but the person says is not in it.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3.clr import CLR_CONTEXT_URL, bundled_clr_contexts
from openbadgeslib.ob3.ldp import verify_data_integrity_proof

from bot.badges.document import BADGE_CONTEXT, VC_CONTEXT, dump, moment, profile
from bot.badges.issuing import NotIssued
from bot.badges.keys import KeyRing, public_pem
from bot.badges.proofs import with_proof
from bot.badges.records import Issuer, Json
from bot.badges.terms import undefined_terms

CONTEXTS = [VC_CONTEXT, CLR_CONTEXT_URL, BADGE_CONTEXT]


def record_document(
    address: str, issuer: Issuer, name: str, badges: Sequence[bytes], now: datetime
) -> Json:
    """Return a record without a proof.

    Args:
        address: Where it is served; the subject's id follows from it, and from nobody's name.
        name: What people read.
        badges: Signed credentials as they are handed out, at least one.
    """
    held = [json.loads(one) for one in badges]
    subject: Json = {
        "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, address)}",
        "type": ["ClrSubject"],
        "verifiableCredential": held,
    }
    if associations := _associations(held):
        subject["association"] = associations
    return {
        "@context": list(CONTEXTS),
        "id": address,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": name,
        "issuer": profile(issuer),
        "validFrom": moment(now),
        "credentialSubject": subject,
    }


def sign_record(document: Json, ring: KeyRing, now: datetime) -> bytes:
    """Sign a record, and check it as a stranger would.

    Raises:
        NotIssued: No context defines something in it, or it is too large for one document.
    """
    if document["issuer"]["id"] != ring.did:
        raise NotIssued("The keys are another issuer's.")
    contexts = bundled_clr_contexts()
    if undefined := undefined_terms(document, contexts):
        raise NotIssued(f"No context defines: {', '.join(undefined)}")
    pem = public_pem(ring.current.ed25519)
    try:
        signed = with_proof(document, ring.did, ring.current, now, contexts)
        verify_data_integrity_proof(signed, pem, extra_contexts=contexts)
    except LibOpenBadgesException as error:
        raise NotIssued(f"It cannot be signed: {error}") from error
    return dump(signed)


def _associations(badges: Sequence[Json]) -> list[Json]:
    """Return which badges are part of others among them: those that one names as its evidence."""
    known = {one["id"] for one in badges}
    return [
        {
            "type": "Association",
            "associationType": "isPartOf",
            "sourceId": part,
            "targetId": whole["id"],
        }
        for whole in badges
        for part in dict.fromkeys(_evidence_of(whole))
        if part in known and part != whole["id"]
    ]


def _evidence_of(badge: Json) -> list[Any]:
    return [one.get("id") for one in badge.get("evidence", ())]
