"""Where a person may be reminded: by what they decided and where they can be reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from bot.people import Contact, Purpose
from bot.people.consent import Consent, ConsentKey

SILENT = frozenset({"web"})
"""Channels on which nothing rings: what is sent there waits for the next visit."""


def may_remind(consents: Mapping[ConsentKey, Consent], channel: str) -> bool:
    """Tell whether reminders may be sent on a channel.

    They are part of what a person asked for, so nothing has to be signed first. A refusal on any
    channel stops them on all, until the person asks for them again on this one.
    """
    decisions = [one for key, one in consents.items() if key[0] is Purpose.REMINDERS]
    heard = [one for one in decisions if one.channel == channel or not one.is_given]
    newest = max(heard, key=lambda one: one.at, default=None)
    return newest is None or newest.is_given


def has_refused(consents: Mapping[ConsentKey, Consent], channels: Collection[str]) -> bool:
    """Tell whether reminders are stopped on every channel that a person has."""
    return bool(channels) and not any(may_remind(consents, one) for one in channels)


def best_contact(
    contacts: Sequence[Contact], consents: Mapping[ConsentKey, Consent], channel: str
) -> Contact | None:
    """Return where to send a reminder; None where there is no such place.

    Where it was asked for, if that can ring; else wherever something can; else where it was asked
    for after all.
    """
    open_ones = [one for one in contacts if one.is_reachable and may_remind(consents, one.channel)]
    order = sorted(
        open_ones, key=lambda one: (one.channel in SILENT, one.channel != channel, one.chat)
    )
    return order[0] if order else None
