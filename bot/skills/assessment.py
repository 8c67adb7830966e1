"""The adaptive self-assessment: which question comes next, and what the answers say so far.

Everything is a pure function of the answers: nothing is kept between calls, the same answers in
another order say the same (the last one tells where the person is), and an answer that is changed
or taken back needs no repair. Store answers, never what this module makes of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal, NamedTuple

from bot.skills.belief import Belief, Gain
from bot.skills.model import ANSWERS, CAUTIOUS, Evidence, Parameters, Reply, Vector, model_of
from content.frameworks import Framework

CAP, QUICK = 42, 15
CHECKS, MANY_CHECKS = 5, 10
ENOUGH = 0.12
"""Nats. A question that would tell less than this about its level is not worth a person's time."""

HEDGE = 0.95
"""Below 1 the chances told are less sure than the model is, which may be wrong about people."""

_LEAST = 0.02
"""Nats. Each answer about halves what the next one tells; the count of those to come ends here."""

MAX_NOT_FOR_ME = 2
"""So many "does not apply to me" in a competence, and it is asked about no more."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    Attributes:
        id: Of the can-do sentence or the knowledge check.
        competence: Its code.
        level: 1 to 4.
        is_check: Whether it is a knowledge check; then an answer is the option chosen, 0 to 3.
        right: The right option of a check, -1 for a sentence.
    """

    id: str
    competence: str
    level: int
    is_check: bool = False
    right: int = -1

    @property
    def kind(self) -> Literal["claim", "check"]:
        """What an answer to it is."""
        return "check" if self.is_check else "claim"


class _Answered(NamedTuple):
    """The answers as they count: the last one to each item, unknown items left out."""

    by_item: dict[str, int | None]
    belief: Belief


