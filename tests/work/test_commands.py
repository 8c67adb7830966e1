"""The command line, command by command."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing.records import StoredCourse
from bot.courses.records import Course
from bot.doctor import examine
from bot.errors import BotError
from bot.people import AuditEntry, Role
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
        ["courses", "refresh"], ["staff", "invite"], ["staff", "list"], ["staff", "revoke"],
        ["content", "check"], ["content", "preview"],
        ["person", "export"], ["person", "erase"], ["backup"], ["restore"],
    ],
)  # fmt: skip
def test_every_command_explains_itself(words: list[str]) -> None:
    result = run(*words, "--help")

    assert result.exit_code == 0
    assert "Usage" in result.output


def audited(folder: Path) -> list[AuditEntry]:
    database = Database.open(f"sqlite:///{folder / 'var' / 'bot.db'}", is_alone=False)
    try:
        return database.read_now(lambda unit: unit.audit.list_latest())
    finally:
        database.close()


def test_staff_are_invited_by_a_link_that_works_once() -> None:
    result = run("staff", "invite", "--role", "editor", "--city", "derby", "--json")

    links = json.loads(result.output)
    assert "invite_" in links["Web chat"]


def test_a_provider_is_invited_for_an_organisation(folder: Path) -> None:
    for words in (["--role", "provider"], ["--role", "editor", "--provider", "Hulme College"]):
        with pytest.raises(BotError, match="--provider"):
            run("staff", "invite", *words)

    run("staff", "invite", "--role", "provider", "--city", "derby", "--provider", "Hulme College")

    (entry,) = audited(folder)
    assert (entry.action, entry.city, entry.facts["provider"]) == (
        *("staff.invited", "derby"),
        "Hulme College",
    )


def test_whoever_is_invited_for_a_name_without_courses_is_warned_about(folder: Path) -> None:
    command = ("staff", "invite", "--role", "provider", "--city", "derby", "--provider")
    assert "No course names 'Hulme College' yet" in run(*command, "Hulme College").output
    database = Database.open(f"sqlite:///{folder / 'var' / 'bot.db'}", is_alone=False)
    course = Course("c1", "Hulme College", "Excel for work", "derby")
    body = dump_course(course)
    stored = StoredCourse(course, body, body_hash(body))
    try:
        database.write_now(lambda unit: unit.catalogue.put("derby", "ours", [stored]))
    finally:
        database.close()

    assert "No course" not in run(*command, "hulme  COLLEGE").output
    assert "There is: Hulme College." in run(*command, "Hulm Colege").output
    assert "No course" not in run(*command, "Hulm Colege", "--json").output


def test_that_nobody_has_a_role_is_said() -> None:
    assert "Nobody has a role." in run("staff", "list").output


def test_a_role_is_listed_and_taken_back(folder: Path) -> None:
    person = with_person(folder)
    database = Database.open(f"sqlite:///{folder / 'var' / 'bot.db'}", is_alone=False)
    database.write_now(
        lambda unit: unit.staff.grant(person, Role.PROVIDER, ["derby"], provider="Library")
    )
    login = database.write_now(lambda unit: unit.staff.make_login(person, "web"))
    session = database.write_now(lambda unit: unit.staff.use_login(login)).token
    database.close()

    assert f"{person}  provider of Library, derby" in run("staff", "list").output
    assert json.loads(run("staff", "list", "--city", "manchester", "--json").output) == []
    role = ["staff", "revoke", person, "--role", "provider", "--city", "derby"]
    with pytest.raises(BotError, match="staff list"):
        run(*role)
    assert run(*role, "--provider", "Library").output == "Taken back.\n"
    assert run("staff", "list").output.startswith("Nobody has a role.")
    database = Database.open(f"sqlite:///{folder / 'var' / 'bot.db'}", is_alone=False)
    assert database.write_now(lambda unit: unit.staff.session(session)) is None
    database.close()
    assert audited(folder)[0].action == "staff.revoked"


@pytest.mark.parametrize("words", [["--role", "king"], ["--city", "atlantis"]])
def test_an_impossible_invitation_says_what_is_possible(words: list[str]) -> None:
    with pytest.raises(BotError, match="There are: "):
        run("staff", "invite", *words)


def test_a_person_is_exported_and_erased(folder: Path) -> None:
    person = with_person(folder)

    exported = json.loads(run("person", "export", "web:abc").output)
    assert person in json.dumps(exported)
    assert run("person", "erase", "web:abc", "--yes").exit_code == 0
    acts = audited(folder)
    assert [act.action for act in acts] == ["person.erased", "person.exported"]
    assert acts[0].subject == acts[1].subject
    assert person not in acts[0].subject
    with pytest.raises(BotError, match="known"):
        run("person", "export", "web:abc")


def test_a_backup_is_whole_and_can_be_put_back(folder: Path) -> None:
    with_person(folder)
    copy = folder / "copy.db"

    assert run("backup", str(copy)).exit_code == 0
    assert copy.stat().st_mode & 0o077 == 0
    assert sorted(folder.glob("copy.db*")) == [copy], "a backup is one file"
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
    assert "Accessibility statement" in found

    with_person(folder)
    key = folder / "var" / "secret_key"
    key.write_text("x" * 40)
    key.chmod(0o644)
    monkeypatch.setenv("BOT_PUBLIC_URL", "http://bot.example")
    problems = [finding.what for finding in examine() if finding.is_problem]
    assert any("secret_key" in what for what in problems)
    assert any("not https" in what for what in problems)


def test_the_doctor_notices_a_changed_audit_log(folder: Path) -> None:
    with_person(folder)
    assert run("person", "export", "web:abc").exit_code == 0
    assert any("Audit log: whole; 1 entries" in finding.what for finding in examine())

    with closing(sqlite3.connect(folder / "var" / "bot.db")) as database:
        database.execute("UPDATE audit SET action = 'nothing'")
        database.commit()
    assert any("entry 1 was changed" in one.what for one in examine() if one.is_problem)


def sheet(folder: Path, *titles: str) -> str:
    lines = ["reference,title,summary", *(f"{title},{title},About {title}" for title in titles)]
    path = folder / "courses.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def bring_in(folder: Path, *titles: str, code: int = 0, more: tuple[str, ...] = ()) -> Any:
    into = ("--city", "derby", "--provider", "Our College", "--json", *more)
    result = run("courses", "import", sheet(folder, *titles), *into)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def counts(report: Any) -> list[int]:
    return [report[name] for name in ("new", "changed", "unchanged", "withdrawn")]


def test_an_import_tells_scripts_what_it_did(folder: Path) -> None:
    assert counts(bring_in(folder, "Bread", "Cake", "Jam", more=("--dry-run",))) == [3, 0, 0, 0]
    report = bring_in(folder, "Bread", "Cake", "Jam", "")
    assert counts(report) == [3, 0, 0, 0]
    assert len(report["rejected"]) == 1
    assert set(report["rejected"][0]) == {"where", "field", "reason"}
    assert counts(bring_in(folder, "Bread", "Cake", "Jam")) == [0, 0, 3, 0]


def test_an_import_that_would_take_much_away_asks(folder: Path) -> None:
    bring_in(folder, "Bread", "Cake", "Jam")
    stopped = bring_in(folder, "Bread", code=3)
    assert stopped["stopped"] is True
    assert counts(bring_in(folder, "Bread", "Cake", "Jam")) == [0, 0, 3, 0]
    gone = bring_in(folder, "Bread", more=("--allow-withdrawals",))
    assert counts(gone) == [0, 0, 1, 2]


def test_an_import_into_an_unknown_city_names_those_there_are(folder: Path) -> None:
    with pytest.raises(BotError, match="derby, manchester"):
        run("courses", "import", sheet(folder, "Bread"), "--city", "atlantis", "--provider", "X")


def test_the_doctor_names_a_wrong_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_PORT", "many")

    result = run("doctor", "--json")

    assert result.exit_code == 1
    assert "BOT_PORT" in result.output
