"""Counting the answers to a questionnaire: everybody once, by what they chose.

Organisations that share a person count as one, and so does a person with several answers. Words
that people wrote themselves are not counted and not kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Final, TypeAlias

from bot.insights.answers import MOST_OF_FEW, Results, Split, tell_parts
from bot.insights.rounding import told
from bot.questionnaires.records import GridCell, Key, Skip, Value
from bot.questionnaires.responses import Response, State
from content.questionnaires import Question, Questionnaire

LEVELS: Final = ("0", "1", "2", "3", "4")
BANDS: Final = (0, 1, 5, 10, 20, 50, 100, 250, 500, 1000, 10_000, 100_000, 1_000_000)
"""Where bands of numbers begin."""
MOST_MONTHS: Final = 12
EARLIER: Final = "earlier"

Spot: TypeAlias = tuple[str, str, str]
"""A question, a grid's row, and "now" or "should"."""
Ward: TypeAlias = Callable[[str], str]
"""Returns the ward in which a place lies that somebody typed; empty where it is not known."""


class Same:
    """Who counts as one: organisations that share a person, and all that one person answers."""

    def __init__(self) -> None:
        self._over: dict[str, str] = {}

    def of(self, one: Response) -> str:
        """Return for whom a response counts; empty where nobody knows any more."""
        body = _body(one)
        person = f"person {one.person}" if one.person else ""
        if body and person:
            self._over[self.first(body)] = self.first(person)
        return body or person

    def first(self, key: str) -> str:
        """Return what stands for all that count as one with this."""
        while (over := self._over.get(key, key)) != key:
            self._over[key] = key = self._over.get(over, over)
        return key

    def count(self, keys: set[str]) -> int:
        """Return how many they are."""
        return len({self.first(key) for key in keys})


def _body(one: Response) -> str:
    if one.organisation:
        return f"organisation {one.organisation}"
    return f"provider {one.subject}" if one.audience == "provider" and one.subject else ""


class Tally:
    """What was answered to one version.

    Args:
        since: When it was counted last; None for never.
    """

    def __init__(
        self, asked: Questionnaire, same: Same, ward: Ward, since: datetime | None = None
    ) -> None:
        self._asked, self._same, self._ward, self._since = asked, same, ward, since
        self._began: set[str] = set()
        self._sent: set[str] = set()
        self._new: set[str] = set()
        self._months: dict[str, set[str]] = defaultdict(set)
        self._parts: dict[Spot, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def add(self, one: Response) -> None:
        """Count a response, also one that is not sent: of that only that it was begun."""
        who = self._same.of(one)
        if not who:
            return
        self._began.add(who)
        if one.state is not State.SENT or one.sent_at is None:
            return
        self._sent.add(who)
        self._months[f"{one.sent_at:%Y-%m}"].add(who)
        if self._since is None or one.sent_at > self._since:
            self._new.add(who)
        for key, value in one.filled.answers.items():
            self._answer(key, value, who)

    def is_due(self) -> bool:
        """Say whether so many answered since that what is told may change."""
        return self._same.count(self._new) > MOST_OF_FEW

    def results(self, at: datetime) -> Results:
        """Return what may be told."""
        return Results(
            self._asked.version,
            at,
            told(self._same.count(self._began)),
            told(self._same.count(self._sent)),
            self._by_month(),
            tuple(self._splits()),
        )

    def _answer(self, key: Key, value: Value, who: str) -> None:
        question = self._asked.questions.get(key.question)
        if question is None or isinstance(value, Skip):
            return
        for row, of, part in _parts(question, value, self._ward):
            self._parts[question.id, row, of][part].add(who)

    def _splits(self) -> Iterator[Split]:
        for question in self._asked.questions.values():
            names = _names(question)
            spots = sorted(spot for spot in self._parts if spot[0] == question.id)
            for spot in spots or [(question.id, "", "")]:
                found = self._parts.get(spot, {})
                counts = {part: self._same.count(found.get(part, set())) for part in names}
                if question.kind == "place":
                    counts = {part: self._same.count(who) for part, who in sorted(found.items())}
                answered = self._same.count({who for part in names for who in found.get(part, ())})
                shown = tell_parts(counts, answered, is_closed=_is_closed(question))
                if question.kind == "place":
                    shown = {part: count for part, count in shown.items() if count}
                if counts:
                    yield Split(*spot, shown)

    def _by_month(self) -> dict[str, int | None]:
        """Count each in the month in which they sent it last, older ones together."""
        last: dict[str, str] = {}
        for month in sorted(self._months):
            last.update(dict.fromkeys(map(self._same.first, self._months[month]), month))
        newest = sorted(set(last.values()))[-MOST_MONTHS:]
        counts: dict[str, int] = {}
        for month in sorted(last.values()):
            name = month if month in newest else EARLIER
            counts[name] = counts.get(name, 0) + 1
        return tell_parts(counts, len(last), is_closed=True)


def _is_closed(question: Question) -> bool:
    return question.needed and not question.has_other and question.kind != "place"


def _names(question: Question) -> tuple[str, ...]:
    """Return all parts that there can be; of places they are known from what was answered."""
    if question.kind == "grid":
        return LEVELS
    if question.kind == "scale" and question.least is not None and question.most is not None:
        return tuple(str(one) for one in range(int(question.least), int(question.most) + 1))
    if question.kind == "number":
        return tuple(_bands(question))
    return question.option_ids


def _bands(question: Question) -> Iterator[str]:
    least = BANDS[0] if question.least is None else int(question.least)
    for start, after in zip(BANDS, (*BANDS[1:], None), strict=True):
        is_over = question.most is not None and start > question.most
        if not is_over and (after is None or after > least):
            yield band_of(Decimal(start))


def band_of(number: Decimal) -> str:
    """Return the band in which a number stands: "5-9", "1000000+", or "<0"."""
    if number < BANDS[0]:
        return "<0"
    at = max(place for place, start in enumerate(BANDS) if start <= number)
    if at + 1 == len(BANDS):
        return f"{BANDS[at]}+"
    last = BANDS[at + 1] - 1
    return str(last) if last == BANDS[at] else f"{BANDS[at]}-{last}"


def _parts(question: Question, value: Value, ward: Ward) -> Iterator[tuple[str, str, str]]:
    """Yield in which parts an answer stands: a grid's row, now or should, and the part."""
    if isinstance(value, Decimal):
        yield "", "", band_of(value) if question.kind == "number" else str(int(value))
    elif isinstance(value, str):
        if question.kind == "place" and (name := ward(value)):
            yield "", "", name
        elif question.kind == "choice" and value in question.option_ids:
            yield "", "", value
    elif isinstance(value, tuple):
        for one in value:
            if isinstance(one, GridCell):
                yield one.row, "now", str(one.now)
                yield one.row, "should", str(one.should)
            elif one in question.option_ids:
                yield "", "", one
