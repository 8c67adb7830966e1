"""A visitor with a browser without scripts: reads forms from pages and sends them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any

from aiohttp import ClientResponse, FormData
from aiohttp.test_utils import TestClient
from yarl import URL

_FORM = re.compile(r"<form[^>]*>[^\0]*?</form>")
_HIDDEN = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]*)">')


@dataclass
class Visitor:
    client: TestClient[Any, Any]
    public: URL
    last: str = ""

    @property
    def origin(self) -> str:
        url = self.client.make_url("/")
        return f"{url.scheme}://{url.authority}"

    @property
    def cookies(self) -> dict[str, str]:
        return {one.key: one.value for one in self.client.session.cookie_jar}

    async def get(self, path: str, **kwargs: Any) -> ClientResponse:
        response = await self.client.get(path, allow_redirects=False, **kwargs)
        if response.content_type == "text/html":
            self.last = await response.text()
        return response

    async def send(
        self,
        path: str,
        fields: Mapping[str, str | bytes] | FormData,
        headers: dict[str, str] | None = None,
    ) -> ClientResponse:
        """Send a form as our own page would; what is bytes goes as a file."""
        form: Mapping[str, str | bytes] | FormData = fields
        if isinstance(fields, Mapping) and any(isinstance(one, bytes) for one in fields.values()):
            form = FormData()
            for name, value in fields.items():
                is_file = isinstance(value, bytes)
                field = BytesIO(value) if isinstance(value, bytes) else value
                form.add_field(name, field, filename=f"{name}.csv" if is_file else None)
        sent = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"} | (headers or {})
        response = await self.client.post(path, data=form, headers=sent, allow_redirects=False)
        if response.content_type == "text/html" and response.status != 303:
            self.last = await response.text()
        return response

    def hidden(self, holding: str) -> dict[str, str]:
        """Return the hidden fields of the last form of the page that holds some words."""
        forms = [form for form in _FORM.findall(self.last) if holding in form]
        return {name: unescape(value) for name, value in _HIDDEN.findall(forms[-1])}

    async def type(self, text: str, **extra: str) -> ClientResponse:
        return await self._act({**self.hidden('id="text"'), "text": text, **extra})

    async def press(self, option: str, **extra: str) -> ClientResponse:
        return await self._act({**self.hidden(f'value="{option}"'), "option": option, **extra})

    async def _act(self, fields: dict[str, str]) -> ClientResponse:
        response = await self.send("/chat", fields)
        if response.status == 303:
            await self.get(response.headers["Location"].partition("#")[0])
        return response
