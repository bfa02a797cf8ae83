"""What the templates of a proposal's pages get: the whole page, the stub, the print view, the versions.

Not here: the shape of single rows (``public_rows``) and what the author may do (``writing.own``).
"""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.common.difference import Part, word_difference
from rembuk.common.errors import NotVisible
from rembuk.common.text import excerpt
from rembuk.consultations.selectors.ties import ties_behind
from rembuk.programs.selectors import public_links
from rembuk.proposals import rules, selectors
from rembuk.proposals.belongings import FileRow, belongings_of
from rembuk.proposals.models import OfficialAnswer, Proposal, ProposalVersion
from rembuk.proposals.states import STUB, State
from rembuk.proposals.titles.alike import similar
from rembuk.web.components.words import office_words
from rembuk.web.consultations.reading.parts import program_consultations
from rembuk.web.engagement.context import talk_for
from rembuk.web.proposals import public_rows as rows
from rembuk.web.proposals.cards import is_overdue
from rembuk.web.proposals.writing import own
from rembuk.web.proposals.writing.drafts import writer

type Context = dict[str, object]


def detail_context(request: HttpRequest, proposal: Proposal, *, name: str = "") -> Context:
    """The whole page; ``name`` is a masked one that an officer asked to see."""
    reader = writer(request)
    around = belongings_of(proposal)
    answers = selectors.public_answers(proposal)
    is_author = reader is not None and proposal.author_id == reader.pk
    return {
        **_head(request, proposal),
        **_body(proposal, answers, name),
        "files": rows.file_rows(around.files, lambda file: _file_url(proposal, str(file))),
        "page_image_url": _picture(request, proposal, around.files),
        "offices": rows.office_rows(around),
        "stages": rows.stage_rows(around.stages),
        **_ways_on(proposal),
        "history": rows.history(selectors.public_decisions(proposal)),
        "overdue": is_overdue(proposal, clock.now()),
        "byline": name or rows.public_name(proposal),
        "is_author": is_author,
        "masked_from_public": proposal.is_name_masked and is_author,
        "is_saved": is_author and "tersimpan" in request.GET,
        "desk_url": _desk_url(proposal, reader),
        "own_actions": own.actions_for(proposal, answers, clock.now()) if is_author else [],
        "own_note": own.note_for(proposal) if is_author else "",
        "reveal_url": _reveal_url(proposal, reader, name),
        "revealed_name": name,
        "talk": _talk(request, proposal, reader),
    }


def _head(request: HttpRequest, proposal: Proposal) -> Context:
    path = reverse("proposals:detail", args=[proposal.code])
    return {
        "page_title": proposal.title,
        "page_description": proposal.excerpt,
        "section": "proposals",
        "canonical_url": request.build_absolute_uri(path),
        "share_url": request.build_absolute_uri(path),
        "crumbs": [
            {"label": _("Proposals"), "url": reverse("proposals:list")},
            {"label": proposal.code, "url": ""},
        ],
        "proposal": proposal,
        "is_public": proposal.state not in STUB and proposal.published_at is not None,
        "state_detail": _state_detail(proposal),
    }


def _body(proposal: Proposal, answers: list[OfficialAnswer], name: str = "") -> Context:
    answered = rows.answer_rows(answers, proposal)
    kept = proposal.duplicate_of if proposal.state == State.DUPLICATE else None
    return {
        "html": mark_safe(proposal.html),  # noqa: S308
        "facts": rows.facts_of(proposal, name=name),
        "answer": answered[0] if answered else None,
        "earlier_answers": answered[1:],
        "kept": kept,
        "kept_is_readable": kept is not None and kept.state not in STUB and kept.published_at is not None,
        "kept_html": mark_safe(kept.html) if kept else "",  # noqa: S308
        "is_hidden": proposal.state in STUB,
    }


def _state_detail(proposal: Proposal) -> object:
    if proposal.state == State.DEFERRED:
        return proposal.deferred_until_year or ""
    if proposal.state == State.FORWARDED:
        return proposal.forwarded_to
    if proposal.state == State.DUPLICATE and proposal.duplicate_of is not None:
        return proposal.duplicate_of.code
    return ""


def _file_url(proposal: Proposal, file: str) -> str:
    return reverse("proposals:attachment", args=[proposal.code, file])


def _picture(request: HttpRequest, proposal: Proposal, files: list[FileRow]) -> str:
    """The first picture, for messengers; the JPEG, because some of them know no WebP."""
    first = next((file for file in files if file.is_picture), None)
    return request.build_absolute_uri(_file_url(proposal, str(first.public_id))) if first else ""


