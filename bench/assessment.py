"""The self-assessment: how often it is right, beside simpler ways of asking, on simulated people.

The generating model is the one that the cautious parameters were chosen with: ability is N(0, 1) in
each competence and correlated inside an area and across; levels are shares of the population (12 %
below the first, then 30, 30, 20 and 8 %); a sentence stands where its level begins, give or take
0.25; "with help" begins 0.6 lower and "could show others" 0.6 higher. Nothing is fitted to people.
Everybody meets the shipped sentences and checks. One seed serves all; it was never changed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import exp
from statistics import NormalDist, mean, quantiles

from bench.rows import Row, at_least, at_most
from bot.skills import CAP, QUICK, Assessment, Item, Parameters
from bot.skills.assessment import MANY_CHECKS
from bot.skills.change import SURE, chance_of_rise
from content.frameworkfiles import read_framework
from content.frameworks import Framework
from content.load import SHIPPED

PART = "assessment"
SEED, PEOPLE = 20_261_121, 300
CUTS = tuple(NormalDist().inv_cdf(share) for share in (0.12, 0.42, 0.72, 0.92))
SCATTER, STEP, GUESS = 0.25, 0.6, 0.25
YES = 2
TRAINED, GROWTH = 4, 0.6

Answers = list[tuple[str, int | None]]


@dataclass(frozen=True, slots=True)
class Truth:
    """What simulated people are like."""

    name: str
    inside: float = 0.75
    across: float = 0.60
    slope: float = 3.0
    slip: float = 0.04
    shift: tuple[float, float] = (0.0, 0.0)


USUAL = Truth("as assumed when it was designed")
TRUTHS = (
    USUAL,
    Truth("noisier answers", slope=2.0, slip=0.08),
    Truth("cleaner answers", slope=5.0, slip=0.02),
    Truth("weak correlation", inside=0.45, across=0.30),
    Truth("strong correlation", inside=0.85, across=0.75),
    Truth("no correlation", inside=0.0, across=0.0),
)
BOASTFUL = Truth("over-confident people", shift=(0.4, 0.3))
KNOWN = Parameters(inside=0.75, across=0.60, slope=3.0, slip=0.04)


@dataclass(slots=True)
class Person:
    """Somebody with abilities, who answers."""

    truth: Truth
    abilities: dict[str, float]
    chosen: random.Random
    shift: float = 0.0
    places: dict[str, float] = field(default_factory=dict)

    def level(self, code: str) -> int:
        return sum(self.abilities[code] >= cut for cut in CUTS)

    def answer(self, item: Item) -> int:
        place = self.places.get(item.id)
        if place is None:
            place = self.places[item.id] = CUTS[item.level - 1] + self.chosen.gauss(0, SCATTER)
        if item.is_check:
            return self._check(item, self.abilities[item.competence] - place)
        if self.chosen.random() < self.truth.slip:
            return self.chosen.randrange(4)
        above = self.abilities[item.competence] + self.shift - place
        drawn = self.chosen.random()
        return sum(drawn < logistic(self.truth.slope * (above + off)) for off in (STEP, 0, -STEP))

    def _check(self, item: Item, above: float) -> int:
        knows = self.chosen.random() < logistic(self.truth.slope * above)
        if knows and self.chosen.random() >= self.truth.slip:
            return item.right
        return self.chosen.randrange(4)


def logistic(value: float) -> float:
    return 1 / (1 + exp(-value))


def people(framework: Framework, truth: Truth, count: int) -> list[Person]:
    """Return people of whom the same are the same in every run: one seed each."""
    found = []
    for number in range(count):
        chosen = random.Random(SEED + number)
        general = chosen.gauss(0, 1)
        abilities = {}
        for area in framework.areas:
            own = chosen.gauss(0, 1) * (truth.inside - truth.across) ** 0.5
            for one in area.competences:
                rest = chosen.gauss(0, 1) * (1 - truth.inside) ** 0.5
                abilities[one.code] = truth.across**0.5 * general + own + rest
        shift = chosen.gauss(*truth.shift) if any(truth.shift) else 0.0
        found.append(Person(truth, abilities, chosen, shift))
    return found


@dataclass(slots=True)
class Score:
    """How a way of asking did, over many people."""

    exact: list[float] = field(default_factory=list)
    within: list[float] = field(default_factory=list)
    off: list[float] = field(default_factory=list)
    too_high: list[float] = field(default_factory=list)
    stated: list[float] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def add(self, person: Person, code: str, level: int, stated: float = 0.0) -> None:
        true = person.level(code)
        self.exact.append(level == true)
        self.within.append(abs(level - true) <= 1)
        self.off.append(abs(level - true))
        self.too_high.append(level > true)
        self.stated.append(stated)

    def row(self, name: str, goal: float | None = None) -> Row:
        note = f"{mean(self.asked):.1f} questions, off by {mean(self.off):.3f} levels"
        note += f", within one {mean(self.within):.3f}, too high {mean(self.too_high):.3f}"
        if any(self.stated):
            note += f", says {mean(self.stated):.3f}"
        if goal is None:
            return Row(PART, name, mean(self.exact), "exact", note=note)
        return at_least(PART, name, mean(self.exact), "exact", goal, note)

    @property
    def boast(self) -> float:
        """By how much it claims to be right more often than it is."""
        return mean(self.stated) - mean(self.exact)


def sit(assessment: Assessment, person: Person, seconds: list[float] | None = None) -> Answers:
    answers: Answers = []
    while True:
        started = time.process_time()
        item = assessment.next(answers)
        if seconds is not None:
            seconds.append(time.process_time() - started)
        if item is None:
            return answers
        answers.append((item.id, person.answer(item)))


def measured(assessment: Assessment, crowd: Sequence[Person]) -> Score:
    score = Score()
    for person in crowd:
        answers = sit(assessment, person, score.seconds)
        score.asked.append(len(answers))
        for code, chances in assessment.estimate(answers).items():
            level = max(range(5), key=chances.__getitem__)
            score.add(person, code, level, chances[level])
    return score


Ladder = Callable[[Callable[[int], bool]], tuple[int, int]]


def everything(says: Callable[[int], bool]) -> tuple[int, int]:
    return sum(says(level) for level in range(1, 5)), 4


def stop_at_first_no(says: Callable[[int], bool]) -> tuple[int, int]:
    for level in range(1, 5):
        if not says(level):
            return level - 1, level
    return 4, 4


def binary_search(says: Callable[[int], bool]) -> tuple[int, int]:
    low, high, asked = 0, 4, 0
    while low < high:
        middle = (low + high + 1) // 2
        asked += 1
        if says(middle):
            low = middle
        else:
            high = middle - 1
    return low, asked


def simple(framework: Framework, ladder: Ladder, crowd: Sequence[Person]) -> Score:
    """Measure a rule that asks about each competence alone; "on my own" and above is a yes."""
    score = Score()
    for person in crowd:
        asked = 0
        for code, competence in framework.competences.items():
            items = [
                Item(rung.sentences[0].id, code, level)
                for level, rung in enumerate(competence.rungs, 1)
            ]
            level, questions = ladder(partial(_says_yes, person, items))
            asked += questions
            score.add(person, code, level)
        score.asked.append(asked)
    return score


def _says_yes(person: Person, items: Sequence[Item], level: int) -> bool:
    return person.answer(items[level - 1]) >= YES


def run(count: int = PEOPLE) -> list[Row]:
    """Measure the lengths, the truths, the checks, second sittings and the simpler ways."""
    framework = read_framework(SHIPPED / "frameworks" / "digcomp3", SHIPPED)
    usual = Bench(framework, count)
    return [
        *usual.lengths(),
        *usual.truths(),
        *usual.areas(),
        *usual.over_confidence(),
        *usual.second_sitting(),
        *usual.simple_ways(),
    ]


@dataclass(slots=True)
class Bench:
    """One framework and so many people of each kind."""

    framework: Framework
    count: int
    whole: Score = field(default_factory=Score)

    def measure(self, assessment: Assessment, truth: Truth = USUAL) -> Score:
        return measured(assessment, people(self.framework, truth, self.count))

    def lengths(self) -> list[Row]:
        quick = self.measure(Assessment(self.framework, cap=QUICK))
        short = self.measure(Assessment(self.framework, cap=21))
        self.whole = self.measure(Assessment(self.framework))
        full = self.measure(Assessment(self.framework, enough=0.0))
        milliseconds = [1000 * second for second in self.whole.seconds]
        slowest = quantiles(milliseconds, n=100)[98]
        return [
            quick.row("quick, 15 questions", 0.53),
            short.row("21 questions", 0.58),
            at_most(PART, "21 questions: off by", mean(short.off), "levels", 0.45),
            self.whole.row(f"whole, stops by itself, at most {CAP}", 0.65),
            full.row("42 questions, never stops before", 0.65),
            at_most(PART, "42 questions: off by", mean(full.off), "levels", 0.38),
            at_least(PART, "42 questions: within one level", mean(full.within), "", 0.99),
            at_most(PART, "a question", mean(milliseconds), "ms", 5, f"p99 {slowest:.2f} ms"),
        ]

    def truths(self) -> list[Row]:
        rows = []
        for truth in TRUTHS:
            score = self.whole if truth is USUAL else self.measure(
                Assessment(self.framework), truth
            )  # fmt: skip
            goal = 0.50 if truth.inside == 0 else None
            rows.append(score.row(f"truth: {truth.name}", goal))
            name = f"truth: {truth.name}: says too much by"
            rows.append(at_most(PART, name, score.boast, "", 0.04))
        knowing = self.measure(Assessment(self.framework, enough=0.0, parameters=KNOWN))
        rows.append(knowing.row("with the true parameters, 42 questions", 0.64))
        wrong = abs(knowing.boast)
        rows.append(at_most(PART, "with the true parameters: says wrong by", wrong, "", 0.02))
        return rows

    def areas(self) -> list[Row]:
        scores = [
            self.measure(Assessment(self.framework, areas=[area.code]))
            for area in self.framework.areas
        ]
        exact = mean(share for score in scores for share in score.exact)
        asked = [mean(score.asked) for score in scores]
        note = ", ".join(f"{one:.1f}" for one in asked) + " questions in areas 1 to 5"
        return [
            at_least(PART, "one area", exact, "exact", 0.64, note),
            at_most(PART, "one area: questions, worst area", max(asked), "", 15),
        ]

    def over_confidence(self) -> list[Row]:
        plain = self.measure(Assessment(self.framework), BOASTFUL)
        few, many = (Assessment(self.framework, checks=checks) for checks in (5, MANY_CHECKS))
        checked = self.measure(many, BOASTFUL)
        slowest = quantiles([1000 * second for second in checked.seconds], n=100)[98]
        return [
            plain.row("over-confident, no checks"),
            self.measure(few, BOASTFUL).row("over-confident, 5 checks", 0.575),
            checked.row("over-confident, 10 checks", 0.588),
            self.measure(many).row("honest, 10 checks", 0.62),
            at_most(PART, "a question with checks, p99", slowest, "ms", 5),
        ]

    def second_sitting(self) -> list[Row]:
        assessment = Assessment(self.framework, enough=0.0)
        naive: list[bool] = []
        told: list[bool] = []
        found: list[bool] = []
        for person in people(self.framework, USUAL, self.count):
            before = assessment.estimate(sit(assessment, person))
            trained = person.chosen.sample(sorted(before), TRAINED)
            levels = {code: person.level(code) for code in before}
            for code in trained:
                person.abilities[code] += GROWTH
            after = assessment.estimate(sit(assessment, person))
            for code, chances in before.items():
                is_told = chance_of_rise(chances, after[code]) >= SURE
                if code not in trained:
                    top = [max(range(5), key=one.__getitem__) for one in (chances, after[code])]
                    naive.append(top[0] != top[1])
                    told.append(is_told)
                elif person.level(code) > levels[code]:
                    found.append(is_told)
        return [
            Row(PART, "second sitting: levels differ though nothing did", mean(naive), "share"),
            at_most(PART, "second sitting: rise told that was none", mean(told), "share", 0.03),
            Row(PART, "second sitting: true rises told", mean(found), "share"),
        ]

    def simple_ways(self) -> list[Row]:
        crowd = people(self.framework, USUAL, self.count)
        scores = {
            name: simple(self.framework, ladder, crowd)
            for name, ladder in (
                ("ask everything, count the yes", everything),
                ("ask upward, stop at the first no", stop_at_first_no),
                ("binary search", binary_search),
            )
        }
        ahead = mean(self.whole.exact) - mean(scores["binary search"].exact)
        return [
            *(score.row(name) for name, score in scores.items()),
            at_least(PART, "ours ahead of binary search by", ahead, "exact", 0.07),
        ]
