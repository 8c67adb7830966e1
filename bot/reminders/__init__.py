"""What people asked to be reminded of: rules, when they come next, and how they are said."""

from bot.reminders.kinds import KINDS, Kind, kind_of
from bot.reminders.occurrence import Event, next_occurrence
from bot.reminders.records import MOST_REMINDERS, NewReminder, Reminder, State
from bot.reminders.rules import (
    Daily,
    Lead,
    Monthly,
    Once,
    Relative,
    Rule,
    Weekly,
    Yearly,
    is_repeated,
    rule_from_json,
    rule_to_json,
)

__all__ = [
    "KINDS",
    "MOST_REMINDERS",
    "Daily",
    "Event",
    "Kind",
    "Lead",
    "Monthly",
    "NewReminder",
    "Once",
    "Relative",
    "Reminder",
    "Rule",
    "State",
    "Weekly",
    "Yearly",
    "is_repeated",
    "kind_of",
    "next_occurrence",
    "rule_from_json",
    "rule_to_json",
]
