"""Bringing providers' files into the catalogue: detect, read, compare, store.

`import_courses` is the whole of it; `read_courses` only reads. A format is one module of
`formats`; what its fields mean is in `fields`.
"""

from bot.courses.importing.detection import Format
from bot.courses.importing.reading import OpenedFile, read_courses
from bot.courses.importing.records import (
    CatalogueStore,
    Finding,
    ImportReport,
    Item,
    KnownCourse,
    Origin,
    Progress,
    Reading,
    Rejection,
    Say,
    Source,
    StoredCourse,
)
from bot.courses.importing.service import import_courses
from bot.courses.importing.template import template_csv, template_xlsx

__all__ = [
    "CatalogueStore",
    "Finding",
    "Format",
    "ImportReport",
    "Item",
    "KnownCourse",
    "OpenedFile",
    "Origin",
    "Progress",
    "Reading",
    "Rejection",
    "Say",
    "Source",
    "StoredCourse",
    "import_courses",
    "read_courses",
    "template_csv",
    "template_xlsx",
]
