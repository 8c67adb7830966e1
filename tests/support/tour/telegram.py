"""The journey on Telegram, drawn as a transcript: no app of Telegram's is at hand here."""

from __future__ import annotations

import base64
import contextlib
import itertools
from collections.abc import Callable
from html import escape
from typing import Any

from tests.support.fake_bot_api import FakeBotApi
from tests.support.tour.camera import Camera

CHAT = 77
ANSWERS = ("On my own", "With help", "Not yet")
PATIENCE, QUIET = 20.0, 1.0
Json = dict[str, Any]

_STYLE = """
:root { color-scheme: light dark;
  --ground: #e7ebf0; --bubble: #fff; --ink: #15181b; --key: #3f6d97; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0f1418; --bubble: #1d262d; --ink: #f1f3f4; --key: #7fb3dd; } }
body { margin: 0; padding: 12px; background: var(--ground); color: var(--ink);
  font: 16px/1.45 system-ui, sans-serif; }
.message { max-width: 310px; margin: 0 0 10px; padding: 9px 12px; border-radius: 14px;
  background: var(--bubble); white-space: pre-line; overflow-wrap: anywhere; }
.message img { display: block; width: 100%; border-radius: 8px; margin-bottom: 8px; }
.keys { display: grid; gap: 5px; max-width: 334px; margin: -4px 0 12px; }
.row { display: flex; gap: 5px; }
.key { flex: 1; padding: 7px 4px; border: 1px solid var(--key); border-radius: 9px;
  color: var(--key); text-align: center; font-size: 14px; }
"""


async def tour_of_telegram(camera: Camera, fake: FakeBotApi) -> None:
    """Go through the journey and keep the newest messages on the way."""
    person = TelegramPerson(fake)
    await person.say("/start city_manchester")
    await person.press("English")
    await person.say("/skills")
    await person.press("One topic: about 10")
    await person.press("Information")
    await person.press_where_there("Skip", "Skip")
    for number, answer in enumerate(itertools.cycle(ANSWERS)):
        if not person.has("With help"):
            break
        if number == 1:
            await person.shoot(camera, "8-telegram-question", messages=2)
        await person.press(answer)
    await person.press_where_there("Skip", "Skip")
    await person.shoot(camera, "9-telegram-result", messages=3)


class TelegramPerson:
    """Somebody who talks with the bot on Telegram."""

    def __init__(self, fake: FakeBotApi) -> None:
        self._fake = fake
        self._person = fake.person(CHAT)

    async def say(self, words: str) -> None:
        """Type something."""
        await self._does(lambda: self._person.say(words))

    async def press(self, label: str) -> None:
        """Press the newest button with a label."""
        await self._does(lambda: self._person.press(label))

    async def press_where_there(self, *labels: str) -> None:
        """Press buttons one after the other, as far as they are there."""
        for label in labels:
            if self.has(label):
                await self.press(label)

    def has(self, label: str) -> bool:
        """Say whether the newest message with buttons has one with a label."""
        return label in self._person.buttons()

    async def shoot(self, camera: Camera, name: str, messages: int) -> None:
        """Keep how the newest messages look, in light and in dark."""
        photos = dict(zip(self._with_photo(), self._sent_photos(), strict=True))
        newest = self._person.replies()[-messages:]
        drawn = "".join(_drawn(one, photos.get(one["message_id"], b"")) for one in newest)
        page = await camera.open("about:blank")
        await page.set_content(f"<style>{_STYLE}</style><main>{drawn}</main>")
        for theme, kind in (("light", "phone"), ("dark", "phone-dark")):
            await page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            await page.screenshot(path=camera.into / f"{name}-{kind}.png", full_page=True)
        await page.close()

    def _with_photo(self) -> list[int]:
        return [one["message_id"] for one in self._person.replies() if "photo" in one]

    def _sent_photos(self) -> list[bytes]:
        return [call.parameters["photo"] for call in self._fake.called("sendPhoto", CHAT)]

    async def _does(self, act: Callable[[], object]) -> None:
        """Do something, and wait until the bot has answered and is quiet."""
        before = len(self._person.chat.shown)
        act()
        await self._person.chat.next_shown(before, PATIENCE)
        with contextlib.suppress(TimeoutError):
            while True:
                seen = len(self._person.chat.shown)
                await self._person.chat.next_shown(seen, QUIET)


def _drawn(message: Json, photo: bytes) -> str:
    """Draw a message as a bubble with its keys."""
    picture = ""
    if photo:
        coded = base64.b64encode(photo).decode()
        picture = f'<img alt="" src="data:image/png;base64,{coded}">'
    words = escape(message.get("text") or message.get("caption", ""))
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    keys = "".join(
        '<div class="row">'
        + "".join(f'<span class="key">{escape(button["text"])}</span>' for button in row)
        + "</div>"
        for row in rows
    )
    return f'<div class="message">{picture}{words}</div><div class="keys">{keys}</div>'
