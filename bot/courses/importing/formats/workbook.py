"""XLSX workbooks, opened by a process of its own that cannot use much of anything."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.errors import ImportRefused

MAX_RATIO = 100
MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 2_000
SMALL = 256 * 1024
"""Parts under this size may be packed as tightly as they like."""

TIME_CAP = 120.0
_WORKER = Path(__file__).with_name("workbook_worker.py")
_REASONS = {3: "too_many_rows", 4: "too_many_columns", 5: "no_sheet", 6: "bad_workbook"}


@contextmanager
def workbook_as_table(
    path: Path, seconds: float = TIME_CAP, sheet: str = ""
) -> Iterator[IO[bytes]]:
    """Give the rows of the workbook's course sheet, or of its first sheet, as a CSV file.

    Args:
        seconds: How long it may take.
        sheet: The name of another sheet, which must be there.

    Raises:
        ImportRefused: it is no XLSX, holds macros, unpacks to too much, or takes too long.
        ImportRefused: "imports.refused.no_sheet": the sheet is not there.
    """
    _inspect(path)
    with tempfile.TemporaryFile() as table:
        _convert(path, table, seconds, sheet)
        table.seek(0)
        yield table


def _inspect(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise ImportRefused("imports.refused.bad_workbook") from error
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise ImportRefused("imports.refused.other_zip")
    if any(
        name.endswith(("vbaProject.bin", ".bin.rels")) or "macrosheets" in name for name in names
    ):
        raise ImportRefused("imports.refused.macros")
    if any(part.flag_bits & 1 for part in parts):
        raise ImportRefused("imports.refused.encrypted")
    unpacked = sum(part.file_size for part in parts)
    tight = any(
        part.file_size > SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if tight or unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise ImportRefused("imports.refused.bomb", ratio=MAX_RATIO)


def _convert(path: Path, table: IO[bytes], seconds: float, sheet: str) -> None:
    """Run the worker; it may read this file, write this table and nothing else of size."""
    command = [sys.executable, "-I", str(_WORKER), str(path.resolve()), sheet]
    clean = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603  our own program, the file's name as its argument
            command,
            stdin=subprocess.DEVNULL,
            stdout=table,
            stderr=subprocess.DEVNULL,
            env=clean,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ImportRefused("imports.refused.too_slow", seconds=int(seconds)) from error
    if done.returncode:
        raise ImportRefused(f"imports.refused.{_REASONS.get(done.returncode, 'bad_workbook')}")
