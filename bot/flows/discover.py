"""Finding something to learn: a wish in plain words, results that change with a press."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.conversation import (
    AskPlace,
    AskText,
    Chat,
    Ending,
    Option,
    Pick,
    Picked,
    Text,
    Typed,
    flow,
    onward,
    text_from_json,
)
from bot.courses import Point, SearchRequest
from bot.courses.effects import RecordUnmetDemand, WatchSearch
from bot.flows.course import cards_of, course, opens
from bot.flows.for_staff import is_for_staff

IDEAS = ("computers", "english", "maths", "work", "family")
DAYS = frozenset({"starts", "weekdays"})
MOST_DROPS = 3
MOST_WORDS = 200
"""Longer wishes say nothing more, and a look holds at most 2 kB."""

Json = dict[str, Any]


@flow(
    "discover",
    version=2,
    commands=("find",),
    deep_links=("find",),
    takes_wish=True,
    again="park",
)
async def discover(chat: Chat, wish: str = "") -> Ending | None:
    """Ask for a wish unless there is one, then show what fits it until the person is content."""
    due = await say_news(chat)
    words = wish.replace("_", " ").strip() or await ask_wish(chat, "wish")
    kind = await chat.look("kind", "wish_kind", words[:MOST_WORDS])
    if kind == "code":
        return chat.start("badges", payload=f"code_{words}")
    if kind == "nothing":
        chat.say("discover.other_words")
        return chat.start("discover")
    if kind == "next":
        return await next_step(chat)
    if kind == "go_on":
        return await go_on(chat, due)
    if await is_for_staff(chat, "whom", kind):
        return chat.start("employers", said=words[:MOST_WORDS])
    ending: Ending | None = await chat.run("search", search, request={"text": words})
    return ending


async def next_step(chat: Chat) -> Ending:
    """Go to the next step of the person's route; to courses for a skill where they follow none."""
    followed = await chat.look("step.typed", "next_step")
    return chat.start("pathways", payload="next") if followed else chat.start("next_steps")


async def go_on(chat: Chat, due: Json) -> Ending:
    """Go on with what was left: the skills check, or else the newest search."""
    left = await chat.look("left.typed", "skills_left")
    left = left or next((one["session"] for one in due["carry_on"]), "")
    if left:
        return chat.carry_on(left)
    chat.say("discover.nothing_left")
    return chat.start("menu")


async def say_news(chat: Chat) -> Json:
    """Say what is new for the searches that are watched, until it was looked at."""
    due: Json = await chat.look("due", "due_notices")
    for notice in due["notices"]:
        values = {"what": text_from_json(notice["what"]), "count": notice["count"]}
        chat.say(Text("alerts.due", values))
    return due


async def ask_wish(chat: Chat, key: str) -> str:
    """Ask what the person would like to learn, in their own words or by an idea."""
    ideas = tuple(Option(idea, Text(f"discover.idea.{idea}.button")) for idea in IDEAS)
    local = await chat.look(f"{key}.local", "local_examples")
    question = AskText(Text("discover.ask_wish", {"area": local["area"]}), options=ideas)
    answer = await chat.ask(key, question)
    if isinstance(answer, Picked):
        return str(await chat.look(f"{key}.idea", "say_words", f"discover.wish.{answer.id}"))
    return str(answer)


def wish_of(answer: str | Typed) -> str:
    """Return what was typed instead of pressing "Find courses", nothing after a press."""
    return answer.text[:MOST_WORDS] if isinstance(answer, Typed) else ""


@flow("search", version=1)
async def search(chat: Chat, request: Json, is_child: bool = False) -> Ending | None:
    """Show what fits a request, and let every part of it be changed.

    Args:
        is_child: Somebody comes from a route or a skill: all that is typed is about courses.
    """
    page, trail = 0, "0"
    while True:
        found = await chat.look(f"found.{trail}", "find_courses", request, page)
        if found["needs_place"]:
            request = await ask_near(chat, f"near.{trail}", request)
            trail = onward(trail, request)
            continue
        if found["is_unmet"] and page == 0:
            await chat.call(f"unmet.{trail}", RecordUnmetDemand(request))
        answer = await chat.ask(f"results.{trail}", _results(found, page))
        if isinstance(answer, Typed):
            asked = await _refined(chat, trail, request, answer, is_child=is_child)
            if isinstance(asked, Ending):
                return asked
            request, page = asked or (request, page)
        elif answer == "more":
            page += 1
        elif answer == "first":
            page = 0
        elif answer == "new":
            request, page = {"text": await ask_wish(chat, f"wish.{trail}")}, 0
        elif answer == "near":
            request, page = await ask_near(chat, f"near.{trail}", request), 0
        elif answer == "notify":
            await _watch(chat, f"watch.{trail}", request, found)
        elif answer.startswith("drop."):
            request, page = _without(request, found, answer), 0
        else:
            await chat.run(f"{answer}.{trail}", course, payload=answer[5:], is_child=True)
        trail = onward(trail, answer)


