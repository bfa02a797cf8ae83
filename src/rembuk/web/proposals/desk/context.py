"""What the staff page of one proposal shows: the text and all that was done with it, and the handling panel."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.engagement.queue import of_subject
from rembuk.engagement.selectors import notes_on
from rembuk.programs.selectors import links_for_desk
from rembuk.proposals import rules, selectors
from rembuk.proposals.belongings import belongings_of
from rembuk.proposals.choices import Channel
from rembuk.proposals.deadlines import days_left
from rembuk.proposals.models import Objection, Proposal
from rembuk.proposals.states import AWAITS_ANSWER, PUBLIC, State
from rembuk.web.desk.acts import Act, ActForm, Panel, form_of, panels
from rembuk.web.desk.unit_field import LIST_ID, suggestions
from rembuk.web.proposals import public_rows as rows
from rembuk.web.proposals.desk import acts

type Context = dict[str, Any]


def url_of(proposal: Proposal, act: Act) -> str:
    """Where an act on a proposal is sent."""
    return reverse(f"desk_proposals:{act.name.replace('-', '_')}", args=[proposal.code])


def reading_context(proposal: Proposal, by: Person, *, name: str = "") -> Context:
    """The text and everything around it, for this page and for the moderator's; ``name`` is one just revealed."""
    around = belongings_of(proposal)
    answers = rows.answer_rows(selectors.public_answers(proposal), proposal)
    masked = proposal.is_name_masked and not name
    return {
        "proposal": proposal,
        "html": mark_safe(proposal.html),  # noqa: S308
        "facts": [*rows.facts_of(proposal, name=name), *_entry_facts(proposal)],
        "files": rows.file_rows(
            around.files, lambda file: reverse("proposals:attachment", args=[proposal.code, file])
        ),
        "scan_url": reverse("desk_proposals:scan", args=[proposal.code]) if proposal.scan_id else "",
        "offices": rows.office_rows(around),
        "stages": rows.stage_rows(around.stages),
        "answer": answers[0] if answers else None,
        "earlier_answers": answers[1:],
        "history": rows.history(selectors.public_decisions(proposal)),
        "objections": list(proposal.objections.all()),
        "objection_kinds": Objection.Kind,
        "notes": list(notes_on(proposal.subject)) if proposal.subject else [],
        "reveal_url": _reveal_url(proposal, by) if masked else "",
        "revealed": name,
    }


def detail_context(proposal: Proposal, by: Person, shown: Panel | None = None, *, name: str = "") -> Context:
    """The whole staff page; ``shown`` is the form that was just sent and has to be mended."""
    is_note = shown is not None and shown.act is acts.NOTE
    found = panels(acts.ALL, proposal, by, lambda act: url_of(proposal, act), None if is_note else shown)
    return {
        **reading_context(proposal, by, name=name),
        "page_title": proposal.title,
        "crumbs": [
            {"label": _("Proposals"), "url": reverse("desk_proposals:list")},
            {"label": proposal.code},
        ],
        "days_left": days_left(proposal.answer_due_at, clock.now())
        if proposal.state in AWAITS_ANSWER
        else None,
        "cases": case_links(proposal, by),
        "panels": _first_unfolded(found, shown),
        "note": shown if is_note else note_panel(proposal, by),
        "shown_form": shown.form if shown else None,
        "programs": links_for_desk(proposal, by),
        "program_url": _program_url(proposal, by),
        "public_url": reverse("proposals:detail", args=[proposal.code]) if _is_public(proposal) else "",
        **unit_suggestions(found, by),
    }


def shown_panel(proposal: Proposal, act: Act, form: ActForm) -> Panel:
    """The form that was just sent, unfolded."""
    return Panel(act, form, url_of(proposal, act), is_unfolded=True)


def note_panel(proposal: Proposal, by: Person) -> Panel | None:
    """The form for an internal note, for whoever may write one."""
    if proposal.subject is None or not acts.NOTE.is_open(proposal, by):
        return None
    return Panel(acts.NOTE, form_of(acts.NOTE, proposal, by), url_of(proposal, acts.NOTE), is_unfolded=False)


def case_links(proposal: Proposal, by: Person) -> list[Context]:
    """Cases about this proposal that wait in her queue."""
    if proposal.subject is None:
        return []
    return [
        {
            "url": reverse("moderation:case", args=[case.public_id]),
            "label": _("Open in moderation"),
            "days_left": days_left(case.due_at, clock.now()),
        }
        for case in of_subject(by, proposal.subject)
    ]


def unit_suggestions(found: Sequence[Panel], by: Person) -> Context:
    """The names a field of work units suggests, where one of the forms has such a field."""
    if any("responsible" in panel.form.fields for panel in found):
        return {"unit_list_id": LIST_ID, "unit_names": suggestions(by)}
    return {}


def _first_unfolded(found: list[Panel], shown: Panel | None) -> list[Panel]:
    """The likeliest next step stands open, unless another form was just sent."""
    if not found or shown is not None or found[0].act.tone == "bad":
        return found
    first = found[0]
    return [Panel(first.act, first.form, first.url, is_unfolded=True), *found[1:]]


def _entry_facts(proposal: Proposal) -> list[Context]:
    if proposal.entered_by_id is None and not proposal.channel:
        return []
    return [
        {"term": _("On behalf of"), "value": proposal.on_behalf_of},
        {"term": _("Came by"), "value": Channel(proposal.channel).label if proposal.channel else ""},
        {"term": _("Received on"), "value": rows.on_day(proposal.received_on)},  # type: ignore[arg-type]
        {
            "term": _("Entered by"),
            "value": proposal.entered_by.shown_name if proposal.entered_by else "",
        },
    ]


def _reveal_url(proposal: Proposal, by: Person) -> str:
    if proposal.author_id is None or not rules.may_see_name(proposal, by).ok:
        return ""
    return reverse("desk_proposals:name", args=[proposal.code])


def _program_url(proposal: Proposal, by: Person) -> str:
    """Where a programme from this proposal is begun; empty where its state or her rights allow none."""
    if proposal.state not in AWAITS_ANSWER | {State.ADOPTED} or not rights.can(by, izin.PROGRAM_EDIT):
        return ""
    return f"{reverse('desk_programs:new')}?usulan={proposal.code}"


def _is_public(proposal: Proposal) -> bool:
    return proposal.state in PUBLIC
