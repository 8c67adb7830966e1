"""Software that did not issue the badges passes and fails the same list as we do."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openbadgeslib.ob3.contexts import bundled_contexts

from bot.badges.did import did_document
from bot.badges.document import credential_document, moment
from bot.badges.issuing import issue
from bot.badges.keys import KeyPair, make_pair
from bot.badges.proofs import as_jws, with_proof
from bot.badges.schemas import SCHEMAS, rules
from bot.badges.status import status_list
from tests.badges.awards import (
    DID,
    FORGERIES,
    INDEX,
    LIST,
    NOW,
    award,
    document,
    foreign_ring,
    forged,
    ring,
    signed,
)

FOLDER = Path(__file__).parent / "foreign_verifier"
UNSEEN = {"an empty list", "an end out of sight"}
"""The graph that is signed is the same, so this library cannot see it; ours refuses both."""

pytestmark = pytest.mark.slow


def ask(cases: list[dict[str, Any]], **changed: Any) -> dict[str, dict[str, Any]]:
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules").is_dir():
        if os.environ.get("CI"):
            pytest.fail("the foreign verifier is not installed: .ci/foreign-verifier")
        pytest.skip("the foreign verifier is not installed: .ci/foreign-verifier")
    question = {
        "now": moment(NOW),
        "schemas": {name: rules(name) for name in SCHEMAS},
        "documents": {**bundled_contexts(), **published(), **changed},
        "cases": cases,
    }
    done = subprocess.run(
        [node, "verify.mjs"],
        cwd=FOLDER,
        input=json.dumps(question).encode(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return {one.pop("name"): one for one in json.loads(done.stdout)}


@cache
def published() -> dict[str, Any]:
    return {
        DID: did_document(ring().public),
        LIST: json.loads(status_list(LIST, {INDEX + 1}, ring(), NOW)),
    }


def embedded(pair: KeyPair, **changes: Any) -> dict[str, Any]:
    return with_proof(credential_document(award(**changes)), DID, pair, NOW)


def test_genuine_badges_pass() -> None:
    cases: list[dict[str, Any]] = [
        {"name": "full", "credential": document()},
        {"name": "plain", "credential": embedded(ring().current, email=None, evidence=())},
        {"name": "sample", "credential": embedded(ring().current, is_sample=True)},
        {"name": "jws", "token": signed().jws},
    ]
    told = ask(cases)
    assert {name: one["isVerified"] for name, one in told.items()} == {
        "full": True,
        "plain": True,
        "sample": True,
        "jws": True,
    }, told
    assert not any(one["isRevoked"] for one in told.values())


def test_every_forgery_fails() -> None:
    told = ask([{"name": one.name, "credential": forged(one)} for one in FORGERIES])
    passed = {name for name, one in told.items() if one["isVerified"]}
    assert passed == UNSEEN


def test_others_keys_expired_revoked_and_changed_badges_fail() -> None:
    head, body, signature = signed().jws.split(".")
    foreign = foreign_ring().current
    cases: list[dict[str, Any]] = [
        {"name": "foreign key", "credential": embedded(foreign)},
        {"name": "unlisted key", "credential": embedded(replace(foreign, name="2031-1"))},
        {"name": "foreign jws", "token": as_jws(credential_document(award()), DID, foreign)},
        {"name": "changed jws", "token": f"{head}.{body[:-2]}AA.{signature}"},
        {"name": "expired", "credential": embedded(ring().current, valid_until=NOW - timedelta(1))},
        {"name": "early", "credential": embedded(ring().current, valid_from=NOW + timedelta(9))},
    ]
    told = ask(cases)
    assert not [name for name, one in told.items() if one["isVerified"]], told


def test_a_revoked_badge_is_seen_to_be_revoked_and_a_forged_list_to_be_forged() -> None:
    badge = {"name": "badge", "credential": document()}
    revoked = json.loads(status_list(LIST, {INDEX}, ring(), NOW))
    assert ask([badge], **{LIST: revoked})["badge"]["isRevoked"]
    cleared = json.loads(status_list(LIST, (), ring(), NOW))
    swapped = {**revoked, "credentialSubject": cleared["credentialSubject"]}
    assert not ask([badge], **{LIST: swapped})["badge"]["isVerified"]


def test_badges_outlive_a_rotation_but_not_a_leak() -> None:
    old, new = make_pair("2020-1", NOW), ring().current
    badge = json.loads(issue(award(), replace(ring(), pairs=(old,))).document)
    case = {"name": "old", "credential": badge}
    rotated = did_document(replace(ring(), pairs=(new, old)).public)
    assert ask([case], **{DID: rotated})["old"]["isVerified"]
    leaked = did_document(replace(ring(), pairs=(new, replace(old, leaked_at=NOW))).public)
    assert not ask([case], **{DID: leaked})["old"]["isVerified"]
