"""What the command line does with rounds of comments: lists them, writes the next draft."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import Any

from bot.codesign.drafting import Draft
from bot.codesign.folder import write_folder
from bot.codesign.records import Round
from bot.commands import Tools
from bot.errors import BotError
from bot.program import utc_now
from bot.settings import Settings
from bot.work.codesigning import next_draft, stage_of
from content.frameworkrevisions import Revision
from content.frameworks import Framework, QuickCheck

_ACTS = {"reword": "reworded", "drop": "gone", "add": "new"}


def list_rounds(settings: Settings) -> list[dict[str, Any]]:
    """Return every round of the cities that are served, the one that closes last first."""
    with Tools(settings) as tools:
        cities = list(tools.content.cities)
        found = tools.database.read_now(lambda unit: unit.rounds.list_lines(cities))
        return [
            {
                "id": one.round.id,
                "title": one.round.new.title,
                "city": one.round.new.city,
                "framework": one.round.new.framework,
                "version": one.round.new.version,
                "opens_on": one.round.new.opens_on.isoformat(),
                "closes_on": one.round.new.closes_on.isoformat(),
                "stage": str(stage_of(tools.content, one.round, utc_now())),
                "people": one.people,
                "comments": one.comments,
            }
            for one in found
        ]


def write_draft(settings: Settings, round_id: str, folder: Path) -> Iterator[str]:
    """Write the next draft out of a round as a folder, and yield what it changes.

    Raises:
        BotError: There is no such round, nothing was decided in it, or the folder is there.
    """
    with Tools(settings) as tools:
        found = tools.database.read_now(lambda unit: unit.rounds.find(round_id))
        if found is None:
            raise BotError(f"There is no round {round_id!r}. See: python -m bot frameworks rounds")
        draft = _drafted(tools, found)
        try:
            write_folder(settings.content_dir, draft, folder)
        except FileExistsError:
            raise BotError(f"{folder} is there already: name a folder that is not.") from None
    yield from told(draft.revisions)
    for one in draft.left_out:
        yield f"left out: {one.item} ({one.act}): the framework is no longer as it was"
    yield f"Written: {folder}"
    key = found.new.framework
    yield f"Then: python -m bot frameworks check {quote(str(folder))} --for {key}"


def told(revisions: tuple[Revision, ...]) -> Iterator[str]:
    """Yield what changed and why, as lines."""
    for one in revisions:
        yield f"{one.item}: {_ACTS[one.act]}"
        if one.was:
            yield f"  until now: {one.was}"
        if one.now:
            yield f"  from now:  {one.now}"
        people = "1 person" if one.suggestions == 1 else f"{one.suggestions} people"
        behind = f" (suggested by {people})" if one.suggestions else ""
        yield f"  why: {one.why}{behind}"
        yield from (f"  they said: {words}" for words in one.said)


def changes_of(subject: Framework | QuickCheck) -> tuple[Revision, ...]:
    """Return what a version says that it changed; a quick check says nothing."""
    return subject.revisions if isinstance(subject, Framework) else ()


def _drafted(tools: Tools, found: Round) -> Draft:
    sheet = tools.database.read_now(lambda unit: unit.rounds.sheet(found))
    draft = next_draft(tools.content, sheet)
    if draft is None:
        raise BotError(f"There is no framework {found.new.framework!r} any more.")
    if not draft.revisions:
        raise BotError("Nothing was decided in this round yet: see its page for staff.")
    return draft
