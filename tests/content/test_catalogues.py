from pathlib import Path

from content.catalogues import catalogue_file, categories_of, extract
from content.load import Content, inspect, load
from tests.content.folders import content_folder

TEXTS = """\
hello: "Hello {name}"
found: {one: "{count} course", other: "{count} courses"}
go.button: "Go"
"""


def folder(root: Path, texts: str = TEXTS) -> Content:
    return load(content_folder(root, {"text/a.yaml": texts}))


def extracted(content: Content) -> Path:
    extract(content.root, content.texts.values(), ["cy"])
    return catalogue_file(content.root, "cy")


def fill(path: Path, text_id: str, translation: str, old: str = '""') -> None:
    """Write a translation into a PO file, as a translator's tool would."""
    before, entry, after = path.read_text("utf-8").partition(f'msgctxt "{text_id}"')
    assert entry
    path.write_text(
        before + entry + after.replace(f"msgstr {old}", f'msgstr "{translation}"', 1), "utf-8"
    )


def test_extracting_gives_translators_the_context_and_what_to_keep(tmp_path: Path) -> None:
    written = extracted(folder(tmp_path)).read_text("utf-8")

    assert 'msgctxt "hello"\nmsgid "Hello {name}"\nmsgstr ""' in written
    assert "#. Keep: {name}\n#: text/a.yaml" in written
    assert "#. A button: 2 to 24 characters." in written
    assert "awaiting native review" in written
    assert "nplurals=6" in written
    assert "POT-Creation-Date" not in written


def test_extracting_twice_changes_nothing(tmp_path: Path) -> None:
    content = folder(tmp_path)
    assert len(extract(tmp_path, content.texts.values(), ["cy"])) == 2
    assert extract(tmp_path, content.texts.values(), ["cy"]) == []


def test_a_translation_is_used_and_marked_as_draft(tmp_path: Path) -> None:
    fill(extracted(folder(tmp_path)), "hello", "Helo {name}")
    content = load(tmp_path)

    assert content.words.short("hello", "cy", name="Ann") == "Helo Ann"
    assert content.languages["cy"].is_draft
    assert "found" in content.translations["cy"].missing
    assert not content.languages["ur"].is_draft


def test_a_language_that_was_read_by_a_native_is_no_draft(tmp_path: Path) -> None:
    path = extracted(folder(tmp_path))
    path.write_text(path.read_text("utf-8").replace("draft, awaiting native review", "read"))
    assert not load(tmp_path).languages["cy"].is_draft


def test_changed_english_marks_its_translation_and_stops_using_it(tmp_path: Path) -> None:
    fill(extracted(folder(tmp_path)), "hello", "Helo {name}")

    content = folder(tmp_path, TEXTS.replace("Hello {name}", "Good day {name}"))
    assert content.translations["cy"].fuzzy == ("hello",)
    assert content.words.short("hello", "cy", name="Ann") == "Good day Ann"

    written = extracted(content).read_text("utf-8")
    assert "#, fuzzy" in written
    assert '#| msgid "Hello {name}"' in written
    assert load(tmp_path).translations["cy"].fuzzy == ("hello",)

    again = extracted(folder(tmp_path))
    assert '#| msgid "Hello {name}"' not in again.read_text("utf-8")


def test_plural_forms_are_those_of_the_language(tmp_path: Path) -> None:
    assert categories_of("cy") == ("zero", "one", "two", "few", "many", "other")
    assert categories_of("ur") == ("one", "other")

    path = extracted(folder(tmp_path))
    text = path.read_text("utf-8")
    for at, form in enumerate(["dim", "un cwrs", "dau gwrs", "tri chwrs", "chwe", "{count} x"]):
        text = text.replace(f'msgstr[{at}] ""', f'msgstr[{at}] "{form}"')
    path.write_text(text, "utf-8")

    words = load(tmp_path).words
    shown = [words.short("found", "cy", count=count) for count in (0, 1, 2, 3, 6, 7)]
    assert shown == ["dim", "un cwrs", "dau gwrs", "tri chwrs", "chwe", "7 x"]


def test_a_translation_with_other_values_is_an_error(tmp_path: Path) -> None:
    fill(extracted(folder(tmp_path)), "hello", "Helo {enw}")
    _, problems = inspect(tmp_path)

    (problem,) = problems
    assert (problem.file, problem.field) == ("translations/cy/messages.po", "hello")
    assert "{enw} is not in the English" in problem.reason
    assert "{name} of the English is missing" in problem.reason


def test_a_translation_with_an_unknown_format_is_an_error(tmp_path: Path) -> None:
    fill(extracted(folder(tmp_path)), "hello", "Helo {name:enw}")
    _, problems = inspect(tmp_path)
    assert "no format enw" in problems[0].reason


def test_what_is_gone_from_english_goes_from_the_catalogue(tmp_path: Path) -> None:
    fill(extracted(folder(tmp_path)), "hello", "Helo {name}")
    written = extracted(folder(tmp_path, 'go.button: "Go"\n')).read_text("utf-8")
    assert "Helo" not in written


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    path = extracted(folder(tmp_path))
    path.write_text('msgid "a"\nnonsense\n', "utf-8")
    _, problems = inspect(tmp_path)
    assert problems[0].file == "translations/cy/messages.po"
