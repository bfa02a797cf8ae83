"""The four lists that share their pages: reasons, text templates, kinds of phases, templates of phases."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.management import doors
from rembuk.management.actions import lists, phases
from rembuk.management.actions.lists import listings
from rembuk.management.lists import uses
from rembuk.programs.choices import Nature
from rembuk.programs.models import PhaseTemplate, TemplatePhase
from rembuk.taxonomy.models import ReasonCode, TextTemplate
from rembuk.web.components.formats import counted
from rembuk.web.management.lists.desk import ListDesk
from rembuk.web.management.lists.filters import Choice
from rembuk.web.management.lists.forms import ReasonCodeForm, TemplateForm
from rembuk.web.management.lists.phase_forms import KindForm, PhaseTemplateForm
from rembuk.web.management.lists.shapes import Row, Shape, Words

_USES = Choice(
    "untuk",
    gettext_lazy("Offered for"),
    lambda: ReasonCode.Use.choices,
    lambda row, use: use in (row.uses if isinstance(row, ReasonCode) else [row.use]),
)


def _use_words(row: ReasonCode) -> str:
    words = dict(ReasonCode.Use.choices)
    return ", ".join(str(words[use]) for use in row.uses if use in words)


def _cited() -> dict[int, str]:
    return {
        key: ngettext("cited by %(n)s decision", "cited by %(n)s decisions", number) % {"n": counted(number)}
        for key, number in uses.of_reasons().items()
    }


def _of_reason(row: ReasonCode) -> Row:
    other = row.replaced_by
    url = "" if other else reverse("desk_management:reason_replace", args=[row.code])
    instead = (
        {"label": other.shown_label, "url": reverse("desk_management:reason", args=[other.code])}
        if other
        else {}
    )
    return {"replace_url": url, "instead": instead}


def _copied(request: HttpRequest) -> dict[str, Any]:
    """The text of the template that is copied, for a new one."""
    number = request.GET.get("salin", "")
    found = (
        TextTemplate.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
    )
    if found is None:
        return {}
    title = _("%(title)s (copy)") % {"title": found.title}
    return {"title": title[:120], "use": found.use, "body": found.body}


def _of_template(row: TextTemplate) -> Row:
    return {"copy_url": f"{reverse('desk_management:template_new')}?salin={row.pk}", "preview": row.body}


def _phase_tabs(here: str) -> Sequence[Row]:
    tabs = (("phases", _("Kinds of phases")), ("phase_templates", _("Templates of phases")))
    urls = ((reverse(f"desk_management:{name}"), label) for name, label in tabs)
    return [{"label": label, "url": url, "current": url == here} for url, label in urls]


def _default_note(row: PhaseTemplate) -> str:
    return _("Default") if row.is_default else ""


def _phases() -> dict[int, str]:
    """The phases of each template in their order, in one query."""
    names: dict[int, list[str]] = {}
    for phase in TemplatePhase.objects.select_related("kind").order_by("position"):
        names.setdefault(phase.template_id, []).append(phase.kind.label)
    return {key: ", ".join(found) for key, found in names.items()}


REASONS = Shape(
    listing=listings.REASONS,
    name="reason",
    many="reasons",
    address="pengaturan/alasan/",
    key="<slug:code>",
    words=Words(
        title=gettext_lazy("Reasons"),
        lede=gettext_lazy(
            "Whoever refuses, returns, hides or answers cites one of these. They are offered in this order."
        ),
        new=gettext_lazy("New reason"),
        make=gettext_lazy("Make the reason"),
        made=gettext_lazy("The reason was made."),
        saved=gettext_lazy("The reason was saved."),
        removed=gettext_lazy("The reason was deleted."),
    ),
    door=doors.reason,
    form=ReasonCodeForm,
    create=lambda form, by: lists.create_reason(form.cleaned_data["code"], form.facts(), by=by),
    change=lambda row, form, by: lists.change_reason(row, form.facts(), by=by),
    label=lambda row: row.shown_label,
    note=_use_words,
    searched=lambda row: f"{row.code} {row.label} {row.label_en} {row.explanation}",
    counts=_cited,
    filters=(_USES,),
    extras=_of_reason,
)
TEMPLATES = Shape(
    listing=listings.TEMPLATES,
    name="template",
    many="templates",
    address="pengaturan/templat/",
    key="<int:number>",
    words=Words(
        title=gettext_lazy("Text templates"),
        lede=gettext_lazy(
            "Texts that staff may start from, in the order in which they are offered for each use."
        ),
        new=gettext_lazy("New text template"),
        make=gettext_lazy("Make the text template"),
        made=gettext_lazy("The text template was made."),
        saved=gettext_lazy("The text template was saved."),
        removed=gettext_lazy("The text template was deleted."),
    ),
    door=doors.template,
    form=TemplateForm,
    create=lambda form, by: lists.create_template(form.facts(), by=by),
    change=lambda row, form, by: lists.change_template(row, form.facts(), by=by),
    label=lambda row: row.title,
    note=lambda row: row.body[:90] + ("…" if len(row.body) > 90 else ""),
    group=lambda row: str(row.get_use_display()),
    searched=lambda row: f"{row.title} {row.body}",
    filters=(_USES,),
    extras=_of_template,
    begin=_copied,
)
KINDS = Shape(
    listing=listings.KINDS,
    name="phase_kind",
    many="phases",
    address="pengaturan/fase/",
    key="<slug:code>",
    words=Words(
        title=gettext_lazy("Kinds of phases"),
        lede=gettext_lazy(
            "A kind of phase says what it is called, what it asks and what citizens can do in it."
        ),
        new=gettext_lazy("New kind of phase"),
        make=gettext_lazy("Make the kind of phase"),
        made=gettext_lazy("The kind of phase was made."),
        saved=gettext_lazy("The kind of phase was saved."),
        removed=gettext_lazy("The kind of phase was deleted."),
    ),
    door=doors.phase_kind,
    form=KindForm,
    create=lambda form, by: phases.create_kind(form.cleaned_data["code"], form.facts(), by=by),
    change=lambda row, form, by: phases.change_kind(row, form.facts(), by=by),
    label=lambda row: row.label,
    note=lambda row: f"{Nature(row.nature).label} · {row.asks}",
    searched=lambda row: f"{row.code} {row.name} {row.name_en} {row.question} {row.question_en}",
    filters=(
        Choice(
            "sifat", gettext_lazy("Purpose"), lambda: Nature.choices, lambda row, nature: row.nature == nature
        ),
    ),
    tabs=_phase_tabs,
)
PHASE_TEMPLATES = Shape(
    listing=listings.PHASE_TEMPLATES,
    name="phase_template",
    many="phase_templates",
    address="pengaturan/fase/templat/",
    key="<slug:code>",
    words=Words(
        title=gettext_lazy("Templates of phases"),
        lede=gettext_lazy("A work programme begins with the phases of a template."),
        new=gettext_lazy("New template of phases"),
        make=gettext_lazy("Make the template"),
        made=gettext_lazy("The template was made."),
        saved=gettext_lazy("The template was saved."),
        removed=gettext_lazy("The template was deleted."),
        edit_lede=gettext_lazy("Work programmes that began with it keep their phases."),
    ),
    door=doors.phase_template,
    form=PhaseTemplateForm,
    create=lambda form, by: phases.create_phase_template(form.cleaned_data["code"], form.facts(), by=by),
    change=lambda row, form, by: phases.change_phase_template(row, form.facts(), by=by),
    label=lambda row: row.label,
    note=_default_note,
    searched=lambda row: f"{row.code} {row.name} {row.name_en}",
    counts=_phases,
    tabs=_phase_tabs,
)
DESKS = tuple(ListDesk(shape) for shape in (REASONS, TEMPLATES, PHASE_TEMPLATES, KINDS))
"""Kinds come last: their addresses would swallow those of the templates below them."""
