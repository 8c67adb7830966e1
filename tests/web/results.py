"""Results that web tests show: two sittings of DigComp, one of the draft, one quick check."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.skills.report import Told
from bot.web.result_port import ShownResult
from tests.support.sittings import STARTED, answered, steady, tell
from tests.web.fakes import World, content

TOKEN = "t" * 22
AREA = ("1",)


def before() -> Told:
    digcomp = content().frameworks["digcomp3"]
    return tell(digcomp, steady(1), number=1, parts=AREA, at=STARTED - timedelta(days=90))


def after() -> Told:
    """The same person three months later: up in searching, the same elsewhere."""
    digcomp = content().frameworks["digcomp3"]
    told = tell(
        digcomp,
        lambda code, level: steady(3 if code == "1.1" else 1)(code, level),
        number=2,
        parts=AREA,
    )
    asked = {one.item for one in told.answers}
    again = {one.item: one.answer for one in told.answers}
    again |= {one.item: 3 for one in before().answers if one.item.startswith("1.1.")}
    assert asked
    return answered(digcomp, again, number=2, parts=AREA)


def draft() -> Told:
    return tell(content().frameworks["sectors-draft"], steady(2), number=3, parts=("data",))


def quick() -> Told:
    check = content().quick_checks["eds"]
    answers: dict[str, int | None] = {task.id: 3 for task in check.tasks_of("foundation")}
    answers |= {task.id: 1 for task in check.tasks_of("life")}
    told = answered(content().frameworks["digcomp3"], answers, number=4)
    sitting = replace(told.sitting, framework="eds", version=check.version, mode="tasks")
    return Told(sitting, told.answers)


def fill(world: World) -> None:
    """Put the results into a world: all by the chat, the second sitting by a private address."""
    every = (before(), after(), draft(), quick())
    shown = {"": ShownResult("", every, city="manchester")}
    for one in every:
        earlier = (before(),) if one == after() else ()
        shown[one.sitting.id] = ShownResult(one.sitting.id, (one,), earlier, "manchester")
    world.results.at[TOKEN] = shown[after().sitting.id]
    newest = tuple(reversed(every))
    world.results.of_chat = {key: replace(one, others=newest) for key, one in shown.items()}
