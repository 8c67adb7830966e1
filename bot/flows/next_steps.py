"""From a skill to the next real step: two or three courses with the reason for each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.conversation import (
    Card,
    Chat,
    Drawn,
    Ending,
    Option,
    Pick,
    Text,
    Typed,
    flow,
    onward,
    text_from_json,
)
from bot.courses import Pattern, SearchRequest
from bot.courses.effects import RecordUnmetSkill, WatchSearch
from bot.flows.course import course, opens
from bot.flows.discover import MOST_WORDS, ask_near, near_point, search
from bot.flows.skills_choice import ask_which_skill

Json = dict[str, Any]

TIMES = {"daytime": Pattern.DAYTIME, "evening": Pattern.EVENING, "weekend": Pattern.WEEKEND}
OF_TIME, OF_PRICE = "time", "price"
ANYTHING: Json = {"text": ""}


@flow("next_steps", version=1, commands=("next",), deep_links=("next",), again="park")
async def next_steps(
    chat: Chat,
    competence: str = "",
    level: int = 0,
    payload: str = "",
    is_child: bool = False,
    can_check: bool = True,
) -> Ending | None:
    """Show courses for the next level of a skill until the person goes on.

    Args:
        competence: A code; empty asks which skill.
        level: A level to get to in the end; 0 for the next one.
        payload: What a link says: "next_1-3".
        is_child: Whether another flow goes on afterwards.
        can_check: Whether a skill that was never asked about may be asked about now.
    """
    code = competence or payload.removeprefix("next").lstrip("_").replace("-", ".", 1)
    trail = "0"
    while True:
        framework = await chat.look(f"named.{trail}", "skill_named", code) if code else ""
        if not framework:
            chosen = await ask_which_skill(chat, f"which.{trail}", is_child=is_child)
            if chosen == "check":
                return chat.start("skills")
            if chosen == "done":
                return None
            code, level, trail = chosen, 0, onward(trail, chosen)
            continue
        skill = Skill(framework, code, level)
        way = await _steps(chat, trail, skill, Ways(is_child=is_child, can_check=can_check))
        if way == "check":
            return chat.start("skills", framework=framework, mode="skills", parts=[code])
        if way != "another":
            return None
        code, trail = "", onward(trail, way)


@dataclass(frozen=True, slots=True)
class Skill:
    """A competence to learn, and what it is called.

    Attributes:
        level: A level to get to in the end; 0 for the next one.
    """

    framework: str
    code: str
    level: int

    @property
    def name(self) -> Text:
        """Its short name."""
        return Text(f"framework.{self.framework}.skill.{self.code}.button")

    def level_name(self, level: int) -> Text:
        """The name of one of its framework's levels."""
        return Text(f"framework.{self.framework}.level.{level}.name")

    def filters(self, level: int) -> str:
        """What a search asks for to find it at a level."""
        return f"{self.code}:{level}"


@dataclass(frozen=True, slots=True)
class Ways:
    """Which ways on there are from what is recommended: back to another flow, and the check."""

    is_child: bool
    can_check: bool


async def _steps(chat: Chat, start: str, skill: Skill, ways: Ways) -> str:
    """Show what is recommended for a skill until the person is done with it; say how they go on."""
    request, trail = ANYTHING, start
    while True:
        found = await chat.look(f"found.{trail}", "recommended", skill.code, skill.level, request)
        if found["needs_place"]:
            request = await ask_near(chat, f"near.{trail}", request)
            trail = onward(trail, request)
            continue
        if found["is_unmet"]:
            wanted = RecordUnmetSkill(skill.filters(found["aim"]), request)
            await chat.call(f"unmet.{trail}", wanted)
        question = _question(skill, found, ways)
        answer = await chat.ask(f"steps.{trail}", question)
        if isinstance(answer, Typed):
            request = await _typed(chat, trail, request, answer)
        elif answer in ("another", "done", "check"):
            return str(answer)
        elif answer == "change":
            request = await _change(chat, trail, request, found)
        elif answer == "notify":
            await _watch(chat, trail, skill, found, request)
        elif answer == "all":
            asked = {"text": "", "filters": {"skills": [skill.code]}}
            await chat.run(f"all.{trail}", search, request=asked, is_child=True)
        else:
            await chat.run(f"{answer}.{trail}", course, payload=answer[5:], is_child=True)
        trail = onward(trail, answer)


def _question(skill: Skill, found: Json, ways: Ways) -> Pick[str | Typed]:
    return Pick(
        _heading(skill, found),
        tuple(_options(found, ways)),
        cards=_cards(found["cards"]),
        accepts_text=True,
        accepts_place=True,
    )


