"""What the pages about rounds of comments need from the rest of the program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.codesign.drafting import Draft
from bot.codesign.records import Change, NewRound, Round, RoundLine, RoundSheet, Verdict
from bot.errors import NotFound
from bot.people import Role

CODESIGN_ROLES: frozenset[Role] = frozenset({Role.EDITOR, Role.LIAISON})


class CodesignDesk(Protocol):
    """Rounds of some cities; what is of another city is not there. Acts are audited.

    Every act raises NotFound where there is no such round, or no such suggestion in it.
    """

    async def listed(self, cities: Sequence[str]) -> Sequence[RoundLine]:
        """Return the rounds, the one that closes last first."""
        ...

    async def sheet(self, round_id: str, cities: Sequence[str]) -> RoundSheet | None:
        """Return all that staff see of a round."""
        ...

    def draft(self, sheet: RoundSheet) -> Draft | None:
        """Return the next draft with what was decided; None where the framework has gone."""
        ...

    async def make(self, new: NewRound, by: str) -> Round:
        """Make a round."""
        ...

    async def end(self, round_id: str, cities: Sequence[str], by: str) -> None:
        """Close a round before its last day."""
        ...

    async def move(
        self, round_id: str, cities: Sequence[str], opens: date, closes: date, by: str
    ) -> None:
        """Change the days of a round; one that was closed opens again."""
        ...

    async def mark(
        self,
        round_id: str,
        cities: Sequence[str],
        suggestion: str,
        verdict: Verdict,
        why: str,
        by: str,
        *,
        is_open: bool,
    ) -> None:
        """Say what is made of a suggestion, and whether others may read it."""
        ...

    async def decide(self, round_id: str, cities: Sequence[str], change: Change, by: str) -> None:
        """Decide something for the next draft."""
        ...

    async def keep(self, round_id: str, cities: Sequence[str], item: str, by: str) -> None:
        """Leave a sentence as it is after all."""
        ...

    async def exported(self, found: Round, by: str) -> None:
        """Write down that somebody took the results out."""
        ...

    async def tell(self, round_id: str, cities: Sequence[str], by: str) -> int:
        """Tell everybody who takes part and was not told yet what came of it; return how many."""
        ...


class NoCodesignDesk:
    """Knows no round."""

    async def listed(self, cities: Sequence[str]) -> Sequence[RoundLine]:  # noqa: ARG002
        """Return none."""
        return ()

    async def sheet(self, round_id: str, cities: Sequence[str]) -> RoundSheet | None:  # noqa: ARG002
        """Find nothing."""
        return None

    def draft(self, sheet: RoundSheet) -> Draft | None:  # noqa: ARG002
        """Draft nothing."""
        return None

    async def make(self, new: NewRound, by: str) -> Round:  # noqa: ARG002
        """Make nothing."""
        raise NotFound("There are no rounds here.")

    async def end(self, round_id: str, cities: Sequence[str], by: str) -> None:  # noqa: ARG002
        """Close nothing."""
        raise NotFound("There is no such round.")

    async def move(
        self,
        round_id: str,  # noqa: ARG002
        cities: Sequence[str],  # noqa: ARG002
        opens: date,  # noqa: ARG002
        closes: date,  # noqa: ARG002
        by: str,  # noqa: ARG002
    ) -> None:
        """Change nothing."""
        raise NotFound("There is no such round.")

    async def mark(
        self,
        round_id: str,  # noqa: ARG002
        cities: Sequence[str],  # noqa: ARG002
        suggestion: str,  # noqa: ARG002
        verdict: Verdict,  # noqa: ARG002
        why: str,  # noqa: ARG002
        by: str,  # noqa: ARG002
        *,
        is_open: bool,  # noqa: ARG002
    ) -> None:
        """Mark nothing."""
        raise NotFound("There is no such round.")

    async def decide(self, round_id: str, cities: Sequence[str], change: Change, by: str) -> None:  # noqa: ARG002
        """Decide nothing."""
        raise NotFound("There is no such round.")

    async def keep(self, round_id: str, cities: Sequence[str], item: str, by: str) -> None:  # noqa: ARG002
        """Change nothing."""
        raise NotFound("There is no such round.")

    async def exported(self, found: Round, by: str) -> None:
        """Write nothing down."""

    async def tell(self, round_id: str, cities: Sequence[str], by: str) -> int:  # noqa: ARG002
        """Tell nobody."""
        raise NotFound("There is no such round.")
