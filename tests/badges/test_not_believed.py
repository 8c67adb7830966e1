"""What a judge takes for no badge at all, and a key that vouches for itself alone."""

from __future__ import annotations

import pytest

from bot.badges.baking import OPEN_BADGES_2, bake_png
from bot.badges.document import credential_document, dump
from bot.badges.keys import public_pem
from bot.badges.proofs import with_proof
from bot.badges.verify.judging import judge
from tests.badges.awards import NOW, award, ring
from tests.badges.pictures import PNG, SVG
from tests.badges.test_verify import told


@pytest.mark.parametrize(
    ("data", "verdict", "last"),
    [
        (b"", "not_a_badge", "format.no_credential"),
        (b"hello", "not_a_badge", "format.no_credential"),
        (b"\xff\xfe\x00", "not_a_badge", "file.unreadable"),
        (b"{", "not_a_badge", "format.bad_json"),
        (b'{"a":1,"a":2}', "not_a_badge", "format.bad_json"),
        (b'{"a":NaN}', "not_a_badge", "format.bad_json"),
        (b'{"a":"\\ud800"}', "not_a_badge", "format.bad_json"),
        (b'{"a":' + b"[" * 100_000, "not_a_badge", "format.bad_json"),
        (b'{"a":' + b"[" * 90 + b"]" * 90 + b"}", "not_a_badge", "format.bad_json"),
        (b"[1]", "not_a_badge", "format.no_credential"),
        (b"aa.bb.cc", "not_a_badge", "format.bad_jws"),
        (b"x" * 3_000_000, "not_a_badge", "file.too_large"),
        (b'{"type":"Assertion"}', "old_form", "format.old_form"),
        (b'{"type":["VerifiableCredential"]}', "not_a_badge", "format.other_credential"),
        (PNG, "not_a_badge", "file.empty_picture"),
        (PNG[:40], "not_a_badge", "file.unreadable"),
        (SVG.encode(), "not_a_badge", "file.empty_picture"),
        (b"<svg>", "not_a_badge", "file.unreadable"),
        (bake_png(PNG, "{}", OPEN_BADGES_2), "old_form", "format.old_form"),
    ],
)
def test_what_is_no_badge_is_said_to_be_none(data: bytes, verdict: str, last: str) -> None:
    found = judge(data, {}, NOW)
    assert (found.verdict, found.steps[-1].reason.text) == (verdict, f"verify.{last}")


def test_a_self_made_key_proves_nothing_about_who_it_is() -> None:
    from openbadgeslib.ob3 import did_key_from_pem

    did = did_key_from_pem(public_pem(ring().current.ed25519))
    plain = credential_document(award())
    plain["issuer"]["id"] = did
    plain["credentialSubject"]["achievement"]["creator"]["id"] = did
    del plain["credentialStatus"]
    name = did.rpartition(":")[2]
    pair = ring().current
    named = type("Named", (), {"ed25519": pair.ed25519, "ed25519_name": name})
    found = judge(dump(with_proof(plain, did, named, NOW)), {}, NOW)  # type: ignore[arg-type]
    assert (found.verdict, told(found)["key"], told(found)["status"]) == (
        "self_made",
        "self_made",
        "none",
    )
