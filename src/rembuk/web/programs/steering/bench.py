"""The bench on which a programme is put together: what was typed and chosen, kept over every step without
script.

Every button of the page sends the whole page; only ``save`` checks it. Nothing is stored before.
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.common.clock import local_date
from rembuk.common.errors import Invalid
from rembuk.programs import doors, kinds, selectors
from rembuk.programs.models import Program
from rembuk.proposals.models import Proposal
from rembuk.regions import selectors as regions
from rembuk.taxonomy import selectors as taxonomy
from rembuk.web.guards import PersonRequest
from rembuk.web.programs.editing.bench import form_of
from rembuk.web.programs.editing.details import DetailsForm
from rembuk.web.programs.steering.forms import PlanForm, ProgramForm, TemplateForm, show_refusal
from rembuk.web.programs.steering.link_forms import CHOSEN, MOST, AllForm, FindForm, LinkSet, chosen_codes
from rembuk.workunits.models import WorkUnit

FOUND = 50
SAVE = "save"
ADD_ALL = "add-all"
_SEARCHES = frozenset({"search", "add", ADD_ALL})


class LinkBench:
    """Choosing proposals: the chosen ones, the search, and what it found."""

    def __init__(self, request: PersonRequest) -> None:
        self.by = request.user
        self.is_sent = request.method == "POST"
        self.data = request.POST if self.is_sent else request.GET
        self.step = request.POST.get("step", SAVE) if self.is_sent else ""
        codes = chosen_codes(self.data, self.step) if self.is_sent else self.data.getlist(CHOSEN)
        self.find = FindForm(self.data if self.is_sent else None)
        if self.step == ADD_ALL:
            codes += [str(row.code) for row in self._search(codes)]
        proposals = doors.proposals_to_link(codes[:MOST], self.by)
        self.links = LinkSet(proposals, request.POST if self.is_sent else None, bind=self.is_saving)
        self.all = AllForm(self.data or None, prefix="semua")
        if self.step == "apply":
            self.links.say_to_all(self.all)

    @property
    def is_saving(self) -> bool:
        """Whether the page was sent to be saved, not only to search, add or remove."""
        return self.is_sent and self.step == SAVE

    @property
    def found(self) -> list[Proposal]:
        """Proposals that fit the search and are not chosen yet, at most ``FOUND``."""
        if self.step not in _SEARCHES:
            return []
        return self._search([str(choice.proposal.code) for choice in self.links.choices])

    def _search(self, chosen: list[str]) -> list[Proposal]:
        if not self.find.is_valid():
            return []
        words, kind, code = (self.find.cleaned_data[name] for name in ("q", "category", "region"))
        rows = selectors.linkable(self.by).filter(selectors.proposals_found_by(words))
        if kind:
            rows = rows.filter(taxonomy.at_or_below("category", kind.slug))
        if code:
            rows = rows.filter(regions.at_or_below("region", code))
        return list(rows.exclude(code__in=chosen).order_by("-published_at", "-id")[:FOUND])

    @property
    def all_forms(self) -> list[forms.BaseForm]:
        """Every form whose faults the page names on top."""
        return [*self.links.forms]

    @property
    def faults(self) -> list[dict[str, str]]:
        """What must be mended, for ``components/error_summary.html``."""
        rows = [
            {"target": "", "text": str(text)} for form in self.all_forms for text in form.non_field_errors()
        ]
        for field in (field for form in self.all_forms for field in form):
            target = f"{field.auto_id}_0" if field.use_fieldset else field.auto_id
            rows += [{"target": target, "text": f"{field.label}: {text}"} for text in field.errors]
        return rows

    def context(self) -> dict[str, Any]:
        """What ``desk_programs/_links.html`` needs."""
        return {
            "faults": self.faults,
            "links": self.links,
            "all_form": self.all,
            "find_form": self.find,
            "found": self.found,
            "has_searched": self.step in _SEARCHES,
            "most_found": FOUND,
        }


class ProgramBench(LinkBench):
    """A new programme: its words and plan beside the chosen proposals."""

    def __init__(self, request: PersonRequest) -> None:
        super().__init__(request)
        typed: Mapping[str, Any] = self.data.dict() if self.is_sent else self._offered()
        data = self.data if self.is_saving else None
        self.form = ProgramForm(data, initial=typed, by=self.by)
        self.details = DetailsForm(data, initial=typed)
        self.templates = TemplateForm(self.data if self.is_sent else None)
        self.template = self.templates.chosen
        self.plan = PlanForm(
            data, kinds=kinds.kinds_in(self.template), initial=typed if self.is_sent else None
        )

    def is_valid(self) -> bool:
        """Whether everything can be saved; asks all forms, so that all faults show at once."""
        checks = [self.form.is_valid(), self.details.is_valid(), self.plan.is_valid(), self.links.is_valid()]
        return all(checks)

    def show(self, refusal: Invalid) -> None:
        """Put a refusal at its field."""
        show_refusal(form_of(refusal, self.form, self.details, self.plan), refusal)

    @property
    def all_forms(self) -> list[forms.BaseForm]:
        """Words, details and plan besides the links."""
        return [*super().all_forms, self.form, self.details, self.plan]

    def _offered(self) -> dict[str, Any]:
        """What the chosen proposals have in common, and next year."""
        proposals = [choice.proposal for choice in self.links.choices]
        categories = {row.category.slug for row in proposals if row.category}
        there = regions.common([row.region_id for row in proposals if row.region_id])
        units = rights.unit_ids(self.by, izin.PROGRAM_EDIT)
        wanted = [unit for row in proposals for unit in (row.executing_unit, row.unit) if unit]
        unit = next((unit for unit in wanted if rights.can(self.by, izin.PROGRAM_EDIT, unit)), None)
        return {
            "category": categories.pop() if len(categories) == 1 else "",
            "region": there.full_name if there else "",
            "unit": unit or WorkUnit.objects.filter(pk__in=units[:1]).first(),
            "year": str(local_date().year + 1),
            "title": proposals[0].title[:200] if len(proposals) == 1 else "",
        }

    def context(self) -> dict[str, Any]:
        """What ``desk_programs/new.html`` needs."""
        forms = {"form": self.form, "details": self.details, "plan_form": self.plan}
        return {**super().context(), **forms, "templates": self.templates}


def rights_in(program: Program, by: Any) -> dict[str, bool]:
    """What she may do with a programme, for the page."""
    return {
        "edit": rights.can(by, izin.PROGRAM_EDIT, program.unit),
        "publish": rights.can(by, izin.PROGRAM_PUBLISH, program.unit),
        "steer": rights.can(by, izin.PROGRAM_STEER, program.unit),
        "report": rights.can(by, izin.PROGRAM_REPORT, program.unit),
    }
