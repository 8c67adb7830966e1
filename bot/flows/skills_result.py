"""The result of a sitting: in words and as a picture, by area and by skill, and where it leads."""

from __future__ import annotations

from typing import Any

from bot.conversation import (
    Attachment,
    Chat,
    Ending,
    Link,
    Option,
    Pick,
    Refusal,
    Text,
    onward,
    text_from_json,
)
from bot.flows.skills_extras import ask_checks
from bot.flows.skills_skill import ask_skill, next_steps_for
from bot.flows.skills_tasks import place_of_tasks
from bot.flows.skills_words import cans_of, change_lines, lines_of
from bot.skills.page_effects import CloseResultPage, OpenResultPage

Json = dict[str, Any]


async def tell_area(
    chat: Chat, sitting: str, framework: str, area: str, state: str, next_area: str
) -> bool:
    """Tell the result of an area that is over; return whether the person goes on to the next."""
    result = await chat.look("result", "skills_result", sitting, area, state)
    if result and result["lines"]:
        _say_result(chat, result, sitting)
    else:
        result = None
    on = Text("skills.next_area.button", {"area": _area(framework, next_area)})
    trail = "0"
    while True:
        options = [Option("on", on, is_main=True)]
        if result:
            options.append(Option("details", Text("skills.details.button")))
        options.append(Option("enough", Text("skills.enough.button")))
        text = Text("skills.area_told", {"area": _area(framework, next_area)})
        answer = str(await chat.ask(f"then.{trail}", Pick(text, tuple(options))))
        if answer != "details":
            return answer == "on"
        await _details(chat, f"details.{trail}", sitting, result, state)
        _say_picture(chat, result, sitting)
        trail = onward(trail, answer)


async def end_of_sitting(
    chat: Chat, sitting: str, scope: Json, state: str, more: tuple[str, ...]
) -> Ending | str:
    """Tell what a sitting came to; return one of the ways in `more`, or what follows."""
    if scope["mode"] == "tasks":
        return await place_of_tasks(chat, sitting, state, "on" in more)
    return await tell_result(chat, sitting, state, tuple(more))


async def tell_result(
    chat: Chat, sitting: str, state: str, more: tuple[str, ...] = ()
) -> Ending | str:
    """Tell a result, and offer what can be done with it, until the person goes on.

    Args:
        more: Ways on that the caller knows about; one of them is returned when it is chosen.
    """
    trail, is_new, is_more = "0", True, False
    result: Json | None = None
    while True:
        if is_new:
            result = await chat.look(f"result.{trail}", "skills_result", sitting, "", state)
        if result is None:
            chat.say(Text("skills.gone"))
            return chat.start("menu")
        if not result["lines"]:
            return await _nothing_to_tell(chat, trail, more)
        if is_new:
            _say_result(chat, result, sitting)
        question = _more_options(result) if is_more else _options(result, more)
        answer = str(await chat.ask(f"then.{trail}", question))
        if answer in more:
            return answer
        if answer == "done":
            chat.say(Text("skills.done_told"))
            return chat.start("menu", is_done=True)
        if answer == "routes":
            return chat.start("pathways")
        if answer == "badge":
            way = f"area.{result['area']}" if result["area"] else "areas"
            return chat.start("badges", payload=f"badges_{way}")
        is_more = answer == "more"
        is_new = answer == "check"
        if answer == "check":
            scope = {name: result[name] for name in ("framework", "mode", "parts")}
            state = await chat.run(
                f"check.{trail}",
                ask_checks,
                sitting=sitting,
                scope=scope,
                state=state,
                most=result["checks"],
            )
        else:
            await _do(chat, answer, f"{answer}.{trail}", sitting, result, state)
        trail = onward(trail, answer)


async def _nothing_to_tell(chat: Chat, trail: str, more: tuple[str, ...]) -> Ending | str:
    """Say that nothing applied, which is no fault of anybody's."""
    options = tuple(Option(one, Text(f"skills.{one}.button")) for one in (*more, "other"))
    question = Pick(Text("skills.nothing_applies"), options)
    answer = str(await chat.ask(f"none.{trail}", question))
    return answer if answer in more else chat.start("skills")


def _say_result(chat: Chat, result: Json, sitting: str) -> None:
    _say_picture(chat, result, sitting)
    change = change_lines(result["framework"], result["change"]) if result["change"] else None
    if change:
        chat.say(change)


def _say_picture(chat: Chat, result: Json, sitting: str) -> None:
    framework, area = result["framework"], result["area"]
    values: dict[str, Any] = {
        "lines": lines_of(framework, result["lines"]),
        "count": result["count"],
    }
    text_id = "skills.result"
    if area:
        values["area"] = _area(framework, area)
        text_id = "skills.result_area"
    text = Text(text_id, values)
    if result["is_draft"]:
        label = Text(f"framework.{framework}.label")
        text = Text("skills.labelled", {"label": label, "text": text})
    picture = {
        "source": "skills_result",
        "sitting": sitting,
        "area": area,
        "page": f"/results/own/{sitting}",
    }
    chat.say(text, attachments=(Attachment("picture", picture),))


