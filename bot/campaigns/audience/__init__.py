"""Who a campaign is for: a small readable language, the same as a form, and what it means."""

from bot.campaigns.audience.form import from_form, to_form
from bot.campaigns.audience.matching import Facts, matches
from bot.campaigns.audience.problems import Problem
from bot.campaigns.audience.reading import read
from bot.campaigns.audience.resolving import Ground, resolve
from bot.campaigns.audience.rules import EVERYONE, All, Any, Not, Rule, Term, normalised
from bot.campaigns.audience.vocabulary import Vocabulary
from bot.campaigns.audience.writing import write

__all__ = [
    "EVERYONE",
    "All",
    "Any",
    "Facts",
    "Ground",
    "Not",
    "Problem",
    "Rule",
    "Term",
    "Vocabulary",
    "from_form",
    "matches",
    "normalised",
    "read",
    "resolve",
    "to_form",
    "write",
]
