"""An opportunity in words: what it is, what it asks for and what people get."""

from __future__ import annotations

from datetime import date

from bot.courses.phrases import Phrase
from bot.talent.records import Details, Pay, Setting, Wanted


def skill(wanted: Wanted) -> Phrase:
    """Name a skill with the level that is needed at least."""
    framework = wanted.framework
    return Phrase(
        "talent.skill",
        {
            "skill": Phrase(f"framework.{framework}.skill.{wanted.competence}.button"),
            "level": Phrase(f"framework.{framework}.level.{wanted.level}.name"),
        },
    )


def kind(details: Details) -> Phrase:
    """Say what it is; volunteering says that it is not paid."""
    return Phrase(f"talent.kind.{details.kind or 'none'}")


def facts(details: Details) -> tuple[Phrase, ...]:
    """Return the facts that people decide by, as far as they were told."""
    told = (kind(details), _pay(details), _where(details), _pace(details), _starts(details.starts))
    return tuple(one for one in told if one is not None)


def lines(details: Details) -> dict[str, Phrase]:
    """Return what was told of each part, for whoever wrote it and for staff."""
    none = Phrase("talent.not_told")
    return {
        "kind": kind(details),
        "title": Phrase("talent.words", {"words": details.title}) if details.title else none,
        "summary": Phrase("talent.words", {"words": details.summary}) if details.summary else none,
        "skills": Phrase("talent.skills", {"skills": tuple(map(skill, details.skills))})
        if details.skills
        else none,
        "where": _where(details) or none,
        "pace": _pace(details) or none,
        "pay": _paid(details) or none,
        "starts": _starts(details.starts),
        "people": Phrase("talent.people", {"count": details.people}) if details.people else none,
        "until": Phrase("talent.until", {"day": details.until}) if details.until else none,
    }


def _paid(details: Details) -> Phrase | None:
    """Say what people get where it stands beside the word "pay"."""
    if details.pay is Pay.PAID:
        return Phrase("talent.words", {"words": details.pay_words})
    return _pay(details)


def _pay(details: Details) -> Phrase | None:
    if details.pay is None:
        return None
    if details.pay is Pay.EXPENSES and not details.pay_words:
        return Phrase("talent.pay.expenses_some")
    return Phrase(f"talent.pay.{details.pay}", {"words": details.pay_words})


def _where(details: Details) -> Phrase | None:
    if details.setting is None:
        return None
    if details.setting is Setting.HOME:
        return Phrase("talent.where.home")
    return Phrase(f"talent.where.{details.setting}", {"place": details.place})


def _pace(details: Details) -> Phrase | None:
    return Phrase(f"talent.pace.{details.pace}") if details.pace else None


def _starts(day: date | None) -> Phrase:
    return Phrase("talent.starts", {"day": day}) if day else Phrase("talent.starts_any")
