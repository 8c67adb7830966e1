"""The Bot API methods: what each does to the bot's state and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.support.fake_bot_api.bots import FakeBot
from tests.support.fake_bot_api.calls import ApiError, bad_request
from tests.support.fake_bot_api.chats import Chat
from tests.support.fake_bot_api.limits import check
from tests.support.fake_bot_api.photos import photo_sizes

Parameters = dict[str, Any]
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def _message(bot: FakeBot, chat: Chat, parameters: Parameters, **content: Any) -> dict[str, Any]:
    message = {
        "message_id": 0,
        "from": bot.as_json(),
        "chat": chat.as_json(),
        "date": int(bot.clock()),
        **content,
    }
    for name in ("entities", "caption", "caption_entities", "reply_markup"):
        if name in parameters:
            message[name] = parameters[name]
    return chat.add(message)


def _send_message(bot: FakeBot, parameters: Parameters) -> Any:
    chat = bot.writable(parameters["chat_id"])
    return _message(bot, chat, parameters, text=parameters["text"])


def _send_file(name: str) -> Callable[[FakeBot, Parameters], Any]:
    def send(bot: FakeBot, parameters: Parameters) -> Any:
        chat = bot.writable(parameters["chat_id"])
        content = parameters[name]
        size = len(content) if isinstance(content, bytes) else 1
        if not size:
            raise bad_request("file must be non-empty")
        file = {"file_id": "file", "file_unique_id": "f", "file_size": size}
        return _message(bot, chat, parameters, **{name: file})

    return send


def _send_photo(bot: FakeBot, parameters: Parameters) -> Any:
    chat = bot.writable(parameters["chat_id"])
    return _message(bot, chat, parameters, photo=photo_sizes(parameters["photo"]))


def _send_location(bot: FakeBot, parameters: Parameters) -> Any:
    chat = bot.writable(parameters["chat_id"])
    return _message(bot, chat, parameters, location=_location(parameters))


def _send_venue(bot: FakeBot, parameters: Parameters) -> Any:
    chat = bot.writable(parameters["chat_id"])
    venue = {key: parameters[key] for key in ("title", "address")}
    return _message(
        bot, chat, parameters, venue={"location": _location(parameters), **venue},
        location=_location(parameters),
    )  # fmt: skip


def _location(parameters: Parameters) -> dict[str, float]:
    place = {key: float(parameters[key]) for key in ("latitude", "longitude")}
    if abs(place["latitude"]) > 90 or abs(place["longitude"]) > 180:
        raise bad_request("wrong coordinates")
    return place


def _edited(bot: FakeBot, parameters: Parameters) -> tuple[Chat, dict[str, Any]]:
    chat = bot.writable(parameters.get("chat_id"))
    message = chat.messages.get(parameters.get("message_id", 0))
    if message is None:
        raise bad_request("message to edit not found")
    return chat, message


def _edit_text(bot: FakeBot, parameters: Parameters) -> Any:
    if "text" not in parameters:
        raise bad_request("message text is empty")
    if "text" not in _edited(bot, parameters)[1]:
        raise bad_request("there is no text in the message to edit")
    return _edit(bot, parameters, ("text", "entities", "reply_markup"))


def _edit_caption(bot: FakeBot, parameters: Parameters) -> Any:
    if not {"photo", "document"} & set(_edited(bot, parameters)[1]):
        raise bad_request("there is no caption in the message to edit")
    return _edit(bot, parameters, ("caption", "caption_entities", "reply_markup"))


def _edit_markup(bot: FakeBot, parameters: Parameters) -> Any:
    return _edit(bot, parameters, ("reply_markup",))


def _edit(bot: FakeBot, parameters: Parameters, names: tuple[str, ...]) -> Any:
    chat, message = _edited(bot, parameters)
    if "inline_keyboard" not in parameters.get("reply_markup", {"inline_keyboard": []}):
        raise bad_request("inline keyboard expected")
    if "inline_keyboard" not in message.get("reply_markup", {"inline_keyboard": []}):
        raise bad_request("message can't be edited")
    wanted = {name: parameters[name] for name in names if name in parameters}
    empty: Parameters = {
        "entities": [],
        "caption_entities": [],
        "reply_markup": {"inline_keyboard": []},
    }
    if all(wanted.get(n, empty.get(n)) == message.get(n, empty.get(n)) for n in names):
        raise bad_request(NOT_MODIFIED)
    for name in names:
        message.pop(name, None)
    message |= {**wanted, "edit_date": int(bot.clock())}
    chat.show(message["message_id"])
    return message


def _delete_message(bot: FakeBot, parameters: Parameters) -> Any:
    chat = bot.writable(parameters["chat_id"])
    if chat.messages.pop(parameters["message_id"], None) is None:
        raise bad_request("message to delete not found")
    return True


def _answer_callback(bot: FakeBot, parameters: Parameters) -> Any:
    try:
        bot.open_callbacks.remove(parameters["callback_query_id"])
    except KeyError:
        raise bad_request(
            "query is too old and response timeout expired or query ID is invalid"
        ) from None
    return True


def _answer_inline(bot: FakeBot, parameters: Parameters) -> Any:
    if parameters["inline_query_id"] not in bot.open_queries:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    results = parameters["results"]
    if len(results) > 50 or len({one["id"] for one in results}) < len(results):
        raise bad_request("RESULTS_TOO_MUCH")
    if any(not 1 <= len(one["id"].encode()) <= 64 for one in results):
        raise bad_request("RESULT_ID_INVALID")
    for one in results:
        content = {"text": one["input_message_content"]["message_text"]}
        content |= {"entities": one["input_message_content"].get("entities", [])}
        check("sendMessage", {"chat_id": 1, "reply_markup": one["reply_markup"], **content})
    bot.open_queries.discard(parameters["inline_query_id"])
    return True


def _chat_action(bot: FakeBot, parameters: Parameters) -> Any:
    bot.writable(parameters["chat_id"])
    return True


def _set_webhook(bot: FakeBot, parameters: Parameters) -> Any:
    if "allowed_updates" in parameters:
        bot.updates.allow(parameters["allowed_updates"])
    _drop_pending(bot, parameters)
    bot.webhook.set(
        parameters["url"],
        parameters.get("secret_token", ""),
        parameters.get("max_connections", 40),
    )
    return True


def _delete_webhook(bot: FakeBot, parameters: Parameters) -> Any:
    _drop_pending(bot, parameters)
    bot.webhook.stop()
    return True


def _drop_pending(bot: FakeBot, parameters: Parameters) -> None:
    if parameters.get("drop_pending_updates"):
        for update in bot.updates.pending():
            bot.updates.confirm(update["update_id"])


def _webhook_info(bot: FakeBot, _: Parameters) -> Any:
    failed = {"last_error_date": int(bot.clock()), "last_error_message": bot.webhook.last_error}
    return {
        **(failed if bot.webhook.last_error else {}),
        "url": bot.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(bot.updates.pending()),
        "allowed_updates": sorted(bot.updates.allowed),
    }


def _setting(method: str) -> Callable[[FakeBot, Parameters], Any]:
    def remember(bot: FakeBot, parameters: Parameters) -> Any:
        bot.settings[method, parameters.get("language_code", "")] = parameters
        return True

    return remember


def _get_me(bot: FakeBot, _: Parameters) -> Any:
    return bot.as_json()


def _yes(_bot: FakeBot, _parameters: Parameters) -> Any:
    return True


SETTINGS = (
    "setMyCommands", "deleteMyCommands", "setMyName", "setMyDescription",
    "setMyShortDescription", "setChatMenuButton",
)  # fmt: skip

METHODS: Mapping[str, Callable[[FakeBot, Parameters], Any]] = {
    "getMe": _get_me,
    "logOut": _yes,
    "close": _yes,
    "sendMessage": _send_message,
    "sendDocument": _send_file("document"),
    "sendPhoto": _send_photo,
    "sendLocation": _send_location,
    "sendVenue": _send_venue,
    "sendChatAction": _chat_action,
    "editMessageText": _edit_text,
    "editMessageCaption": _edit_caption,
    "editMessageReplyMarkup": _edit_markup,
    "deleteMessage": _delete_message,
    "answerCallbackQuery": _answer_callback,
    "answerInlineQuery": _answer_inline,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _webhook_info,
    **{method: _setting(method) for method in SETTINGS},
}


async def get_updates(bot: FakeBot, parameters: Parameters) -> Any:
    """Answer getUpdates, waiting for updates as long as asked.

    Raises:
        ApiError: 409 while a webhook is set, or if a newer call takes over.
    """
    if bot.webhook.url:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    if "allowed_updates" in parameters:
        bot.updates.allow(parameters["allowed_updates"])
    limit = min(max(parameters.get("limit", 100), 1), 100)
    return await bot.updates.fetch(parameters.get("offset", 0), limit, parameters.get("timeout", 0))
