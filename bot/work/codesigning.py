"""What conversations, letters and pages share about rounds: their day, their words, what came."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.codesign.drafting import Draft, draft_of
from bot.codesign.records import Round, RoundSheet, Stage
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
    """Return what a framework would be with what was decided; None where it has gone."""
    new = sheet.round.new
    live = content.frameworks.get(new.framework)
    if live is None:
        return None
    used = used_ids(content, new.framework)
    return draft_of(live, sheet.changes, sheet.suggestions, new.title, used)


def published(content: Content, found: Round) -> tuple[Revision, ...]:
    """Return what a version in use or before says that it owes to a round."""
    new = found.new
    live = content.frameworks.get(new.framework)
    kept = [*([live] if live else []), *content.archive.get(new.framework, {}).values()]
    revisions = [one for framework in kept for one in framework.revisions]
    return tuple(one for one in revisions if one.round == new.title)
