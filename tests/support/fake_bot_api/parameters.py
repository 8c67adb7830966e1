"""Reads the parameters of a call from any of the forms that the Bot API takes."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import orjson
from aiohttp import web

from tests.support.fake_bot_api.calls import bad_request
from tests.support.fake_bot_api.limits import FLAGS, NUMBERS, STRUCTURED

DECIMALS = frozenset({"latitude", "longitude", "horizontal_accuracy"})


async def read_parameters(request: web.BaseRequest) -> dict[str, Any]:
    """Return the parameters of a call, decoded to what they mean.

    Raises:
        ApiError: If they cannot be read.
    """
    kind = request.content_type
    if kind == "multipart/form-data":
        return _decoded(await _parts(request))
    body = await request.read()
    if kind == "application/json":
        return _decoded(orjson.loads(body)) if body else {}
    return _decoded(dict(parse_qsl(body.decode(), keep_blank_values=True)) | dict(request.query))


async def _parts(request: web.BaseRequest) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in (await request.post()).items():
        found[name] = value.file.read() if isinstance(value, web.FileField) else value
    return found


def _decoded(raw: dict[str, Any]) -> dict[str, Any]:
    parts = {
        value.removeprefix("attach://"): name
        for name, value in raw.items()
        if isinstance(value, str) and value.startswith("attach://")
    }
    decoded: dict[str, Any] = {}
    for name, value in raw.items():
        if name in parts:
            decoded[parts[name]] = value
        elif name not in parts.values():
            decoded[name] = _meaning(name, value) if isinstance(value, str) else value
    return decoded


def _meaning(name: str, value: str) -> Any:
    try:
        if name in STRUCTURED:
            return orjson.loads(value)
        if name in NUMBERS:
            return int(value) if not value.startswith("@") else value
        if name in DECIMALS:
            return float(value)
    except ValueError:
        raise bad_request(f"can't parse parameter {name!r}") from None
    return value.lower() == "true" if name in FLAGS else value
