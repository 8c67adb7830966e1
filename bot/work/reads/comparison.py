"""What an employer looks up about itself beside others: only where enough of them answered."""

from __future__ import annotations

from typing import Any

from bot.insights.comparing import Comparison, Means
from bot.work.insight import compared
from bot.work.overviews import overview_of
from bot.work.reads import Context, look

Json = dict[str, Any]

MOST_COMPARED = 8
"""What fits on a screen; the page has them all."""


@look("needs_compared")
def needs_compared(context: Context, organisation: str) -> list[Json]:
    """Return where an organisation of the person's stands beside its sector and its city.

    Those in which it wants most to change come first. Empty where too few answered yet, or where
    the person does not answer for it.
    """
    unit, around = context.unit, context.around
    member = unit.employers.find_member(context.person.id, organisation)
    found = unit.employers.find(organisation, context.city)
    if member is None or found is None:
        return []
    reader = around.matching.reader(around.content)
    overview = overview_of(unit, around.content, found, around.places, reader)
    lines = compared(unit, overview, context.now.date())
    ranked = sorted(lines, key=lambda one: (one.now - one.should, one.skill))
    return [_line(one) for one in ranked[:MOST_COMPARED]]


def _line(one: Comparison) -> Json:
    return {
        "framework": one.skill[0],
        "competence": one.skill[1],
        "now": one.now,
        "should": one.should,
        "sector": _means(one.sector),
        "city": _means(one.city),
    }


def _means(means: Means | None) -> Json | None:
    if means is None:
        return None
    return {"now": means.now, "should": means.should, "organisations": means.others}
