"""What a person did, as `play` takes it: pressed, wrote, located, went back, changed, came back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of the question `key`; `key` comes from `Session.find_key(nonce)`."""

    key: str
    option: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """Words typed in answer to the open question, or in place of the earlier answer `key`.

    Attributes:
        source: The channel's message id, so that an edit of the message finds its answer.
    """

    text: str
    key: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    """A shared location, rounded to about 1 km."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class WentBack:
    """Back: the last act is dropped."""


@dataclass(frozen=True, slots=True)
class Show:
    """Nothing: begin, or show the screen again.

    Attributes:
        is_fresh: What is on the screen may have changed: its looks are read again, whatever
            their age.
    """

    is_fresh: bool = False


Given: TypeAlias = Pressed | Wrote | Located | WentBack | Show
