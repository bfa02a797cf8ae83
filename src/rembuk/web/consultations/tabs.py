"""The tabs over the staff pages of one consultation, and the way back from them: the same on every page."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.access.permissions import Permission
from rembuk.accounts.models import Person
from rembuk.consultations.models import Consultation
from rembuk.consultations.states import State

# Name of the page, its word, who opens it, and whether it makes sense before anything was sent.
TABS: tuple[tuple[str, Promise, Permission, bool], ...] = (
    ("detail", gettext_lazy("Overview"), izin.CONSULTATION_READ, True),
    ("text", gettext_lazy("Text of the draft"), izin.CONSULTATION_EDIT, True),
    ("questions", gettext_lazy("Questions"), izin.CONSULTATION_READ, True),
    ("submissions", gettext_lazy("Submissions"), izin.CONSULTATION_READ, False),
    ("matrix", gettext_lazy("Matrix"), izin.CONSULTATION_READ, False),
    ("result", gettext_lazy("Result"), izin.CONSULTATION_PUBLISH, False),
)


def desk_tabs(consultation: Consultation, by: Person, current: str) -> list[dict[str, Any]]:
    """The tabs she may open; those about submissions from the announcement on."""
    is_draft = consultation.state == State.DRAFT
    return [
        {
            "label": label,
            "url": reverse(f"desk_consultations:{name}", args=[consultation.code]),
            "current": name == current,
        }
        for name, label, permission, is_early in TABS
        if (is_early or not is_draft) and rights.can(by, permission, consultation.unit)
    ]


def desk_crumbs(consultation: Consultation | None = None, here: str = "") -> list[dict[str, str]]:
    """The way from the list to a page about a consultation; ``here`` is the page shown."""
    way = [{"label": _("Consultations"), "url": reverse("desk_consultations:list")}]
    if consultation is not None:
        url = reverse("desk_consultations:detail", args=[consultation.code]) if here else ""
        way.append({"label": consultation.code, "url": url})
    return [*way, {"label": here, "url": ""}] if here else way


def desk_frame(consultation: Consultation, by: Person, current: str, title: str) -> dict[str, Any]:
    """What every staff page of one consultation hands to its template: heading, crumbs, tabs, the consultation."""
    return {
        "consultation": consultation,
        "page_title": title,
        "crumbs": desk_crumbs(consultation, "" if current == "detail" else title),
        "desk_tabs": desk_tabs(consultation, by, current),
        "export_url": export_url(consultation, by),
    }


def export_url(consultation: Consultation, by: Person) -> str:
    """Where she takes the matrix with names along, or nothing without the right or before the announcement."""
    if consultation.state == State.DRAFT or not rights.can(by, izin.CONSULTATION_EXPORT, consultation.unit):
        return ""
    return reverse("desk_consultations:export", args=[consultation.code])
