"""Frameworks from the command line, as staff use it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
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


WRITTEN = {
    "title": "The city's own skills",
    "short": "The city's skills",
    "label": "Given by the city for a test.",
    "publisher": "The city",
    "version": "2027",
    "licence": "CC BY 4.0",
    "attribution": "The city's own skills, 2027.",
    "used_for": "the sentences",
    "retrieved": "2027-01-31",
    "changes": "Nothing was changed.",
}


def filled(folder: Path, *options: str) -> Path:
    """A template with a city's words in each place that the template leaves empty."""
    run("template", str(folder), "--xlsx", *options)
    head = folder / "framework.yaml"
    lines = head.read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        name, colon, value = line.partition(":")
        if colon and value.split("#")[0].strip() == '""' and name.strip() in WRITTEN:
            lines[at] = f'{name}: "{WRITTEN[name.strip()]}"'
    head.write_text("\n".join(lines), encoding="utf-8")
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
        (("template", "mdsf 1.xlsx", "--for", "mdsf"), "template 'mdsf 1' --for mdsf"),
        (("check", "nowhere", "--for", "mdsf"), "is no framework"),
        (("add", "digcomp3", "content/frameworks/digcomp3"), "use `frameworks replace`"),
        (("replace", "new", "content/frameworks/digcomp3"), "use `frameworks add`"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(BotError, match=said):
        run(*words)


def test_a_template_says_of_a_new_framework_nothing_that_is_true_of_another(
    own_content: Path,
) -> None:
    told = run("template", "own folder", "--xlsx").output
    assert "Fill in framework.yaml and descriptors.xlsx in it, then: " in told
    assert "frameworks check 'own folder' --for ITS-ID" in " ".join(told.split())

    head = yaml.safe_load(Path("own folder/framework.yaml").read_text(encoding="utf-8"))
    draft = yaml.safe_load(
        (own_content / "frameworks/sectors-draft/framework.yaml").read_text(encoding="utf-8")
    )
    assert (head["title"], head["short"], head["label"], head["changes"]) == ("", "", "", "")
    assert set(head["source"].values()) == {""}
    assert head["levels"] == draft["levels"]
    assert head["crosswalk_to"] == draft["crosswalk_to"]


def test_the_check_names_every_place_that_has_yet_to_be_filled_in() -> None:
    run("template", "own")
    lines = Path("own/framework.yaml").read_text(encoding="utf-8").splitlines()
    empty = [at for at, line in enumerate(lines, 1) if '""' in line.split("#")[0]]

    checked = run("check", "own", "--for", "mdsf")

    assert checked.exit_code == 1
    told = [line for line in checked.output.splitlines() if line.startswith("error: ")]
    places = [f"error: frameworks/mdsf/framework.yaml:{at}: " for at in empty]
    assert len(places) == len(WRITTEN) + 1
    for place, line in zip(places, told, strict=True):
        assert line.startswith(place)
        assert line.endswith(": is empty: write it in")


def test_a_template_for_a_place_that_waits_has_its_title(own_content: Path) -> None:
    folder = filled(Path("own"), "--for", "mdsf")

    assert run("add", "mdsf", str(folder)).exit_code == 0
    content = load(own_content)
    assert content.frameworks["mdsf"].title == "Manchester Digital Skills Framework"
    assert "sectors-draft" not in content.offered("manchester")
    assert "mdsf" in content.offered("manchester")
    assert "Written: next.csv" in run("template", "next.csv", "--for", "mdsf").output


def test_a_template_for_a_framework_that_is_there_keeps_what_is_said_of_it() -> None:
    run("template", "next", "--for", "digcomp3")

    checked = run("check", "next", "--for", "digcomp3")

    assert checked.exit_code == 0
    assert "digcomp3" in checked.output
    assert "reworded" not in checked.output
    kept = SHIPPED / "frameworks/digcomp3/framework.yaml"
    assert Path("next/framework.yaml").read_bytes() == kept.read_bytes()


def test_a_template_from_a_framework_with_terms_says_what_has_to_be_credited() -> None:
    run("template", "own", "--from", "digcomp3")

    text = Path("own/framework.yaml").read_text(encoding="utf-8")

    assert "began as those of DigComp 3.0" in text
    assert "CC BY 4.0" in text


@pytest.mark.parametrize("command", ["add", "replace"])
def test_the_programs_own_content_is_refused_before_anything_is_asked(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("template", "sheet.csv")
    monkeypatch.setenv("BOT_CONTENT_DIR", str(SHIPPED))
    key = {"add": "mdsf", "replace": "sectors-draft"}[command]

    with pytest.raises(BotError, match="set BOT_CONTENT_DIR to the copy") as refusal:
        run(command, key, "sheet.csv", answer="y\n")

    assert "Copy the folder" in str(refusal.value)
    assert not (tmp_path / "var").exists(), "it has not even opened the database"


def test_the_programs_own_content_can_be_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    run("template", "sheet.csv")
    monkeypatch.setenv("BOT_CONTENT_DIR", str(SHIPPED))

    assert run("check", "sheet.csv", "--for", "sectors-draft").exit_code == 0


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

    replaced = run("replace", "sectors-draft", "sheet.csv", answer="y\n")
    assert replaced.exit_code == 0
    assert "No sentence differs from those of version 0.1." in replaced.output
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
