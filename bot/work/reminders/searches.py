"""Watched searches: whoever waits for a course is told when there is one."""

from __future__ import annotations

from bot.conversation.messages import Text
from bot.courses.phrases import Phrase
from bot.reminders import Reminder
from bot.reminders.kinds import NEW_COURSES
from bot.work.reads.catalogue import cut
from bot.work.reminders import Due, Lost, Opens, Told, remind
from bot.work.reminders.texts import text_of

MOST_WORDS = 60


def _about(due: Due) -> Text:
    del due
    return Text("reminders.about.new_courses")


def _open(reminder: Reminder) -> Opens:
    del reminder
    return Opens("alerts", {}, Text("reminders.open_new.button"))


@remind(NEW_COURSES, about=_about, opens=_open)
def new_courses(due: Due) -> Told | Lost:
    """Say what is new; whoever has looked at it by now needs to hear nothing."""
    notices = due.unit.wishes.list_due_notices(due.reminder.person)
    if not notices:
        return Lost()
    count, words = len(notices), {one.words for one in notices}
    if len(words) > 1 or "" in words:
        return Told(Text("reminders.tell.new_courses_all", {"count": count}), is_over=True)
    what = text_of(Phrase("search.subject", {"subject": cut(notices[0].words, MOST_WORDS)}))
    text = Text("reminders.tell.new_courses", {"count": count, "what": what})
    return Told(text, is_over=True)
