"""Match needs with provision: scored, explained, and the same whatever the order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.needs.explaining import Names, left_open, misfits_of, reasons_of, why_not
from bot.needs.levels import covered, credit
from bot.needs.records import LEVELS, Answer, Gap, Match, Need, Provision, Target
from bot.needs.subjects import Subjects, Topics
from bot.needs.terms import Judged, is_for, judge
from content.frameworks import Framework

SHOWN, NEVER = 3, 2.0
ADEQUATE, COVERS_ENOUGH = 0.4, 0.3
BY_CODE = 0.15
"""What a course is worth that has the competences, but none of the need's words."""
ROOT = 0.6
"""Half of the way is worth more than half: a need is often met by two courses."""
FOCUS = 0.15
"""What a course loses that teaches much else besides."""

Profile = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A need as it is looked for.

    Attributes:
        nearness: How near courses are to the need's words, by place.
        trust: How near the nearest is: words that no course is near to say nothing.
    """

    need: Need
    targets: tuple[Target, ...]
    nearness: Mapping[int, float]
    trust: float

    def worth(self, at: int, part: float) -> float:
        """Return what a course is worth before anybody asks who can go, 0 to 1."""
        by_code = 1 - self.trust * (1 - BY_CODE)
        return float(part**ROOT * (by_code + (1 - by_code) * self.nearness.get(at, 0.0)))

    def is_same_subject(self, at: int) -> bool:
        """Whether a course has at least one of the need's words, if there are any."""
        return not self.trust or at in self.nearness


@dataclass(frozen=True, slots=True)
class _Scored:
    """A course at a place with its score."""

    at: int
    id: str
    part: float
    score: float
    judged: Judged

    @property
    def rank(self) -> tuple[float, float, str]:
        return (-self.score, -self.part, self.id)


