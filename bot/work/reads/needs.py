"""What a conversation looks up of an organisation's needs: the courses for each, and the gaps."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import orjson

from bot.conversation import Text, text_to_json
from bot.courses.phrases import Phrase
from bot.courses.search.requests import Filters, SearchRequest
from bot.insights.gathering import FRAMEWORK
from bot.needs.answered import problem_of
from bot.needs.explaining import Names
from bot.needs.groups import group_of
from bot.needs.matching import read_across
from bot.needs.merging import Merged
from bot.needs.overview import Overview
from bot.needs.records import Answer, Match, Need, Target
from bot.people import organisation_key
from bot.questionnaires.records import OTHER
from bot.work.overviews import report_of
from bot.work.reads import Context, look
from bot.work.reads.catalogue import cut, phrase_json
from bot.work.reads.employers import skill_text
from content.load import Content

Json = dict[str, Any]
ON_A_PAGE = 4
MOST_TITLE, MOST_PROVIDER, MOST_FACTS, MOST_BYTES = 60, 40, 3, 1_900


@look("employers_needs")
def employers_needs(context: Context, organisation: str, page: int) -> Json | None:
    """Return a page of needs, with how many courses answer each; None where it is not theirs."""
    overview = _overview(context, organisation)
    if overview is None:
        return None
    every = overview.answers
    pages = max(1, -(-len(every) // ON_A_PAGE))
    at = min(max(page, 0), pages - 1)
    shown = every[at * ON_A_PAGE : (at + 1) * ON_A_PAGE]
    return {
        "total": len(every),
        "page": at,
        "pages": pages,
        "needs": _fitting(context, overview, shown),
    }


@look("employers_summary")
def employers_summary(context: Context, organisation: str) -> Json | None:
    """Return how many needs local courses answer wholly, in part and not at all."""
    overview = _overview(context, organisation)
    if overview is None:
        return None
    return {
        "name": cut(overview.organisation.name, MOST_PROVIDER),
        "needs": len(overview.answers),
        "people": overview.people,
        "met": overview.whole,
        "part": overview.part,
        "gaps": overview.unanswered,
        "disputed": len(overview.disputed),
    }


@look("employers_need")
def employers_need(context: Context, organisation: str, need: str) -> Json | None:
    """Return one need with its best courses and what is missing; None where it is gone."""
    overview = _overview(context, organisation)
    every = overview.answers if overview else ()
    pair = next((one for one in every if _key(one[0]) == need), None)
    if overview is None or pair is None:
        return None
    found, answer = pair
    told = {
        **_need_line(context, overview, found, answer),
        "because": _because(found),
        "skill": _kept(found),
        "skill_name": text_to_json(skill_text(_kept(found))),
        "by": found.by.isoformat() if found.by else "",
        "matches": [_match(one) for one in answer.matches or _nearest(answer)],
        "gap": _gap(answer),
        "request": _request(context.content, found),
    }
    return _shortened(told)


def named_need(content: Content, need: Need) -> Text:
    """Return what a need is about: its skill and level, or the problem that it was read from."""
    names = Names(content.frameworks.keys())
    problem = problem_of(need)
    if problem in content.needs.problems and not need.role:
        return Text(f"needs.problem.{problem}.title")
    return _skill(names, need.targets[0]) if need.targets else Text("employers.all_skills")


def group_text(content: Content, team: str, role: str, most: int = MOST_PROVIDER) -> Text:
    """Name whom a need is about: a team, a role, a role in a team, or everyone."""
    named = Text("questionnaires.words", {"words": cut(role.removeprefix(OTHER), most)})
    if role in content.needs.roles:
        named = Text(f"needs.role.{role}.button")
    team_words = cut(team, most)
    if team and role:
        return Text("employers.role_in_team", {"role": named, "team": team_words})
    if role:
        return named
    return Text("questionnaires.words", {"words": team_words}) if team else Text("employers.all")


def _overview(context: Context, organisation: str) -> Overview | None:
    """Return what an organisation of the person's needs; None where it is none of theirs here."""
    if context.unit.employers.find_member(context.person.id, organisation) is None:
        return None
    return report_of(context.unit, context.around, organisation, context.city, context.now)


