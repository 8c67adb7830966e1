"""What the pages for campaigns and their runs need from the rest of the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.campaigns.audience import Problem, Rule, Vocabulary
from bot.campaigns.form import Slip
from bot.campaigns.records import Broadcast, Campaign, EmergencyStop, Plan, Version
from bot.campaigns.rows import Form
from bot.campaigns.schedule import Schedule
from bot.campaigns.staffing import Listed, Outlook, Results, Sender, Watched, Whole
from bot.conversation.messages import Message
from bot.pictures.photos import Photo

Keyboard = Callable[[Message], Sequence[Sequence[str]]]
"""Lays out the labels of a message's buttons in rows, as Telegram shows them."""


def one_a_row(message: Message) -> Sequence[Sequence[str]]:
    """Return each button in a row of its own."""
    return [[one.label] for one in message.choices]


class Campaigns(Protocol):
    """Writing, counting, deciding and launching; what is not somebody's is not there for them.

    Acts raise Refused with the id of the text that says why not, NotFound for what is not theirs,
    and Conflict where somebody else was quicker.
    """

    def templates(self) -> Sequence[tuple[str, str]]:
        """Return the shipped campaigns with the ids of their titles."""
        ...

    def languages(self, city: str) -> dict[str, str]:
        """Return the languages of a city's people, with their names."""
        ...

    def vocabulary(self, city: str) -> Vocabulary:
        """Return what may be said in a rule about a city's people."""
        ...

    def blank(self, city: str, template: str = "") -> dict[str, str]:
        """Return the fields of a new campaign. Raises NotFound: no such template."""
        ...

    def fields(self, city: str, plan: Plan, title: str) -> dict[str, str]:
        """Return the fields of a plan."""
        ...

    def rows(self, city: str, audience: str) -> dict[str, str]:
        """Return an audience as the fields of rows."""
        ...

    def said(self, city: str, schedule: Schedule) -> str:
        """Say when it goes out."""
        ...

    def read(self, city: str, form: Form, before: Plan | None) -> tuple[Plan, Sequence[Slip]]:
        """Read a form."""
        ...

    def faults(self, city: str, plan: Plan) -> Sequence[Slip]:
        """Return what has to be put right before it can go out."""
        ...

    def audience(self, city: str, typed: str) -> Rule | Problem:
        """Return an audience as it was understood."""
        ...

    def previews(self, city: str, plan: Plan, variant: str = "a") -> Mapping[str, Message]:
        """Return the message in each language that it has words in."""
        ...

    async def give_picture(self, who: Sender, city: str, body: bytes) -> str:
        """Take a picture in and return its name. Raises PictureRefused, NotFound."""
        ...

    async def picture(self, who: Sender, city: str, name: str) -> Photo | None:
        """Return a picture of a city that is theirs, or of a campaign that a city shares."""
        ...

    @property
    def may_pay(self) -> bool:
        """Whether campaigns may go out faster for Telegram's Stars here."""
        ...

    def needs_approval(self, city: str, plan: Plan, size: int) -> bool:
        """Tell whether so many are written to only with a second person's yes."""
        ...

    async def outlook(self, city: str, plan: Plan, campaign: str = "") -> Outlook | None:
        """Count whom it would reach now; None while its audience cannot be read."""
        ...

    async def list_of(self, cities: Sequence[str]) -> Sequence[Listed]:
        """Return the campaigns of some cities, the newest first."""
        ...

    async def find(self, who: Sender, campaign: str) -> Whole | None:
        """Return a campaign that is theirs to see."""
        ...

    async def add(self, who: Sender, city: str, title: str, plan: Plan, template: str) -> Campaign:
        """Begin a campaign."""
        ...

    async def edit(self, who: Sender, campaign: str, plan: Plan, seen: int, title: str) -> Version:
        """Keep a changed plan."""
        ...

    async def move(self, who: Sender, campaign: str, act: str) -> Campaign:
        """Do "submit", "withdraw", "unschedule" or "put_away"."""
        ...

    async def decide(
        self, who: Sender, campaign: str, *, is_given: bool, seen: int, reason: str
    ) -> Campaign:
        """Say yes or no to the version that was seen."""
        ...

    async def launch(
        self, who: Sender, campaign: str, seen: int, size: int
    ) -> Broadcast | Campaign:
        """Begin a run now, or switch the schedule on."""
        ...

    async def test(self, who: Sender, campaign: str, *, is_team: bool) -> Broadcast:
        """Send it to whoever asks, or to the city's team."""
        ...


class Runs(Protocol):
    """Runs watched and steered, and everything stopped at once. Acts raise as `Campaigns` does."""

    @property
    def stopped(self) -> EmergencyStop | None:
        """The stop that holds, as it was looked up last."""
        ...

    def end_of(self, city: str, size: int) -> datetime:
        """Return when so many would have been written to, if it began now."""
        ...

    async def list_open(self, cities: Sequence[str]) -> Sequence[Watched]:
        """Return what is being sent in some cities."""
        ...

    async def find(self, who: Sender, broadcast: str) -> Watched | None:
        """Return a run that is theirs to see."""
        ...

    async def results(self, who: Sender, broadcast: str) -> Results:
        """Return what came of a run."""
        ...

    async def steer(self, who: Sender, broadcast: str, act: str) -> Broadcast:
        """Do "pause", "resume" or "cancel"."""
        ...

    async def settle(
        self, who: Sender, broadcast: str, numbers: Sequence[int] | None, *, is_resent: bool
    ) -> int:
        """Send some that are in doubt once more, or let them be; None for all of them."""
        ...

    async def stop(self, who: Sender, city: str, reason: str) -> None:
        """Stop all that goes out."""
        ...

    async def go_on(self, who: Sender, city: str) -> None:
        """Let messages go out again."""
        ...
