"""Misbehaviour to order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from tests.support.fake_bot_api.calls import ApiError, Call

FaultKind = Literal[
    "refuse", "delay", "cut_before", "cut_after", "silent_before", "silent_after", "garbage"
]


@dataclass(slots=True)
class Fault:
    """What goes wrong, with which calls and how often.

    Attributes:
        kind: "refuse" answers `status`; "delay" waits `seconds` first; "cut_before" and
            "cut_after" close the connection before or after the call had its effect;
            "silent_before" and "silent_after" never answer; "garbage" has the effect and answers
            what is no JSON.
        method: Only calls of this method; empty for all.
        chat: Only calls about this chat; 0 for all.
        skip: How many matching calls pass first.
        times: How many calls it strikes; 0 for every one until it is removed.
    """

    kind: FaultKind = "refuse"
    method: str = ""
    chat: int = 0
    skip: int = 0
    times: int = 1
    status: int = 500
    description: str = ""
    retry_after: int = 0
    migrate_to_chat_id: int = 0
    seconds: float = 0.0
    struck: int = 0

    def error(self) -> ApiError:
        """The refusal of kind "refuse"."""
        parameters: dict[str, Any] = {}
        if self.retry_after:
            parameters["retry_after"] = self.retry_after
        if self.migrate_to_chat_id:
            parameters["migrate_to_chat_id"] = self.migrate_to_chat_id
        wording = self.description or DESCRIPTIONS.get(self.status, "Internal Server Error")
        if self.retry_after:
            wording = f"{wording}: retry after {self.retry_after}"
        return ApiError(self.status, wording, parameters)


DESCRIPTIONS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot "
    "instance is running",
    429: "Too Many Requests",
    502: "Bad Gateway",
}


class Faults:
    """The faults that are set, in order."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Set a fault."""
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Behave again."""
        self._faults.clear()

    def striking(self, call: Call) -> Fault | None:
        """Return the fault that strikes this call, counting it."""
        for fault in self._faults:
            if fault.method not in ("", call.method) or fault.chat not in (0, call.chat):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.struck += 1
            if fault.times and fault.struck >= fault.times:
                self._faults.remove(fault)
            return fault
        return None
