"""Reading a request: which of its words are filters, and what remains as its subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bot.courses.phrases import Phrase
from bot.courses.records import Delivery, Kind, Pattern, Point, StudyMode, Support
from bot.courses.search.criteria import Criterion, part_chip, stage_chip, value_chip, weekdays_chip
from bot.courses.search.knowledge import Knowledge
from bot.courses.search.places import Places
from bot.courses.search.reading.amounts import read_age, read_levels, read_price
from bot.courses.search.reading.line import Line
from bot.courses.search.reading.times import read_dates, read_hours, read_weekdays
from bot.courses.search.reading.wheres import PlaceReader, Where
from bot.courses.search.results import Chip
from bot.courses.search.words import words_of

_ENUMS = {
    "patterns": Pattern, "delivery": Delivery, "study_modes": StudyMode, "kinds": Kind,
    "support": Support,
}  # fmt: skip
Phrases = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Which facts a catalogue knows at all: what no course says cannot be asked for.

    Attributes:
        unknown: Names of filters about which no course says anything.
        languages: In which languages the catalogue says it teaches.
    """

    unknown: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """A request taken apart.

    Attributes:
        criteria: The filters that were read.
        subject: The words that are left; `words` are all of them.
        is_cheap: "cheap" was said: cheaper ones come first among equals.
        unanswerable: Filters about which no course of the catalogue says anything.
    """

    words: tuple[str, ...]
    subject: tuple[str, ...]
    criteria: tuple[Criterion, ...] = ()
    where: Where = field(default_factory=Where)
    is_cheap: bool = False
    unanswerable: tuple[Chip, ...] = ()


