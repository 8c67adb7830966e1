"""Fetching: only listed hosts at public addresses, within size and time."""

from __future__ import annotations

import gzip
import socket
import tempfile
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer

from bot.errors import ImportRefused
from bot.work import badges, fetching
from bot.work.fetching import Fetched, Fetcher, NotModified, is_public

HOST = "feeds.example.org"


class FakeResolver(AbstractResolver):
    """Resolves every name to the given addresses, one set a call."""

    def __init__(self, port: int, *answers: str) -> None:
        self.asked: list[str] = []
        self._port, self._answers = port, list(answers)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        address = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=kind,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
        ]

    async def close(self) -> None:
        return None


async def _feed(request: web.Request) -> web.StreamResponse:
    match request.path:
        case "/courses.csv":
            if request.headers.get("If-None-Match") == '"v1"':
                return web.Response(status=304)
            return web.Response(body=b"title\n", headers={"ETag": '"v1"', "Last-Modified": "now"})
        case "/moved":
            raise web.HTTPFound("/courses.csv")
        case "/away":
            raise web.HTTPFound("http://elsewhere.example.com/courses.csv")
        case "/file":
            raise web.HTTPFound("file:///etc/passwd")
        case "/loop":
            raise web.HTTPFound("/loop")
        case "/big":
            return web.Response(body=b"x" * 5_000)
        case "/gzip":
            return web.Response(
                body=gzip.compress(b"title\n" * 50), headers={"Content-Encoding": "gzip"}
            )
        case "/bomb":
            bomb = zlib.compress(b"\0" * 20_000_000)
            return web.Response(body=bomb, headers={"Content-Encoding": "deflate"})
        case "/brotli":
            return web.Response(body=b"x", headers={"Content-Encoding": "br"})
        case "/cookie":
            found = web.Response(body=request.headers.get("Cookie", "none").encode())
            found.set_cookie("a", "b")
            return found
        case _:
            raise web.HTTPNotFound


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    application = web.Application()
    application.router.add_get("/{path:.*}", _feed)
    server = TestServer(application)
    await server.start_server()
    yield server
    await server.close()


Fetch = Callable[[str], Awaitable[Fetched | NotModified]]


@pytest.fixture
def fetch(server: TestServer, tmp_path: Path) -> Fetch:
    async def fetch(path: str, **options: str) -> Fetched | NotModified:
        resolver = FakeResolver(server.port or 0, "127.0.0.1")
        fetcher = Fetcher([HOST], resolver=resolver, is_public=lambda address: bool(address))
        return await fetcher.fetch(f"http://{HOST}:{server.port}{path}", folder=tmp_path, **options)

    return fetch


def content(found: Fetched | NotModified) -> bytes:
    assert isinstance(found, Fetched)
    return found.path.read_bytes()


def leftovers(folder: Path) -> int:
    return len(list(folder.iterdir()))


async def refused(waiting: Awaitable[object]) -> str:
    with pytest.raises(ImportRefused) as caught:
        await waiting
    return caught.value.text_id.removeprefix("imports.refused.")


async def test_a_file_with_what_spares_it_next_time(fetch: Fetch) -> None:
    found = await fetch("/courses.csv")
    assert content(found) == b"title\n"
    assert isinstance(found, Fetched)
    assert (found.etag, found.modified) == ('"v1"', "now")
    assert isinstance(await fetch("/courses.csv", etag=found.etag), NotModified)  # type: ignore[call-arg]


async def test_redirects_stay_on_the_list(fetch: Fetch) -> None:
    found = await fetch("/moved")
    assert content(found) == b"title\n"
    assert await refused(fetch("/away")) == "host_not_allowed"
    assert await refused(fetch("/file")) == "bad_address"
    assert await refused(fetch("/loop")) == "too_many_redirects"


async def test_packed_files(fetch: Fetch) -> None:
    assert content(await fetch("/gzip")) == b"title\n" * 50
    assert await refused(fetch("/brotli")) == "bad_encoding"


async def test_size_is_capped(
    fetch: Fetch, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert await refused(fetch("/bomb")) == "too_large"
    monkeypatch.setattr(fetching, "MAX_BYTES", 1_000)
    assert await refused(fetch("/big")) == "too_large"
    assert leftovers(tmp_path) == 0


async def test_answers_that_are_no_file(fetch: Fetch) -> None:
    assert await refused(fetch("/nothing")) == "http_status"


async def test_nothing_is_remembered_between_requests(fetch: Fetch) -> None:
    await fetch("/cookie")
    assert content(await fetch("/cookie")) == b"none"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
        "localhost", "",
    ],
)  # fmt: skip
async def test_private_addresses_are_never_connected_to(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "10.0.0.1"]
)
async def test_what_a_listed_host_resolves_to_is_checked_at_the_connection(
    server: TestServer, address: str
) -> None:
    fetcher = Fetcher([HOST], resolver=FakeResolver(server.port or 0, address))
    assert (
        await refused(fetcher.fetch(f"http://{HOST}:{server.port}/courses.csv"))
        == "private_address"
    )