def _fitting(
    context: Context, overview: Overview, shown: Sequence[tuple[Need, Answer]]
) -> list[Json]:
    """Return lines with names as long as there is room for all of them."""
    for most in (MOST_PROVIDER, MOST_PROVIDER // 2, MOST_PROVIDER // 4):
        lines = [_need_line(context, overview, *one, most=most) for one in shown]
        if len(orjson.dumps(lines)) <= MOST_BYTES:
            break
    return lines


def _need_line(
    context: Context, overview: Overview, need: Need, found: Answer, *, most: int = MOST_PROVIDER
) -> Json:
    return {
        "id": _key(need),
        "name": text_to_json(named_need(context.content, need)),
        "who": text_to_json(group_text(context.content, need.team, need.role, most)),
        "people": need.people,
        "courses": len(found.matches),
        "is_met": found.is_whole,
        "disputes": _disputes(overview, need),
    }


def _key(need: Need) -> str:
    """Return what a need is asked for by: its id holds words, which may be long."""
    return blake2b(need.id.encode(), digest_size=6).hexdigest()


def _disputes(overview: Overview, need: Need) -> list[list[Any]]:
    """Return where colleagues do not agree about a need: what about, framework, least, most."""
    merged = _merged_of(overview, need)
    spreads = ("now", "should", "heads") if merged else ()
    return [
        [name, merged.target.framework, spread.least, spread.most]
        for name in spreads
        if merged and (spread := getattr(merged, name)) is not None
    ]


def _merged_of(overview: Overview, need: Need) -> Merged | None:
    target = need.targets[0] if len(need.targets) == 1 else None
    for one in overview.merged:
        group = group_of(one.team)
        is_same = organisation_key(group.team) == organisation_key(need.team)
        if is_same and group.role == need.role.removeprefix(OTHER) and one.target == target:
            return one
    return None


def _level(names: Names, target: Target, level: int) -> Any:
    found = names.level(target, level)
    return Text(found.id, found.values) if isinstance(found, Phrase) else found


def _skill(names: Names, target: Target) -> Text:
    values = {
        "skill": Text(f"framework.{target.framework}.skill.{target.competence}.button"),
        "now": _level(names, target, target.now),
        "should": _level(names, target, target.should),
    }
    return Text("employers.need_skill", values)


def _because(need: Need) -> str:
    return "" if need.role else f"needs.problem.{problem_of(need)}.because"


def _kept(need: Need) -> str:
    """Return the skill as it stands with an ask."""
    if not need.targets:
        return ""
    target = need.targets[0]
    return f"{target.framework}:{target.competence}:{target.should}"


def _match(match: Match) -> Json:
    return {
        "id": match.course.id,
        "title": cut(match.course.title, MOST_TITLE),
        "provider": cut(match.course.provider, MOST_PROVIDER),
        "is_sample": match.course.is_sample,
        "why": [phrase_json(one) for one in match.reasons[:MOST_FACTS]],
        "but": [phrase_json(one) for one in match.misfits[:MOST_FACTS]],
    }


def _nearest(answer: Answer) -> tuple[Match, ...]:
    """Return the nearest thing to what is missing: it can be opened, and its provider asked."""
    nearest = answer.gap.nearest if answer.gap else None
    return (nearest,) if nearest else ()


def _gap(answer: Answer) -> Json | None:
    if answer.gap is None:
        return None
    nearest = answer.gap.nearest
    return {
        "nearest": cut(nearest.course.title, MOST_TITLE) if nearest else "",
        "why": [phrase_json(one) for one in answer.gap.why[:1]],
    }


def _request(content: Content, need: Need) -> Json:
    """Return the search that is watched for a need: what teaches its skills at their levels.

    Courses are tagged in one framework; skills of others are read across to it.
    """
    targets = read_across(need.targets, content.frameworks)
    skills = frozenset(
        f"{one.competence}:{one.should}" for one in targets if one.framework == FRAMEWORK
    )
    request: Json = SearchRequest("", filters=Filters(skills=skills)).to_json() if skills else {}
    return request


def _shortened(told: Json) -> Json:
    """Leave out the last reasons until what is told fits into a look."""
    for most in range(MOST_FACTS - 1, -1, -1):
        if len(orjson.dumps(told)) <= MOST_BYTES:
            break
        for match in told["matches"]:
            match["why"], match["but"] = match["why"][: max(1, most)], match["but"][:most]
    return told
