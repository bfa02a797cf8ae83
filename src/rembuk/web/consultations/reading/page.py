"""What the page of a consultation shows, gathered once: a bounded number of queries however long the text is."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common import clock
from rembuk.common.text import excerpt
from rembuk.consultations import schedule
from rembuk.consultations.choices import Audience, Kind, Moment
from rembuk.consultations.figures import Figures, figures_of
from rembuk.consultations.models import Consultation, ConsultationEvent, DraftVersion
from rembuk.consultations.schedule import Stage
from rembuk.consultations.selectors import heard, listing, wording
from rembuk.consultations.selectors.heard import Progress
from rembuk.consultations.selectors.ties import public_ties
from rembuk.programs.models import Link
from rembuk.proposals import selectors as proposals
from rembuk.proposals.models import Proposal
from rembuk.web.components.formats import number
from rembuk.web.consultations.reading import cards, parts
from rembuk.web.consultations.reading.text import Look, text_context
from rembuk.web.engagement import paths
from rembuk.web.engagement.context import follow_for

type Row = dict[str, Any]


def page_context(consultation: Consultation, request: HttpRequest) -> Row:
    """The whole context of the page; a draft is shown as it will look, with the version staff are preparing."""
    moment = clock.now()
    stage = schedule.stage(consultation, moment)
    versions = list(consultation.versions.filter(published_at__isnull=False).order_by("-number"))
    events = list(consultation.events.select_related("office").order_by("-at", "-id"))
    return {
        **head(consultation, stage, request),
        **_standing(consultation, stage, events, moment),
        **_content(consultation, moment),
        **text_context(_version(consultation, versions, stage), _look(consultation, stage, moment), request),
        "versions": version_rows(consultation, versions),
        "history": parts.history(events),
        "talk": follow_for(consultation.subject, request.user, request),
        **_own(consultation, request),
    }


def head(consultation: Consultation, stage: Stage, request: HttpRequest, *, here: str = "") -> Row:
    """What every page around one consultation shows: titles, addresses, the way back. ``here`` names a page below it."""
    path = reverse("consultations:detail", args=[consultation.code])
    crumbs = [{"label": _("Consultations"), "url": reverse("consultations:list")}]
    own = {"label": consultation.code, "url": path if here else ""}
    return {
        "consultation": consultation,
        "stage": stage,
        "is_open": stage is Stage.OPEN,
        "kind": Kind(consultation.kind).label,
        "page_title": f"{here}: {consultation.title}" if here else consultation.title,
        "page_description": excerpt(consultation.summary, 200),
        "canonical_url": settings.BASE_URL + request.path,
        "share_url": settings.BASE_URL + (request.path if here else path),
        "section": "consultations",
        "is_public": consultation.announced_at is not None,
        "base_url_of_it": path,
        "take_url": f"{path}ikut/",
        "crumbs": [*crumbs, own, *([{"label": here}] if here else [])],
    }


def _version(consultation: Consultation, versions: list[DraftVersion], stage: Stage) -> DraftVersion | None:
    if versions or stage is not Stage.DRAFT:
        return versions[0] if versions else None
    return wording.version_in_work(consultation)


def _look(consultation: Consultation, stage: Stage, moment: datetime) -> Look:
    shows = schedule.has_opened(consultation, moment) and heard.shows_totals(consultation, moment)
    stances = heard.stances_by_clause(consultation) if shows else {}
    return Look(consultation=consultation, is_open=stage is Stage.OPEN, stances=stances, shows_stances=shows)


def _standing(
    consultation: Consultation, stage: Stage, events: list[ConsultationEvent], moment: datetime
) -> Row:
    """Where it is: the stage with its dates, the three figures once it has opened, the deadline of the answers."""
    has_opened = schedule.has_opened(consultation, moment)
    figures = figures_of(consultation, moment)
    shows = has_opened and heard.shows_totals(consultation, moment)
    progress = Progress(figures.heard, figures.answered)
    return {
        "stage_detail": cards.stage_detail(stage, progress),
        "left": cards.left_words(consultation, moment),
        "figures": figures if shows else None,
        "waiting_words": waiting_words(consultation, moment),
        "submissions_shown": heard.shows_submissions(consultation, moment) and has_opened,
        "late_words": late_words(figures),
        "cancelled": next((event for event in events if event.step == "cancel"), None),
        "has_closed": stage in {Stage.CLOSED, Stage.ANSWERING, Stage.CONCLUDED},
        "days_left": figures.days_left,
        "facts": _facts(consultation),
        "comments": consultation.subject.figures.comments,
        "discussion_url": paths.to("comments", consultation.subject),
    }


def waiting_words(consultation: Consultation, moment: datetime) -> str:
    """What the public reads only after closing, while it is open: figures, submissions or both; else nothing."""
    if not schedule.is_open(consultation, moment):
        return ""
    match heard.shows_totals(consultation, moment), heard.shows_submissions(consultation, moment):
        case True, True:
            return ""
        case True, False:
            return _("What the submissions say, and who sent them, is shown after closing.")
        case False, True:
            return _("Submissions can be read now. Figures of them are shown after closing.")
        case _:
            return _("How many submissions came in, and what they say, is shown after closing.")


def late_words(figures: Figures) -> str:
    """How long the answers are overdue, in a sentence for everybody; nothing while they are not."""
    if not figures.is_overdue:
        return ""
    days = -(figures.days_left or 0)
    words = ngettext(
        "The deadline for the answers passed %(n)s working day ago.",
        "The deadline for the answers passed %(n)s working days ago.",
        days,
    )
    return words % {"n": number(days)}


def _facts(consultation: Consultation) -> list[Row]:
    """Who answers, who may take part, and what is shown when."""
    moments = {Moment.AT_ONCE: _("From the opening on"), Moment.AFTER_CLOSING: _("After closing")}
    category, region = consultation.category, consultation.region
    return [
        {
            "term": _("Responsible"),
            "value": consultation.unit.name,
            "url": reverse("workunits:detail", args=[consultation.unit.code]),
        },
        {"term": _("Contact"), "value": consultation.contact},
        {"term": _("Who may answer"), "value": _audience(consultation)},
        {"term": _("Submissions are shown"), "value": moments[Moment(consultation.submissions_shown)]},
        {"term": _("Figures are shown"), "value": moments[Moment(consultation.totals_shown)]},
        {
            "term": _("Category"),
            "value": category.label if category else "",
            "url": reverse("taxonomy:detail", args=[category.slug]) if category else "",
        },
        {"term": _("Region"), "value": region.full_name if region else ""},
    ]


def _audience(consultation: Consultation) -> str:
    if consultation.audience == Audience.MEMBERS:
        return _("Every member; you can write first and register when sending.")
    names = consultation.invited.values_list("name", flat=True)
    return _("These organisations: %(names)s. Everybody may read.") % {"names": ", ".join(names)}


def _content(consultation: Consultation, moment: datetime) -> Row:
    ties = list(public_ties(consultation))
    following = listing.following(consultation)
    previous = consultation.previous
    return {
        "documents": parts.document_rows(consultation.files.select_related("file"), consultation.code),
        "questions": parts.question_rows(consultation.questions.prefetch_related("corrections")),
        "ties": parts.tie_rows(ties, _proposals_behind([tie.program_id for tie in ties])),
        "previous": parts.neighbour_row(previous, moment) if previous and previous.announced_at else None,
        "following": [parts.neighbour_row(row, moment) for row in following],
    }


def _proposals_behind(programs: list[int]) -> list[Link]:
    """The proposals with a public page that these programmes came from."""
    if not programs:
        return []
    shown = Proposal.objects.filter(proposals.with_public_page())
    links = Link.objects.filter(program__in=programs, removed_at=None, proposal__in=shown)
    return list(links.select_related("proposal").order_by("id"))


def version_rows(consultation: Consultation, versions: list[DraftVersion]) -> list[Row]:
    """The published versions, the newest first, each with the way to its text and to what changed in it."""
    older = {row.number: before.number for row, before in pairwise(versions)}
    return [
        {
            "number": row.number,
            "at": row.published_at,
            "note": row.note,
            "is_newest": place == 0,
            "url": reverse("consultations:version", args=[consultation.code, row.number]),
            "changes_url": reverse(
                "consultations:compare", args=[consultation.code, older[row.number], row.number]
            )
            if row.number in older
            else "",
        }
        for place, row in enumerate(versions)
    ]


def _own(consultation: Consultation, request: HttpRequest) -> Row:
    """What a member sees of her own: the submission begun or sent, and for staff the way to the desk."""
    reader = request.user
    if not isinstance(reader, Person):
        return {"own": None, "desk_url": ""}
    on_desk = rights.can(reader, izin.CONSULTATION_READ, consultation.unit)
    return {
        "own": heard.own_submission(consultation, reader),
        "desk_url": reverse("desk_consultations:detail", args=[consultation.code]) if on_desk else "",
    }
