"""What flows look up about the pages of a person's results."""

from __future__ import annotations

from bot.work.reads import Context, look

NOW = "now"
"""Stands in an address for where the person stands by all their sittings."""


@look("result_page")
def result_page(context: Context, sitting: str = "") -> dict[str, str]:
    """Say where the page of a result is.

    `link` is the address that whoever has it can read, empty while it is off. `own` is the one that
    this person's browser alone can open, empty on channels that are no browser.
    """
    page = context.unit.result_pages.find(context.person.id, sitting)
    link = f"{context.public_url}/results/{page.token}" if page is not None else ""
    is_web = context.channel == "web"
    own = f"{context.public_url}/results/own/{sitting or NOW}" if is_web else ""
    return {"link": link, "own": own}
