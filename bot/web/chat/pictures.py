"""Pictures of a chat: what its page says of them, and the address at which they are given."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Final

from aiohttp import web
from aiohttp.helpers import ETag

from bot.conversation.messages import Attachment
from bot.pictures.photos import media_type_of
from bot.web.chat.address import address_of, cookie_of
from bot.web.chat.lines import Line
from bot.web.ports import ShownPicture
from bot.web.site import Site

PICTURE: Final = "picture"
KEPT: Final = "private, max-age=300"
"""For the person's own browser alone, and not for long: it may not be only theirs."""


class ChatPictures:
    """The pictures of every chat; each is given to the holder of the chat's cookie alone."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def of_lines(self, cookie: str, lines: Iterable[Line]) -> Mapping[str, ShownPicture]:
        """Return what to say of each picture, by its line's id and its place in the message."""
        shown: dict[str, ShownPicture] = {}
        for line in lines:
            for number, attachment in enumerate(line.attachments):
                if attachment.kind == PICTURE and cookie:
                    made = await self._site.ports.pictures.show(address_of(cookie), attachment)
                    if made is not None:
                        shown[f"{line.id}.{number}"] = made
        return shown

    async def give(self, request: web.Request) -> web.Response:
        """Answer with a picture of the caller's own chat; for all else there is no such page."""
        cookie = cookie_of(request, self._site)
        attachment = await self._find(cookie, request.match_info) if cookie else None
        if attachment is None:
            raise web.HTTPNotFound
        png = await self._site.ports.pictures.png(address_of(cookie), attachment)
        if png is None:
            raise web.HTTPNotFound
        tag = ETag(hashlib.sha256(png).hexdigest()[:32])
        is_known = request.if_none_match is not None and tag in request.if_none_match
        response = web.Response(status=304) if is_known else web.Response(body=png)
        response.content_type = media_type_of(png)
        response.etag = tag
        response.headers["Cache-Control"] = KEPT
        response.headers["Vary"] = "Cookie"
        return response

    async def _find(self, cookie: str, where: Mapping[str, str]) -> Attachment | None:
        """Return the attachment of a line of the chat, if it is a picture."""
        transcript = await self._site.ports.chats.transcript(address_of(cookie))
        for entry in transcript.entries if transcript else ():
            if entry.id == where["line"] and entry.message:
                for number, attachment in enumerate(entry.message.attachments):
                    if str(number) == where["number"] and attachment.kind == PICTURE:
                        return attachment
        return None
