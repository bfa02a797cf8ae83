"""A closed consultation with rows to answer, and the people who do it; every row open unless told."""

from dataclasses import dataclass
from datetime import UTC, datetime

from rembuk.accounts.models import Person
from rembuk.consultations.actions.answering.acts import Done
from rembuk.consultations.actions.answering.deciding import approve_answer, propose_answer
from rembuk.consultations.actions.answering.drafting import AnswerText
from rembuk.consultations.actions.answering.publishing import publish_answers
from rembuk.consultations.actions.rows import make_rows
from rembuk.consultations.models import Consultation, MatrixRow
from tests import consultation_scenes as consultations
from tests import people, scenes

AT = datetime(2026, 11, 24, 3, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 3, tzinfo=UTC)
REASON = "Jadwal disesuaikan dengan jam pasar, lihat Pasal 2 ayat (1)."


@dataclass(frozen=True, slots=True)
class Matrix:
    """The consultation, its rows in order, and a manager; the office is public works."""

    place: scenes.Regency
    consultation: Consultation
    rows: list[MatrixRow]
    manager: Person

    def fresh(self) -> list[MatrixRow]:
        """The rows as they are now."""
        return list(self.consultation.rows.select_related("submission").order_by("id"))


def matrix(submissions: int = 2, *, at: datetime | None = AT, **fields: object) -> Matrix:
    """A consultation closed the day before with so many submissions of one row each."""
    place = scenes.regency()
    made = consultations.closed(place, at=at, **fields)  # type: ignore[arg-type]
    for number in range(submissions):
        said = consultations.content(reason=f"Pendapat ke-{number}: jadwal pengangkutan belum cocok.")
        consultations.sent(made, content=said, at=at)
    make_rows(made, at=at or made.created_at)
    manager = people.staff("consultation-manager", place.works, "Dewi Anggraini")
    found = Matrix(place, made, [], manager)
    found.rows.extend(found.fresh())
    return found


def text(verdict: str = "partly", reason: str = REASON, **fields: object) -> AnswerText:
    """An answer that can be proposed."""
    return AnswerText(verdict=verdict, reason=reason, **fields)  # type: ignore[arg-type]


def proposed(found: Matrix, *rows: MatrixRow, at: datetime | None = AT, by: Person | None = None) -> Done:
    """These rows (all unless told) proposed by the manager."""
    return propose_answer(rows or found.rows, answer=text(), by=by or found.manager, at=at)


def published(found: Matrix, *rows: MatrixRow, at: datetime | None = AT) -> Done:
    """These rows (all unless told) proposed, approved where that is asked for, and published."""
    wanted = rows or found.rows
    proposed(found, *wanted, at=at)
    if found.consultation.needs_second_person:
        approve_answer(wanted, by=people.staff("consultation-manager", found.place.works), at=at)
    return publish_answers(wanted, by=found.manager, at=at)
