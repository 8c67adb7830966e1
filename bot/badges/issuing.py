"""From an award to a signed credential that every check has passed, or to nothing at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

from openbadgeslib.errors import LibOpenBadgesException
from openbadgeslib.ob3 import OB3LdpVerifier, OB3Verifier

from bot.badges.document import credential_document, dump, endorsement_document
from bot.badges.keys import KeyRing, public_pem
from bot.badges.proofs import as_jws, with_proof
from bot.badges.records import Award, Endorsement, Json, Signed
from bot.badges.schemas import SCHEMAS, credential_faults, faults
from bot.badges.terms import undefined_terms
from bot.errors import BotError

_ABOUT_TIME = (
    "Credential is not yet valid",
    "Credential has expired",
    "The token is not yet valid",
)


class NotIssued(BotError):  # noqa: N818 - named for what happened
    """A credential did not pass a check and was not issued; the message says which."""


def issue(award: Award, ring: KeyRing) -> Signed:
    """Sign an award in both forms and check the result as a stranger would.

    Raises:
        NotIssued: It breaks a schema, a member would not be covered by the signature, or a
            verifier that did not sign it refuses it.
    """
    return issue_document(credential_document(award), ring, award.valid_from)


def issue_document(document: Json, ring: KeyRing, now: datetime) -> Signed:
    """Sign a credential that has no proof yet; see `issue`."""
    if document["issuer"]["id"] != ring.did:
        raise NotIssued("The keys are another issuer's.")
    _refuse_undefined(document)
    pair = ring.current
    embedded = with_proof(document, ring.did, pair, now)
    if broken := credential_faults(embedded):
        raise NotIssued(f"It breaks a schema: {'; '.join(broken)}")
    signed = Signed(dump(embedded), as_jws(document, ring.did, pair), pair.name)
    _verify(signed, ring)
    return signed


def endorse(endorsement: Endorsement, ring: KeyRing) -> str:
    """Return an endorsement as a JWS; see `endorse_document`."""
    return endorse_document(endorsement_document(endorsement), ring)


def endorse_document(document: Json, ring: KeyRing) -> str:
    """Return an endorsement that has no proof yet as a JWS.

    Raises:
        NotIssued: It breaks a schema or holds an undefined term.
    """
    if document["issuer"]["id"] != ring.did:
        raise NotIssued("The keys are another endorser's.")
    _refuse_undefined(document)
    for schema in SCHEMAS:
        # Neither schema knows an endorsement without a proof inside.
        shown = {**document, "proof": [{"type": "DataIntegrityProof"}]}
        if broken := faults(schema, shown, "EndorsementCredential"):
            raise NotIssued(f"It breaks a schema: {'; '.join(broken)}")
    return as_jws(document, ring.did, ring.current)


def sign_plainly(document: Json, ring: KeyRing, now: datetime) -> bytes:
    """Sign a credential that is no badge, such as a status list, with an embedded proof.

    Raises:
        NotIssued: It holds an undefined term.
    """
    _refuse_undefined(document)
    return dump(with_proof(document, ring.did, ring.current, now))


def _refuse_undefined(document: Json) -> None:
    if undefined := undefined_terms(document):
        raise NotIssued(f"No context defines: {', '.join(undefined)}")


def _verify(signed: Signed, ring: KeyRing) -> None:
    pair = ring.current
    embedded = json.loads(signed.document)
    try:
        check_in_its_time(
            lambda: OB3LdpVerifier(public_pem(pair.ed25519), ring.did).verify(embedded)
        )
        check_in_its_time(lambda: OB3Verifier(public_pem(pair.rsa), ring.did).verify(signed.jws))
    except LibOpenBadgesException as error:
        raise NotIssued(f"A verifier refuses it: {error}") from error


def check_in_its_time(verify: Callable[[], object]) -> None:
    """Run a verification whatever the time is: when it begins and ends is judged elsewhere.

    The library looks at the times last, when the signature was found good, and by the clock of
    the machine alone.

    Raises:
        LibOpenBadgesException: It was refused for anything else.
    """
    try:
        verify()
    except LibOpenBadgesException as error:
        if not str(error).startswith(_ABOUT_TIME):
            raise
