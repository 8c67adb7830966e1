"""Say why a course is shown for a need, what does not fit, and why nothing answers it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.courses.phrases import Phrase
from bot.needs.levels import HELPS
from bot.needs.records import Covered, Match, Target

LITTLE = 0.5
"""A course that goes less than this part of the way does not answer a need by itself."""


@dataclass(frozen=True, slots=True)
class Names:
    """What people call competences, levels and roles.

    Attributes:
        frameworks, roles: The ids that the content knows.
    """

    frameworks: Collection[str]
    roles: Collection[str] = ()

    def competence(self, target: Target) -> Phrase | str:
        """Return the short name of a target's competence, its code where no framework has it."""
        if target.framework not in self.frameworks:
            return target.competence
        return Phrase(f"framework.{target.framework}.skill.{target.competence}.button")

    def role(self, role: str) -> Phrase | str:
        """Return a role's title; what an employer typed instead stays as it is."""
        return Phrase(f"needs.role.{role}.title") if role in self.roles else role

    def level(self, target: Target, level: int) -> Phrase | int:
        """Return what a level is called; 0 is "not yet"."""
        if level == 0:
            return Phrase("needs.level.not_yet")
        if target.framework not in self.frameworks:
            return level
        return Phrase(f"framework.{target.framework}.level.{level}.name")


def reasons_of(covers: Iterable[Covered], names: Names) -> Iterator[Phrase]:
    """Yield what a course leads to, the longest way first."""
    for one in sorted(covers, key=lambda each: (-each.credit * each.target.distance, each.target)):
        if one.credit >= HELPS:
            yield Phrase("needs.reason.leads_to", _named(one, names))


def misfits_of(
    targets: Sequence[Target], covers: Sequence[Covered], names: Names
) -> Iterator[Phrase]:
    """Yield what a course leaves open, by level and by competence."""
    for one in covers:
        text_id = _level_misfit(one)
        if text_id:
            yield Phrase(text_id, _named(one, names))
    touched = {one.target.competence for one in covers}
    missing = tuple(
        names.competence(target)
        for target in targets
        if target.distance and target.competence not in touched
    )
    if missing:
        values = {"competences": missing, "count": len(missing)}
        yield Phrase("needs.misfit.not_covered", values)


def _level_misfit(one: Covered) -> str:
    if one.level <= one.target.now:
        return "needs.misfit.level_known"
    if one.level < one.target.should:
        return "needs.misfit.level_low"
    return "needs.misfit.level_high" if one.level > one.target.should else ""


def _named(one: Covered, names: Names) -> Mapping[str, object]:
    return {
        "competence": names.competence(one.target),
        "level": names.level(one.target, one.level),
        "should": names.level(one.target, one.target.should),
    }


def left_open(targets: Iterable[Target], matches: Iterable[Match]) -> tuple[Target, ...]:
    """Return the targets that no match leads to."""
    led = {
        one.target.competence for match in matches for one in match.covers if one.credit >= HELPS
    }
    return tuple(one for one in targets if one.distance and one.competence not in led)


def why_not(nearest: Match | None, *, is_same_subject: bool) -> tuple[Phrase, ...]:
    """Return what keeps the nearest thing from answering; at least one reason."""
    if nearest is None:
        return (Phrase("needs.gap.nothing"),)
    said = () if is_same_subject else (Phrase("needs.gap.other_subject"),)
    little = (Phrase("needs.gap.little"),) if nearest.coverage < LITTLE else ()
    return (*said, *nearest.misfits, *little) or (Phrase("needs.gap.weak"),)
