"""The form with which an officer enters a proposal on behalf of somebody, and what is done with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common.clock import local_date
from rembuk.common.errors import Invalid
from rembuk.files.actions import store_upload
from rembuk.files.models import StoredFile
from rembuk.proposals.actions.enter import Entry, enter_proposal
from rembuk.proposals.choices import Channel, Source
from rembuk.proposals.models import Proposal
from rembuk.siteconfig.selectors import current
from rembuk.web.desk.unit_field import UnitChoice
from rembuk.web.proposals.writing.forms import ProposalForm
from rembuk.workunits.models import WorkUnit

_BY_KIND = {
    WorkUnit.Kind.VILLAGE: Source.VILLAGE_MEETING,
    WorkUnit.Kind.URBAN_VILLAGE: Source.VILLAGE_MEETING,
    WorkUnit.Kind.SUBDISTRICT: Source.SUBDISTRICT_MEETING,
}


class EntryForm(ProposalForm):
    """The author's form, and for whom, how and when it came."""

    unit = UnitChoice(label=_("Entered for which work unit"), empty_label=None)
    on_behalf_of = forms.CharField(
        label=_("On behalf of"),
        max_length=120,
        help_text=_("Name of the person, group or meeting. It is shown to the public."),
    )
    source = forms.ChoiceField(label=_("Source"), choices=Source.choices, initial=Source.CITIZEN)
    channel = forms.ChoiceField(label=_("Came by"), choices=Channel.choices, widget=forms.RadioSelect)
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    scan = forms.FileField(
        label=_("Scan of the paper"), required=False, help_text=_("PDF, JPEG, PNG or WebP, at most 10 MB.")
    )

    def __init__(self, data: Any = None, files: Any = None, *, by: Person) -> None:
        super().__init__(data, files)
        for name in ("attachment", "target_unit", "is_name_masked"):
            del self.fields[name]
        self._field("region_q").required = False
        units = rights.units_for(by, izin.PROPOSAL_ENTER)
        self._field("unit").offer(units, izin.PROPOSAL_ENTER)
        first = units.first()
        self._field("unit").initial = first
        self._field("source").initial = (
            _BY_KIND.get(WorkUnit.Kind(first.kind), Source.CITIZEN) if first else ""
        )
        self._field("received_on").initial = local_date(None, current().tz)

    @property
    def has_folded_values(self) -> bool:
        """Whether the folded part holds an answer or a fault."""
        names = ("estimate", "beneficiaries", "planning_year", "participant_name")
        return any(self[name].value() or name in self.errors for name in names)

    def full_clean(self) -> None:
        """Unlike a draft, an entry has to be complete."""
        forms.Form.full_clean(self)


def enter(form: EntryForm, *, by: Person) -> Proposal | None:
    """The proposal a valid form makes; none, with the faults in the form, when it was refused."""
    kept = form.cleaned_data
    try:
        entry = Entry(
            content=form.content(),
            on_behalf_of=kept["on_behalf_of"],
            source=Source(kept["source"]),
            channel=Channel(kept["channel"]),
            received_on=kept["received_on"],
            scan=_scan(kept.get("scan"), by),
        )
        return enter_proposal(entry, unit=kept["unit"], by=by)
    except Invalid as fault:
        form.add_problems(fault.fields or {"scan": [fault.message]})
        return None


def _scan(file: Any, by: Person) -> StoredFile | None:
    if not file:
        return None
    return store_upload(file, by=rights.acting(by), purpose="scan")
