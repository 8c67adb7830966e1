"""What the command line does beside running the bot."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from bot.app import TELEGRAM_NAME
from bot.courses.importing import ImportReport, Progress
from bot.courses.importing.telling import tell
from bot.errors import BotError, ImportRefused, NotFound, SettingsError
from bot.loading import load_content, load_folder
from bot.people import STAFF, Role, organisation_key
from bot.settings import Settings
from bot.work.course_files import CourseFiles, give_way
from bot.work.publishing.publication import begin
from bot.work.publishing.workshop import Workshop
from bot.work.samples import Samples
from content.catalogues import extract
from content.check import check
from content.load import Content
from content.preview import preview
from content.words import SOURCE_LANGUAGE, TextLike, TextValue
from storage import Database, Unit


class Tools:
    """The parts that commands need, opened for one command and closed after it.

    Args:
        settings: What the person who runs it chose.
        has_database: Whether the command needs the database.
    """

    def __init__(self, settings: Settings, *, has_database: bool = True) -> None:
        self.settings = settings
        self.content = load_content(settings)
        self._workshop = Workshop(settings.content_dir)
        self._database: Database | None = None
        if has_database:
            Database.migrate(settings.database_url)
            self._database = Database.open(settings.database_url, is_alone=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._workshop.clear()
        if self._database is not None:
            self._database.close()

    @property
    def database(self) -> Database:
        """The database of this command."""
        if self._database is None:
            raise BotError("this command was started without a database")
        return self._database

    @cached_property
    def published(self) -> Content:
        """The content as people get it: with what staff published over the folder."""
        load = partial(load_folder, self.settings)
        return begin(self.database, self._workshop, load, lambda: self.content).content

    def say(self, text: TextLike) -> str:
        """Return a text in English, as commands print it."""
        return self.content.words.plain(text, "en")

    # -- courses -----------------------------------------------------------------------------

    def import_courses(
        self,
        source: str,
        *,
        city: str,
        provider: str,
        venues: Path | None = None,
        fetched_from: str = "",
        is_dry_run: bool = False,
        allows_withdrawals: bool = False,
        withdraw_at_most: int = 0,
        run: str = "",
        is_quiet: bool = False,
    ) -> ImportReport:
        """Import a file or an address; long ones tell on standard error how far they are.

        Raises:
            SettingsError: There is no such city.
            BotError: The file cannot be imported; the message says why.
        """
        self._require_city(city)
        give_way()
        try:
            report = self._course_files().bring_in(
                source,
                self.published.cities[city],
                provider,
                venues=venues,
                fetched_from=fetched_from,
                is_dry_run=is_dry_run,
                allows_withdrawals=allows_withdrawals,
                withdraw_at_most=withdraw_at_most,
                run=run,
                progress=None if is_quiet else self._show_progress,
            )
            asyncio.run(self._samples().bring_up_to_date())
        except ImportRefused as refusal:
            raise BotError(self.say(TextValue(refusal.text_id, refusal.values))) from refusal
        return report

    def _samples(self) -> Samples:
        return Samples(self.database, lambda: self.published, self.settings.sample_data, utc_now)

    def explain_import(self, report: ImportReport) -> str:
        """Return a report in words."""
        return tell(report, self.say)

    def refresh_feeds(self) -> list[dict[str, Any]]:
        """Fetch every feed again and return how each ended."""
        give_way()
        cities = self.published.cities.values()
        done = asyncio.run(self._course_files().refresh_now(cities))
        return [
            {
                "city": each.feed.city,
                "provider": each.feed.provider,
                "status": each.status,
                "reason": each.reason,
                "report": each.report.to_json(self.say) if each.report else None,
            }
            for each in done
        ]

    def _course_files(self) -> CourseFiles:
        hosts = self.settings.feed_hosts
        return CourseFiles(self.database, hosts, self.say, utc_now, self.published)

    def _show_progress(self, progress: Progress) -> None:
        values = {"courses": progress.courses}
        print(self.say(TextValue(f"imports.progress.{progress.step}", values)), file=sys.stderr)  # noqa: T201

    # -- staff -------------------------------------------------------------------------------

    def invite(self, role: str, cities: tuple[str, ...], provider: str = "") -> Mapping[str, str]:
        """Make an invitation that works once and return its links by channel.

        Args:
            provider: The organisation that a provider teaches for, named as its courses name it.

        Raises:
            SettingsError: There is no such role or city, or the organisation is missing.
        """
        wanted = _role(role)
        if (wanted is Role.PROVIDER) is not bool(provider.strip()):
            raise SettingsError(
                "A provider needs --provider with the organisation's name as its courses have it; "
                "no other role takes one."
            )
        for city in cities:
            self._require_city(city)
        token = self.database.write_now(
            lambda unit: unit.staff.invite(wanted, cities, provider=provider)
        )
        links = {"Web chat": f"{self.settings.address}/?start=invite_{token}"}
        if username := self._telegram_username():
            links["Telegram"] = f"https://t.me/{username}?start=invite_{token}"
        return links

    def has_no_courses(self, provider: str, cities: tuple[str, ...]) -> tuple[bool, list[str]]:
        """Tell whether an organisation is named by no course yet, and which names are like it."""
        if not provider.strip():
            return False, []

        def read(unit: Unit) -> set[str]:
            among = cities or tuple(self.content.cities)
            return {name for city in among for name in unit.catalogue.list_providers(city)}

        names = {organisation_key(name): name for name in sorted(self.database.read_now(read))}
        wanted = organisation_key(provider)
        if wanted in names:
            return False, []
        return True, [names[one] for one in get_close_matches(wanted, names, n=3, cutoff=0.7)]

    def list_staff(self, cities: tuple[str, ...]) -> list[dict[str, str]]:
        """Return who has which role, in some cities or in all.

        Raises:
            SettingsError: There is no such city.
        """
        for city in cities:
            self._require_city(city)

        def read(unit: Unit) -> list[dict[str, str]]:
            found = {
                (one.person, one.role, one.city, one.provider): one
                for city in cities or tuple(self.content.cities)
                for one in unit.staff.list_staff(city)
            }
            return [
                {
                    "person": one.person,
                    "role": one.role,
                    "city": one.city,
                    "provider": one.provider,
                    "since": one.granted_at.date().isoformat(),
                    "reference": one.reference,
                }
                for one in found.values()
            ]

        return self.database.read_now(read)

    def revoke(self, who: str, role: str, city: str, provider: str = "") -> None:
        """Take a role back at once: every sign-in ends, and class codes that hang on it.

        Args:
            city: Empty for a role that holds in every city.
            provider: Of a provider: the organisation.

        Raises:
            SettingsError: There is no such role or city.
            NotFound: There is no such person, or they do not have it.
        """
        wanted, person = _role(role), self._person(who)
        if city:
            self._require_city(city)
        is_taken = self.database.write_now(
            lambda unit: unit.staff.revoke(person, wanted, city, provider=provider)
        )
        if not is_taken:
            raise NotFound("They do not have that role. See: python -m bot staff list")

    def _telegram_username(self) -> str:
        return self.database.read_now(lambda unit: unit.marks.get(TELEGRAM_NAME)) or ""

    def _require_city(self, city: str) -> None:
        if city not in self.content.cities:
            known = ", ".join(sorted(self.content.cities))
            raise SettingsError(f"There is no city {city!r}. There are: {known}.")

    # -- a person ----------------------------------------------------------------------------

    def export_person(self, who: str) -> dict[str, Any]:
        """Return everything that is kept about a person, by table.

        Raises:
            NotFound: There is no such person.
        """
        person = self._person(who)

        def export(unit: Unit) -> dict[str, Any]:
            unit.audit.record("person.exported", subject=unit.people.reference_of(person))
            return unit.privacy.export(person)

        return self.database.write_now(export)

    def erase_person(self, who: str) -> None:
        """Delete everything about a person at once.

        Raises:
            NotFound: There is no such person.
        """
        person = self._person(who)
        self.database.write_now(
            lambda unit: unit.audit.record(
                "person.erased", subject=unit.people.reference_of(person)
            )
        )
        asyncio.run(self.database.erase(person))

    def _person(self, who: str) -> str:
        channel, colon, chat = who.partition(":")
        if not colon:
            found = self.database.read_now(lambda unit: unit.people.find(who))
            if found is None:
                raise NotFound("There is no such person.")
            return found.id
        token = self.settings.telegram_token
        bot = token.get_secret_value().partition(":")[0] if token and channel != "web" else "web"
        contact = self.database.read_now(lambda unit: unit.contacts.find(channel, bot, chat))
        if contact is None:
            raise NotFound(f"Nobody is known at that address of {channel}.")
        return contact.person


def _role(name: str) -> Role:
    allowed = sorted(STAFF | {Role.EMPLOYER, Role.PROVIDER})
    if name not in allowed:
        raise SettingsError(f"There is no role {name!r}. There are: {', '.join(allowed)}.")
    return Role(name)


def check_content(settings: Settings, *, as_json: bool = False) -> int:
    """Check every content file, print what is wrong, and return the exit code."""
    problems = check(settings.content_dir)
    errors = [one for one in problems if one.severity == "error"]
    if as_json:
        rows = [
            {
                "file": one.file,
                "line": one.line,
                "field": one.field,
                "reason": one.reason,
                "severity": one.severity,
            }
            for one in problems
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))  # noqa: T201
    else:
        for one in problems:
            print(f"{one.severity}: {one}")  # noqa: T201
        print(f"{len(errors)} errors, {len(problems) - len(errors)} warnings")  # noqa: T201
    return 1 if errors else 0


def preview_content(settings: Settings, beginning: str, language: str) -> Iterator[str]:
    """Yield each text whose id begins so, as people read it; values stay as placeholders."""
    content = load_content(settings)
    for text_id in sorted(content.words.ids()):
        if text_id.startswith(beginning):
            yield f"{text_id}: {content.words.label(TextValue(text_id), language)}"


def write_preview(path: Path, settings: Settings) -> None:
    """Write one HTML page with every text in every language."""
    path.write_text(preview(load_content(settings)), encoding="utf-8")


def extract_texts(settings: Settings) -> Iterator[str]:
    """Bring the PO files up to the English texts, and yield how far each language is."""
    content = load_content(settings)
    languages = [language for language in content.languages if language != SOURCE_LANGUAGE]
    for path in extract(content.root, content.texts.values(), languages):
        yield f"Wrote {path}"
    for language, found in load_content(settings).translations.items():
        yield (
            f"{language}: {len(found.entries)} translated, {len(found.fuzzy)} to read again, "
            f"{len(found.missing)} missing"
        )


def utc_now() -> datetime:
    """Return the time of the machine's clock."""
    return datetime.now(UTC)


def write_template(path: Path, settings: Settings) -> None:
    """Write an empty course sheet, as CSV or XLSX by the file's ending.

    Raises:
        SettingsError: The ending is neither.
    """
    from bot.courses.importing import template_csv, template_xlsx

    with Tools(settings, has_database=False) as tools:
        ending = path.suffix.lower()
        if ending == ".csv":
            template_csv(path)
        elif ending == ".xlsx":
            template_xlsx(path, tools.say)
        else:
            raise SettingsError("The file's name must end in .csv or .xlsx.")
