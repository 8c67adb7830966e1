"""Rounds on staff's pages: made, watched, read, decided upon, taken out; none of other cities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.codesign.records import Act, Change, Kind, Verdict
from bot.people import Grant, Role
from tests.web.client import Visitor
from tests.web.codesign_desk import COOKIE, HOME, ONE, SECRET, desk, sent
from tests.web.fake_codesign import IDEA, ITEM, MISSED, ROUND, FakeCodesign
from tests.web.fakes import World

__all__ = ["desk"]

NEW = {
    "framework": "sectors-draft",
    "title": "Spring",
    "area.data": "yes",
    "area.ai": "yes",
    "opens": "2026-12-01",
    "closes": "2027-01-31",
    "share": "4",
}


class TestARound:
    async def test_it_is_made_about_some_areas(self, desk: FakeCodesign, visitor: Visitor) -> None:
        assert await sent(visitor, f"{HOME}/new", **NEW) == 303
        ((_, new),) = desk.done

        assert (new.title, new.city, new.framework) == ("Spring", "manchester", "sectors-draft")
        assert (new.version, new.areas, new.share) == ("0.1", ("data", "ai"), 4)
        assert (new.opens_on, new.closes_on) == (date(2026, 12, 1), date(2027, 1, 31))

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("title", "x", "Give it a name of 3 to 80 letters."),
            ("title", "x" * 81, "Give it a name of 3 to 80 letters."),
            ("title", "Sector skills <b>", "There is a round of this name"),
            ("opens", "soon", "Give a day"),
            ("closes", "2026-11-30", "The last day must not be before the first"),
            ("closes", "2028-01-31", "A round is at most a year long."),
            ("share", "99", "Choose how many sentences at a time."),
            ("share", "²", "Choose how many sentences at a time."),
        ],
    )
    async def test_a_mistake_is_said_and_nothing_is_lost(
        self, desk: FakeCodesign, visitor: Visitor, field: str, value: str, said: str
    ) -> None:
        assert await sent(visitor, f"{HOME}/new", **{**NEW, field: value}) == 422
        assert said in visitor.last
        assert 'value="2026-12-01"' in visitor.last or field == "opens"
        assert desk.done == []

    async def test_the_form_says_in_which_city_it_is_made(
        self, desk: FakeCodesign, visitor: Visitor
    ) -> None:
        del desk
        await visitor.get(f"{HOME}/new", headers=COOKIE)
        assert "<h2>Manchester: " in visitor.last

    async def test_no_area_is_a_mistake(self, desk: FakeCodesign, visitor: Visitor) -> None:
        bare = {name: value for name, value in NEW.items() if not name.startswith("area.")}
        assert await sent(visitor, f"{HOME}/new", **bare) == 422
        assert "Choose at least one area." in visitor.last
        assert desk.done == []

    @pytest.mark.parametrize("field", ["city", "framework"])
    async def test_there_is_no_other(
        self, desk: FakeCodesign, visitor: Visitor, field: str
    ) -> None:
        assert await sent(visitor, f"{HOME}/new", **{**NEW, field: "belfast"}) == 404
        assert desk.done == []

    async def test_it_is_seen_with_its_links_its_people_and_its_balance(
        self, desk: FakeCodesign, visitor: Visitor
    ) -> None:
        await visitor.get(ONE, headers=COOKIE)

        assert "Sector skills &lt;b&gt;" in visitor.last
        assert "/?start=codesign_Token_0000000000000000" in visitor.last
        assert "t.me/LearningCityBot?start=codesign_Token" in visitor.last
        assert visitor.last.count('class="qr"') == 2
        assert 'class="chart"' in visitor.last
        assert "16 people" in visitor.last
        assert "Others: 1" not in visitor.last
        assert "Employers, Others: 7" in visitor.last
        desk.put(joined={Kind.RESIDENT: 9, Kind.OTHER: 1})
        await visitor.get(ONE, headers=COOKIE)
        assert "Residents:" not in visitor.last

    async def test_it_is_closed_moved_and_opened_again(
        self, desk: FakeCodesign, visitor: Visitor
    ) -> None:
        assert await sent(visitor, ONE, act="end") == 303
        days = {"opens": "2026-11-01", "closes": "2027-02-01"}
        assert await sent(visitor, ONE, act="move", **days) == 303
        assert desk.done == [("end",), ("move", date(2026, 11, 1), date(2027, 2, 1))]
        assert await sent(visitor, ONE, act="move", opens="2026-11-01", closes="2026-11-02") == 422
        assert "The last day must not be before" in visitor.last
        assert await sent(visitor, ONE, act="burn") == 400
        found = desk.held[ROUND].round
        desk.put(round=replace(found, ended_at=found.made_at))
        await visitor.get(ONE, headers=COOKIE)
        assert "Open it again" in visitor.last
        assert "Close the round" not in visitor.last

    async def test_an_invitation_is_written_by_who_may_send(
        self, desk: FakeCodesign, visitor: Visitor, world: World
    ) -> None:
        del desk
        await visitor.get(ONE, headers=COOKIE)
        assert "Write an invitation" not in visitor.last
        world.staff.sign_in(SECRET, Grant(Role.EDITOR, "manchester"))
        await visitor.get(ONE, headers=COOKIE)
        assert "/staff/campaigns/new?city=manchester&amp;from=skills-list" in visitor.last


class TestResults:
    async def test_they_are_by_sentence_and_kind(
        self, desk: FakeCodesign, visitor: Visitor
    ) -> None:
        del desk
        await visitor.get(f"{ONE}/results", headers=COOKIE)

        assert "Residents (9): 100%, 100%" in visitor.last
        assert "Employers (5): 0%, 50%" in visitor.last
        assert "Too few to split by kind" in visitor.last
        assert "1 person says what is missing" in visitor.last

    @pytest.mark.parametrize(
        ("order", "first"),
        [
            ("clear", "data.analyse.2a"),
            ("matters", ITEM),
            ("suggestions", ITEM),
            ("people", "data.prepare.2a"),
            ("framework", ITEM),
            ("'; drop", ITEM),
        ],
    )
    async def test_their_order_is_chosen(
        self, desk: FakeCodesign, visitor: Visitor, order: str, first: str
    ) -> None:
        del desk
        await visitor.get(f"{ONE}/results", headers=COOKIE, params={"by": order})
        table = visitor.last.partition("<tbody>")[2]

        assert table.partition(f"{ONE}/items/")[2].startswith(f'{first}"')

    async def test_words_are_shown_as_words(self, desk: FakeCodesign, visitor: Visitor) -> None:
        del desk
        await visitor.get(f"{ONE}/items/{ITEM}", headers=COOKIE)

        assert "&lt;script&gt;no&lt;/script&gt;" in visitor.last
        assert "1 person skipped it." in visitor.last

    async def test_as_whom_a_few_said_something_is_not_shown(
        self, desk: FakeCodesign, visitor: Visitor
    ) -> None:
        desk.put(joined={Kind.RESIDENT: 9, Kind.EMPLOYER: 6})
        await visitor.get(f"{ONE}/items/{ITEM}", headers=COOKIE)
        assert '<p class="quiet">Employers' in visitor.last
        desk.put(joined={Kind.RESIDENT: 9, Kind.EMPLOYER: 4})
        await visitor.get(f"{ONE}/items/{ITEM}", headers=COOKIE)
        assert '<p class="quiet">Somebody' in visitor.last

    @pytest.mark.parametrize("verdict", list(Verdict))
    async def test_a_suggestion_is_marked_with_the_reason(
        self, desk: FakeCodesign, visitor: Visitor, verdict: Verdict
    ) -> None:
        fields = {"verdict": verdict, "why": " Short\nis better ", "open": "yes"}
        path = f"{ONE}/items/{ITEM}"
        assert await sent(visitor, path, what="mark", suggestion=IDEA, **fields) == 303
        assert desk.done == [("mark", IDEA, verdict, "Short is better", True)]

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({}, "Say what you made of it."),
            ({"verdict": "burn"}, "Say what you made of it."),
            ({"verdict": "no"}, "Say why."),
            ({"verdict": "no", "why": "x" * 301}, "Make the reason shorter"),
        ],
    )
    async def test_a_mark_without_its_parts_is_not_kept(
        self, desk: FakeCodesign, visitor: Visitor, fields: dict[str, str], said: str
    ) -> None:
        for path, idea in ((f"{ONE}/items/{ITEM}", IDEA), (f"{ONE}/missing", MISSED)):
            assert await sent(visitor, path, what="mark", suggestion=idea, **fields) == 422
            assert said in visitor.last
        assert desk.done == []

    async def test_a_suggestion_is_marked_where_it_belongs_alone(
        self, desk: FakeCodesign, visitor: Visitor
    ) -> None:
        fields = {"what": "mark", "verdict": "taken"}
        for path, idea in (
            (f"{ONE}/items/{ITEM}", MISSED),
            (f"{ONE}/missing", IDEA),
            (f"{ONE}/items/data.prepare.2a", IDEA),
            (f"{ONE}/items/no.such.1a", IDEA),
        ):
            assert await sent(visitor, path, suggestion=idea, **fields) == 404
        assert desk.done == []


class TestDeciding:
    async def test_it_may_begin_with_what_somebody_suggested(
        self, desk: FakeCodesign, visitor: Visitor
    ) -> None:
        path = f"{ONE}/items/{ITEM}"
        await visitor.get(path, headers=COOKIE, params={"take": IDEA})
        form = visitor.last.partition('name="words"')[2].partition("</textarea>")[0]
        assert "Type facts in, &lt;script&gt;" in form
        await visitor.get(path, headers=COOKIE, params={"take": MISSED})
        form = visitor.last.partition('name="words"')[2].partition("</textarea>")[0]
        assert "Put facts into a sheet" in form
        assert desk.done == []

    async def test_a_sentence_gets_other_words(self, desk: FakeCodesign, visitor: Visitor) -> None:
        fields = {"act": "reword", "words": "Type facts in\nwith care", "why": "Clearer"}
        assert await sent(visitor, f"{ONE}/items/{ITEM}", what="change", **fields) == 303
        assert desk.done == [
            (
                "decide",
                Change(ITEM, Act.REWORD, "data.prepare", 1, "Type facts in with care", "Clearer"),
            )
        ]

    async def test_it_stays_as_it_is_after_all(self, desk: FakeCodesign, visitor: Visitor) -> None:
        assert await sent(visitor, f"{ONE}/items/{ITEM}", what="change", act="keep") == 303
        assert desk.done == [("keep", ITEM)]

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"act": "reword", "words": "Short", "why": "x"}, "at least 10 letters"),
            ({"act": "reword", "words": "know it all here", "why": "x"}, "Begin with what a"),
            ({"act": "reword", "words": "Type facts in with care"}, "Say why."),
            (
                {
                    "act": "reword",
                    "words": "Enter facts into a sheet or form without mistakes",
                    "why": "x",
                },
                "These are its words now.",
            ),
            ({"act": "drop", "why": "Not needed"}, "the only sentence at its level"),
            ({"act": "add", "words": "Type facts in with care", "why": "x"}, "Say what becomes"),
            ({}, "Say what becomes of it."),
        ],
    )
    async def test_what_cannot_be_is_said(
        self, desk: FakeCodesign, visitor: Visitor, fields: dict[str, str], said: str
    ) -> None:
        assert await sent(visitor, f"{ONE}/items/{ITEM}", what="change", **fields) == 422
        assert said in visitor.last
        assert desk.done == []

    async def test_a_sentence_is_made_of_what_is_missing(
        self, desk: FakeCodesign, visitor: Visitor
    ) -> None:
        fields = {"place": "data.prepare.2", "words": "Ask who may see a list", "why": "Missed"}
        path = f"{ONE}/missing"
        assert await sent(visitor, path, what="add", suggestion=MISSED, **fields) == 303
        change = Change(
            f"new.{MISSED}", Act.ADD, "data.prepare", 2, "Ask who may see a list", "Missed",
            (MISSED,),
        )  # fmt: skip
        assert desk.done == [("decide", change)]
        desk.done.clear()
        desk.put(changes=(change, replace(change, item="new.own1")))
        assert await sent(visitor, path, what="add", suggestion="", **fields) == 303
        assert desk.done[0][1].item == "new.own2"
        await visitor.get(path, headers=COOKIE)
        assert "Take it back" in visitor.last
        assert await sent(visitor, path, what="undo", item="new.own1") == 303
        assert desk.done[1] == ("keep", "new.own1")

    @pytest.mark.parametrize(
        ("fields", "status"),
        [
            ({"place": "data.prepare.5"}, 422),
            ({"place": "no.such.1"}, 422),
            ({"place": ""}, 422),
            ({"suggestion": IDEA}, 404),
            ({"suggestion": "x"}, 404),
            ({"what": "burn"}, 400),
            ({"what": "undo", "item": ITEM}, 400),
        ],
    )
    async def test_nothing_else_is_added(
        self, desk: FakeCodesign, visitor: Visitor, fields: dict[str, str], status: int
    ) -> None:
        good = {
            "what": "add",
            "suggestion": MISSED,
            "place": "data.prepare.2",
            "words": "Ask who may see a list",
            "why": "Missed",
        }
        assert await sent(visitor, f"{ONE}/missing", **{**good, **fields}) == status
        assert desk.done == []


@pytest.mark.parametrize(
    "path", ["", "/results", f"/items/{ITEM}", "/missing", "/draft", "/draft.zip",
             "/draft.xlsx", "/files/results.json"]
)  # fmt: skip
async def test_what_is_of_another_city_is_not_there(
    desk: FakeCodesign, visitor: Visitor, world: World, path: str
) -> None:
    world.staff.sign_in(SECRET, Grant(Role.LIAISON, "belfast"))
    assert (await visitor.get(f"{ONE}{path}", headers=COOKIE)).status == 404
    assert await sent(visitor, f"{ONE}{path}", act="end", what="mark") in {404, 405}
    assert desk.done == []


@pytest.mark.parametrize("round_id", ["none", "x" * 99, "%2e%2e", "'"])
async def test_there_is_no_such_round(desk: FakeCodesign, visitor: Visitor, round_id: str) -> None:
    del desk
    assert (await visitor.get(f"{HOME}/{round_id}", headers=COOKIE)).status == 404


async def test_a_forged_form_does_nothing(desk: FakeCodesign, visitor: Visitor) -> None:
    for path in (ONE, f"{HOME}/new", f"{ONE}/items/{ITEM}", f"{ONE}/missing"):
        form = {**NEW, "act": "end", "csrf": "x"}
        assert (await visitor.send(path, form, COOKIE)).status == 403
    assert desk.done == []
