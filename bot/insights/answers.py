"""Which counts of answers to a questionnaire a city may be told.

Counts are rounded down to fives, and those under five are not told. That would not be enough where
everybody had to answer: with how many sent it, the options that are told would tell of the others.
So of such a question nothing is told before there are too many for small counts alone; an option
under five takes the smallest of the others with it; and where even so the rest could not be nobody,
nothing of the question is told. Where a question can be left out, or answered in other words, it is
not told how many did, and they may be all of the rest.

Figures are made anew once five people or organisations more have sent answers, and not before: so
whoever looks every day never sees what one of them said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from math import sqrt
from typing import Any, Final

import orjson

from bot.insights.rounding import told, told_parts
from bot.insights.suppression import LEAST

NAME: Final = "answers"
"""Under which it is kept among a city's figures that answers were counted."""
MOST_OF_FEW: Final = LEAST - 1
"""The largest count that is not told; also by how much a count may be more than what is told."""


@dataclass(frozen=True, slots=True)
class Split:
    """How those who answered a question answered it.

    Attributes:
        question: Its id.
        row: Of a grid, the competence ("digcomp3:1.3"); empty for others.
        of: Of a grid, "now" or "should"; empty for others.
        parts: Counts by option, level, band or ward, in order; None is not told.
    """

    question: str
    row: str = ""
    of: str = ""
    parts: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Results:
    """What is told of one version of a questionnaire.

    Attributes:
        at: When it was counted.
        began, sent: How many people or organisations, in fives; None for few or nobody.
        months: How many sent it in which month ("2026-11").
    """

    version: int
    at: datetime
    began: int | None
    sent: int | None
    months: Mapping[str, int | None]
    splits: tuple[Split, ...]


def name_of(questionnaire: str) -> str:
    """Return under which name the results of a questionnaire are kept."""
    return f"{NAME}.{questionnaire}"


def tell_parts(
    counts: Mapping[str, int], answered: int, *, is_closed: bool
) -> dict[str, int | None]:
    """Return what may be told of counts, by part; None is not told.

    Args:
        counts: Of all parts that there can be, with those of nobody.
        answered: How many answered; each stands in a part, or in several.
        is_closed: Whoever was asked is in one of the parts, and their number may be known.
    """
    shown = _closed(counts, answered) if is_closed else told_parts(counts)
    return {part: shown.get(part) for part in counts}


def _closed(counts: Mapping[str, int], answered: int) -> dict[str, int]:
    if (told(answered) or 0) <= MOST_OF_FEW * len(counts):
        return {}
    large = {part: count for part, count in counts.items() if count >= LEAST}
    shown = told_parts(large)
    if len(large) < len(counts):
        if answered > sum(shown.values()) + MOST_OF_FEW * len(shown):
            return {}
        least = min(large.values())
        shown = {part: count for part, count in shown.items() if large[part] != least}
    return shown


def mean_of(parts: Mapping[str, int | None]) -> tuple[float, float] | None:
    """Return the mean and the standard deviation of what is told of a scale.

    They are made of the rounded counts alone, so they tell nothing that is not told already.
    """
    known = [(int(part), count) for part, count in parts.items() if count]
    total = sum(count for _, count in known)
    if not total:
        return None
    mean = sum(value * count for value, count in known) / total
    spread = sqrt(sum(count * (value - mean) ** 2 for value, count in known) / total)
    return round(mean, 1), round(spread, 1)


def dump_results(found: Iterable[Results]) -> bytes:
    """Return results as bytes for a row."""
    return orjson.dumps([asdict(one) for one in found])


def load_results(body: bytes) -> tuple[Results, ...]:
    """Return what `dump_results` wrote."""
    return tuple(_loaded(one) for one in orjson.loads(body))


def _loaded(tree: Mapping[str, Any]) -> Results:
    return Results(
        tree["version"],
        datetime.fromisoformat(tree["at"]),
        tree["began"],
        tree["sent"],
        tree["months"],
        tuple(Split(**one) for one in tree["splits"]),
    )
