"""The bench in the test's own process: what it would say in JSON, without starting another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.work.publishing.bench import answer
from bot.work.publishing.workshop import Workshop, heard


class HereWorkshop(Workshop):
    """Asks the bench's own functions; whatever goes between goes as JSON."""

    async def ask(self, act: str, /, **question: Any) -> Any:
        return self._ask({"do": act, **question})

    def ask_now(self, *questions: Mapping[str, Any]) -> list[Any]:
        return [self._ask(question) for question in questions]

    def _ask(self, question: Mapping[str, Any]) -> Any:
        said = answer(json.loads(json.dumps(question)))
        return heard(json.loads(json.dumps(said, default=str)))
