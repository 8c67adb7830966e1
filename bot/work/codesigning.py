"""What conversations, letters and pages share about rounds: their day, their words, what came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.codesign.drafting import Draft, draft_of
from bot.codesign.records import Act, Change, Round, RoundSheet, Stage
from bot.conversation import Text
from content.frameworkrevisions import Revision
from content.frameworks import Framework
from content.load import Content


def stage_of(content: Content, found: Round, now: datetime) -> Stage:
    """Return where a round stands on the day that it is in its city."""
    city = content.cities.get(found.new.city)
    zone = ZoneInfo(city.zone if city else "Europe/London")
    return found.stage(now.astimezone(zone).date())


def framework_of(content: Content, found: Round) -> Framework | None:
    """Return the framework that a round is about, in the version in which it began."""
    return content.framework_at(found.new.framework, found.new.version)


def words_of(content: Content, found: Round, item: str) -> Text | None:
    """Return a descriptor's words: translated where the version in use still says the same."""
    framework = framework_of(content, found)
    sentence = framework.find_sentence(item) if framework else None
    if framework is None or sentence is None:
        return None
    return said(content, f"framework.{framework.id}.can.{item}", sentence.can)


def said(content: Content, text_id: str, english: str) -> Text:
    """Return a text of a framework, or the words of a version that said something else."""
    is_same = content.words.still_says(text_id, english)
    return Text(text_id) if is_same else Text("codesign.plain", {"words": english})


def used_ids(content: Content, framework: str) -> set[str]:
    """Return every id that a sentence of any version of a framework has or had."""
    kept = [*content.archive.get(framework, {}).values()]
    live = content.frameworks.get(framework)
    if live is not None:
        kept.append(live)
    return {sentence.id for one in kept for _, _, sentence in one.sentences()}


def next_draft(content: Content, sheet: RoundSheet) -> Draft | None:
    """Return what a framework would be with what was decided and is not in place yet.

    None where the framework has gone.
    """
    new = sheet.round.new
    live = content.frameworks.get(new.framework)
    if live is None:
        return None
    used, made = used_ids(content, new.framework), published(content, sheet.round)
    left = [one for one in sheet.changes if not _is_made(one, made)]
    return draft_of(live, left, sheet.suggestions, new.title, used)


def _is_made(change: Change, made: Sequence[Revision]) -> bool:
    """Whether a version says that it made a change: a second time it would be made twice."""
    if change.act is Act.REWORD:
        return any(one.item == change.item and one.now == change.words for one in made)
    is_added = any(one.act == "add" and one.now == change.words for one in made)
    is_dropped = any(one.act == "drop" and one.item == change.item for one in made)
    return is_dropped if change.act is Act.DROP else is_added


def published(content: Content, found: Round) -> tuple[Revision, ...]:
    """Return what a version in use or before says that it owes to a round."""
    new = found.new
    live = content.frameworks.get(new.framework)
    kept = [*([live] if live else []), *content.archive.get(new.framework, {}).values()]
    revisions = [one for framework in kept for one in framework.revisions]
    return tuple(one for one in revisions if one.round == new.title)
