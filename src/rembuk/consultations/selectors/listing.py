"""Which consultations stand in which list, and what a card shows of them.

Their order in lists: ``order``. Fetching with authority: ``doors``.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from rembuk.common import search
from rembuk.common.codes import read_code
from rembuk.common.composed import Given
from rembuk.consultations.models import Consultation, ConsultationEvent
from rembuk.consultations.schedule import Stage
from rembuk.consultations.states import LISTED, State

# What a card or the head of a page shows of a consultation.
WITH = ("unit", "category")
# What it shows nothing of, and what may be long.
TEXTS = ("body", "html", "search", "result_body", "result_html")
CLOCKED = Q(state__in=[State.SCHEDULED, State.OPEN, State.CLOSED])


def is_listed() -> Q:
    """Consultations on public lists and in search: every announced one that was not cancelled."""
    return Q(state__in=LISTED)


def listed() -> QuerySet[Consultation]:
    """The same as a queryset, without order."""
    return Consultation.objects.filter(is_listed())


def with_public_page() -> Q:
    """Consultations everybody may read: announced ones, also when they were cancelled afterwards."""
    return Q(announced_at__isnull=False)


def at_stage(stage: Stage, at: datetime | Given) -> Q:
    """Announced consultations at a stage at an instant: the twin of ``schedule.stage``."""
    has_closed = CLOCKED & Q(closes_at__lte=at)
    return {
        Stage.DRAFT: Q(state=State.DRAFT),
        Stage.ANNOUNCED: CLOCKED & Q(opens_at__gt=at),
        Stage.OPEN: CLOCKED & Q(opens_at__lte=at, closes_at__gt=at),
        Stage.CLOSED: has_closed & Q(has_answers=False),
        Stage.ANSWERING: has_closed & Q(has_answers=True),
        Stage.CONCLUDED: Q(state=State.CONCLUDED),
        Stage.CANCELLED: Q(state=State.CANCELLED) & with_public_page(),
    }[stage]


def for_cards(keys: Sequence[int]) -> list[Consultation]:
    """The consultations with these keys in the same order, with what a card shows."""
    found = Consultation.objects.select_related(*WITH).defer(*TEXTS).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def found_by(text: str) -> Q:
    """Consultations with a code, or with every word of a text."""
    code = read_code(text)
    if code is not None:
        return Q(code=str(code))
    words = search.query(text)
    return Q(search=words) if words is not None else Q(pk__in=[])


def following(consultation: Consultation) -> QuerySet[Consultation]:
    """The consultations that follow this one on the same matter, oldest first."""
    rows = Consultation.objects.filter(with_public_page(), previous=consultation)
    return rows.order_by("announced_at", "id")


def public_events() -> QuerySet[ConsultationEvent]:
    """The public history of all announced consultations, without order."""
    events = ConsultationEvent.objects.filter(consultation__announced_at__isnull=False)
    return events.select_related("consultation", "office")
