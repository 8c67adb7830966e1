"""Checking badges: every form, every fault, whatever is sent."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import web

from bot.web.badges import checking
from bot.web.badges.checking import CheckPages
from tests.web.badges import BASE, Kept, world_of
from tests.web.client import Visitor
from tests.web.conftest import Start, Visit

FORMS = (".json", ".jws", ".png", ".svg")
pytestmark = pytest.mark.slow


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
    async def test_it_asks_for_a_file_a_link_or_a_text_without_scripts(self, start: Start) -> None:
        visitor, _, _ = await start()
        assert (await visitor.get("/verify")).status == 200

        assert 'enctype="multipart/form-data"' in visitor.last
        assert "<script" not in visitor.last
        for name in ("file", "link", "badge"):
            assert f'name="{name}"' in visitor.last

    async def test_every_form_of_a_good_badge_is_good(self, start: Start, kept: Kept) -> None:
        visitor, _, _ = await start()
        for ending in FORMS:
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

    async def test_what_is_wrong_is_said_in_its_own_words(self, start: Start, kept: Kept) -> None:
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

    async def test_an_expired_badge_is_real_but_over(self, start: Start, kept: Kept) -> None:
        visitor, _, _ = await start(timedelta(days=40))
        data = await (await visitor.get(f"/badges/{kept.expired}.json")).read()
        await check(visitor, badge=data)

        assert BAD in visitor.last
        assert "signed this badge and nobody changed it, but its time is over." in visitor.last
        assert "It was good until 23 December 2026." in visitor.last

    async def test_a_hidden_badge_is_not_found_by_its_link(self, start: Start, kept: Kept) -> None:
        visitor, _, _ = await start()
        seen = set()
        for token in (kept.hidden, kept.gone, "u" * 22):
            await check(visitor, link=f"{BASE}/badges/{token}".encode())
            assert "We found no badge at this link." in visitor.last
            seen.add(visitor.last)
        assert len(seen) == 1

    async def test_foreign_links_go_through_the_guarded_client_alone(
        self, start: Start, kept: Kept, monkeypatch: pytest.MonkeyPatch
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

    async def test_private_addresses_are_not_reached(self, start: Start) -> None:
        visitor, _, _ = await start()
        port = visitor.client.server.port
        for link in (f"https://127.0.0.1:{port}/healthz", "https://169.254.169.254/latest"):
            await check(visitor, link=link.encode())
            assert "We found no badge at this link." in visitor.last

    async def test_nothing_sent_is_said_so(self, start: Start) -> None:
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
        self, start: Start, body: bytes, kind: str, status: int
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

    async def test_whoever_comes_when_too_many_wait_comes_again(
        self, start: Start, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        visitor, _, _ = await start()
        entered, gate = asyncio.Event(), asyncio.Event()

        async def wait(pages: CheckPages, request: web.Request, *_: object) -> web.StreamResponse:
            entered.set()
            await gate.wait()
            return await pages.ask(request)

        monkeypatch.setattr(checking, "MOST_AT_ONCE", 1)
        monkeypatch.setattr(CheckPages, "_judged", wait)
        first = asyncio.create_task(check(visitor, badge=b"{}"))
        await entered.wait()
        assert await check(visitor, badge=b"{}") == 503
        gate.set()
        assert await first == 200
        assert await check(visitor, badge=b"{}") == 200
