"""The digital CV: what it is, building it, switching it on and off."""

from __future__ import annotations

from bot.conversation import (
    Attachment,
    Chat,
    Ending,
    Link,
    Option,
    Pick,
    Refusal,
    Text,
    flow,
    onward,
)
from bot.cv.effects import RenewCv, SwitchCv
from bot.flows.cv_parts import PARTS, Json, build, fill

ZIP, RESUME, RECORD = "my-badges.zip", "resume.json", "clr.json"
FORMS = {
    ZIP: ("zip", "application/zip"),
    RESUME: ("resume", "application/json"),
    RECORD: ("clr", "application/vc+ld+json"),
}


@flow("cv", version=2, commands=("cv",), deep_links=("cv",), again="end")
async def cv(chat: Chat, payload: str = "") -> Ending:
    """Show how the CV is, and do with it what is pressed, until the person is done."""
    trail, part = "0", payload.removeprefix("cv").strip("_")
    while True:
        state = await chat.look(f"cv.{trail}", "cv")
        if not state["may_have"]:
            done = (Option("done", Text("cv.done.button"), is_main=True),)
            await chat.ask("under_13", Pick(Text("cv.under_13"), done))
            return chat.start("menu")
        if part in PARTS:
            answer, part = part, ""
            await fill(chat, f"{answer}.{trail}", answer, state)
        else:
            answer = str(await chat.ask(f"home.{trail}", _home(state)))
            if answer == "done":
                return chat.start("menu")
            await _act(chat, f"{answer}.{trail}", answer, state)
        trail = onward(trail, answer)


async def _act(chat: Chat, key: str, answer: str, state: Json) -> None:
    if answer == "build":
        await build(chat, key, state)
    elif answer == "see":
        _preview(chat, state)
    elif answer == "files":
        _say_files(chat, state)
    elif answer == "new":
        await _renew(chat, key)
    else:
        await _switch(chat, key, is_on=answer == "on")


def _say_files(chat: Chat, state: Json) -> None:
    """Hand over the badges, and while the page is on all that it shows."""
    names = [ZIP] if state["badges"] else []
    if state["is_on"]:
        names = [RESUME, *([RECORD] if state["badges"] else []), *names]
    on = "cv.files_on" if state["badges"] else "cv.files_alone"
    text = Text(on if state["is_on"] else "cv.files")
    if state["own"]:
        links = tuple(_link(chat, name, state["link"]) for name in names)
        chat.say(text, links=links)
        return
    chat.say(text, attachments=tuple(Attachment("document", _file(chat, one)) for one in names))


def _link(chat: Chat, name: str, page: str) -> Link:
    """Return where a browser gets a file."""
    at = {ZIP: "credentials.zip", RESUME: f"resume.json?lang={chat.language}", RECORD: RECORD}
    return Link(Text(f"web.cv.{FORMS[name][0]}.button"), f"{page}/{at[name]}")


def _file(chat: Chat, name: str) -> dict[str, str]:
    values = {"source": "cv", "name": name, "media_type": FORMS[name][1]}
    return values | {"form": FORMS[name][0], "language": chat.language}


async def _switch(chat: Chat, key: str, *, is_on: bool) -> None:
    """Switch it on or off; what switching on means is said before."""
    if is_on:
        ways = (
            Option("yes", Text("cv.on_yes.button"), is_main=True),
            Option("no", Text("cv.on_no.button")),
        )
        if await chat.ask(f"{key}.sure", Pick(Text("cv.on_sure"), ways)) == "no":
            chat.say(Text("cv.still_off"))
            return
    done = await chat.call(f"{key}.done", SwitchCv(is_on))
    if isinstance(done, Refusal):
        chat.say(Text(done.text_id))
    elif is_on:
        _say_address(chat, "cv.is_on", done["link"])
    else:
        chat.say(Text("cv.is_off"))


async def _renew(chat: Chat, key: str) -> None:
    ways = (
        Option("yes", Text("cv.new_yes.button")),
        Option("no", Text("cv.new_no.button"), is_main=True),
    )
    if await chat.ask(f"{key}.sure", Pick(Text("cv.new_sure"), ways)) == "no":
        chat.say(Text("cv.new_kept"))
        return
    done = await chat.call(f"{key}.done", RenewCv())
    _say_address(chat, "cv.is_new", done["link"])


def _say_address(chat: Chat, text_id: str, link: str) -> None:
    links = (Link(Text("cv.open.button"), link),) if link else ()
    chat.say(Text(text_id), links=links)


def _preview(chat: Chat, state: Json) -> None:
    """Say what is on it, with its picture; as the whole page where that can be opened."""
    page = state["link"] or state["own"]
    links = (Link(Text("cv.open.button"), page),) if page else ()
    picture = () if state["is_empty"] else (Attachment("picture", {"source": "cv"}),)
    text_id = "cv.preview_empty" if state["is_empty"] else "cv.preview"
    chat.say(Text(text_id, {"lines": _lines(state)}), attachments=picture, links=links)


def _home(state: Json) -> Pick[str]:
    is_on, is_empty = state["is_on"], state["is_empty"]
    main = "build" if is_empty else "see" if is_on else "on"
    names = ["build", "off" if is_on else "on", "see"]
    names = [name for name in names if not (is_empty and name in ("on", "see"))]
    names += ["new"] if is_on else []
    names += ["files"] if _has_files(state) else []
    options = tuple(
        Option(name, _label(name, state), is_main=name == main) for name in (*names, "done")
    )
    if is_empty and not is_on:
        return Pick(Text("cv.about"), options)
    values = {"lines": _lines(state), "link": state["link"]}
    return Pick(Text("cv.home_on" if is_on else "cv.home_off", values), options)


def _has_files(state: Json) -> bool:
    """Whether there is a file to take; in a browser only from a page that is on."""
    if state["is_on"]:
        return not state["is_empty"]
    return bool(state["badges"]) and not state["own"]


def _label(name: str, state: Json) -> Text:
    if name == "build" and not state["is_empty"]:
        return Text("cv.rebuild.button")
    return Text("cv.files_on.button" if name == "files" and state["is_on"] else f"cv.{name}.button")


def _lines(state: Json) -> tuple[Text, ...]:
    name = (
        Text("cv.line.name", {"name": state["name"]}) if state["name"] else Text("cv.line.no_name")
    )
    lines = [name]
    if state["interests"]:
        lines.append(Text("cv.line.interests", {"words": state["interests"]}))
    counted = [part for part in ("badges", "levels", "routes", "experiences") if state[part]]
    lines += [Text(f"cv.line.{part}", {"count": state[part]}) for part in counted]
    return tuple(lines)