async def _refined(
    chat: Chat, trail: str, request: Json, answer: Typed, *, is_child: bool
) -> tuple[Json, int] | Ending | None:
    """Return the request and page that typed words ask for; None where they name nothing.

    An ending where they are about somebody's staff.
    """
    if answer.place:
        return near_point(request, "", *answer.place), 0
    typed = wish_of(answer)
    kind = await chat.look(f"kind.{trail}", "wish_kind", typed)
    if kind in ("nothing", "go_on"):
        chat.say("discover.other_words")
        return None
    if not is_child and await is_for_staff(chat, f"whom.{trail}", kind):
        return chat.start("employers", said=typed)
    return await chat.look(f"typed.{trail}", "refine", request, typed), 0


async def _watch(chat: Chat, key: str, request: Json, found: Json) -> None:
    outcome = await chat.call(key, WatchSearch(request))
    what = text_from_json(found["what"])
    chat.say(Text(f"discover.{outcome}", {"what": what}))


def _without(request: Json, found: Json, answer: str) -> Json:
    chip = found["chips"][int(answer.removeprefix("drop."))]
    return SearchRequest.from_json(request).without(chip["id"]).to_json()


async def ask_near(chat: Chat, key: str, request: Json) -> Json:
    """Ask for a place, and return the request near it; without any place where that is skipped."""
    local = await chat.look(f"{key}.local", "local_examples")
    text_id = "discover.ask_near" if local["postcode"] else "discover.ask_near.no_codes"
    place = await chat.ask(key, AskPlace(Text(text_id, local), is_optional=True))
    if place is None:
        return SearchRequest.from_json(request).without("place").to_json()
    return near_point(request, place["name"], place["lat"], place["lon"])


def near_point(request: Json, name: str, lat: float, lon: float) -> Json:
    """Return the request near a point, degrees, instead of near what it named before."""
    asked = SearchRequest.from_json(request).without("place")
    filters = replace(asked.filters, place=name, point=Point(lat, lon))
    return replace(asked, filters=filters).to_json()


def _results(found: Json, page: int) -> Pick[str | Typed]:
    return Pick(
        _heading(found),
        tuple(_options(found, page)),
        cards=cards_of(found["cards"]),
        accepts_text=True,
        accepts_place=True,
    )


def _heading(found: Json) -> Text:
    what = text_from_json(found["what"])
    values: dict[str, Any] = {"understood": Text("discover.understood", {"what": what})}
    values |= {"count": found["total"], "first": found["first"], "last": found["last"]}
    values["left_out"] = tuple(text_from_json(one) for one in found["left_out"])
    if found["unanswerable"]:
        asked = tuple(text_from_json(one) for one in found["unanswerable"])
        values["understood"] = Text("discover.unanswerable_line", {"asked": asked, **values})
    heading = Text(f"discover.{found['state']}", values)
    if found["corrected"]:
        return Text("discover.corrected_line", {**found["corrected"], "understood": heading})
    return heading


def _named(chip: Json) -> str:
    """Return what a filter is called on its button: a day and an hour beside it tell apart."""
    return str(chip["id"] if chip["id"] in DAYS else chip["kind"])


def _options(found: Json, page: int) -> list[Option]:
    options = list(opens(found["cards"], found["first"]))
    if found["has_more"]:
        options.append(Option("more", Text("discover.more.button")))
    if page:
        options.append(Option("first", Text("discover.fewer.button")))
    if found["state"] in ("relaxed", "nothing", "nothing_near"):
        options.append(Option("notify", Text("discover.notify.button"), is_main=True))
    for index, chip in enumerate(found["chips"][:MOST_DROPS]):
        options.append(Option(f"drop.{index}", Text(f"discover.drop.{_named(chip)}.button")))
    if not found["has_place"]:
        options.append(Option("near", Text("discover.near.button")))
    if found["state"] in ("results", "results_page"):
        options.append(Option("notify", Text("discover.notify.button")))
    options.append(Option("new", Text("discover.new.button")))
    return options
