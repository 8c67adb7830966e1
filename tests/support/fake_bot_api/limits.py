"""The parameters and limits that matter, without any file: what Telegram itself refuses."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from tests.support.fake_bot_api.calls import bad_request

SENDING = (
    "chat_id! business_connection_id message_thread_id direct_messages_topic_id "
    "disable_notification protect_content allow_paid_broadcast message_effect_id "
    "suggested_post_parameters reply_parameters reply_markup "
)
EDITING = "business_connection_id chat_id message_id inline_message_id reply_markup "
WORDS = "text! parse_mode entities link_preview_options "
CAPTION = "caption parse_mode caption_entities "

_TABLE = {
    "getMe": "",
    "logOut": "",
    "close": "",
    "getWebhookInfo": "",
    "getUpdates": "offset limit timeout allowed_updates",
    "setWebhook": "url! certificate ip_address max_connections allowed_updates "
    "drop_pending_updates secret_token",
    "deleteWebhook": "drop_pending_updates",
    "sendMessage": SENDING + WORDS,
    "sendDocument": SENDING + CAPTION + "document! thumbnail disable_content_type_detection",
    "sendPhoto": SENDING + CAPTION + "photo! show_caption_above_media has_spoiler",
    "sendLocation": SENDING + "latitude! longitude! horizontal_accuracy live_period heading "
    "proximity_alert_radius",
    "sendVenue": SENDING + "latitude! longitude! title! address! foursquare_id foursquare_type "
    "google_place_id google_place_type",
    "sendChatAction": "chat_id! action! business_connection_id message_thread_id",
    "editMessageText": EDITING + "text parse_mode entities link_preview_options rich_message",
    "editMessageCaption": EDITING + CAPTION + "show_caption_above_media",
    "editMessageReplyMarkup": EDITING,
    "deleteMessage": "chat_id! message_id!",
    "answerCallbackQuery": "callback_query_id! text show_alert url cache_time",
    "answerInlineQuery": "inline_query_id! results! cache_time is_personal next_offset button",
    "setMyCommands": "commands! scope language_code",
    "deleteMyCommands": "scope language_code",
    "getMyCommands": "scope language_code",
    "setMyName": "name language_code",
    "setMyDescription": "description language_code",
    "setMyShortDescription": "short_description language_code",
    "setChatMenuButton": "chat_id menu_button",
}

PARAMETERS = {
    method: frozenset(name.rstrip("!") for name in names.split())
    for method, names in _TABLE.items()
}
REQUIRED = {
    method: tuple(name[:-1] for name in names.split() if name.endswith("!"))
    for method, names in _TABLE.items()
}
STRUCTURED = frozenset(
    {
        "entities",
        "caption_entities",
        "reply_markup",
        "link_preview_options",
        "reply_parameters",
        "allowed_updates",
        "commands",
        "scope",
        "menu_button",
    }
)
"""Parameters that may come as JSON in a string."""
NUMBERS = frozenset(
    ["chat_id", "message_id", "offset", "limit", "timeout", "cache_time", "max_connections"]
)
FLAGS = frozenset(
    {
        "disable_notification",
        "protect_content",
        "allow_paid_broadcast",
        "show_alert",
        "drop_pending_updates",
        "disable_content_type_detection",
    }
)
CAPTION_LIMIT = 1024
TEXT_LIMIT = 4096


def units(text: str) -> int:
    """Length as Telegram counts it: in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def check(method: str, parameters: dict[str, Any]) -> None:
    """Refuse a call that names what the method does not have, lacks what it needs or is too long.

    Raises:
        ApiError: With the reason.
    """
    known = PARAMETERS[method]
    for name in parameters:
        if name not in known:
            raise bad_request(f"the method {method} has no parameter {name!r}")
    for name in REQUIRED[method]:
        if parameters.get(name) in (None, ""):
            reason = "message text is empty" if name == "text" else f"parameter {name!r} is missing"
            raise bad_request(reason)
    for name in known.intersection(_CHECKS).intersection(parameters):
        _CHECKS[name](parameters[name])
    _check_entities(parameters, "text", "entities", TEXT_LIMIT)
    _check_entities(parameters, "caption", "caption_entities", CAPTION_LIMIT)


