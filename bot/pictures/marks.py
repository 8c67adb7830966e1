"""The small shapes that every picture shares: what each means is also said in words beside it."""

from __future__ import annotations

from bot.pictures.canvas import Canvas
from bot.pictures.palette import EDGE, INK, PAPER, QUIET

_TICK = "M-9.5 .5 L-3 7.5 L9.5 -7"
_ARROW = "M-9 0 H7 M0 -8 L8 0 L0 8"
_RISE = "M0 -10 L11 8 H-11 Z"


def hatched(canvas: Canvas) -> str:
    """Return the fill of a range: stripes of the accent on its tint."""
    accent, tint = canvas.palette.accent, canvas.palette.tint
    lines = f'<path d="M-3 13 L13 -3 M-3 3 L3 -3 M7 13 L13 7" stroke="{accent}" stroke-width="3"/>'
    return canvas.pattern("hatched", f'<rect width="10" height="10" fill="{tint}"/>{lines}', 10)


def dotted(canvas: Canvas) -> str:
    """Return the fill of what is estimated: dots of the accent on paper."""
    dot = f'<circle cx="6" cy="6" r="2.2" fill="{canvas.palette.accent}"/>'
    return canvas.pattern("dotted", f'<rect width="12" height="12" fill="{PAPER}"/>{dot}', 12)


def crossed(canvas: Canvas) -> str:
    """Return the fill of what is far off: crossing stripes of the accent, more colour than tint."""
    accent, tint = canvas.palette.accent, canvas.palette.tint
    lines = f'<path d="M0 0 L12 12 M12 0 L0 12" stroke="{accent}" stroke-width="4"/>'
    return canvas.pattern("crossed", f'<rect width="12" height="12" fill="{tint}"/>{lines}', 12)


def told(canvas: Canvas, x: float, y: float, radius: float = 11) -> None:
    """Mark where somebody said they are: a dark dot in a white ring, plain on any ground."""
    canvas.circle(x, y, radius, PAPER)
    canvas.circle(x, y, radius * 0.62, INK)


def rise(canvas: Canvas, x: float, y: float, scale: float = 1) -> None:
    """Mark a level that rose."""
    canvas.path(x, y, _RISE, canvas.palette.accent, scale=scale, is_turned=False)


def done(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Mark a step that is behind: a full circle with a tick."""
    canvas.circle(x, y, radius, canvas.palette.accent)
    canvas.path(
        x,
        y,
        _TICK,
        "none",
        scale=radius / 20,
        edge=PAPER,
        thickness=4.5,
        is_turned=False,
    )


def likely(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Mark a step that is behind by an estimate only: a ring, not full, with a tick."""
    canvas.circle(x, y, radius, PAPER, edge=canvas.palette.accent, thickness=3.5, dashes="6 5")
    canvas.path(
        x,
        y,
        _TICK,
        "none",
        scale=radius / 20,
        edge=canvas.palette.accent,
        thickness=4.5,
        is_turned=False,
    )


def coming(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Mark the step to take now: a thick ring with an arrow in the direction of reading."""
    canvas.circle(x, y, radius, PAPER, edge=canvas.palette.accent, thickness=6)
    canvas.path(x, y, _ARROW, "none", scale=radius / 20, edge=canvas.palette.accent, thickness=4)


def towards(canvas: Canvas, x: float, y: float, scale: float = 1) -> None:
    """Mark the way from now to needed: an arrow in the direction of reading."""
    canvas.path(x, y, _ARROW, "none", scale=scale, edge=QUIET, thickness=3.5)


def later(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Mark a step that can wait: a small empty ring of dashes."""
    canvas.circle(x, y, radius, PAPER, edge=EDGE, thickness=3.5, dashes="6 5")
