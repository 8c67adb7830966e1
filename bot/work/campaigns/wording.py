"""When a campaign goes out, as staff write it and read it back."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from bot.campaigns.form import Slip
from bot.campaigns.schedule import Schedule
from bot.courses.phrases import Phrase
from bot.reminders import Lead, Relative, Rule
from bot.reminders.reading import read_reminder
from bot.reminders.wording import lead_words, rule_words
from bot.work.reads.reminders import speech_of
from content.words import SOURCE_LANGUAGE, Words

_AFTER: Final = re.compile(r"\bafter(?:wards)?\b(?!\s*noon)", re.IGNORECASE)
_SAME_DAY: Final = re.compile(r"^(?:on )?the (?:same )?day$", re.IGNORECASE)


def read_when(typed: str, now: datetime) -> Rule | Slip:
    """Return what somebody wrote about when it goes out, read as reminders are read.

    Args:
        now: On the city's clocks.
    """
    if _SAME_DAY.match(typed.strip()):
        return Relative((Lead(0, "days"),))
    is_after = _AFTER.search(typed) is not None
    heard = read_reminder(
        _AFTER.sub("before", typed) if is_after else typed, now, speech_of(SOURCE_LANGUAGE)
    )
    if heard.missing_day:
        return Slip("when", "web.campaigns.slip.no_day", {"day": heard.missing_day})
    if heard.is_past:
        return Slip("when", "web.campaigns.slip.past")
    if not heard.readings:
        return Slip("when", "web.campaigns.slip.when")
    if len(heard.readings) > 1:
        meant = tuple(_said(one.rule, now) for one in heard.readings)
        return Slip("when", "web.campaigns.slip.several", {"meant": meant})
    rule = heard.readings[0].rule
    return _after(rule) if is_after and isinstance(rule, Relative) else rule


def _after(rule: Relative) -> Relative:
    return Relative(tuple(Lead(one.count, one.unit, one.at, is_after=True) for one in rule.leads))


def _said(rule: Rule, now: datetime) -> Phrase:
    if isinstance(rule, Relative):
        if rule.leads[0].count == 0:
            return Phrase("web.campaigns.same_day")
        return lead_words(rule.leads[0])
    return rule_words(rule, now.date())


def when_said(schedule: Schedule, words: Words, now: datetime) -> str:
    """Say a schedule in the words of a form; empty for one that goes out when it is launched."""
    return "" if schedule.rule is None else words.plain(_said(schedule.rule, now))
