"""What staff are told of the matrix: rows given to them, answers returned, objections that wait, copied reasons.

The single notices stand in the inbox; mail is the morning letter's. Each function is called in the transaction of
what it tells. Authors: ``answers``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access.holders import grants_in_force, holder_ids
from rembuk.accounts.models import Person
from rembuk.common.text import excerpt
from rembuk.consultations.models import Consultation, MatrixRow, Objection
from rembuk.engagement.models import Case
from rembuk.engagement.rules import DECIDES
from rembuk.notifications import outbox
from rembuk.notifications.kinds import DUTY, Kind, register
from rembuk.notifications.models import Frequency
from rembuk.siteconfig.selectors import current
from rembuk.workunits.models import WorkUnit

ASSIGNED = Kind(
    key="row.assigned",
    label=_("Rows of a matrix were given to you"),
    subject=_("Rows for you: %(title)s"),
    body=_("%(n)s rows of the matrix of “%(title)s” were given to you to answer."),
    category=DUTY,
    default=Frequency.NEVER,
)
HANDED = Kind(
    key="row.handed",
    label=_("Rows of a matrix were given to your work unit"),
    subject=_("Rows for %(unit)s: %(title)s"),
    body=_("%(n)s rows of the matrix of “%(title)s” were given to %(unit)s to answer."),
    category=DUTY,
    default=Frequency.NEVER,
)
RETURNED = Kind(
    key="row.returned",
    label=_("An answer you proposed was returned"),
    subject=_("Returned with a note: %(title)s"),
    body=_("%(n)s of the answers you proposed in the matrix of “%(title)s” were returned. Note: %(note)s"),
    category=DUTY,
    default=Frequency.NEVER,
)
OBJECTION = Kind(
    key="row.objection",
    label=_("An objection to an answer waits for a second person"),
    subject=_("%(receipt)s waits for a second decision"),
    body=_(
        "The author of %(receipt)s disagrees with an answer in the matrix of “%(title)s”. Somebody who had no part in "
        "it has to decide by %(due)s."
    ),
    category=DUTY,
    default=Frequency.NEVER,
)
COPIED = Kind(
    key="row.reason_copied",
    label=_("One reason stands on many rows of a matrix"),
    subject=_("One reason on more than ten rows: %(title)s"),
    body=_(
        "In the matrix of “%(title)s” (%(code)s) the same reason stands on more than ten rows outside a confirmed "
        "group: “%(reason)s”"
    ),
    category=DUTY,
    default=Frequency.NEVER,
)
register(ASSIGNED, HANDED, RETURNED, OBJECTION, COPIED)


def rows_assigned(rows: Sequence[MatrixRow], person: Person, *, at: datetime) -> None:
    """To whom they were given, once for all of them."""
    consultation = rows[0].consultation
    _tell(ASSIGNED, consultation, [person.pk], at, f"{_list(consultation)}?tugas=saya", n=len(rows))


def rows_handed(rows: Sequence[MatrixRow], unit: WorkUnit, *, by: Person, at: datetime) -> None:
    """To those who answer for the unit in charge, once for all of them."""
    consultation = rows[0].consultation
    people = set(holder_ids(izin.CONSULTATION_ANSWER, unit, at)) - {by.pk}
    path = f"{_list(consultation)}?satuan={unit.code}"
    _tell(HANDED, consultation, people, at, path, f"{unit.code}:", n=len(rows), unit=unit.name)


def answers_returned(rows: Sequence[MatrixRow], *, by: Person, note: str, at: datetime) -> None:
    """To whoever proposed them, each once for her own."""
    own: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.proposed_by_id is not None and row.proposed_by_id != by.pk:
            own[row.proposed_by_id] += 1
    consultation = rows[0].consultation
    letters = [
        outbox.Letter(
            key=f"{RETURNED.key}:{consultation.code}:{person}:{at:%Y%m%d%H%M%S%f}",
            person_id=person,
            params={"title": consultation.title, "n": number, "note": note},
            url=f"{_list(consultation)}?kembali=1",
        )
        for person, number in own.items()
    ]
    outbox.enqueue_each(letters, kind=RETURNED.key, at=at)


def objection_waits(objection: Objection, case: Case, at: datetime) -> None:
    """To those who may decide on it; whoever had a part in the answer is left out."""
    row = objection.row
    barred = set(case.barred.values_list("pk", flat=True))
    people = set(holder_ids(DECIDES[case.kind], case.unit, at)) - barred
    outbox.enqueue(
        f"{OBJECTION.key}:{objection.submission.code}",
        kind=OBJECTION.key,
        recipients=people,
        params={
            "receipt": objection.submission.code or "",
            "title": row.consultation.title,
            "due": f"{case.due_at.astimezone(current().tz):%d/%m/%Y}",
        },
        url=f"{_list(row.consultation)}{row.public_id}/",
        at=at,
    )


def reason_copied(consultation: Consultation, digest: str, reason: str, at: datetime) -> None:
    """To everybody who reads the trail of the consultation's unit: once for each reason."""
    readers = grants_in_force(at).filter(role__permissions__contains=[izin.AUDIT_READ.key])
    found = readers.values_list("unit__path", "person_id")
    people = {person for path, person in found if consultation.unit.path.startswith(path)}
    outbox.enqueue(
        f"{COPIED.key}:{consultation.code}:{digest}",
        kind=COPIED.key,
        recipients=people,
        params={"title": consultation.title, "code": consultation.code, "reason": excerpt(reason, 300)},
        url="/kelola/jejak-audit/alasan-sama/",
        at=at,
    )


def _list(consultation: Consultation) -> str:
    return f"/kelola/uji-publik/{consultation.code}/matriks/"


def _tell(
    kind: Kind,
    consultation: Consultation,
    people: Iterable[int],
    at: datetime,
    path: str,
    mark: str = "",
    **params: str | int,
) -> None:
    outbox.enqueue(
        f"{kind.key}:{consultation.code}:{mark}{at:%Y%m%d%H%M%S%f}",
        kind=kind.key,
        recipients=people,
        params={"title": consultation.title, **params},
        url=path,
        at=at,
    )
