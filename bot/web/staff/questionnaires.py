"""Looking at questionnaires: every question, in every language, and what was answered."""

from __future__ import annotations

from aiohttp import web

from bot.questionnaires.previewing import preview
from bot.web.site import Site
from bot.web.staff.answers import AnswerPages
from bot.web.staff.navigation import draw


class QuestionnairePages:
    """The questionnaires of the content in use; they are changed from the command line."""

    def __init__(self, site: Site) -> None:
        self._site, self._answers = site, AnswerPages(site)

    async def list(self, request: web.Request) -> web.Response:
        """Show which questionnaires there are."""
        found = self._site.ports.content().questionnaires.current
        return draw(
            self._site,
            request,
            "questionnaires.html",
            "questionnaires",
            {"found": [found[key] for key in sorted(found)]},
        )

    async def show(self, request: web.Request) -> web.Response:
        """Show one as people see it, in the language in `in`, and what was answered."""
        content = self._site.ports.content()
        found = content.questionnaires.current.get(request.match_info["key"])
        if found is None:
            raise web.HTTPNotFound
        wanted = request.query.get("in", "en")
        shown_in = wanted if wanted in content.languages else "en"
        return draw(
            self._site,
            request,
            "questionnaire.html",
            "questionnaires",
            {
                "view": preview(found, content.words, shown_in),
                "shown_in": shown_in,
                "spoken": tuple(content.languages),
                "audience": found.audience,
                **await self._answers.part(request, found.id),
            },
            title=found.title,
        )
