"""Needs: what an employer's people should be able to do, and which local provision answers it."""

from bot.needs.matching import ADEQUATE, SHOWN, Matcher
from bot.needs.records import (
    Aim,
    Answer,
    Covered,
    Fit,
    Gap,
    Match,
    Need,
    Organisation,
    Provision,
    SizeBand,
    Target,
)

__all__ = [
    "ADEQUATE",
    "SHOWN",
    "Aim",
    "Answer",
    "Covered",
    "Fit",
    "Gap",
    "Match",
    "Matcher",
    "Need",
    "Organisation",
    "Provision",
    "SizeBand",
    "Target",
]
