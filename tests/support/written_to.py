"""Messages from the city kept in memory, with the real looks and effects over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import bot.work.effects.campaigns as effects
import bot.work.reads.campaigns as reads
from bot.campaigns.content import Button, CampaignContent, Wording
from bot.campaigns.digest import digest
from bot.campaigns.records import Delivery, Plan, Pledge, Version
from bot.campaigns.schedule import Schedule
from bot.people import AgeBand, Person, Purpose
from bot.people.consent import Consent
from tests.support.noted import TraitsInMemory
from tests.support.told_skills import PERSON, shipped

AT = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
RUN = "0199feedfacefeedfacefeedfacefeed"
BUTTONS = (
    Button("find", "open", "find_excel"),
    Button("skills", "open", "skills"),
    Button("route", "open", "route_keeping-safe"),
    Button("site", "link", "https://city.example/festival"),
    Button("pledge", "pledge"),
    Button("yes", "poll"),
    Button("no", "poll"),
    Button("badge", "badge", "champion"),
)
LABELS = {
    "find": "Find Excel",
    "skills": "Check my skills",
    "route": "See the route",
    "site": "The programme",
    "pledge": "Make my pledge",
    "yes": "Yes, I will come",
    "no": "Not this time",
    "badge": "Help others",
}
PLAN = Plan(
    kind="campaign",
    topic=Purpose.NEWS,
    content=CampaignContent(
        {"en": Wording("**Festival of Learning**\n\nCome and try something new.", LABELS)}, BUTTONS
    ),
    audience="everyone",
    schedule=Schedule(),
)


class _People:
    def __init__(self) -> None:
        self.decided: dict[Any, Consent] = {}

    def consents(self, person: str) -> dict[Any, Consent]:
        return dict(self.decided)

    def record_consent(self, person: str, purpose: Purpose, *told: Any) -> None:
        is_given, channel, version = told
        self.decided[purpose, channel] = Consent(purpose, channel, is_given, version, AT)


class _Acts:
    def __init__(self, runs: set[str]) -> None:
        self.done: list[tuple[str, str, str]] = []
        self.promise = ""
        self._runs = runs

    def record(
        self, broadcast: str, person: str, kind: str, part: str = "", said: str = ""
    ) -> bool:
        if broadcast not in self._runs:
            return False
        self.done.append((kind, part, said))
        return True

    def pledge(self, person: str, city: str, words: str) -> None:
        self.promise = words

    def pledge_of(self, person: str) -> Pledge | None:
        return Pledge(person, "", "manchester", self.promise, AT) if self.promise else None

    def take_back_pledge(self, person: str) -> bool:
        self.promise = ""
        return True


class WrittenTo:
    """The looks and effects of messages from the city for one person of a scripted chat."""

    def __init__(self) -> None:
        self.people, self.traits = _People(), TraitsInMemory()
        self.runs: set[str] = set()
        self.acts = _Acts(self.runs)
        self.plan = PLAN
        self.age: AgeBand | None = None

    def write(self) -> None:
        """Let the city write to the person."""
        self.runs.add(RUN)

    def turn_on(self, *topics: Purpose) -> None:
        """Let the person agree to topics."""
        for topic in topics:
            self.people.record_consent(PERSON, topic, True, "test", "v1")

    def on(self) -> list[str]:
        """The topics that are on."""
        return effects.topics_on(self.context)

    @property
    def context(self) -> Any:
        """The turn."""
        runs = SimpleNamespace(
            latest_of=lambda person, limit: [self._delivery(one) for one in self.runs],
            delivery=lambda run, number: (
                self._delivery(run) if run in self.runs and number == 1 else None
            ),
            find=lambda run: SimpleNamespace(campaign="festival", number=1),
            newest_said=lambda person: next(iter(self.runs), ""),
        )
        version = Version("festival", 1, self.plan, digest(self.plan), "somebody", AT)
        return SimpleNamespace(
            person=replace(Person(PERSON, "manchester"), age_band=self.age),
            city="manchester",
            language="en",
            channel="test",
            now=AT.astimezone(ZoneInfo("Europe/London")),
            content=shipped(),
            catalogue=SimpleNamespace(index=lambda city: None),
            unit=SimpleNamespace(
                people=self.people,
                traits=self.traits,
                broadcasts=runs,
                campaigns=SimpleNamespace(version=lambda campaign, number: version),
                campaign_acts=self.acts,
                outbox=SimpleNamespace(cancel_for_person=lambda person, lane: 0),
            ),
        )

    def looks(self) -> dict[str, Callable[..., Any]]:
        """The real looks."""
        found = (
            *(reads.topics, reads.campaign_button, reads.recent_messages),
            *(reads.message_buttons, reads.message_words, reads.my_pledge),
        )
        return {one.__name__: self._bound(one) for one in found}

    def effects(self) -> dict[str, Callable[[Any], Any]]:
        """What applies the effects."""
        found: dict[str, Any] = {
            "SetTopic": effects.set_topic,
            "StopCampaigns": effects.stop_campaigns,
            "NoteInterest": effects.note_interest,
            "SetInterests": effects.set_interests,
            "ActOnMessage": effects.act_on_message,
            "KeepPledge": effects.keep_pledge,
            "PutPledgeBack": effects.put_pledge_back,
        }
        applied = {name: self._bound(one) for name, one in found.items()}
        return {**applied, "SetAgeBand": self._grow}

    def _grow(self, effect: Any) -> str | None:
        before, self.age = self.age, AgeBand(effect.band)
        return before

    def _bound(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *args: function(self.context, *args)

    @staticmethod
    def _delivery(run: str) -> Delivery:
        return Delivery(
            run, 1, "festival", "manchester", PERSON, "consent", "sent", AT, AT, settled_at=AT
        )
