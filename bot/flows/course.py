"""One course: everything a person needs to decide, and what they can do with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.conversation import (
    AskText,
    Attachment,
    Card,
    Chat,
    Drawn,
    Ending,
    Link,
    Option,
    Pick,
    Text,
    flow,
    onward,
    text_from_json,
)
from bot.courses.effects import ReportListing, SaveCourse, UnsaveCourse
from bot.courses.keeping.reporting import MOST_WORDS, REASONS
from bot.flows.reminder_course import course_home, remind_before

Json = dict[str, Any]


@flow("course", version=3, deep_links=("course",))
async def course(chat: Chat, payload: str = "", is_child: bool = False) -> Ending | None:
    """Show one course until the person goes back or on."""
    course_id = payload.removeprefix("course_")
    is_more, is_new = False, True
    trail = "0"
    while True:
        card = await chat.look(f"card.{trail}", "course_card", course_id)
        if not card:
            chat.say(Text("course.gone"))
            return None if is_child else chat.start("discover")
        options = _more_options(card) if is_more else _options(card, is_child)
        text = _text(card) if is_new else Text("course.next", {"title": card["title"]})
        act = str(await chat.ask(f"act.{trail}", Pick(text, options)))
        is_new = False
        if act == "results":
            return None
        if act == "find":
            return chat.start("discover")
        if act in ("more", "less"):
            is_more = act == "more"
        else:
            await _act(chat, act, f"{act}.{trail}", card)
        trail = onward(trail, act)


async def _act(chat: Chat, act: str, key: str, card: Json) -> None:
    if act in TELLS:
        TELLS[act](chat, card)
    else:
        await ACTS[act](chat, key, card)


def _text(card: Json) -> Text:
    values = {
        "title": card["title"],
        "provider": text_from_json(card["provider"]),
        "facts": Drawn("course_facts", (card["id"],)),
        "summary": Drawn("course_summary", (card["id"],)),
    }
    whole = Text("course.full" if card["has_summary"] else "course.full_plain", values)
    if card["is_withdrawn"]:
        label = "course.hidden_label" if card.get("is_hidden") else "course.withdrawn_label"
        return Text("course.labelled", {"label": Text(label), "text": whole})
    if card["is_sample"]:
        return Text("course.labelled", {"label": Text("course.sample_label"), "text": whole})
    return whole


def _options(card: Json, is_child: bool) -> tuple[Option, ...]:
    saved = "unsave" if card["is_saved"] else "save"
    back = "results" if is_child else "find"
    if card["is_withdrawn"]:
        kept = [saved] if card["is_saved"] else []
        return tuple(_option(name) for name in [*kept, "similar", back])
    remind = (_remind_option(card),) if card["is_saved"] and card["reminds"] else ()
    rest = [_option(name) for name in ("fit", "apply", "calendar", "map", "more", back)]
    return (_option(saved, is_main=saved == "save"), *remind, *rest)


def _remind_option(card: Json) -> Option:
    """Offer to remind of the course, or lead to what it is reminded of."""
    is_on = card["reminds"] == "on"
    name = "course.reminders.button" if is_on else "course.remind.button"
    return Option("remind", Text(name), is_main=not is_on)


def _more_options(card: Json) -> tuple[Option, ...]:
    names = ["dates"] if card["dates"] > 1 else []
    return tuple(_option(name) for name in [*names, "share", "similar", "wrong", "less"])


def _option(name: str, is_main: bool = False) -> Option:
    return Option(name, Text(f"course.{name}.button"), is_main=is_main)


async def _save(chat: Chat, key: str, card: Json) -> None:
    outcome = await chat.call(key, SaveCourse(card["id"]))
    apply_by = date.fromisoformat(card["apply_by"]) if card["apply_by"] else None
    text = Text(f"course.{outcome}", {"title": card["title"]})
    if outcome == "saved" and apply_by:
        text = Text("course.saved_apply", {"title": card["title"], "day": apply_by})
    is_offered = outcome == "saved" and card["reminds"] == "can"
    chat.say(Text("course.saved_offer", {"saved": text}) if is_offered else text)


async def _unsave(chat: Chat, key: str, card: Json) -> None:
    await chat.call(key, UnsaveCourse(card["id"]))
    chat.say(Text("course.unsaved", {"title": card["title"]}))


async def _remind(chat: Chat, key: str, card: Json) -> None:
    """Remind of it at the usual times, with one press; or show what is set."""
    if card["reminds"] == "on":
        await chat.run(f"{key}.set", course_home, course=card["id"])
    else:
        await remind_before(chat, key, card["id"])


def _fit(chat: Chat, card: Json) -> None:
    lines = Drawn("course_fit", (card["id"],))
    chat.say(Text("course.fit", {"title": card["title"], "lines": lines}))


def _calendar(chat: Chat, card: Json) -> None:
    if not card["has_dates"]:
        chat.say(Text("course.calendar_none"))
        return
    values = {"course": card["id"], "instance": card["instance"]}
    file = Attachment("calendar", values)
    chat.say(Text("course.calendar", {"title": card["title"]}), attachments=(file,))


def _map(chat: Chat, card: Json) -> None:
    place = card["venue"]
    if not place:
        chat.say(Text("course.map_none"))
        return
    link = Link(Text("course.map_link.button"), place["url"])
    venue = Attachment("venue", {name: place[name] for name in ("title", "address", "lat", "lon")})
    files = (venue,) if place["lat"] else ()
    values = {"venue": place["title"], "address": place["address"]}
    chat.say(Text("course.map", values), attachments=files, links=(link,))


def _apply(chat: Chat, card: Json) -> None:
    provider = card["provider_name"]
    if card["apply_url"]:
        link = Link(Text("course.apply_link.button"), card["apply_url"])
        chat.say(Text("course.apply", {"provider": provider}), links=(link,))
    elif card["contact"]:
        values = {"provider": provider, "contact": card["contact"]}
        chat.say(Text("course.apply_contact", values))
    elif card.get("is_walk_in"):
        chat.say(Text("course.apply_come", {"provider": provider}))
    else:
        chat.say(Text("course.apply_none", {"provider": provider}))


def _dates(chat: Chat, card: Json) -> None:
    lines = Drawn("course_dates", (card["id"],))
    chat.say(Text("course.dates", {"title": card["title"], "dates": lines}))


def _share(chat: Chat, card: Json) -> None:
    chat.say(Text("course.share", {"link": card["url"]}))


async def _similar(chat: Chat, key: str, card: Json) -> None:
    found = await chat.look(key, "similar_courses", card["id"])
    if not found:
        chat.say(Text("course.similar_none", {"title": card["title"]}))
        return
    back = Option("less", Text("course.less.button"))
    question = Pick(
        Text("course.similar", {"title": card["title"]}),
        (*opens(found), back),
        cards=cards_of(found),
    )
    answer = str(await chat.ask(f"{key}.pick", question))
    if answer != "less":
        await chat.run(f"{key}.{answer}", course, payload=answer[5:], is_child=True)


def cards_of(found: list[Json]) -> tuple[Card, ...]:
    """Draw found courses as cards whose choice is "open.<id>"."""
    return tuple(
        Card(
            title=Text("course.card.title", {"title": one["title"]}),
            facts=(*_status(one), Drawn("short_facts", (one["id"], one["run"], one["km"]))),
            choice=f"open.{one['id']}",
            url=f"/courses/{one['id']}",
        )
        for one in found
    )


def _status(one: Json) -> tuple[Text, ...]:
    return (text_from_json(one["status"]),) if one.get("status") else ()


def opens(found: list[Json], first: int = 1) -> tuple[Option, ...]:
    """Give a numbered button for each found course, counted from `first`."""
    return tuple(
        Option(
            f"open.{one['id']}",
            Text("discover.open.button", {"number": number, "title": one["title"]}),
            words=(one["title"],),
        )
        for number, one in enumerate(found, first)
    )


async def _wrong(chat: Chat, key: str, card: Json) -> None:
    reasons = tuple(_option(f"wrong.{one}") for one in REASONS)
    reason = str(await chat.ask(key, Pick(Text("course.wrong"), reasons)))
    reason = reason.removeprefix("wrong.")
    words = ""
    if reason == "other":
        question = AskText(Text("course.wrong_words"), max_length=MOST_WORDS)
        words = str(await chat.ask(f"{key}.words", question))
    ways = (_option("wrong_answer.yes"), _option("wrong_answer.no"))
    told = str(await chat.ask(f"{key}.told", Pick(Text("course.wrong_answer"), ways)))
    report = ReportListing(card["id"], reason, words, wants_answer=told == "wrong_answer.yes")
    outcome = await chat.call(f"{key}.report", report)
    chat.say(Text(f"course.{outcome}"))


ACTS = {"save": _save, "remind": _remind, "unsave": _unsave, "similar": _similar, "wrong": _wrong}
TELLS = {
    "fit": _fit,
    "calendar": _calendar,
    "map": _map,
    "apply": _apply,
    "dates": _dates,
    "share": _share,
}
