"""Opportunities of employers, and the residents who let themselves be invited to them."""

from bot.talent.bands import Band, Counts, band_of, estimate
from bot.talent.details import dump_details, load_details, missing, with_part
from bot.talent.matching import Offered, Reason, match
from bot.talent.records import (
    PURPOSES,
    Details,
    Kind,
    Opportunity,
    Pace,
    Pay,
    Setting,
    State,
    Wanted,
)

__all__ = [
    "PURPOSES",
    "Band",
    "Counts",
    "Details",
    "Kind",
    "Offered",
    "Opportunity",
    "Pace",
    "Pay",
    "Reason",
    "Setting",
    "State",
    "Wanted",
    "band_of",
    "dump_details",
    "estimate",
    "load_details",
    "match",
    "missing",
    "with_part",
]
