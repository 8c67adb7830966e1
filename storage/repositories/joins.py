"""Two chats, one person: tokens that join them, and the joining."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import col, select

from bot.errors import Refused
from bot.people import STAFF, Joined, Person
from bot.people.joining import consents as standing_consents
from bot.people.joining import plan
from bot.people.staff import JOIN_LASTS, new_token, token_hash
from storage.instants import micros
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.people import JoinTokenRow
from storage.tables.staff import RoleRow

PARKED_FOR = timedelta(days=30)

_PARK = Statement("""
    UPDATE session SET status = 'parked', parked_until = :until
    WHERE person = :dropped AND status = 'live'
""")
_ONE_MEMBER = (
    Statement("""
    UPDATE organisation_member SET part = 'lead' WHERE person = :kept AND EXISTS (
        SELECT 1 FROM organisation_member AS m
        WHERE m.person = :dropped AND m.organisation = organisation_member.organisation
          AND m.part = 'lead')
    """),
    Statement("""
    UPDATE organisation_member SET contact = '' WHERE person = :kept AND EXISTS (
        SELECT 1 FROM organisation_member AS m
        WHERE m.person = :dropped AND m.organisation = organisation_member.organisation
          AND m.contact = '')
    """),
    Statement("""
    DELETE FROM organisation_member WHERE person = :dropped AND organisation IN (
        SELECT organisation FROM organisation_member WHERE person = :kept)
    """),
)
"""Whoever belongs to an organisation twice: once, with what both agreed to."""
_ONE_PART = (
    Statement("""
    UPDATE codesign_part SET keeps = FALSE WHERE person = :kept AND EXISTS (
        SELECT 1 FROM codesign_part AS p
        WHERE p.person = :dropped AND p.round = codesign_part.round AND NOT p.keeps)
    """),
    Statement("""
    DELETE FROM codesign_comment WHERE person = :kept AND answered_at IS NULL AND EXISTS (
        SELECT 1 FROM codesign_comment AS c
        WHERE c.person = :dropped AND c.round = codesign_comment.round
          AND c.item = codesign_comment.item)
    """),
    Statement("""
    DELETE FROM codesign_comment WHERE person = :dropped AND EXISTS (
        SELECT 1 FROM codesign_comment AS c
        WHERE c.person = :kept AND c.round = codesign_comment.round
          AND c.item = codesign_comment.item)
    """),
    Statement("""
    DELETE FROM codesign_suggestion WHERE person = :dropped AND item <> '' AND EXISTS (
        SELECT 1 FROM codesign_suggestion AS s
        WHERE s.person = :kept AND s.round = codesign_suggestion.round
          AND s.item = codesign_suggestion.item)
    """),
    Statement("""
    DELETE FROM codesign_part WHERE person = :dropped AND round IN (
        SELECT round FROM codesign_part WHERE person = :kept)
    """),
)
"""Whoever takes part in a round twice: once, as the one that stays, with what both agreed to."""
_AS_ONE = tuple(
    Statement(f"""
    UPDATE {table} SET kind = (
        SELECT kind FROM codesign_part AS p WHERE p.person = :kept AND p.round = {table}.round)
    WHERE person = :kept AND EXISTS (
        SELECT 1 FROM codesign_part AS p WHERE p.person = :kept AND p.round = {table}.round)
    """)  # noqa: S608
    for table in ("codesign_comment", "codesign_suggestion")
)
_MAY_STAY = Statement("""
    UPDATE codesign_suggestion SET may_stay = FALSE WHERE person = :kept AND EXISTS (
        SELECT 1 FROM codesign_part AS p
        WHERE p.person = :kept AND p.round = codesign_suggestion.round AND NOT p.keeps)
