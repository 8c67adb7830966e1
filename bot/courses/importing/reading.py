"""Opening a file: what it is, and its courses one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from bot.courses.importing.detection import Format, Shape, shape_of
from bot.courses.importing.formats.columns import is_template, recognised
from bot.courses.importing.formats.directory import is_directory, is_other_form, read_directory
from bot.courses.importing.formats.linked_data import read_json_file, read_page
from bot.courses.importing.formats.named import read_named
from bot.courses.importing.formats.tables import Table
from bot.courses.importing.formats.venues import is_venues
from bot.courses.importing.formats.workbook import workbook_as_table
from bot.courses.importing.records import Item, Reading
from bot.errors import ImportRefused


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file whose format is known, and its courses and rejections still to be read."""

    format: Format
    items: Iterator[Item]


@contextmanager
def read_courses(reading: Reading) -> Iterator[OpenedFile]:
    """Open a file and give its courses and rejections one by one; warnings go to the reading.

    Raises:
        ImportRefused: it is of no format that we know, or broken as a whole. This may also be
            raised while the items are read.
    """
    path = reading.source.path
    shape = shape_of(path)
    if shape is Shape.WORKBOOK:
        with workbook_as_table(path) as file:
            yield _table(reading, file, Format.TEMPLATE_XLSX)
        return
    with path.open("rb") as file:
        if shape is Shape.XML:
            # The readers of XML take a megabyte, and a running bot hardly ever imports.
            from bot.courses.importing.formats.xcri import read_xcri

            yield OpenedFile(Format.XCRI_CAP, read_xcri(reading, file))
        elif shape is Shape.JSON:
            yield OpenedFile(Format.JSON_LD, read_json_file(reading, file))
        elif shape is Shape.PAGE:
            yield OpenedFile(Format.WEB_PAGE, read_page(reading, file))
        else:
            yield _table(reading, file, Format.TEMPLATE_CSV)


def _table(reading: Reading, file: IO[bytes], template: Format) -> OpenedFile:
    table = Table(file)
    if is_directory(table.header):
        other = is_other_form(table.header)
        name = Format.DIRECTORY_OTHER_CSV if other else Format.DIRECTORY_CSV
        return OpenedFile(name, read_directory(reading, table))
    if is_template(table.header):
        return OpenedFile(template, read_named(reading, table))
    if is_venues(table.header):
        raise ImportRefused("imports.refused.venues_alone")
    if "title" not in recognised(table.header).values():
        columns = ", ".join(filter(None, table.header[:8]))[:200]
        raise ImportRefused("imports.refused.no_title_column", columns=columns)
    return OpenedFile(Format.NAMED_COLUMNS, read_named(reading, table))
