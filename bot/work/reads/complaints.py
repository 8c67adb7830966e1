"""What the complaint flow looks up."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation import Text, text_to_json
from bot.conversation.messages import Value
from bot.people.complaints import MOST_OPEN, Complaint, State
from bot.work.reads import Context, look

Json = dict[str, Any]
MOST_SHOWN = 5
NEWEST_LINES = 6
LONGEST_LINE = 300


@look("complaints")
def complaints(context: Context) -> Json:
    """List a person's complaints, newest first, and who deals with them."""
    made = context.unit.complaints.list_of(context.person.id)
    waiting = sum(one.state is State.OPEN for one in made)
    city = context.content.cities.get(context.city)
    team = (city.operator if city else "") or Text("support.the_team")
    return {
        "made": [_one(context, one) for one in made[:MOST_SHOWN]],
        "may_open": waiting < MOST_OPEN,
        "team": text_to_json(Text("complain.team", {"team": team})),
    }


def _one(context: Context, one: Complaint) -> Json:
    state = one.outcome.value if one.outcome else one.state.value
    values: dict[str, Value] = {
        "reference": one.reference,
        "day": day_of(context, one.opened_at),
        "state": Text(f"complain.state.{state}", {"due": day_of(context, one.due_at)}),
    }
    return {
        "id": one.id,
        "reference": one.reference,
        "is_open": one.state is State.OPEN,
        "line": text_to_json(Text("complain.line", values)),
        "lines": [
            text_to_json(
                Text(
                    "complain.they_said" if line.is_staff else "complain.you_said",
                    {"words": line.words[:LONGEST_LINE], "day": day_of(context, line.at)},
                )
            )
            for line in one.lines[-NEWEST_LINES:]
        ],
    }


def day_of(context: Context, at: datetime) -> Text:
    """Return the day of a time in the person's city, as a text."""
    city = context.content.cities.get(context.city)
    zone = ZoneInfo(city.zone if city else "Europe/London")
    return Text("work.date", {"date": at.astimezone(zone).date()})
