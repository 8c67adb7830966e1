"""The page of a CV: whole for whoever has its address, nothing for everybody else."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace

import pytest

from bot.badges.baking import unbake_png
from tests.web.client import Visitor
from tests.web.cvs import BADGE_CLOSED, BADGE_OPEN, BADGE_OTHER, CV_TOKEN, material
from tests.web.fakes import World

PAGE = f"/cv/{CV_TOKEN}"
ENDINGS = (
    *("", "/credentials.json", "/credentials.zip", "/card.png"),
    *("/resume.json", "/clr.json"),
)


@pytest.fixture(autouse=True)
def cv(world: World) -> None:
    world.cvs.kept.append(material())


class TestThePage:
    async def test_it_shows_what_was_chosen_and_nothing_else(self, visitor: Visitor) -> None:
        response = await visitor.get(PAGE)

        assert response.status == 200
        page = visitor.last
        for words in ("Amina", "old trains", "Finding things online", "I rang ten places", "2024"):
            assert words in page
        assert "steps done" in page
        for words in ("Not for everybody", BADGE_OTHER, "Kept to myself"):
            assert words not in page

    async def test_what_people_wrote_stays_words(self, visitor: Visitor) -> None:
        await visitor.get(PAGE)

        assert "<b>and</b>" not in visitor.last
        assert "&lt;b&gt;and&lt;/b&gt;" in visitor.last

    async def test_an_open_badge_leads_to_its_page_and_a_closed_one_nowhere(
        self, visitor: Visitor
    ) -> None:
        await visitor.get(PAGE)

        assert f'href="/badges/{BADGE_OPEN}"' in visitor.last
        assert "A promise to learn" in visitor.last
        assert BADGE_CLOSED not in visitor.last

    async def test_each_chart_has_its_table(self, visitor: Visitor) -> None:
        await visitor.get(PAGE)

        charts = re.findall(r'<figure class="sheet"><svg[^\0]*?</svg>', visitor.last)
        rows = re.findall(r'<td role="cell">([^<]+)</td>', visitor.last)
        assert len(charts) == 2
        assert len(rows) == 2
        for reading in rows:
            assert any(reading in chart for chart in charts)
        assert "not a test" in visitor.last

    async def test_names_inside_pictures_do_not_meet(self, visitor: Visitor) -> None:
        await visitor.get(PAGE)

        ids = re.findall(r'\sid="([^"]+)"', visitor.last)
        assert len(ids) == len(set(ids))

    async def test_without_a_name_none_is_shown(self, world: World, visitor: Visitor) -> None:
        world.cvs.change(name="")

        await visitor.get(PAGE)

        assert "Amina" not in visitor.last
        assert ">Digital CV</h1>" in visitor.last

    async def test_what_was_taken_back_or_is_over_is_not_on_it(
        self, world: World, visitor: Visitor
    ) -> None:
        found = world.cvs.kept[0]
        gone = (
            replace(found.badges[0], revoked_at=found.now),
            replace(found.badges[1], valid_until=found.now),
        )
        world.cvs.kept[0] = replace(found, badges=gone)

        await visitor.get(PAGE)

        assert "Finding things online" not in visitor.last
        assert "A promise to learn" not in visitor.last
        response = await visitor.get(f"{PAGE}/credentials.json")
        assert await response.json() == []

    async def test_an_empty_one_says_so(self, world: World, visitor: Visitor) -> None:
        world.cvs.change(interests="", badges=(), areas=(), routes=())
        world.cvs.kept[0] = replace(world.cvs.kept[0], experiences=())

        await visitor.get(PAGE)

        assert "Nothing is on this page yet." in visitor.last
        assert "og:image" not in visitor.last
        assert (await visitor.get(f"{PAGE}/card.png")).status == 404

    async def test_it_needs_no_script_and_asks_nobody_else(self, visitor: Visitor) -> None:
        response = await visitor.get(PAGE)

        assert "<script" not in visitor.last
        loaded = re.findall(r'(?:src|<link[^>]+href)="([^"]+)"', visitor.last)
        assert all(one.startswith("/") for one in loaded)
        assert "Set-Cookie" not in response.headers
        assert response.headers["Referrer-Policy"] == "same-origin"

    async def test_its_picture_stands_beside_its_address(self, visitor: Visitor) -> None:
        await visitor.get(PAGE)

        address = f"http://127.0.0.1:8080{PAGE}"
        assert f'<meta property="og:image" content="{address}/card.png">' in visitor.last
        response = await visitor.get(f"{PAGE}/card.png")
        assert response.content_type == "image/png"
        assert (await response.read()).startswith(b"\x89PNG")

    async def test_it_has_a_code_to_scan(self, visitor: Visitor) -> None:
        await visitor.get(PAGE)

        assert '<svg role="img"' in visitor.last
        assert "QR code with the address of this page" in visitor.last


class TestTheFiles:
    async def test_the_array_holds_each_credential_as_it_was_signed(self, visitor: Visitor) -> None:
        response = await visitor.get(f"{PAGE}/credentials.json")

        body = await response.read()
        assert [one["id"] for one in json.loads(body)] == [BADGE_OPEN, BADGE_CLOSED]
        for held in material().badges[:2]:
            assert held.document in body
        assert "attachment" in response.headers["Content-Disposition"]

    async def test_the_bundle_holds_pictures_that_carry_them(self, visitor: Visitor) -> None:
        response = await visitor.get(f"{PAGE}/credentials.zip")

        with zipfile.ZipFile(io.BytesIO(await response.read())) as archive:
            assert archive.namelist() == ["credentials.json", "badge-1.png"]
            found = unbake_png(archive.read("badge-1.png"))
        assert found is not None
        assert found[1] == material().badges[0].document.decode()


class TestWhoSeesIt:
    @pytest.mark.parametrize("ending", ENDINGS)
    async def test_switched_off_it_is_not_there_at_once(
        self, world: World, visitor: Visitor, ending: str
    ) -> None:
        assert (await visitor.get(PAGE + ending)).status == 200

        world.cvs.change(is_on=False)

        assert (await visitor.get(PAGE + ending)).status == 404

    @pytest.mark.parametrize("ending", ENDINGS)
    @pytest.mark.parametrize(
        "token", ["w" * 22, "anna", "1", "id-o", "own.json", "v" * 21, "V" * 22]
    )
    async def test_no_guess_finds_one(self, visitor: Visitor, token: str, ending: str) -> None:
        response = await visitor.get(f"/cv/{token}{ending}")

        assert response.status == 404
        assert "Amina" not in await response.text()

    async def test_off_and_never_made_look_the_same(self, world: World, visitor: Visitor) -> None:
        world.cvs.change(is_on=False)
        off = await (await visitor.get(PAGE)).text()
        never = await (await visitor.get(f"/cv/{'w' * 22}")).text()

        assert off == never

    @pytest.mark.parametrize("ending", ENDINGS)
    async def test_nobody_keeps_it_and_no_engine_finds_it(
        self, visitor: Visitor, ending: str
    ) -> None:
        response = await visitor.get(PAGE + ending)

        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"

    async def test_its_person_sees_it_while_it_is_off(self, world: World, visitor: Visitor) -> None:
        world.cvs.change(is_on=False)
        assert (await visitor.get("/cv/own")).status == 404, "without the chat's cookie"
        visitor.client.session.cookie_jar.update_cookies({"lcb-chat": "c" * 22})

        response = await visitor.get("/cv/own")

        assert response.status == 200
        assert "Only you see this page now." in visitor.last
        assert CV_TOKEN not in visitor.last
        assert "QR code" not in visitor.last
