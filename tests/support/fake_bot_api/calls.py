"""What the server records of every call, and how it refuses one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Call:
    """One call as it arrived and how it was answered.

    Attributes:
        number: Counted from 1 over all calls of the server.
        method: The Bot API method.
        parameters: The parameters, decoded.
        at: When it had arrived whole, in seconds of the server's clock.
        status: The HTTP status of the answer; 0 where none was given.
        done: Whether it had its effect, whatever the caller was told.
        result: What was answered, or would have been.
        refusal: The description of the refusal, if it was refused.
    """

    number: int
    method: str
    parameters: dict[str, Any]
    at: float
    status: int = 0
    done: bool = False
    result: Any = None
    refusal: str = ""

    @property
    def chat(self) -> int:
        """The chat that the call is about, or 0."""
        value = self.parameters.get("chat_id", 0)
        return value if isinstance(value, int) else 0


@dataclass(slots=True)
class ApiError(Exception):
    """A refusal as the Bot API words it."""

    status: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The JSON answer."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.status,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(reason: str) -> ApiError:
    """A 400 with this reason."""
    return ApiError(400, f"Bad Request: {reason}")
