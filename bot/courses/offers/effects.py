"""What a provider can have done with an offer. Applied by the turn that asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BeginOffer:
    """Keep a new draft.

    Args:
        provider: The name of the organisation; only staff may name any.
        form: What was told, by the field of the form.
    """

    provider: str
    form: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangeOffer:
    """Tell one part of an offer anew; the form holds the fields of that part alone."""

    offer: str
    part: str
    form: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SendOffer:
    """Send the draft to the city's staff."""

    offer: str


@dataclass(frozen=True, slots=True)
class TakeOfferBack:
    """Make a draft again of what was sent."""

    offer: str


@dataclass(frozen=True, slots=True)
class WithdrawOffer:
    """Let residents find it no longer."""

    offer: str


@dataclass(frozen=True, slots=True)
class RestoreOffer:
    """Let residents find again what was withdrawn."""

    offer: str


@dataclass(frozen=True, slots=True)
class CopyOffer:
    """Begin a new draft that says the same, without its dates."""

    offer: str


@dataclass(frozen=True, slots=True)
class DropOfferDraft:
    """Throw the draft away; what was published stays."""

    offer: str


@dataclass(frozen=True, slots=True)
class PublishOffer:
    """Let residents find what was sent; staff only. `number` is the version that they saw."""

    offer: str
    number: int


@dataclass(frozen=True, slots=True)
class DeclineOffer:
    """Send it back with a reason; staff only. The reason is a text id or somebody's words."""

    offer: str
    number: int
    reason: str
