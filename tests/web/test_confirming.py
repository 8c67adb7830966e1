"""The page of whoever is asked to confirm what somebody learned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, timedelta

import pytest

from bot.badges.held import EndorsementRequest, HeldBadge
from bot.badges.planning import about_skill
from bot.web.chat.address import address_of
from bot.web.confirm_port import Reply
from bot.web.stored_confirming import StoredConfirming
from bot.work.confirming import Answered, take_answer, take_back
from storage import Database, Unit
from tests.support.databases import MovedClock, clock, migrated_sqlite, sqlite_database, sqlite_url
from tests.web.client import Visitor
from tests.web.conftest import Visit
from tests.web.fakes import World, content

__all__ = ["clock", "migrated_sqlite", "sqlite_database", "sqlite_url"]

COOKIE = "c" * 22


def take(unit: Unit, token: str, reply: Reply) -> str:
    answered = Answered(token, reply.is_given, reply.called, reply.comment)
    return take_answer(unit, content(), answered)


def undo(unit: Unit, token: str, reason: str) -> str:
    return take_back(unit, content(), token, reason)


@dataclass
class Asked:
    """A library that was sent a link."""

    library: Visitor
    database: Database
    person: str
    token: str

    @property
    def page(self) -> str:
        return f"/confirm/{self.token}"

    async def answer(self, answer: str, called: str = "Central Library", comment: str = "") -> int:
        fields = {"answer": answer, "called": called, "comment": comment}
        return (await self.library.send(self.page, fields)).status

    async def take_back(self, reason: str = "untrue") -> int:
        fields = {"answer": "back", "reason": reason}
        return (await self.library.send(self.page, fields)).status

    def requests(self) -> list[EndorsementRequest]:
        return self.database.read_now(lambda unit: unit.endorsements.list_of(self.person))

    def badges(self) -> list[str]:
        return [one.plan for one in self.held()]

    def held(self) -> list[HeldBadge]:
        return self.database.read_now(lambda unit: unit.badges.list_of(self.person))


def ask(unit: Unit) -> tuple[str, str]:
    person = unit.people.ensure("web", "web", address_of(COOKIE), city="manchester").id
    about = about_skill(content().frameworks["digcomp3"], "1.3", 2)
    token, _ = unit.endorsements.ask(
        person, "manchester", "informal", about,
        called="Central Library", narrative="I sorted <b>my</b> photos.\nI can find them.",
    )  # fmt: skip
    return person, token


@pytest.fixture
async def asked(world: World, visit: Visit, sqlite_database: Database) -> Asked:
    confirming = StoredConfirming(sqlite_database, "web", take, undo)
    library = await visit(replace(world, ports=replace(world.ports, confirming=confirming)))
    person, token = sqlite_database.write_now(ask)
    return Asked(library, sqlite_database, person, token)


async def test_it_says_who_is_asked_and_what(asked: Asked) -> None:
    response = await asked.library.get(asked.page)
    assert response.status == 200
    page = asked.library.last
    for words in ("Central Library", "Learned on my own:", "I can find them."):
        assert words in page
    assert "I sorted &lt;b&gt;my&lt;/b&gt; photos." in page
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert asked.requests()[0].state == "asked", "opening it answers nothing"


async def test_a_yes_gives_the_badge_with_their_name_and_words(asked: Asked) -> None:
    assert await asked.answer("yes", "Central Library, Anne", "I saw it.") == 200
    assert "The badge is being made" in asked.library.last
    (request,) = asked.requests()
    assert (request.state, request.called, request.comment) == (
        "given", "Central Library, Anne", "I saw it.",
    )  # fmt: skip
    assert asked.badges() == ["informal"]


async def test_a_no_gives_none(asked: Asked) -> None:
    assert await asked.answer("no") == 200
    assert asked.requests()[0].state == "refused"
    assert not asked.badges()


async def test_it_is_answered_once(asked: Asked) -> None:
    await asked.answer("no")
    assert await asked.answer("yes") == 404
    assert not asked.badges()
    assert (await asked.library.get(asked.page)).status == 404


async def test_a_yes_is_taken_back_from_the_same_link_with_a_reason(asked: Asked) -> None:
    await asked.answer("yes", comment="I saw it.")
    assert (await asked.library.get(asked.page)).status == 200
    for words in ("You confirmed this.", "Learned on my own:", "I saw it.", "Take my word back"):
        assert words in asked.library.last
    assert asked.badges() == ["informal"], "opening it takes nothing back"

    assert await asked.take_back() == 200

    assert "You took it back." in asked.library.last
    (held,) = asked.held()
    assert (held.revoked_at is not None, held.reason) == (True, "my_badges.unconfirmed.untrue")
    assert asked.requests()[0].state == "taken"
    assert await asked.take_back() == 404
    assert await asked.answer("yes") == 404
    assert (await asked.library.get(asked.page)).status == 404


async def test_a_badge_that_its_holder_deleted_leaves_nothing_to_take_back(asked: Asked) -> None:
    await asked.answer("yes")
    (held,) = asked.held()
    asked.database.write_now(lambda unit: unit.badges.erase(asked.person, held.token))
    assert await asked.take_back() == 200
    assert not asked.held()


@pytest.mark.parametrize("reason", ["", "nonsense", "../x", "untrue\n"])
async def test_nothing_is_taken_back_without_one_of_the_reasons(asked: Asked, reason: str) -> None:
    await asked.answer("yes")
    assert await asked.take_back(reason) == 400
    assert asked.held()[0].revoked_at is None


async def test_what_was_not_confirmed_cannot_be_taken_back(asked: Asked) -> None:
    assert await asked.take_back() == 404
    assert asked.requests()[0].state == "asked"
    await asked.answer("no")
    assert await asked.take_back() == 404
    assert asked.requests()[0].state == "refused"


async def test_its_time_is_over_after_a_month(asked: Asked, clock: MovedClock) -> None:
    clock.at = clock.at.astimezone(UTC) + timedelta(days=31)
    assert (await asked.library.get(asked.page)).status == 404
    assert await asked.answer("yes") == 404
    assert not asked.badges()


async def test_nobody_confirms_what_they_declared_themselves(asked: Asked) -> None:
    asked.library.client.session.cookie_jar.update_cookies({"lcb-chat": COOKIE})
    assert await asked.answer("yes") == 403
    assert "cannot confirm your own" in asked.library.last
    assert asked.requests()[0].state == "asked"


@pytest.mark.parametrize("token", ["x", "t" * 22, "..%2f", "%00" * 9, "<script>"])
async def test_what_was_never_asked_looks_like_what_is_over(asked: Asked, token: str) -> None:
    known = asked.token
    await asked.answer("no")
    await asked.library.get(f"/confirm/{known}")
    over = asked.library.last.replace(known, "")
    response = await asked.library.get(f"/confirm/{token}")
    assert response.status == 404
    if len(token) == 22:
        assert asked.library.last.replace(token, "") == over


@pytest.mark.parametrize("answer", ["", "maybe", "yes\n"])
async def test_an_answer_that_is_none_is_refused(asked: Asked, answer: str) -> None:
    assert await asked.answer(answer) == 400
    assert asked.requests()[0].state == "asked"


async def test_a_form_of_another_site_is_refused(asked: Asked) -> None:
    fields = {"answer": "yes", "called": "X"}
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    response = await asked.library.send(asked.page, fields, headers)
    assert response.status == 403
    assert not asked.badges()
