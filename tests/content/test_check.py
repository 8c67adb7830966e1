from pathlib import Path

import pytest

from content.check import check
from content.load import SHIPPED, load
from content.preview import preview
from content.reading_age import reading_age, syllables
from tests.content.folders import CITY, content_folder

HARD = (
    "Applicants demonstrating considerable organisational responsibility are encouraged to "
    "familiarise themselves with institutional accreditation documentation beforehand."
)


def test_the_shipped_content_has_no_error() -> None:
    assert [problem for problem in check(SHIPPED) if problem.severity == "error"] == []


def test_buttons_are_measured_in_every_language(tmp_path: Path) -> None:
    root = content_folder(
        tmp_path,
        {
            "text/a.yaml": 'a.button: "A button that goes on and on"\nb.button: "Go"\n'
            'buttons.c: "X"\nd.button: "A long one of {city} and more"\nbuttonish: "X"\n',
            "translations/cy/messages.po": 'msgid ""\nmsgstr ""\n\nmsgctxt "b.button"\nmsgid "Go"\n'
            'msgstr "Botwm hir iawn iawn iawn iawn"\n',
        },
    )
    errors = [problem.field for problem in check(root) if problem.severity == "error"]
    assert errors == ["a.button", "b.button (cy)", "buttons.c"]


def test_hard_english_is_a_warning(tmp_path: Path) -> None:
    root = content_folder(tmp_path, {"text/a.yaml": f'a: "{HARD}"\ntyped.b: "{HARD}"\n'})
    (problem,) = [problem for problem in check(root) if "reading age" in problem.reason]
    assert (problem.field, problem.severity) == ("a", "warning")


def test_an_unknown_format_is_an_error_that_lists_those_there_are(tmp_path: Path) -> None:
    root = content_folder(tmp_path, {"text/a.yaml": 'a: "{x:dete}"\n'})
    (problem,) = [problem for problem in check(root) if problem.severity == "error"]
    assert "date" in problem.reason


def test_missing_translations_are_warnings(tmp_path: Path) -> None:
    root = content_folder(tmp_path)
    missing = [p for p in check(root) if p.file == "translations/cy/messages.po"]
    assert {problem.severity for problem in missing} == {"warning"}
    assert {problem.field for problem in missing} == {
        "cities/testham/text.yaml",
        "text/common.yaml",
    }
    assert "1 of 1 texts are not translated, such as city.testham.about" in {
        problem.reason for problem in missing
    }


def test_a_broken_file_of_the_search_is_named(tmp_path: Path) -> None:
    root = content_folder(tmp_path, {"search/words.yaml": "a: [b\n"})
    (problem,) = [problem for problem in check(root) if problem.severity == "error"]
    assert problem.file == "search/words.yaml"


def test_a_city_must_offer_english_first(tmp_path: Path) -> None:
    root = content_folder(
        tmp_path, {"cities/testham/city.yaml": CITY.replace("[en, cy]", "[cy, en]")}
    )
    assert any(p.field == "languages" and p.severity == "error" for p in check(root))


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("table", 2), ("course", 1), ("learning", 2), ("started", 2), ("asked", 1)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_plain_words_are_young_and_officialese_is_not() -> None:
    plain = reading_age("You can type a postcode. Or press Skip. I will find a course near you.")
    hard = reading_age(HARD)
    assert plain is not None
    assert hard is not None
    assert plain < 9 < 16 < hard
    assert reading_age("Too short to say") is None


def test_the_preview_shows_every_text_in_every_language_and_escapes_it(tmp_path: Path) -> None:
    root = content_folder(
        tmp_path, {"text/a.yaml": 'a: "**1 < 2** {x} [l](https://a.example)"\nb.button: "Go"\n'}
    )
    page = preview(load(root))
    assert "<strong>1 &lt; 2</strong> <mark>x</mark> <u>l</u>" in page
    assert 'class="missing"' in page
    assert '<span class="button">Go</span>' in page
    assert "Cymraeg" in page
