"""Feeds in pages become one file; other files stay what they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from bot.errors import ImportRefused
from bot.work import paging
from bot.work.fetching import Fetched, Fetcher, NotModified
from bot.work.paging import PagedFetcher

ADDRESS = "https://feeds.example.org/rpde"


class FakeFetcher(Fetcher):
    """Answers from a table of addresses."""

    def __init__(self, folder: Path, pages: dict[str, object]) -> None:
        super().__init__([])
        self.folder, self.pages = folder, pages
        self.asked: list[str] = []

    async def fetch(
        self, address: str, *, etag: str = "", modified: str = "", folder: Path | None = None
    ) -> Fetched | NotModified:
        self.asked.append(address)
        path = self.folder / f"page{len(self.asked)}"
        page = self.pages[address]
        path.write_bytes(page if isinstance(page, bytes) else orjson.dumps(page))
        return Fetched(path, address, '"v1"')


def item(number: int, name: str = "", state: str = "updated") -> dict[str, Any]:
    return {"id": number, "kind": "CourseInstance", "state": state, "data": {"name": name}}


def page(following: str, *items: dict[str, Any]) -> dict[str, Any]:
    return {"next": following, "items": list(items), "license": "x"}


async def fetched(fetcher: FakeFetcher) -> Fetched:
    found = await PagedFetcher(fetcher).fetch(ADDRESS, folder=fetcher.folder)
    assert isinstance(found, Fetched)
    return found


def left(folder: Path) -> int:
    return len(list(folder.iterdir()))


async def test_pages_are_gathered_and_the_last_word_counts(tmp_path: Path) -> None:
    fetcher = FakeFetcher(
        tmp_path,
        {
            ADDRESS: page("p2", item(1, "old"), item(2, "goes"), item(3, "stays")),
            "p2": page("p3", item(1, "new"), item(2, state="deleted")),
            "p3": page("p3"),
        },
    )
    found = await fetched(fetcher)
    items = orjson.loads(found.path.read_bytes())["items"]
    assert [each["data"]["name"] for each in items] == ["stays", "new"]
    assert (fetcher.asked, found.etag) == ([ADDRESS, "p2", "p3"], "")
    assert left(tmp_path) == 1


@pytest.mark.parametrize(
    "content", [b"title,summary\n", b'{"@type": "Course"}', b"{broken", b"[1]"]
)
async def test_other_files_stay_as_they_are(tmp_path: Path, content: bytes) -> None:
    found = await fetched(FakeFetcher(tmp_path, {ADDRESS: content}))
    assert (found.path.read_bytes(), found.etag) == (content, '"v1"')


async def test_a_ring_of_pages_ends(tmp_path: Path) -> None:
    pages = {ADDRESS: page("p2", item(1)), "p2": page(ADDRESS, item(2))}
    found = await fetched(FakeFetcher(tmp_path, dict(pages)))
    assert len(orjson.loads(found.path.read_bytes())["items"]) == 2


async def test_endless_feeds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages: dict[str, object] = {f"p{n}": page(f"p{n + 1}", item(n, "x" * 500)) for n in range(20)}
    pages[ADDRESS] = page("p0", item(99))
    monkeypatch.setattr(paging, "MAX_PAGES", 10)
    with pytest.raises(ImportRefused, match="too_many_pages"):
        await fetched(FakeFetcher(tmp_path, pages))
    monkeypatch.setattr(paging, "MAX_BYTES", 2_000)
    with pytest.raises(ImportRefused, match="too_large"):
        await fetched(FakeFetcher(tmp_path, pages))


async def test_a_next_page_that_is_none_refuses_the_whole(tmp_path: Path) -> None:
    fetcher = FakeFetcher(tmp_path, {ADDRESS: page("p2", item(1)), "p2": b"oops"})
    with pytest.raises(ImportRefused, match="bad_json"):
        await fetched(fetcher)
    assert left(tmp_path) == 0
