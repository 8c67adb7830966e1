"""The hash of a plan: whoever approved it approved exactly this."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from bot.campaigns.content import content_to_json
from bot.campaigns.records import Plan
from bot.campaigns.schedule import schedule_to_json
from bot.campaigns.variants import rival_to_json


def digest(plan: Plan) -> str:
    """Return the SHA-256 of a plan's content, audience, time and most cost, in hex."""
    written: dict[str, Any] = {
        "kind": plan.kind,
        "topic": plan.topic.value if plan.topic else "",
        "content": content_to_json(plan.content),
        "languages": list(plan.content.wordings),
        "audience": plan.audience,
        "schedule": schedule_to_json(plan.schedule),
        "again": plan.again,
    }
    # Left out where there is none: what was approved before there were such keeps its hash.
    if plan.rival is not None:
        rival = rival_to_json(plan.rival)
        written["rival"] = rival | {"languages": list(plan.rival.wordings)}
    if plan.stars:
        written["stars"] = plan.stars
    return hashlib.sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()
