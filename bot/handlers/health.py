"""How the connection to Telegram fares."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

SILENT_AFTER: Final = 120.0
"""Seconds without a successful poll after which the connection counts as lost."""


class TelegramHealth:
    """What the intake and the sender have seen last.

    Args:
        clock: Seconds that only go forward.

    Attributes:
        is_polling: Whether updates are fetched, rather than delivered to the webhook.
        is_connected: Whether the start succeeded.
        is_token_refused: Whether the Bot API refuses the token.
        is_contested: Whether another program fetches updates with the same token.
        delivery_error: What Telegram last said of deliveries that fail, "" if they succeed.
        skipped: Updates that could not be read.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock()
        self.is_polling = False
        self.is_connected = False
        self.is_token_refused = False
        self.is_contested = False
        self.delivery_error = ""
        self.skipped = 0

    def polled(self) -> None:
        """Remember a successful poll."""
        self._since = self._clock()
        self.is_connected = True
        self.is_token_refused = self.is_contested = False

    def poll_age(self) -> float:
        """Seconds since the last successful poll, or since the start."""
        return self._clock() - self._since

    def problems(self) -> tuple[str, ...]:
        """What is wrong, in plain words for whoever runs the bot; empty if nothing is."""
        found = []
        if self.is_token_refused:
            found.append("Telegram refuses the token: set BOT_TELEGRAM_TOKEN to a valid one.")
        if self.is_contested:
            found.append(
                "Another program fetches this bot's messages: stop it, or revoke the token."
            )
        if not self.is_connected:
            found.append("Telegram has not been reached yet.")
        elif self.is_polling and self.poll_age() > SILENT_AFTER:
            found.append(f"Telegram has not answered for {self.poll_age():.0f} seconds.")
        if self.delivery_error:
            found.append(f"Telegram cannot deliver to the webhook: {self.delivery_error}")
        return tuple(found)
