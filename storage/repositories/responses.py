"""Filled questionnaires, from the first answer to what was sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlmodel import col, delete, func, select

from bot.errors import NotFound, Refused
from bot.questionnaires.keeping import dump_answers, load_answers
from bot.questionnaires.records import Filled
from bot.questionnaires.responses import MOST_RESPONSES, Response, State
from storage.repositories.repository import Repository
from storage.tables.questionnaires import ResponseRow


class Responses(Repository):
    """What people answered; only they themselves read and change what is not sent."""

    __slots__ = ()

    def begin(
        self,
        person: str,
        city: str,
        audience: str,
        filled: Filled,
        *,
        organisation: str = "",
        subject: str = "",
        follows: str = "",
    ) -> Response:
        """Begin a response, or return the one that was begun for the same and not sent.

        Raises:
            Refused: "questionnaires.too_many": they have as many as one may.
        """
        known = self.find_open(person, filled.questionnaire, organisation, subject)
        if known is not None:
            return known
        count = select(func.count()).where(ResponseRow.person == person)
        if int(self._unit.orm.exec(count).one()) >= MOST_RESPONSES:
            raise Refused("questionnaires.too_many")
        row = ResponseRow(
            id=self._unit.new_id(),
            city=city,
            person=person,
            audience=audience,
            organisation=organisation,
            subject=subject,
            questionnaire=filled.questionnaire,
            version=filled.version,
            answers=dump_answers(filled),
            follows=follows,
            started_at=self._unit.now,
            changed_at=self._unit.now,
        )
        self._unit.orm.add(row)
        self._unit.orm.flush()
        return _response(row)

    def find(self, person: str, response: str) -> Response | None:
        """Return a person's response, in whatever state."""
        row = self._row(person, response)
        return None if row is None else _response(row)

    def get(self, person: str, response: str) -> Response:
        """Return a person's response. Raises NotFound."""
        return _response(self._own(person, response))

    def find_open(
        self, person: str, questionnaire: str, organisation: str = "", subject: str = ""
    ) -> Response | None:
        """Return what was begun and not sent, the newest."""
        query = select(ResponseRow).where(
            ResponseRow.person == person,
            ResponseRow.state == State.WORK.value,
            ResponseRow.questionnaire == questionnaire,
            ResponseRow.organisation == organisation,
            ResponseRow.subject == subject,
        )
        row = self._unit.orm.exec(query.order_by(col(ResponseRow.id).desc())).first()
        return None if row is None else _response(row)

    def list_of(self, person: str) -> list[Response]:
        """Return a person's responses but those withdrawn, the newest first."""
        query = (
            select(ResponseRow)
            .where(ResponseRow.person == person, ResponseRow.state != State.WITHDRAWN.value)
            .order_by(col(ResponseRow.id).desc())
        )
        return [_response(row) for row in self._unit.orm.exec(query).all()]

    def keep(self, person: str, response: str, filled: Filled) -> None:
        """Keep answers, under the version that they were given to.

        Raises:
            NotFound: It is not theirs.
            Refused: "questionnaires.sent_already".
        """
        row = self._own(person, response)
        if row.state != State.WORK.value:
            raise Refused("questionnaires.sent_already")
        row.answers, row.version = dump_answers(filled), filled.version
        row.changed_at = self._unit.now
        self._unit.orm.flush()

    def send(
        self,
        person: str,
        response: str,
        filled: Filled,
        *,
        team: str = "",
        contact: str = "",
        kinds: Collection[str] = (),
    ) -> Response:
        """Send a response; what the same person sent before for the same team is replaced.

        Args:
            filled: What counts of the answers.
            kinds: Other questionnaires that tell the same: answers to them are replaced too.
            contact: Where the city may write, if no organisation is answered for.

        Raises:
            NotFound, Refused: As `keep`.
        """
        self.keep(person, response, filled)
        row = self._own(person, response)
        for other in self._sent_before(row, team, {row.questionnaire, *kinds}):
            other.state = State.REPLACED.value
        row.state, row.team, row.contact = State.SENT.value, team, contact
        row.sent_at = self._unit.now
        self._unit.orm.flush()
        return _response(row)

    def withdraw(self, person: str, response: str) -> bool:
        """Take a response back: it counts no longer, and is deleted in 30 days.

        False if it is not theirs, or was taken back before.
        """
        row = self._row(person, response)
        if row is None or row.state == State.WITHDRAWN.value:
            return False
        row.state, row.changed_at = State.WITHDRAWN.value, self._unit.now
        self._unit.orm.flush()
        return True

    def list_sent(self, organisation: str) -> list[Response]:
        """Return what counts of an organisation's answers, in the order in which it was sent."""
        query = select(ResponseRow).where(
            ResponseRow.organisation == organisation, ResponseRow.state == State.SENT.value
        )
        rows = self._unit.orm.exec(query).all()
        return [_response(row) for row in sorted(rows, key=lambda row: (row.sent_at, row.id))]

    def list_in_city(
        self,
        city: str,
        audience: str,
        after: str = "",
        limit: int = 100,
        state: State = State.SENT,
    ) -> list[Response]:
        """Return a slice of what is in a state in a city, by id, after an id."""
        query = (
            select(ResponseRow)
            .where(
                ResponseRow.city == city,
                ResponseRow.audience == audience,
                ResponseRow.state == state.value,
                ResponseRow.id > after,
            )
            .order_by(ResponseRow.id)
            .limit(limit)
        )
        return [_response(row) for row in self._unit.orm.exec(query).all()]

    def leave(self, person: str, organisation: str) -> None:
        """Let what a person sent for an organisation stand without them; drop what they began."""
        query = select(ResponseRow).where(
            ResponseRow.organisation == organisation, ResponseRow.person == person
        )
        for row in self._unit.orm.exec(query).all():
            if row.state == State.SENT.value:
                row.person = ""
            else:
                self._unit.orm.delete(row)
        self._unit.orm.flush()

    def drop_of(self, organisation: str, limit: int) -> int:
        """Drop so many answers of an organisation that is no more; return how many there were."""
        chosen = select(ResponseRow.id).where(ResponseRow.organisation == organisation).limit(limit)
        found = self._unit.orm.exec(chosen).all()
        self._unit.orm.exec(delete(ResponseRow).where(col(ResponseRow.id).in_(found)))
        return len(found)

    def _sent_before(
        self, row: ResponseRow, team: str, kinds: Collection[str]
    ) -> Sequence[ResponseRow]:
        query = select(ResponseRow).where(
            ResponseRow.person == row.person,
            ResponseRow.state == State.SENT.value,
            ResponseRow.audience == row.audience,
            ResponseRow.organisation == row.organisation,
            ResponseRow.subject == row.subject,
            ResponseRow.team == team,
            col(ResponseRow.questionnaire).in_(kinds),
        )
        return self._unit.orm.exec(query).all()

    def _row(self, person: str, response: str) -> ResponseRow | None:
        row = self._unit.orm.get(ResponseRow, response)
        return row if row is not None and person and row.person == person else None

    def _own(self, person: str, response: str) -> ResponseRow:
        row = self._row(person, response)
        if row is None:
            raise NotFound(f"no response {response}")
        return row


def _response(row: ResponseRow) -> Response:
    return Response(
        id=row.id,
        city=row.city,
        person=row.person,
        audience=row.audience,
        organisation=row.organisation,
        subject=row.subject,
        filled=load_answers(row.answers),
        state=State(row.state),
        started_at=row.started_at,
        changed_at=row.changed_at,
        sent_at=row.sent_at,
        team=row.team,
        contact=row.contact,
        follows=row.follows,
    )
