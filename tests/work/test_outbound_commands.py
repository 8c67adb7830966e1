"""The emergency stop from the command line, and what tells of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.work.gate import Gate
from storage import Database
from tests.support.run_campaigns import run_for

URL = "sqlite:///var/bot.db"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_CITIES", "manchester")
    (tmp_path / "var").mkdir()
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), catch_exceptions=False)


def status() -> dict[str, object]:
    found: dict[str, object] = json.loads(run("outbound", "status", "--json").stdout)
    return found


def test_all_is_stopped_told_and_let_go_on() -> None:
    assert run("outbound", "status").stdout == "Messages go out.\n"
    assert "outbound resume" in run("outbound", "stop", "--reason", "A  wrong link").stdout
    assert "A wrong link" in run("outbound", "status").stdout
    assert status()["stopped"]
    doctor = run("doctor")
    assert doctor.exit_code == 1
    assert "All that goes out is stopped since" in doctor.stdout
    assert "A wrong link" in doctor.stdout
    assert run("outbound", "resume").stdout == "Messages go out again.\n"
    assert run("outbound", "resume").stdout == "Nothing was stopped.\n"
    assert status()["stopped"] is None
    assert "All that goes out is stopped" not in run("doctor").stdout


def test_a_stop_needs_a_reason() -> None:
    with pytest.raises(Exception, match="--reason"):
        run("outbound", "stop", "--reason", " ")
    assert run("outbound", "stop").exit_code == 2
    assert status()["stopped"] is None


async def test_a_program_that_runs_sees_it_and_the_audit_log_keeps_it() -> None:
    run("outbound", "stop", "--reason", "A wrong link")
    database = Database.open(URL, is_alone=False)
    gate = Gate(database)
    assert not await gate.look()
    run("outbound", "resume")
    assert await gate.look()
    acts = database.read_now(lambda unit: [one.action for one in unit.audit.list_latest()])
    assert acts == ["outbound.resumed", "outbound.stopped"]
    await database.aclose()


def test_what_is_being_sent_is_told() -> None:
    run("outbound", "status")
    database = Database.open(URL, is_alone=False)
    run_for(database, 2)
    database.close()
    assert "manchester: Open day, running, 0 of 2 done" in run("outbound", "status").stdout
    assert status()["runs"] == [
        {"city": "manchester", "title": "Open day", "state": "running", "done": 0, "size": 2}
    ]
