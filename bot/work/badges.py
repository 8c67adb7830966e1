"""Everything about badges that runs beside the chat, put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.badges.addresses import Addresses
from bot.errors import ImportRefused
from bot.work.awarding import Awards
from bot.work.fetching import Fetched, Fetcher
from bot.work.learning_records import LearningRecords
from bot.work.sideprocess import SideProcess
from bot.work.verifying import Fetch, IssuerPages, Verifying
from content.load import Content
from storage import Database

KEYS = "keys"
"""The folder below `var` in which the keys are."""
PROCESS = "bot.badges.process"
SIGNING_SECONDS, JUDGING_SECONDS = 120.0, 20.0
MOST_FETCHED = 1024 * 1024
FETCH_SECONDS = 10


@dataclass(frozen=True, slots=True)
class BadgeWorks:
    """What the rest of the program asks about badges.

    Attributes:
        addresses: Of everything that badges name.
        awards: Signs what waits.
        pages: What we publish about issuers' keys.
        verifying: Judges badges for anybody.
        records: Signs the badges of a CV together.
        processes: Those beside ours, to be closed at the end.
        fetch: Fetches what others publish.
    """

    addresses: Addresses
    awards: Awards
    pages: IssuerPages
    verifying: Verifying
    records: LearningRecords
    processes: tuple[SideProcess, ...]
    fetch: Fetch

    async def close(self) -> None:
        """End the processes beside ours."""
        for process in self.processes:
            await process.close()


def badge_works(
    database: Database,
    content: Callable[[], Content],
    keys: Path,
    base: str,
    clock: Callable[[], datetime],
) -> BadgeWorks:
    """Put it together; nothing is started before it is needed.

    Args:
        keys: The folder of the keys.
        base: BOT_PUBLIC_URL, without a slash at its end.
    """
    addresses = Addresses(base)
    place = (str(keys), base)
    signer = SideProcess("signing", PROCESS, ("sign", *place), seconds=SIGNING_SECONDS)
    judges = SideProcess("judging", PROCESS, ("judge", *place), seconds=JUDGING_SECONDS)
    pages = IssuerPages(addresses, keys, signer, clock, lambda: frozenset(content().cities))
    return BadgeWorks(
        addresses,
        Awards(database, content, addresses, signer, clock),
        pages,
        Verifying(database, addresses, pages, judges, fetch_published, clock),
        LearningRecords(signer, addresses, content, clock),
        (signer, judges),
        fetch_published,
    )


async def fetch_published(address: str) -> bytes | None:
    """Return what others publish at an https address of the open internet, at most 1 MB."""
    fetcher = Fetcher((), any_host=True, most_bytes=MOST_FETCHED, seconds=FETCH_SECONDS)
    try:
        fetched = await fetcher.fetch(address)
    except ImportRefused:
        return None
    if not isinstance(fetched, Fetched):
        return None
    try:
        return fetched.path.read_bytes()
    finally:
        fetched.path.unlink(missing_ok=True)
