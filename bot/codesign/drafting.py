"""The next draft of a framework out of a round: its sentences, and what changed and why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import Final

from pydantic import TypeAdapter, ValidationError

from bot.codesign.records import Act, Change, Suggestion, Verdict
from content.frameworkrevisions import Revision
from content.frameworks import (
    LEVELS,
    MAX_SENTENCE,
    Area,
    CanDo,
    Competence,
    Framework,
    Rung,
    Sentence,
)

_SENTENCE: Final = TypeAdapter[str](Sentence)
_SHORTEST: Final = 10
NEW: Final = "new."
"""How the names of changes begin that add a sentence: it has no id before it stands in a draft."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a framework would be.

    Attributes:
        left_out: Changes that cannot be made, as the framework was changed in the meantime.
    """

    framework: Framework
    revisions: tuple[Revision, ...]
    left_out: tuple[Change, ...] = ()


def fault_of(words: str) -> str:
    """Return why words cannot be a sentence: "short", "long" or "deed"; or nothing."""
    if len(words) < _SHORTEST:
        return "short"
    if len(words) > MAX_SENTENCE:
        return "long"
    try:
        _SENTENCE.validate_python(words)
    except ValidationError:
        return "deed"
    return ""


def tidied(words: str) -> str:
    """Return words as they stand in a sheet: one line, and no control characters."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", words).split())


def can_drop(framework: Framework, changes: Iterable[Change], item: str) -> bool:
    """Tell whether a sentence may go: something else is left at its level."""
    places = {one.id: (code, level) for code, level, one in framework.sentences()}
    gone = {one.item for one in changes if one.act is Act.DROP} | {item}
    added = {(one.competence, one.level) for one in changes if one.act is Act.ADD}
    place = places.get(item)
    left = [key for key, at in places.items() if at == place and key not in gone]
    return place is not None and (bool(left) or place in added)


def draft_of(
    framework: Framework,
    changes: Sequence[Change],
    suggestions: Sequence[Suggestion],
    title: str,
    used: Collection[str] = (),
) -> Draft:
    """Return the next draft.

    Args:
        framework: The version in use now.
        changes: What was decided in a round, which may have been about an earlier version.
        suggestions: All of the round.
        title: The round's.
        used: Ids that earlier versions used: never used again.
    """
    words = {one.id: one.can for _, _, one in framework.sentences()}
    fits, left_out = _sorted_out(framework, changes, words)
    ids = {*used, *words}
    named = [replace(one, item=_name(one, ids)) if _is_new(one) else one for one in fits]
    revisions = [
        revision
        for before, after in zip(fits, named, strict=True)
        for revision in _revisions(before, after.item, words, suggestions, title)
    ]
    areas = tuple(_area(area, list(zip(fits, named, strict=True))) for area in framework.areas)
    told = framework.model_copy(update={"areas": areas, "revisions": tuple(revisions)})
    return Draft(Framework.model_validate(told.model_dump()), tuple(revisions), tuple(left_out))


def _sorted_out(
    framework: Framework, changes: Sequence[Change], words: Mapping[str, str]
) -> tuple[list[Change], list[Change]]:
    """Return the changes that can be made, and those that cannot."""
    fits: list[Change] = []
    left_out: list[Change] = []
    for one in changes:
        if one.act is Act.ADD:
            is_there = one.competence in framework.competences and 1 <= one.level <= LEVELS
        else:
            is_there = one.item in words and one.words != words[one.item]
        (fits if is_there else left_out).append(one)
    for one in [each for each in fits if each.act is Act.DROP]:
        others = [each for each in fits if each is not one]
        if not can_drop(framework, others, one.item):
            fits.remove(one)
            left_out.append(one)
    return fits, left_out


def _is_new(change: Change) -> bool:
    return change.act in (Act.ADD, Act.REPLACE)


def _name(change: Change, ids: set[str]) -> str:
    """Return an id that was never used, and note that it is now."""
    place = f"{change.competence}.{change.level}"
    letters = (*ascii_lowercase, *(f"z{one}" for one in ascii_lowercase))
    found = next(f"{place}{one}" for one in letters if f"{place}{one}" not in ids)
    ids.add(found)
    return found


def _revisions(
    change: Change,
    name: str,
    words: Mapping[str, str],
    suggestions: Sequence[Suggestion],
    title: str,
) -> Iterable[Revision]:
    behind = [one for one in suggestions if _led_to(one, change)]
    said = tuple(
        tidied(one.words) for one in behind if one.is_open and one.may_stay and one.words.strip()
    )
    told = {"why": change.why, "suggestions": len(behind), "said": said, "round": title}
    was = words.get(change.item, "")
    if change.act is Act.REWORD:
        yield Revision(item=name, act="reword", was=was, now=change.words, **told)
    elif change.act is Act.DROP:
        yield Revision(item=name, act="drop", was=was, **told)
    else:
        if change.act is Act.REPLACE:
            yield Revision(item=change.item, act="drop", was=was, **told)
        yield Revision(item=name, act="add", now=change.words, **told)


def _led_to(suggestion: Suggestion, change: Change) -> bool:
    """Whether a suggestion is behind a change: it is named, or is one of the sentence's taken."""
    is_taken = suggestion.verdict in (Verdict.TAKEN, Verdict.PARTLY)
    is_about = bool(suggestion.item) and suggestion.item == change.item and is_taken
    is_hidden = suggestion.verdict is Verdict.HIDDEN
    return not is_hidden and (is_about or suggestion.id in change.suggestions)


Pairs = Sequence[tuple[Change, Change]]
"""Changes, and the same with the ids that sentences have from now on."""


def _area(area: Area, pairs: Pairs) -> Area:
    return area.model_copy(
        update={"competences": tuple(_competence(own, pairs) for own in area.competences)}
    )


def _competence(own: Competence, pairs: Pairs) -> Competence:
    rungs = tuple(
        _rung(
            rung,
            [one for one in pairs if (one[0].competence, one[0].level) == (own.code, level)],
        )
        for level, rung in enumerate(own.rungs, 1)
    )
    return own.model_copy(update={"rungs": rungs})


def _rung(rung: Rung, pairs: Pairs) -> Rung:
    changed = {before.item: (before, after) for before, after in pairs}
    sentences: list[CanDo] = []
    for sentence in rung.sentences:
        before, after = changed.pop(sentence.id, (None, None))
        if before is None or after is None:
            sentences.append(sentence)
        elif before.act is not Act.DROP:
            rests_on = sentence.rests_on if before.act is Act.REWORD else ()
            sentences.append(CanDo(id=after.item, can=after.words, rests_on=rests_on))
    sentences += [CanDo(id=after.item, can=after.words) for _, after in changed.values()]
    return rung.model_copy(update={"sentences": tuple(sentences)})
