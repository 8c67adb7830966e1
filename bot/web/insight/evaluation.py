"""The evaluation of a learning city in its four parts: learners, providers, employers, city."""

from __future__ import annotations

import asyncio
from typing import Final

from aiohttp import web

from bot.web.insight.pages import InsightPages
from bot.web.site import Site

PARTS: Final = {
    "learners": ("checks", "feelings", "evaluation", "steps", "badges"),
    "providers": ("supply", "saved"),
    "employers": (),
    "city": ("people", "unmet_places", "campaigns"),
}
"""By part of the evaluation, the sheets that it rests on."""


class EvaluationPages(InsightPages):
    """One page; for each figure it says what it counts and what it does not."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)

    async def show(self, request: web.Request) -> web.Response:
        """Show the four parts."""
        looked = await self.look(request)
        parts = {
            part: await asyncio.to_thread(looked.drawn.sections, looked.releases, keys)
            for part, keys in PARTS.items()
        }
        needs = await self._needs(looked)
        return self._draw(
            request, "insight_evaluation.html", looked, "evaluation", parts=parts, needs=needs
        )
