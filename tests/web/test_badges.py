"""Badges on the web: what issuers publish, a badge's own page, and checking one."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.badges.addresses import Addresses
from bot.badges.baking import unbake_png, unbake_svg
from bot.people import Grant, Role
from bot.web.stored_badges import StoredBadges
from tests.web.badges import ADA, BASE, BOB, CITY, Kept, world_of
from tests.web.conftest import Start, Visit

ENDINGS = ("", ".json", ".jws", ".png", ".svg")
JSON = {"Accept": "application/vc+ld+json, application/json"}

pytestmark = pytest.mark.slow


def cookie_of(secret: str) -> dict[str, str]:
    return {"Cookie": f"__Host-chat={secret}"}


class TestWhatIssuersPublish:
    @pytest.mark.parametrize(
        ("path", "media_type"),
        [
            ("/.well-known/did.json", "application/did+ld+json"),
            ("/.well-known/jwks.json", "application/jwk-set+json"),
            (f"/issuers/{CITY}/did.json", "application/did+ld+json"),
            (f"/issuers/{CITY}/jwks.json", "application/jwk-set+json"),
            (f"/issuers/{CITY}/status/1", "application/vc+ld+json"),
            (f"/endorsers/{'L' * 22}/did.json", "application/did+ld+json"),
        ],
    )
    async def test_every_origin_may_read_it(self, start: Start, path: str, media_type: str) -> None:
        visitor, _, _ = await start()
        response = await visitor.get(path)
        document = await response.text()

        assert response.status == 200
        assert response.content_type == media_type
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response.headers["Cache-Control"] == "public, max-age=300"
        assert '"d":' not in document, "never a private half"

    async def test_a_did_leads_to_the_keys_that_its_badges_name(
        self, start: Start, kept: Kept
    ) -> None:
        visitor, _, _ = await start()
        addresses = Addresses(BASE)
        document = await (await visitor.get(f"/issuers/{CITY}/did.json")).json(content_type=None)
        badge = await (await visitor.get(f"/badges/{kept.shown}.json")).json(content_type=None)
        keys = await (await visitor.get(f"/issuers/{CITY}/jwks.json")).json(content_type=None)

        assert document["id"] == addresses.did(CITY) == badge["issuer"]["id"]
        assert badge["proof"][0]["verificationMethod"] in document["assertionMethod"]
        assert all(one["kid"] in document["assertionMethod"] for one in keys["keys"])
        endorser = await visitor.get(f"/endorsers/{'L' * 22}/did.json")
        found = await endorser.json(content_type=None)
        assert found["id"] == addresses.endorser_did("L" * 22)

    @pytest.mark.parametrize(
        "path",
        [
            "/issuers/atlantis/did.json",
            "/issuers/atlantis/jwks.json",
            "/issuers/host/did.json",
            "/issuers/..%2Fmanchester/did.json",
            "/issuers/atlantis",
            f"/issuers/{CITY}/status/2",
            f"/issuers/{CITY}/status/-1",
            f"/issuers/{CITY}/status/{'9' * 30}",
            "/endorsers/short/did.json",
            f"/issuers/{CITY}/achievements/none/1/en",
            f"/issuers/{CITY}/achievements/a%20b/1/en.svg",
        ],
    )
    async def test_what_is_not_there_is_told_to_every_origin_too(
        self, start: Start, path: str
    ) -> None:
        visitor, _, _ = await start()
        response = await visitor.get(path, headers=JSON)

        assert response.status == 404
        assert response.headers["Access-Control-Allow-Origin"] == "*"

    async def test_an_achievement_has_a_page_its_data_and_a_picture(
        self, start: Start, kept: Kept
    ) -> None:
        visitor, _, _ = await start()
        badge = await (await visitor.get(f"/badges/{kept.shown}.json")).json(content_type=None)
        what = badge["credentialSubject"]["achievement"]
        path = what["id"].removeprefix(BASE)

        page = await visitor.get(path)
        assert page.status == 200
        assert what["name"] in visitor.last
        assert "Nobody tested it." in visitor.last
        assert "Ada" not in visitor.last
        told = await visitor.get(path, headers=JSON)
        assert await told.json(content_type=None) == what
        picture = await visitor.get(what["image"]["id"].removeprefix(BASE))
        assert picture.content_type == "image/svg+xml"
        assert picture.headers["Access-Control-Allow-Origin"] == "*"
        drawn = await picture.text()
        assert drawn.startswith("<svg")
        assert ", sans-serif" in drawn

    async def test_an_issuer_says_what_can_be_earned(self, start: Start) -> None:
        visitor, _, _ = await start()
        assert (await visitor.get(f"/issuers/{CITY}")).status == 200

        assert "Make the pledge" in visitor.last
        assert f"/issuers/{CITY}/did.json" in visitor.last


class TestThePage:
    async def test_a_shown_badge_says_what_who_when_and_the_name_that_was_chosen(
        self, start: Start, kept: Kept
    ) -> None:
        visitor, _, _ = await start()
        response = await visitor.get(f"/badges/{kept.shown}")

        assert response.status == 200
        assert "Ada &lt;b&gt;Lovelace&lt;/b&gt;" in visitor.last
        assert "23 November 2026" in visitor.last
        assert "The holder says this about themselves." in visitor.last
        assert "DigComp 3.0" in visitor.last
        assert "Sample" not in visitor.last
        assert "This is your badge" not in visitor.last
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert '<meta name="robots" content="noindex">' in visitor.last

    async def test_it_can_be_shared_with_a_picture_and_without_a_name(
        self, start: Start, kept: Kept
    ) -> None:
        visitor, _, _ = await start()
        await visitor.get(f"/badges/{kept.shown}")
        graph = dict(re.findall(r'<meta property="og:([a-z:]+)" content="([^"]*)">', visitor.last))

        assert graph["url"] == f"{BASE}/badges/{kept.shown}"
        assert graph["image"] == f"{BASE}/badges/{kept.shown}.png"
        assert graph["title"]
        assert not any("Ada" in one for one in graph.values())

    async def test_no_name_where_none_was_chosen_and_who_confirms_it(
        self, start: Start, kept: Kept
    ) -> None:
        visitor, _, _ = await start()
        await visitor.get(f"/badges/{kept.confirmed}")

        assert "Given to" not in visitor.last
        assert "Ada" not in visitor.last
        assert "Central Library" in visitor.last
        assert "I saw her do it." in visitor.last
        assert "I kept the club&#39;s accounts." in visitor.last
        assert "The holder says this about themselves." not in visitor.last

    async def test_a_revoked_badge_says_so_and_why(self, start: Start, kept: Kept) -> None:
        visitor, _, _ = await start()
        await visitor.get(f"/badges/{kept.revoked}")

        assert "This badge was taken back on 23 November 2026." in visitor.last
        assert "This badge cannot be earned here." in visitor.last

    async def test_an_expired_badge_says_so(self, start: Start, kept: Kept) -> None:
        visitor, _, _ = await start(timedelta(days=40))
        over = "This badge was good until 23 December 2026. Its time is over."

        await visitor.get(f"/badges/{kept.expired}")
        assert over in visitor.last
        await visitor.get(f"/badges/{kept.shown}")
        assert "Its time is over" not in visitor.last

    async def test_its_files_carry_the_badge(self, start: Start, kept: Kept) -> None:
        visitor, _, _ = await start()
        found = {}
        for ending in ENDINGS[1:]:
            response = await visitor.get(f"/badges/{kept.shown}{ending}")
            found[ending] = await response.read()
            assert response.headers["Content-Disposition"].startswith("attachment; "), ending
            assert response.headers["Access-Control-Allow-Origin"] == "*"
        inside = unbake_png(found[".png"]), unbake_svg(found[".svg"])

        assert all(one is not None and one[1].encode() == found[".json"] for one in inside)
        assert found[".jws"].count(b".") == 2
        asked = await visitor.get(f"/badges/{kept.shown}", headers=JSON)
        assert asked.content_type == "application/vc+ld+json"
        assert await asked.read() == found[".json"]

    async def test_badges_are_samples_until_the_address_is_public(
        self, start: Start, kept: Kept, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        visitor, _, _ = await start()
        monkeypatch.setattr(StoredBadges, "is_public", False)
        await visitor.get(f"/badges/{kept.shown}")
        assert "Sample: this badge is only for trying the service out." in visitor.last
        await visitor.get(f"/issuers/{CITY}")
        assert "Badges from here are samples now" in visitor.last


class TestWhoSeesIt:
    @pytest.mark.parametrize("ending", ENDINGS)
    async def test_a_hidden_badge_is_for_its_holder_alone(
        self, start: Start, kept: Kept, ending: str
    ) -> None:
        visitor, _, _ = await start()
        path = f"/badges/{kept.hidden}{ending}"

        assert (await visitor.get(path, headers=cookie_of(ADA))).status == 200
        assert (await visitor.get(path, headers=cookie_of(BOB))).status == 404
        assert (await visitor.get(path, headers=cookie_of("c" * 22))).status == 404
        assert (await visitor.get(path)).status == 404

    async def test_it_opens_and_closes_at_once(self, start: Start, kept: Kept) -> None:
        visitor, _, database = await start()
        for is_shown, status in ((True, 200), (False, 404)):

            def show(unit, is_shown=is_shown):  # type: ignore[no-untyped-def]
                person = unit.badges.find(kept.hidden).person
                unit.badges.show(person, kept.hidden, is_shown=is_shown)

            await database.write(show)
            for ending in ENDINGS:
                assert (await visitor.get(f"/badges/{kept.hidden}{ending}")).status == status

    @pytest.mark.parametrize("ending", ENDINGS)
    async def test_unknown_hidden_waiting_and_gone_look_the_same(
        self, start: Start, kept: Kept, ending: str
    ) -> None:
        visitor, _, _ = await start()
        seen = []
        for token in ("u" * 22, kept.hidden, kept.waiting, kept.gone):
            response = await visitor.get(f"/badges/{token}{ending}")
            headers = sorted(set(response.headers) - {"Content-Length"})
            seen.append((response.status, visitor.last.replace(token, ""), headers))

        assert [one[0] for one in seen] == [404, 404, 404, 410]
        assert len({one[1] for one in seen}) == 1
        assert all(one[2] == seen[0][2] for one in seen)

    @pytest.mark.parametrize("token", ["x", "x" * 21, "x" * 23, "x" * 500, "%00" * 22, "..%2F" * 5])
    async def test_what_cannot_be_a_token_is_never_looked_up(
        self, start: Start, token: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def fail(*told: object) -> None:
            raise AssertionError(told)

        visitor, _, _ = await start()
        monkeypatch.setattr(StoredBadges, "at", fail)
        for ending in ENDINGS:
            assert (await visitor.get(f"/badges/{token}{ending}")).status == 404

    async def test_its_holder_waits_for_a_badge_that_is_being_signed(
        self, start: Start, kept: Kept
    ) -> None:
        visitor, _, _ = await start()
        response = await visitor.get(f"/badges/{kept.waiting}", headers=cookie_of(BOB))

        assert response.status == 200
        assert "This badge is being signed." in visitor.last
        files = await visitor.get(f"/badges/{kept.waiting}.png", headers=cookie_of(BOB))
        assert files.status == 404

    @pytest.mark.parametrize("city", ["", CITY, "belfast"])
    @pytest.mark.parametrize("role", list(Role))
    async def test_no_role_in_any_city_opens_what_is_hidden(
        self, start: Start, kept: Kept, role: Role, city: str
    ) -> None:
        visitor, world, _ = await start()
        world.staff.sign_in("s" * 22, Grant(role, city))
        staff = {"Cookie": f"__Host-staff={'s' * 22}; __Host-chat={BOB}"}

        for ending in ENDINGS:
            path = f"/badges/{kept.hidden}{ending}"
            assert (await visitor.get(path, headers=staff)).status == 404, path

    async def test_guessing_is_slowed_down(self, visit: Visit, kept: Kept, tmp_path: Path) -> None:
        world, database, works = world_of(kept, tmp_path)
        object.__setattr__(world.ports.settings, "requests_a_minute", 20)
        visitor = await visit(world)
        statuses = [(await visitor.get(f"/badges/{n:022d}")).status for n in range(12)]
        await works.close()
        await database.aclose()

        assert statuses == [404] * 10 + [429] * 2
