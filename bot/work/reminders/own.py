"""Reminders of the person's own making: their words, practice, looking again."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation.messages import Text
from bot.reminders import Reminder
from bot.reminders.kinds import ASK_AGAIN, NEXT_STEP, OWN, PRACTICE, RECHECK
from bot.work.reads.pathways import progress_of
from bot.work.reminders import Due, Lost, Opens, Told, remind, usual_text

LOOKED_SINCE = timedelta(days=7)
"""A check so long after the wish is the one that it was for."""


def _in_their_words(due: Due) -> Told:
    return Told(usual_text("tell", due.reminder))


@remind(OWN)
def own(due: Due) -> Told | Lost:
    """Say what they wanted to be told, in their own words."""
    return _in_their_words(due)


def _skills(reminder: Reminder) -> Opens:
    del reminder
    return Opens("skills", {}, Text("reminders.open_skills.button"))


@remind(PRACTICE, opens=_skills)
def practice(due: Due) -> Told | Lost:
    """Nudge them to practise."""
    return _in_their_words(due)


def _search(reminder: Reminder) -> Opens:
    args = {"wish": reminder.words} if reminder.words else {}
    return Opens("discover", args, Text("reminders.open_search.button"))


@remind(ASK_AGAIN, opens=_search)
def ask_again(due: Due) -> Told | Lost:
    """Ask again, as they wished."""
    return _in_their_words(due)


def _check(reminder: Reminder) -> Opens:
    del reminder
    return Opens("skills", {}, Text("reminders.open_check.button"))


@remind(RECHECK, opens=_check)
def recheck(due: Due) -> Told | Lost:
    """Invite them to see how far they have come, unless they have looked since they asked."""
    newest = due.unit.skills.list_sittings(due.reminder.person, limit=1)
    asked_at = due.reminder.created_at or due.now
    if any(one.started_at > asked_at + LOOKED_SINCE for one in newest):
        return Lost()
    return Told(Text("reminders.tell.recheck"))


def _step(reminder: Reminder) -> Opens:
    del reminder
    return Opens("pathways", {"payload": "next"}, Text("reminders.open_step.button"))


@remind(NEXT_STEP, opens=_step)
def next_step(due: Due) -> Told | Lost:
    """Name the next step of a route; one that was left or is done needs no reminder."""
    person, wanted = due.reminder.person, due.reminder.subject
    followed = due.unit.pathways.list_followed(person)
    mine = next((one for one in followed if wanted in ("", one.pathway)), None)
    pathway = due.content.pathways.find(mine.pathway, mine.version) if mine else None
    if pathway is None:
        return Lost()
    step = progress_of(due.unit, person, due.content, pathway).next
    if step is None:
        return Lost(Text("reminders.lost.route_done", {"title": Text(pathway.title)}))
    values = {"title": Text(pathway.title), "goal": Text(step.step.goal)}
    return Told(Text("reminders.tell.next_step", values))
