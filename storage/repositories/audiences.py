"""Audiences: who fits a rule, who of them is written to, and why the others are not.

A million people are looked through in slices, each of which reads few enough rows to be quick.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.campaigns.audience import Facts
from bot.campaigns.reaching import Candidate, Reach, Slice
from bot.people import AgeBand, Purpose
from storage.instants import instant, micros
from storage.repositories.audience_sql import EVERYBODY, Bound, condition, happened_condition
from storage.repositories.repository import Repository
from storage.statements import Statement

LAST: Final = "g"
"""Greater than every id, in every order of letters: ids are hex digits."""

_AGREED_TO = Statement("""
    SELECT person FROM standing_consent
    WHERE purpose = :topic AND is_given = TRUE AND person > :after
    ORDER BY person LIMIT 1 OFFSET :most
""")
_CITIZEN_TO = Statement("""
    SELECT id FROM person WHERE city = :city AND id > :after ORDER BY id LIMIT 1 OFFSET :most
""")
_PERSON = Statement("""
    SELECT city, language, seen_at, created_at FROM person WHERE id = :person
""")
_LISTS: dict[str, Statement] = {
    "roles": Statement("""
        SELECT r.role FROM role AS r JOIN person AS p ON p.id = r.person
        WHERE r.person = :person AND r.city IN (p.city, '')
    """),
    "interests": Statement("SELECT part FROM trait WHERE person = :person AND kind = 'interest'"),
    "saved": Statement("SELECT course FROM saved_course WHERE person = :person"),
    "searched": Statement("SELECT part FROM trait WHERE person = :person AND kind = 'searched'"),
    "wards": Statement("SELECT part FROM trait WHERE person = :person AND kind = 'place'"),
    "routes": Statement("""
        SELECT pathway FROM followed_pathway WHERE person = :person AND left_at IS NULL
    """),
    "badges": Statement("SELECT plan FROM badge WHERE person = :person AND revoked_at IS NULL"),
    "topics": Statement("""
        SELECT purpose FROM standing_consent WHERE person = :person AND is_given = TRUE
    """),
}
_MINORS = tuple(band.value for band in AgeBand if not band.is_adult)


class Audiences(Repository):
    """Whom campaigns reach."""

    __slots__ = ()

    def slice(self, reach: Reach, after: str = "", limit: int = 2000) -> Slice:
        """Return the next of those who fit and whom a message could rest on.

        For a campaign those are people who agreed to its topic; for a service message all people of
        the city. `limit` of these are looked at, however few of them fit.
        """
        to = self._to(reach, after, limit)
        bound = Bound()
        sql = _candidates(reach, bound, after, to)
        rows = self._unit.fetch(Statement(sql), bound.values)
        found = tuple(Candidate(row[0], row[1] or "", row[2] or None) for row in rows)
        return Slice(found, to, to == LAST)

    def count_slice(self, reach: Reach, after: str = "", limit: int = 20000) -> tuple[int, str]:
        """Return how many of the next people of the city fit the rule, whatever they agreed to.

        Returns:
            The count, and where the next slice goes on; that is `LAST` where there is none.
        """
        values = {"city": reach.city, "after": after, "most": limit}
        rows = self._unit.fetch(_CITIZEN_TO, values)
        to = rows[0][0] if rows else LAST
        bound = Bound()
        between = _citizens(reach, bound, after, to)
        sql = f"SELECT COUNT(*) FROM person AS p WHERE {between} AND {_fits(reach, bound)}"  # noqa: S608
        return int(self._unit.fetch(Statement(sql), bound.values)[0][0]), to

    def facts(self, person: str) -> Facts | None:
        """Return what rules ask about one person."""
        rows = self._unit.fetch(_PERSON, {"person": person})
        if not rows:
            return None
        city, language, seen_at, created_at = rows[0]
        lists = {
            name: frozenset(row[0] for row in self._unit.fetch(statement, {"person": person}))
            for name, statement in _LISTS.items()
        }
        skills = self._unit.traits.of(person, "skill")
        return Facts(city, language, instant(seen_at), instant(created_at), skills=skills, **lists)

    def _to(self, reach: Reach, after: str, limit: int) -> str:
        if reach.topic is None:
            values: dict[str, Any] = {"city": reach.city, "after": after, "most": limit}
            rows = self._unit.fetch(_CITIZEN_TO, values)
        else:
            values = {"topic": reach.topic.value, "after": after, "most": limit}
            rows = self._unit.fetch(_AGREED_TO, values)
        return str(rows[0][0]) if rows else LAST


def _citizens(reach: Reach, bound: Bound, after: str, to: str) -> str:
    """Return the condition for a person of the city between two ids."""
    city = bound.value(reach.city)
    return f"p.city = {city} AND p.id > {bound.value(after)} AND p.id <= {bound.value(to)}"


def _fits(reach: Reach, bound: Bound) -> str:
    """Return the condition for a person who fits the rule."""
    happened = happened_condition(reach.happened, bound) if reach.happened else EVERYBODY
    return (
        f"p.notice_at IS NOT NULL AND ({happened}) AND ({condition(reach.rule, reach.now, bound)})"
    )


def _candidates(reach: Reach, bound: Bound, after: str, to: str) -> str:
    """Return a query for person, consent and reason, in the order of their ids."""
    if reach.topic is None:
        people = "person AS p"
        consent = "''"
        within = _citizens(reach, bound, after, to)
    else:
        topic = bound.value(reach.topic.value)
        people = "standing_consent AS s JOIN person AS p ON p.id = s.person"
        within = f"""s.purpose = {topic} AND s.is_given = TRUE AND s.person > {bound.value(after)}
            AND s.person <= {bound.value(to)} AND NOT EXISTS (
                SELECT 1 FROM standing_consent AS e
                WHERE e.person = s.person AND e.purpose = s.purpose AND e.channel < s.channel
                  AND e.is_given = TRUE)
            AND COALESCE(p.city, '') = {bound.value(reach.city)}"""  # noqa: S608
        # COALESCE keeps SQLite from walking through the city's people for each who agreed.
        consent = f"""(
            SELECT k.consent FROM standing_consent AS k JOIN contact AS c
            ON c.person = k.person AND c.channel = k.channel
            WHERE k.person = p.id AND k.purpose = {topic} AND k.is_given = TRUE
              AND c.is_reachable = TRUE
            ORDER BY c.channel = 'web', c.seen_at DESC LIMIT 1)"""  # noqa: S608
    cases = " ".join(f"WHEN {when} THEN '{reason}'" for reason, when in _reasons(reach, bound))
    return f"""
        SELECT q.id, q.consent, CASE {cases} ELSE '' END FROM (
            SELECT p.id AS id, p.age_band AS age_band, {consent} AS consent FROM {people}
            WHERE {within} AND {_fits(reach, bound)}) AS q
        ORDER BY q.id
    """  # noqa: S608


def _reasons(reach: Reach, bound: Bound) -> Sequence[tuple[str, str]]:
    """Return why somebody is left out, the first that holds counts, as conditions on `q`."""
    reasons = [("erased", "EXISTS (SELECT 1 FROM erasure_due AS e WHERE e.person = q.id)")]
    if reach.topic is None:
        reasons += _service_reasons(bound)
    else:
        reasons += [
            ("under_18", _too_young(reach.topic, bound)),
            ("unreachable", "q.consent IS NULL"),
        ]
    if reach.campaign:
        reasons.append(("already", _already(reach, bound)))
    if reach.cap and reach.cap_since is not None and reach.topic is not None:
        reasons.append(("often", _often(reach, bound)))
    return reasons


def _service_reasons(bound: Bound) -> list[tuple[str, str]]:
    every = bound.value(Purpose.CAMPAIGNS.value)
    minors = bound.several(_MINORS)
    return [
        (
            "no_consent",
            f"""EXISTS (SELECT 1 FROM standing_consent AS n WHERE n.person = q.id
                AND n.purpose = {every} AND n.is_given = FALSE)""",  # noqa: S608
        ),
        (
            "under_18",
            f"""q.age_band IN {minors} AND NOT EXISTS (
                SELECT 1 FROM standing_consent AS n WHERE n.person = q.id AND n.is_given = TRUE
                AND n.purpose NOT IN ('service', 'reminders', 'insights', 'campaigns'))""",  # noqa: S608
        ),
        (
            "unreachable",
            """NOT EXISTS (
                SELECT 1 FROM contact AS c WHERE c.person = q.id AND c.is_reachable = TRUE)""",
        ),
    ]


def _too_young(topic: Purpose, bound: Bound) -> str:
    if topic is Purpose.INVITATIONS:
        return f"COALESCE(q.age_band, '') <> {bound.value(AgeBand.ADULT.value)}"
    return f"COALESCE(q.age_band, '') = {bound.value(AgeBand.UNDER_13.value)}"


def _already(reach: Reach, bound: Bound) -> str:
    since = (
        f" AND d.cut_at >= {bound.value(micros(reach.again_since))}" if reach.again_since else ""
    )
    return f"""EXISTS (
        SELECT 1 FROM delivery AS d JOIN broadcast AS b ON b.id = d.broadcast
        WHERE d.person = q.id AND d.campaign = {bound.value(reach.campaign)}
          AND d.state IN ('queued', 'claimed', 'sent', 'in_doubt') AND b.is_test = FALSE{since})"""  # noqa: S608


def _often(reach: Reach, bound: Bound) -> str:
    since = bound.value(micros(reach.cap_since or reach.now))
    return f"""((
        SELECT COUNT(*) FROM delivery AS d JOIN broadcast AS b ON b.id = d.broadcast
        WHERE d.person = q.id AND d.state IN ('sent', 'in_doubt', 'claimed')
          AND d.claimed_at >= {since} AND b.is_test = FALSE AND d.consent <> '') + (
        SELECT COUNT(*) FROM work_invitation AS w
        WHERE w.person = q.id AND w.sent_at >= {since}))
        >= {bound.value(reach.cap)}"""  # noqa: S608
