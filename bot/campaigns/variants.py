"""Two versions of one campaign: who gets which, and how long one waits before they are compared.

Both have the same buttons, so that what people did can be compared; words, labels and picture may
differ. Who gets the other version is drawn by a hash of the run and the person: whoever draws again
draws the same, and nobody can be put into one of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias

from bot.campaigns.content import CampaignContent, Wording, content_from_json, content_to_json

Variant: TypeAlias = Literal["a", "b"]
VARIANTS: tuple[Variant, ...] = ("a", "b")
HALF: Final = 50
LEAST_SHARE, MOST_SHARE = 5, 50
USUAL_DAYS, MOST_DAYS = 7, 30
_PARTS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Rival:
    """The second version of a campaign.

    Attributes:
        wordings: By language, as in the first one.
        picture: The name of its picture; empty for none.
        share: How many in a hundred people get it; the others get the first one.
        days: So long after the launch both are compared, fixed before anybody knows how they do.
    """

    wordings: Mapping[str, Wording]
    picture: str = ""
    share: int = HALF
    days: int = USUAL_DAYS


def content_of(content: CampaignContent, rival: Rival | None, variant: str) -> CampaignContent:
    """Return what people who drew a version are sent; rows of other campaigns drew none."""
    if rival is None or variant != "b":
        return content
    return replace(content, wordings=rival.wordings, picture=rival.picture)


def drawn(run: str, person: str, share: int) -> Variant:
    """Return which version somebody gets in a run, the same at every call.

    Args:
        share: How many in a hundred people get the second version.
    """
    digest = hashlib.sha256(f"{run}:{person}".encode()).digest()
    return "b" if int.from_bytes(digest[:8]) % _PARTS < share * _PARTS // 100 else "a"


def rival_to_json(rival: Rival) -> dict[str, Any]:
    """Return a second version as JSON."""
    content = content_to_json(CampaignContent(rival.wordings, (), rival.picture))
    return {"content": content, "share": rival.share, "days": rival.days}


def rival_from_json(written: Mapping[str, Any]) -> Rival:
    """Return the second version of that JSON."""
    content = content_from_json(written["content"])
    return Rival(content.wordings, content.picture, written["share"], written["days"])
