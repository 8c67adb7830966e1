"""Effects on the pages of a person's results."""

from __future__ import annotations

from bot.errors import Refused
from bot.skills.page_effects import CloseResultPage, OpenResultPage
from bot.work.effects import Context, JsonValue, applies


@applies(OpenResultPage)
def open_result_page(context: Context, effect: OpenResultPage) -> JsonValue:
    """Make the address, or return the one that is there."""
    skills, person = context.unit.skills, context.person.id
    if effect.sitting:
        has_result = skills.find_sitting(person, effect.sitting) is not None
    else:
        has_result = bool(skills.list_sittings(person, limit=1))
    if not has_result:
        raise Refused("results.page.none")
    page = context.unit.result_pages.open(person, effect.sitting)
    return {"link": f"{context.public_url}/results/{page.token}"}


@applies(CloseResultPage)
def close_result_page(context: Context, effect: CloseResultPage) -> JsonValue:
    """Switch the address off."""
    return {"was_open": context.unit.result_pages.close(context.person.id, effect.sitting)}
