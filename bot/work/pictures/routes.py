"""A route as a line of steps: done, next, later."""

from __future__ import annotations

from bot.conversation.messages import Text
from bot.pictures import RouteLine, RouteStep, draw_route
from bot.pictures.route import StepState
from bot.work.pictures import Picture, PictureContext, picture

STATES: dict[str, StepState] = {"h": "done", "e": "likely", "n": "next", "l": "later"}


@picture("route")
def route(context: PictureContext) -> Picture | None:
    """Draw a route with the states that its steps had when the message was written.

    Values: the route's id as "pathway", its "version", and "states", a letter a step.
    """
    values = context.values
    pathway = context.content.pathways.find(values.get("pathway", ""), values.get("version", ""))
    states: list[StepState] = [STATES.get(one, "later") for one in values.get("states", "")]
    if pathway is None or len(states) != len(pathway.steps):
        return None
    pairs = list(zip(pathway.steps, states, strict=True))
    steps = tuple(
        RouteStep(context.words(step.short), state, context.words(f"routes.word.{state}"))
        for step, state in pairs
    )
    footer = context.words("routes.draft_short") if pathway.is_draft else ""
    drawing = draw_route(RouteLine(context.words(pathway.title), steps, footer), context.look)
    lines = tuple(
        Text("routes.alt_step", {"name": Text(step.short), "word": Text(f"routes.word.{state}")})
        for step, state in pairs
    )
    return Picture(drawing, Text("routes.alt", {"title": Text(pathway.title), "lines": lines}))
