"""What the flow in which people comment on descriptors looks up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.codesign.records import Comment, Part, Round, Stage, Suggestion, Verdict
from bot.codesign.sharing import items_of
from bot.conversation import Text, text_to_json
from bot.conversation.messages import Value
from bot.work.codesigning import (
    framework_of,
    next_draft,
    published,
    said,
    stage_of,
    words_of,
)
from bot.work.reads import Context, look
from content.frameworkrevisions import Revision

Json = dict[str, Any]
MOST_ROUNDS = 5
ON_A_PAGE = 4
CAME_ON_A_PAGE = 2
MOST_SHOWN = 180
MINUTES_EACH = 0.75


@look("codesign_rounds")
def codesign_rounds(context: Context, token: str = "") -> Json:
    """List the rounds that somebody can take part in or did, that of their link first."""
    linked = context.unit.rounds.find_by_token(token) if token else None
    stage = stage_of(context.content, linked, context.now) if linked else None
    of_city = context.unit.rounds.list_of((context.city,))
    mine = [context.unit.rounds.find(one.round) for one in _parts(context)]
    wanted = [one for one in of_city if _stage(context, one) is Stage.OPEN]
    found = {one.id: one for one in (*wanted, *mine) if one is not None}
    return {
        "linked": linked.id if linked else "",
        "state": str(stage) if stage else ("unknown" if token else ""),
        "opens": linked.new.opens_on.isoformat() if linked else "",
        "rounds": [
            {"id": one.id, "title": one.new.title, "is_open": _stage(context, one) is Stage.OPEN}
            for one in list(found.values())[:MOST_ROUNDS]
        ],
    }


def _parts(context: Context) -> list[Part]:
    return context.unit.comments.list_parts(context.person.id)[:MOST_ROUNDS]


def _stage(context: Context, found: Round) -> Stage:
    return stage_of(context.content, found, context.now)


@look("codesign_round")
def codesign_round(context: Context, round_id: str) -> Json | None:
    """Say what a round is about, and how far somebody is in it."""
    found = context.unit.rounds.find(round_id)
    framework = framework_of(context.content, found) if found else None
    if found is None or framework is None:
        return None
    part = context.unit.comments.find_part(found.id, context.person.id)
    made = context.unit.comments.list_of(found.id, context.person.id) if part else []
    given = sum(not one.is_waiting for one in made)
    whole = len(items_of(framework, found.new.areas))
    city = context.content.cities.get(found.new.city)
    return {
        "title": found.new.title,
        "framework": text_to_json(Text(f"framework.{framework.id}.title")),
        "label": text_to_json(Text(f"framework.{framework.id}.label")),
        "team": text_to_json(_team(city.operator if city else "")),
        "stage": str(_stage(context, found)),
        "closes": found.new.closes_on.isoformat(),
        "share": found.new.share,
        "minutes": max(1, round(found.new.share * MINUTES_EACH)),
        "kind": str(part.kind) if part else "",
        "answered": sum(not one.is_waiting and not one.is_skipped for one in made),
        "left": whole - given,
        "can_see": part is not None,
    }


def _team(operator: str) -> Text:
    return Text("complain.team", {"team": operator or Text("support.the_team")})


@look("codesign_item")
def codesign_item(context: Context, round_id: str, item: str) -> Json | None:
    """Return a descriptor with where it stands, and what somebody said of it before."""
    found = context.unit.rounds.find(round_id)
    framework = framework_of(context.content, found) if found else None
    if found is None or framework is None:
        return None
    place = next((one for one in items_of(framework) if one.id == item), None)
    words = words_of(context.content, found, item)
    if place is None or words is None:
        return None
    own, level = framework.competences[place.competence], framework.levels[place.level - 1]
    name, skill = f"framework.{framework.id}", f"framework.{framework.id}.skill.{own.code}"
    rung = own.rungs[place.level - 1]
    told = {
        "can": words,
        "skill": said(context.content, f"{skill}.button", own.short),
        "level": said(context.content, f"{name}.level.{place.level}.name", level.name),
        "example": said(context.content, f"{skill}.{place.level}.example", rung.example),
    }
    return {key: text_to_json(text) for key, text in told.items()}


@look("codesign_answers")
def codesign_answers(context: Context, round_id: str, page: int) -> Json:
    """List what somebody said of descriptors, the newest first, some at a time."""
    found = context.unit.rounds.find(round_id)
    if found is None:
        return {"lines": [], "items": [], "has_more": False, "first": 1}
    made = [
        one
        for one in context.unit.comments.list_of(found.id, context.person.id)
        if not one.is_waiting
    ]
    made.reverse()
    first = page * ON_A_PAGE if page * ON_A_PAGE < len(made) else 0
    shown = made[first : first + ON_A_PAGE]
    return {
        "first": first + 1,
        "items": [one.item for one in shown],
        "lines": [
            _entry(_line(context, found, number, one))
            for number, one in enumerate(shown, first + 1)
        ],
        "has_more": len(made) > first + ON_A_PAGE,
    }


def _line(context: Context, found: Round, number: int, one: Comment) -> Text:
    words = words_of(context.content, found, one.item) or Text("codesign.plain", {"words": "?"})
    if one.is_skipped:
        told = Text("codesign.said.skipped")
    else:
        clear = Text(f"codesign.said.{one.clear or 'nothing'}")
        matters = Text(f"codesign.said.{one.matters or 'no_matter'}")
        name = "codesign.said.words" if one.words else "codesign.said"
        told = Text(name, {"clear": clear, "matters": matters, "words": one.words[:MOST_SHOWN]})
    return Text("codesign.line", {"number": number, "can": words, "said": told})


@look("codesign_came")
def codesign_came(context: Context, round_id: str, page: int) -> Json | None:
    """Say what came of a round: of somebody's own suggestions, and what changed and why."""
    found = context.unit.rounds.find(round_id)
    part = context.unit.comments.find_part(round_id, context.person.id) if found else None
    if found is None or part is None:
        return None
    out = published(context.content, found)
    is_known = bool(out) or part.is_told
    own = context.unit.comments.list_suggestions(found.id, context.person.id) if is_known else []
    changes = (out or _decided(context, found)) if is_known else ()
    lines = [*_about_own(own), *(_about_change(one) for one in changes)]
    first = page * CAME_ON_A_PAGE if page * CAME_ON_A_PAGE < len(lines) else 0
    return {
        "state": "published" if out else ("told" if is_known else "working"),
        "count": len(changes),
        "lines": [_entry(one) for one in lines[first : first + CAME_ON_A_PAGE]],
        "has_more": len(lines) > CAME_ON_A_PAGE,
        "page": first // CAME_ON_A_PAGE + 1,
        "pages": -(-len(lines) // CAME_ON_A_PAGE),
        "address": f"{context.public_url}/frameworks/{found.new.framework}",
    }


def _decided(context: Context, found: Round) -> Sequence[Revision]:
    draft = next_draft(context.content, context.unit.rounds.sheet(found))
    return draft.revisions if draft else ()


def _about_own(own: Sequence[Suggestion]) -> list[Text]:
    lines = []
    for one in own:
        verdict = one.verdict
        if verdict is None:
            continue
        if verdict is Verdict.HIDDEN:
            lines.append(Text("codesign.own_hidden"))
            continue
        name = "codesign.own_why" if one.why else "codesign.own"
        state = Text(f"codesign.verdict.{verdict}")
        values: dict[str, Value] = {"words": one.words[:MOST_SHOWN], "state": state}
        lines.append(Text(name, values | {"why": one.why[:MOST_SHOWN]}))
    return lines


def _entry(text: Text) -> Json:
    """Return a line of a list with room behind it."""
    return text_to_json(Text("codesign.entry", {"entry": text}))


def _about_change(one: Revision) -> Text:
    values: dict[str, Value] = {"was": one.was, "now": one.now, "why": one.why[:MOST_SHOWN]}
    return Text(f"codesign.change.{one.act}", values)
