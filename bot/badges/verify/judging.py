"""Judging a credential step by step, from bytes and from what others published.

Nothing is fetched here: who calls hands in what `Found.needs` names, and may leave out what could
not be had.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from bot.badges.records import SAMPLE, Json, Reason
from bot.badges.schemas import faults
from bot.badges.verify.issuerkeys import Documents, IssuerKey, NoKey, issuer_key
from bot.badges.verify.proving import NotProven, check_proof
from bot.badges.verify.reading import Found, NotJudged, Token, read
from bot.badges.verify.revocation import NoStatus, status_of
from bot.badges.verify.steps import (
    Judgement,
    Outcome,
    Step,
    StepName,
    Verdict,
    as_list,
    issuer_id,
    shown_of,
)

LEEWAY = timedelta(seconds=60)
_KEY_VERDICTS: dict[str, Verdict] = {
    "not_listed": "foreign_key",
    "other_issuer": "foreign_key",
    "withdrawn": "withdrawn_key",
    "no_key": "broken",
    "no_issuer": "unknown",
    "unreachable": "unknown",
    "unreadable": "unknown",
}
_PROOF_VERDICTS: dict[str, Verdict] = {
    "changed": "changed",
    "uncovered": "changed",
    "claims": "broken",
    "empty": "broken",
    "no_proof": "broken",
    "unknown_kind": "unknown",
}


def judge(data: bytes, documents: Documents, now: datetime) -> Judgement:
    """Judge a badge in whatever form it comes; hostile input is refused, never trusted.

    Args:
        data: JSON, a compact JWS, or a PNG or SVG that carries one.
        documents: What the badge's issuer and others published, by address.
        now: The time for which it is judged.
    """
    try:
        found = read(data)
    except NotJudged as stop:
        return Judgement(stop.verdict, stop.steps)
    steps = [
        _step("file", "good", found.container),
        _step("format", "good", "embedded" if found.token is None else "jws"),
    ]
    broken = _schema_faults(found)
    if broken:
        places = ", ".join(place.partition(": ")[2].partition(" (")[0] for place in broken)
        steps.append(_step("schema", "bad", "broken", places=places))
    else:
        steps.append(_step("schema", "good", "good"))
    try:
        key = _proven(found, documents, steps)
    except NotJudged as stop:
        return Judgement(stop.verdict, (*steps, *stop.steps))
    if broken:
        return Judgement("broken", tuple(steps))
    verdicts = list(_life(found.document, documents, now, steps))
    steps.extend(_endorsements(found, documents))
    verdict = _heaviest(verdicts, key, found.document)
    return Judgement(verdict, tuple(steps), shown_of(found.document))


def _schema_faults(found: Found) -> tuple[str, ...]:
    """Return where a badge breaks the schema that is published, which all must satisfy."""
    return faults("published", found.document)


def _proven(found: Found, documents: Documents, steps: list[Step]) -> IssuerKey:
    issuer = issuer_id(found.document)
    try:
        key = issuer_key(found.document, found.token, documents)
    except NoKey as error:
        verdict = _KEY_VERDICTS[error.fault]
        outcome: Outcome = "unknown" if verdict == "unknown" else "bad"
        raise NotJudged(verdict, _step("key", outcome, error.fault, issuer=issuer)) from error
    steps.append(_step("key", "good", "self_made" if key.is_self_made else "good", issuer=issuer))
    try:
        check_proof(found.document, found.token, key.pem)
    except NotProven as error:
        verdict = _PROOF_VERDICTS[error.fault]
        outcome = "unknown" if verdict == "unknown" else "bad"
        raise NotJudged(verdict, _step("proof", outcome, error.fault)) from error
    steps.append(_step("proof", "good", "good"))
    return key


def _life(
    document: Json, documents: Documents, now: datetime, steps: list[Step]
) -> Iterator[Verdict]:
    """Yield what speaks against a genuine badge: its time, and whether it was revoked."""
    begins = datetime.fromisoformat(document["validFrom"])
    ends = datetime.fromisoformat(document["validUntil"]) if "validUntil" in document else None
    if begins > now + LEEWAY:
        steps.append(_step("time", "bad", "early", moment=begins))
        yield "early"
    elif ends is not None and ends < now:
        steps.append(_step("time", "bad", "expired", moment=ends))
        yield "expired"
    elif ends is not None:
        steps.append(_step("time", "good", "until", moment=ends))
    else:
        steps.append(_step("time", "good", "always"))
    try:
        status = status_of(document, documents, now)
    except NoStatus as error:
        steps.append(_step("status", "unknown", error.fault))
        yield "unknown"
    else:
        is_bad = status in ("revoked", "suspended")
        steps.append(_step("status", "bad" if is_bad else "good", status))
        if is_bad:
            yield "revoked"


def _heaviest(verdicts: Iterable[Verdict], key: IssuerKey, document: Json) -> Verdict:
    found = set(verdicts)
    order: tuple[Verdict, ...] = ("revoked", "expired", "early", "unknown")
    against = next((one for one in order if one in found), None)
    if against is None and _words(document.get("name")).startswith(SAMPLE):
        return "sample"
    return against or ("self_made" if key.is_self_made else "good")


def _endorsements(found: Found, documents: Documents) -> Iterator[Step]:
    for token in found.endorsements:
        yield _endorsement(token, found.document, documents)


def _endorsement(token: Token, document: Json, documents: Documents) -> Step:
    """Judge what somebody else confirms; only a genuine one says who it is from."""
    payload = token.payload
    try:
        check_proof(payload, token, issuer_key(payload, token, documents).pem)
    except (NoKey, NotProven) as error:
        is_away = error.fault in ("unreachable", "unreadable", "unknown_kind", "no_issuer")
        outcome: Outcome = "unknown" if is_away else "bad"
        return _step("endorsement", outcome, "away" if is_away else "forged")
    subject, issuer = payload.get("credentialSubject"), payload.get("issuer")
    types = as_list(payload.get("type"))
    about = subject.get("id") if isinstance(subject, dict) else None
    if "EndorsementCredential" not in types or about != document.get("id"):
        return _step("endorsement", "bad", "other_badge")
    name = issuer.get("name") if isinstance(issuer, dict) else None
    comment = subject.get("endorsementComment") if isinstance(subject, dict) else None
    return _step("endorsement", "good", "good", by=_words(name), comment=_words(comment))


def _words(value: object) -> str:
    return value[:500] if isinstance(value, str) else ""


def _step(name: StepName, outcome: Outcome, what: str, **values: object) -> Step:
    return Step(name, outcome, Reason(f"verify.{name}.{what}", values))
