"""A city's figures as they are kept from one day to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

from bot.insights.gathering import Sought, as_rows, unmet_rows
from bot.insights.provision import Asked, Offered, Promised, Skill, against_provision
from bot.insights.renewing import Counted, renew

NAME = "provision"
"""Under which they are kept."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CityFigures:
    """What a city's figures were on a day.

    Attributes:
        counted: Needs by competence, each as it was counted last.
        figures, unmet: Rows by the names of COLUMNS and UNMET_COLUMNS.
    """

    on: date
    counted: Mapping[Skill, Counted]
    figures: Rows = field(default_factory=list)
    unmet: Rows = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that figures are made of."""

    asked: Iterable[Asked]
    offered: Iterable[Offered]
    promised: Iterable[Promised]
    sought: Iterable[Sought]


def roll_up(before: CityFigures | None, gathered: Gathered, today: date) -> CityFigures:
    """Return the figures of today.

    Args:
        before: The last ones: needs are counted anew only where enough of them changed.
    """
    counted = renew(before.counted if before else {}, gathered.asked, today)
    tables = {skill: one.table for skill, one in counted.items()}
    told = against_provision(tables, gathered.offered, gathered.promised)
    rows = list(as_rows(told, {skill: one.on for skill, one in counted.items()}))
    return CityFigures(today, counted, rows, list(unmet_rows(gathered.sought)))


def dump_figures(found: CityFigures) -> bytes:
    """Return figures as bytes for a row."""
    counted = [
        {
            "skill": skill,
            "on": one.on.isoformat(),
            "marks": dict(one.marks),
            "cells": [[*place, *(told or (None, None))] for place, told in one.table.items()],
        }
        for skill, one in found.counted.items()
    ]
    return orjson.dumps(
        {
            "on": found.on.isoformat(),
            "counted": counted,
            "figures": found.figures,
            "unmet": found.unmet,
        }
    )


def load_figures(body: bytes) -> CityFigures:
    """Return what `dump_figures` wrote."""
    tree: Any = orjson.loads(body)
    counted = {
        (one["skill"][0], one["skill"][1]): Counted(
            {
                (level, sector): None if count is None else (count, people)
                for level, sector, count, people in one["cells"]
            },
            one["marks"],
            date.fromisoformat(one["on"]),
        )
        for one in tree["counted"]
    }
    return CityFigures(date.fromisoformat(tree["on"]), counted, tree["figures"], tree["unmet"])
