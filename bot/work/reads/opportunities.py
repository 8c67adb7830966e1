"""What an employer's conversation looks up: its opportunities, and those who said yes.

Nothing here counts or names who was invited: an employer learns of those alone who shared.
"""

from __future__ import annotations

from typing import Any

from bot.courses.phrases import Phrase
from bot.insights.gathering import FRAMEWORK
from bot.skills.wording import level_name, skill_name
from bot.talent import Opportunity, State, Wanted, estimate, missing
from bot.talent.records import MOST_OPEN, Shared
from bot.talent.wording import lines, skill
from bot.work.employing import said_by
from bot.work.reads import Context, look
from bot.work.reads.catalogue import cut, phrase_json
from bot.work.tagging import frameworks_of
from bot.work.talent.counting import bands_of
from bot.work.talent.known import find_organisation, find_own

Json = dict[str, Any]
MOST_TITLE, MOST_NAME, MOST_LINE = 60, 40, 200
MOST_LISTED, MOST_SUGGESTED, ON_A_PAGE = 6, 6, 4


@look("opportunities")
def opportunities(context: Context, organisation: str) -> Json | None:
    """List an organisation's opportunities, the newest change first; None for others' ones."""
    own = find_organisation(context, organisation)
    if own is None:
        return None
    found = context.unit.opportunities.list_of(organisation)
    return {
        "name": cut(own.name, MOST_NAME),
        "may_add": sum(not one.state.is_over for one in found) < MOST_OPEN,
        "list": [_card(context, one) for one in found[:MOST_LISTED]],
    }


@look("opportunity")
def opportunity(context: Context, key: str) -> Json | None:
    """Return how an opportunity stands; None where it is none of theirs."""
    found = find_own(context, key)
    if found is None:
        return None
    faults = missing(found.draft, context.now.date())
    has_page = found.token and found.state is not State.STOPPED
    return {
        **_card(context, found),
        "organisation": found.organisation,
        "has_run": found.live is not None,
        "missing": [[one.part, phrase_json(Phrase(one.text, one.values))] for one in faults],
        "reason": found.reason,
        "band": _band(context, found),
        "page": f"{context.public_url}/invited/{found.token}" if has_page else "",
    }


@look("opportunity_lines")
def opportunity_lines(context: Context, key: str) -> list[Any]:
    """Say every part of an opportunity as it was told last."""
    found = find_own(context, key)
    if found is None:
        return []
    told = lines(found.draft)
    return [
        phrase_json(Phrase("talent.line", {"part": Phrase(f"talent.part.{part}"), "said": said}),
                    MOST_LINE)
        for part, said in told.items()
        if part != "summary"
    ]  # fmt: skip


@look("opportunity_summary")
def opportunity_summary(context: Context, key: str) -> str:
    """Give what an opportunity is about, as it was told last."""
    found = find_own(context, key)
    return found.draft.summary if found else ""


@look("opportunity_needs")
def opportunity_needs(context: Context, organisation: str) -> list[Json]:
    """Suggest skills by what the organisation's people said that they need."""
    own = find_organisation(context, organisation)
    if own is None:
        return []
    around, known = context.around, frameworks_of(context.content)
    said = said_by(
        context.unit, own, context.content, around.places, around.matching.reader(context.content)
    )
    targets = {one.competence: one for need in said.needs for one in need.targets}
    wanted = [
        Wanted(one.framework, one.competence, one.should)
        for one in targets.values()
        if one.should and known.get(one.competence) == one.framework
    ]
    return [{"code": one.code, "name": phrase_json(skill(one))} for one in wanted[:MOST_SUGGESTED]]


@look("opportunity_areas")
def opportunity_areas(context: Context, area: str) -> list[Json]:
    """List the areas of the framework, or the skills of one area."""
    framework = context.content.frameworks[FRAMEWORK]
    if not area:
        named = {
            one.code: f"framework.{FRAMEWORK}.area.{one.code}.button" for one in framework.areas
        }
        return [{"code": code, "name": phrase_json(Phrase(text))} for code, text in named.items()]
    chosen = next((one for one in framework.areas if one.code == area), None)
    return [
        {"code": one.code, "name": phrase_json(skill_name(FRAMEWORK, one.code))}
        for one in (chosen.competences if chosen else ())
    ]


@look("opportunity_levels")
def opportunity_levels(context: Context, competence: str) -> list[Json]:
    """List the levels that a skill may be needed at, each as its code."""
    del context
    return [
        {
            "code": Wanted(FRAMEWORK, competence, level).code,
            "name": phrase_json(level_name(FRAMEWORK, level)),
        }
        for level in range(1, 5)
    ]


@look("opportunity_yes")
def opportunity_yes(context: Context, key: str, page: int) -> Json | None:
    """List those who said yes and what they share, some at a time."""
    found = find_own(context, key)
    if found is None or found.state is State.STOPPED:
        return None
    every = context.unit.invited.list_shared(key)
    pages = max(1, -(-len(every) // ON_A_PAGE))
    at = min(max(page, 0), pages - 1)
    shown = list(enumerate(every, 1))[at * ON_A_PAGE : (at + 1) * ON_A_PAGE]
    return {
        "title": cut(found.shown.title, MOST_TITLE),
        "total": len(every),
        "page": at,
        "pages": pages,
        "people": [
            _person(context, number, one.shared) for number, one in shown if one.shared is not None
        ],
    }


def _person(context: Context, number: int, shared: Shared) -> Json:
    return {
        "number": number,
        "share": shared.token,
        "name": shared.name,
        "contact": shared.contact,
        "part": next(iter(shared.parts), ""),
        "link": f"{context.public_url}/cv/{shared.token}" if shared.parts else "",
        "is_written": bool(shared.message),
    }


def _card(context: Context, one: Opportunity) -> Json:
    is_shown = one.state is not State.STOPPED
    return {
        "id": one.id,
        "title": cut((one.draft if one.state is State.DRAFT else one.shown).title, MOST_TITLE),
        "state": one.state.value,
        "yes": len(context.unit.invited.list_shared(one.id)) if is_shown else 0,
    }


def _band(context: Context, one: Opportunity) -> str:
    """Return how many could be invited at most; nothing before staff approved it."""
    live = one.live
    if live is None or live.kind is None or one.state is not State.RUNNING:
        return ""
    return estimate(bands_of(context.unit, one.city), live.kind, live.skills).value


@look("opportunity_kind")
def opportunity_kind(context: Context, key: str) -> str:
    """Return what kind an opportunity is, as it was told last."""
    found = find_own(context, key)
    return found.draft.kind.value if found and found.draft.kind else ""
