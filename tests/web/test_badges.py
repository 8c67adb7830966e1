"""Badges on the web: what issuers publish, a badge's own page, and checking one."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from bot.badges.addresses import Addresses
from bot.badges.baking import unbake_png, unbake_svg
from bot.people import Grant, Role
from bot.web.stored_badges import StoredBadges
from storage import Database
from tests.web.badges import ADA, BASE, BOB, CITY, Kept, build, world_of
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fakes import World

ENDINGS = ("", ".json", ".jws", ".png", ".svg")
JSON = {"Accept": "application/vc+ld+json, application/json"}

Open = Callable[..., Awaitable[tuple[Visitor, World, Database]]]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return build(tmp_path_factory.mktemp("badges"))


@pytest.fixture
async def start(kept: Kept, tmp_path: Path, visit: Visit) -> AsyncIterator[Open]:
    """Return what opens the badges at some later time."""
    opened = []

    async def make(later: timedelta = timedelta(0)) -> tuple[Visitor, World, Database]:
        world, database, works = world_of(kept, tmp_path, later=later)
        opened.append((database, works))
        if later:
            await works.awards.sign_due()  # the list of revoked badges is good for a week
        return await visit(world), world, database

    yield make
    for database, works in opened:
        await works.close()
        await database.aclose()


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
    async def test_every_origin_may_read_it(self, start: Open, path: str, media_type: str) -> None:
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
        self, start: Open, kept: Kept
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
        self, start: Open, path: str
    ) -> None:
        visitor, _, _ = await start()
        response = await visitor.get(path, headers=JSON)

        assert response.status == 404
        assert response.headers["Access-Control-Allow-Origin"] == "*"

    async def test_an_achievement_has_a_page_its_data_and_a_picture(
        self, start: Open, kept: Kept
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

    async def test_an_issuer_says_what_can_be_earned(self, start: Open) -> None:
        visitor, _, _ = await start()
        assert (await visitor.get(f"/issuers/{CITY}")).status == 200

        assert "Make the pledge" in visitor.last
        assert f"/issuers/{CITY}/did.json" in visitor.last


class TestThePage:
    async def test_a_shown_badge_says_what_who_when_and_the_name_that_was_chosen(
        self, start: Open, kept: Kept
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
        self, start: Open, kept: Kept
    ) -> None:
        visitor, _, _ = await start()
        await visitor.get(f"/badges/{kept.shown}")
        graph = dict(re.findall(r'<meta property="og:([a-z:]+)" content="([^"]*)">', visitor.last))

        assert graph["url"] == f"{BASE}/badges/{kept.shown}"
        assert graph["image"] == f"{BASE}/badges/{kept.shown}.png"
        assert graph["title"]
        assert not any("Ada" in one for one in graph.values())

    async def test_no_name_where_none_was_chosen_and_who_confirms_it(
        self, start: Open, kept: Kept
    ) -> None:
        visitor, _, _ = await start()
        await visitor.get(f"/badges/{kept.confirmed}")

        assert "Given to" not in visitor.last
        assert "Ada" not in visitor.last
        assert "Central Library" in visitor.last
        assert "I saw her do it." in visitor.last
        assert "I kept the club&#39;s accounts." in visitor.last
        assert "The holder says this about themselves." not in visitor.last

    async def test_a_revoked_badge_says_so_and_why(self, start: Open, kept: Kept) -> None:
        visitor, _, _ = await start()
        await visitor.get(f"/badges/{kept.revoked}")

        assert "This badge was taken back on 23 November 2026." in visitor.last
        assert "This badge cannot be earned here." in visitor.last

    async def test_an_expired_badge_says_so(self, start: Open, kept: Kept) -> None:
        visitor, _, _ = await start(timedelta(days=40))
        over = "This badge was good until 23 December 2026. Its time is over."

        await visitor.get(f"/badges/{kept.expired}")
        assert over in visitor.last
        await visitor.get(f"/badges/{kept.shown}")
        assert "Its time is over" not in visitor.last

    async def test_its_files_carry_the_badge(self, start: Open, kept: Kept) -> None:
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
        self, start: Open, kept: Kept, monkeypatch: pytest.MonkeyPatch
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
        self, start: Open, kept: Kept, ending: str
    ) -> None:
        visitor, _, _ = await start()
        path = f"/badges/{kept.hidden}{ending}"

        assert (await visitor.get(path, headers=cookie_of(ADA))).status == 200
        assert (await visitor.get(path, headers=cookie_of(BOB))).status == 404
        assert (await visitor.get(path, headers=cookie_of("c" * 22))).status == 404
        assert (await visitor.get(path)).status == 404

    async def test_it_opens_and_closes_at_once(self, start: Open, kept: Kept) -> None:
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
        self, start: Open, kept: Kept, ending: str
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
        self, start: Open, token: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def fail(*told: object) -> None:
            raise AssertionError(told)

        visitor, _, _ = await start()
        monkeypatch.setattr(StoredBadges, "at", fail)
        for ending in ENDINGS:
            assert (await visitor.get(f"/badges/{token}{ending}")).status == 404

    async def test_its_holder_waits_for_a_badge_that_is_being_signed(
        self, start: Open, kept: Kept
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
        self, start: Open, kept: Kept, role: Role, city: str
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


def parts(**fields: bytes) -> tuple[bytes, str]:
    """Return a form as a browser sends it where it holds a file."""
    sent = b""
    for name, value in fields.items():
        file = '; filename="badge.png"\r\nContent-Type: image/png' if name == "file" else ""
        head = f'--frontier\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
        sent += head.encode() + value + b"\r\n"
    return sent + b"--frontier--\r\n", "multipart/form-data; boundary=frontier"


async def check(visitor: Visitor, **fields: bytes) -> int:
    body, kind = parts(**fields)
    response = await visitor.client.post(
        "/verify",
        data=body,
        headers={"Content-Type": kind, "Origin": visitor.origin, "Sec-Fetch-Site": "same-origin"},
    )
    visitor.last = await response.text()
    return response.status


GOOD, BAD, UNSURE = "Yes, you can trust it", "No, do not rely on it", "We cannot say"


class TestChecking:
    async def test_it_asks_for_a_file_a_link_or_a_text_without_scripts(self, start: Open) -> None:
        visitor, _, _ = await start()
        assert (await visitor.get("/verify")).status == 200

        assert 'enctype="multipart/form-data"' in visitor.last
        assert "<script" not in visitor.last
        for name in ("file", "link", "badge"):
            assert f'name="{name}"' in visitor.last

    async def test_every_form_of_a_good_badge_is_good(self, start: Open, kept: Kept) -> None:
        visitor, _, _ = await start()
        for ending in ENDINGS[1:]:
            data = await (await visitor.get(f"/badges/{kept.confirmed}{ending}")).read()
            assert await check(visitor, file=data, link=b"", badge=b"") == 200
            assert GOOD in visitor.last, ending
        assert "The signature fits. Nobody changed a word." in visitor.last
        assert "The issuer has not taken it back." in visitor.last
        assert "Central Library confirms it: I saw her do it." in visitor.last
        assert await check(visitor, file=b"", badge=data) == 200
        assert GOOD in visitor.last
        link = f"{BASE}/badges/{kept.confirmed}"
        for one in (link, f"{link}?lang=cy", f"{link}.png"):
            assert await check(visitor, link=one.encode()) == 200
            assert GOOD in visitor.last, one
        assert (await visitor.send("/verify", {"link": link})).status == 200
        assert GOOD in visitor.last

    async def test_what_is_wrong_is_said_in_its_own_words(self, start: Open, kept: Kept) -> None:
        visitor, _, _ = await start(timedelta(days=5))
        good = json.loads(await (await visitor.get(f"/badges/{kept.shown}.json")).read())
        revoked = await (await visitor.get(f"/badges/{kept.revoked}.json")).read()
        changed = {**good, "name": "Doctor of <script>alert(1)</script>"}
        foreign = {
            **good,
            "proof": [{**good["proof"][0], "verificationMethod": "did:web:evil.example#ed25519-1"}],
        }

        for data, tone, words in (
            (json.dumps(changed), BAD, "It was changed after it was signed."),
            (revoked.decode(), BAD, "took this badge back. It no longer counts."),
            (json.dumps(foreign), BAD, "with a key that is not the issuer&#39;s."),
            ("{", UNSURE, "There is no badge in this that we can read."),
            ("hello", UNSURE, "This is neither JSON nor a signed code."),
        ):
            assert await check(visitor, badge=data.encode()) == 200
            assert tone in visitor.last, visitor.last
            assert words in visitor.last, words
            assert GOOD not in visitor.last
            assert "<script" not in visitor.last

    async def test_an_expired_badge_is_real_but_over(self, start: Open, kept: Kept) -> None:
        visitor, _, _ = await start(timedelta(days=40))
        data = await (await visitor.get(f"/badges/{kept.expired}.json")).read()
        await check(visitor, badge=data)

        assert BAD in visitor.last
        assert "signed this badge and nobody changed it, but its time is over." in visitor.last
        assert "It was good until 23 December 2026." in visitor.last

    async def test_a_hidden_badge_is_not_found_by_its_link(self, start: Open, kept: Kept) -> None:
        visitor, _, _ = await start()
        seen = set()
        for token in (kept.hidden, kept.gone, "u" * 22):
            await check(visitor, link=f"{BASE}/badges/{token}".encode())
            assert "We found no badge at this link." in visitor.last
            seen.add(visitor.last)
        assert len(seen) == 1

    async def test_foreign_links_go_through_the_guarded_client_alone(
        self, start: Open, kept: Kept, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        visitor, world, _ = await start()
        data = await (await visitor.get(f"/badges/{kept.shown}.json")).read()
        asked = []

        async def fetch(address: str) -> bytes | None:
            asked.append(address)
            return data if address.endswith("/good") else None

        monkeypatch.setattr(world.ports.badges, "_fetch", fetch)
        await check(visitor, link=b"https://elsewhere.example/good")
        assert GOOD in visitor.last
        await check(visitor, badge=b" https://elsewhere.example/away\n")
        assert "We found no badge at this link." in visitor.last
        await check(visitor, link=b"http://elsewhere.example/good")
        await check(visitor, link=b"https://[::1/good")
        await check(visitor, link=f"{BASE}/metrics".encode())
        assert asked == ["https://elsewhere.example/good", "https://elsewhere.example/away"]
        for link in (b"file:///etc/passwd", b"javascript:alert(1)", b"https://a b"):
            assert await check(visitor, link=link) == 400
            assert "This is not a link that we can open." in visitor.last

    async def test_private_addresses_are_not_reached(self, start: Open) -> None:
        visitor, _, _ = await start()
        port = visitor.client.server.port
        for link in (f"https://127.0.0.1:{port}/healthz", "https://169.254.169.254/latest"):
            await check(visitor, link=link.encode())
            assert "We found no badge at this link." in visitor.last

    async def test_nothing_sent_is_said_so(self, start: Open) -> None:
        visitor, _, _ = await start()
        assert await check(visitor, file=b"", link=b"", badge=b" ") == 400
        assert "There was nothing to check." in visitor.last

    @pytest.mark.parametrize(
        ("body", "kind", "status"),
        [
            (b"x" * 3_000_000, "multipart/form-data; boundary=frontier", 413),
            (b"x" * 1000, "multipart/form-data; boundary=frontier", 400),
            (b"--frontier\r\n\r\nx\r\n--frontier--", "multipart/form-data; boundary=frontier", 400),
            (b"--frontier\r\n" * 5000, "multipart/form-data; boundary=frontier", 400),
            (b"x", "multipart/form-data", 415),
            (b"x", f"multipart/form-data; boundary={'x' * 200}", 415),
            (b"{}", "application/json", 415),
            (b"badge=" + b"x" * 40_000, "application/x-www-form-urlencoded", 413),
        ],
    )
    async def test_what_is_no_form_is_refused(
        self, start: Open, body: bytes, kind: str, status: int
    ) -> None:
        visitor, _, _ = await start()
        headers = {"Content-Type": kind, "Origin": visitor.origin, "Connection": "close"}
        response = await visitor.client.post("/verify", data=BytesIO(body), headers=headers)

        assert response.status == status

    async def test_it_is_limited_strictly(self, visit: Visit, kept: Kept, tmp_path: Path) -> None:
        world, database, works = world_of(kept, tmp_path)
        object.__setattr__(world.ports.settings, "requests_a_minute", 240)
        visitor = await visit(world)
        statuses = [await check(visitor, badge=b"") for _ in range(11)]
        await works.close()
        await database.aclose()

        assert statuses == [400] * 10 + [429]
