"""Reading the forms of the pages about rounds; every fault names its field."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.codesign.drafting import NEW, fault_of, tidied
from bot.codesign.records import (
    LARGEST_SHARE,
    LONGEST_ROUND,
    LONGEST_TITLE,
    LONGEST_WHY,
    SMALLEST_SHARE,
    Act,
    Change,
    Item,
    NewRound,
    Round,
    Verdict,
)
from content.frameworks import LEVELS, Framework

SHORTEST_TITLE = 3
Faults = dict[str, str]
"""By the field: what is wrong, the last part of a text's id."""
E = TypeVar("E", Verdict, Act)


class Typed(dict[str, str]):
    """A form in which what was not filled in is empty."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of a round."""

    opens: date = date.min
    closes: date = date.min
    faults: Faults = field(default_factory=dict)


def read_days(form: Mapping[str, str], today: date) -> Days:
    """Read the days of a round."""
    opens, closes = _day(form, "opens"), _day(form, "closes")
    if opens is None:
        return Days(faults={"opens": "day"})
    if closes is None:
        return Days(faults={"closes": "day"})
    if closes < max(opens, today):
        return Days(opens, closes, {"closes": "order"})
    if (closes - opens).days > LONGEST_ROUND:
        return Days(opens, closes, {"closes": "long"})
    return Days(opens, closes)


def read_round(
    form: Mapping[str, str],
    city: str,
    framework: Framework,
    today: date,
    others: Collection[Round],
) -> tuple[NewRound, Faults]:
    """Read a new round.

    Args:
        others: Rounds that there are: no two about one framework are called the same.
    """
    days = read_days(form, today)
    faults = dict(days.faults)
    title = tidied(form.get("title", ""))
    if not SHORTEST_TITLE <= len(title) <= LONGEST_TITLE:
        faults["title"] = "title"
    elif any((one.new.title, one.new.framework) == (title, framework.id) for one in others):
        faults["title"] = "title_used"
    chosen = tuple(one.code for one in framework.areas if form.get(f"area.{one.code}"))
    if not chosen:
        faults["areas"] = "areas"
    share = _number(form.get("share", ""))
    if share is None or not SMALLEST_SHARE <= share <= LARGEST_SHARE:
        faults["share"], share = "share", SMALLEST_SHARE
    areas = () if len(chosen) == len(framework.areas) else chosen
    new = NewRound(
        city, title, framework.id, framework.version, areas, days.opens, days.closes, share
    )
    return new, faults


@dataclass(frozen=True, slots=True)
class Marked:
    """What staff make of a suggestion."""

    suggestion: str
    verdict: Verdict
    why: str
    is_open: bool


def read_mark(form: Mapping[str, str]) -> tuple[Marked | None, Faults]:
    """Read what is made of a suggestion: who said no says why."""
    verdict = _one_of(Verdict, form.get("verdict", ""))
    if verdict is None:
        return None, {"verdict": "verdict"}
    why = tidied(form.get("why", ""))
    if len(why) > LONGEST_WHY:
        return None, {"why": "why_long"}
    if verdict is Verdict.NO and not why:
        return None, {"why": "why"}
    is_open = form.get("open") == "yes"
    return Marked(form.get("suggestion", ""), verdict, why, is_open), {}


def read_change(form: Mapping[str, str], item: Item, now: str) -> tuple[Change | None, Faults]:
    """Read what becomes of a descriptor; None where it stays as it is.

    Args:
        now: Its words.
    """
    wanted = form.get("act", "")
    act = _one_of(Act, wanted)
    if wanted == "keep":
        return None, {}
    if act is None or act is Act.ADD:
        return None, {"act": "act"}
    words = "" if act is Act.DROP else tidied(form.get("words", ""))
    change = Change(item.id, act, item.competence, item.level, words, _why(form))
    faults = _faults_of(change)
    if act is not Act.DROP and words == now:
        faults["words"] = "same"
    return change, faults


def read_addition(
    form: Mapping[str, str], framework: Framework, taken: Collection[str]
) -> tuple[Change, Faults]:
    """Read a sentence that is to be added.

    Args:
        taken: Names of what is added already.
    """
    place, _, number = form.get("place", "").rpartition(".")
    level = _number(number)
    suggestion = form.get("suggestion", "")
    own = next(f"{NEW}own{n}" for n in range(1, 10_000) if f"{NEW}own{n}" not in taken)
    name = f"{NEW}{suggestion}" if suggestion else own
    behind = (suggestion,) if suggestion else ()
    words = tidied(form.get("words", ""))
    change = Change(name, Act.ADD, place, level or 0, words, _why(form), behind)
    faults = _faults_of(change)
    if place not in framework.competences or not level or not 1 <= level <= LEVELS:
        faults["place"] = "place"
    return change, faults


def _faults_of(change: Change) -> Faults:
    faults: Faults = {}
    wrong = "" if change.act is Act.DROP else fault_of(change.words)
    if wrong:
        faults["words"] = wrong
    if not change.why:
        faults["why"] = "why"
    elif len(change.why) > LONGEST_WHY:
        faults["why"] = "why_long"
    return faults


def _why(form: Mapping[str, str]) -> str:
    return tidied(form.get("why", ""))


def _one_of(kind: type[E], value: str) -> E | None:
    return kind(value) if value in [str(one) for one in kind] else None


def _day(form: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(form.get(name, "").strip())
    except ValueError:
        return None


def _number(typed: str) -> int | None:
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= 4
    return int(typed) if is_number else None
