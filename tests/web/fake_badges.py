"""Badges in memory: what a page shows of them is real, their signatures are not."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.badges.addresses import Addresses
from bot.badges.did import PublicPair, PublicRing
from bot.badges.document import achievement_document, credential_document, dump
from bot.badges.held import HeldBadge, PublishedAchievement
from bot.badges.records import (
    Achievement,
    Alignment,
    Award,
    Evidence,
    Issuer,
    Json,
    Reason,
    StatusEntry,
)
from bot.badges.verify.steps import Judgement, Step, shown_of
from bot.cv.contents import Contents
from bot.web.badge_port import Absent, FoundBadge, Hosted

SHOWN, HIDDEN, REVOKED = "S" * 22, "H" * 22, "R" * 22
CITY, KEY = "manchester", "check.digcomp3.1.2"
ACHIEVEMENT = f"/issuers/{CITY}/achievements/{KEY}/1/en"


@dataclass
class FakeBadges:
    """Three badges of one person, who holds any chat."""

    base: str
    now: datetime
    is_public: bool = False

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.base)

    async def ring(self, issuer: str) -> PublicRing | None:
        pair = PublicPair("2026-1", "z6Mk", "n", "AQAB")
        known = issuer in {CITY, "host"}
        return PublicRing(self.addresses.did(issuer), (pair,)) if known else None

    async def endorser(self, token: str) -> PublicRing:
        return PublicRing(self.addresses.endorser_did(token), ())

    async def status_list(self, city: str, number: int) -> bytes | None:
        return b"{}" if (city, number) == (CITY, 1) else None

    async def achievement(
        self, city: str, key: str, version: str, language: str
    ) -> PublishedAchievement | None:
        known = (city, key, version, language) == (CITY, KEY, "1", "en")
        return self._published() if known else None

    async def at(self, token: str, address: str) -> FoundBadge | Absent:
        if token not in {SHOWN, HIDDEN, REVOKED} or (token == HIDDEN and not address):
            return Absent()
        held = HeldBadge(
            id=token,
            city=CITY,
            person="p",
            token=token,
            plan="skills-check",
            about="digcomp3.1.2",
            state="ready",
            awarded_at=self.now,
            document=dump(self._document(token)),
            jws="e.e.e",
            is_sample=True,
            is_shown=token != HIDDEN,
            shown_as="Ada Lovelace" if token == SHOWN else "",
        )
        if token == REVOKED:
            held = replace(held, revoked_at=self.now, reason="badges.not_offered")
        return FoundBadge(held, self._published(), is_own=bool(address))

    async def hosted(self, token: str) -> Hosted | Absent:
        return Absent()

    async def record(self, contents: Contents) -> bytes | None:
        """Return what the real one signs, unsigned."""
        known = [one.held.document.decode() for one in contents.badges]
        return f"[{','.join(known)}]".encode() if contents.cv.is_on and known else None

    async def judge(self, data: bytes) -> Judgement:
        """Judge by what was pasted: "badge", "changed"; all else is none."""
        if data == b"badge":
            steps = ("file.json", "format.embedded", "schema.good", "proof.good", "time.always")
            shown = shown_of(self._document(SHOWN))
            return Judgement("good", tuple(_step(one, "good") for one in steps), shown)
        if data == b"changed":
            found = (_step("file.json", "good"), _step("proof.changed", "bad"))
            return Judgement("changed", (*found, _step("status.unreachable", "unknown")))
        return Judgement("not_a_badge", (_step("format.no_credential", "bad"),))

    async def fetch(self, link: str) -> bytes | None:
        return b"badge" if link == self.addresses.credential(SHOWN) else None

    @property
    def _issuer(self) -> Issuer:
        address = self.addresses.issuer(CITY)
        return Issuer(self.addresses.did(CITY), "Manchester, City of Lifelong Learning", address)

    def _published(self) -> PublishedAchievement:
        art = {
            "title": "Information: Intermediate",
            "city": "Manchester",
            "shape": "circle",
            "sign": "steps",
            "level": 2,
            "sample": "Sample",
            "accent": "#1d5c4d",
        }
        document = achievement_document(self._achievement(), self._issuer)
        return PublishedAchievement(CITY, KEY, "1", "en", "skills-check", document, art)

    def _achievement(self) -> Achievement:
        address = self.addresses.achievement(CITY, KEY, "1", "en")
        return Achievement(
            id=address,
            key=KEY,
            version="1",
            language="en",
            kind="Assessment",
            name="Information and data: Intermediate",
            description="The holder told us in a skills check what they can do in this area.",
            criteria="Answer the skills check, and come out at Intermediate or higher.",
            image=self.addresses.picture(address),
            caption="A round badge with two of four steps filled. It is self-declared.",
            alignments=(
                Alignment(
                    "digcomp3",
                    "1.1",
                    2,
                    "Browsing, searching and filtering information: Intermediate",
                    "DigComp 3.0",
                    "https://data.europa.eu/doi/10.2760/0001149",
                    "You do everyday things on your own.",
                ),
            ),
            tags=(),
            others=(),
        )

    def _document(self, token: str) -> Json:
        document: Json = credential_document(
            Award(
                id=self.addresses.credential(token),
                issuer=self._issuer,
                achievement=self._achievement(),
                subject="urn:uuid:1f2d3c4b-0000-4000-8000-000000000001",
                status=StatusEntry(self.addresses.status_list(CITY, 1), 7),
                valid_from=self.now,
                awarded_at=self.now,
                valid_until=self.now + timedelta(days=730),
                evidence=(Evidence("", "In the holder's own words", "I keep the club's lists."),),
            )
        )
        return json.loads(json.dumps(document))  # type: ignore[no-any-return]


def _step(text: str, outcome: str) -> Step:
    name = text.partition(".")[0]
    return Step(name, outcome, Reason(f"verify.{text}"))  # type: ignore[arg-type]