class Assessment:
    """A self-assessment against a framework.

    Args:
        framework: Its areas, can-do sentences and knowledge checks.
        areas: Codes of the areas to ask about, in this order; None asks about all.
        cap: So many questions at most about what people can do.
        checks: So many knowledge checks beside them; none by default. With checks, the model takes
            into account that people rate themselves too high or too low.
        enough: Stop in an area when no question would tell more than this, in nats.
        parameters: What is believed about people beforehand.

    Raises:
        ValueError: An area is not in the framework, or there is none.
    """

    def __init__(
        self,
        framework: Framework,
        areas: Sequence[str] | None = None,
        cap: int = CAP,
        *,
        checks: int = 0,
        enough: float = ENOUGH,
        parameters: Parameters = CAUTIOUS,
    ) -> None:
        known = {area.code: tuple(one.code for one in area.competences) for area in framework.areas}
        self.areas = tuple(known if areas is None else dict.fromkeys(areas))
        if not self.areas or not known.keys() >= set(self.areas):
            raise ValueError(f"areas must be some of {', '.join(known)}")
        self.cap, self.checks, self.enough = cap, checks, enough
        self._competences = known
        self._area_of = {code: area for area, codes in known.items() for code in codes}
        self._items = {item.id: item for item in _items(framework)}
        self._by_area = {
            area: [one for one in self._items.values() if one.competence in codes]
            for area, codes in known.items()
        }
        self._model = model_of(parameters, checks > 0)

    def next(self, answers: Sequence[tuple[str, int | None]]) -> Item | None:
        """Return the question that tells most, or None when it is enough.

        It stays in the area of the last answer for as long as that has something to ask.

        Args:
            answers: Item ids with 0 to 3, or None for "does not apply to me" and for a check that
                is passed over. The last answer to an item counts; items that the framework no
                longer has are left out.

        Raises:
            ValueError: An answer is none of these.
        """
        answered = self._answered(answers)
        for area in self._from_here(answered):
            item = self._next_in(area, answered)
            if item is not None:
                return item
        return None

    def estimate(self, answers: Sequence[tuple[str, int | None]]) -> dict[str, tuple[float, ...]]:
        """Return, for each competence of the areas, the chances of "not yet" and the four levels.

        Raises:
            ValueError: An answer is neither 0 to 3 nor None.
        """
        belief = self._answered(answers).belief
        return {
            code: _hedged(belief.levels(cells))
            for area in self.areas
            for code, cells in belief.places(area).items()
        }

    def left(self, answers: Sequence[tuple[str, int | None]]) -> int:
        """Return about how many questions are still to come: never fewer than one before the end.

        Raises:
            ValueError: An answer is neither 0 to 3 nor None.
        """
        answered = self._answered(answers)
        claims = sum(self._claims_left(area, answered) for area in self.areas)
        checks = sum(self._checks_left(area, answered) for area in self.areas)
        asked = [self._items[key].is_check for key in answered.by_item]
        return min(claims, self.cap - asked.count(False)) + min(
            checks, self.checks - asked.count(True)
        )

    def item(self, item_id: str) -> Item | None:
        """Return an item by its id, None where the framework does not have it."""
        return self._items.get(item_id)

    def _answered(self, answers: Sequence[tuple[str, int | None]]) -> _Answered:
        by_item = {key: answer for key, answer in answers if key in self._items}
        evidence: dict[str, list[Reply]] = {}
        for key, answer in by_item.items():
            if answer is None:
                continue
            if answer not in range(ANSWERS):
                raise ValueError(f"{answer!r} is no answer: 0 to {ANSWERS - 1}, or None")
            item = self._items[key]
            if item.is_check and not self.checks:
                continue
            counts = int(answer == item.right) if item.is_check else answer
            reply = Reply(item.kind, item.level, counts)
            evidence.setdefault(item.competence, []).append(reply)
        kept: dict[str, Evidence] = {
            code: tuple(sorted(evidence[code])) for code in self._area_of if code in evidence
        }
        return _Answered(by_item, Belief(self._model, self._competences, kept))

    def _from_here(self, answered: _Answered) -> tuple[str, ...]:
        """Return the areas, beginning with the one in which the person is."""
        for key in reversed(answered.by_item):
            area = self._area_of[self._items[key].competence]
            if area in self.areas:
                at = self.areas.index(area)
                return self.areas[at:] + self.areas[:at]
        return self.areas

    def _next_in(self, area: str, answered: _Answered) -> Item | None:
        claims, checks = self._quota(area, answered, is_check=False), 0
        if self.checks:
            checks = self._quota(area, answered, is_check=True)
        if claims <= 0 and checks <= 0:
            return None
        cells = answered.belief.places(area)
        if claims > 0:
            gains = self._gains(area, answered, cells, is_check=False)
            if gains and max(gain.told for gain, _ in gains) >= self.enough:
                return _best(gains)
        if checks > 0:
            return _best(self._gains(area, answered, cells, is_check=True))
        return None

    def _gains(
        self,
        area: str,
        answered: _Answered,
        cells: Mapping[str, list[float]],
        *,
        is_check: bool,
    ) -> list[tuple[Gain, Item]]:
        """Return what each open item would bring; sentences of one level bring the same."""
        found: dict[tuple[str, int], Gain] = {}
        gains = []
        for item in self._open(area, answered, is_check=is_check):
            cell = item.competence, item.level
            if cell not in found:
                found[cell] = answered.belief.gain(cells[item.competence], item.kind, item.level)
            gains.append((found[cell], item))
        return gains

    def _open(self, area: str, answered: _Answered, *, is_check: bool) -> Iterator[Item]:
        not_for_me: dict[str, int] = {}
        for key, answer in answered.by_item.items():
            if answer is None and not self._items[key].is_check:
                code = self._items[key].competence
                not_for_me[code] = not_for_me.get(code, 0) + 1
        for item in self._by_area[area]:
            if item.is_check is not is_check or item.id in answered.by_item:
                continue
            if is_check or not_for_me.get(item.competence, 0) < MAX_NOT_FOR_ME:
                yield item

    def _used(self, area: str, answered: _Answered, *, is_check: bool) -> int:
        items = map(self._items.__getitem__, answered.by_item)
        return sum(
            item.is_check is is_check and self._area_of[item.competence] == area for item in items
        )

    def _quota(self, area: str, answered: _Answered, *, is_check: bool) -> int:
        """Return how many more questions an area may have.

        What is left of the cap is shared among this area and those after it by the number of their
        competences; what an area does not need goes to the later ones.
        """
        at = self.areas.index(area)
        total = self.checks if is_check else self.cap
        used = {one: self._used(one, answered, is_check=is_check) for one in self.areas}
        before = sum(used[one] for one in self.areas[:at])
        after = sum(used[one] for one in self.areas[at + 1 :])
        weights = [1 if is_check else len(self._competences[one]) for one in self.areas[at:]]
        share = round((total - before) * weights[0] / sum(weights))
        return min(share - used[area], total - before - used[area] - after)

    def _claims_left(self, area: str, answered: _Answered) -> int:
        room = self._quota(area, answered, is_check=False)
        if room <= 0:
            return 0
        cells = answered.belief.places(area)
        worth: dict[str, float] = {}
        for gain, item in self._gains(area, answered, cells, is_check=False):
            worth[item.competence] = max(worth.get(item.competence, 0.0), gain.told)
        stop = max(self.enough, _LEAST)
        wanted = sum(1 + log2(told / stop) for told in worth.values() if told >= stop)
        return min(room, max(round(wanted), any(told >= self.enough for told in worth.values())))

    def _checks_left(self, area: str, answered: _Answered) -> int:
        if not self.checks:
            return 0
        room = self._quota(area, answered, is_check=True)
        return max(0, min(room, sum(1 for _ in self._open(area, answered, is_check=True))))


def _hedged(chances: Vector) -> Vector:
    """Return the same chances, stated with some reserve; the likeliest stays the likeliest."""
    powers = [chance**HEDGE for chance in chances]
    return tuple(power / sum(powers) for power in powers)


def _best(gains: Sequence[tuple[Gain, Item]]) -> Item | None:
    """Return the item that brings most; the first of them where several do."""
    return max(gains, key=lambda pair: pair[0].worth)[1] if gains else None


def _items(framework: Framework) -> Iterator[Item]:
    for code, level, sentence in framework.sentences():
        yield Item(sentence.id, code, level)
    for check in framework.checks:
        yield Item(check.id, check.competence, check.level, is_check=True, right=check.right)
