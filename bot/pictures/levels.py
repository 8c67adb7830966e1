"""The level chart: for each skill a bar of four bands, its range, and its level in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.pictures import marks
from bot.pictures.canvas import Canvas, Drawing, Look
from bot.pictures.lettering import fit, width
from bot.pictures.palette import EDGE, INK, PAPER, QUIET, TRACK

WIDTH: Final = 600
MARGIN: Final = 26
BANDS: Final = 4
GAP: Final = 5
BAR: Final = 34
THIN: Final = 14
MOST_ROWS: Final = 30
ROOM: Final = WIDTH - 2 * MARGIN
CELL: Final = (ROOM - GAP * (BANDS - 1)) / BANDS


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One skill, or the mean of an area.

    Attributes:
        label: Its name.
        level: The likeliest, from 0 ("not yet") to 4; between two bands for a mean.
        low, high: The range; both are the level where it is clear.
        reading: The range in words, such as "Basic to Intermediate".
        note: Where that comes from: "you told us", "first estimate".
        is_estimated: It rests on answers about other skills; drawn plainly otherwise.
        before: The level of an earlier sitting, None where there was none.
        before_reading: That level in words, such as "In March: Basic".
        rise: Words where a rise may be told, such as "Up a level"; else empty.
    """

    label: str
    level: float
    low: float
    high: float
    reading: str
    note: str = ""
    is_estimated: bool = False
    before: float | None = None
    before_reading: str = ""
    rise: str = ""


@dataclass(frozen=True, slots=True)
class LevelChart:
    """Levels of one area's skills, or of all areas.

    Attributes:
        title: What they are levels of.
        scale: The names of the four bands, lowest first.
        rows: One to thirty.
        footer: Small words below, such as the day.
    """

    title: str
    scale: tuple[str, ...]
    rows: tuple[LevelRow, ...]
    footer: str = ""


def draw_levels(chart: LevelChart, look: Look) -> Drawing:
    """Draw a level chart, 600 units wide.

    Raises:
        ValueError: There are not four bands, not 1 to 30 rows, or a level outside 0 to 4.
    """
    _check(chart)
    canvas = Canvas(WIDTH, look)
    end = canvas.block(MARGIN, 20, fit(chart.title, ROOM, 36, is_bold=True, lines=1, least=32))
    end = _scale(canvas, chart.scale, end + 10)
    for row in chart.rows:
        end = _row(canvas, row, end)
    if chart.footer:
        footer = fit(chart.footer, ROOM, 24, lines=2, least=22)
        end = canvas.block(MARGIN, end, footer, colour=QUIET) + 6
    return canvas.finish(end + 16)


def _check(chart: LevelChart) -> None:
    if len(chart.scale) != BANDS or not 1 <= len(chart.rows) <= MOST_ROWS:
        raise ValueError("a level chart has four bands and 1 to 30 rows")
    for row in chart.rows:
        before = 0 if row.before is None else row.before
        if not (0 <= row.low <= row.level <= row.high <= BANDS and 0 <= before <= BANDS):
            raise ValueError("levels are 0 to 4, and a range holds its level")


def _scale(canvas: Canvas, names: tuple[str, ...], top: float) -> float:
    """Name the bands once, above their cells."""
    fitted = [fit(name, CELL - 6, 23, lines=2, least=19) for name in names]
    size = min(one.size for one in fitted)
    ends = [top]
    for number, name in enumerate(names):
        lettering = fit(name, CELL - 4, size, lines=2)
        middle = _at(number) + CELL / 2
        ends.append(canvas.block(middle, top, lettering, colour=QUIET, anchor="middle"))
    bottom = max(ends) + 6
    for number in range(BANDS):
        canvas.rect(_at(number), bottom, CELL, 3, EDGE)
    return bottom + 14


