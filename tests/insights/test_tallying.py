"""Counting what was answered: everybody once, words of their own never."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.insights.answers import Results, Split, dump_results
from bot.insights.tallying import Same, Tally, band_of
from bot.questionnaires import SKIPPED, Filled, GridCell, Key, Value
from bot.questionnaires.responses import Response, State
from tests.questionnaires.asked import questionnaire

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
WARDS = {"the hulme arch": "Hulme", "M15": "Hulme", "Moston Lane": "Moston"}


def sent(number: int, **answers: Value) -> Response:
    filled = Filled("test", 2, {Key(name): value for name, value in answers.items()})
    return Response(
        id=f"r{number}",
        city="manchester",
        person=f"p{number}",
        audience="employer",
        organisation=f"o{number}",
        subject="",
        filled=filled,
        state=State.SENT,
        started_at=AT,
        changed_at=AT,
        sent_at=AT,
    )


def counted(tmp_path: Path, responses: Iterable[Response]) -> Results:
    tally = Tally(questionnaire(tmp_path), Same(), lambda typed: WARDS.get(typed, ""))
    for one in responses:
        tally.add(one)
    return tally.results(AT)


def split(results: Results, question: str, row: str = "", of: str = "") -> dict[str, int | None]:
    (found,) = [
        one for one in results.splits if (one.question, one.row, one.of) == (question, row, of)
    ]
    return dict(found.parts)


def test_each_kind_is_counted(tmp_path: Path) -> None:
    levels = (GridCell("digcomp3:1.3", 1, 3),)
    responses = [
        sent(number, size="large", floors=Decimal(7), lift="yes", roles=("cook", "driver"),
             happy=Decimal(4), all=levels, place="M15")
        for number in range(6)
    ]  # fmt: skip
    found = counted(tmp_path, responses)

    assert (found.began, found.sent) == (5, 5)
    assert split(found, "floors") == {
        "1-4": None, "5-9": 5, "10-19": None, "20-49": None, "50-99": None,
    }  # fmt: skip
    assert split(found, "lift") == {"yes": 5, "no": None}
    assert split(found, "roles") == {"cook": 5, "driver": 5}
    assert split(found, "happy") == {"1": None, "2": None, "3": None, "4": 5, "5": None}
    assert split(found, "all", "digcomp3:1.3", "now")["1"] == 5
    assert split(found, "all", "digcomp3:1.3", "should")["3"] == 5
    assert split(found, "place") == {"Hulme": 5}
    # Everybody answers how big they are: too few answered to tell anything of it.
    assert set(split(found, "size").values()) == {None}


def test_words_are_neither_counted_nor_kept(tmp_path: Path) -> None:
    secret = "my secret"
    responses = [
        sent(number, mail=f"{secret}@example.org", site=f"https://{secret}", roles=(f"={secret}",),
             hurry=secret, place=secret)
        for number in range(9)
    ]  # fmt: skip
    found = counted(tmp_path, responses)

    assert secret.encode() not in dump_results([found])
    assert not {"mail", "site", "hurry"} & {one.question for one in found.splits}
    assert split(found, "roles") == {"cook": None, "driver": None}


def test_everybody_counts_once(tmp_path: Path) -> None:
    """One person with six organisations, and one organisation with six people."""
    many = [replace(sent(number, lift="yes"), person="one") for number in range(6)]
    team = [replace(sent(number, lift="yes"), organisation="home") for number in range(10, 16)]
    found = counted(tmp_path, [*many, *team])

    assert (found.began, found.sent) == (None, None)
    assert split(found, "lift") == {"yes": None, "no": None}
    others = [sent(number, lift="yes") for number in range(20, 23)]
    assert counted(tmp_path, [*many, *team, *others]).sent == 5


def test_what_nobody_knows_whose_it_is_counts_no_longer(tmp_path: Path) -> None:
    gone = [replace(sent(number, lift="yes"), person="", organisation="") for number in range(9)]

    assert counted(tmp_path, gone).sent is None


def test_of_what_is_not_sent_only_that_it_was_begun(tmp_path: Path) -> None:
    begun = [replace(sent(n, lift="yes"), state=State.WORK, sent_at=None) for n in range(7)]
    found = counted(tmp_path, begun)

    assert (found.began, found.sent, split(found, "lift")["yes"]) == (5, None, None)


def test_left_out_is_no_option(tmp_path: Path) -> None:
    found = counted(tmp_path, [sent(number, lift=SKIPPED) for number in range(8)])

    assert split(found, "lift") == {"yes": None, "no": None}


def test_months_are_told_where_there_are_enough(tmp_path: Path) -> None:
    responses = [replace(sent(n), sent_at=AT - timedelta(days=30 * (n % 2))) for n in range(30)]

    assert counted(tmp_path, responses).months == {"2026-10": 15, "2026-11": 15}


def test_it_is_due_once_five_more_have_sent(tmp_path: Path) -> None:
    since = Tally(questionnaire(tmp_path), Same(), str, AT)
    for number in range(30):
        since.add(sent(number))
    later = [replace(sent(n), sent_at=AT + timedelta(days=1)) for n in range(30, 34)]
    for one in (*later, *later):
        since.add(one)
    assert not since.is_due()

    since.add(replace(sent(34), sent_at=AT + timedelta(days=2)))
    assert since.is_due()


@pytest.mark.parametrize(
    ("number", "band"),
    [(0, "0"), (1, "1-4"), (4, "1-4"), (999, "500-999"), (9_999_999, "1000000+"), (-3, "<0")],
)
def test_bands(number: int, band: str) -> None:
    assert band_of(Decimal(number)) == band


def test_one_split_for_each_question(tmp_path: Path) -> None:
    assert [one.question for one in counted(tmp_path, []).splits] == [
        "size", "floors", "lift", "roles", "people", "skills", "happy", "all",
    ]  # fmt: skip
    assert Split("size", parts={"small": None, "large": None}) in counted(tmp_path, []).splits
