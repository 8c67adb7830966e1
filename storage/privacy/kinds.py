"""What is held about people, by the kinds in which the privacy notice speaks of it.

A table about somebody that is in no kind fails the tests: then the notice is silent about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from storage.privacy.holdings import HOLDINGS

Basis: TypeAlias = Literal["task", "consent", "duty"]
Lasts: TypeAlias = Literal["days", "person", "good"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One line of the notice; its words are `web.privacy.kept.<key>`.

    Attributes:
        basis: Why the law allows it: a public task, somebody's yes, or a duty in law.
        lasts: For so many "days" at most, as long as the "person", or for "good" without whoever
            it was about.
    """

    key: str
    basis: Basis
    lasts: Lasts
    tables: tuple[str, ...]

    @property
    def days(self) -> int:
        """The longest that any of it is kept, where it has an end of its own."""
        rules = (rule.after.days for table in self.tables for rule in HOLDINGS[table].retention)
        return max(rules, default=0) if self.lasts == "days" else 0


KINDS: Final = (
    Kind("account", "task", "person", ("person", "contact")),
    Kind("agreed", "duty", "person", ("consent", "standing_consent")),
    Kind("chats", "task", "days", ("session", "act", "question", "inbox", "outbox")),
    Kind("unread", "task", "days", ("unread_answer",)),
    Kind("saved", "task", "person", ("saved_course", "saved_search", "due_notice", "reminder")),
    Kind("wishes", "task", "days", ("unmet_wish",)),
    Kind("reports", "task", "days", ("listing_report",)),
    Kind("complaints", "duty", "days", ("complaint",)),
    Kind("skills", "task", "person", ("sitting", "sitting_answer", "result_page")),
    Kind("routes", "task", "person", ("followed_pathway", "pathway_step")),
    Kind("badges", "task", "person", ("badge",)),
    Kind("backpack", "consent", "person", ("badge_twin",)),
    Kind("classes", "task", "days", ("badge_claim", "badge_code", "claim_label")),
    Kind("confirmations", "task", "days", ("badge_endorsement",)),
    Kind("cv", "task", "person", ("cv", "cv_experience")),
    Kind("pledges", "consent", "person", ("pledge",)),
    Kind("messages", "consent", "days", ("delivery", "campaign_act")),
    Kind("chosen_by", "consent", "person", ("trait",)),
    Kind("organisations", "task", "person", ("organisation_member",)),
    Kind("answers", "task", "days", ("response", "employer_ask", "colleague_link")),
    Kind("offers", "task", "person", ("offer",)),
    Kind("ideas", "consent", "days", ("codesign_part", "codesign_comment", "codesign_suggestion")),
    Kind("work", "consent", "person", ("work_profile", "work_invitation", "opportunity")),
    Kind("misuse", "duty", "days", ("misuse_report",)),
    Kind("roles", "task", "person", ("role", "invitation")),
    Kind("ways_in", "task", "days", ("login_link", "web_session", "join_token", "erasure_due")),
    Kind("audit", "duty", "good", ("audit",)),
)
"""In the order in which the notice names them."""
