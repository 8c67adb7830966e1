"""What flows look up about all that goes out."""

from __future__ import annotations

from typing import Any

from bot.campaigns.progress import progress_of
from bot.campaigns.records import Broadcast
from bot.campaigns.staffing import SENDERS
from bot.people import may
from bot.work.reads import Context, look

Json = dict[str, Any]
MOST_RUNS = 5
LONGEST_NAME = 40


@look("staff_sending")
def staff_sending(context: Context) -> Json:
    """Say what is being sent in the person's cities, to those who may stop it."""
    grants, unit = context.teacher.grants, context.unit
    if not any(one.role in SENDERS for one in grants):
        return {"may": False, "stopped": False, "reason": "", "runs": []}
    stop = unit.campaigns.stopped()
    open_ones = [one for one in unit.broadcasts.list_open() if may(grants, SENDERS, one.city)]
    return {
        "may": True,
        "stopped": stop is not None,
        "reason": stop.reason if stop else "",
        "runs": [_run(context, one) for one in open_ones[:MOST_RUNS]],
    }


def _run(context: Context, run: Broadcast) -> Json:
    progress = progress_of(context.unit.broadcasts.counts(run.id))
    return {
        "name": context.unit.campaigns.get(run.campaign).title[:LONGEST_NAME],
        "state": run.state,
        "done": progress.done,
        "size": progress.size,
    }