def _options(result: Json, more: tuple[str, ...]) -> Pick[str]:
    # Somebody who came from a route goes on there; who came by themselves needs a next step.
    names = [*more, "details"] if "route" in more else ["next", *more, "details"]
    if result["checks"]:
        names.append("check")
    if result["area"] and result.get("has_badge", True):
        names.append("badge")
    names += ["more", "done"]
    options = tuple(
        Option(one, Text(f"skills.{one}.button"), is_main=one == names[0]) for one in names
    )
    return Pick(Text("skills.what_next"), options)


def _more_options(result: Json) -> Pick[str]:
    # Who does nothing on their own yet has nothing to list, or to put on a card.
    has_strengths = result.get("has_strengths", True)
    can, share = (["can"], ["share"]) if has_strengths else ([], [])
    badge = ["badge"] if result.get("has_badge", True) else []
    names = [*can, "routes", *badge, "page", *share, "file", "less"]
    options = tuple(Option(one, Text(f"skills.{one}.button")) for one in names)
    return Pick(Text("skills.what_more"), options)


async def _do(chat: Chat, answer: str, key: str, sitting: str, result: Json, state: str) -> None:
    if answer == "next":
        await next_steps_for(chat, key, result["best"])
    elif answer == "details":
        await _details(chat, key, sitting, result, state)
        _say_picture(chat, result, sitting)
    elif answer == "can":
        await _say_can(chat, key, sitting, result, state)
    elif answer == "page":
        await say_page(chat, key, sitting)
    elif answer == "share":
        picture = Attachment("picture", {"source": "skills_share", "sitting": sitting})
        chat.say(Text("skills.share"), attachments=(picture,))
    elif answer == "file":
        await _say_file(chat, key, sitting)


async def _say_file(chat: Chat, key: str, sitting: str) -> None:
    """Hand the answers and the result over: as a file, or where a browser gets it."""
    page = await chat.look(f"{key}.where", "result_page", sitting)
    if page["own"]:
        link = Link(Text("skills.file_link.button"), f"{page['own']}.json")
        chat.say(Text("skills.file"), links=(link,))
        return
    values = {"name": "my-skills.json", "media_type": "application/json", "source": "skills"}
    chat.say(
        Text("skills.file"), attachments=(Attachment("document", {**values, "sitting": sitting}),)
    )


async def say_page(chat: Chat, key: str, sitting: str) -> None:
    """Say where the result can be seen as a page."""
    page = await chat.look(f"{key}.where", "result_page", sitting)
    if page["own"]:
        link = Link(Text("results.page.see.button"), page["own"])
        chat.say(Text("skills.own_page"), links=(link,))
        return
    if not page["link"]:
        ways = (
            Option("make", Text("skills.page_make.button"), is_main=True),
            Option("no", Text("skills.page_no.button")),
        )
        if await chat.ask(f"{key}.sure", Pick(Text("results.page.text"), ways)) == "no":
            return
    opened = await chat.call(f"{key}.on", OpenResultPage(sitting))
    if isinstance(opened, Refusal):
        chat.say(Text(opened.text_id))
        return
    link = Link(Text("results.page.see.button"), opened["link"])
    chat.say(Text("results.page.made", {"link": opened["link"]}), links=(link,))
    then = (
        Option("keep", Text("skills.page_keep.button"), is_main=True),
        Option("off", Text("results.page.off.button")),
    )
    if await chat.ask(f"{key}.then", Pick(Text("skills.page_then"), then)) == "off":
        await chat.call(f"{key}.off", CloseResultPage(sitting))
        chat.say(Text("results.page.off"))


async def _say_can(chat: Chat, key: str, sitting: str, result: Json, state: str) -> None:
    items = await chat.look(key, "skills_said", sitting, result["area"], state)
    if items:
        chat.say(Text("skills.you_can", {"lines": cans_of(result["framework"], items)}))
    else:
        chat.say(Text("skills.you_can_none"))


async def _details(chat: Chat, key: str, sitting: str, result: Json, state: str) -> None:
    """Let the person look at skills one by one; of a whole result, choose an area first."""
    trail, area, lines = "0", result["area"], result["lines"]
    framework = result["framework"]
    while True:
        if not area:
            area = str(await chat.ask(f"{key}.area.{trail}", _pick(lines, "skills.which_area")))
            if area == "back":
                return
            found = await chat.look(f"{key}.of.{trail}", "skills_result", sitting, area, state)
            shown = found["lines"] if found else []
            chat.say(Text("skills.lines", {"lines": lines_of(framework, shown)}))
        else:
            shown = lines
        back = "to_result" if result["area"] else "other_topics"
        question = _pick(shown, "skills.which_skill", back)
        code = str(await chat.ask(f"{key}.skill.{trail}", question))
        if code == "back" and result["area"]:
            return
        if code != "back":
            await chat.run(f"{key}.one.{trail}", ask_skill, sitting=sitting, code=code, state=state)
        area = result["area"]
        trail = onward(trail, code)


def _pick(lines: list[Json], text_id: str, back: str = "to_result") -> Pick[str]:
    options = [Option(one["id"], text_from_json(one["name"])) for one in lines]
    return Pick(Text(text_id), (*options, Option("back", Text(f"skills.{back}.button"))))


def _area(framework: str, area: str) -> Text:
    return Text(f"framework.{framework}.area.{area}.button")
