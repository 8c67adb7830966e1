"""What a conversation looks up for an employer: its organisations, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.conversation import Text, text_to_json
from bot.needs.answered import TELLING
from bot.needs.employers import AskKind, Member
from bot.needs.records import Organisation
from bot.people.teaching import names_of
from bot.questionnaires.responses import Response, State
from bot.work.employing import telling
from bot.work.reads import Context, look
from bot.work.reads.catalogue import cut
from bot.work.reads.questionnaires import far_of

Json = dict[str, Any]
MOST_NAME, MOST_SENT, MOST_LINKS, ON_A_PAGE = 40, 6, 4, 4


@look("employers_home")
def employers_home(context: Context) -> Json:
    """List the organisations that the person answers for here."""
    found = context.unit.employers.list_of(context.person.id, context.city)
    band = context.person.age_band
    return {
        "organisations": [{"id": one.id, "name": cut(one.name, MOST_NAME)} for one in found],
        "may_have": band is None or band.may_have_account,
    }


@look("employers_link")
def employers_link(context: Context, token: str) -> Json | None:
    """Return whom a colleague's link is of; None where it leads nowhere."""
    link = context.unit.employers.find_link(token)
    found = context.unit.employers.find(link.organisation, context.city) if link else None
    if link is None or found is None:
        return None
    return {"id": found.id, "name": cut(found.name, MOST_NAME), "team": link.team}


@look("employers_organisation")
def employers_organisation(context: Context, organisation: str) -> Json | None:
    """Return how an organisation of the person's stands; None where it is none of theirs."""
    own = find_own(context, organisation)
    if own is None:
        return None
    unit, person = context.unit, context.person.id
    mine = [one for one in unit.responses.list_of(person) if one.organisation == organisation]
    page = unit.employers.page(person, organisation)
    counting = telling(unit, organisation)
    return {
        "id": organisation,
        "name": cut(own.organisation.name, MOST_NAME),
        "members": len(unit.employers.list_members(organisation)),
        "answered": len({one.person or one.id for one in counting}),
        "begun": _begun(context, mine),
        "sent": next(
            (
                one.id
                for one in mine
                if one.state is State.SENT and one.filled.questionnaire in TELLING
            ),
            "",
        ),
        "asks": len(unit.asks.list_of(organisation)),
        "contact": own.member.contact,
        "page": f"{context.public_url}/needs/{page.token}" if page else "",
    }


@look("employers_sent")
def employers_sent(context: Context, organisation: str) -> list[Json]:
    """List what the person sent for an organisation, the newest first."""
    zone = context.now.tzinfo
    found = [
        one
        for one in context.unit.responses.list_of(context.person.id)
        if one.organisation == organisation and one.sent_at is not None
    ]
    return [
        {
            "id": one.id,
            "sent": one.sent_at.astimezone(zone).date().isoformat() if one.sent_at else "",
            "team": cut(one.team, MOST_NAME),
            "is_current": one.state is State.SENT,
        }
        for one in found[:MOST_SENT]
    ]


@look("employers_colleagues")
def employers_colleagues(context: Context, organisation: str) -> Json | None:
    """Return how many answer for an organisation, and the links that are open."""
    if find_own(context, organisation) is None:
        return None
    employers = context.unit.employers
    links = employers.list_links(context.person.id, organisation)
    return {
        "members": len(employers.list_members(organisation)),
        "links": [
            {
                "id": one.id,
                "team": cut(one.team, MOST_NAME),
                "uses": one.uses,
                "until": one.expires_at.astimezone(context.now.tzinfo).date().isoformat(),
            }
            for one in links[:MOST_LINKS]
        ],
    }


@look("employers_asks")
def employers_asks(context: Context, organisation: str, page: int) -> Json | None:
    """List what an organisation of the person's asked, some at a time."""
    if find_own(context, organisation) is None:
        return None
    return _asks(context, context.unit.asks.list_of(organisation), page)


@look("asks_of_me")
def asks_of_me(context: Context, page: int) -> Json:
    """List what employers ask of whom the person teaches for; the city's team sees all of it."""
    unit, city = context.unit, context.city
    names = names_of(unit.staff.grants(context.person.id, context.channel), city)
    is_staff = "staff" in context.roles
    found = unit.asks.list_open(city, None if is_staff else names) if is_staff or names else []
    return _asks(context, found, page)


@dataclass(frozen=True, slots=True)
class Own:
    """An organisation of the person's, in the city in which they are."""

    organisation: Organisation
    member: Member


def find_own(context: Context, organisation: str) -> Own | None:
    """Return an organisation of the person's; None where it is none of theirs, or not here."""
    employers = context.unit.employers
    member = employers.find_member(context.person.id, organisation)
    found = employers.find(organisation, context.city)
    return Own(found, member) if found is not None and member is not None else None


def skill_text(skill: str) -> Text:
    """Name a skill as it stands with an ask: "digcomp3:1.3:2"."""
    framework, _, rest = skill.partition(":")
    code, _, level = rest.rpartition(":")
    if not code:
        return Text("employers.all_skills")
    named = Text(f"framework.{framework}.skill.{code}.button")
    return Text(
        "employers.skill_at",
        {"skill": named, "level": Text(f"framework.{framework}.level.{level}.name")},
    )


def _begun(context: Context, mine: list[Response]) -> Json | None:
    """Return what the person has begun to answer and can go on with."""
    for one in mine:
        if one.state is State.WORK and (far := far_of(context.content, one)) is not None:
            return far
    return None


def _title_of(context: Context, course: str) -> str:
    """Return the title of a course that is asked about; empty where it is gone."""
    found = context.unit.catalogue.find(course) if course else None
    return cut(found.course.title, MOST_NAME) if found is not None else ""


def _asks(context: Context, found: list[Any], page: int) -> Json:
    pages = max(1, -(-len(found) // ON_A_PAGE))
    at = min(max(page, 0), pages - 1)
    names = context.unit.employers.list_named({one.organisation for one in found})
    return {
        "total": len(found),
        "page": at,
        "pages": pages,
        "asks": [
            {
                "id": one.id,
                "is_talk": one.kind is AskKind.TALK,
                "organisation": cut(names[one.organisation].name, MOST_NAME)
                if one.organisation in names
                else "",
                "provider": cut(one.provider, MOST_NAME),
                "skill": text_to_json(skill_text(one.skill)),
                "course": _title_of(context, one.course),
                "people": one.people,
                "by": one.by,
                "contact": one.contact,
                "is_settled": one.settled_at is not None,
            }
            for one in found[at * ON_A_PAGE : (at + 1) * ON_A_PAGE]
        ],
    }
