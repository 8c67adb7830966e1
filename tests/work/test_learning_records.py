"""Records of CVs: signed by the process with the keys, kept for a while, never for others."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.badges.addresses import Addresses
from bot.cv.contents import Contents, CvBadge
from bot.cv.records import Cv
from bot.work.learning_records import KEPT_FOR, MOST_KEPT, LearningRecords
from bot.work.sideprocess import SideProcessFailed
from content.load import Content
from tests.badges.awards import signed
from tests.web.cvs import badge

TOKEN = "v" * 22


class Signer:
    """Says what it was asked to sign."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.refuses = False

    async def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(question)
        if self.refuses:
            return {"refused": "too large"}
        return {"document": json.dumps(question["document"])}


@pytest.fixture
def signer() -> Signer:
    return Signer()


@pytest.fixture
def records(signer: Signer, content: Content) -> LearningRecords:
    made = LearningRecords(
        signer,  # type: ignore[arg-type]  # it answers as the process does
        Addresses("https://badges.example.org"),
        lambda: content,
        lambda: Clock.now,
    )
    Clock.now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    return made


class Clock:
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)


def contents(token: str = TOKEN, **changes: Any) -> Contents:
    held = replace(badge("o" * 22, "Finding things", is_shown=True), document=signed().document)
    shown = CvBadge(held, "Finding things", "", "en", {})
    cv = replace(Cv("anna", "manchester", token, True), **changes)
    return Contents(cv, (shown,), (), (), ())


async def test_it_is_signed_by_the_city_under_the_address_of_the_cv(
    records: LearningRecords, signer: Signer
) -> None:
    found = json.loads(await records.signed(contents()) or b"")
    assert found["id"] == f"https://badges.example.org/cv/{TOKEN}/clr.json"
    assert found["name"] == "Learning record"
    assert (signer.asked[0]["do"], signer.asked[0]["issuer"]) == ("record", "manchester")


async def test_it_is_signed_once_an_hour_and_anew_when_something_changed(
    records: LearningRecords, signer: Signer
) -> None:
    shown = contents()
    await records.signed(shown)
    await records.signed(shown)
    assert len(signer.asked) == 1
    Clock.now += KEPT_FOR
    await records.signed(shown)
    assert len(signer.asked) == 2
    await records.signed(replace(shown, badges=(*shown.badges, *shown.badges)))
    assert len(signer.asked) == 3


async def test_what_is_off_or_shows_no_badge_has_none(
    records: LearningRecords, signer: Signer
) -> None:
    assert await records.signed(contents(is_on=False)) is None
    assert await records.signed(contents(city="atlantis")) is None
    assert await records.signed(replace(contents(), badges=())) is None
    assert not signer.asked


async def test_only_a_few_are_kept(records: LearningRecords, signer: Signer) -> None:
    for number in range(MOST_KEPT + 1):
        await records.signed(contents(f"{number:022d}"))
    await records.signed(contents(f"{0:022d}"))
    assert len(signer.asked) == MOST_KEPT + 2


async def test_what_cannot_be_signed_now_is_said(records: LearningRecords, signer: Signer) -> None:
    signer.refuses = True
    with pytest.raises(SideProcessFailed, match="too large"):
        await records.signed(contents())
    signer.refuses = False
    Clock.now += timedelta(seconds=1)
    assert await records.signed(contents())