class Matcher:
    """A provision, ready to be matched with needs. Immutable; safe to share between threads."""

    def __init__(
        self,
        provisions: Iterable[Provision],
        today: date,
        frameworks: Mapping[str, Framework] | None = None,
        topics: Topics | None = None,
    ) -> None:
        """Index a provision.

        Args:
            provisions: In any order; the order changes no answer.
            today: The local day from which "over" counts.
            frameworks: By id: for names, and for needs in a framework whose crosswalk leads to
                that of the tags.
            topics: How words are read; the shipped rules where None.
        """
        self.today = today
        self._frameworks = frameworks or {}
        self._names = Names(self._frameworks)
        ordered = sorted(provisions, key=lambda one: one.course.id)
        self._provisions = tuple(one for one in ordered if one.tags)
        self._subjects = Subjects((one.course for one in self._provisions), topics or Topics())
        grouped: dict[Profile, list[int]] = {}
        for at, one in enumerate(self._provisions):
            profile = tuple(sorted((tag.competence, tag.level) for tag in one.tags))
            grouped.setdefault(profile, []).append(at)
        self._profiles = tuple((len(profile), tuple(grouped[profile])) for profile in grouped)
        self._by_tag: dict[tuple[str, int], list[int]] = {}
        for number, profile in enumerate(grouped):
            for tag in profile:
                self._by_tag.setdefault(tag, []).append(number)

    def answer(self, need: Need, limit: int = SHOWN) -> Answer:
        """Return the best matches of a need, and the gap that they leave."""
        asked = self._asked(need)
        best, nearest = self._best(asked, limit)
        matches = tuple(self._match(asked, one, is_adequate=True) for one in best)
        is_open = left_open(asked.targets, matches)
        if not matches:
            return Answer((), self._gap(asked, is_open, nearest))
        if not is_open:
            return Answer(matches, None)
        rest = self._asked(replace(need, targets=is_open))
        _, nearest = self._best(rest, 0)
        return Answer(matches, self._gap(rest, is_open, nearest))

    def _asked(self, need: Need) -> _Asked:
        targets = read_across(need.targets, self._frameworks)
        words = need.words or " ".join(_titles(need.targets, self._frameworks))
        nearness = self._subjects.nearness(words)
        return _Asked(need, targets, nearness, max(nearness.values(), default=0.0))

    def _best(self, asked: _Asked, limit: int) -> tuple[list[_Scored], _Scored | None]:
        """Return the best adequate courses and the best of all.

        A course is left out unjudged only where no terms could lift it among them.
        """
        best: list[_Scored] = []
        nearest: _Scored | None = None
        for part, focus, places in self._candidates(asked):
            bar = _bar(best, nearest, limit)
            if part**ROOT < bar:
                break
            for at in places:
                worth = asked.worth(at, part) * focus
                one = self._scored(asked, at, part, worth) if worth >= bar else None
                if one is None:
                    continue
                nearest = one if nearest is None else min(nearest, one, key=lambda each: each.rank)
                if limit and self._is_adequate(asked, one):
                    best = sorted([*best, one], key=lambda each: each.rank)[:limit]
                bar = _bar(best, nearest, limit)
        return best, nearest

    def _candidates(self, asked: _Asked) -> list[tuple[float, float, tuple[int, ...]]]:
        """Return courses by what they teach, those that go farthest first.

        Each with the part of the way that it goes, what it keeps for its focus, and its places.
        """
        gone: dict[int, float] = {}
        wanted: dict[int, int] = {}
        total = sum(target.distance for target in asked.targets) or 1
        for target in asked.targets:
            for level in range(1, LEVELS + 1) if target.distance else ():
                step = target.distance * credit(target, level) / total
                for number in self._by_tag.get((target.competence, level), ()):
                    gone[number] = gone.get(number, 0.0) + step
                    wanted[number] = wanted.get(number, 0) + 1
        found = []
        for number, part in gone.items():
            size, places = self._profiles[number]
            found.append((min(part, 1.0), 1 - FOCUS * (1 - wanted[number] / size), places))
        found.sort(key=lambda one: (-one[0], one[2]))
        return found

    def _scored(self, asked: _Asked, at: int, part: float, worth: float) -> _Scored | None:
        course = self._provisions[at].course
        if not is_for(course, asked.need):
            return None
        judged = judge(course, asked.need, self.today)
        if judged is None:
            return None
        return _Scored(at, course.id, part, worth * judged.worth, judged)

    @staticmethod
    def _is_adequate(asked: _Asked, one: _Scored) -> bool:
        is_enough = one.score >= ADEQUATE and one.part >= COVERS_ENOUGH
        return is_enough and asked.is_same_subject(one.at)

    def _match(self, asked: _Asked, one: _Scored, *, is_adequate: bool) -> Match:
        provision = self._provisions[one.at]
        covers = covered(asked.targets, {tag.competence: tag.level for tag in provision.tags})
        misfits = misfits_of(asked.targets, covers, self._names)
        return Match(
            need=asked.need.id,
            course=provision.course,
            instance=one.judged.instance,
            score=one.score,
            coverage=one.part,
            covers=covers,
            reasons=(*reasons_of(covers, self._names), *one.judged.reasons),
            misfits=(*misfits, *one.judged.misfits),
            is_adequate=is_adequate,
            distance_km=one.judged.distance_km,
        )

    def _gap(
        self, asked: _Asked, targets: tuple[Target, ...], nearest: _Scored | None
    ) -> Gap | None:
        if not targets:
            return None
        match = self._match(asked, nearest, is_adequate=False) if nearest else None
        is_same = nearest is None or asked.is_same_subject(nearest.at)
        return Gap(asked.need.id, targets, match, why_not(match, is_same_subject=is_same))


def _bar(best: Sequence[_Scored], nearest: _Scored | None, limit: int) -> float:
    """Return what a course has to be worth before terms, to be shown or to be the nearest."""
    shown = NEVER if not limit else best[-1].score if len(best) == limit else ADEQUATE
    return min(shown, nearest.score if nearest else 0.0)


def read_across(
    targets: Iterable[Target], frameworks: Mapping[str, Framework]
) -> tuple[Target, ...]:
    """Return targets as those of the framework that courses are tagged with.

    A competence of another framework becomes those that its crosswalk names, at the same levels: a
    hint where to look, no equivalence. Of two targets for one competence the longer way counts.
    """
    found: dict[str, Target] = {}
    for target in targets:
        for one in _across(target, frameworks):
            known = found.get(one.competence)
            if known is None or (one.distance, one.should) > (known.distance, known.should):
                found[one.competence] = one
    return tuple(found[code] for code in sorted(found))


def _across(target: Target, frameworks: Mapping[str, Framework]) -> Iterator[Target]:
    framework = frameworks.get(target.framework)
    competence = framework.competences.get(target.competence) if framework else None
    if framework is None or competence is None or not framework.crosswalk_to:
        yield target
        return
    for code in competence.crosswalk:
        yield Target(code, target.now, target.should, framework.crosswalk_to)


def _titles(targets: Sequence[Target], frameworks: Mapping[str, Framework]) -> Iterator[str]:
    """Yield the titles of areas and competences that the crosswalk alone would blur."""
    for target in targets:
        framework = frameworks.get(target.framework)
        if framework is None or not framework.crosswalk_to or not target.distance:
            continue
        for area in framework.areas:
            for competence in area.competences:
                if competence.code == target.competence:
                    yield f"{area.title}. {competence.title}."
