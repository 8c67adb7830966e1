"""What a conversation looks up about a questionnaire that somebody fills in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson

from bot.conversation import Text, text_to_json
from bot.courses.phrases import Phrase
from bot.needs.answered import TELLING
from bot.needs.explaining import Names
from bot.needs.records import Target
from bot.people.teaching import names_of
from bot.questionnaires import review, suggested
from bot.questionnaires.answering import Raw
from bot.questionnaires.records import OTHER, GridCell, Key, Step, Value
from bot.questionnaires.responses import Response, State
from bot.questionnaires.reviewing import Line, Told, read_back
from bot.work.filling import Filling, find_filling, opened, raw_of
from bot.work.reads import Context, look
from bot.work.reads.catalogue import cut, phrase_json
from content.load import Content
from content.questionnaires import Question

Json = dict[str, Any]
LINES = 5
"""Answers on a screen that is looked through before sending."""
MOST_ANSWER, MOST_LIST, MOST_STILL, MOST_BYTES = 60, 4, 300, 1_800
_FACTS = ("name", "sector", "place", "website")
_BARE = "questionnaires.words"


@look("questionnaire_step")
def questionnaire_step(
    context: Context, response: str, wanted: list[str], said: str = ""
) -> Json | None:
    """Return a question to be asked: the wanted one, or the next; None where all is gone.

    Args:
        wanted: The key of a question to be answered anew, as its id and item; empty for the next.
        said: A problem in the person's own words, which led them here.

    Returns:
        {"kind": "end"} where all was answered.
    """
    filling = find_filling(context, response)
    if filling is None:
        return None
    step = filling.step(Key(*wanted)) if len(wanted) == 2 else None
    step = step or filling.next()
    if step is None:
        return {"kind": "end", "has_changed": filling.has_changed}
    return _asked(context, filling, step, said)


@look("problems_said")
def problems_said(context: Context, words: str) -> list[str]:
    """Return the problems that words tell for sure."""
    found = context.around.matching.reader(context.content).read(words)
    return [one.problem for one in found if one.is_sure]


@look("questionnaire_review")
def questionnaire_review(context: Context, response: str, page: int) -> Json | None:
    """Return a page of what was answered, before it is sent."""
    filling = find_filling(context, response)
    if filling is None:
        return None
    lines = review(filling.questionnaire, filling.answers, filling.profiles)
    return {
        **_page(context.content, lines, page),
        "about": filling.questionnaire.text_id("title"),
        "missing": len(filling.missing()),
    }


@look("questionnaire_sent")
def questionnaire_sent(context: Context, response: str, page: int) -> Json | None:
    """Return a page of a copy of what was sent, in the words under which it was answered."""
    found = context.unit.responses.find(context.person.id, response)
    if found is None or found.state in (State.WORK, State.WITHDRAWN):
        return None
    lines = read_back(found.filled, context.content.questionnaires)
    return {
        **_page(context.content, lines, page),
        "about": _title(context.content, found),
        "sent": found.sent_at.isoformat() if found.sent_at else "",
        "is_current": found.state is State.SENT,
    }


@look("questionnaire_about")
def questionnaire_about(context: Context, response: str) -> Json | None:
    """Return what is said before and after a questionnaire, and how far it is."""
    filling = find_filling(context, response)
    if filling is None:
        return None
    questionnaire, far = filling.questionnaire, filling.progress
    return {
        "id": questionnaire.id,
        "audience": questionnaire.audience,
        "tells_needs": questionnaire.id in TELLING,
        "organisation": filling.response.organisation,
        "intro": questionnaire.text_id("intro"),
        "thanks": questionnaire.text_id("thanks"),
        "minutes": questionnaire.minutes,
        "done": far.done,
        "about": far.about,
        "has_changed": filling.has_changed,
    }


def far_of(content: Content, response: Response) -> Json | None:
    """Return a begun response in short, for a list; None where it cannot be gone on with."""
    filling = opened(response, content)
    if filling is None:
        return None
    far = filling.progress
    short = filling.questionnaire.text_id("button")
    return {"id": response.id, "short": short, "done": far.done, "about": far.about}


def _asked(context: Context, filling: Filling, step: Step, said: str) -> Json:
    """Return a question with everything that asking it takes."""
    question, questionnaire = step.question, filling.questionnaire
    name = question.id
    far = filling.progress
    known = suggested(step, _known(context, filling.response) | ({"said": said} if said else {}))
    now = filling.answers.get(step.key)
    return {
        "kind": question.kind,
        "key": [step.key.question, step.key.item],
        "ask": questionnaire.text_id(f"{name}.ask"),
        "help": questionnaire.text_id(f"{name}.help") if question.help else "",
        "item": text_to_json(_item(filling, step)) if step.item else None,
        "section": _section(filling, step),
        "options": _options(context.content, filling, question),
        "other": question.has_other,
        "audience": questionnaire.audience,
        "needed": question.needed,
        "bounds": [_int(question.least), _int(question.most)],
        "unit": questionnaire.text_id(f"{name}.unit") if question.unit else "",
        "ends": [questionnaire.text_id(f"{name}.{end}") for end in ("low", "high")]
        if question.low
        else [],
        "progress": [far.done, far.about],
        "known": _still(filling, step.key, known) if now is None else None,
        "now": _still(filling, step.key, now),
        "rows": _rows(context.content, step, now),
    }


def _section(filling: Filling, step: Step) -> str:
    """Return the text id of a section's title at its first question."""
    first = step.section.questions[0].id == step.question.id
    has_title = step.section.title and step.section.title != "{item}"
    name = filling.questionnaire.text_id(f"section.{step.section.id}")
    return name if first and has_title else ""


