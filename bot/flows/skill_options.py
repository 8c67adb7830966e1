"""Areas and skills of a framework as they are chosen from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from bot.conversation import Chat, Option, Text


async def look_parts(chat: Chat, key: str, framework: str, area: str = "") -> list[str]:
    """Return the codes of a framework's areas, or of the skills of one of them."""
    found: list[str] = await chat.look(key, "skills_parts", framework, area)
    return found


def options_of(
    framework: str, kind: Literal["area", "skill"], codes: Iterable[str], before: str = ""
) -> tuple[Option, ...]:
    """Return a button for each area or skill.

    Args:
        before: What stands before a code in the option's id.
    """
    return tuple(Option(f"{before}{code}", name_of(framework, kind, code)) for code in codes)


def name_of(framework: str, kind: Literal["area", "skill"], code: str) -> Text:
    """Return the short name of an area or a skill."""
    return Text(f"framework.{framework}.{kind}.{code}.button")
