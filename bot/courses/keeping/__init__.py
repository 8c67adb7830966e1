"""Keeping the catalogue right: what staff put right, what people report, who the providers are.

What staff say is held beside what a source says, never in its place: an import brings the
source's words anew, and staff's words are laid over them again.
"""

from bot.courses.keeping.fields import (
    COURSE_FIELDS,
    FIELDS,
    HIDDEN,
    PROVIDER,
    RUN_FIELDS,
    Field,
    FieldName,
)
from bot.courses.keeping.fixing import Misread, fixed, is_hidden, read_fixes, told

__all__ = [
    "COURSE_FIELDS",
    "FIELDS",
    "HIDDEN",
    "PROVIDER",
    "RUN_FIELDS",
    "Field",
    "FieldName",
    "Misread",
    "fixed",
    "is_hidden",
    "read_fixes",
    "told",
]
