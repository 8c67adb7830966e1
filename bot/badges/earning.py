"""Which badges a person has earned by what is known already."""

from __future__ import annotations

from collections.abc import Mapping

from bot.skills.results import Standing
from content.frameworks import Framework


def area_level(framework: Framework, area: str, standings: Mapping[str, Standing]) -> int:
    """Return the level, 0 to 4, of the badge that a person's answers about an area show.

    The badge says the same of every skill of the area, so it is the lowest of them. At least half
    of them must have been asked about: the rest may be estimated from those.

    Raises:
        KeyError: The framework has no such area.
    """
    skills = {one.code: one.competences for one in framework.areas}[area]
    known = [standings[one.code] for one in skills if one.code in standings]
    asked = [one for one in known if not one.is_estimated]
    if len(known) < len(skills) or 2 * len(asked) < len(skills):
        return 0
    return min(one.level for one in known)