def _heading(skill: Skill, found: Json) -> Text:
    wishes = tuple(text_from_json(one) for one in found["wishes"])
    values: dict[str, Any] = {
        "skill": skill.name,
        "level": skill.level_name(found["aim"]),
        "count": len(found["cards"]),
        "left_out": tuple(text_from_json(one) for one in found["left_out"]),
        "wishes": wishes,
    }
    if found["state"] == "held":
        return Text("steps.held_estimated" if _is_guess(found) else "steps.held", values)
    told = Text(f"steps.{found['state']}", values)
    heading = Text(f"steps.{_known_as(found)}", values)
    shown: dict[str, Any] = {"heading": heading, "told": told, "wishes": wishes}
    return Text("steps.screen_for" if wishes else "steps.screen", shown)


def _is_guess(found: Json) -> bool:
    return bool(found.get("is_estimated"))


def _known_as(found: Json) -> str:
    if not found["is_known"]:
        return "begin"
    return "next_estimated" if _is_guess(found) else "next"


def _cards(found: list[Json]) -> tuple[Card, ...]:
    return tuple(
        Card(
            title=Text("course.card.title", {"title": one["title"]}),
            facts=(
                Text("steps.card.why", {"why": tuple(text_from_json(why) for why in one["why"])}),
                Drawn("short_facts", (one["id"], one["run"], one["km"])),
            ),
            choice=f"open.{one['id']}",
            url=f"/courses/{one['id']}",
        )
        for one in found
    )


def _options(found: Json, ways: Ways) -> list[Option]:
    state = found["state"]
    names = [] if state == "held" else ["change"]
    if found["is_unmet"]:
        names.insert(0, "notify")
    elif state == "fits":
        names.append("all")
    if _is_guess(found) and ways.can_check:
        names.append("check")
    names += ["another", "done"] if ways.is_child else ["another"]
    main = "notify" if state == "none" else ""
    return [
        *opens(found["cards"]),
        *(Option(one, Text(f"steps.{one}.button"), is_main=one == main) for one in names),
    ]


async def _typed(chat: Chat, trail: str, request: Json, answer: Typed) -> Json:
    """Take typed words as wishes; where they name a subject, search for that instead."""
    if answer.place:
        return near_point(request, "", *answer.place)
    typed = answer.text[:MOST_WORDS]
    refined: Json = await chat.look(f"typed.{trail}", "refine", request, typed)
    if refined["text"] != typed:
        return refined
    if await chat.look(f"wish.{trail}", "is_wish", typed):
        await chat.run(f"search.{trail}", search, request=refined, is_child=True)
    chat.say(Text("steps.not_read", {"typed": typed}))
    return request


async def _change(chat: Chat, trail: str, request: Json, found: Json) -> Json:
    """Ask when, where or at what price instead."""
    kinds = {chip["kind"] for chip in found["chips"]}
    names = [*TIMES, *(["any_time"] if OF_TIME in kinds else []), "near"]
    names += ["anywhere"] if "place" in kinds else []
    names += ["any_price"] if OF_PRICE in kinds else ["free"]
    options = tuple(Option(one, Text(f"steps.{one}.button")) for one in names)
    question = Pick(Text("steps.change"), options, accepts_text=True, accepts_place=True)
    answer = await chat.ask(f"change.{trail}", question)
    if isinstance(answer, Typed):
        return await _typed(chat, f"{trail}.change", request, answer)
    if answer == "near":
        return await ask_near(chat, f"near.{trail}", request)
    return _changed(SearchRequest.from_json(request), found["chips"], answer).to_json()


def _changed(asked: SearchRequest, chips: list[Json], answer: str) -> SearchRequest:
    kind = {"anywhere": "place", "free": OF_PRICE, "any_price": OF_PRICE}.get(answer, OF_TIME)
    for chip in chips:
        if chip["kind"] == kind:
            asked = asked.without(chip["id"])
    filters = asked.filters
    if answer in TIMES:
        filters = replace(filters, patterns=frozenset({TIMES[answer]}))
    elif answer == "free":
        filters = replace(filters, free=True)
    return replace(asked, filters=filters)


async def _watch(chat: Chat, trail: str, skill: Skill, found: Json, request: Json) -> None:
    """Tell the person when something appears that fits the skill, its level and their wishes."""
    asked = SearchRequest.from_json(request)
    wanted = frozenset({skill.filters(found["aim"])})
    watched = replace(asked, filters=replace(asked.filters, skills=wanted))
    outcome = await chat.call(f"watch.{trail}", WatchSearch(watched.to_json()))
    chat.say(Text(f"discover.{outcome}", {"what": skill.name}))
