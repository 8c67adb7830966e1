"""What people do with the messages of campaigns: counted by person, never by tap."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlmodel import select

from bot.campaigns.links import ShortLink
from bot.campaigns.records import ActKind, Pledge
from storage.instants import micros
from storage.repositories.repository import Repository
from storage.statements import Statement
from storage.tables.campaigns import CampaignLinkRow, DeliveryRow, PledgeRow

_ACT = Statement("""
    INSERT INTO campaign_act (broadcast, kind, part, person, campaign, city, said, at)
    VALUES (:broadcast, :kind, :part, :person, :campaign, :city, :said, :now)
    ON CONFLICT (broadcast, kind, part, person) DO UPDATE SET said = excluded.said
""")
_SETTLE = Statement("""
    UPDATE delivery SET state = 'sent', reason = 'acted', settled_at = :now
    WHERE broadcast = :broadcast AND person = :person AND campaign = :campaign
      AND state = 'in_doubt'
""")
_LINK = Statement("""
    INSERT INTO campaign_link (token, city, broadcast, part, target, secret, made_at)
    VALUES (:token, :city, :broadcast, :part, :target, :secret, :now)
    ON CONFLICT (broadcast, part) DO NOTHING
""")
_PLEDGE = Statement("""
    INSERT INTO pledge (person, campaign, city, words, at)
    VALUES (:person, :campaign, :city, :words, :now)
    ON CONFLICT (person, campaign) DO UPDATE SET words = excluded.words, at = excluded.at
""")
_BY_PART = Statement("""
    SELECT kind, part, COUNT(*) FROM campaign_act WHERE broadcast = :broadcast GROUP BY kind, part
""")
_BY_ANSWER = Statement("""
    SELECT said, COUNT(*) FROM campaign_act
    WHERE broadcast = :broadcast AND kind = 'poll' GROUP BY said
""")
_PEOPLE = Statement("""
    SELECT kind, COUNT(DISTINCT person) FROM campaign_act
    WHERE broadcast = :broadcast GROUP BY kind
""")
_ACCEPTED = Statement("""
    SELECT variant, COUNT(*) FROM delivery
    WHERE broadcast = :broadcast AND state = 'sent' GROUP BY variant
""")
_BY_VARIANT = Statement("""
    SELECT d.variant, a.kind, COUNT(DISTINCT a.person) FROM campaign_act AS a
    JOIN delivery AS d ON d.person = a.person AND d.broadcast = a.broadcast
    WHERE a.broadcast = :broadcast AND a.at < :until GROUP BY d.variant, a.kind
""")
_ACTED = Statement("""
    SELECT d.variant, COUNT(DISTINCT a.person) FROM campaign_act AS a
    JOIN delivery AS d ON d.person = a.person AND d.broadcast = a.broadcast
    WHERE a.broadcast = :broadcast AND a.at < :until AND a.kind <> 'opt_out' GROUP BY d.variant
""")
_SAVED_AFTER = Statement("""
    SELECT COUNT(DISTINCT d.person) FROM delivery AS d
    JOIN saved_course AS s ON s.person = d.person
    WHERE d.broadcast = :broadcast AND d.state = 'sent'
      AND s.saved_at >= d.settled_at AND s.saved_at < d.settled_at + :within
""")
_BADGES_AFTER = Statement("""
    SELECT COUNT(DISTINCT d.person) FROM delivery AS d JOIN badge AS b ON b.person = d.person
    WHERE d.broadcast = :broadcast AND d.state = 'sent'
      AND b.awarded_at >= d.settled_at AND b.awarded_at < d.settled_at + :within
