"""For employers: say what your people need, and see what the city offers for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.conversation import (
    AskText,
    Chat,
    Ending,
    Option,
    Pick,
    Picked,
    Refusal,
    Text,
    flow,
    onward,
)
from bot.flows.employers_answers import answers
from bot.flows.employers_needs import asked, needs, talk
from bot.flows.employers_outcome import compared, outcome
from bot.flows.employers_people import colleagues, page
from bot.flows.questionnaire_problem import named
from bot.needs.effects import AddOrganisation, JoinOrganisation
from bot.needs.employers import LONGEST_NAME
from bot.questionnaires.effects import BeginResponse, FollowResponse

Json = dict[str, Any]
QUESTIONNAIRES = {"answer": "skills-needs", "quick": "quick-needs"}
MOST_SAID = 200
MORE = ("compare", "invite", "copy", "asked", "contact", "another", "leave")


@flow("employers", version=1, commands=("employers",), deep_links=("employers",), again="end")
async def employers(
    chat: Chat,
    payload: str = "",
    organisation: str = "",
    has_sent: bool = False,
    said: str = "",
    asks: str = "",
) -> Ending:
    """Choose or make an organisation, answer for it, and see what comes of it.

    Args:
        payload: A link: "employers", or "employers_<token>" of a colleague.
        organisation: The one that it is about; empty to choose.
        has_sent: It has just been answered for: what comes of it is shown at once.
        said: The words that led here, in which somebody spoke of their staff.
        asks: A questionnaire of the city's own, which a link leads to.
    """
    said = await _read(chat, said[:MOST_SAID]) if said else ""
    token = payload.removeprefix("employers").removeprefix("_")
    if token and not organisation:
        organisation = await _join(chat, token)
    if not organisation:
        organisation = await _choose(chat)
    if not organisation:
        return chat.start("menu")
    if asks:
        ending = await _begin(chat, "asks", BeginResponse(asks, organisation))
        if ending is not None:
            return ending
    return await _home(chat, organisation, said, has_sent=has_sent)


async def _read(chat: Chat, said: str) -> str:
    """Say what was read in the words that led here; return them if they tell of a problem."""
    read: list[str] = await chat.look("read", "problems_said", said)
    lines = tuple(Text("questionnaires.understood.line", named(one)) for one in read)
    chat.say(
        Text(
            "employers.said_problem" if read else "employers.said", {"words": said, "lines": lines}
        )
    )
    return said if read else ""


async def _join(chat: Chat, token: str) -> str:
    """Join by a colleague's link; return the organisation, or nothing."""
    found = await chat.look("link", "employers_link", token)
    if found is None:
        chat.say(Text("employers.link_over"))
        return ""
    values = {"name": found["name"]}
    if await chat.ask("join", _yes_or_no(Text("employers.join", values), "join")) == "no":
        chat.say(Text("employers.not_joined"))
        return ""
    joined = await chat.call("joined", JoinOrganisation(token))
    if isinstance(joined, Refusal):
        chat.say(Text(joined.text_id))
        return ""
    chat.say(Text("employers.joined", values))
    return str(joined["id"])


async def _choose(chat: Chat) -> str:
    """Return the organisation that it is about: the only one, the chosen one, or a new one."""
    home = await chat.look("home", "employers_home")
    if not home["may_have"]:
        chat.say(Text("employers.under_13"))
        return ""
    every = home["organisations"]
    if len(every) == 1:
        return str(every[0]["id"])
    if every:
        options = tuple(
            Option(f"of.{at}", Text("name.button", {"name": one["name"]}))
            for at, one in enumerate(every)
        )
        new = Option("new", Text("employers.new.button"))
        answer = str(await chat.ask("which", Pick(Text("employers.which"), (*options, new))))
        if answer != "new":
            return str(every[int(answer.removeprefix("of."))]["id"])
    return await _new(chat, "new")


async def _new(chat: Chat, key: str) -> str:
    """Say what is kept and who sees it, and make an organisation of whoever agrees."""
    about = _yes_or_no(Text("employers.about"), "agree")
    if await chat.ask(f"{key}.agree", about) == "no":
        chat.say(Text("employers.not_agreed"))
        return ""
    for number in range(3):
        question = AskText(
            Text("employers.name"),
            max_length=LONGEST_NAME,
            options=(Option("no", Text("employers.not_now.button")),),
        )
        name = await chat.ask(f"{key}.name.{number}", question)
        if isinstance(name, Picked):
            return ""
        made = await chat.call(f"{key}.made.{number}", AddOrganisation(name))
        if not isinstance(made, Refusal):
            return str(made["id"])
        chat.say(Text(made.text_id))
        if made.text_id != "employers.no_name":
            return ""
    return ""


