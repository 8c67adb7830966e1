"""The program's log: one line an event, with no names, no message text and no tokens in it."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

PERSONAL_KEYS = frozenset(
    {"text", "message_text", "name", "username", "first_name", "last_name", "phone", "chat",
     "token", "secret", "password", "payload", "address", "place"}
)  # fmt: skip
_TOKEN = re.compile(r"(?<!\d)\d{5,12}:[A-Za-z0-9_-]{20,64}")
_DATABASE_PASSWORD = re.compile(r"(://[^:/@\s]{1,64}:)[^@\s]{1,128}@")
HIDDEN = "[hidden]"
_NOISY = ("httpx", "httpcore", "apscheduler", "aiohttp.access", "telegram", "alembic")


def redacted(line: str) -> str:
    """The line without Bot API tokens and database passwords."""
    return _DATABASE_PASSWORD.sub(rf"\1{HIDDEN}@", _TOKEN.sub(HIDDEN, line))


def redact(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Hide what a log must not hold; the last processor before the line is drawn."""
    del logger, method
    for key, value in event.items():
        if key in PERSONAL_KEYS:
            event[key] = HIDDEN
        elif isinstance(value, str):
            event[key] = redacted(value)
        elif isinstance(value, BaseException):
            event[key] = redacted(repr(value))
    return event


class _Redacting(logging.Formatter):
    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        return redacted(self._inner.format(record))


def _traceback_without_values(
    logger: object, method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep the places of an exception and drop its words: those may quote what a person wrote."""
    del logger, method
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["places"] = " < ".join(reversed(places_of(error)))
    return event


def places_of(error: BaseException) -> list[str]:
    """`file:line function` of each frame of the error's traceback, outermost first."""
    places, step = [], error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        file = "/".join(code.co_filename.rsplit("/", 2)[-2:])
        places.append(f"{file}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return places[-12:]


def configure_logging(form: str = "auto", *, stream: TextIO | None = None) -> None:
    """Set up the log of this process, of our own code and of every library.

    Args:
        form: "text", "json", or "auto": text on a terminal.
        stream: Where lines go; standard error unless told.
    """
    target = stream or sys.stderr
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _traceback_without_values,
        redact,
    ]
    is_text = form == "text" or (form == "auto" and target.isatty())
    renderer = (
        structlog.dev.ConsoleRenderer(colors=target.isatty())
        if is_text
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(_Redacting(formatter))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