class Reader:
    """Reads requests with a catalogue's places and what staff say of words."""

    def __init__(
        self, knowledge: Knowledge, places: Places, subject_words: frozenset[str], facts: Facts
    ) -> None:
        grammar = knowledge.grammar
        self._said, self._filler = knowledge.said, knowledge.filler
        self._literally = dict.fromkeys(knowledge.literally, "")
        self._longest = max(map(len, (*self._said, *self._literally)))
        self._under = _phrases(grammar["under"])
        self._days = {name: n for n, names in enumerate(grammar["days"]) for name in names.split()}
        self._months = {
            name: n for n, names in enumerate(grammar["months"], 1) for name in names.split()
        }
        self._seasons = {name: _month_day(when) for name, when in grammar["seasons"].items()}
        self._languages = {
            name: code for code, names in grammar["languages"].items() for name in names
        }
        self._taught_in = _phrases(grammar["taught_in"])
        self._speaking = frozenset(grammar["speaking"])
        self._wheres = PlaceReader(
            places,
            _phrases(grammar["near"]),
            _phrases(grammar["far"]),
            frozenset(grammar["places"]),
            subject_words,
        )
        self._facts = facts

    def read(
        self, text: str, today: date, here: Point | None, city: str, ignored: frozenset[str]
    ) -> Reading:
        """Take a line apart. Chips that are ignored stay words of the subject."""
        line = Line(text)
        found: list[Criterion] = []
        for start, end, _ in line.phrases(self._literally, self._longest):
            line.kept[start:end] = [True] * (end - start)
        keeper = _Ignored(line, ignored)
        found += keeper(read_dates(line, today, self._months, self._seasons))
        found += keeper(read_price(line, self._under))
        found += keeper(read_age(line))
        found += keeper(read_hours(line))
        found += keeper(read_levels(line))
        spoken = self._spoken(line, here)
        where = spoken[1] if "place" not in ignored else Where()
        found += keeper(spoken[0])
        found += keeper(read_weekdays(line, self._days))
        found += keeper(self._language(line))
        found = self._without_events(line, found)
        if where.criterion is None and "place" not in ignored:
            elsewhere = self._wheres.read(line, here, city)
            where = Where(
                elsewhere.criterion, where.needs_place or elsewhere.needs_place, elsewhere.unknown
            )
        if where.criterion:
            found.append(where.criterion)
        if "or" in line.words and any(one.name == "max_price" for one in found):
            found = [one for one in found if one.name != "free"]
        criteria = tuple(self._settled(found))
        kept = {chip.id for one in criteria for chip in one.chips} | {"cheap"}
        chips = [chip for one in found for chip in one.chips]
        return Reading(
            tuple(line.all_words()), tuple(line.open_words()), criteria, where,
            any(chip.id == "cheap" for chip in chips),
            tuple(chip for chip in chips if chip.id not in kept),
        )  # fmt: skip

    def _spoken(self, line: Line, here: Point | None) -> tuple[list[Criterion], Where]:
        """Filters that are named by fixed phrases; phrases of one filter are alternatives."""
        chips: defaultdict[str, list[Chip]] = defaultdict(list)
        words: defaultdict[str, set[str]] = defaultdict(set)
        values: defaultdict[str, set[object]] = defaultdict(set)
        where = Where()
        for start, end, meaning in list(line.phrases(self._said, self._longest)):
            said = line.take(start, end)
            if meaning == "near_me":
                where = self._near_me(said, here)
                continue
            name, value, chip = _meant(meaning, said)
            if value not in values[name]:
                chips[name].append(chip)
            values[name].add(value)
            words[name].update(said.split())
        found: list[Criterion] = []
        for name, several in values.items():
            said_words = frozenset(words[name])
            if name in ("support", "stage", "part"):
                found += [
                    Criterion(name, value, (chip,), said_words)
                    for value, chip in zip(_in_order(chips[name]), chips[name], strict=True)
                ]
            else:
                whole: object = True if name in ("free", "cheap") else frozenset(several)
                whole = frozenset(range(5)) if name == "weekdays" else whole
                found.append(Criterion(name, whole, tuple(chips[name]), said_words))
        return found, where

    def _without_events(self, line: Line, found: list[Criterion]) -> list[Criterion]:
        """ "events" is a filter by itself; beside a subject it belongs to it ("run events")."""
        if not any(one.value == frozenset({Kind.EVENT}) for one in found):
            return found
        if all(word in self._filler for word in line.open_words()):
            return found
        line.give_back(one for one, word in enumerate(line.words) if word in ("event", "events"))
        return [one for one in found if one.value != frozenset({Kind.EVENT})]

    def _near_me(self, said: str, here: Point | None) -> Where:
        if here is None:
            return Where(needs_place=True)
        return self._wheres.read(Line("near me"), here, "") if said else Where()

    def _language(self, line: Line) -> Iterable[Criterion]:
        """ "in Urdu", "Polish speaking": only languages in which the catalogue says it teaches."""
        for at in range(len(line.words)):
            word = line.word(at)
            code = self._languages.get(word)
            if code is None or code not in self._facts.languages:
                continue
            start, end = line.before(at, self._taught_in), at + 1
            end += line.word(end) in self._speaking
            if start == at and end == at + 1:
                continue
            said = line.take(start, end)
            chip = value_chip("languages", code, said)
            yield Criterion("languages", frozenset({code}), (chip,), frozenset(said.split()))
            return

    def _settled(self, found: list[Criterion]) -> Iterable[Criterion]:
        """Leave out what the catalogue cannot answer; a weekend day stands for the weekend then."""
        unknown = self._facts.unknown
        for one in found:
            if one.name == "weekdays" and one.name in unknown and one.value <= {5, 6}:
                if "patterns" not in unknown:
                    weekend = frozenset({Pattern.WEEKEND})
                    yield Criterion("patterns", weekend, one.chips, one.words)
            elif one.name not in unknown and one.name != "cheap":
                yield one


@dataclass(slots=True)
class _Ignored:
    """Gives words back to the subject where their chip was taken away."""

    line: Line
    ignored: frozenset[str]

    def __call__(self, criteria: Iterable[Criterion]) -> list[Criterion]:
        return [one for one in criteria if not any(chip.id in self.ignored for chip in one.chips)]


def _in_order(chips: list[Chip]) -> list[object]:
    values = [chip.id.partition(":")[2] for chip in chips]
    return [
        Support(value) if chip.id.startswith("support") else value
        for chip, value in zip(chips, values, strict=True)
    ]


def _meant(meaning: str, said: str) -> tuple[str, object, Chip]:
    """The filter, its value and its chip of a phrase's meaning ("patterns:evening", "morning")."""
    name, _, value = meaning.partition(":")
    if value:
        member = _ENUMS[name](value)
        return name, member, value_chip(name, member, said)
    if name in ("beginners", "intermediate", "advanced"):
        return "stage", name, stage_chip(name, said)
    if name == "weekdays":
        return name, name, weekdays_chip(frozenset(range(5)), said)
    if name in ("free", "cheap"):
        return name, name, Chip(name, "price", Phrase(f"search.chip.{name}"), said)
    return "part", name, part_chip(name, said)


def _month_day(said: str) -> tuple[int, int]:
    month, day = said.split("-")
    return int(month), int(day)


def _phrases(listed: Iterable[str]) -> Phrases:
    return frozenset(tuple(words_of(phrase)) for phrase in listed)
