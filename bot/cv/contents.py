"""What stands on a CV, worked out from what is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.badges.held import HeldBadge
from bot.cv.records import Cv, CvMaterial, Experience
from bot.skills.pathways import Known, Progress, personalise, said_levels
from bot.skills.report import Report, reports_of
from bot.skills.sittings import merged
from bot.skills.summary import lowest_answers
from content.load import Content


@dataclass(frozen=True, slots=True)
class CvBadge:
    """A badge as its credential tells it.

    Attributes:
        title, description: In its `language`.
        art: What its picture shows.
    """

    held: HeldBadge
    title: str
    description: str
    language: str
    art: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands on a CV: chosen, still there and worth showing."""

    cv: Cv
    badges: tuple[CvBadge, ...]
    reports: tuple[Report, ...]
    routes: tuple[Progress, ...]
    experiences: tuple[Experience, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing but a name would be on it."""
        parts = (self.badges, self.reports, self.routes, self.experiences)
        return not any(parts) and not self.cv.interests


def contents_of(material: CvMaterial, content: Content) -> Contents:
    """Return what stands on a CV; what was taken back, has expired or is gone is left out."""
    cv = material.cv
    return Contents(
        cv,
        tuple(
            _badge(one, material.arts.get(one.id, {}))
            for one in offered_badges(material)
            if one.id in cv.badges
        ),
        tuple(
            replace(found, areas=tuple(chosen))
            for found in _reports(material, content)
            if (chosen := [one for one in found.areas if area_id(found, one.area.code) in cv.areas])
        ),
        tuple(one for one in offered_routes(material, content) if one.pathway.id in cv.routes),
        tuple(one for one in material.experiences if one.is_shown),
    )


def offered_badges(material: CvMaterial) -> tuple[HeldBadge, ...]:
    """Return the badges that can stand on the CV: those that count now, newest first."""
    return tuple(one for one in material.badges if one.counts_at(material.now))


def offered_areas(material: CvMaterial, content: Content) -> tuple[str, ...]:
    """Return the areas of frameworks in which the person told what they can do."""
    return tuple(
        area_id(found, one.area.code)
        for found in _reports(material, content)
        for one in found.areas
        if not one.is_estimated
    )


def offered_routes(material: CvMaterial, content: Content) -> tuple[Progress, ...]:
    """Return the routes that the person follows, each as it is for them."""
    followed = [
        pathway
        for one in material.followed
        if (pathway := content.pathways.find(one.pathway, one.version)) is not None
    ]
    if not followed:
        return ()
    known = _known(material, content)
    return tuple(personalise(one, known, material.marks.get(one.id, {})) for one in followed)


def area_id(report: Report, area: str) -> str:
    """Return the id under which an area is chosen, such as "digcomp3.1"."""
    return f"{report.framework.id}.{area}"


def title_of(badge: HeldBadge) -> str:
    """Return what a signed badge is called, in the language in which it is signed."""
    return str(_achievement(badge).get("name", ""))


def _badge(badge: HeldBadge, art: Mapping[str, Any]) -> CvBadge:
    achievement = _achievement(badge)
    description = str(achievement.get("description", ""))
    return CvBadge(badge, title_of(badge), description, badge.language, art)


def _achievement(badge: HeldBadge) -> dict[str, Any]:
    subject = json.loads(badge.document).get("credentialSubject", {})
    found: dict[str, Any] = subject.get("achievement", {})
    return found


def _reports(material: CvMaterial, content: Content) -> list[Report]:
    return reports_of(content, material.told)[0] if material.told else []


def _known(material: CvMaterial, content: Content) -> Known:
    reports = _reports(material, content)
    standings = {
        line.competence.code: line.standing
        for found in reports
        for area in found.areas
        for line in area.lines
    }
    done = [
        (pathway, own)
        for key, own in material.marks.items()
        if (pathway := content.pathways.find(key)) is not None
    ]
    answered: dict[str, dict[int, int]] = {}
    for found in reports:
        pairs = merged(answer for one in found.told for answer in one.answers)
        answered |= lowest_answers(found.framework, pairs)
    return Known(standings, answered, said_levels(done))
