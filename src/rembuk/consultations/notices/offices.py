"""What staff are told: a second pair of eyes is asked for, a draft comes back. Rows and objections: ``answers``."""

from datetime import datetime

from rembuk.access import permissions as izin
from rembuk.access.holders import holder_ids
from rembuk.accounts.models import Person
from rembuk.consultations.models import Consultation
from rembuk.consultations.notices import kinds
from rembuk.notifications import outbox
from rembuk.notifications.kinds import Kind


def handed_over(consultation: Consultation, by: Person, at: datetime) -> None:
    """Those who may announce it hear that it waits for them; whoever prepared it does not."""
    people = set(holder_ids(izin.CONSULTATION_PUBLISH, consultation.unit, at)) - {by.pk}
    _tell(consultation, kinds.HANDED, people, at, person=by.name)


def sent_back(consultation: Consultation, to: Person, note: str, by: Person, at: datetime) -> None:
    """Whoever handed it over reads why it came back."""
    if to.pk != by.pk and to.is_active:
        _tell(consultation, kinds.SENT_BACK, {to.pk}, at, person=by.name, note=note)


def _tell(consultation: Consultation, kind: Kind, people: set[int], at: datetime, **more: str) -> None:
    outbox.enqueue(
        f"{kind.key}:{consultation.code}:{at.isoformat()}",
        kind=kind.key,
        recipients=people,
        params={"title": consultation.title, "code": consultation.code, **more},
        url=f"/kelola/uji-publik/{consultation.code}/",
        at=at,
    )
