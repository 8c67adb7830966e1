"""Skills with two levels each, where people are and should be, answered in a few presses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.conversation import Chat, Option, Pick, Text
from bot.conversation.messages import Value

Json = dict[str, Any]
Values = dict[str, Value]
Row: TypeAlias = list[Any]
"""Its id, the text id of its name, and two levels; -1 stands for what nobody said."""

LEVELS: Final = (0, 1, 2, 3, 4)
ON_A_SCREEN: Final = 5
"""Rows at once: with the ways on they are eight buttons, as an old phone shows."""
STARTS: Final = {"employer": ("below", "begin", "there"), "provider": ("begin", "below")}


@dataclass(frozen=True, slots=True)
class Edited:
    """A grid that is kept and shown again.

    Attributes:
        cells: Rows with their levels; None where none is left.
    """

    cells: tuple[tuple[str, int, int], ...] | None


@dataclass(frozen=True, slots=True)
class Left:
    """The grid stands as it is, is left out, or is gone on with another time."""

    way: str


async def ask_grid(
    chat: Chat, key: str, step: Json, text: Text, far: tuple[int, int] | None
) -> Edited | Left:
    """Ask where people are in all rows at once; then let any row be changed."""
    rows: list[Row] = step["rows"]
    if step["now"] is None and all(row[2] < 0 for row in rows):
        return await _start(chat, key, step, text, far)
    page, last = 0, (len(rows) - 1) // ON_A_SCREEN
    while True:
        answer = str(await chat.ask(f"q.{key}.{page}", _screen(rows, page, last, text, far)))
        if answer == "way.more":
            page += 1
        elif answer.startswith("way."):
            return Left(answer.removeprefix("way."))
        else:
            return await _edit(chat, f"{key}.{answer}", rows, int(answer.removeprefix("row.")))


async def _start(
    chat: Chat, key: str, step: Json, text: Text, far: tuple[int, int] | None
) -> Edited | Left:
    """Ask how far people are from all of it; that fills in every row."""
    audience = step["audience"]
    options = tuple(
        Option(name, Text(f"questionnaires.grid.{audience}.{name}.button"), is_main=at == 0)
        for at, name in enumerate(STARTS[audience])
    )
    ways = tuple(Option(f"way.{one}", Text(f"questionnaires.{one}.button")) for one in _ways(step))
    values: Values = {
        "question": text,
        "lines": tuple(_line(at, row) for at, row in _all(step["rows"])),
    }
    asked = Text(f"questionnaires.grid.{audience}.ask", values)
    answer = str(await chat.ask(f"start.{key}", Pick(asked, (*options, *ways), progress=far)))
    if answer.startswith("way."):
        return Left(answer.removeprefix("way."))
    return Edited(tuple((row[0], _begins(row[3], answer), row[3]) for row in step["rows"]))


def _ways(step: Json) -> tuple[str, ...]:
    return ("later",) if step["needed"] else ("skip", "later")


def _begins(should: int, answer: str) -> int:
    """Return where people are who should be at a level, by what was said of all of them."""
    return {"there": should, "below": max(0, should - 1)}.get(answer, 0)


def _screen(
    rows: list[Row], page: int, last: int, text: Text, far: tuple[int, int] | None
) -> Pick[str]:
    shown = _all(rows)[page * ON_A_SCREEN : (page + 1) * ON_A_SCREEN]
    options = [
        Option(
            f"row.{at}",
            Text("questionnaires.grid.row.button", {"number": at + 1, "skill": Text(row[1])}),
        )
        for at, row in shown
    ]
    options += [Option("way.more", Text("questionnaires.grid.more.button"))] if page < last else []
    options.append(Option("way.right", Text("questionnaires.grid.right.button"), is_main=True))
    options.append(Option("way.later", Text("questionnaires.later.button")))
    values: Values = {"question": text, "lines": tuple(_line(at, row) for at, row in shown)}
    return Pick(Text("questionnaires.grid.check", values), tuple(options), progress=far)


async def _edit(chat: Chat, key: str, rows: list[Row], at: int) -> Edited:
    row = rows[at]
    skill = Text(row[1])
    now = str(
        await chat.ask(
            f"now.{key}",
            Pick(Text("questionnaires.grid.now", {"skill": skill}), (*_levels(row), _none())),
        )
    )
    levels = [-1, -1]
    if now != "none":
        text = Text("questionnaires.grid.should", {"skill": skill})
        should = str(await chat.ask(f"should.{key}", Pick(text, _levels(row)[1:])))
        levels = [int(now), int(should)]
    changed = [[*one[:2], *levels] if one is row else one for one in rows]
    cells = tuple((one[0], one[2], one[3]) for one in changed if one[2] >= 0)
    return Edited(cells or None)


def _levels(row: Row) -> tuple[Option, ...]:
    return tuple(
        Option(str(level), Text("name.button", {"name": _level(row, level)})) for level in LEVELS
    )


def _none() -> Option:
    return Option("none", Text("questionnaires.grid.none.button"))


def _named(at: int, row: Row) -> Values:
    return {"number": at + 1, "skill": Text(row[1])}


def _line(at: int, row: Row) -> Text:
    values = _named(at, row)
    if row[3] < 0:
        return Text("questionnaires.grid.no_line", values)
    should = _level(row, row[3])
    if row[2] < 0:
        return Text("questionnaires.grid.usual_line", {**values, "should": should})
    return Text(
        "questionnaires.grid.line", {**values, "now": _level(row, row[2]), "should": should}
    )


def _level(row: Row, level: int) -> Text:
    return level_text(str(row[0]).partition(":")[0], level)


def level_text(framework: str, level: int) -> Text:
    """Return what a level is called in a framework."""
    if level == 0:
        return Text("needs.level.not_yet")
    return Text(f"framework.{framework}.level.{level}.name")


def _all(rows: list[Row]) -> list[tuple[int, Row]]:
    return list(enumerate(rows))
