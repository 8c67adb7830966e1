"""The web chat: one page, one form, one stream; and the same inside other sites' pages."""

from __future__ import annotations

from collections.abc import Iterator

from aiohttp import web

from bot.web.chat.embedded import EmbedScript
from bot.web.chat.joining import JoiningPages
from bot.web.chat.own_record import OwnRecordPages
from bot.web.chat.page import ChatPage
from bot.web.chat.pictures import ChatPictures
from bot.web.chat.sending import ChatForm
from bot.web.chat.stream import ChatStream
from bot.web.embedding import PATH, embedded
from bot.web.routes import Anyone, Route
from bot.web.site import Site


def chat_routes(site: Site, app: web.Application) -> Iterator[Route]:
    """Declare the chat's addresses."""
    pictures = ChatPictures(site)
    page = ChatPage(site, pictures)
    form = ChatForm(site, page)
    stream = ChatStream(site, page)
    app.on_shutdown.append(stream.close)
    yield Route("GET", "/", page.show, Anyone())
    yield Route("GET", "/c/{city}", page.show, Anyone())
    talking = (
        Route("POST", "/chat", form.receive, Anyone(), rate="acts"),
        Route("GET", "/chat/events", stream.listen, Anyone(), is_stream=True),
        Route("GET", "/chat/pictures/{line}/{number}", pictures.give, Anyone()),
    )
    yield from talking
    yield Route("GET", PATH, page.show, Anyone(), is_embedded=True)
    yield from map(embedded, talking)
    yield Route("GET", "/embed.js", EmbedScript(site).give, Anyone(), is_published=True)
    joining = JoiningPages(site, form)
    yield Route("GET", "/join/{token}", joining.ask, Anyone(), rate="strict")
    yield Route("POST", "/join/{token}", joining.join, Anyone(), rate="strict")
    own_record = OwnRecordPages(site)
    records = (
        Route("GET", "/mydata", own_record.show, Anyone(), rate="strict"),
        Route("GET", "/mydata.json", own_record.download, Anyone(), rate="strict"),
    )
    yield from records
    yield from map(embedded, records)
