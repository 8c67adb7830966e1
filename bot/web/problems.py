"""Refusals as programs read them (RFC 9457), in words that say what to send instead."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from aiohttp import web

from bot.assistants.reading import NotReadError
from bot.courses.phrases import Phrase
from content.words import Words

PROBLEM_TYPE = "application/problem+json"


def problem(
    status: int,
    title: str,
    detail: str = "",
    parameter: str = "",
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    """Return a refusal."""
    told: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if parameter:
        told["parameter"] = parameter
    response = web.Response(
        body=orjson.dumps(told), status=status, content_type=PROBLEM_TYPE, headers=headers
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def not_read(error: NotReadError, words: Words) -> str:
    """Return in words what is wrong with a value."""
    values = {"name": error.parameter, "allowed": error.allowed}
    return words.plain(Phrase(f"web.api.wrong.{error.why}", values))
