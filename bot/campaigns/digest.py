"""The hash of a plan: whoever approved it approved exactly this."""

from __future__ import annotations

import hashlib
import json

from bot.campaigns.content import content_to_json
from bot.campaigns.records import Plan
from bot.campaigns.schedule import schedule_to_json


def digest(plan: Plan) -> str:
    """Return the SHA-256 of a plan's content, audience and time, in hex."""
    written = {
        "kind": plan.kind,
        "topic": plan.topic.value if plan.topic else "",
        "content": content_to_json(plan.content),
        "languages": list(plan.content.wordings),
        "audience": plan.audience,
        "schedule": schedule_to_json(plan.schedule),
        "again": plan.again,
    }
    return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()