async def test_a_name_that_changes_its_answer_is_asked_and_checked_each_time(
    server: TestServer, tmp_path: Path
) -> None:
    resolver = FakeResolver(server.port or 0, "127.0.0.1", "127.0.0.2")
    fetcher = Fetcher([HOST], resolver=resolver, is_public=lambda address: address == "127.0.0.1")
    address = f"http://{HOST}:{server.port}/courses.csv"
    assert isinstance(await fetcher.fetch(address, folder=tmp_path), Fetched)
    assert await refused(fetcher.fetch(address, folder=tmp_path)) == "private_address"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("file:///etc/passwd", "bad_address"),
        ("ftp://feeds.example.org/", "bad_address"),
        ("http://user:pw@feeds.example.org/", "bad_address"),
        ("http://feeds.example.org:99999/", "bad_address"),
        ("http://[::1", "bad_address"),
        ("feeds.example.org", "bad_address"),
        ("http://127.0.0.1/", "host_not_allowed"),
        ("http://0x7f000001/", "host_not_allowed"),
        ("http://feeds.example.org.evil.example/", "host_not_allowed"),
        ("http://notfeeds.example.org/", "host_not_allowed"),
    ],
)
async def test_addresses_that_are_not_asked_at_all(address: str, reason: str) -> None:
    resolver = FakeResolver(0, "93.184.215.14")
    assert await refused(Fetcher([HOST], resolver=resolver).fetch(address)) == reason
    assert resolver.asked == []


# -- any host -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://badges.example.org/", "bad_address"),
        ("file:///etc/passwd", "bad_address"),
        ("https://user:pw@badges.example.org/", "bad_address"),
        ("https://127.0.0.1/", "private_address"),
        ("https://0x7f000001/", "private_address"),
        ("https://169.254.169.254/latest/meta-data/", "private_address"),
        ("https://[::1]/", "private_address"),
        ("https://[::ffff:127.0.0.1]/", "private_address"),
        ("https://badges.example.org/", "private_address"),
    ],
)
async def test_any_host_is_any_public_host_over_https(address: str, reason: str) -> None:
    fetcher = Fetcher((), resolver=FakeResolver(0, "10.0.0.1"), any_host=True)
    assert await refused(fetcher.fetch(address)) == reason


async def test_what_others_publish_is_fetched_within_bounds_and_leaves_no_file(
    server: TestServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bounds: list[tuple[int, int]] = []

    def listed(hosts: object, *, any_host: bool, most_bytes: int, seconds: int) -> Fetcher:
        assert (hosts, any_host) == ((), True)
        bounds.append((most_bytes, seconds))
        resolver = FakeResolver(server.port or 0, "127.0.0.1")
        return Fetcher([HOST], resolver=resolver, is_public=lambda _: True, most_bytes=1_000)

    monkeypatch.setattr(badges, "Fetcher", listed)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    begin = f"http://{HOST}:{server.port}"
    assert await badges.fetch_published(f"{begin}/courses.csv") == b"title\n"
    assert await badges.fetch_published(f"{begin}/big") is None
    assert await badges.fetch_published(f"{begin}/nothing") is None
    assert await badges.fetch_published("http://127.0.0.1/") is None
    assert leftovers(tmp_path) == 0
    assert set(bounds) == {(1024 * 1024, 10)}


async def test_a_star_stands_for_names_below(server: TestServer, tmp_path: Path) -> None:
    def fetcher() -> Fetcher:
        resolver = FakeResolver(server.port or 0, "127.0.0.1")
        return Fetcher(["*.example.org"], resolver=resolver, is_public=lambda _: True)

    found = await fetcher().fetch(f"http://a.{HOST}:{server.port}/courses.csv", folder=tmp_path)
    assert content(found) == b"title\n"
    assert await refused(fetcher().fetch("http://example.org/")) == "host_not_allowed"


async def test_a_server_that_is_away(server: TestServer) -> None:
    port = server.port
    await server.close()
    fetcher = Fetcher([HOST], resolver=FakeResolver(0, "127.0.0.1"), is_public=lambda _: True)
    assert await refused(fetcher.fetch(f"http://{HOST}:{port}/")) == "fetch_failed"
