"""Saying on a course's page that something is wrong, with and without a chat."""

from __future__ import annotations

import pytest

from bot.web.chat.address import address_of
from tests.web.client import Visitor
from tests.web.fake_catalogue import keeping_of
from tests.web.fakes import World

WRONG = "/courses/excel/wrong"


async def test_the_course_leads_to_a_form_that_knows_nobody(world: World, visitor: Visitor) -> None:
    await visitor.get("/courses/excel")
    assert f'href="{WRONG}"' in visitor.last
    await visitor.get(WRONG)
    assert "Tell me in my chat" not in visitor.last
    assert (await visitor.send(WRONG, {"reason": "price", "told": "yes"})).status == 200
    assert "Thank you. Staff will look at it." in visitor.last
    assert keeping_of(world.ports).reports.taken == [("", "excel", "price", "", True)]


async def test_whoever_has_a_chat_may_be_told_there(world: World, visitor: Visitor) -> None:
    cookie = "c" * 22
    world.talk.chats[address_of(cookie)] = []
    headers = {"Cookie": f"lcb-chat={cookie}"}
    await visitor.get(WRONG, headers=headers)
    assert "Tell me in my chat" in visitor.last
    await visitor.send(WRONG, {"reason": "other", "words": " Moved ", "told": "yes"}, headers)
    await visitor.send(WRONG, {"reason": "date"}, headers)
    taken = keeping_of(world.ports).reports.taken
    assert taken == [
        (address_of(cookie), "excel", "other", "Moved", True),
        (address_of(cookie), "excel", "date", "", False),
    ]


async def test_what_no_database_takes_is_left_out_of_a_form(world: World, visitor: Visitor) -> None:
    await visitor.send(WRONG, {"reason": "other", "words": "It \0moved"})
    assert [one[3] for one in keeping_of(world.ports).reports.taken] == ["It moved"]


@pytest.mark.parametrize("outcome", ["wrong_already", "wrong_often", "wrong_thanks_answer"])
async def test_what_became_of_it_is_said(world: World, visitor: Visitor, outcome: str) -> None:
    keeping_of(world.ports).reports.outcome = outcome
    await visitor.send(WRONG, {"reason": "link"})
    assert world.ports.content().words.short(f"course.{outcome}") in visitor.last.replace(
        "&#39;", "'"
    )


@pytest.mark.parametrize(
    "fields", [{}, {"reason": "none"}, {"reason": "other"}, {"reason": "other", "words": "  "}]
)
async def test_what_says_nothing_is_asked_again(
    world: World, visitor: Visitor, fields: dict[str, str]
) -> None:
    assert (await visitor.send(WRONG, fields)).status == 422
    assert 'role="alert"' in visitor.last
    assert keeping_of(world.ports).reports.taken == []


@pytest.mark.parametrize("course", ["gone", "none", "..", "%00"])
async def test_what_is_not_on_cannot_be_reported(
    world: World, visitor: Visitor, course: str
) -> None:
    assert (await visitor.get(f"/courses/{course}/wrong")).status == 404
    assert (await visitor.send(f"/courses/{course}/wrong", {"reason": "price"})).status == 404
    assert keeping_of(world.ports).reports.taken == []