def _row(canvas: Canvas, row: LevelRow, top: float) -> float:
    label = fit(row.label, ROOM, 30, is_bold=True, lines=2, least=26)
    end = canvas.block(MARGIN, top, label) + 6
    _bar(canvas, row, end)
    end = _words(canvas, row, end + BAR + 6)
    if row.before is not None:
        end = _before(canvas, row.before, row.before_reading, end + 4)
    return end + 22


def _bar(canvas: Canvas, row: LevelRow, top: float) -> None:
    _cells(canvas, 0, BANDS, top, BAR, TRACK, EDGE)
    if row.is_estimated:
        _cells(canvas, 0, row.high, top, BAR, marks.dotted(canvas), canvas.palette.accent, "7 5")
        return
    _cells(canvas, row.low, row.high, top, BAR, marks.hatched(canvas), canvas.palette.accent)
    _cells(canvas, 0, row.low, top, BAR, canvas.palette.accent, canvas.palette.accent)
    marks.told(canvas, max(_reach(row.level) - 20, MARGIN + 20), top + BAR / 2)


def _cells(
    canvas: Canvas,
    start: float,
    stop: float,
    top: float,
    height: float,
    fill: str,
    edge: str,
    dashes: str = "",
) -> None:
    """Fill the bands between two levels, each a cell of its own so that they can be counted."""
    for number in range(BANDS):
        first, last = max(start - number, 0.0), min(stop - number, 1.0)
        if last > first:
            canvas.rect(
                _at(number) + first * CELL + 1.5,
                top + 1.5,
                (last - first) * CELL - 3,
                height - 3,
                fill,
                edge=edge,
                thickness=2.5,
                dashes=dashes,
                radius=4,
            )


def _words(canvas: Canvas, row: LevelRow, top: float) -> float:
    """Say the level below its bar, and beside it where that comes from."""
    reading = fit(row.reading, ROOM, 28, is_bold=True, lines=1, least=24)
    end = canvas.block(MARGIN, top, reading, colour=INK)
    used = reading.width() + 18
    for words, has_mark in ((row.rise, True), (row.note, False)):
        if words:
            used, end = _aside(canvas, words, used, end, has_mark=has_mark)
    return end


def _aside(
    canvas: Canvas, words: str, used: float, end: float, *, has_mark: bool
) -> tuple[float, float]:
    """Add words to the line that ends at `end`, or begin a new one where they do not fit."""
    mark = 32.0 if has_mark else 0.0
    step = canvas.line_height(28)
    if used + mark + width(words, 25, is_bold=has_mark) > ROOM:
        used, end = 0.0, end + step
    lettering = fit(words, ROOM - mark, 25, is_bold=has_mark, lines=1, least=22)
    top = end - step + (step - canvas.line_height(lettering.size)) / 2
    if has_mark:
        marks.rise(canvas, MARGIN + used + 12, top + canvas.line_height(lettering.size) / 2)
    colour = canvas.palette.accent if has_mark else QUIET
    bottom = canvas.block(MARGIN + used + mark, top, lettering, colour=colour)
    extra = (len(lettering.lines) - 1) * canvas.line_height(lettering.size)
    return used + mark + lettering.width() + 18, max(end + extra, bottom if extra else end)


def _before(canvas: Canvas, level: float, reading: str, top: float) -> float:
    """Draw an earlier level as a thin plain bar: never as a loss."""
    _cells(canvas, 0, BANDS, top, THIN, PAPER, EDGE)
    _cells(canvas, 0, level, top, THIN, QUIET, QUIET)
    lettering = fit(reading, ROOM, 24, lines=1, least=22)
    return canvas.block(MARGIN, top + THIN + 2, lettering, colour=QUIET)


def _at(number: int) -> float:
    return MARGIN + number * (CELL + GAP)


def _reach(level: float) -> float:
    """Where a bar of this level ends."""
    whole = min(int(level), BANDS - 1)
    return _at(whole) + (level - whole) * CELL if level > whole else _at(whole) - GAP
