"""Frameworks from the command line, as staff use it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.errors import BotError
from bot.skills.tagging import Origin, Tag
from content.load import SHIPPED, load
from storage import Database, Unit

COMMANDS = ("list", "show", "template", "check", "add", "replace")


@pytest.fixture(autouse=True)
def own_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder of the city's own, which the commands work on."""
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "content"
    shutil.copytree(SHIPPED, root, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setenv("BOT_CONTENT_DIR", str(root))
    monkeypatch.setenv("BOT_CITIES", "manchester")
    return root


def run(*words: str, answer: str = "") -> Result:
    return CliRunner().invoke(
        cli, ["frameworks", *words], catch_exceptions=False, input=answer or None
    )


def filled(folder: Path) -> Path:
    """A template with what a city would change in it."""
    run("template", str(folder), "--xlsx")
    head = folder / "framework.yaml"
    text = head.read_text(encoding="utf-8")
    text = text.replace("Sector digital skills: a draft for co-design", "The city's own skills", 1)
    head.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")

    assert result.exit_code == 0
    assert "Usage" in result.output


def test_the_list_has_versions_and_the_empty_place() -> None:
    lines = run("list").output

    assert "digcomp3: DigComp 3.0" in lines
    assert "mdsf: Manchester Digital Skills Framework (empty, waits for" in lines
    rows = {row["id"]: row for row in json.loads(run("list", "--json").output)}
    assert rows["sectors-draft"]["status"] == "draft"
    assert rows["eds"]["kind"] == "quick check"


def test_a_framework_is_shown_with_every_sentence_and_its_source() -> None:
    lines = run("show", "digcomp3").output

    assert "CC BY 4.0" in lines
    assert "1.1.1a: " in lines
    assert json.loads(run("show", "eds", "--json").output)["version"] == "2022-1"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "nothing"), "There are: "),
        (("show", "mdsf"), "mdsf is empty"),
        (("show", "digcomp3", "--version", "9"), "has no version"),
        (("template", "x.csv", "--from", "nothing"), "There are: "),
        (("template", "content"), "is there already"),
        (("check", "nowhere", "--for", "mdsf"), "is no framework"),
        (("add", "digcomp3", "content/frameworks/digcomp3"), "use `frameworks replace`"),
        (("replace", "new", "content/frameworks/digcomp3"), "use `frameworks add`"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(BotError, match=said):
        run(*words)


def test_a_city_fills_its_place_and_brings_a_second_version(
    tmp_path: Path, own_content: Path
) -> None:
    folder = filled(tmp_path / "own")

    checked = run("check", str(folder), "--for", "mdsf")
    assert checked.exit_code == 0
    assert "nothing stands against it" in checked.output
    assert not load(own_content).slots["mdsf"].is_filled, "a check changes nothing"

    assert run("add", "mdsf", str(folder), "--version", "1").exit_code == 0
    assert load(own_content).slots["mdsf"].is_filled
    told = run("replace", "mdsf", str(folder / "descriptors.xlsx"), "--json")
    assert json.loads(told.output)["version"] == "2"
    assert load(own_content).archive["mdsf"]["1"].title == "The city's own skills"
    assert "earlier: 1" in run("list").output
    assert "version 1 " in run("show", "mdsf", "--version", "1").output


def test_a_replacement_is_asked_about_and_can_be_refused(own_content: Path) -> None:
    run("template", "sheet.csv")

    refused = run("replace", "sectors-draft", "sheet.csv", answer="n\n")
    assert refused.exit_code == 1
    assert load(own_content).frameworks["sectors-draft"].version == "0.1"

    assert run("replace", "sectors-draft", "sheet.csv", answer="y\n").exit_code == 0
    assert load(own_content).frameworks["sectors-draft"].version == "0.2"


def test_a_fault_is_named_by_row_and_field_and_ends_with_1(own_content: Path) -> None:
    run("template", "sheet.csv")
    sheet = Path("sheet.csv")
    text = sheet.read_text(encoding="utf-8-sig")
    sheet.write_text(text.replace("Enter facts", "Understand facts", 1), encoding="utf-8")

    result = run("replace", "sectors-draft", "sheet.csv", "--yes")

    assert result.exit_code == 1
    assert "descriptors.csv:2: " in result.output
    assert "begin with what a person does" in result.output
    assert load(own_content).frameworks["sectors-draft"].version == "0.1"


def test_it_is_written_to_the_audit_log(tmp_path: Path) -> None:
    run("template", "sheet.csv")
    run("replace", "sectors-draft", "sheet.csv", "--yes")

    database = Database.open(f"sqlite:///{tmp_path / 'var' / 'bot.db'}", is_alone=False)
    entry = database.read_now(lambda unit: unit.audit.list_latest())[0]
    database.close()
    assert (entry.action, entry.subject) == ("framework.replaced", "sectors-draft")
    assert entry.facts == {"version": "0.2", "before": "0.1"}


def test_competences_that_courses_were_given_are_kept(tmp_path: Path) -> None:
    """What a provider or staff say of a course must go on meaning something."""
    run("template", "sheet.csv")
    sheet = Path("sheet.csv")
    rows = sheet.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    sheet.write_text("".join(row for row in rows if "make.safe" not in row), encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'var' / 'bot.db'}"
    Database.migrate(url)
    database = Database.open(url)
    tags = {"weld": [Tag("make.safe", 2, False, origin=Origin.PROVIDER)]}

    def give(unit: Unit) -> None:
        unit.tags.put("manchester", tags)
        unit.catalogue.touch("manchester")

    database.write_now(give)
    database.close()

    result = run("replace", "sectors-draft", "sheet.csv", "--yes")

    assert result.exit_code == 1
    said = "courses:0: make.safe: providers or staff say that these courses teach it: weld."
    assert said in result.output
