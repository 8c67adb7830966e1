"""What providers without a feed offer, and what of it stands in the catalogue.

Who may do what is asked before, by whoever calls. Each step is written to the audit log.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, func, select

from bot.courses.bodies import body_hash, dump_course
from bot.courses.importing.identity import course_id
from bot.courses.importing.records import StoredCourse
from bot.courses.offers import (
    Offer,
    Showing,
    Stage,
    Told,
    Version,
    course_of,
    dump_told,
    load_told,
    source_of,
)
from bot.errors import Conflict, NotFound, Refused
from bot.people import organisation_key
from bot.skills.tagging import Rules, tags_of
from storage.repositories.repository import Repository
from storage.tables.offers import OfferRow, OfferVersionRow

MOST_LISTED = 200
SENT, PUBLISHED, DECLINED, TAKEN_BACK = "sent", "published", "declined", "taken_back"


class Offers(Repository):
    """Offers with their drafts and versions; what is published goes on showing meanwhile."""

    __slots__ = ()

    def find(self, offer: str) -> Offer | None:
        """Return an offer."""
        row = self._unit.orm.get(OfferRow, offer)
        return None if row is None else _offer(row)

    def list_of(
        self, city: str, organisations: Sequence[str] | None, limit: int = MOST_LISTED
    ) -> list[Offer]:
        """Return offers of organisations (their keys) in a city, the newest change first.

        Args:
            organisations: Of all of them where None.
        """
        query = select(OfferRow).where(OfferRow.city == city)
        if organisations is not None:
            query = query.where(col(OfferRow.organisation).in_([*organisations]))
        ordered = query.order_by(col(OfferRow.changed_at).desc(), col(OfferRow.id)).limit(limit)
        return [_offer(row) for row in self._unit.orm.exec(ordered).all()]

    def list_waiting(self, city: str, limit: int = MOST_LISTED) -> list[Offer]:
        """Return what waits for a city's staff, the longest waiting first."""
        query = (
            select(OfferRow)
            .where(OfferRow.city == city, OfferRow.stage == Stage.SENT.value)
            .order_by(col(OfferRow.sent_at), col(OfferRow.id))
            .limit(limit)
        )
        return [_offer(row) for row in self._unit.orm.exec(query).all()]

    def count_waiting(self, city: str) -> int:
        """Return how many wait for a city's staff."""
        query = select(func.count()).where(
            OfferRow.city == city, OfferRow.stage == Stage.SENT.value
        )
        return int(self._unit.orm.exec(query).one())

    def begin(self, person: str, city: str, provider: str, told: Told) -> Offer:
        """Keep a new draft."""
        key = self._unit.new_id()
        row = OfferRow(
            id=key,
            city=city,
            provider=" ".join(provider.split()),
            organisation=organisation_key(provider),
            course=course_id(city, source_of(provider), key),
            made_by=person,
            stage=Stage.DRAFT.value,
            draft=dump_told(told),
            changed_at=self._unit.now,
        )
        return self._keep(row, "offer.begun", person)

    def write(self, offer: str, told: Told, person: str, change: int | None = None) -> Offer:
        """Put what is told in the draft's place; what was sent has to be sent again.

        Args:
            person: Who wrote it, and is told what becomes of it.
            change: The change that they saw; None where they saw the newest.

        Raises:
            NotFound: There is no such offer.
            Conflict: Somebody else changed it meanwhile.
        """
        row = self._row(offer)
        if change is not None and change != row.change:
            raise Conflict("Somebody else changed this offer.")
        if row.stage == Stage.SENT.value:
            self._decide(row, TAKEN_BACK, "", "")
        row.draft, row.stage, row.made_by = dump_told(told), Stage.DRAFT.value, person
        return self._keep(row, "offer.written", person)

    def send(self, offer: str, person: str) -> Offer:
        """Send the draft to staff, as a version of its own.

        Raises:
            NotFound: There is no such offer.
            Refused: "offers.nothing_to_send".
        """
        row = self._row(offer)
        if row.stage not in (Stage.DRAFT.value, Stage.DECLINED.value):
            raise Refused("offers.nothing_to_send")
        row.number += 1
        row.stage, row.sent_at, row.reason = Stage.SENT.value, self._unit.now, ""
        row.made_by, row.decided_at = person, None
        version = OfferVersionRow(
            offer=row.id,
            number=row.number,
            city=row.city,
            body=row.draft,
            state=SENT,
            sent_by=self._unit.people.reference_of(person),
            sent_at=self._unit.now,
        )
        self._unit.orm.add(version)
        return self._keep(row, "offer.sent", person)

    def take_back(self, offer: str, by: str) -> Offer:
        """Make a draft again of what was sent. Raises NotFound, Refused ("offers.not_waiting")."""
        row = self._waiting(offer, None)
        self._decide(row, TAKEN_BACK, "", "")
        row.stage = Stage.DRAFT.value
        return self._keep(row, "offer.taken_back", by)

    def publish(self, offer: str, number: int, by: str, rules: Rules) -> Offer:
        """Let residents see what was sent, as the version that staff (a person) looked at.

        Args:
            rules: By which it is worked out what it teaches.

        Raises:
            NotFound: There is no such offer.
            Refused: "offers.not_waiting": it was taken back, changed or decided meanwhile.
        """
        row = self._waiting(offer, number)
        self._decide(row, PUBLISHED, "", by)
        row.live, row.draft = row.draft, ""
        row.stage, row.showing, row.news = "", Showing.PUBLISHED.value, PUBLISHED
        return self._listed(self._keep(row, "offer.published", by), rules)

    def decline(self, offer: str, number: int, reason: str, by: str) -> Offer:
        """Send it back with a reason; what was published goes on showing. Raises as `publish`."""
        row = self._waiting(offer, number)
        self._decide(row, DECLINED, reason, by)
        row.stage, row.reason, row.news = Stage.DECLINED.value, reason, DECLINED
        return self._keep(row, "offer.declined", by)

    def withdraw(self, offer: str, by: str) -> Offer:
        """Show it to residents no longer. Raises NotFound, Refused ("offers.not_published")."""
        row = self._shown_as(offer, Showing.PUBLISHED)
        row.showing = Showing.WITHDRAWN.value
        self._unit.catalogue.withdraw(row.city, [row.course])
        return self._keep(row, "offer.withdrawn", by)

    def restore(self, offer: str, by: str, rules: Rules) -> Offer:
        """Show again what was withdrawn. Raises NotFound, Refused ("offers.not_published")."""
        row = self._shown_as(offer, Showing.WITHDRAWN)
        row.showing = Showing.PUBLISHED.value
        return self._listed(self._keep(row, "offer.restored", by), rules)

    def drop_draft(self, offer: str, by: str) -> Offer | None:
        """Throw the draft away; None where nothing was published, and so nothing is left.

        Raises:
            NotFound: There is no such offer.
            Refused: "offers.nothing_to_drop".
        """
        row = self._row(offer)
        if not row.stage:
            raise Refused("offers.nothing_to_drop")
        if row.stage == Stage.SENT.value:
            self._decide(row, TAKEN_BACK, "", "")
        if not row.showing:
            self._record("offer.dropped", row, by)
            self._unit.orm.delete(row)
            self._unit.orm.flush()
            return None
        row.stage, row.draft, row.reason = "", "", ""
        return self._keep(row, "offer.dropped", by)

    def list_versions(self, offer: str) -> list[Version]:
        """Return everything of an offer that was sent, the newest first."""
        query = (
            select(OfferVersionRow)
            .where(OfferVersionRow.offer == offer)
            .order_by(col(OfferVersionRow.number).desc())
        )
        return [_version(row) for row in self._unit.orm.exec(query).all()]

    # -- telling -----------------------------------------------------------------------------

    def list_news(self, limit: int) -> list[tuple[Offer, str]]:
        """Return offers whose maker was not told yet what became of them, with what that is."""
        query = select(OfferRow).where(OfferRow.news != "").order_by(OfferRow.id).limit(limit)
        return [(_offer(row), row.news) for row in self._unit.orm.exec(query).all()]

    def mark_told(self, offers: Sequence[str]) -> None:
        """Count what became of these as told."""
        for offer in offers:
            self._row(offer).news = ""
        self._unit.orm.flush()

    # -- rows --------------------------------------------------------------------------------

    def _row(self, offer: str) -> OfferRow:
        row = self._unit.orm.get(OfferRow, offer, with_for_update=True)
        if row is None:
            raise NotFound("There is no such offer.")
        return row

    def _waiting(self, offer: str, number: int | None) -> OfferRow:
        row = self._row(offer)
        if row.stage != Stage.SENT.value or number not in (None, row.number):
            raise Refused("offers.not_waiting")
        return row

    def _shown_as(self, offer: str, showing: Showing) -> OfferRow:
        row = self._row(offer)
        if row.showing != showing.value:
            raise Refused("offers.not_published")
        return row

    def _listed(self, offer: Offer, rules: Rules) -> Offer:
        """Put what is live into the catalogue, with what it teaches."""
        course = course_of(offer, offer.live or Told())
        body = dump_course(course)
        stored = StoredCourse(course, body, body_hash(body))
        self._unit.catalogue.put(offer.city, source_of(offer.provider), [stored])
        self._unit.tags.put(offer.city, {course.id: tags_of(course, rules=rules)})
        return offer

    def _decide(self, row: OfferRow, state: str, reason: str, by: str) -> None:
        version = self._unit.orm.get(OfferVersionRow, (row.id, row.number))
        if version is not None:
            version.state, version.reason = state, reason
            version.decided_at = self._unit.now
            version.decided_by = self._unit.people.reference_of(by) if by else ""
        row.decided_at = self._unit.now

    def _keep(self, row: OfferRow, action: str, by: str) -> Offer:
        row.change = (row.change or 0) + 1
        row.changed_at = self._unit.now
        self._unit.orm.add(row)
        self._unit.orm.flush()
        self._record(action, row, by)
        return _offer(row)

    def _record(self, action: str, row: OfferRow, by: str) -> None:
        self._unit.audit.record(
            action,
            actor=self._unit.people.reference_of(by),
            subject=row.id,
            city=row.city,
            facts={"number": str(row.number)},
        )


def _offer(row: OfferRow) -> Offer:
    return Offer(
        id=row.id,
        city=row.city,
        provider=row.provider,
        course=row.course,
        made_by=row.made_by or "",
        number=row.number,
        stage=Stage(row.stage),
        showing=Showing(row.showing),
        draft=load_told(row.draft) if row.draft else None,
        live=load_told(row.live) if row.live else None,
        reason=row.reason,
        change=row.change,
        changed_at=row.changed_at,
        sent_at=row.sent_at,
        decided_at=row.decided_at,
    )


def _version(row: OfferVersionRow) -> Version:
    return Version(
        row.number,
        load_told(row.body),
        row.state,
        row.sent_at,
        row.sent_by,
        row.reason,
        row.decided_at,
        row.decided_by,
    )
