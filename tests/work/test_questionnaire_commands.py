"""Questionnaires from the command line, as staff use it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.errors import BotError
from content.load import SHIPPED, load
from storage import Database


def noted() -> list[str]:
    """What the audit log says was done."""
    database = Database.open("sqlite:///var/bot.db")
    try:
        return database.read_now(lambda unit: [one.action for one in unit.audit.list_latest()])
    finally:
        database.close()


COMMANDS = ("list", "show", "template", "check", "add", "replace")
KEY = "quick-needs"


@pytest.fixture(autouse=True)
def own_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder of the city's own, without what these commands do not look at."""
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "content"
    others = ("translations", "courses", "pathways", "badges", "search", "skills")
    left_out = shutil.ignore_patterns("*.py", "__pycache__", *others)
    shutil.copytree(SHIPPED, root, ignore=left_out)
    monkeypatch.setenv("BOT_CONTENT_DIR", str(root))
    monkeypatch.setenv("BOT_CITIES", "manchester")
    return root


def run(*words: str, answer: str = "") -> Result:
    return CliRunner().invoke(
        cli, ["questionnaires", *words], catch_exceptions=False, input=answer or None
    )


def changed(path: Path, *changes: tuple[str, str]) -> Path:
    """The short questionnaire with some words of its file put in the place of others."""
    text = (SHIPPED / "questionnaires" / f"{KEY}.yaml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = run(command, "--help")

    assert result.exit_code == 0
    assert "Usage" in result.output


def test_the_list_names_versions_and_for_whom() -> None:
    lines = run("list").output

    assert "quick-needs: Skills needs in three minutes (version 1, for each employer;" in lines
    rows = {row["id"]: row for row in json.loads(run("list", "--json").output)}
    assert rows["provision"]["audience"] == "provider"


def test_a_questionnaire_is_shown_with_its_conditions_in_words() -> None:
    lines = run("show", "skills-needs").output

    assert "How would you like to start?" in lines
    assert "asked only if the answer to “How would you like to start?” is “From a problem”" in lines
    assert "Asked again for each answer to “Which roles is it about?”." in lines
    assert json.loads(run("show", KEY, "--json").output)["missing"] == 0


def test_a_page_shows_it_in_every_language(tmp_path: Path) -> None:
    page = tmp_path / "page.html"

    run("show", KEY, "--page", str(page))

    text = page.read_text(encoding="utf-8")
    assert text.count("<article") == 3
    assert 'dir="rtl"' in text
    assert "What should your people be able to do?" in text


@pytest.mark.parametrize("words", [("nothing",), (KEY, "--version", "9"), (KEY, "--language", "x")])
def test_what_is_not_there_is_said(words: tuple[str, ...]) -> None:
    with pytest.raises(BotError):
        run("show", *words)


@pytest.mark.parametrize("ending", [".yaml", ".csv", ".xlsx"])
def test_a_template_can_be_checked_and_added_as_it_is(
    tmp_path: Path, own_content: Path, ending: str
) -> None:
    path = tmp_path / f"own{ending}"
    said = run("template", str(path), "--from", KEY).output
    assert f"questionnaires check {path} --for {KEY}" in said

    assert "nothing stands against it" in run("check", str(path), "--for", "own-needs").output
    added = run("add", "own-needs", str(path)).output
    assert "In place" in added
    assert "/?start=answer_own-needs" in added

    shown = load(own_content).questionnaires.current
    questions = shown[KEY].questions
    assert [one.ask for one in shown["own-needs"].questions.values()] == [
        one.ask for one in questions.values()
    ]
    assert "content" not in {one.name for one in own_content.glob(".*")}


def test_an_empty_sheet_is_there_to_be_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"

    run("template", str(path), "--empty")

    result = run("check", str(path), "--for", "own-needs")
    assert result.exit_code == 1
    assert "not possible" in result.output


def test_a_fault_is_named_by_row_and_column(tmp_path: Path) -> None:
    path = tmp_path / "own.xlsx"
    run("template", str(path), "--from", KEY)
    book = openpyxl.load_workbook(path)
    rows = list(book.worksheets[0].iter_rows())
    at = next(row for row in rows if row[3].value == "people")
    at[4].value = "guess"
    book.save(path)

    result = run("check", str(path))

    assert result.exit_code == 1
    assert f"own.xlsx:{at[0].row}: sections.quick.questions.people.kind" in result.output


def test_reworded_questions_replace_in_place(tmp_path: Path, own_content: Path) -> None:
    source = changed(tmp_path / "new.yaml", ("How many people is it about?", "For how many?"))

    assert "reworded: people" in run("replace", KEY, str(source), "--yes").output

    found = load(own_content).questionnaires
    assert found.current[KEY].questions["people"].ask == "For how many?"
    assert found.earlier == {}
    assert noted() == ["questionnaire.replaced"]


def test_answers_do_not_come_to_mean_something_else(tmp_path: Path) -> None:
    gone = changed(tmp_path / "gone.yaml", ('free: "Nothing", ', ""))
    result = run("replace", KEY, str(gone), "--yes")
    assert result.exit_code == 1
    assert "price: the answer free is gone" in result.output
    assert "Make the version 2" in result.output

    lower = changed(tmp_path / "lower.yaml", ('version: "1"', 'version: "0"'))
    assert run("check", str(lower), "--for", KEY).exit_code == 1

    other = changed(tmp_path / "other.yaml", ("How many people is it about?", "Your hat's size?"))
    assert "warning" in run("check", str(other), "--for", KEY).output


def test_a_new_version_keeps_the_old_one_readable(tmp_path: Path, own_content: Path) -> None:
    source = changed(
        tmp_path / "new.yaml", ('version: "1"', 'version: "2"'), ('free: "Nothing", ', "")
    )

    assert run("replace", KEY, str(source), answer="y\n").exit_code == 0

    found = load(own_content).questionnaires
    assert found.current[KEY].version == 2
    kept = found.earlier[KEY, 1]
    assert "free" in kept.questions["price"].option_ids
    assert "earlier: 1" in run("list").output


def test_who_does_not_confirm_changes_nothing(tmp_path: Path, own_content: Path) -> None:
    source = changed(tmp_path / "new.yaml", ("How many people is it about?", "For how many?"))

    assert run("replace", KEY, str(source), answer="n\n").exit_code == 1

    assert load(own_content).questionnaires.current[KEY].questions["people"].ask != "For how many?"


def test_scripts_are_not_asked(tmp_path: Path) -> None:
    source = changed(tmp_path / "new.yaml", ('version: "1"', 'version: "2"'))

    result = run("replace", KEY, str(source), "--json")

    assert result.exit_code == 0
    assert json.loads(result.output)["version"] == 2
    assert load(tmp_path / "content").questionnaires.current[KEY].version == 2


def test_a_sheet_takes_the_place_of_a_yaml_file(tmp_path: Path, own_content: Path) -> None:
    path = tmp_path / "own.csv"
    run("template", str(path), "--from", KEY)

    run("replace", KEY, str(path), "--yes")

    assert sorted(one.name for one in (own_content / "questionnaires").glob(f"{KEY}*")) == [
        f"{KEY}.csv"
    ]


def test_the_programs_own_content_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = changed(tmp_path / "new.yaml")
    monkeypatch.setenv("BOT_CONTENT_DIR", str(SHIPPED))

    with pytest.raises(BotError, match="comes with the program"):
        run("add", "own-needs", str(source))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", KEY, "new.yaml"), "there already"),
        (("replace", "own-needs", "new.yaml"), "There is no own-needs yet"),
        (("check", "new.txt"), "Give a file"),
        (("check", "new.yaml", "--for", "../up"), "cannot be the id"),
        (("template", "new.txt"), "has to end in"),
        (("template", "new.csv", "--empty"), "as .xlsx"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    changed(tmp_path / "new.yaml")
    (tmp_path / "new.txt").write_text("x", encoding="utf-8")

    with pytest.raises(BotError, match=said):
        run(*words)


def test_a_template_takes_no_files_place(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("half a day's work", encoding="utf-8")
    with pytest.raises(BotError, match="there already"):
        run("template", str(path))
    assert path.read_text("utf-8") == "half a day's work"


def test_a_file_that_is_not_there_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(BotError, match=r"There is no file .*nowhere\.xlsx"):
        run("check", str(tmp_path / "nowhere.xlsx"))