""")
_ONE_MESSAGE = tuple(
    Statement(f"""
    UPDATE delivery SET state = 'skipped', reason = 'already', settled_at = :now
    WHERE person = :{one} AND state = 'queued' AND EXISTS (
        SELECT 1 FROM delivery AS d
        WHERE d.person = :{other} AND d.broadcast = delivery.broadcast
          AND d.state IN ('queued', 'claimed', 'sent', 'in_doubt'))
    """)  # noqa: S608
    for one, other in (("dropped", "kept"), ("kept", "dropped"))
)
"""Whoever a run was to reach twice, under both names: once."""
_DROP_DOUBLES = (
    Statement("""
    DELETE FROM saved_course WHERE person = :dropped AND course IN (
        SELECT course FROM saved_course WHERE person = :kept)
    """),
    Statement("""
    DELETE FROM result_page WHERE person = :dropped AND sitting IN (
        SELECT sitting FROM result_page WHERE person = :kept)
    """),
    Statement("""
    DELETE FROM followed_pathway WHERE person = :kept AND left_at IS NOT NULL AND pathway IN (
        SELECT pathway FROM followed_pathway WHERE person = :dropped AND left_at IS NULL)
    """),
    Statement("""
    DELETE FROM followed_pathway WHERE person = :dropped AND pathway IN (
        SELECT pathway FROM followed_pathway WHERE person = :kept)
    """),
    Statement("""
    DELETE FROM pathway_step WHERE person = :dropped AND EXISTS (
        SELECT 1 FROM pathway_step AS s
        WHERE s.person = :kept AND s.pathway = pathway_step.pathway AND s.step = pathway_step.step)
    """),
    Statement("""
    DELETE FROM reminder WHERE person = :dropped AND kind NOT IN ('own', 'ask_again') AND EXISTS (
        SELECT 1 FROM reminder AS r
        WHERE r.person = :kept AND r.kind = reminder.kind AND r.subject = reminder.subject
          AND r.part = reminder.part AND r.state NOT IN ('ended', 'stopped'))
    """),
    Statement("""
    DELETE FROM badge_claim WHERE person = :dropped AND code IN (
        SELECT code FROM badge_claim WHERE person = :kept)
    """),
    Statement("""
    DELETE FROM trait WHERE person = :dropped AND EXISTS (
        SELECT 1 FROM trait AS t
        WHERE t.person = :kept AND t.kind = trait.kind
          AND (t.part = trait.part OR trait.kind = 'place'))
    """),
    Statement("""
    DELETE FROM campaign_act WHERE person = :dropped AND EXISTS (
        SELECT 1 FROM campaign_act AS a
        WHERE a.person = :kept AND a.broadcast = campaign_act.broadcast
          AND a.kind = campaign_act.kind AND a.part = campaign_act.part)
    """),
    Statement("""
    DELETE FROM pledge WHERE person = :dropped AND campaign IN (
        SELECT campaign FROM pledge WHERE person = :kept)
    """),
    Statement("""
    DELETE FROM work_profile WHERE person = :dropped AND EXISTS (
        SELECT 1 FROM work_profile AS w WHERE w.person = :kept)
    """),
    Statement("""
    DELETE FROM work_invitation WHERE person = :dropped AND opportunity IN (
        SELECT opportunity FROM work_invitation WHERE person = :kept)
    """),
    Statement("""
    DELETE FROM role WHERE person = :dropped AND EXISTS (
        SELECT 1 FROM role AS r
        WHERE r.person = :kept AND r.role = role.role AND r.city = role.city
          AND r.provider = role.provider)
    """),
)
_HAND_OVER = tuple(
    Statement(f"UPDATE {table} SET person = :kept WHERE person = :dropped")  # noqa: S608
    for table in (
        "contact",
        "consent",
        "session",
        "act",
        "question",
        "outbox",
        "role",
        "saved_course",
        "saved_search",
        "due_notice",
        "unmet_wish",
        "unread_answer",
        "listing_report",
        "complaint",
        "badge",
        "badge_twin",
        "badge_claim",
        "claim_label",
        "badge_endorsement",
        "sitting",
        "sitting_answer",
        "result_page",
        "followed_pathway",
        "pathway_step",
        "reminder",
        "cv_experience",
        "delivery",
        "campaign_act",
        "pledge",
        "trait",
        "work_profile",
        "work_invitation",
        "misuse_report",
        "organisation_member",
        "colleague_link",
        "employer_ask",
        "response",
        "codesign_part",
        "codesign_comment",
        "codesign_suggestion",
    )
)
_HAND_OVER_CODES = Statement("""
    UPDATE badge_code SET made_by = :kept WHERE made_by = :dropped
""")
_HAND_OVER_OFFERS = Statement("""
    UPDATE offer SET made_by = :kept WHERE made_by = :dropped
""")
_HAND_OVER_OPPORTUNITIES = Statement("""
    UPDATE opportunity SET made_by = :kept WHERE made_by = :dropped
""")
_HAND_OVER_INVITATION = Statement("""
    UPDATE invitation SET used_by = :kept WHERE used_by = :dropped
