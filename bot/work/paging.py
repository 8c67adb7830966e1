"""OpenActive feeds come in pages: each names the next, and an empty page is the last."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from bot.errors import ImportRefused
from bot.work.fetching import MAX_BYTES, Fetched, Fetcher, NotModified

MAX_PAGES = 500
PAGE_STARTS = (b"{", b"\xef\xbb\xbf")


class PagedFetcher:
    """Fetches files as its fetcher does, and the pages of a feed as one file.

    Of an item that comes more than once the last counts, and one that was deleted is left out,
    as the Realtime Paged Data Exchange standard has it. Every page must be on a listed host.
    """

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    async def fetch(
        self, address: str, *, etag: str = "", modified: str = "", folder: Path | None = None
    ) -> Fetched | NotModified:
        """Fetch a file, or all pages of a feed.

        Raises:
            ImportRefused: as the fetcher does; or there are over 500 pages, or over 50 MB.
        """
        first = await self._fetcher.fetch(address, etag=etag, modified=modified, folder=folder)
        if isinstance(first, NotModified):
            return first
        page = _page(first.path)
        if page is None:
            return first
        first.path.unlink()
        path = await self._gather(first.address, page, folder)
        return Fetched(path, first.address)  # the first page's tag says nothing of the others

    async def _gather(self, address: str, page: dict[str, Any], folder: Path | None) -> Path:
        kept: dict[str, Any] = {}
        size, seen = 0, {address}
        for _ in range(MAX_PAGES):
            for item in page["items"]:
                size += _keep(kept, item)
            following = page["next"]
            if size > MAX_BYTES:
                raise ImportRefused("imports.refused.too_large", megabytes=MAX_BYTES >> 20)
            if not page["items"] or following in seen:
                return _write(kept, folder)
            seen.add(following)
            page = await self._next(following, folder)
        raise ImportRefused("imports.refused.too_many_pages", limit=MAX_PAGES)

    async def _next(self, address: str, folder: Path | None) -> dict[str, Any]:
        found = await self._fetcher.fetch(address, folder=folder)
        assert isinstance(found, Fetched)  # noqa: S101  nothing known was sent along
        try:
            page = _page(found.path)
        finally:
            found.path.unlink()
        if page is None:
            raise ImportRefused("imports.refused.bad_json", problem="next page")
        return page


def _page(path: Path) -> dict[str, Any] | None:
    """Return a feed's page, or None for a file that is none."""
    content = path.read_bytes()
    if not content.lstrip().startswith(PAGE_STARTS):
        return None
    try:
        page = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        return None
    is_page = isinstance(page, dict) and isinstance(page.get("items"), list)
    return page if is_page and isinstance(page.get("next"), str) else None


def _keep(kept: dict[str, Any], item: object) -> int:
    """Keep an item in the place of an earlier one; return about how large it is."""
    if not isinstance(item, dict):
        return 0
    name = f"{item.get('kind')}/{item.get('id')}"
    kept.pop(name, None)
    if item.get("state") == "deleted":
        return 0
    kept[name] = item
    return len(orjson.dumps(item))


def _write(kept: dict[str, Any], folder: Path | None) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, prefix="feed-", delete=False) as file:
        file.writelines(_pieces(kept))
        return Path(file.name)


def _pieces(kept: dict[str, Any]) -> Iterator[bytes]:
    yield b'{"items":['
    for number, item in enumerate(kept.values()):
        yield (b"," if number else b"") + orjson.dumps(item)
    yield b"]}"
