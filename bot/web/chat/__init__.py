"""The web chat: one page, one form, one stream."""

from __future__ import annotations

from collections.abc import Iterator

from aiohttp import web

from bot.web.chat.joining import JoiningPages
from bot.web.chat.own_record import OwnRecordPages
from bot.web.chat.page import ChatPage
from bot.web.chat.pictures import ChatPictures
from bot.web.chat.sending import ChatForm
from bot.web.chat.stream import ChatStream
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
    yield Route("POST", "/chat", form.receive, Anyone(), rate="acts")
    yield Route("GET", "/chat/events", stream.listen, Anyone(), is_stream=True)
    yield Route("GET", "/chat/pictures/{line}/{number}", pictures.give, Anyone())
    joining = JoiningPages(site, form)
    yield Route("GET", "/join/{token}", joining.ask, Anyone(), rate="strict")
    yield Route("POST", "/join/{token}", joining.join, Anyone(), rate="strict")
    own_record = OwnRecordPages(site)
    yield Route("GET", "/mydata", own_record.show, Anyone(), rate="strict")
    yield Route("GET", "/mydata.json", own_record.download, Anyone(), rate="strict")