""")
_KEEP_STEPS = Statement("""
    UPDATE pathway_step SET left_at = NULL WHERE person = :kept AND pathway IN (
        SELECT pathway FROM followed_pathway WHERE person = :kept AND left_at IS NULL)
""")
_LET_GO = tuple(
    Statement(f"DELETE FROM {table} WHERE person = :dropped")  # noqa: S608
    for table in ("join_token", "login_link", "web_session", "erasure_due", "standing_consent")
)
_DROP_PERSON = Statement("DELETE FROM person WHERE id = :dropped")
_FILL = Statement("""
    UPDATE person SET city = :city, language = :language, notice_version = :notice_version,
        notice_at = :notice_at, age_band = :age_band, version = version + 1
    WHERE id = :kept
""")


class Joins(Repository):
    """Joining keeps the older person, never widens a consent and never carries a staff role."""

    __slots__ = ()

    def offer(self, person: str, channel: str, bot: str, chat: str) -> str:
        """Return a token that lets one other chat join this person, once, for half an hour."""
        token = new_token()
        row = JoinTokenRow(
            token_hash=token_hash(token),
            person=person,
            channel=channel,
            bot=bot,
            chat=chat,
            expires_at=self._unit.now + JOIN_LASTS,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return token

    def find_city(self, token: str) -> str:
        """Return the city of who made a link that can be used still; empty where there is none."""
        row = self._unit.orm.get(JoinTokenRow, token_hash(token))
        if row is None or row.used_at is not None or row.expires_at <= self._unit.now:
            return ""
        found = self._unit.people.find(row.person)
        return found.city if found is not None else ""

    def join(self, token: str, person: str) -> Joined:
        """Make the person of the token and this person one.

        Raises:
            Refused: "join.unknown", "join.used", "join.expired" or "join.same_person".
        """
        row = self._unit.orm.get(JoinTokenRow, token_hash(token), with_for_update=True)
        if row is None:
            raise Refused("join.unknown")
        if row.used_at is not None:
            raise Refused("join.used")
        if row.expires_at <= self._unit.now:
            raise Refused("join.expired")
        offerer, joiner = self._unit.people.find(row.person), self._unit.people.find(person)
        if offerer is None or joiner is None:
            raise Refused("join.unknown")
        filled, dropped = plan(offerer, joiner)
        row.used_at = self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return self._merge(filled, dropped)

    def _merge(self, kept: Person, dropped: Person) -> Joined:
        both = {"kept": kept.id, "dropped": dropped.id, "now": self._unit.now_micros}
        stands = standing_consents(
            self._unit.people.consents(kept.id), self._unit.people.consents(dropped.id)
        )
        self._drop_staff_roles(dropped.id)
        until = micros(self._unit.now + PARKED_FOR)
        self._unit.run(_PARK, {"dropped": dropped.id, "until": until})
        self._unit.cvs.merge(kept.id, dropped.id)
        for statement in (
            *_ONE_MEMBER,
            *_ONE_PART,
            *_ONE_MESSAGE,
            *_DROP_DOUBLES,
            *_HAND_OVER,
            *_AS_ONE,
            _MAY_STAY,
            _HAND_OVER_CODES,
            _HAND_OVER_OFFERS,
            _HAND_OVER_OPPORTUNITIES,
            _HAND_OVER_INVITATION,
            _KEEP_STEPS,
        ):
            self._unit.run(statement, both)
        for statement in _LET_GO:
            self._unit.run(statement, {"dropped": dropped.id})
        for consent in stands.values():
            self._unit.people.record_consent(
                kept.id,
                consent.purpose,
                consent.is_given,
                consent.channel,
                consent.text_version,
                basis=consent.basis,
            )
        self._fill(kept)
        self._unit.run(_DROP_PERSON, {"dropped": dropped.id})
        return Joined(self._unit.people.get(kept.id), dropped.id)

    def _fill(self, kept: Person) -> None:
        values = {
            "kept": kept.id,
            "city": kept.city,
            "language": kept.language,
            "notice_version": kept.notice_version,
            "notice_at": micros(kept.notice_at) if kept.notice_at else None,
            "age_band": kept.age_band.value if kept.age_band else None,
        }
        self._unit.run(_FILL, values)

    def _drop_staff_roles(self, person: str) -> None:
        staff = [role.value for role in STAFF]
        rows = self._unit.orm.exec(
            select(RoleRow).where(RoleRow.person == person, col(RoleRow.role).in_(staff))
        )
        for row in rows.all():
            self._unit.orm.delete(row)
        self._unit.orm.flush()
