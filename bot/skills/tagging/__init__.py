"""Tags: which competences a course teaches and to what level, given or told by its own words."""

from bot.skills.tagging.inferring import Rules, infer_tags, shipped_rules, usual_level
from bot.skills.tagging.records import Correction, Origin, Tag
from bot.skills.tagging.settling import settle_tags, tags_of

__all__ = [
    "Correction",
    "Origin",
    "Rules",
    "Tag",
    "infer_tags",
    "settle_tags",
    "shipped_rules",
    "tags_of",
    "usual_level",
]