def _check_entities(parameters: dict[str, Any], words: str, entities: str, limit: int) -> None:
    text = parameters.get(words, "")
    length = units(text)
    if length > limit:
        raise bad_request(
            "message is too long" if words == "text" else "message caption is too long"
        )
    if words in parameters and not text.strip() and words == "text":
        raise bad_request("message text is empty")
    _check_parse_mode(text, parameters.get("parse_mode", ""))
    encoded = text.encode("utf-16-le", "surrogatepass") if entities in parameters else b""
    for entity in parameters.get(entities, ()):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if start < 0 or entity["length"] <= 0 or end > length:
            raise bad_request(f"can't parse entities: entity {start}-{end} is outside the text")
        if any(_inside_pair(encoded, edge) for edge in (start, end)):
            raise bad_request("can't parse entities: an entity divides a character")
        if entity["type"] == "text_link":
            _check_address(entity.get("url", ""))


def _inside_pair(encoded: bytes, unit: int) -> bool:
    return unit * 2 < len(encoded) and 0xDC <= encoded[unit * 2 + 1] <= 0xDF


def _check_parse_mode(text: str, mode: str) -> None:
    if mode == "HTML":
        parser = _Tags()
        parser.feed(text)
        if parser.is_broken or parser.open:
            raise bad_request("can't parse entities: unmatched tags")
    elif mode == "MarkdownV2":
        plain = [c for before, c in zip(" " + text, text, strict=False) if before != "\\"]
        if set(plain) & set(".!-=#+{}|>"):
            raise bad_request("can't parse entities: a reserved character must be escaped")
    elif mode not in ("", "Markdown"):
        raise bad_request("unsupported parse_mode")


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.is_broken = False

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.is_broken |= tag not in {"b", "i", "u", "s", "a", "code", "pre", "strong", "em"}
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.is_broken |= not self.open or self.open.pop() != tag


def _check_address(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme == "tg":
        return
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
        raise bad_request("Wrong HTTP URL")


def _check_markup(markup: dict[str, Any]) -> None:
    rows = markup.get("inline_keyboard")
    if rows is None:
        _check_reply_keyboard(markup)
        return
    if sum(len(row) for row in rows) > 100 or any(len(row) > 8 for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)


def _check_button(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed")
    kinds = [k for k in ("url", "callback_data", "web_app", "copy_text") if k in button]
    if len(kinds) != 1:
        raise bad_request("can't parse inline keyboard button: exactly one kind is needed")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_address(button["url"])


def _check_reply_keyboard(markup: dict[str, Any]) -> None:
    if "keyboard" in markup:
        if not markup["keyboard"] or not all(b.get("text") for r in markup["keyboard"] for b in r):
            raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')
    elif markup.get("remove_keyboard") is not True and markup.get("force_reply") is not True:
        raise bad_request("object expected as reply markup")


def _check_commands(commands: list[dict[str, Any]]) -> None:
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        name = command["command"]
        if not 1 <= len(name) <= 32 or not all(
            c.islower() or c.isdigit() or c == "_" for c in name
        ):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _at_most(limit: int, reason: str) -> Callable[[str], None]:
    def check_length(value: str) -> None:
        if units(value) > limit:
            raise bad_request(reason)

    return check_length


def _check_secret(secret: str) -> None:
    allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    if not 1 <= len(secret) <= 256 or not set(secret) <= set(allowed):
        raise bad_request("secret token contains unallowed characters")


def _check_language(code: str) -> None:
    if code and (len(code) != 2 or not code.islower()):
        raise bad_request("invalid language code specified")


def _check_action(action: str) -> None:
    if action not in {"typing", "upload_document", "upload_photo", "find_location"}:
        raise bad_request("wrong parameter action in request")


_CHECKS: dict[str, Callable[[Any], None]] = {
    "reply_markup": _check_markup,
    "commands": _check_commands,
    "description": _at_most(512, "BOT_DESCRIPTION_TOO_LONG"),
    "short_description": _at_most(120, "BOT_SHORT_DESCRIPTION_TOO_LONG"),
    "name": _at_most(64, "BOT_NAME_TOO_LONG"),
    "title": _at_most(256, "VENUE_TITLE_TOO_LONG"),
    "secret_token": _check_secret,
    "language_code": _check_language,
    "action": _check_action,
}
