"""What an organisation's people sent, as its needs: for the chat, its pages and the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from bot.courses.records import Point
from bot.needs.answered import TELLING, told_of
from bot.needs.groups import Group, column_of, group_of
from bot.needs.merging import Merged, Voice, merge
from bot.needs.problems import ProblemReader
from bot.needs.records import Need, Organisation
from bot.people import organisation_key
from bot.questionnaires.records import OTHER, Key
from bot.questionnaires.responses import Response
from bot.reminders import NewReminder, Once
from bot.reminders.kinds import STILL_TRUE
from bot.work.context import Context
from bot.work.places import Places
from content.load import Content
from storage import Unit

MOST_NEEDS = 60
"""Of one organisation: more are not matched, those of most weight first."""
A_YEAR, AT = timedelta(days=365), time(10)
_FACTS = ("name", "size", "sector", "place", "website")


@dataclass(frozen=True, slots=True)
class Said:
    """What an organisation said.

    Attributes:
        needs: Those of most weight first; of what colleagues said together, one for each group
            and competence.
        merged: What colleagues say together, also of skills that nobody needs; `group_of` tells
            whom each is about.
        responses: What counts, in the order in which it was sent.
    """

    organisation: Organisation
    needs: tuple[Need, ...]
    merged: tuple[Merged, ...]
    responses: tuple[Response, ...]


def said_by(
    unit: Unit,
    organisation: Organisation,
    content: Content,
    places: Places,
    reader: ProblemReader,
) -> Said:
    """Return what an organisation's people said, together."""
    responses = telling(unit, organisation.id)
    placed = replace(organisation, point=_point(organisation, places))
    zone = ZoneInfo(content.cities[organisation.city].zone)
    voiced = [
        (response, need)
        for response in responses
        for need in told_of(
            response.filled.answers, placed, content.needs, reader, _sent_on(response, zone)
        )
    ]
    merged = merge(_voices(voiced))
    needs = sorted(_together(voiced, merged), key=_weight)
    return Said(placed, tuple(needs[:MOST_NEEDS]), merged, tuple(responses))


def telling(unit: Unit, organisation: str) -> list[Response]:
    """Return what counts of what an organisation's people said of their needs."""
    sent = unit.responses.list_sent(organisation)
    return [one for one in sent if one.filled.questionnaire in TELLING]


def note_sent(context: Context, sent: Response, contact: str) -> None:
    """Keep what a sent response tells of the organisation and of who may be written to.

    In a year the person is asked whether anything has changed.
    """
    person, answers = context.person.id, sent.filled.answers
    employers = context.unit.employers
    told = {name: answers.get(Key(name)) for name in _FACTS}
    facts = {name: value for name, value in told.items() if isinstance(value, str)}
    employers.change(person, sent.organisation, facts)
    employers.answer_for(person, sent.organisation, sent.team)
    wanted = answers.get(Key("contact-wanted"))
    if wanted is not None:
        employers.let_contact(person, sent.organisation, contact if wanted == "yes" else "")
    zone = context.content.cities[context.city].zone
    day = (context.now + A_YEAR).astimezone(ZoneInfo(zone)).date()
    context.unit.reminders.put(
        NewReminder(
            person,
            context.city,
            STILL_TRUE,
            Once(day, AT),
            zone,
            context.channel,
            subject=sent.organisation,
            part=sent.id,
        )
    )


def _sent_on(response: Response, zone: ZoneInfo) -> date:
    return (response.sent_at or response.changed_at).astimezone(zone).date()


def _point(organisation: Organisation, places: Places) -> Point | None:
    found = places.resolve(organisation.city, organisation.place) if organisation.place else ()
    return Point(found[0].lat, found[0].lon) if found else None


def _group(need: Need) -> Group:
    """Return whom a need is about, the same for all who speak of the same people."""
    return Group(organisation_key(need.team), need.role.removeprefix(OTHER))


def _voices(voiced: Sequence[tuple[Response, Need]]) -> Iterator[Voice]:
    names = {_group(need): need.team for _, need in reversed(voiced)}
    for response, need in voiced:
        group = _group(need)
        column = column_of(names[group], group.role)
        for target in need.targets:
            yield Voice(response.person or response.id, column, target, need.people)


def _together(voiced: Iterable[tuple[Response, Need]], merged: Iterable[Merged]) -> Iterator[Need]:
    """Yield needs of one competence as colleagues say them together; others as the last said."""
    by_subject: dict[tuple[Group, str], Need] = {}
    for _, need in sorted(voiced, key=_is_needed):
        by_subject[_group(need), need.id.partition("/")[2]] = need
    said = {(_named(one), one.target.framework, one.target.competence): one for one in merged}
    for (group, _), found in by_subject.items():
        need = replace(found, id=f"{found.id}|{group.team}")
        if len(need.targets) != 1 or not need.role:
            yield need
            continue
        target = need.targets[0]
        one = said[group, target.framework, target.competence]
        if one.target.distance:
            yield replace(need, targets=(one.target,), people=one.people)


def _is_needed(voiced: tuple[Response, Need]) -> bool:
    """Whether somebody sees a need: they say by when and how, whoever sees none does not."""
    return any(target.distance for target in voiced[1].targets)


def _named(merged: Merged) -> Group:
    group = group_of(merged.team)
    return Group(organisation_key(group.team), group.role)


def _weight(need: Need) -> tuple[int, str]:
    distance = max((target.distance for target in need.targets), default=0)
    return (-distance * need.people, need.id)
