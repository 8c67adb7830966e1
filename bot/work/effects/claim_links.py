"""Links for those who were not in the room: made by name, ended, made anew.

A link's token follows from its id and the installation's secret key, so that whoever made it can
look at it again while only its hash is kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Final

from bot.badges.classes import NameLinks, WithdrawLink
from bot.badges.held import ClassCode
from bot.errors import NotFound, Refused
from bot.work.effects.classes import MOST_LINKS, Desk, own_code, record

TOKEN_BYTES: Final = 18


def tokens(key: bytes) -> Callable[[str], str]:
    """Return what gives a link's token (144 bits) for its id."""

    def token_of(link: str) -> str:
        digest = hmac.new(key, f"claim-link\0{link}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode()

    return token_of


def name_links(desk: Desk, effect: NameLinks, token_of: Callable[[str], str]) -> list[str]:
    """Make links with a code that was not ended; its time may be over, as a class's is.

    Raises:
        Refused: The code is none of theirs or was ended, or it would have too many links.
    """
    code = _unended(desk, effect.code)
    unused = desk.unit.class_codes.count_links(desk.teacher, code.id)
    if not effect.labels or unused + len(effect.labels) > MOST_LINKS:
        raise Refused("classes.too_many_links")
    made = desk.unit.class_codes.make_named_links(desk.teacher, code.id, effect.labels, token_of)
    record(desk, "badge.links_made", code.id, count=str(len(made)))
    return made


def withdraw_link(desk: Desk, effect: WithdrawLink, token_of: Callable[[str], str]) -> str:
    """End a link that was not used yet, and make another in its place where that is wanted.

    Returns:
        The id of the new link, or nothing.

    Raises:
        Refused: The code is none of theirs, or the link was used or ended meanwhile.
    """
    code = _unended(desk, effect.code)
    codes, teacher = desk.unit.class_codes, desk.teacher
    try:
        label = codes.withdraw_link(teacher, code.id, effect.link)
    except NotFound as error:
        raise Refused("classes.link_gone") from error
    record(desk, "badge.link_withdrawn", effect.link)
    if not effect.is_renewed:
        return ""
    return codes.make_named_links(teacher, code.id, (label,), token_of)[0]


def _unended(desk: Desk, code: str) -> ClassCode:
    found = own_code(desk, code)
    if found.revoked_at is not None:
        raise Refused("badges.code.over")
    return found
