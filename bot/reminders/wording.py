"""Saying rules back in words: text ids and what fills them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.courses.phrases import Phrase
from bot.reminders.rules import Daily, Lead, Monthly, Once, Rule, Weekly, Yearly

LAST_DAY = 31
YEAR_NEEDED = timedelta(days=300)
"""Further away than this a day is said with its year."""
_LEAP_YEAR = 2024
EVERY_DAY = 7


def rule_words(rule: Rule, today: date) -> Phrase:
    """Say when a rule comes: "every Monday at 9am" as the words of a sentence."""
    if isinstance(rule, Once):
        return _once(rule, today)
    if isinstance(rule, Yearly):
        day = date(_LEAP_YEAR, rule.month, rule.day)
        return Phrase("reminders.rule.yearly", {"day": day, "at": rule.at})
    if isinstance(rule, Daily | Weekly | Monthly):
        return _from_then(_repeated(rule), rule, today)
    return Phrase("reminders.rule.relative", {"leads": tuple(map(lead_words, rule.leads))})


def lead_words(lead: Lead) -> Phrase:
    """Say how long before or after something."""
    side = "after" if lead.is_after else "before"
    values = {"count": lead.count, "at": lead.at}
    timed = "_at" if lead.at is not None and lead.unit in ("days", "weeks") else ""
    return Phrase(f"reminders.lead.{side}_{lead.unit}{timed}", values)


def moment_words(next_at: datetime, today: date) -> Phrase:
    """Say when it comes next.

    Args:
        next_at: In the person's zone.
    """
    return _once(Once(next_at.date(), next_at.time().replace(second=0, microsecond=0)), today)


def _once(rule: Once, today: date) -> Phrase:
    values = {"day": rule.day, "at": rule.at}
    if rule.day == today:
        return Phrase("reminders.rule.today", values)
    if rule.day == today + timedelta(days=1):
        return Phrase("reminders.rule.tomorrow", values)
    is_far = abs(rule.day - today) > YEAR_NEEDED
    return Phrase("reminders.rule.once_year" if is_far else "reminders.rule.once", values)


def _repeated(rule: Daily | Weekly | Monthly) -> Phrase:
    values: dict[str, object] = {"count": rule.every, "at": rule.at}
    if isinstance(rule, Daily):
        return Phrase("reminders.rule.daily", values)
    if isinstance(rule, Weekly):
        if len(rule.weekdays) == EVERY_DAY and rule.every == 1:
            return Phrase("reminders.rule.daily", values)
        return Phrase("reminders.rule.weekly", {**values, "weekdays": rule.weekdays})
    if rule.day == LAST_DAY:
        return Phrase("reminders.rule.month_end", values)
    return Phrase("reminders.rule.monthly", {**values, "day": rule.day})


def _from_then(phrase: Phrase, rule: Daily | Weekly | Monthly, today: date) -> Phrase:
    """Add from which day it is counted, where that matters."""
    if rule.every == 1 and rule.since <= today:
        return phrase
    return Phrase("reminders.rule.from", {"rule": phrase, "since": rule.since})
