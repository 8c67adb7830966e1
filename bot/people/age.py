"""Age bands: the only thing about age that is ever kept."""

from __future__ import annotations

from enum import StrEnum


class AgeBand(StrEnum):
    """How old somebody says they are."""

    UNDER_13 = "under-13"
    FROM_13_TO_17 = "13-17"
    ADULT = "18-plus"
    NOT_SAID = "not-said"

    @property
    def is_adult(self) -> bool:
        """Whether adult defaults apply. Who would rather not say is treated as under 18."""
        return self is AgeBand.ADULT

    @property
    def may_have_account(self) -> bool:
        """Whether anything beyond the talk itself may be kept. Under 13: nothing."""
        return self is not AgeBand.UNDER_13
