"""What a conversation can do about opportunities and invitations.

All but the first two are calls, and each checks anew who asks. "talent.gone" means that it is not
there for this person: it says nothing of whether it is there for somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class SetWork:
    """Let these kinds be all that employers may invite them to. Returns the kinds before."""

    kinds: tuple[str, ...] = ()

    def undo(self, before: object) -> SetWork | None:
        """Return to the kinds before."""
        return SetWork(tuple(map(str, before))) if isinstance(before, (list, tuple)) else None


@dataclass(frozen=True, slots=True)
class ChooseWorkSkills:
    """Let employers look for these skills alone, by their codes. Returns the codes before."""

    codes: tuple[str, ...] = ()

    def undo(self, before: object) -> ChooseWorkSkills | None:
        """Return to the skills before."""
        if not isinstance(before, (list, tuple)):
            return None
        return ChooseWorkSkills(tuple(map(str, before)))


@dataclass(frozen=True, slots=True)
class AnswerInvitation:
    """Say "no" or "later" to an invitation, or "" for neither. Returns the answer before."""

    invitation: str
    answer: str


@dataclass(frozen=True, slots=True)
class ShareWithEmployer:
    """Say yes, and let the employer see this much. Returns {"link"}: what it will find.

    Attributes:
        parts: "cv" or "badges", or neither.
        name, contact: Empty for neither.
    """

    invitation: str
    parts: tuple[str, ...] = ()
    name: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class TakeShareBack:
    """Let the employer see nothing any more. Returns whether it saw anything."""

    invitation: str


@dataclass(frozen=True, slots=True)
class ReportMisuse:
    """Tell the city's staff that something is wrong. For good: returns {"reference"}."""

    invitation: str
    why: str
    words: str = ""
    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class BeginOpportunity:
    """Keep a new draft of an organisation. Returns its id."""

    organisation: str
    form: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChangeOpportunity:
    """Tell one part anew; an approval is void with it. Returns what became of it."""

    opportunity: str
    part: str
    form: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SendOpportunity:
    """Send the draft to the city's staff."""

    opportunity: str


@dataclass(frozen=True, slots=True)
class TakeOpportunityBack:
    """Make a draft again of what was sent or is running."""

    opportunity: str


@dataclass(frozen=True, slots=True)
class CopyOpportunity:
    """Keep a new draft like it, without its dates. Returns its id."""

    opportunity: str


@dataclass(frozen=True, slots=True)
class DropOpportunity:
    """Throw away one that was never approved."""

    opportunity: str


@dataclass(frozen=True, slots=True)
class CloseOpportunity:
    """Invite nobody any more; those who said yes stay to be seen for a while."""

    opportunity: str
    final: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class OpenYesPage:
    """Switch the page with those who said yes on, or give it a new address. Returns {"link"}."""

    opportunity: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class CloseYesPage:
    """Switch that page off. Returns whether it was on."""

    opportunity: str


@dataclass(frozen=True, slots=True)
class WriteToPerson:
    """Send somebody who said yes the one message that an employer may. Returns "written"."""

    opportunity: str
    share: str
    words: str
    final: ClassVar[bool] = True
