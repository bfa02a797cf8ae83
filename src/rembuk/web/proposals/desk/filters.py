"""The filters of the staff list: those of the public list, all states, and what waits for the reader."""

from functools import reduce
from operator import and_
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.common import search
from rembuk.common.codes import read_code
from rembuk.proposals import selectors, worklists
from rembuk.proposals.models import Proposal
from rembuk.proposals.states import State
from rembuk.web.proposals.filters import OVERDUE, ProposalFilter, choices, unit_choices, years
from rembuk.workunits import selectors as workunits

MOST_WORDS = 8
SORTS = {
    "terbaru": (_("Newest"), ("-id",)),
    "terlama": (_("Oldest"), ("id",)),
    "tenggat": (_("Answer due first"), ("answer_due_at", "id")),
}
_WORK = (
    ("teruskan", _("To be handed to work units")),
    ("telaah", _("To be assessed")),
    ("jawab", _("To be answered")),
    (OVERDUE, _("Answer overdue")),
)


class DeskFilter(ProposalFilter):
    """Words or code, category, own units with all below, region, every state, source, year, what waits for me."""

    status = django_filters.ChoiceFilter(
        label=_("State"),
        field_name="state",
        choices=[(state.value, state.label) for state in State if state != State.DRAFT],
        empty_label=_("All states"),
    )
    kerja = django_filters.ChoiceFilter(
        label=_("Waiting for"), method="by_work", choices=_WORK, empty_label=_("All")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.person = kwargs.pop("person")
        super().__init__(*args, offers={"wilayah": choices("region"), "tahun": years()}, **kwargs)
        held = rights.paths(self.person, izin.PROPOSAL_READ)
        units = workunits.active_units().filter(Q(path__in=held) | Q(parent__path__in=held))
        self.form.fields["satuan"].choices = unit_choices(units)  # type: ignore[attr-defined]
        self.form.fields["kategori"].choices = choices("any-category")  # type: ignore[attr-defined]

    def by_words(self, rows: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        """A code, words of the title, or for public ones every word of the text as a stem."""
        code = read_code(value)
        if code is not None:
            return rows.filter(code=str(code))
        words = value.casefold().split()[:MOST_WORDS]
        in_title = reduce(and_, (Q(lower_title__contains=word) for word in words), Q())
        wanted = search.query(value)
        return rows.alias(lower_title=Lower("title")).filter(
            in_title if wanted is None else in_title | Q(search=wanted)
        )

    def by_unit(self, rows: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        """Where it lies, or who is to carry it out: an import names that unit before anything is handed on."""
        return rows.filter(
            workunits.at_or_below("unit", value) | workunits.at_or_below("executing_unit", value)
        )

    def by_work(self, rows: QuerySet[Proposal], name: str, value: str) -> QuerySet[Proposal]:
        """What waits for the reader."""
        waiting = {
            "teruskan": worklists.awaits_referral(self.person),
            "telaah": worklists.awaits_assessment(self.person),
            "jawab": worklists.awaits_answer(self.person),
            OVERDUE: selectors.overdue(),
        }
        return rows.filter(waiting[value])
