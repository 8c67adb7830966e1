"""A CV for other programs: JSON Resume, version 1.0.0 of its schema.

Nothing in it is signed: it says what the person says. Where nobody tested something, it says so.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import orjson

from bot.cv.contents import Contents, CvBadge
from bot.cv.records import Experience
from bot.skills.pathways import Progress
from bot.skills.report import AreaReport, Report
from bot.skills.summary import range_of_mean
from content.load import Content

Json = dict[str, Any]
SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
VERSION = "v1.0.0"
_YEAR = re.compile(r"[12][0-9]{3}\Z", re.ASCII)


def resume_json(
    contents: Contents, content: Content, language: str, base: str, now: datetime
) -> bytes:
    """Return what stands on a CV that is on, and nothing else.

    Args:
        base: The bot's address, without a slash at its end.
    """
    return orjson.dumps(
        _Writer(content, language, base).written(contents, now), option=orjson.OPT_INDENT_2
    )


class _Writer:
    def __init__(self, content: Content, language: str, base: str) -> None:
        self._words, self._language, self._base = content.words, language, base

    def written(self, contents: Contents, now: datetime) -> Json:
        cv = contents.cv
        address = f"{self._base}/cv/{cv.token}"
        basics = {"name": cv.name, "url": address}
        return _filled(
            {
                "$schema": SCHEMA,
                "basics": _filled(basics),
                "certificates": [self._certificate(one) for one in contents.badges],
                "skills": [
                    self._skill(report, area)
                    for report in contents.reports
                    for area in report.areas
                ],
                "education": [self._route(one) for one in contents.routes],
                "projects": [self._experience(one) for one in contents.experiences],
                "interests": [{"name": cv.interests}] if cv.interests else [],
                "meta": {
                    "canonical": f"{address}/resume.json",
                    "version": VERSION,
                    "lastModified": f"{now:%Y-%m-%dT%H:%M:%S}",
                },
            }
        )

    def _certificate(self, badge: CvBadge) -> Json:
        held = badge.held
        issuer = orjson.loads(held.document).get("issuer", {})
        return _filled(
            {
                "name": badge.title,
                "date": held.awarded_at.date().isoformat(),
                "url": f"{self._base}/badges/{held.token}" if held.is_shown else "",
                "issuer": issuer.get("name", "") if isinstance(issuer, dict) else "",
            }
        )

    def _skill(self, report: Report, area: AreaReport) -> Json:
        key = report.framework.id
        return {
            "name": self._say(f"framework.{key}.area.{area.area.code}.title"),
            "level": self._level(key, area),
            "keywords": [self._say(f"framework.{key}.title"), self._say("cv.resume.self_told")],
        }

    def _level(self, framework: str, area: AreaReport) -> str:
        low, high = range_of_mean(area.mean, is_rough=area.is_rough)
        names = [self._named(framework, level) for level in (low, high)]
        if low == high:
            return names[0]
        return self._say("results.between", low=names[0], high=names[1])

    def _named(self, framework: str, level: int) -> str:
        known = f"framework.{framework}.level.{level}.name"
        return self._say(known if level else "results.level.none")

    def _route(self, progress: Progress) -> Json:
        held = [one for one in progress.steps if one.state == "held"]
        steps = {"done": len(held), "count": len(progress.steps)}
        return _filled(
            {
                "area": self._say(progress.pathway.title),
                "studyType": self._say("cv.resume.route"),
                "score": self._say("web.cv.route", **steps),
                "courses": [self._say(one.step.goal) for one in held],
            }
        )

    def _experience(self, told: Experience) -> Json:
        is_year = _YEAR.match(told.when) is not None
        when = f" ({told.when})" if told.when and not is_year else ""
        return _filled(
            {
                "name": self._say(f"cv.skill.{told.skill}"),
                "description": f"{told.situation}{when}",
                "highlights": [told.done, told.learned],
                "startDate": told.when if is_year else "",
                "type": self._say("web.cv.experiences"),
            }
        )

    def _say(self, text_id: str, **values: Any) -> str:
        return self._words.short(text_id, self._language, **values)


def _filled(members: Json) -> Json:
    return {name: value for name, value in members.items() if value not in ("", [], {})}
