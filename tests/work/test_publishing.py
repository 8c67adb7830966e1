"""Content from an upload to every replica: tried first, whole or not at all, and back again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.errors import Conflict, NotFound, Refused
from bot.people import Role
from bot.publishing.records import NOTHING
from bot.work.publishing.bench import MOST_TOLD
from bot.work.publishing.office import ContentOffice
from bot.work.publishing.publication import Publication, begin
from content.load import LiveContent, load
from storage import Database
from tests.support.databases import *  # noqa: F403
from tests.support.here_workshop import HereWorkshop
from tests.support.small_content import PO, URDU, small_content

MENU, ASKED = "text/menu.yaml", "questionnaires/quick-needs.yaml"
NEW = b'menu.ask: "And now?"\n'
BAD = b'menu.ask: "And now, {bob}?"\n'


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_content(tmp_path_factory.mktemp("published") / "base")


class Replica:
    """One program: the content that it uses, and what its staff do with it."""

    def __init__(self, database: Database, base: Path) -> None:
        self.workshop = HereWorkshop(base)
        start = begin(database, self.workshop, load, partial(load, base))
        self.live = LiveContent(start.content)
        self.publication = Publication(
            database, self.workshop, load, self.live, start.number, start.refusal
        )
        self.office = ContentOffice(self.publication)

    def asks(self) -> str:
        return self.live.current.words.short("menu.ask")


@pytest.fixture
def people(sqlite_database: Database) -> dict[str, str]:
    def make(name: str) -> str:
        made = sqlite_database.write_now(lambda unit: unit.people.ensure("web", "web", name))
        sqlite_database.write_now(
            lambda unit: unit.staff.grant(made.id, Role.EDITOR, [""], channel="web")
        )
        return made.id

    return {name: make(name) for name in ("anna", "ben")}


@pytest.fixture
async def one(sqlite_database: Database, base: Path) -> AsyncIterator[Replica]:
    made = Replica(sqlite_database, base)
    yield made
    await made.workshop.close()


@pytest.fixture
async def two(sqlite_database: Database, base: Path) -> AsyncIterator[Replica]:
    made = Replica(sqlite_database, base)
    yield made
    await made.workshop.close()


async def _publish(replica: Replica, by: str, path: str, body: bytes, reason: str = "Why") -> int:
    upload = await replica.office.take(by, path, body)
    assert upload.paths, upload
    review = await replica.office.review(by)
    assert review is not None
    return (await replica.office.publish(by, reason, review.seen)).number


async def test_what_is_published_is_used_here_and_in_every_replica(
    one: Replica, two: Replica, people: dict[str, str], sqlite_database: Database
) -> None:
    assert await _publish(one, people["anna"], MENU, NEW, "Plainer") == 1

    assert one.asks() == "And now?"
    assert two.asks() == "What would you like to do?"
    await two.publication.look()
    assert two.asks() == "And now?"
    assert (await two.office.state(people["ben"])).in_use == 1
    entry = sqlite_database.read_now(lambda unit: unit.audit.list_latest(limit=1))[0]
    assert (entry.action, entry.facts["reason"]) == ("content.published", "Plainer")
    assert sqlite_database.read_now(lambda unit: unit.audit.verify()).is_whole


async def test_a_look_that_finds_nothing_new_reads_nothing(one: Replica) -> None:
    before = one.live.current
    await one.publication.look()
    assert one.live.current is before


async def test_a_bad_draft_is_kept_told_and_never_goes_live(
    one: Replica, people: dict[str, str]
) -> None:
    upload = await one.office.take(people["anna"], MENU, BAD)
    review = await one.office.review(people["anna"])
    assert review is not None
    errors = [problem for problem in review.problems if problem.severity == "error"]

    assert upload.paths == (MENU,)
    assert [(one.file, one.line, one.field) for one in errors] == [(MENU, 1, "menu.ask")]
    with pytest.raises(Refused, match=r"publishing\.faulty"):
        await one.office.publish(people["anna"], "Why", review.seen)
    assert one.asks() == "What would you like to do?"
    assert await one.office.body(people["anna"], MENU, "draft") is not None
    assert (await one.office.body(people["anna"], MENU, "draft") or b"").startswith(BAD)


async def test_a_file_that_is_wrong_in_every_line_is_told_in_a_page(
    one: Replica, people: dict[str, str]
) -> None:
    await one.office.take(people["anna"], MENU, b"a: &a\n" + b"- *a\n" * 5_000)
    review = await one.office.review(people["anna"])
    assert review is not None
    assert len(review.problems) == MOST_TOLD
    await one.office.drop(people["anna"])
    assert await one.office.review(people["anna"]) is None


async def test_two_who_publish_at_once_lose_nothing(
    one: Replica, two: Replica, people: dict[str, str]
) -> None:
    anna, ben = people["anna"], people["ben"]
    await one.office.take(anna, MENU, NEW)
    await two.office.take(ben, MENU, b'menu.ask: "What next?"\n')
    await two.office.take(ben, "text/start.yaml", b'start.more.button: "Go on"\n')
    done = await asyncio.gather(
        one.office.publish(anna, "A", NOTHING),
        two.office.publish(ben, "B", NOTHING),
        return_exceptions=True,
    )
    failed = [result for result in done if isinstance(result, BaseException)]
    assert len(failed) == 1
    assert isinstance(failed[0], Conflict | Refused)
    loser = anna if isinstance(done[0], BaseException) else ben
    review = await one.office.review(loser)
    assert review is not None
    assert review.clashes == {MENU}
    assert not review.is_possible
    await one.office.settle(loser, [MENU])
    again = await one.office.review(loser)
    assert again is not None
    assert again.is_possible
    assert (await one.office.publish(loser, "Mine", again.seen)).number == 2
    await two.publication.look()
    assert two.asks() == one.asks()


async def test_files_that_differ_do_not_stand_in_each_other_s_way(
    one: Replica, people: dict[str, str]
) -> None:
    await one.office.take(people["ben"], MENU, NEW)
    route = (one.publication.root / "pathways/job-search.yaml").read_bytes() + b"\n# Checked.\n"
    await _publish(one, people["anna"], "pathways/job-search.yaml", route)
    review = await one.office.review(people["ben"])
    assert review is not None
    assert (review.clashes, review.seen) == (frozenset(), 1)
    await one.office.publish(people["ben"], "Why", 1)
    assert one.publication.root.joinpath("pathways/job-search.yaml").read_bytes() == route


async def test_any_earlier_version_comes_back_with_one_press(
    one: Replica, two: Replica, people: dict[str, str], sqlite_database: Database
) -> None:
    await _publish(one, people["anna"], MENU, NEW)
    await _publish(one, people["anna"], MENU, b'menu.ask: "What next?"\n')
    step = await one.office.back(1)
    assert step is not None
    assert [(one.path, one.added, one.removed) for one in step.differences] == [(MENU, 1, 1)]
    made = await one.office.go_back(people["ben"], 1, "It was better", 2)
    assert (made.number, made.back_to, one.asks()) == (3, 1, "And now?")
    await one.office.go_back(people["ben"], NOTHING, "As it came", 3)
    await two.publication.look()
    assert (two.asks(), two.publication.root) == ("What would you like to do?", one.workshop.base)

    history = await one.office.history()
    assert [version.back_to for version in history] == [0, 1, None, None]
    with pytest.raises(Refused, match=r"publishing\.nothing"):
        await one.office.go_back(people["ben"], NOTHING, "Again", 4)
    with pytest.raises(NotFound):
        await one.office.go_back(people["ben"], 99, "Never was", 4)
    with pytest.raises(Conflict):
        await one.office.go_back(people["ben"], 1, "Too late", 2)
    entry = sqlite_database.read_now(lambda unit: unit.audit.list_latest(limit=1))[0]
    assert (entry.action, entry.facts["back_to"]) == ("content.rolled_back", "0")


async def test_going_back_keeps_answers_readable(one: Replica, people: dict[str, str]) -> None:
    body = (one.workshop.base / ASKED).read_text().replace('version: "1"', 'version: "2"')
    upload = await one.office.take(people["anna"], ASKED, body.encode())
    assert set(upload.paths) == {ASKED, "questionnaires/earlier/quick-needs.1.yaml"}
    await one.office.publish(people["anna"], "New", NOTHING)
    await one.office.go_back(people["anna"], NOTHING, "Old", 1)
    asked = one.live.current.questionnaires

    assert asked.current["quick-needs"].version == 3
    assert asked.get("quick-needs", 2) is not None
    assert asked.get("quick-needs", 1) is not None


async def test_a_translation_comes_back_into_use(one: Replica, people: dict[str, str]) -> None:
    body = PO.replace("آپ کیا کرنا چاہیں گے؟", "اب کیا؟").encode()
    upload = await one.office.take(people["anna"], URDU, body)
    assert upload.count == 1
    await one.office.publish(people["anna"], "Better Urdu", NOTHING)

    assert one.live.current.words.short("menu.ask", "ur") == "اب کیا؟"
    assert (await one.office.left(people["anna"], "live"))["ur"]
    sheet = await one.office.sheet(people["anna"], "ur", "po", "all", MENU)
    assert "اب کیا؟" in sheet.decode()


async def test_a_draft_is_seen_on_its_screens_by_nobody_else(
    one: Replica, people: dict[str, str]
) -> None:
    await one.office.take(people["anna"], MENU, NEW)

    async def shown(by: str, of: str) -> str:
        found = await one.office.screens(by, "draft" if of else "live", MENU, "en", "manchester")
        ask = next(screen for screen in found if screen.id == "menu.ask")
        return ask.said[0].spans[0].text

    assert await shown(people["anna"], "draft") == "And now?"
    assert await shown(people["anna"], "") == "What would you like to do?"
    assert await shown(people["ben"], "draft") == "What would you like to do?"


async def test_a_file_is_only_ever_read_from_the_content(
    one: Replica, people: dict[str, str]
) -> None:
    for path in ("sources.yaml", "../../etc/passwd", "/etc/passwd", "text/../sources.yaml"):
        assert await one.office.body(people["anna"], path, "live") is None
        assert await one.office.workbook(people["anna"], path, "live") is None
        assert (await one.office.take(people["anna"], path, b"x")).refused
    book = await one.office.workbook(people["anna"], "frameworks/digcomp3/descriptors.csv", "live")
    assert (book or b"").startswith(b"PK")


# -- what cannot be used ---------------------------------------------------------------------


@pytest.fixture
def newer(base: Path, tmp_path: Path) -> Path:
    """A release in which a text that staff changed has lost its value."""
    folder = small_content(tmp_path / "newer")
    start = folder / "text/web_content.yaml"
    said = start.read_text().replace('"Into {spoken}"', '"Into another language"')
    start.write_text(said)
    return folder


INTO = b'web.content.translations.in: "In {spoken}"\n'


async def test_a_start_that_cannot_use_what_was_published_says_so_and_goes_on(
    one: Replica, people: dict[str, str], sqlite_database: Database, newer: Path
) -> None:
    await _publish(one, people["anna"], "text/web_content.yaml", INTO)
    later = Replica(sqlite_database, newer)

    assert later.live.current.words.short("web.content.translations.in") == "Into another language"
    state = await later.office.state(people["anna"])
    assert (state.current.number, state.in_use) == (1, NOTHING)
    assert [one.field for one in state.problems] == ["web.content.translations.in"]
    await later.publication.look()
    assert later.publication.number == NOTHING, "it is not tried again every few seconds"
    await later.office.go_back(people["anna"], NOTHING, "For the new release", 1)
    assert (await later.office.state(people["anna"])).problems == ()
    await later.workshop.close()


async def test_a_start_uses_what_was_published(
    one: Replica, people: dict[str, str], sqlite_database: Database, base: Path
) -> None:
    await _publish(one, people["anna"], MENU, NEW)
    later = Replica(sqlite_database, base)

    assert (later.asks(), later.publication.number) == ("And now?", 1)
    await later.workshop.close()


async def test_a_replica_that_cannot_use_it_keeps_what_it_has(
    one: Replica, people: dict[str, str], sqlite_database: Database, newer: Path
) -> None:
    later = Replica(sqlite_database, newer)
    before = later.live.current
    await _publish(one, people["anna"], "text/web_content.yaml", INTO)
    await later.publication.look()

    assert later.live.current is before
    assert later.publication.refusal is not None
    assert later.publication.refusal.number == 1
    await _publish(one, people["anna"], "text/web_content.yaml", b'web.content.new: "New"\n')
    await later.publication.look()
    assert later.publication.number == 2
    assert (await later.office.state(people["anna"])).problems == ()
    await later.workshop.close()


async def test_the_operator_s_own_change_is_taken_below_what_was_published(
    sqlite_database: Database, people: dict[str, str], tmp_path: Path
) -> None:
    own = small_content(tmp_path / "own")
    replica = Replica(sqlite_database, own)
    await _publish(replica, people["anna"], MENU, NEW)
    about = own / "cities/manchester/text.yaml"
    about.write_text('city.manchester.about: "It is where we are."\n')
    await replica.publication.reload()

    words = replica.live.current.words
    assert words.short("city.manchester.about") == "It is where we are."
    assert replica.asks() == "And now?"
    await replica.workshop.close()
