"""`python -m bot doctor`: what is configured, what is missing and how to mend it."""

from __future__ import annotations

import asyncio
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from bot.errors import BotError, SettingsError
from bot.people import AuditCheck
from bot.settings import Settings, load_settings
from content.accessibility import FILE as STATEMENT
from content.accessibility import Statement

LITTLE_SPACE = 500 * 1024 * 1024
TELEGRAM_PATIENCE = 5.0
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        level: "ok", "note" (works, but could be better) or "problem".
        what: What was found, in plain words.
        mend: What to do about it; empty where nothing is to be done.
    """

    level: Literal["ok", "note", "problem"]
    what: str
    mend: str = ""

    @property
    def is_problem(self) -> bool:
        """Whether the bot cannot do its work like this."""
        return self.level == "problem"

    def to_json(self) -> dict[str, str]:
        """Return it for scripts."""
        return {"level": self.level, "what": self.what, "mend": self.mend}

    def __str__(self) -> str:
        sign = {"ok": "ok      ", "note": "note    ", "problem": "PROBLEM "}[self.level]
        return f"{sign}{self.what}" + (f"\n        {self.mend}" if self.mend else "")


def examine(settings: Settings | None = None) -> list[Finding]:
    """Look at everything that the bot needs; nothing is changed.

    Args:
        settings: What to look at; None for those of the environment.
    """
    findings = [_python()]
    try:
        settings = settings or load_settings()
    except SettingsError as error:
        return [*findings, Finding("problem", f"Settings: {error}", "Mend .env or the variable.")]
    for look in (_database, _content, _published, _key, _space, _web, _telegram, _badges):
        findings.extend(_guarded(look, settings))
    return findings


def _guarded(look: Callable[[Settings], Iterator[Finding]], settings: Settings) -> list[Finding]:
    try:
        return list(look(settings))
    except BotError as error:
        return [Finding("problem", str(error))]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Finding("problem", f"Python {version}", "Use Python 3.11 or newer.")
    return Finding("ok", f"Python {version}")


def _database(settings: Settings) -> Iterator[Finding]:
    from bot.work.backups import check_whole, database_file
    from storage import Database

    if settings.database_url.startswith("sqlite"):
        path = database_file(settings.database_url)
        if not path.exists():
            yield Finding("note", f"Database: {path} does not exist yet", "`run` makes it.")
            return
        check_whole(path)
    database = Database.open(settings.database_url, is_alone=False)
    try:
        waiting, dead = database.read_now(
            lambda unit: (unit.inbox.count_waiting(), unit.inbox.list_dead_letters(100))
        )
        audit = database.read_now(lambda unit: unit.audit.verify())
        stop = database.read_now(lambda unit: unit.campaigns.stopped())
    finally:
        database.close()
    kind = settings.database_url.partition(":")[0]
    yield Finding("ok", f"Database: {kind}, whole and up to date; {waiting} messages wait")
    yield _audit(audit)
    if stop is not None:
        since = stop.at.strftime("%Y-%m-%d %H:%M UTC")
        mend = "When all is well again: python -m bot outbound resume"
        yield Finding("problem", f"All that goes out is stopped since {since}: {stop.reason}", mend)
    if dead:
        yield Finding("note", f"{len(dead)} messages could not be answered", "See the log for why.")


def _audit(audit: AuditCheck) -> Finding:
    if audit.is_whole:
        return Finding("ok", f"Audit log: whole; {audit.entries} entries")
    return Finding(
        "problem",
        f"Audit log: entry {audit.broken_at} was changed, or one before it is missing",
        "Keep this database as evidence, and compare it with your backups.",
    )


def _content(settings: Settings) -> Iterator[Finding]:
    from bot.loading import load_content

    content = load_content(settings)
    yield Finding(
        "ok", f"Content: {len(content.cities)} cities, {len(content.languages)} languages"
    )
    yield from _statement(content.accessibility)
    drafts = [one.name for one in content.languages.values() if one.is_draft]
    if drafts:
        yield Finding(
            "note",
            f"Draft translations: {', '.join(drafts)}",
            "Have a native speaker read them before you rely on them.",
        )


def _statement(statement: Statement) -> Iterator[Finding]:
    found = list(statement.overdue(datetime.now(UTC).date()))
    for one in found:
        mend = f"Look it over, and mend content/{STATEMENT}: the law asks for it once a year."
        yield Finding("note", f"Accessibility statement: it {one}", mend)
    if not found:
        yield Finding("ok", f"Accessibility statement: of {statement.reviewed}")


def _published(settings: Settings) -> Iterator[Finding]:
    """Say whether what staff published is what people get."""
    from functools import partial

    from bot.loading import load_content, load_folder
    from bot.work.backups import database_file
    from bot.work.publishing.publication import begin
    from bot.work.publishing.workshop import Workshop
    from storage import Database

    is_file = settings.database_url.startswith("sqlite")
    if is_file and not database_file(settings.database_url).exists():
        return
    database = Database.open(settings.database_url, is_alone=False)
    workshop = Workshop(settings.content_dir)
    try:
        if not database.read_now(lambda unit: unit.publications.newest()):
            return
        load, load_base = partial(load_folder, settings), partial(load_content, settings)
        start = begin(database, workshop, load, load_base)
    finally:
        workshop.clear()
        database.close()
    if start.refusal is None:
        yield Finding("ok", f"Published content: version {start.number} is in use")
        return
    first, *others = start.refusal.problems
    more = f" (and {len(others)} more)" if others else ""
    yield Finding(
        "problem",
        f"Published content: version {start.refusal.number} cannot be used: {first}{more}",
        "Mend it on the staff page for content, or: python -m bot content rollback 0",
    )


def _key(settings: Settings) -> Iterator[Finding]:
    if settings.secret_key is not None:
        yield Finding("ok", "Secret key: from BOT_SECRET_KEY")
        return
    path = settings.var_dir / "secret_key"
    if not path.exists():
        yield Finding("note", "Secret key: none yet", "`run` makes one.")
    elif stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield Finding("problem", f"Secret key: others can read {path}", f"chmod 600 {path}")
    else:
        yield Finding("ok", f"Secret key: kept in {path}")


def _space(settings: Settings) -> Iterator[Finding]:
    folder = settings.var_dir if settings.var_dir.exists() else settings.var_dir.resolve().parent
    free = shutil.disk_usage(folder).free
    level: Literal["ok", "problem"] = "ok" if free > LITTLE_SPACE else "problem"
    mend = "" if free > LITTLE_SPACE else "Make room: nothing can be stored on a full disk."
    yield Finding(level, f"Disk: {free // 1024**2:,} MB free", mend)


def _web(settings: Settings) -> Iterator[Finding]:
    address = settings.address
    is_local = urlsplit(address).hostname in ("127.0.0.1", "localhost", "::1")
    if is_local:
        yield Finding(
            "note",
            f"Web chat: {address}, for this machine only",
            "Set BOT_PUBLIC_URL to the https address under which people reach it.",
        )
    elif not settings.is_production:
        yield Finding("problem", f"Web chat: {address} is not https", "Put a TLS proxy before it.")
    else:
        yield Finding("ok", f"Web chat: {address}")


def _telegram(settings: Settings) -> Iterator[Finding]:
    if settings.telegram_token is None:
        yield Finding(
            "note",
            "Telegram: not connected",
            "Write to @BotFather on Telegram, send /newbot, and set BOT_TELEGRAM_TOKEN.",
        )
        return
    answer = asyncio.run(_get_me(settings, settings.telegram_token.get_secret_value()))
    if isinstance(answer, dict):
        yield Finding("ok", f"Telegram: @{answer.get('username', '')}, {settings.telegram_mode}")
    else:
        yield Finding("problem", f"Telegram: {answer}", "Check BOT_TELEGRAM_TOKEN and the network.")


async def _get_me(settings: Settings, token: str) -> dict[str, Any] | str:
    """Return who the token belongs to, or what went wrong; never the token itself."""
    import aiohttp

    timeout = aiohttp.ClientTimeout(total=TELEGRAM_PATIENCE)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session:
            address = f"{settings.telegram_api_url}/bot{token}/getMe"
            async with session.get(address) as response:
                answer = await response.json(content_type=None)
    except TimeoutError:
        return "does not answer"
    except (aiohttp.ClientError, ValueError) as error:
        return f"cannot be reached ({type(error).__name__})"
    if response.status in (401, 404):
        return "refuses the token"
    result = answer.get("result") if isinstance(answer, dict) else None
    return result if isinstance(result, dict) else f"answers with status {response.status}"


def _badges(settings: Settings) -> Iterator[Finding]:
    from bot.badges.addresses import Addresses
    from bot.work.badges import KEYS

    if Addresses(settings.address).is_public:
        yield Finding("ok", f"Badges: real ones, from {settings.address}")
    else:
        mend = "Set BOT_PUBLIC_URL to a public https name: only then can others verify them."
        yield Finding("note", "Badges: marked as samples", mend)
    folder = settings.var_dir / KEYS
    rings = sorted(folder.glob("*/ring.json"))
    open_ones = [path for path in folder.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_ones:
        yield Finding("problem", f"Keys: others can read {folder}", f"chmod -R go= {folder}")
    elif rings:
        mend = "Back them up apart from the database: python -m bot badges back-up FILE"
        yield Finding("ok", f"Keys: {len(rings)} issuers in {folder}", mend)
    else:
        yield Finding("note", "Keys: none yet", "They are made with the first badge.")
