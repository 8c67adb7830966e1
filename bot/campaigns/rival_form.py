"""The second version of a campaign as fields of the form, and these read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.campaigns.content import Button, Wording
from bot.campaigns.records import Plan
from bot.campaigns.rows import Form
from bot.campaigns.variants import HALF, LEAST_SHARE, MOST_DAYS, MOST_SHARE, USUAL_DAYS, Rival


def rival_fields(plan: Plan) -> dict[str, str]:
    """Return the second version of a plan as a form is filled in with it."""
    rival = plan.rival
    if rival is None:
        return {"rival.share": str(HALF), "rival.days": str(USUAL_DAYS)}
    fields = {
        "rival": "yes",
        "rival.share": str(rival.share),
        "rival.days": str(rival.days),
        "rival.picture": rival.picture,
    }
    for language, wording in rival.wordings.items():
        fields[f"rival.text.{language}"] = wording.text
        for number, button in enumerate(plan.content.buttons, 1):
            label = wording.labels.get(button.id, "")
            fields[f"rival.label.{number}.{language}"] = label
    return fields


def read_rival(
    form: Form,
    languages: Sequence[str],
    buttons: Iterable[tuple[int, Button]],
    words: Callable[[str, str], str],
    number: Callable[[str, int, int], int | None],
) -> Rival | None:
    """Read the second version; None where it is not asked for, whatever is written in it.

    Args:
        words: Reads a field of words of a kind: "text", "label" or "alt".
        number: Reads a field between two numbers, and notes where it is none.
    """
    if form.get("rival") != "yes":
        return None
    numbered, wordings = list(buttons), {}
    for language in languages:
        text = words(f"rival.text.{language}", "text")
        labels = {one.id: words(f"rival.label.{n}.{language}", "label") for n, one in numbered}
        if text or any(labels.values()):
            wordings[language] = Wording(text, labels, words(f"alt.{language}", "alt"))
    return Rival(
        wordings,
        form.get("rival.picture", "")[:64],
        number("rival.share", LEAST_SHARE, MOST_SHARE) or HALF,
        number("rival.days", 1, MOST_DAYS) or USUAL_DAYS,
    )
