"""Which of the shipped languages a request is answered in."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web


def _weight(parameters: str) -> float:
    _, _, number = parameters.partition("=")
    try:
        return float(number) if number else 1.0
    except ValueError:
        return 0.0


def preferred(header: str, shipped: Sequence[str]) -> str:
    """Return the shipped language that an Accept-Language header likes best, else the first."""
    wanted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, parameters = part.partition(";")
        language = tag.strip().lower().split("-")[0]
        weight = _weight(parameters)
        if language in shipped and weight > 0:
            wanted.append((weight, language))
    return max(wanted, key=lambda pair: pair[0])[1] if wanted else shipped[0]


def language_of(request: web.Request, shipped: Sequence[str]) -> str:
    """Return the language asked for in the address, else the browser's, else English."""
    asked = request.query.get("lang", "")
    if asked in shipped:
        return asked
    return preferred(request.headers.get("Accept-Language", ""), shipped)
