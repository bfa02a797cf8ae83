"""What the pages of a text show: the versions, the parts being mended, publication."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.access import permissions as izin
from rembuk.access import rights
from rembuk.accounts.models import Person
from rembuk.common.errors import NotVisible
from rembuk.consultations.actions.text import WORKING
from rembuk.consultations.choices import Change, ClauseKind
from rembuk.consultations.drafts.parts import Part
from rembuk.consultations.models import Consultation, DraftVersion
from rembuk.consultations.selectors import wording
from rembuk.consultations.text_history import parts_of, stamp_of
from rembuk.web.consultations.drafting.forms import PartForm
from rembuk.web.consultations.tabs import desk_frame

type Row = dict[str, Any]

A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a long text somebody looks: a page, and the part opened there (-1 for none)."""

    page: int = 1
    part: int = -1

    @classmethod
    def asked(cls, query: QueryDict) -> Self:
        """As the address says."""
        return cls(_number(query.get("halaman", ""), 1), _number(query.get("butir", ""), -1))

    def at(self, part: int) -> "Place":
        """The same page with another part opened."""
        return replace(self, part=part)

    def address(self, consultation: Consultation, name: str, part: int) -> str:
        """Where an act leads: back to the place of the part on the page of mending, else to another page."""
        url = address(consultation, name)
        if name != "text_mend":
            return url
        page = part // A_PAGE + 1 if part >= 0 else self.page
        return f"{url}?halaman={page}" + (f"#butir-{part}" if part >= 0 else "")


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else default


def address(consultation: Consultation, name: str) -> str:
    """The address of one of the pages of its text."""
    return reverse(f"desk_consultations:{name}", args=[consultation.code])


def in_work(consultation: Consultation) -> DraftVersion:
    """The version in work.

    Raises:
        NotVisible: when there is none.
    """
    version = wording.version_in_work(consultation)
    if version is None:
        raise NotVisible
    return version


def text_context(consultation: Consultation, by: Person) -> Row:
    """The overview: what is published, what is in work and what it still needs."""
    versions = consultation.versions.annotate(
        count=Count("texts"), doubtful=Count("texts", filter=Q(texts__is_doubtful=True))
    )
    rows = list(versions.order_by("-number"))
    work = next((row for row in rows if row.published_at is None), None)
    return {
        **desk_frame(consultation, by, "text", _("Text of the draft")),
        "may_work": consultation.state in WORKING,
        "has_published": any(row.published_at for row in rows),
        "published": [
            {
                "number": row.number,
                "at": row.published_at,
                "note": row.note,
                "count": row.count,
                "url": reverse("consultations:version", args=[consultation.code, row.number])
                if consultation.announced_at
                else "",
            }
            for row in rows
            if row.published_at is not None
        ],
        "work": _work(consultation, work) if work else None,
        "may_publish": rights.can(by, izin.CONSULTATION_PUBLISH, consultation.unit),
    }


def _work(consultation: Consultation, version: DraftVersion) -> Row:
    is_mending = version.tree is not None
    count = len(version.tree["parts"]) if version.tree is not None else version.count  # type: ignore[attr-defined]
    return {
        "number": version.number,
        "is_mending": is_mending,
        "count_text": ngettext("%(n)s part", "%(n)s parts", count) % {"n": count},
        "doubtful": 0 if is_mending else version.doubtful,  # type: ignore[attr-defined]
        "mend_url": address(consultation, "text_mend"),
        "matches_url": address(consultation, "matches"),
        "publish_url": address(consultation, "text_publish"),
        "discard_url": address(consultation, "text_discard"),
    }


def mend_context(consultation: Consultation, by: Person, place: Place, form: PartForm | None = None) -> Row:
    """The parts of the version in work, a page of them, with the form of the one that is opened."""
    version = in_work(consultation)
    parts = parts_of(version)
    index = place.part if 0 <= place.part < len(parts) else None
    pages = max(1, -(-len(parts) // A_PAGE))
    page = index // A_PAGE + 1 if index is not None else min(max(place.page, 1), pages)
    return {
        **desk_frame(consultation, by, "text", _("Mend version %(number)s") % {"number": version.number}),
        "rows": _rows(parts, (page - 1) * A_PAGE, index),
        "editing": form or (PartForm.of(parts[index]) if index is not None else None),
        "part": index,
        "page": page,
        "pages": page_links(address(consultation, "text_mend"), page, pages),
        "stamp": stamp_of(parts),
        "is_mending": version.tree is not None,
        "left_out": (version.tree or {}).get("left_out", []),
        "kinds": ClauseKind.choices,
        "totals": _totals(parts),
        "can_stop": version.tree is not None and version.texts.exists(),
    }


def page_links(here: str, page: int, pages: int) -> list[Row]:
    """Links to the pages of a long text; none where there is one page."""
    if pages == 1:
        return []
    return [
        {"label": str(n), "url": f"{here}?halaman={n}", "current": n == page} for n in range(1, pages + 1)
    ]


def _rows(parts: Sequence[Part], first: int, editing: int | None) -> list[Row]:
    twice = {
        label
        for label, count in Counter(p.full_label for p in parts if p.label).items()
        if count > 1 and label
    }
    return [
        {
            "index": place,
            "number": place + 1,
            "depth": min(part.depth, 5),
            "kind": _kind(part),
            "label": part.full_label,
            "heading": part.heading if part.heading != part.full_label else "",
            "body": part.body,
            "is_twice": part.full_label in twice,
            "is_editing": place == editing,
        }
        for place, part in enumerate(parts[first : first + A_PAGE], first)
    ]


def _kind(part: Part) -> str:
    """The word of the kind, where the label doesn't say it already."""
    word = str(ClauseKind(part.kind).label)
    return "" if part.full_label.lower().startswith(word.lower()) else word


def _totals(parts: Sequence[Part]) -> list[Row]:
    counts = Counter(part.kind for part in parts)
    return [{"word": kind.label, "count": counts[kind]} for kind in ClauseKind if counts[kind]]


def publish_context(consultation: Consultation, by: Person) -> Row:
    """What publishing the version in work does, and what still bars it."""
    version = in_work(consultation)
    counts = dict(version.texts.values_list("change").annotate(n=Count("pk")).order_by())
    base = wording.published_version(consultation)
    removed = base.texts.exclude(clause__in=version.texts.values("clause")).count() if base else 0
    title = _("Publish version %(number)s") % {"number": version.number}
    changes = [{"word": change.label, "count": counts[change]} for change in Change if counts.get(change)]
    if removed:
        changes.append({"word": _("Removed"), "count": removed})
    return {
        **desk_frame(consultation, by, "text", title),
        "version": version,
        "is_first": base is None,
        "is_draft": consultation.announced_at is None,
        "changes": changes,
        "is_mending": version.tree is not None,
        "doubtful": version.texts.filter(is_doubtful=True).count(),
        "back_url": address(consultation, "text"),
    }


def discard_context(consultation: Consultation, by: Person, version: DraftVersion) -> Row:
    """The one question before a version in work is given up."""
    title = _("Discard version %(number)s") % {"number": version.number}
    return {
        **desk_frame(consultation, by, "text", title),
        "confirm": {
            "title": _("Discard the version in work?"),
            "text": _(
                "Its text, what was mended and the confirmed matches are lost. Published versions stay."
            ),
            "action_url": address(consultation, "text_discard"),
            "cancel_url": address(consultation, "text"),
            "label": _("Discard"),
            "tone": "bad",
        },
    }
