"""The route line: the steps of a route, with what is done, what comes next and what can wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from bot.pictures import marks
from bot.pictures.canvas import Canvas, Drawing, Look
from bot.pictures.lettering import Lettering, fit
from bot.pictures.palette import EDGE, INK, PAPER, QUIET

WIDTH: Final = 600
MARGIN: Final = 26
MARK: Final = 60
"""Where the middle of the line is."""
TEXT: Final = 112
RADIUS: Final = {"done": 24.0, "likely": 24.0, "next": 28.0, "later": 18.0}
MOST_STEPS: Final = 30

StepState: TypeAlias = Literal["done", "likely", "next", "later"]

MARKS: Final[Mapping[StepState, Callable[[Canvas, float, float, float], None]]] = {
    "done": marks.done,
    "likely": marks.likely,
    "next": marks.coming,
    "later": marks.later,
}


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One step.

    Attributes:
        label: What is learned or done in it.
        state: Whether it is done, likely done by an estimate, comes next or can wait.
        word: The state in words, such as "Done".
        note: A few words more, such as where and when.
    """

    label: str
    state: StepState
    word: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class RouteLine:
    """A route, with one to thirty steps in their order and small words below."""

    title: str
    steps: tuple[RouteStep, ...]
    footer: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    step: RouteStep
    label: Lettering
    words: Lettering
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def draw_route(line: RouteLine, look: Look) -> Drawing:
    """Draw a route, 600 units wide.

    Raises:
        ValueError: It has no steps or more than thirty.
    """
    if not 1 <= len(line.steps) <= MOST_STEPS:
        raise ValueError("a route has 1 to 30 steps")
    canvas = Canvas(WIDTH, look)
    title = fit(line.title, WIDTH - 2 * MARGIN, 36, is_bold=True, lines=1, least=32)
    end = canvas.block(MARGIN, 20, title) + 16
    placed = []
    for step in line.steps:
        placed.append(_placed(canvas, step, end))
        end += placed[-1].height + 14
    _connect(canvas, placed)
    for one in placed:
        _draw(canvas, one)
    if line.footer:
        footer = fit(line.footer, WIDTH - 2 * MARGIN, 24, lines=2, least=22)
        end = canvas.block(MARGIN, end, footer, colour=QUIET) + 6
    return canvas.finish(end + 12)


def _placed(canvas: Canvas, step: RouteStep, top: float) -> _Placed:
    room = WIDTH - TEXT - MARGIN - 14
    label = fit(step.label, room, 30, is_bold=step.state != "later", lines=2, least=26)
    said = f"{step.word} · {step.note}" if step.note else step.word
    words = fit(said, room, 25, lines=2, least=23)
    height = 24 + len(label.lines) * canvas.line_height(label.size)
    height += len(words.lines) * canvas.line_height(words.size)
    return _Placed(step, label, words, top, height)


def _connect(canvas: Canvas, placed: list[_Placed]) -> None:
    """Join each step to the one after it: whole where the way is surely behind, else dotted."""
    for one, after in pairwise(placed):
        length = after.middle - one.middle
        if one.step.state == "done":
            canvas.rect(MARK - 4, one.middle, 8, length, canvas.palette.accent)
            continue
        for number in range(1, int(length // 16)):
            canvas.circle(MARK, one.middle + 16 * number, 3.2, EDGE)


def _draw(canvas: Canvas, placed: _Placed) -> None:
    state = placed.step.state
    if state == "next":
        canvas.rect(
            TEXT - 18,
            placed.top,
            WIDTH - TEXT - MARGIN + 18,
            placed.height,
            canvas.palette.tint,
            radius=14,
            edge=canvas.palette.accent,
            thickness=3,
        )
    mark = MARKS[state]
    canvas.circle(MARK, placed.middle, RADIUS[state] + 8, PAPER)
    mark(canvas, MARK, placed.middle, RADIUS[state])
    top = canvas.block(TEXT, placed.top + 12, placed.label, colour=INK)
    colour = canvas.palette.accent if state != "later" else QUIET
    canvas.block(TEXT, top, placed.words, colour=colour)
