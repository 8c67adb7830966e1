"""Effects on a person's CV."""

from __future__ import annotations

from collections.abc import Collection

from bot.cv.contents import offered_areas, offered_badges, offered_routes
from bot.cv.effects import (
    BringExperienceBack,
    ChooseForCv,
    DeleteExperience,
    KeepExperience,
    RenewCv,
    SayOnCv,
    ShowBadgeOnCv,
    ShowExperience,
    SwitchCv,
)
from bot.cv.records import (
    LONGEST_INTERESTS,
    LONGEST_NAME,
    LONGEST_PART,
    LONGEST_WHEN,
    SKILLS,
    Cv,
    Experience,
)
from bot.errors import NotFound, Refused
from bot.work.effects import Context, JsonValue, applies


@applies(SayOnCv)
def say_on_cv(context: Context, effect: SayOnCv) -> str:
    """Keep the words; a name only of who said that they are 18 or older."""
    _require_account(context)
    words = " ".join(effect.words.split())
    band = context.person.age_band
    if effect.part == "name" and words and (band is None or not band.is_adult):
        raise Refused("cv.adults_only")
    most = LONGEST_NAME if effect.part == "name" else LONGEST_INTERESTS
    context.unit.cvs.say(context.person.id, context.city, effect.part, words[:most])
    return "kept" if words else "taken_away"


@applies(ChooseForCv)
def choose_for_cv(context: Context, effect: ChooseForCv) -> int:
    """Show what is chosen, as far as it is the person's own."""
    _require_account(context)
    own = _offered(context, effect.part)
    chosen = [one for one in dict.fromkeys(effect.chosen) if one in own]
    context.unit.cvs.choose(context.person.id, context.city, effect.part, chosen)
    return len(chosen)


@applies(ShowBadgeOnCv)
def show_badge_on_cv(context: Context, effect: ShowBadgeOnCv) -> JsonValue:
    """Put a badge of the person's own on the CV, or take it off."""
    _require_account(context)
    cvs, person = context.unit.cvs, context.person.id
    material = cvs.material_of(cvs.find(person) or Cv(person, context.city))
    own = offered_badges(material) if effect.is_on else material.badges
    badge = next((one for one in own if one.token == effect.token), None)
    if badge is None:
        raise Refused("badges.unknown")
    others = [one for one in material.cv.badges if one != badge.id]
    chosen = [*others, badge.id] if effect.is_on else others
    cvs.choose(person, context.city, "badges", chosen)
    return _told(context, material.cv)


@applies(KeepExperience)
def keep_experience(context: Context, effect: KeepExperience) -> str:
    """Keep an experience, or change one of the person's own."""
    _require_account(context)
    if effect.skill not in SKILLS:
        raise Refused("cv.experience.gone")
    told = Experience(
        effect.experience,
        effect.situation.strip()[:LONGEST_PART],
        effect.done.strip()[:LONGEST_PART],
        effect.learned.strip()[:LONGEST_PART],
        effect.skill,
        effect.when.strip()[:LONGEST_WHEN],
    )
    try:
        return context.unit.cvs.write(context.person.id, context.city, told)
    except NotFound as error:
        raise Refused("cv.experience.gone") from error


@applies(ShowExperience)
def show_experience(context: Context, effect: ShowExperience) -> str:
    """Show it on the page, or keep it without showing it."""
    cvs, person = context.unit.cvs, context.person.id
    try:
        cvs.show_experience(person, effect.experience, is_shown=effect.is_shown)
    except NotFound as error:
        raise Refused("cv.experience.gone") from error
    return "shown" if effect.is_shown else "hidden"


@applies(DeleteExperience)
def delete_experience(context: Context, effect: DeleteExperience) -> str:
    """Delete it; it can be brought back for five minutes."""
    is_done = context.unit.cvs.delete_experience(context.person.id, effect.experience)
    return "deleted" if is_done else "gone"


@applies(BringExperienceBack)
def bring_experience_back(context: Context, effect: BringExperienceBack) -> str:
    """Bring it back."""
    is_back = context.unit.cvs.bring_experience_back(context.person.id, effect.experience)
    return "back" if is_back else "gone"


@applies(SwitchCv)
def switch_cv(context: Context, effect: SwitchCv) -> JsonValue:
    """Switch the page on or off."""
    _require_account(context)
    cvs = context.unit.cvs
    return _told(context, cvs.switch(context.person.id, context.city, is_on=effect.is_on))


@applies(RenewCv)
def renew_cv(context: Context, effect: RenewCv) -> JsonValue:
    """Give the page another address."""
    del effect
    return _told(context, context.unit.cvs.renew(context.person.id, context.city))


def _told(context: Context, cv: Cv) -> JsonValue:
    return {"link": f"{context.public_url}/cv/{cv.token}" if cv.is_on else ""}


def _offered(context: Context, part: str) -> Collection[str]:
    """Return the ids of what the person has of a part."""
    material = context.unit.cvs.material_of(Cv(context.person.id, context.city))
    if part == "badges":
        return {one.id for one in offered_badges(material)}
    if part == "areas":
        return set(offered_areas(material, context.content))
    return {one.pathway.id for one in offered_routes(material, context.content)}


def _require_account(context: Context) -> None:
    """Nothing is kept of children under 13."""
    band = context.person.age_band
    if band is not None and not band.may_have_account:
        raise Refused("cv.under_13")
