"""A round of comments as a whole program has it: opened, and decided upon by the team."""

from __future__ import annotations

from datetime import date

from bot.codesign.records import Act, Change, Clear, Comment, Kind, Matters, NewRound, Verdict
from storage import Unit

NEW = NewRound(
    "manchester", "Data skills at work", "sectors-draft", "0.1", ("data",), date(2026, 11, 20),
    date(2026, 12, 20), 3,
)  # fmt: skip
ITEMS = tuple(
    f"data.{own}.{level}a"
    for level in range(1, 5)
    for own in ("prepare", "analyse", "tell", "care")
)
"""All of the area: the first was commented on by one person, each further one by one more."""


def open_round(unit: Unit) -> str:
    """Open a round in which others commented, so that it is clear what comes next; its token."""
    found = unit.rounds.add(NEW)
    for number in range(len(ITEMS)):
        part = unit.comments.join(found.id, f"other{number}", Kind.RESIDENT, keeps=False)
        given = ITEMS[number:]
        unit.comments.give(part, given)
        for item in given:
            said = Comment(item, unit.now, clear=Clear.YES, matters=Matters.LOT)
            unit.comments.put(part, said)
    return found.token


def decide(unit: Unit) -> None:
    """Take a part of what was suggested, reword the sentence, and tell everybody."""
    (found,) = unit.rounds.list_of(("manchester",))
    for idea in unit.rounds.list_suggestions(found.id):
        unit.rounds.mark(found.id, idea.id, Verdict.PARTLY, "We took the verb.", is_open=True)
        if idea.item:
            code, level = idea.item[:-3], int(idea.item[-2])
            words = "Type facts into a sheet or form with care"
            change = Change(idea.item, Act.REWORD, code, level, words, "Two people stumbled.")
            unit.rounds.put_change(found.id, change)
    unit.rounds.take_untold(found.id, 100)
