"""The command line, command by command."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.doctor import examine
from bot.errors import BotError
from storage import Database, Unit


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_CITIES", "manchester,derby")
    monkeypatch.setenv("BOT_SAMPLE_DATA", "off")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), catch_exceptions=False)


def with_person(folder: Path) -> str:
    url = f"sqlite:///{folder}/var/bot.db"
    Database.migrate(url)
    database = Database.open(url)

    def make(unit: Unit) -> str:
        return unit.people.ensure("web", "web", "abc", city="derby").id

    person = database.write_now(make)
    database.close()
    return person


@pytest.mark.parametrize(
    "words",
    [
        [], ["run"], ["doctor"], ["courses", "import"], ["courses", "template"],
        ["courses", "refresh"], ["staff", "invite"], ["content", "check"], ["content", "preview"],
        ["person", "export"], ["person", "erase"], ["backup"], ["restore"],
    ],
)  # fmt: skip
def test_every_command_explains_itself(words: list[str]) -> None:
    result = run(*words, "--help")

    assert result.exit_code == 0
    assert "Usage" in result.output


def test_staff_are_invited_by_a_link_that_works_once() -> None:
    result = run("staff", "invite", "--role", "editor", "--city", "derby", "--json")

    links = json.loads(result.output)
    assert "invite_" in links["Web chat"]


@pytest.mark.parametrize("words", [["--role", "king"], ["--city", "atlantis"]])
def test_an_impossible_invitation_says_what_is_possible(words: list[str]) -> None:
    with pytest.raises(BotError, match="There are: "):
        run("staff", "invite", *words)


def test_a_person_is_exported_and_erased(folder: Path) -> None:
    person = with_person(folder)

    exported = json.loads(run("person", "export", "web:abc").output)
    assert person in json.dumps(exported)
    assert run("person", "erase", "web:abc", "--yes").exit_code == 0
    with pytest.raises(BotError, match="known"):
        run("person", "export", "web:abc")


def test_a_backup_is_whole_and_can_be_put_back(folder: Path) -> None:
    with_person(folder)
    copy = folder / "copy.db"

    assert run("backup", str(copy)).exit_code == 0
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(folder / "var" / "bot.db")) as database:
        database.execute("DELETE FROM contact")
        database.commit()
    assert run("restore", str(copy), "--yes").exit_code == 0
    assert "derby" in run("person", "export", "web:abc").output


def test_a_damaged_backup_changes_nothing(folder: Path) -> None:
    with_person(folder)
    copy = folder / "copy.db"
    copy.write_bytes(b"SQLite format 3\0" + b"x" * 5000)

    with pytest.raises(BotError, match="not a whole database"):
        run("restore", str(copy), "--yes")
    assert "derby" in run("person", "export", "web:abc").output


def test_the_shipped_content_has_no_errors() -> None:
    result = run("content", "check", "--json")

    errors = [one for one in json.loads(result.output) if one["severity"] == "error"]
    assert errors == []
    assert result.exit_code == 0


def test_texts_can_be_read_as_people_read_them() -> None:
    told = run("content", "preview", "choice.back", "--language", "cy").output

    assert "choice.back: Yn ôl" in told


@pytest.mark.parametrize("name", ["courses.csv", "courses.xlsx"])
def test_a_provider_gets_an_empty_sheet(folder: Path, name: str) -> None:
    assert run("courses", "template", name).exit_code == 0
    assert (folder / name).stat().st_size > 0


def test_the_doctor_says_what_is_missing_and_how_to_mend_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {finding.what.partition(":")[0]: finding for finding in examine()}
    assert not any(finding.is_problem for finding in found.values())
    assert "BotFather" in found["Telegram"].mend

    with_person(folder)
    key = folder / "var" / "secret_key"
    key.write_text("x" * 40)
    key.chmod(0o644)
    monkeypatch.setenv("BOT_PUBLIC_URL", "http://bot.example")
    problems = [finding.what for finding in examine() if finding.is_problem]
    assert any("secret_key" in what for what in problems)
    assert any("not https" in what for what in problems)


def test_the_doctor_names_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_PORT", "many")

    result = run("doctor", "--json")

    assert result.exit_code == 1
    assert "BOT_PORT" in result.output
