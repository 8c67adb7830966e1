"""Open Badges 2.0: hosted, checked by its rules and by a verifier that did not make it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from openbadgeslib import baking
from openbadgeslib.ob2.models import hash_identity
from openbadgeslib.ob2.verifier import OB2VerificationError, OB2Verifier

from bot.badges.baking import OPEN_BADGES_3, unbake_png, unbake_svg
from bot.badges.emails import hash_email
from bot.badges.older import CONTEXT
from storage import Database, Unit
from tests.web.badges import ADA, BASE, BOB, CITY, Kept
from tests.web.client import Visitor
from tests.web.conftest import Start
from tests.web.test_badges import cookie_of

EMAIL = "Ada@Example.org"

pytestmark = pytest.mark.slow


def put_in(database: Database, badge: str) -> str:
    """Put a badge into a backpack, as its holder does; return its token there."""

    def add(unit: Unit) -> str:
        held = unit.badges.find(badge)
        assert held is not None
        return unit.backpack.add(held.person, badge, hash_email(EMAIL)).token

    return database.write_now(add)


async def fetched(visitor: Visitor, address: str) -> dict[str, Any]:
    """Read a document at the address that another one names, as a backpack does."""
    response = await visitor.get(address.removeprefix(BASE))
    assert response.status == 200, address
    assert response.content_type == "application/ld+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, Any] = await response.json(content_type=None)
    assert found["@context"] == CONTEXT
    assert found["id"] == address, "the id of each is the address at which it is served"
    return found


async def test_all_three_are_hosted_and_lead_to_one_another(start: Start, kept: Kept) -> None:
    visitor, _, database = await start()
    token = put_in(database, kept.hidden)
    assertion = await fetched(visitor, f"{BASE}/backpack/{token}")

    assert assertion["type"] == "Assertion"
    assert assertion["verification"] == {"type": "hosted"}
    assert datetime.fromisoformat(assertion["issuedOn"]).tzinfo == UTC
    recipient = assertion["recipient"]
    assert (recipient["type"], recipient["hashed"]) == ("email", True)
    assert len(recipient["salt"]) >= 16
    assert recipient["identity"] == hash_identity(EMAIL.lower(), recipient["salt"])
    assert set(assertion) <= {
        *("@context", "type", "id", "recipient", "badge", "verification", "issuedOn", "expires")
    }, "nothing else of the person stands there"

    badge = await fetched(visitor, assertion["badge"])
    assert badge["type"] == "BadgeClass"
    assert all(badge[name] for name in ("name", "description", "image", "criteria", "issuer"))
    assert badge["criteria"]["id"]
    assert badge["criteria"]["narrative"]
    picture = await visitor.get(badge["image"]["id"].removeprefix(BASE))
    assert (picture.status, picture.content_type) == (200, "image/svg+xml")

    issuer = await fetched(visitor, badge["issuer"])
    assert issuer["type"] == "Issuer"
    assert issuer["name"]
    assert issuer["url"] == f"{BASE}/issuers/{CITY}"
    assert assertion["id"].startswith(issuer["verification"]["startsWith"][0])


async def test_a_badge_with_an_end_and_levels_says_both(start: Start, kept: Kept) -> None:
    visitor, _, database = await start()
    assertion = await fetched(visitor, f"{BASE}/backpack/{put_in(database, kept.expired)}")
    assert assertion["expires"] > assertion["issuedOn"]
    badge = await fetched(visitor, assertion["badge"])
    assert all(one["targetName"] and one["targetUrl"] for one in badge["alignment"])
    assert not any("type" in one for one in badge["alignment"])


async def documents(visitor: Visitor, token: str) -> dict[str, bytes]:
    """Return all that a verifier fetches, by address."""
    assertion = await fetched(visitor, f"{BASE}/backpack/{token}")
    badge = await fetched(visitor, assertion["badge"])
    found = (assertion, badge, await fetched(visitor, badge["issuer"]))
    return {one["id"]: json.dumps(one).encode() for one in found}


async def test_a_verifier_of_others_believes_it_and_no_changed_copy(
    start: Start, kept: Kept
) -> None:
    visitor, _, database = await start()
    found = await documents(visitor, put_in(database, kept.shown))
    # Badges of these tests are of a day to come, where the machine's clock stands before it.
    assertion = json.loads(next(iter(found.values())))
    assertion["issuedOn"] = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    found[assertion["id"]] = json.dumps(assertion).encode()
    verifier = OB2Verifier(download=found.__getitem__)

    believed = verifier.verify_hosted(assertion, expected_recipient=EMAIL.lower())
    assert believed.badge == assertion["badge"]
    with pytest.raises(OB2VerificationError, match="Recipient mismatch"):
        verifier.verify_hosted(assertion, expected_recipient="bob@example.org")
    changed = {**assertion, "badge": f"{assertion['badge']}x"}
    with pytest.raises(OB2VerificationError, match="does not match"):
        verifier.verify_hosted(changed)
    elsewhere = {**assertion, "id": f"{BASE}/elsewhere/{kept.shown}"}
    found[elsewhere["id"]] = json.dumps(elsewhere).encode()
    with pytest.raises(OB2VerificationError, match="outside the issuer"):
        verifier.verify_hosted(elsewhere)


async def test_its_holders_pictures_hold_both_and_nobody_elses_do(start: Start, kept: Kept) -> None:
    visitor, _, database = await start()
    token = put_in(database, kept.shown)
    assertion = await fetched(visitor, f"{BASE}/backpack/{token}")
    own = cookie_of(ADA)
    png = await (await visitor.get(f"/badges/{kept.shown}.png", headers=own)).read()
    svg = await (await visitor.get(f"/badges/{kept.shown}.svg", headers=own)).read()

    assert json.loads(baking.extract_png(png) or "") == assertion
    assert baking.extract_svg(svg) == assertion["id"], "old readers look for where it is hosted"
    for unbaked in (unbake_png(png), unbake_svg(svg)):
        assert unbaked is not None
        assert unbaked[0] == OPEN_BADGES_3, "the newer form stands in it as before"
        assert json.loads(unbaked[1])["id"] == f"{BASE}/badges/{kept.shown}"

    for other in ({}, cookie_of(BOB)):
        shown = await visitor.get(f"/badges/{kept.shown}.png", headers=other)
        assert shown.status == 200
        assert baking.extract_png(await shown.read()) is None


async def gone(visitor: Visitor, token: str) -> dict[str, Any]:
    response = await visitor.get(f"/backpack/{token}")
    assert response.status == 410
    assert response.content_type == "application/ld+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, Any] = await response.json(content_type=None)
    assert found.pop("revocationReason")
    return found


async def test_what_was_taken_back_taken_out_or_erased_is_gone(start: Start, kept: Kept) -> None:
    visitor, _, database = await start()
    tokens = [put_in(database, one) for one in (kept.revoked, kept.shown, kept.hidden)]

    def leave(unit: Unit) -> None:
        held = unit.badges.find(kept.shown)
        assert held is not None
        unit.backpack.remove(held.person, kept.shown)
        unit.badges.erase(held.person, kept.hidden)

    database.write_now(leave)
    for token in tokens:
        assert await gone(visitor, token) == {
            "@context": CONTEXT,
            "type": "Assertion",
            "id": f"{BASE}/backpack/{token}",
            "revoked": True,
        }


async def test_nothing_else_is_told_at_any_address(start: Start, kept: Kept) -> None:
    """A badge's page and its place in backpacks do not lead to each other."""
    visitor, _, database = await start()
    token = put_in(database, kept.hidden)
    for path in (f"/backpack/{kept.hidden}", f"/backpack/{'x' * 22}", "/backpack/..%2Fbadges"):
        assert (await visitor.get(path)).status == 404, path
    for path in (f"/badges/{token}", f"/badges/{token}.json", f"/badges/{token}.png"):
        assert (await visitor.get(path, headers=cookie_of(ADA))).status == 404, path
    assert (await visitor.get(f"/badges/{kept.hidden}")).status == 404, "its page stays closed"
    assert kept.hidden not in json.dumps(await fetched(visitor, f"{BASE}/backpack/{token}"))


@pytest.mark.parametrize(
    "path",
    [
        "/issuers/atlantis/issuer.json",
        f"/issuers/{CITY}/achievements/none/1/en/class.json",
        f"/issuers/{CITY}/achievements/a%20b/1/en/class.json",
    ],
)
async def test_what_is_not_there_is_not_found(start: Start, path: str) -> None:
    visitor, _, _ = await start()
    response = await visitor.get(path)
    assert response.status == 404
    assert response.headers["Access-Control-Allow-Origin"] == "*"