""")


class CampaignActs(Repository):
    """Clicks, opened flows, answers, pledges and opt-outs."""

    __slots__ = ()

    def record(
        self, broadcast: str, person: str, kind: ActKind, part: str = "", said: str = ""
    ) -> bool:
        """Note what somebody did with a message of a run; doing it again counts once.

        A message that was in doubt arrived, if somebody does something with it.

        Returns:
            False where they were not sent that run.
        """
        query = select(DeliveryRow).where(
            DeliveryRow.broadcast == broadcast, DeliveryRow.person == person
        )
        row = self._unit.orm.exec(query).first()
        if row is None:
            return False
        values = {
            "broadcast": broadcast,
            "person": person,
            "campaign": row.campaign,
            "now": self._unit.now_micros,
        }
        self._unit.run(_SETTLE, values)
        self._unit.run(_ACT, values | {"kind": kind, "part": part, "said": said, "city": row.city})
        return True

    def people(self, broadcast: str) -> dict[str, int]:
        """Return how many people did something with a run, by kind."""
        return dict(self._unit.fetch(_PEOPLE, {"broadcast": broadcast}))

    def by_part(self, broadcast: str) -> dict[tuple[str, str], int]:
        """Return how many people did what, by kind and button."""
        rows = self._unit.fetch(_BY_PART, {"broadcast": broadcast})
        return {(kind, part): count for kind, part, count in rows}

    def answers(self, broadcast: str) -> dict[str, int]:
        """Return how many people gave each answer, by the id of its button."""
        return dict(self._unit.fetch(_BY_ANSWER, {"broadcast": broadcast}))

    def by_variant(self, broadcast: str, until: datetime) -> dict[str, dict[str, int]]:
        """Return what came of each version of a run, in people, up to a moment.

        "accepted" are messages, "acted" are people who did anything but leave, each once; the
        others are people by kind.
        """
        values = {"broadcast": broadcast, "until": micros(until)}
        found: dict[str, dict[str, int]] = {}
        for variant, count in self._unit.fetch(_ACCEPTED, {"broadcast": broadcast}):
            found.setdefault(variant, {})["accepted"] = count
        for variant, kind, count in self._unit.fetch(_BY_VARIANT, values):
            found.setdefault(variant, {})[kind] = count
        for variant, count in self._unit.fetch(_ACTED, values):
            found.setdefault(variant, {})["acted"] = count
        return found

    def did_after(self, broadcast: str, within: timedelta) -> dict[str, int]:
        """Return how many of those who got a message saved a course, or earned a badge, after it.

        Args:
            within: How long after it.
        """
        values = {"broadcast": broadcast, "within": within // timedelta(microseconds=1)}
        return {
            "saved": int(self._unit.fetch(_SAVED_AFTER, values)[0][0]),
            "badges": int(self._unit.fetch(_BADGES_AFTER, values)[0][0]),
        }

    # -- short addresses ---------------------------------------------------------------------

    def link(self, city: str, broadcast: str, part: str, target: str) -> ShortLink:
        """Return the short address of a button of a run, made when it is first asked for."""
        query = select(CampaignLinkRow).where(
            CampaignLinkRow.broadcast == broadcast, CampaignLinkRow.part == part
        )
        row = self._unit.orm.exec(query).first()
        if row is None:
            values = {"city": city, "broadcast": broadcast, "part": part, "target": target}
            values |= {"token": secrets.token_urlsafe(6), "secret": secrets.token_urlsafe(16)}
            self._unit.run(_LINK, values | {"now": self._unit.now_micros})
            row = self._unit.orm.exec(query).one()
        return _link(row)

    def find_link(self, token: str) -> ShortLink | None:
        """Return the short address of a token."""
        row = self._unit.orm.get(CampaignLinkRow, token)
        return None if row is None else _link(row)

    def click(self, link: ShortLink, number: int) -> bool:
        """Note that whoever got this delivery followed an address; False where nobody did."""
        row = self._unit.orm.get(DeliveryRow, (link.broadcast, number))
        known = row is not None and self._unit.people.find(row.person) is not None
        if row is None or not known:
            return False
        return self.record(link.broadcast, row.person, "click", link.part)

    # -- pledges -----------------------------------------------------------------------------

    def pledge(self, person: str, city: str, words: str, campaign: str = "") -> None:
        """Keep what somebody promised themselves; a new promise takes the place of the old one."""
        values = {"person": person, "campaign": campaign, "city": city, "words": words}
        self._unit.run(_PLEDGE, values | {"now": self._unit.now_micros})

    def pledge_of(self, person: str, campaign: str = "") -> Pledge | None:
        """Return what somebody promised."""
        row = self._unit.orm.get(PledgeRow, (person, campaign))
        return (
            None if row is None else Pledge(row.person, row.campaign, row.city, row.words, row.at)
        )

    def take_back_pledge(self, person: str, campaign: str = "") -> bool:
        """Forget a promise; False if there was none."""
        row = self._unit.orm.get(PledgeRow, (person, campaign))
        if row is None:
            return False
        self._unit.orm.delete(row)
        self._unit.orm.flush()
        return True


def _link(row: CampaignLinkRow) -> ShortLink:
    return ShortLink(row.token, row.broadcast, row.part, row.target, row.secret)
