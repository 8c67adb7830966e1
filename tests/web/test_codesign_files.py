"""What staff take out of a round: its results in each form, and the next draft."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import orjson

from bot.codesign.records import Act, Change
from tests.web.client import Visitor
from tests.web.codesign_desk import COOKIE, ONE, desk, sent
from tests.web.fake_codesign import IDEA, ITEM, MISSED, ROUND, FakeCodesign

__all__ = ["desk"]


class TestTheNextDraft:
    async def test_it_says_what_changes_and_why(self, desk: FakeCodesign, visitor: Visitor) -> None:
        await visitor.get(f"{ONE}/draft", headers=COOKIE)
        assert "Enter facts into a sheet or form without mistakes" in visitor.last
        assert "Put facts into a sheet" in visitor.last
        assert f"frameworks draft {ROUND}" in visitor.last
        assert "3 people were not told yet." in visitor.last
        assert await sent(visitor, ONE, act="tell") == 303
        assert desk.done == [("tell",)]

    async def test_nobody_is_told_before_anything_is_decided(
        self, desk: FakeCodesign, visitor: Visitor
    ) -> None:
        desk.put(changes=())
        await visitor.get(f"{ONE}/draft", headers=COOKIE)
        assert 'value="tell"' not in visitor.last
        assert await sent(visitor, ONE, act="tell") == 400
        assert desk.done == []

    async def test_what_cannot_be_made_is_named(self, desk: FakeCodesign, visitor: Visitor) -> None:
        desk.put(changes=(Change("data.prepare.1z", Act.DROP, "data.prepare", 1, "", "x"),))
        await visitor.get(f"{ONE}/draft", headers=COOKIE)
        assert "Cannot be made" in visitor.last
        assert "Nothing is decided yet." in visitor.last
        assert (await visitor.get(f"{ONE}/draft.zip", headers=COOKIE)).status == 404

    async def test_it_is_taken_out_as_the_commands_take_it(
        self, desk: FakeCodesign, visitor: Visitor
    ) -> None:
        del desk
        response = await visitor.get(f"{ONE}/draft.zip", headers=COOKIE)
        with zipfile.ZipFile(io.BytesIO(await response.read())) as archive:
            names = set(archive.namelist())
            sheet = archive.read("sectors-draft/descriptors.csv").decode("utf-8-sig")
        assert {f"sectors-draft/{one}" for one in ("framework.yaml", "revisions.csv")} < names
        assert "Put facts into a sheet" in sheet
        response = await visitor.get(f"{ONE}/draft.xlsx", headers=COOKIE)
        book = openpyxl.load_workbook(io.BytesIO(await response.read()))
        cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
        assert "Put facts into a sheet" in cells


class TestFiles:
    async def test_results_are_taken_out_in_each_form(
        self, desk: FakeCodesign, visitor: Visitor
    ) -> None:
        tables = {}
        for name in ("results.csv", "suggestions.csv", "results.json", "results.xlsx"):
            response = await visitor.get(f"{ONE}/files/{name}", headers=COOKIE)
            assert response.status == 200
            assert "no-store" in response.headers["Cache-Control"]
            tables[name] = await response.read()
        rows = tables["results.csv"].decode("utf-8-sig").splitlines()
        book = openpyxl.load_workbook(io.BytesIO(tables["results.xlsx"]))
        document = orjson.loads(tables["results.json"])

        assert rows[1].startswith(f"{ITEM},data,data.prepare,1,")
        assert [row.split(",")[5] for row in rows if row.startswith(ITEM)] == [
            "everybody",
            "resident",
            "employer",
        ]
        assert book.sheetnames == ["Results", "Suggestions"]
        assert document["results"][0]["clear_yes"] == 9
        assert [one["suggestion"] for one in document["suggestions"]] == [IDEA, MISSED]
        assert document["suggestions"][1]["kind"] == ""
        assert desk.done == [("exported", ROUND)] * 4

    async def test_there_is_no_other(self, desk: FakeCodesign, visitor: Visitor) -> None:
        assert (await visitor.get(f"{ONE}/files/x.csv", headers=COOKIE)).status == 404
        assert desk.done == []
