"""What the pages for providers' offers need from the rest of the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from bot.courses.offers import Fault, Form, Offer, Told, Version
from bot.courses.phrases import Phrase
from bot.courses.records import Course
from bot.errors import NotFound, Refused
from bot.people import Teacher


@dataclass(frozen=True, slots=True)
class ReadOffer:
    """A form as it was read.

    Attributes:
        faults: What could not be read; that much is left out of `told`.
        missing: What has to be told before it can be sent.
        skills: Codes of the skills that may be confirmed, by the words of the form.
    """

    told: Told
    faults: tuple[Fault, ...] = ()
    missing: tuple[Fault, ...] = ()
    skills: Mapping[str, int] = field(default_factory=dict)


class Seen(Protocol):
    """What a course reaches."""

    @property
    def views(self) -> int:
        """How often it was looked at lately."""
        ...

    @property
    def saves(self) -> int:
        """How many people saved it."""
        ...

    @property
    def badges(self) -> int:
        """How many badges it gave."""
        ...


@dataclass(frozen=True, slots=True)
class Wished:
    """What several people looked for and did not find."""

    words: str
    count: int


Reached: TypeAlias = "tuple[Sequence[tuple[Course, Seen]], Sequence[Wished]]"
"""Courses with what they reach, and wishes near to them."""


class OfferDesk(Protocol):
    """Offers, and what may be done with them; what is not somebody's is not there for them."""

    async def list_of(self, who: Teacher, cities: Sequence[str]) -> Sequence[Offer]:
        """Return the offers in these cities that are theirs to change, the newest change first."""
        ...

    async def list_waiting(self, who: Teacher, cities: Sequence[str]) -> Sequence[Offer]:
        """Return what waits in the cities in which they decide, the longest waiting first."""
        ...

    async def find(self, who: Teacher, offer: str) -> Offer | None:
        """Return an offer that is theirs to change."""
        ...

    async def list_versions(self, offer: Offer) -> Sequence[Version]:
        """Return everything of an offer that was sent, the newest first."""
        ...

    async def checks(self, offer: Offer) -> Sequence[Phrase]:
        """Return what staff had better look at before they publish."""
        ...

    def read(self, city: str, form: Form, before: Told) -> ReadOffer:
        """Read a form, filled in for a city."""
        ...

    async def begin(self, who: Teacher, city: str, provider: str, told: Told) -> Offer:
        """Keep a new draft. Raises Refused: they do not speak for the provider."""
        ...

    async def write(self, who: Teacher, offer: str, told: Told, change: int) -> Offer:
        """Put what is told in the draft's place.

        Raises:
            NotFound: It is not theirs.
            Conflict: Somebody changed it since that change.
        """
        ...

    async def act(self, who: Teacher, offer: str, act: str) -> Offer | None:
        """Do "send", "take_back", "withdraw", "restore", "copy" or "drop"; return what is left.

        Raises:
            NotFound: It is not theirs, or there is no such act.
            Refused: As it stands that cannot be done; the text id says why.
        """
        ...

    async def decide(self, who: Teacher, offer: str, number: int, reason: str | None) -> Offer:
        """Publish a version, or send it back with a reason. Raises as `act`."""
        ...

    async def reach(self, who: Teacher, cities: Sequence[str]) -> Reached:
        """Return what the courses of their organisations reach, and unmet wishes near to them."""
        ...


class NoOfferDesk:
    """Knows no offer."""

    async def list_of(self, who: Teacher, cities: Sequence[str]) -> Sequence[Offer]:  # noqa: ARG002
        """Return nothing."""
        return ()

    async def list_waiting(self, who: Teacher, cities: Sequence[str]) -> Sequence[Offer]:  # noqa: ARG002
        """Return nothing."""
        return ()

    async def find(self, who: Teacher, offer: str) -> Offer | None:  # noqa: ARG002
        """Return nothing."""
        return None

    async def list_versions(self, offer: Offer) -> Sequence[Version]:  # noqa: ARG002
        """Return nothing."""
        return ()

    async def checks(self, offer: Offer) -> Sequence[Phrase]:  # noqa: ARG002
        """Return nothing."""
        return ()

    def read(self, city: str, form: Form, before: Told) -> ReadOffer:  # noqa: ARG002
        """Read nothing new."""
        return ReadOffer(before)

    async def begin(self, who: Teacher, city: str, provider: str, told: Told) -> Offer:  # noqa: ARG002
        """Keep nothing."""
        raise Refused("offers.not_yours")

    async def write(self, who: Teacher, offer: str, told: Told, change: int) -> Offer:  # noqa: ARG002
        """Keep nothing."""
        raise NotFound("There is no such offer.")

    async def act(self, who: Teacher, offer: str, act: str) -> Offer | None:  # noqa: ARG002
        """Do nothing."""
        raise NotFound("There is no such offer.")

    async def decide(self, who: Teacher, offer: str, number: int, reason: str | None) -> Offer:  # noqa: ARG002
        """Decide nothing."""
        raise NotFound("There is no such offer.")

    async def reach(self, who: Teacher, cities: Sequence[str]) -> Reached:  # noqa: ARG002
        """Return nothing."""
        return (), ()