def _yes_or_no(text: Text, name: str) -> Pick[str]:
    options = (
        Option("yes", Text(f"employers.{name}.button"), is_main=True),
        Option("no", Text("employers.not_now.button")),
    )
    return Pick(text, options)


async def _home(chat: Chat, organisation: str, said: str, *, has_sent: bool) -> Ending:
    """Show how an organisation stands until the person goes on elsewhere."""
    trail, shows_more = "0", False
    if has_sent:
        await outcome(chat, "sent", organisation)
    while True:
        found = await chat.look(f"org.{trail}", "employers_organisation", organisation)
        if found is None:
            chat.say(Text("employers.gone"))
            return chat.start("menu")
        answer = str(await chat.ask(f"what.{trail}", _screen(found, shows_more=shows_more)))
        if answer in ("more", "less"):
            shows_more = answer == "more"
        else:
            ending = await _go(chat, f"{answer}.{trail}", answer, found, said)
            if ending is not None:
                return ending
            shows_more = False
        trail = onward(trail, answer)


def _screen(found: Json, *, shows_more: bool) -> Pick[str]:
    values = {one: found[one] for one in ("name", "members", "answered")}
    state = "home" if found["sent"] else "home_begun" if found["begun"] else "home_new"
    text = Text(f"employers.{state}", values)
    if shows_more:
        more = (one for one in MORE if _is_there(one, found))
        return Pick(Text("employers.more", values), _options((*more, "less")))
    names: tuple[str, ...] = ("go_on",) if found["begun"] else ()
    if not found["sent"] and not found["begun"]:
        names = tuple(QUESTIONNAIRES)
    if found["answered"]:
        names += ("see", "needs", "page", "talk", *(("change",) if found["sent"] else ()))
    return Pick(text, _options((*names, "team", "more")))


def _is_there(name: str, found: Json) -> bool:
    shown_with = {"compare": "answered", "copy": "sent", "asked": "asks"}
    return name not in shown_with or bool(found[shown_with[name]])


def _options(names: Iterable[str]) -> tuple[Option, ...]:
    return tuple(
        Option(name, Text(f"employers.home.{name}.button"), is_main=at == 0)
        for at, name in enumerate(names)
    )


async def _go(chat: Chat, key: str, answer: str, found: Json, said: str) -> Ending | None:
    """Do what was pressed; return an ending where it leads elsewhere."""
    organisation = found["id"]
    if answer in QUESTIONNAIRES:
        return await _begin(chat, key, BeginResponse(QUESTIONNAIRES[answer], organisation), said)
    if answer == "go_on":
        return chat.start("questionnaire", response=found["begun"]["id"], said=said)
    if answer == "change":
        return await _change(chat, key, found)
    if answer == "invite":
        return chat.start("opportunities", organisation=organisation)
    if answer == "another":
        made = await _new(chat, key)
        return chat.start("employers", organisation=made) if made else None
    return await _show(chat, key, answer, found)


async def _show(chat: Chat, key: str, answer: str, found: Json) -> Ending | None:
    """Show what was asked for; return an ending where nothing is left to come back to."""
    organisation = found["id"]
    if answer == "see":
        await outcome(chat, key, organisation)
    elif answer == "compare":
        await compared(chat, key, organisation)
    elif answer == "needs":
        await chat.run(key, needs, organisation=organisation)
    elif answer == "team":
        await chat.run(key, colleagues, organisation=organisation)
    elif answer == "page":
        await chat.run(key, page, organisation=organisation)
    elif answer == "talk":
        await chat.run(key, talk, organisation=organisation, contact=found["contact"])
    elif answer == "asked":
        await chat.run(key, asked, organisation=organisation)
    elif await chat.run(key, answers, found=found, what=answer) == "left":
        return chat.start("menu")
    return None


async def _begin(
    chat: Chat, key: str, effect: BeginResponse | FollowResponse, said: str = ""
) -> Ending | None:
    begun = await chat.call(f"{key}.begin", effect)
    if isinstance(begun, Refusal):
        chat.say(Text(begun.text_id))
        return None
    return chat.start("questionnaire", response=begun["id"], said=said)


async def _change(chat: Chat, key: str, found: Json) -> Ending | None:
    """Begin anew: with what the person sent before, or with no answers for another team."""
    names = ("follow", "answer", "quick", "back") if found["sent"] else ("answer", "quick", "back")
    options = tuple(Option(one, Text(f"employers.change.{one}.button")) for one in names)
    answer = str(await chat.ask(f"{key}.how", Pick(Text("employers.change"), options)))
    if answer == "back":
        return None
    if answer == "follow":
        return await _begin(chat, key, FollowResponse(found["sent"]))
    return await _begin(chat, key, BeginResponse(QUESTIONNAIRES[answer], found["id"]))
