"""Signing what people were awarded, beside the chat: in a process of its own, a few at a time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog

from bot.badges.addresses import Addresses
from bot.badges.document import achievement_document, credential_document, endorsement_document
from bot.badges.held import Claim, ListJob, PublishedAchievement, SignedBadge, SigningJob
from bot.badges.planning import About, Planner
from bot.badges.records import (
    Achievement,
    Award,
    Endorsement,
    Issuer,
    Json,
    Signed,
    StatusEntry,
)
from bot.pictures.badge import BadgeArt
from bot.work.background import giving_way
from bot.work.confirming import give
from bot.work.sideprocess import SideProcess, SideProcessFailed
from content.badges import BadgePlan
from content.load import Content
from content.words import TextValue
from storage import Database, Unit

AT_ONCE = 8
REST = 0.3
"""Seconds between two such lots, so that some 12 badges a second are signed at most."""
LEASE = timedelta(minutes=5)
SIGN_LISTS_EVERY = timedelta(hours=20)
"""A list is good for a week; daily, and a little more often, so that no day is missed."""
MOST_KEPT = 64
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Result:
    """A badge that was signed, and its achievement in every language."""

    badge: SignedBadge
    published: tuple[PublishedAchievement, ...]


class Awards:
    """Signs badges and lists that wait for it.

    Args:
        database: Where they wait.
        content: Gives the content in use.
        addresses: Of everything that badges name.
        signer: The process with the keys.
        clock: Where the time comes from.
    """

    def __init__(
        self,
        database: Database,
        content: Callable[[], Content],
        addresses: Addresses,
        signer: SideProcess,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._content = content
        self._addresses = addresses
        self._signer = signer
        self._clock = clock
        self._planned: dict[str, dict[str, Achievement]] = {}
        self._known: list[PublishedAchievement] = []

    async def sign_due(self) -> int:
        """Sign every badge and list that waits; return how many badges were signed."""
        with giving_way():
            return await self._sign_all()

    async def _sign_all(self) -> int:
        signed = 0
        await self._hand_out()
        await self._sign_lists()
        if not await self._database.read(lambda unit: unit.badges.is_waiting()):
            return 0
        while jobs := await self._database.write(
            lambda unit: unit.badges.claim(AT_ONCE, unit.now + LEASE)
        ):
            await self._sign_lists()
            signed += await self._sign_some(jobs)
            if len(jobs) == AT_ONCE:
                # The chat has the database to itself most of the time.
                await asyncio.sleep(REST)
        return signed

    async def _sign_some(self, jobs: Sequence[SigningJob]) -> int:
        """Sign a few badges and store them together; return how many there were."""
        done = [one for job in jobs if (one := await self._sign(job)) is not None]
        new = [one for result in done for one in result.published if one not in self._known]
        await self._database.write(partial(_store, [one.badge for one in done], new))
        self._known.extend(new)
        del self._known[:-MOST_KEPT]
        return len(done)

    async def _hand_out(self) -> None:
        """Give the badges of approved claims, a few in each unit: a class may be large."""
        content = self._content()
        while claims := await self._database.read(lambda unit: unit.class_codes.list_due(AT_ONCE)):
            await self._database.write(partial(_give_all, content, claims))

    async def _sign_lists(self) -> None:
        before = self._clock() - SIGN_LISTS_EVERY
        read_at = self._clock()
        for job in await self._database.read(lambda unit: unit.status_lists.list_due(before)):
            await self._sign_list(job, read_at)

    async def _sign_list(self, job: ListJob, read_at: datetime) -> None:
        question = {
            "do": "list",
            "issuer": job.city,
            "address": self._addresses.status_list(job.city, job.number),
            "revoked": job.revoked,
            "now": self._clock().isoformat(),
        }
        told = await self._signer.ask(question)
        if "document" not in told:
            log.error("badges.list_not_signed", city=job.city, problem=_problem(told))
            return
        document = told["document"].encode()
        await self._database.write(
            lambda unit: unit.status_lists.store(job.city, job.number, document, read_at)
        )

    async def _sign(self, job: SigningJob) -> _Result | None:
        """Sign one badge; one that cannot be is tried again later and then set aside."""
        content = self._content()
        plan, city = content.badges.get(job.plan), content.cities.get(job.city)
        if plan is None or city is None:
            await self._fail(job, "its plan or its city is not in content", is_final=True)
            return None
        planner = Planner(content, self._addresses, city)
        try:
            languages = self._achievements(content, planner, plan, job)
        except KeyError:
            await self._fail(job, "it stands for what no framework has", is_final=True)
            return None
        achievement = languages.get(job.language) or next(iter(languages.values()))
        try:
            told = await self._signer.ask(self._question(job, planner.issuer, achievement))
        except SideProcessFailed as error:
            await self._fail(job, str(error))
            return None
        if "document" not in told:
            await self._fail(job, _problem(told), is_final="refused" in told)
            return None
        badge = SignedBadge(
            id=job.id,
            signed=Signed(told["document"].encode(), told["jws"], told["keys"]),
            achievement=achievement.key,
            version=achievement.version,
            language=achievement.language,
            is_sample=self._is_sample,
        )
        published = tuple(
            _published(content, plan, job, one, planner.issuer, is_sample=self._is_sample)
            for one in languages.values()
        )
        return _Result(badge, published)

    @property
    def _is_sample(self) -> bool:
        return not self._addresses.is_public

    def _achievements(
        self, content: Content, planner: Planner, plan: BadgePlan, job: SigningJob
    ) -> dict[str, Achievement]:
        """Return an achievement in its languages; a class of people shares one."""
        key = f"{content.version} {job.city} {plan.id} {json.dumps(job.about.to_json())}"
        found = self._planned.get(key)
        if found is None:
            if len(self._planned) >= MOST_KEPT:
                self._planned.clear()
            found = self._planned[key] = planner.achievements(plan, job.about)
        return found

    def _question(self, job: SigningJob, issuer: Issuer, achievement: Achievement) -> Json:
        now = self._clock()
        address = self._addresses.credential(job.token)
        award = Award(
            id=address,
            issuer=issuer,
            achievement=achievement,
            subject=job.subject,
            status=StatusEntry(
                self._addresses.status_list(job.city, job.list_number), job.list_index
            ),
            valid_from=now,
            awarded_at=job.awarded_at,
            valid_until=job.valid_until,
            email=job.email,
            evidence=job.evidence,
            is_sample=self._is_sample,
        )
        return {
            "do": "issue",
            "issuer": job.city,
            "document": credential_document(award),
            "endorsements": [self._endorsement(job, address, one) for one in job.endorsers],
            "now": now.isoformat(),
        }

    def _endorsement(self, job: SigningJob, address: str, one: Any) -> Json:
        did = self._addresses.endorser_did(one.id)
        endorsement = Endorsement(
            # Its own and always the same, also when the badge is signed again.
            id=f"{self._addresses.endorser(one.id)}#{job.token}",
            endorser=Issuer(did, one.called),
            about=address,
            comment=one.comment,
            at=one.at,
        )
        return {"did": did, "document": endorsement_document(endorsement)}

    async def _fail(self, job: SigningJob, problem: str, *, is_final: bool = False) -> None:
        log.error("badges.not_signed", badge=job.id, plan=job.plan, problem=problem)
        await self._database.write(
            lambda unit: unit.badges.fail(job.id, problem, is_final=is_final)
        )


def _give_all(content: Content, claims: list[Claim], unit: Unit) -> None:
    for claim in claims:
        give(unit, content, claim)


def _store(
    badges: Sequence[SignedBadge], published: Sequence[PublishedAchievement], unit: Unit
) -> None:
    for one in published:
        unit.achievements.publish(one)
    unit.badges.store(badges)


def _published(
    content: Content,
    plan: BadgePlan,
    job: SigningJob,
    achievement: Achievement,
    issuer: Issuer,
    *,
    is_sample: bool,
) -> PublishedAchievement:
    sample = content.words.plain(TextValue("badge.sample"), achievement.language)
    art = BadgeArt(
        title=achievement.name,
        city=issuer.name,
        shape=plan.art.shape,
        sign=plan.art.sign,
        level=_level(job.about),
        sample=sample if is_sample else "",
    )
    return PublishedAchievement(
        job.city,
        achievement.key,
        achievement.version,
        achievement.language,
        plan.id,
        achievement_document(achievement, issuer),
        {**asdict(art), "accent": content.cities[job.city].accent.light},
    )


def _level(about: About) -> int:
    return max((one.level for one in about.stands), default=0)


def _problem(told: Mapping[str, Any]) -> str:
    return str(told.get("refused") or told.get("failed") or "no answer")
