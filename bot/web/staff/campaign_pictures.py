"""Pictures that staff give for campaigns: taken with the form, and shown to the city's staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.campaigns.content import is_own
from bot.campaigns.differences import SHORT
from bot.campaigns.form import Slip
from bot.pictures.photos import MOST_BYTES, PictureRefused, media_type_of
from bot.web.guards import MEMBER
from bot.web.parts import MULTIPART
from bot.web.site import Site
from bot.web.staff.senders import MOST_BYTES as MOST_WORDS
from bot.web.staff.senders import MOST_FIELDS, checked, sender_of
from bot.web.tokens import is_same
from bot.web.uploads import read_upload

UPLOAD: Final = "upload"
UPLOAD_SECONDS: Final = 60.0
MOST_READ: Final = 6 * MOST_BYTES
"""What is too large to be taken and still read, so that the words beside it are not lost."""
MOST_TEXT: Final = 32 * 1024
KEPT: Final = "private, max-age=300"


async def read_filled(site: Site, request: web.Request) -> tuple[dict[str, str], bytes]:
    """Read the form of a campaign; return its fields, and its picture where one was given.

    Raises:
        HTTPException: It is no form that we gave to this member, too long, or too slow.
    """
    if request.content_type != MULTIPART:
        return await checked(site, request), b""
    upload = await read_upload(
        request,
        UPLOAD_SECONDS,
        MOST_READ + MOST_WORDS,
        (UPLOAD,),
        most_fields=MOST_FIELDS,
        most_text=MOST_TEXT,
    )
    if not is_same(upload.fields.get("csrf", ""), request[MEMBER].csrf):
        raise web.HTTPForbidden
    given = upload.files.get(UPLOAD)
    return upload.fields, b"".join(given.pieces) if given else b""


async def take_picture(
    site: Site, request: web.Request, city: str, form: dict[str, str], body: bytes
) -> list[Slip]:
    """Put a picture that was given into a form; return what keeps it from being taken."""
    if not body:
        return []
    try:
        name = await site.ports.campaigns.give_picture(sender_of(request), city, body)
    except PictureRefused as refused:
        return [Slip(UPLOAD, f"web.campaigns.slip.picture_{refused.why}")]
    form["picture"] = name
    if is_own(form.get("rival.picture", "")):
        form["rival.picture"] = name  # what it shows is said once for both versions
    return []


def own_pictures(form: Mapping[str, str]) -> dict[str, str]:
    """Return the pictures of its own that a form names, with what they are called there."""
    named = (form.get(one, "") for one in ("picture", "rival.picture"))
    return {name: name[:SHORT] for name in named if is_own(name)}


class CampaignPictures:
    """Shows a city's pictures to its own staff."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def give(self, request: web.Request) -> web.Response:
        """Answer with a picture; those of other cities are not there."""
        city, name = request.match_info["city"], request.match_info["picture"]
        found = await self._site.ports.campaigns.picture(sender_of(request), city, name)
        if found is None:
            raise web.HTTPNotFound
        response = web.Response(body=found.body, content_type=media_type_of(found.body))
        response.headers["Cache-Control"] = KEPT
        response.headers["Vary"] = "Cookie"
        return response
