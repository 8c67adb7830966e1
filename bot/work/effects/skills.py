"""Applying what people tell about their skills, in the turn's transaction."""

from __future__ import annotations

from bot.errors import Refused
from bot.skills.effects import (
    BringSittingBack,
    DeleteSitting,
    FinishSitting,
    KeepAnswer,
    KeepFeeling,
    StartSitting,
)
from bot.skills.sittings import MODES, Feeling
from bot.work.campaigns.traits import note_skills
from bot.work.effects import Context, applies
from storage.repositories.skills import Moment

ANSWERS = (0, 1, 2, 3, None)
STEPS = range(1, 6)


@applies(StartSitting)
def start_sitting(context: Context, effect: StartSitting) -> str:
    """Begin a sitting against the framework as it is now."""
    content = context.content
    known = content.quick_checks if effect.mode == "tasks" else content.frameworks
    framework = known.get(effect.framework)
    if framework is None or effect.mode not in MODES:
        raise Refused("skills.gone")
    sitting = context.unit.skills.start(
        context.person.id,
        context.city,
        framework.id,
        framework.version,
        content.version,
        effect.mode,
        tuple(effect.parts),
    )
    return sitting.id


@applies(KeepAnswer)
def keep_answer(context: Context, effect: KeepAnswer) -> str:
    """Keep an answer, where the sitting is still there."""
    if effect.answer not in ANSWERS:
        raise Refused("skills.gone")
    kept = context.unit.skills.record(
        context.person.id, effect.sitting, effect.item, effect.answer, context.content.version
    )
    return "kept" if kept else "gone"


@applies(KeepFeeling)
def keep_feeling(context: Context, effect: KeepFeeling) -> str:
    """Keep how they feel; what was skipped stays empty."""
    moment: Moment = "before" if effect.moment == "before" else "after"
    told = [one if one in STEPS else None for one in (effect.confidence, effect.resilience)]
    skills = context.unit.skills
    kept = skills.feel(context.person.id, effect.sitting, moment, Feeling(*told))
    return "kept" if kept else "gone"


@applies(FinishSitting)
def finish_sitting(context: Context, effect: FinishSitting) -> str:
    """Note the end of a sitting."""
    kept = context.unit.skills.finish(context.person.id, effect.sitting)
    note_skills(context)
    return "finished" if kept else "gone"


@applies(DeleteSitting)
def delete_sitting(context: Context, effect: DeleteSitting) -> str:
    """Delete a sitting, and switch its page off for good."""
    context.unit.result_pages.close(context.person.id, effect.sitting)
    gone = context.unit.skills.delete(context.person.id, effect.sitting)
    note_skills(context)
    return "deleted" if gone else "gone"


@applies(BringSittingBack)
def bring_sitting_back(context: Context, effect: BringSittingBack) -> str:
    """Bring a sitting back, if it is not gone for good."""
    is_back = context.unit.skills.bring_back(context.person.id, effect.sitting)
    note_skills(context)
    return "back" if is_back else "too_late"
