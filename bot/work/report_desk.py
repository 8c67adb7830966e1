"""Staff's side of reports on listings: looked at, acted on, told to the provider, closed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from bot.conversation.messages import Text
from bot.courses.keeping.records import Backlog
from bot.courses.keeping.seeing import Report, ReportPage
from bot.people import Role, organisation_key
from bot.work.context import Surroundings
from bot.work.letters import Chat, Letters
from bot.work.listing_desk import entry_of, hide, report_of
from bot.work.reporting import take_report
from storage import Database, Unit
from storage.listings import ListingReport

PAGE = 50
HIDDEN = "hidden"


class ReportDesk:
    """Reports on listings of some cities. Acts are audited; who reported is never shown.

    Args:
        around: Returns the content and everything else that is the same for everybody.
        tell: Called after the commit with the chats that have something new.
        bot: Which bot of the channel "web" the chats of a page's readers are with.
    """

    def __init__(
        self,
        database: Database,
        around: Callable[[], Surroundings],
        tell: Callable[[Collection[Chat]], None],
        bot: str = "web",
    ) -> None:
        self._database, self._bot = database, bot
        self._letters = Letters(around)
        self._tell = tell

    async def waiting(self, cities: Sequence[str], page: int = 0) -> ReportPage:
        """Return a page of what waits, oldest first."""

        def look(unit: Unit) -> ReportPage:
            most = (page + 1) * PAGE + 1
            found = [one for city in cities for one in unit.reports.list_open(city, most)]
            found.sort(key=lambda one: (one.at, one.id))
            here = found[page * PAGE : (page + 1) * PAGE]
            reports = tuple(report_of(unit, one) for one in here)
            return ReportPage(reports, len(found) > (page + 1) * PAGE)

        return await self._database.read(look)

    async def backlog(self, cities: Sequence[str]) -> Backlog:
        """Return how many wait, and how many of them longer than they should."""
        return await self._database.read(lambda unit: unit.reports.backlog(cities))

    async def find(self, report: str, cities: Sequence[str]) -> Report | None:
        """Return a report that waits."""

        def look(unit: Unit) -> Report | None:
            found = _open(unit, report, cities)
            return report_of(unit, found) if found else None

        return await self._database.read(look)

    async def take(
        self, chat: str, course: str, reason: str, words: str, *, wants_answer: bool
    ) -> str:
        """Take a report from a listing's page.

        Args:
            chat: The web chat's address, empty where the reader has none.

        Returns:
            Which text of the course tells what became of it, or "gone".
        """

        def act(unit: Unit) -> str:
            person = unit.people.at("web", self._bot, chat) if chat else None
            return take_report(
                unit,
                person.id if person else None,
                course,
                reason,
                words,
                wants_answer=wants_answer,
            )

        return await self._database.write(act)

    async def settle(
        self,
        report: str,
        cities: Sequence[str],
        outcome: str,
        words: str,
        by: str,
        *,
        takes_all: bool = False,
    ) -> bool:
        """Close a report, hide the listing where that is the outcome, and tell who asked for it.

        Args:
            takes_all: Close every other report on the same listing with it.
        """

        def act(unit: Unit) -> tuple[bool, list[Chat]]:
            found = _open(unit, report, cities)
            if found is None:
                return False, []
            entry = entry_of(unit, found.course, cities)
            if outcome == HIDDEN and entry is not None:
                hide(unit, entry, by)
            others = unit.reports.list_about(found.city, found.course) if takes_all else [found]
            chats = [chat for one in others for chat in self._close(unit, one, outcome, words, by)]
            return True, chats

        is_done, chats = await self._database.write(act)
        self._tell(chats)
        return is_done

    def _close(
        self, unit: Unit, report: ListingReport, outcome: str, words: str, by: str
    ) -> list[Chat]:
        done = unit.reports.settle(report.id, report.city, by, outcome, words)
        _note(unit, "listing.settled", done, by, outcome=outcome)
        if not done.wants_answer or done.person is None:
            return []
        title = report_of(unit, done).title
        said = Text(f"course.report.{outcome}", {"title": title})
        whole = Text("course.report.thanks", {"said": said})
        if done.answer:
            whole = Text("course.report.answer", {"said": said, "words": done.answer})
        return self._letters.write(unit, done.person, whole, f"report.{done.id}")

    async def tell_provider(
        self, report: str, cities: Sequence[str], words: str, by: str
    ) -> int | None:
        """Write to those who speak for the provider; return to how many, None where it is gone.

        What the reporter typed is not handed on: staff say it in their own words.
        """

        def act(unit: Unit) -> tuple[int | None, list[Chat]]:
            found = _open(unit, report, cities)
            if found is None:
                return None, []
            seen = report_of(unit, found)
            people = speakers(unit, seen.city, organisation_key(seen.provider))
            key = f"report.provider.{found.id}.{unit.now.isoformat()}"
            letter = _letter(replace(seen, words=words))
            chats = [chat for one in people for chat in self._letters.write(unit, one, letter, key)]
            if people:
                unit.reports.note_told(found.id)
                _note(unit, "listing.provider_told", found, by, people=str(len(people)))
            return len(people), chats

        count, chats = await self._database.write(act)
        self._tell(chats)
        return count


def speakers(unit: Unit, city: str, organisation: str) -> list[str]:
    """Return the ids of those who speak for an organisation (its key) in a city."""
    held = unit.staff.list_staff(city)
    return sorted(
        {
            one.person
            for one in held
            if one.role == Role.PROVIDER.value and organisation_key(one.provider) == organisation
        }
    )


def _open(unit: Unit, report: str, cities: Sequence[str]) -> ListingReport | None:
    found = unit.reports.find(report, cities)
    return found if found is not None and found.settled_at is None else None


def _letter(report: Report) -> Text:
    return Text(
        "course.report.provider_letter",
        {
            "title": report.title,
            "provider": report.provider,
            "reason": Text(f"course.wrong.{report.reason}.button"),
            "words": report.words,
        },
    )


def _note(unit: Unit, action: str, report: ListingReport, by: str, **facts: str) -> None:
    unit.audit.record(
        action,
        actor=unit.people.reference_of(by),
        subject=report.id,
        city=report.city,
        facts={"course": report.course, **facts},
    )
