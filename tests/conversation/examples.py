"""Flows that show every primitive, for the tests of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.conversation import (
    AskDate,
    AskNumber,
    AskPlace,
    AskText,
    Chat,
    Ending,
    Folded,
    Many,
    Option,
    Pick,
    Refusal,
    Text,
    Typed,
    YesNo,
    flow,
)


@dataclass(frozen=True)
class Save:
    course: str

    def undo(self) -> Unsave:
        return Unsave(self.course)


@dataclass(frozen=True)
class Unsave:
    course: str
    final: ClassVar[bool] = True


@dataclass(frozen=True)
class Send:
    to: str
    final: ClassVar[bool] = True
    final_because: ClassVar[str] = "example.already_sent"


@dataclass(frozen=True)
class Redeem:
    code: str


@dataclass(frozen=True)
class Note:
    words: str
    backfill: ClassVar[bool] = True

    def undo(self, result: Any) -> None:
        return None


@dataclass(frozen=True)
class Careless:
    words: str


def options(*ids: str) -> tuple[Option, ...]:
    return tuple(Option(one, Text("example.option", {"name": one})) for one in ids)


@flow("learn", version=1, commands=("find",), deep_links=("find",), takes_wish=True)
async def learn(chat: Chat, wish: str = "") -> None:
    """Branches on the first answer; a look and an effect stand behind it."""
    wish = wish or await chat.ask("wish", AskText(Text("learn.ask_wish")))
    where = await chat.ask("where", Pick(Text("learn.ask_where"), options("online", "nearby")))
    if where == "nearby":
        place = await chat.ask("place", AskPlace(Text("learn.ask_place"), is_optional=True))
        chat.say("learn.near", place=place["name"] if place else "")
    hits = await chat.look("hits", "find", wish, where)
    chat.say("learn.found", count=len(hits), wish=wish)
    course = await chat.ask("course", Pick(Text("learn.results"), options(*hits)))
    refusal = chat.do("save", Save(course))
    chat.say(refusal or "learn.saved", course=course)
    if await chat.ask("remind", YesNo(Text("learn.ask_remind"))):
        day = await chat.ask("day", AskDate(Text("learn.ask_day")))
        chat.say("learn.will_remind", day=day)
    chat.say("learn.bye")


@flow("letter", version=1, commands=("letter",))
async def letter(chat: Chat) -> None:
    """Sends something that cannot be taken back."""
    to = await chat.ask("to", AskText(Text("letter.ask_to")))
    sure = await chat.ask("sure", YesNo(Text("letter.ask_sure")))
    if sure:
        chat.do("send", Send(to))
        chat.say("letter.sent", to=to)
    rating = await chat.ask("rating", AskNumber(Text("letter.ask_rating"), 1, 5))
    await chat.ask("thanks", Pick(Text("letter.thanks", {"rating": rating}), options("fine")))


@flow("code", version=1, commands=("code",))
async def code(chat: Chat) -> Ending:
    """Calls an effect whose outcome decides the talk."""
    step = 0
    while True:
        typed = await chat.ask(f"code.{step}", AskText(Text("code.ask")))
        result = await chat.call(f"redeem.{step}", Redeem(typed))
        if not isinstance(result, Refusal):
            break
        chat.say(result.text_id)
        step += 1
    chat.say("code.redeemed", badge=result["badge"])
    await chat.ask("next", Pick(Text("code.ask_next"), options("find")))
    return chat.start("learn", wish="badges")


@flow("rating", version=1)
async def rating(chat: Chat, area: str) -> str:
    """A child that asks two things."""
    level = await chat.ask(
        "level", Pick(Text("rating.ask_level", {"area": area}), options("low", "high"))
    )
    if level == "low":
        await chat.ask("why", AskText(Text("rating.ask_why")))
    return level


@flow("check", version=1, commands=("check",))
async def check(chat: Chat) -> None:
    """Runs a child for each area, then shows a review screen."""
    areas = await chat.ask(
        "areas", Many(Text("check.ask_areas"), options("email", "maps", "shops"), least=1)
    )
    levels = {area: await chat.run(f"rate.{area}", rating, area=area) for area in areas}
    review = (
        *options("done"),
        Option("again", Text("check.change_areas"), changes="areas"),
        Option("first", Text("check.change_first"), changes=f"rate.{areas[0]}/level"),
    )
    await chat.ask("review", Pick(Text("check.review", {"levels": tuple(levels.values())}), review))
    chat.say("check.done")


@flow("menu", version=1, commands=("menu", "start"))
async def menu(chat: Chat) -> Ending:
    """Accepts words beside its options."""
    answer = await chat.ask(
        "menu", Pick(Text("menu.ask"), options("learn", "letter"), accepts_text=True)
    )
    if isinstance(answer, Typed):
        return chat.start("learn", wish=answer.text)
    return chat.start(answer)


def _fold_days(answers: Mapping[str, Any], folded: Mapping[str, Any]) -> Folded:
    done = frozenset(key for key in answers if key.startswith("day."))
    return Folded(done, {"days": folded.get("days", 0) + len(done)})


@flow("diary", version=1, compact=_fold_days)
async def diary(chat: Chat) -> None:
    """A loop without an end, which folds."""
    day = chat.folded.get("days", 0)
    while True:
        words = await chat.ask(f"day.{day}", AskText(Text("diary.ask", {"day": day})))
        chat.say("diary.kept", words=words)
        day += 1


@flow("journal", version=1)
async def journal(chat: Chat) -> None:
    """A loop without an end, which does not fold."""
    day = 0
    while True:
        await chat.ask(f"day.{day}", AskText(Text("journal.ask", {"day": day}), max_length=4_000))
        day += 1


FLOWS = (learn, letter, code, rating, check, menu, diary, journal)


def find(wish: str, where: str) -> list[str]:
    """Return three courses for a wish."""
    name = wish.casefold().split()[0][:10] if wish.strip() else "any"
    plain = "".join(char for char in name if char.isascii() and char.isalnum()) or "course"
    return [f"{plain}-{where}-{number}" for number in (1, 2, 3)]


def resolve_place(words: str) -> list[dict[str, Any]]:
    """Return the places of a name; there are two called Hulme."""
    known = {
        "hulme": (("Hulme", "ward"), ("Hulme Library", "library")),
        "m14 5rx": (("M14 5RX", "postcode"),),
        "moss side": (("Moss Side", "ward"),),
    }
    found = known.get(words.casefold(), ())
    return [{"name": name, "lat": 53.46, "lon": -2.24, "kind": kind} for name, kind in found]


LOOKS: dict[str, Any] = {"find": find, "resolve_place": resolve_place}