def _item(filling: Filling, step: Step) -> Text:
    source = filling.questionnaire.questions[step.section.for_each]
    for option in source.options:
        if option.id == step.item:
            return Text(option.text)
    return Text(_BARE, {"words": step.item.removeprefix(OTHER)})


def _options(content: Content, filling: Filling, question: Question) -> Json | None:
    """Return the options as ids and what comes before and after each in its text id.

    Those of roles come in the order in which they are usual in the sector that was told; the
    first `usual` of them belong to it.
    """
    if not question.options:
        return None
    ids, usual = list(question.option_ids), 0
    first = question.options[0]
    before, after = _around(first.text, first.id)
    if first.text.startswith("needs.role."):
        sector = filling.answers.get(Key("sector"))
        ordered = content.needs.roles_for(sector if isinstance(sector, str) else "")
        usual = sum(sector in one.sectors or not one.sectors for one in ordered)
        ids = [one.id for one in ordered if one.id in ids]
    return {"ids": ids, "before": before, "after": after, "usual": usual}


def _around(text: str, key: str) -> tuple[str, str]:
    """Return what stands before and after an option's id in the id of its text."""
    if text.endswith(f".{key}"):
        return text.removesuffix(key), ""
    before, _, after = text.partition(f".{key}.")
    return f"{before}.", f".{after}"


def _rows(content: Content, step: Step, now: Value | None) -> list[list[Any]]:
    """Return the rows of a grid: id, the name's text id, where people are and should be.

    -1 stands for what nobody said. Where nothing was answered, where they should be is what the
    role often needs.
    """
    if not step.rows:
        return []
    cells = now if isinstance(now, tuple) else ()
    known = {one.row: one for one in cells if isinstance(one, GridCell)}
    role = content.needs.roles.get(step.item)
    usual = {f"{key}:{code}": level for key, code, level in role.levels()} if role else {}
    found = []
    for row in step.rows:
        cell = known.get(row.id)
        open_ = -1 if known else usual.get(row.id, 2)
        levels = [cell.now, cell.should] if cell else [-1, open_]
        found.append([row.id, f"framework.{row.framework}.skill.{row.competence}.button", *levels])
    return found


def _known(context: Context, response: Response) -> dict[str, Raw]:
    """Return what can be offered as an answer, by the names that questionnaires use."""
    unit, person = context.unit, context.person.id
    if response.audience == "provider":
        names = names_of(unit.staff.grants(person, context.channel), context.city)
        return {"provider.name": names[0]} if len(names) == 1 else {}
    found = unit.employers.find(response.organisation, context.city)
    member = unit.employers.find_member(person, response.organisation)
    if found is None or member is None:
        return {}
    known: dict[str, Raw] = {f"organisation.{one}": getattr(found, one) for one in _FACTS}
    known["organisation.size"] = found.size.value if found.size else ""
    known["team"] = member.team
    return {name: raw for name, raw in known.items() if raw}


def _still(filling: Filling, key: Key, value: Value | None) -> Json | None:
    """Return an answer as it is shown, and as it would be given again."""
    raw = raw_of(value) if value is not None else None
    if value is None or raw is None or isinstance(raw, Mapping):
        return None
    lines = review(filling.questionnaire, {**filling.answers, key: value}, filling.profiles)
    line = next((one for one in lines if one.key == key), None)
    is_long = len(str(raw)) > MOST_STILL
    return None if line is None or is_long else {"told": _told(line.told), "given": raw}


def _page(content: Content, lines: tuple[Line, ...], page: int) -> Json:
    """Return a page of lines; of long answers the first parts, as far as there is room."""
    pages = max(1, -(-len(lines) // LINES))
    at = min(max(page, 0), pages - 1)
    names = Names(content.frameworks.keys())
    shown = lines[at * LINES : (at + 1) * LINES]
    for most in range(MOST_LIST, 0, -1):
        written = [_line(names, one, most) for one in shown]
        if len(orjson.dumps(written)) <= MOST_BYTES:
            break
    return {"page": at, "pages": pages, "lines": written}


def _line(names: Names, line: Line, most: int) -> Json:
    told = _told(line.told[:most])
    if line.cells:
        told = [_cell(names, one) for one in line.cells[:most]]
    return {
        "key": [line.key.question, line.key.item],
        "ask": _json(line.ask),
        "item": None if line.item is None else _json(line.item),
        "told": told,
        "more": max(0, len(line.told) - most, len(line.cells) - most),
        "is_skipped": line.is_skipped,
    }


def _cell(names: Names, cell: GridCell) -> Any:
    framework, _, code = cell.row.partition(":")
    target = Target(code, cell.now, cell.should, framework)
    values = {
        "competence": names.competence(target),
        "now": names.level(target, cell.now),
        "should": names.level(target, cell.should),
    }
    return phrase_json(Phrase("questionnaires.grid_line", values))


def _told(told: tuple[Told, ...]) -> list[Any]:
    return [_json(one) for one in told[:MOST_LIST]]


def _json(one: Told) -> Any:
    if isinstance(one, Phrase):
        return phrase_json(one)
    if isinstance(one, Decimal):
        return text_to_json(Text("questionnaires.number", {"number": int(one)}))
    return text_to_json(Text(_BARE, {"words": cut(one, MOST_ANSWER)}))


def _title(content: Content, response: Response) -> str:
    filled = response.filled
    known = content.questionnaires.get(filled.questionnaire, filled.version)
    return known.text_id("title") if known else "questionnaires.earlier"


def _int(bound: Decimal | None) -> int | None:
    return None if bound is None else int(bound)
