"""A year after an employer answered: has anything changed?"""

from __future__ import annotations

from bot.conversation.messages import Text
from bot.needs.records import Organisation
from bot.reminders import Reminder
from bot.reminders.kinds import STILL_TRUE
from bot.work.reminders import Due, Lost, Opens, Told, remind

MOST_NAME = 60


def _organisation(due: Due) -> Organisation | None:
    """Return the organisation while the person answers for it."""
    reminder, employers = due.reminder, due.unit.employers
    if employers.find_member(reminder.person, reminder.subject) is None:
        return None
    return employers.find(reminder.subject, reminder.city)


def _about(due: Due) -> Text:
    found = _organisation(due)
    return Text("employers.still_true_about", {"name": found.name[:MOST_NAME] if found else ""})


def _open(reminder: Reminder) -> Opens:
    args = {"organisation": reminder.subject}
    return Opens("employers", args, Text("employers.still_true.button"))


@remind(STILL_TRUE, about=_about, opens=_open)
def still_true(due: Due) -> Told | Lost:
    """Ask whether the needs that somebody sent a year ago are still those."""
    found = _organisation(due)
    if found is None:
        return Lost()
    return Told(Text("employers.still_true", {"name": found.name[:MOST_NAME]}))
