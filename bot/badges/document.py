"""Building an Open Badges 3.0 credential as plain JSON, ready to be signed.

Always arrays where the schemas allow them, always ids, no null and no empty list: what is not
there is left out, because no signature covers an empty value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.badges.records import (
    SAMPLE,
    Achievement,
    Alignment,
    Award,
    Endorsement,
    Evidence,
    HashedEmail,
    Issuer,
    Json,
    StatusEntry,
)

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
BADGE_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
CONTEXTS = [VC_CONTEXT, BADGE_CONTEXT, EXTENSIONS_CONTEXT]
"""The third defines the type of `credentialSchema`: without it signers refuse the document."""

SCHEMA_ADDRESS = (
    "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
)
SCHEMA_TYPE = "1EdTechJsonSchemaValidator2019"
REVOCATION = "revocation"


def moment(at: datetime) -> str:
    """Return a time as credentials write it: UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def dump(document: Json) -> bytes:
    """Return a document as it is handed out."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def credential_document(award: Award) -> Json:
    """Return an award as a credential without a proof."""
    name = award.achievement.name
    return _filled(
        {
            "@context": list(CONTEXTS),
            "id": award.id,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": f"{SAMPLE}{name}" if award.is_sample else name,
            "issuer": profile(award.issuer),
            "validFrom": moment(award.valid_from),
            "validUntil": moment(award.valid_until) if award.valid_until else None,
            "awardedDate": moment(award.awarded_at),
            "credentialSubject": _subject(award),
            "evidence": [_evidence(one) for one in award.evidence],
            "endorsementJwt": list(award.endorsements),
            "credentialStatus": status_entry(award.status),
            "credentialSchema": [{"id": SCHEMA_ADDRESS, "type": SCHEMA_TYPE}],
        }
    )


def achievement_document(achievement: Achievement, issuer: Issuer) -> Json:
    """Return an achievement as it stands in a credential."""
    return _filled(
        {
            "id": achievement.id,
            "type": ["Achievement"],
            "name": achievement.name,
            "description": achievement.description,
            "achievementType": achievement.kind,
            "criteria": {"id": achievement.id, "narrative": achievement.criteria},
            "image": {"id": achievement.image, "type": "Image", "caption": achievement.caption},
            "alignment": [_alignment(one) for one in achievement.alignments],
            "tag": list(achievement.tags),
            "inLanguage": achievement.language,
            "version": achievement.version,
            "creator": profile(issuer),
            "related": [
                {"id": address, "type": ["Related"], "inLanguage": language}
                for address, language in achievement.others
            ],
        }
    )


def endorsement_document(endorsement: Endorsement) -> Json:
    """Return an endorsement as a credential without a proof."""
    return {
        "@context": list(CONTEXTS),
        "id": endorsement.id,
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": endorsement.endorser.name,
        "issuer": profile(endorsement.endorser),
        "validFrom": moment(endorsement.at),
        "awardedDate": moment(endorsement.at),
        "credentialSubject": {
            "id": endorsement.about,
            "type": ["EndorsementSubject"],
            "endorsementComment": endorsement.comment,
        },
    }


def profile(issuer: Issuer) -> Json:
    """Return an issuer as it stands in a credential."""
    return _filled(
        {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.address}
    )


def status_entry(status: StatusEntry) -> Json:
    """Return where others look whether a credential was revoked; the index is a string."""
    return {
        "id": f"{status.list_address}#{status.index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": REVOCATION,
        "statusListIndex": str(status.index),
        "statusListCredential": status.list_address,
    }


def _subject(award: Award) -> Json:
    return _filled(
        {
            "id": award.subject,
            "type": ["AchievementSubject"],
            "identifier": [_identity(award.email)] if award.email else None,
            "achievement": achievement_document(award.achievement, award.issuer),
        }
    )


def _identity(email: HashedEmail) -> Json:
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": email.digest,
        "identityType": "emailAddress",
        "salt": email.salt,
    }


def _alignment(alignment: Alignment) -> Json:
    """Return an alignment; a plain word as its type would fail both schemas."""
    return _filled(
        {
            "type": ["Alignment"],
            "targetCode": f"{alignment.competence}/{alignment.level}",
            "targetName": alignment.name,
            "targetFramework": alignment.framework_name,
            "targetUrl": alignment.address,
            "targetType": f"ext:{alignment.framework}.competence-level",
            "targetDescription": alignment.description,
        }
    )


def _evidence(evidence: Evidence) -> Json:
    return _filled(
        {
            "id": evidence.address,
            "type": ["Evidence"],
            "name": evidence.name,
            "narrative": evidence.narrative,
        }
    )


def _filled(members: Mapping[str, Any]) -> Json:
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}
