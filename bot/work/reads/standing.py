"""Where a person stands, by all that they ever told about their skills."""

from __future__ import annotations

from bot.skills.results import Standing, standings
from bot.skills.sittings import GivenAnswer, assessment_of, merged
from bot.skills.summary import lowest_answers
from bot.work.reads import Context, look
from content.load import Content
from storage import Unit

MOST_TOLD = 24
"""Standings that a look returns: about as many as 2 kB hold."""


def where_they_stand(unit: Unit, person: str, content: Content) -> dict[str, Standing]:
    """Return where a person stands, by competence code; empty where they never told anything.

    The answers of all their sittings count together, the last one to each item. Every framework of
    which they answered something is in it: all its competences, those that they were not asked
    about with `is_estimated`.
    """
    answers = unit.skills.list_answers(person)
    found: dict[str, Standing] = {}
    for framework in content.frameworks.values():
        own: list[GivenAnswer] = [
            one
            for one in answers
            if framework.find_sentence(one.item) or framework.find_check(one.item)
        ]
        if own:
            pairs = merged(own)
            found |= standings(assessment_of(framework, "whole", (), pairs), pairs)
    return found


def what_they_answered(unit: Unit, person: str, content: Content) -> dict[str, dict[int, int]]:
    """Return, by competence and level, the lowest answer that a person gave to a sentence.

    Answers of all their sittings count, the last one to each sentence.
    """
    pairs = merged(unit.skills.list_answers(person))
    found: dict[str, dict[int, int]] = {}
    for framework in content.frameworks.values():
        found |= lowest_answers(framework, pairs)
    return found


@look("where_i_stand")
def where_i_stand(context: Context, codes: list[str] | None = None) -> dict[str, list[int]]:
    """Return, by competence code, the likeliest level, its range, and whether it is estimated.

    Args:
        codes: Only these competences; None returns those that the person was asked about.
    """
    found = where_they_stand(context.unit, context.person.id, context.content)
    wanted = [code for code, one in found.items() if not one.is_estimated]
    if codes is not None:
        wanted = [code for code in codes if code in found]
    return {
        code: [one.level, one.low, one.high, int(one.is_estimated)]
        for code in wanted[:MOST_TOLD]
        for one in (found[code],)
    }
