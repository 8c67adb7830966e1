"""What a person did on the page, read from the chat's form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.conversation.cleaning import MOST_UNITS, clean, utf16_length
from bot.conversation.messages import Incoming, IncomingKind, Press
from bot.web.tokens import is_secret

_OPTION = re.compile(r"[A-Za-z0-9._:-]{1,64}\Z")


Notice = Literal["empty", "long", "form", "busy", "cookie"]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A form that holds nothing that could be done, and what to tell the person."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done: a press, words, or a place."""

    id: str
    text: str = ""
    nonce: str = ""
    option: str = ""
    place: tuple[float, float] | None = None

    def incoming(self, *, bot: str, address: str, language: str, at: datetime) -> Incoming:
        """Return the act as the program takes it in."""
        kind: IncomingKind = "press" if self.option else ("location" if self.place else "text")
        return Incoming(
            channel="web",
            bot=bot,
            update_id=self.id,
            chat=address,
            kind=kind,
            at=at,
            text=self.text,
            press=Press(self.nonce, self.option) if self.option else None,
            place=self.place,
            language=language,
        )


def read_act(form: Mapping[str, str]) -> Act | Unreadable:
    """Read the one act of a form.

    The act's id is made of the form's nonce and what was done: sending the same form twice is
    one act, and another button of the same old page is another.
    """
    nonce, option = form.get("nonce", "")[:64], form.get("option", "")
    place = _place(form)
    text = "" if option or place else clean(form.get("text", "").replace("\r\n", "\n"))
    if option and not (_OPTION.match(option) and (not nonce or _OPTION.match(nonce))):
        return Unreadable("form")
    if utf16_length(form.get("text", "")) > MOST_UNITS:
        return Unreadable("long")
    if not (option or text or place):
        return Unreadable("empty")
    act_nonce = form.get("act", "")
    if not is_secret(act_nonce):
        return Unreadable("form")
    done = "\0".join((act_nonce, nonce, option, text, str(place)))
    return Act(hashlib.sha256(done.encode()).hexdigest()[:40], text, nonce, option, place)


def _place(form: Mapping[str, str]) -> tuple[float, float] | None:
    """Return a shared location, rounded to about 1 km."""
    try:
        lat, lon = float(form["lat"]), float(form["lon"])
    except (KeyError, ValueError):
        return None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None
    return round(lat, 2), round(lon, 2)
