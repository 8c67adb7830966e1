"""What a button carries: the one place that packs and unpacks callback data.

The form is `1:NONCE:OPTION`. The nonce is random and belongs to one question of one person, so
forged or borrowed data finds no question and is answered as a closed one. The leading version
lets a later form live beside buttons that stand in people's chats for years.
"""

from __future__ import annotations

from typing import Final

from bot.conversation.messages import Press

VERSION: Final = "1"
LONGEST: Final = 64
"""Bytes that Telegram carries."""
STALE: Final = Press("", "")
"""A press that no question knows."""


def pack(press: Press) -> str:
    """Return the callback data of a button.

    Raises:
        ValueError: If it would not survive the journey: over 64 bytes, or a divider inside.
    """
    packed = f"{VERSION}:{press.nonce}:{press.option}"
    if not press.nonce or not press.option or packed.count(":") != 2:
        raise ValueError("a nonce and an option without dividers are needed")
    if len(packed.encode()) > LONGEST:
        raise ValueError(f"callback data over {LONGEST} bytes")
    return packed


def unpack(data: str) -> Press:
    """Return the press that callback data stands for; `STALE` for anything else."""
    if len(data) > LONGEST or not data.isascii():
        return STALE
    version, _, rest = data.partition(":")
    nonce, _, option = rest.partition(":")
    if version != VERSION or not nonce or not option or ":" in option or not data.isprintable():
        return STALE
    return Press(nonce, option)
