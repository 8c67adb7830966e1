"""The two official schemas of an AchievementCredential, without their sentences.

The strict one takes arrays only; the one that is published allows what JSON-LD allows. What they
demand is exactly what the originals demand: a test compares them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from importlib import resources

from jsonschema import Draft201909Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from bot.badges.records import Json

SCHEMAS = ("strict", "published")
MOST_FAULTS = 10

_formats = FormatChecker(formats=())


def credential_faults(document: Json) -> tuple[str, ...]:
    """Return where a credential breaks either schema: the schema, the place and the rule."""
    return tuple(fault for name in SCHEMAS for fault in faults(name, document))


def faults(schema: str, document: Json, kind: str = "") -> tuple[str, ...]:
    """Return where a document breaks one schema, at most ten places.

    Args:
        schema: "strict" or "published".
        kind: One of the schema's definitions, such as "EndorsementCredential"; the whole
            credential where left out.
    """
    found = _validator(schema, kind).iter_errors(document)
    return tuple(f"{schema}: {place}" for place in _places(found))


def _places(errors: Iterator[ValidationError]) -> Iterator[str]:
    for number, error in enumerate(errors):
        if number == MOST_FAULTS:
            return
        path = ".".join(map(str, error.absolute_path)) or "credential"
        yield f"{path} ({error.validator})"


def rules(schema: str) -> Json:
    """Return what a schema demands, "strict" or "published"."""
    text = resources.files(__name__).joinpath(f"{schema}.json").read_text("utf-8")
    found: Json = json.loads(text)
    return found


@cache
def _validator(schema: str, kind: str) -> Draft201909Validator:
    found = rules(schema)
    if kind:
        found = {"$schema": found["$schema"], "$ref": f"#/$defs/{kind}", "$defs": found["$defs"]}
    return Draft201909Validator(found, format_checker=_formats)


def _checks(name: str) -> Callable[[Callable[[object], bool]], Callable[[object], bool]]:
    return _formats.checks(name, raises=ValueError)


@_checks("date-time")
def is_moment(value: object) -> bool:
    """Whether a text is a time with its zone."""
    if not isinstance(value, str):
        return True
    return "T" in value and datetime.fromisoformat(value).tzinfo is not None


@_checks("date")
def is_day(value: object) -> bool:
    """Whether a text is a day."""
    return not isinstance(value, str) or bool(date.fromisoformat(value))
