"""Rounds of comments from the command line: listed, drafted, put in place, told of."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.codesign.records import Act, Change, Kind, NewRound, Verdict
from bot.errors import BotError
from content.load import SHIPPED
from storage import Database, Unit

ITEM = "data.prepare.1a"
NEW = NewRound(
    "manchester", "Spring round", "sectors-draft", "0.1", (), date(2026, 11, 1),
    date(2026, 11, 30), 5,
)  # fmt: skip


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["frameworks", *words], catch_exceptions=False)


def made(unit: Unit) -> str:
    found = unit.rounds.add(NEW)
    part = unit.comments.join(found.id, "anna", Kind.EMPLOYER, keeps=True)
    unit.comments.say_missing(part, "=Spot a fake shop")
    (idea,) = unit.rounds.list_suggestions(found.id)
    unit.rounds.mark(found.id, idea.id, Verdict.TAKEN, "Yes", is_open=True)
    added = Change(
        f"new.{idea.id}", Act.ADD, "data.prepare", 1, "Ask who may see a list", "Missed", (idea.id,)
    )
    unit.rounds.put_change(found.id, added)
    reworded = Change(ITEM, Act.REWORD, "data.prepare", 1, "Put facts into a sheet", "Shorter")
    unit.rounds.put_change(found.id, reworded)
    return found.id


@pytest.fixture
def round_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A round in which something was decided, and a content folder of the city's own."""
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "content"
    shutil.copytree(SHIPPED, root, ignore=shutil.ignore_patterns("*.py", "__pycache__", "*.po*"))
    monkeypatch.setenv("BOT_CONTENT_DIR", str(root))
    monkeypatch.setenv("BOT_CITIES", "manchester")
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    monkeypatch.setenv("BOT_DATABASE_URL", url)
    Database.migrate(url)
    database = Database.open(url)
    try:
        return database.write_now(made)
    finally:
        database.close()


def _undecide(unit: Unit, round_id: str) -> None:
    for one in unit.rounds.list_changes(round_id):
        unit.rounds.drop_change(round_id, one.item)


def test_the_whole_way_from_a_round_to_the_next_version(round_id: str) -> None:
    (row,) = json.loads(run("rounds", "--json").output)
    assert (row["id"], row["people"], row["framework"]) == (round_id, 1, "sectors-draft")
    assert f"{round_id}: Spring round (sectors-draft 0.1 in manchester" in run("rounds").output
    assert "does not say what it changed" in run("changes", "sectors-draft").output

    written = run("draft", round_id, "next")
    assert "data.prepare.1b: new" in written.output
    assert "from now:  Put facts into a sheet" in written.output
    assert "nothing stands against it" in run("check", "next", "--for", "sectors-draft").output
    assert run("replace", "sectors-draft", "next", "--yes").exit_code == 0

    lines = run("changes", "sectors-draft").output
    assert "data.prepare.1a: reworded" in lines
    assert "why: Missed (suggested by 1 person)" in lines
    assert "they said: =Spot a fake shop" in lines
    told = json.loads(run("changes", "sectors-draft", "--json").output)
    assert [one["round"] for one in told] == ["Spring round"] * 2
    with pytest.raises(BotError, match="Nothing was decided"):
        run("draft", round_id, "again")  # what is in place is not made twice
    assert "does not say" in run("changes", "sectors-draft", "--version", "0.1").output


def test_what_cannot_be_written_is_said(round_id: str, tmp_path: Path) -> None:
    with pytest.raises(BotError, match="There is no round 'x'"):
        run("draft", "x", "next")
    (tmp_path / "next").mkdir()
    with pytest.raises(BotError, match="is there already"):
        run("draft", round_id, "next")
    database = Database.open(f"sqlite:///{tmp_path / 'bot.db'}")
    database.write_now(lambda unit: _undecide(unit, round_id))
    database.close()
    with pytest.raises(BotError, match="Nothing was decided"):
        run("draft", round_id, "other")
