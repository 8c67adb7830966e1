"""Fetching providers' feeds: the one way out to addresses that people other than us wrote.

An address is fetched only if its host is on the list, each address that the host resolves to is
public, checked when the connection is made, and what comes back stays within size and time.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import tempfile
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol, TypeAlias
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.errors import ImportRefused

MAX_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_REDIRECTS = 5
CONNECT_SECONDS = 10
TOTAL_SECONDS = 120
CHUNK = 64 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})

IsPublic: TypeAlias = Callable[[str], bool]


class Unpacker(Protocol):
    """Unpacks a stream a bounded piece at a time."""

    @property
    def unconsumed_tail(self) -> bytes:
        """What was not used yet because of the bound."""

    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes:
        """Return at most so many bytes of what the data hold."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back, in a file that the caller removes.

    Attributes:
        address: Where it came from at last, after redirects.
        etag, modified: What to send next time to be spared an unchanged copy.
    """

    path: Path
    address: str
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The copy that we have is still right."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet, also inside an IPv6 wrapper."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class Fetcher:
    """Fetches files from the hosts on a list.

    Args:
        hosts: Names of hosts; `*.example.org` stands for every name below example.org.
        resolver: Finds a host's addresses; the system's where left out.
        is_public: Tells which addresses may be connected to.
        any_host: Whether every host may be asked, over https alone: for what people outside
            publish about their badges.
        most_bytes, seconds: The largest file and the longest time.
    """

    def __init__(
        self,
        hosts: Collection[str],
        *,
        resolver: AbstractResolver | None = None,
        is_public: IsPublic = is_public,
        any_host: bool = False,
        most_bytes: int | None = None,
        seconds: int = TOTAL_SECONDS,
    ) -> None:
        self._any_host, self._seconds = any_host, seconds
        self._most_bytes = MAX_BYTES if most_bytes is None else most_bytes
        self._hosts = frozenset(host.strip().lower().rstrip(".") for host in hosts if host.strip())
        self._resolver = resolver
        self._is_public = is_public

    async def fetch(
        self, address: str, *, etag: str = "", modified: str = "", folder: Path | None = None
    ) -> Fetched | NotModified:
        """Fetch a file.

        Args:
            address: http or https, on a listed host.
            etag, modified: What an earlier fetch gave.
            folder: Where to put the file; the system's folder for such files where left out.

        Raises:
            ImportRefused: the address, a host on the way or the answer is not acceptable, or
                the server cannot be reached in time.
        """
        host, guard = "", _Guard(self._is_public)
        try:
            async with asyncio.timeout(self._seconds), self._session(guard) as session:
                for _ in range(MAX_REDIRECTS + 1):
                    host = self.allowed(address)
                    found = await self._get(session, address, etag, modified, folder)
                    if not isinstance(found, str):
                        return found
                    address = urljoin(address, found)
        except TimeoutError as error:
            raise ImportRefused("imports.refused.fetch_too_slow", seconds=self._seconds) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if guard.has_refused:
                raise ImportRefused("imports.refused.private_address", host=host) from error
            problem = type(error).__name__
            raise ImportRefused("imports.refused.fetch_failed", problem=problem) from error
        raise ImportRefused("imports.refused.too_many_redirects", limit=MAX_REDIRECTS)

    def _session(self, guard: _Guard) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            resolver=self._resolver, socket_factory=guard.socket, use_dns_cache=False, limit=1
        )
        return aiohttp.ClientSession(
            connector=connector,
            timeout=aiohttp.ClientTimeout(total=self._seconds, sock_connect=CONNECT_SECONDS),
            auto_decompress=False,
            trust_env=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": "learning-city-bot", "Accept-Encoding": "gzip, deflate"},
        )

    def allowed(self, address: str) -> str:
        """Return the host of an address that may be asked."""
        try:
            parts = urlsplit(address)
            host, _port = (parts.hostname or "").lower().rstrip("."), parts.port
        except ValueError as error:
            raise ImportRefused("imports.refused.bad_address") from error
        if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
            raise ImportRefused("imports.refused.bad_address")
        if self._any_host:
            if parts.scheme != "https":
                raise ImportRefused("imports.refused.bad_address")
            return host
        below = {f"*.{host.split('.', n)[n]}" for n in range(1, host.count(".") + 1)}
        if host not in self._hosts and not below & self._hosts:
            raise ImportRefused("imports.refused.host_not_allowed", host=host)
        return host

    async def _get(
        self,
        session: aiohttp.ClientSession,
        address: str,
        etag: str,
        modified: str,
        folder: Path | None,
    ) -> Fetched | NotModified | str:
        """Return what one address gives: a file, nothing new, or where to look instead."""
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in known.items() if value}
        async with session.get(address, headers=headers, allow_redirects=False) as response:
            if response.status == 304 and headers:
                return NotModified()
            if response.status in REDIRECTS and "Location" in response.headers:
                return response.headers["Location"]
            if response.status != 200:
                raise ImportRefused("imports.refused.http_status", status=response.status)
            path = await _save(response, folder, self._most_bytes)
            return Fetched(
                path,
                address,
                _header(response, "ETag"),
                _header(response, "Last-Modified"),
            )


class _Guard:
    """Makes the sockets of one fetch, for public addresses only."""

    def __init__(self, is_public: IsPublic) -> None:
        self._is_public = is_public
        self.has_refused = False

    def socket(self, address: tuple[Any, ...]) -> socket.socket:
        """Return the socket for an address that is about to be connected to."""
        family, kind, protocol, _, target = address
        if not self._is_public(str(target[0])):
            self.has_refused = True
            raise OSError("not a public address")
        return socket.socket(family, kind, protocol)


def _header(response: aiohttp.ClientResponse, name: str) -> str:
    value = response.headers.get(name, "")
    return value if len(value) <= 200 and value.isprintable() else ""


async def _save(response: aiohttp.ClientResponse, folder: Path | None, most: int) -> Path:
    if (response.content_length or 0) > most:
        raise _too_large(most)
    unpacker = _unpacker(response.headers.get("Content-Encoding", ""))
    with tempfile.NamedTemporaryFile(dir=folder, prefix="feed-", delete=False) as file:
        path = Path(file.name)
        try:
            await _pour(response, unpacker, file, most)
        except BaseException:
            _discard(path)
            raise
    return path


def _discard(path: Path) -> None:
    path.unlink(missing_ok=True)


async def _pour(
    response: aiohttp.ClientResponse, unpacker: Unpacker | None, file: IO[bytes], most: int
) -> None:
    packed = written = 0
    async for chunk in response.content.iter_chunked(CHUNK):
        packed += len(chunk)
        pending = chunk
        while pending:
            piece = pending if unpacker is None else unpacker.decompress(pending, CHUNK)
            pending = b"" if unpacker is None else unpacker.unconsumed_tail
            file.write(piece)
            written += len(piece)
            if written > most or written > MAX_RATIO * max(packed, CHUNK):
                raise _too_large(most)
            if not piece:
                break


def _unpacker(encoding: str) -> Unpacker | None:
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return None
    if name in {"gzip", "x-gzip"}:
        return zlib.decompressobj(zlib.MAX_WBITS | 16)
    if name == "deflate":
        return zlib.decompressobj()
    raise ImportRefused("imports.refused.bad_encoding")


def _too_large(most: int) -> ImportRefused:
    return ImportRefused("imports.refused.too_large", megabytes=max(most // 1024 // 1024, 1))