def _reveal_url(proposal: Proposal, reader: Person | None, shown: str) -> str:
    """Where an officer asks for a masked name; empty for everybody else."""
    if reader is None or shown or not proposal.is_name_masked or proposal.author_id == reader.pk:
        return ""
    if not rules.may_see_name(proposal, reader).ok:
        return ""
    return reverse("proposals:name", args=[proposal.code])


def _desk_url(proposal: Proposal, reader: Person | None) -> str:
    """The proposal on the desk of an officer who may read it there; empty for everybody else."""
    unit = proposal.unit
    if reader is None or unit is None or not rights.can(reader, izin.PROPOSAL_READ, unit):
        return ""
    return reverse("desk_proposals:detail", args=[proposal.code])


def program_rows(proposal: Proposal) -> list[Context]:
    """The public programmes it was taken into: what each is, how far it is, and what it says to the author."""
    return [
        {
            "url": reverse("programs:detail", args=[link.code]),
            "title": link.title,
            "state": link.state,
            "unit": link.unit,
            "phase": link.phase_label,
            "extent": link.extent_label,
            "sentence": link.sentence,
        }
        for link in public_links(proposal)
    ]


def _ways_on(proposal: Proposal) -> Context:
    """The programmes it was taken into, and the consultations about them or that led to them."""
    programs = program_rows(proposal)
    ties = ties_behind(proposal) if programs else []
    return {"programs": programs, "consultations": program_consultations(ties, clock.now())}


def _talk(request: HttpRequest, proposal: Proposal, reader: Person | None) -> Context:
    subject = proposal.subject
    if subject is None or not subject.is_visible:
        return {}
    return talk_for(subject, reader, request)


def stub_context(proposal: Proposal) -> Context:
    """What everybody may know of a rejected or hidden proposal: never its text."""
    taken = reversed(selectors.public_decisions(proposal))
    decision = next((step for step in taken if step.to_state == proposal.state), None)
    return {
        "page_title": proposal.code,
        "section": "proposals",
        "proposal": proposal,
        "decision": decision,
        "explanation": decision.explanation if decision else "",
        "reason": decision.reason.shown_label if decision and decision.reason else "",
        "facts": [
            {"term": _("Code"), "value": proposal.code},
            {"term": _("Received"), "value": rows.on_day(proposal.submitted_at)},
            {"term": _("Category"), "value": proposal.category.label if proposal.category else ""},
            {"term": _("Lies with"), "value": proposal.unit.name if proposal.unit else ""},
            {
                "term": _("Decided by"),
                "value": office_words(decision.office, decision.standing) if decision else "",
            },
            {"term": _("Decided on"), "value": rows.on_day(decision.at) if decision else ""},
        ],
    }


def print_context(request: HttpRequest, proposal: Proposal) -> Context:
    """The page on paper."""
    around = belongings_of(proposal)
    return {
        **_head(request, proposal),
        **_body(proposal, selectors.public_answers(proposal)),
        "files": around.files,
        "offices": rows.office_rows(around),
        "stages": rows.stage_rows(around.stages),
        "programs": program_rows(proposal),
        "history": rows.history(selectors.public_decisions(proposal)),
        "printed_at": clock.now(),
    }


def versions_context(proposal: Proposal, asked: str) -> Context:
    """The versions, and the difference between the one asked for (the newest unless told) and the one before.

    Raises:
        NotVisible: for a number that does not exist.
    """
    found = list(proposal.versions.all())
    by_number = {version.number: version for version in found}
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else max(by_number, default=0)
    if number not in by_number or (asked and not asked.isdecimal()):
        raise NotVisible
    newer, older = by_number[number], by_number.get(number - 1)
    parts = _differences(older, newer) if older else {}
    return {
        "page_title": _("Versions of %(code)s") % {"code": proposal.code},
        "page_description": excerpt(proposal.title),
        "section": "proposals",
        "proposal": proposal,
        "versions": list(reversed(found)),
        "newer": newer,
        "older": older,
        "parts": parts,
    }


def _differences(older: ProposalVersion, newer: ProposalVersion) -> dict[str, list[Part]]:
    """What changed, by field; fields that stayed are left out."""
    pairs = {name: (getattr(older, name), getattr(newer, name)) for name in ("title", "body", "place")}
    return {name: word_difference(old, new) for name, (old, new) in pairs.items() if old != new}


def similar_rows(title: str, apart_from: Proposal | None = None) -> list[Context]:
    """Similar listed proposals as the fragment shows them."""
    found = similar(title, apart_from=apart_from.pk if apart_from else None)
    return [
        {
            "url": reverse("proposals:detail", args=[row.code]),
            "code": row.code,
            "title": row.title,
            "state": row.state,
            "supports": row.subject.figures.support if row.subject else 0,
        }
        for row in found
    ]
