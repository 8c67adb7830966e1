"""A draft as files: the folder that `frameworks check` and `frameworks replace` take."""

from __future__ import annotations

import csv
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

from bot.badges.attendees import safe_cell
from bot.codesign.drafting import Draft
from bot.skills.sheets import TABLE, write_csv, write_xlsx
from bot.skills.shelf import HEAD
from content.frameworkfiles import FOLDER
from content.frameworkrevisions import COLUMNS, REVISIONS, Revision

_AS_THEY_ARE = (HEAD, "checks.yaml", "statements.csv")
SHEET = "descriptors.xlsx"


def write_folder(root: Path, draft: Draft, folder: Path) -> None:
    """Write a draft as a folder.

    Args:
        root: The content folder, which has the framework in the version in use.
        folder: Where; it is made.

    Raises:
        FileExistsError: It is there already.
    """
    folder.mkdir(parents=True)
    own = root / FOLDER / draft.framework.id
    for name in _AS_THEY_ARE:
        if (own / name).is_file():
            shutil.copyfile(own / name, folder / name)
    write_csv(draft.framework, folder / TABLE)
    (folder / REVISIONS).write_bytes(revisions_csv(draft.revisions))


def zipped(root: Path, draft: Draft) -> bytes:
    """Return the same folder as a ZIP file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / draft.framework.id
        write_folder(root, draft, folder)
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(folder.iterdir()):
                archive.write(path, f"{folder.name}/{path.name}")
    return out.getvalue()


def sheet_of(draft: Draft) -> bytes:
    """Return the descriptors of a draft as a workbook, with what changed on a second sheet."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / SHEET
        write_xlsx(draft.framework, path, list(_rows(draft.revisions)))
        return path.read_bytes()


def revisions_csv(revisions: tuple[Revision, ...]) -> bytes:
    """Return what changed as the file that stays with the framework's version."""
    out = StringIO(newline="")
    csv.writer(out).writerows(_rows(revisions))
    return out.getvalue().encode()


def _rows(revisions: tuple[Revision, ...]) -> Iterator[tuple[str | int, ...]]:
    yield COLUMNS
    for one in revisions:
        said = "\n".join(map(safe_cell, one.said))
        texts = [safe_cell(cell) for cell in (one.was, one.now, one.why)]
        yield (one.item, one.act, *texts, one.suggestions, said, safe_cell(one.round))
