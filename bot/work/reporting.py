"""Taking a report on a listing, from a chat or from the listing's page."""

from __future__ import annotations

from bot.courses.keeping.reporting import A_DAY, MOST_A_DAY, without_contacts
from storage import Unit


def take_report(
    unit: Unit,
    person: str | None,
    course: str,
    reason: str,
    words: str,
    *,
    wants_answer: bool = False,
) -> str:
    """Put a report before the staff of the listing's city.

    Args:
        person: A person's id; None where nobody is known, who then cannot be told either.

    Returns:
        Which text of the course tells the person what became of it: "wrong_thanks",
        "wrong_thanks_answer", "wrong_already" or "wrong_often"; "gone" for no such listing.
    """
    entry = unit.catalogue.find(course)
    if entry is None:
        return "gone"
    words, city = without_contacts(words), entry.course.city
    if person is not None:
        if unit.reports.is_told(person, course):
            return "wrong_already"
        if unit.reports.count_of(person, unit.now - A_DAY) >= MOST_A_DAY:
            return "wrong_often"
    elif _says_nothing_new(unit, city, course, reason, words):
        return "wrong_thanks"
    unit.reports.add(person, city, course, reason, words, wants_answer=wants_answer)
    return "wrong_thanks_answer" if wants_answer and person is not None else "wrong_thanks"


def _says_nothing_new(unit: Unit, city: str, course: str, reason: str, words: str) -> bool:
    """Whether staff know it already: nobody who is not known can fill their list."""
    waiting = unit.reports.list_about(city, course)
    said = [(one.reason, one.words) for one in waiting]
    return len(waiting) >= MOST_A_DAY or (reason, words) in said
