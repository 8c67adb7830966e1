from pathlib import Path

import pytest

from content.problems import BadContent, Problem
from content.reading import MAX_FILE_BYTES, read_csv, read_yaml


def refused(path: Path, root: Path) -> tuple[Problem, ...]:
    with pytest.raises(BadContent) as caught:
        (read_csv if path.suffix == ".csv" else read_yaml)(path, root)
    return caught.value.problems


def test_every_scalar_stays_text_and_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("yes: no\ncount: 012\nwhen: 2026-01-02\nlist:\n  - 1.0\n  - null\n")

    document = read_yaml(path, tmp_path)

    assert document.value == {
        "yes": "no",
        "count": "012",
        "when": "2026-01-02",
        "list": ["1.0", "null"],
    }
    assert document.line(("list", 1)) == 6
    assert document.line(("list", 1, "deeper")) == 6


def test_a_repeated_key_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "a.yaml"
    path.parent.mkdir()
    path.write_text("top:\n  one: a\n  one: b\n")

    (problem,) = refused(path, tmp_path)

    assert (problem.file, problem.line, problem.field) == ("sub/a.yaml", 3, "top.one")


def test_aliases_cannot_blow_a_file_up(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: &a [x, x]\nb: [*a, *a]\n")
    assert "alias" in refused(path, tmp_path)[0].reason


@pytest.mark.parametrize("key", ["../up", "Upper", "sp ace", "a" * 65, "[1]"])
def test_a_key_that_could_be_a_path_is_refused(tmp_path: Path, key: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(f'"{key}": x\n')
    assert "[a-z0-9._-]{1,64}" in refused(path, tmp_path)[0].reason


def test_a_half_written_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text('one: "a"\ntwo: "b\n')
    (problem,) = refused(path, tmp_path)
    assert problem.line >= 2
    assert "not YAML" in problem.reason


def test_a_file_outside_the_folder_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "content"
    root.mkdir()
    (tmp_path / "secret.yaml").write_text("a: b\n")
    (root / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    assert "outside" in refused(root / "link.yaml", root)[0].reason


def test_a_missing_a_huge_and_a_mis_encoded_file_are_refused(tmp_path: Path) -> None:
    huge, latin = tmp_path / "huge.yaml", tmp_path / "latin.yaml"
    huge.write_bytes(b"a: b\n" * (MAX_FILE_BYTES // 5 + 1))
    latin.write_bytes(b"a: \xe9\n")

    assert "cannot be read" in refused(tmp_path / "none.yaml", tmp_path)[0].reason
    assert "larger" in refused(huge, tmp_path)[0].reason
    assert "UTF-8" in refused(latin, tmp_path)[0].reason


def test_deep_nesting_is_refused_without_recursion_errors(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("[" * 60 + "]" * 60)
    assert "nested deeper" in refused(path, tmp_path)[0].reason


def test_an_empty_file_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("# only a comment\n")
    assert read_yaml(path, tmp_path).value == {}


def test_csv_rows_lack_their_empty_cells_and_know_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,\n"x\ny",2\n')
    document = read_csv(path, tmp_path)
    assert document.value == [{"a": "1"}, {"a": "x\ny", "b": "2"}]
    assert document.line((0,)) == 2


@pytest.mark.parametrize("text", ["a,a\n1,2\n", "a,b\n1\n", "a,b\n1,2,3\n", "", 'a\n"x"y\n'])
def test_a_crooked_csv_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text)
    assert refused(path, tmp_path)
