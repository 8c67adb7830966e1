"""What was changed between two versions of a campaign, part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.campaigns.content import is_own
from bot.campaigns.records import Plan
from bot.campaigns.schedule import Schedule, schedule_to_json

SHORT: Final = 12
"""So many letters of the name of a picture tell it from others."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that is not the same.

    Attributes:
        part: "topic", "text", "label", "button", "order", "languages",
            "picture", "alt", "audience", "schedule", "again", "stars"; of the second version
            "rival", "rival_text", "rival_label" or "rival_picture".
        where: Which language or button it is about; empty for the whole.
        before, after: What it says; a schedule stands as itself, for pages say it in words.
    """

    part: str
    where: str
    before: str | Schedule
    after: str | Schedule


def differences(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """Return what is not the same in two plans, in the order of the form."""
    old, new = _parts(before), _parts(after)
    found = [
        Difference(part, where, old.get((part, where), ""), new.get((part, where), ""))
        for part, where in dict.fromkeys((*new, *old))
        if old.get((part, where), "") != new.get((part, where), "")
    ]
    times = (schedule_to_json(before.schedule), schedule_to_json(after.schedule))
    if times[0] != times[1]:
        found.append(Difference("schedule", "", before.schedule, after.schedule))
    return tuple(found)


def _parts(plan: Plan) -> dict[tuple[str, str], str]:
    content = plan.content
    parts = {("topic", ""): plan.topic.value if plan.topic else plan.kind}
    for language, wording in content.wordings.items():
        parts["text", language] = wording.text
        for button in content.buttons:
            parts["label", f"{language} {button.id}"] = wording.labels.get(button.id, "")
    for button in content.buttons:
        parts["button", button.id] = f"{button.kind} {button.target}".strip()
    parts["order", ""] = " ".join(one.id for one in content.buttons)
    parts["languages", ""] = " ".join(content.wordings)
    parts["picture", ""] = _named(content.picture)
    parts |= {("alt", language): one.alt for language, one in content.wordings.items()}
    parts |= _rival_parts(plan)
    parts["audience", ""] = plan.audience
    parts["again", ""] = str(plan.again or "")
    parts["stars", ""] = str(plan.stars or "")
    return parts


def _rival_parts(plan: Plan) -> dict[tuple[str, str], str]:
    if plan.rival is None:
        return {}
    parts = {("rival", ""): f"{plan.rival.share} % / {plan.rival.days}"}
    for language, wording in plan.rival.wordings.items():
        parts["rival_text", language] = wording.text
        for button in plan.content.buttons:
            label = wording.labels.get(button.id, "")
            parts["rival_label", f"{language} {button.id}"] = label
    parts["rival_picture", ""] = _named(plan.rival.picture)
    return parts


def _named(picture: str) -> str:
    return picture[:SHORT] if is_own(picture) else picture
