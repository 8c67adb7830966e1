"""Results over the database."""

from __future__ import annotations

from collections import defaultdict

from bot.skills.report import Told
from bot.skills.sittings import GivenAnswer
from bot.web.result_port import ShownResult, newest_first
from storage import Database, Unit

CHANNEL = "web"


class StoredResults:
    """What people told about their skills, by private address or by their own chat."""

    def __init__(self, database: Database, bot: str) -> None:
        self._database = database
        self._bot = bot

    async def shared(self, token: str) -> ShownResult | None:
        """Return the result at a private address."""
        return await self._database.read(lambda unit: _shared(unit, token))

    async def own(self, address: str, sitting: str) -> ShownResult | None:
        """Return a result of a chat's own person."""
        return await self._database.read(lambda unit: self._own(unit, address, sitting))

    async def share(self, address: str, sitting: str) -> str | None:
        """Switch a private address on."""

        def open_page(unit: Unit) -> str | None:
            person = unit.people.at(CHANNEL, self._bot, address)
            if person is None or _shown(unit, person.id, sitting) is None:
                return None
            return unit.result_pages.open(person.id, sitting).token

        return await self._database.write(open_page)

    async def unshare(self, address: str, sitting: str) -> None:
        """Switch a private address off."""

        def close_page(unit: Unit) -> None:
            person = unit.people.at(CHANNEL, self._bot, address)
            if person is not None:
                unit.result_pages.close(person.id, sitting)

        await self._database.write(close_page)

    def _own(self, unit: Unit, address: str, sitting: str) -> ShownResult | None:
        person = unit.people.at(CHANNEL, self._bot, address)
        return None if person is None else _shown(unit, person.id, sitting, is_own=True)


def _shared(unit: Unit, token: str) -> ShownResult | None:
    page = unit.result_pages.at(token)
    return None if page is None else _shown(unit, page.person, page.sitting)


def _shown(unit: Unit, person: str, sitting: str, *, is_own: bool = False) -> ShownResult | None:
    all_told = _told(unit, person)
    chosen = tuple(one for one in all_told if sitting in ("", one.sitting.id))
    if not chosen:
        return None
    found = unit.people.find(person)
    page = unit.result_pages.find(person, sitting) if is_own else None
    return ShownResult(
        sitting=sitting,
        told=chosen,
        before=_before(all_told, chosen[0]) if sitting else (),
        city=found.city if found else "",
        others=newest_first(all_told) if is_own else (),
        token=page.token if page else "",
    )


def _told(unit: Unit, person: str) -> tuple[Told, ...]:
    """Return every sitting of a person in which something was answered, oldest first."""
    answers: dict[str, list[GivenAnswer]] = defaultdict(list)
    for one in unit.skills.list_answers(person):
        answers[one.sitting].append(one)
    sittings = reversed(unit.skills.list_sittings(person))
    return tuple(Told(one, tuple(answers[one.id])) for one in sittings)


def _before(all_told: tuple[Told, ...], chosen: Told) -> tuple[Told, ...]:
    """Return the sittings before, of the same framework: the last answer to an item counts."""
    return tuple(
        one
        for one in all_told
        if one.sitting.framework == chosen.sitting.framework
        and one.sitting.started_at < chosen.sitting.started_at
    )
