"""One's own downloads as the pages show them."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.exports import selectors
from rembuk.exports.models import Export
from rembuk.exports.sources import known
from rembuk.exports.states import UNFINISHED, Problem, State
from rembuk.web.components.formats import file_size, number, short_moment
from rembuk.web.components.html.tags import tag
from rembuk.web.components.picks import picked_link
from rembuk.web.exports.filters import ExportFilter
from rembuk.web.lists import active_filters, address, pager
from rembuk.web.paging import page_of

PAGE = 30
TONES: Final[dict[str, tuple[str, str]]] = {
    State.QUEUED: ("mute", "clock"),
    State.RUNNING: ("info", "clock"),
    State.READY: ("ok", "check"),
    State.FAILED: ("bad", "alert"),
    State.CANCELLED: ("mute", "close"),
    State.EXPIRED: ("mute", "close"),
}

type Row = dict[str, Any]


def label_of(export: Export) -> str:
    """What an export is of."""
    source = known(export.kind)
    return str(source.label) if source else export.kind


def list_context(request: HttpRequest, by: Person) -> Row:
    """Her exports, newest first."""
    form, mine = ExportFilter(request.GET), selectors.of(by)
    page = page_of(form.found(mine), order=("-id",), after=request.GET.get("after"), size=PAGE)
    return {
        "form": form,
        "q": request.GET.get("q", ""),
        "active": active_filters(request, form),
        "reset_url": address(request, **dict.fromkeys(form.fields)),
        "table": _table(page.items),
        "is_moving": any(export.state in UNFINISHED for export in page.items),
        "here": request.get_full_path(),
        "bulk": {
            "action_url": reverse("desk_exports:many"),
            "actions": [{"name": "act", "value": "hapus", "label": _("Remove"), "tone": "bad"}],
        },
        **pager(request, page.next_token),
    }


def _table(exports: list[Export]) -> Row:
    labels = (_("File"), _("Filters"), _("State"), _("Rows"), _("Asked for"), _("Kept until"))
    return {
        "caption": _("My downloads"),
        "caption_hidden": True,
        "columns": [{"label": label, "kind": "num" if label == _("Rows") else ""} for label in labels],
        "rows": [_row(export) for export in exports],
    }


def _row(export: Export) -> list[Any]:
    url = reverse("desk_exports:export", args=[export.public_id])
    name = f"{label_of(export)} ({export.form.upper()})"
    return [
        picked_link(export.public_id, name, url),
        export.words or _("No filter"),
        state_cell(export),
        rows_words(export),
        short_moment(export.asked_at),
        short_moment(export.expires_at) if export.state == State.READY else "–",
    ]


def state_cell(export: Export) -> SafeString:
    """The state with the way to the file; while it is being made with how far it is, asking again every few seconds."""
    tone, icon = TONES[export.state]
    word = tag(str(State(export.state).label), tone, icon)
    if export.state in UNFINISHED:
        url = reverse("desk_exports:export", args=[export.public_id]) + "?ringkas=1"
        moving = '<div hx-get="{}" hx-trigger="every 3s" hx-swap="outerHTML">{} {}</div>'
        return format_html(moving, url, word, bar(export) if export.state == State.RUNNING else "")
    if export.state == State.READY:
        url = reverse("desk_exports:file", args=[export.public_id])
        return format_html('{} <a href="{}">{}</a>', word, url, _("Download"))
    return word


def bar(export: Export) -> SafeString:
    """How far it is; a bar that only moves where nobody knows how long it takes."""
    if export.percent is None:
        return format_html('<progress aria-label="{}"></progress>', _("Progress"))
    return format_html(
        '<progress max="100" value="{}" aria-label="{}">{}%</progress>',
        export.percent,
        _("Progress"),
        export.percent,
    )


def rows_words(export: Export) -> str:
    """So many rows, of so many while it is being made."""
    if export.state == State.RUNNING and export.rows_expected:
        done, all_of_them = number(min(export.rows_done, export.rows_expected)), number(export.rows_expected)
        return _("%(done)s of %(all)s") % {"done": done, "all": all_of_them}
    return number(export.rows_done) if export.made_at else "–"


def detail_context(export: Export) -> Row:
    """One export with everything that is known of it, and what can be done now."""
    args = [export.public_id]
    is_unfinished, is_ready = export.state in UNFINISHED, export.state == State.READY
    return {
        "export": export,
        "facts": facts_of(export),
        "bar": bar(export),
        "is_moving": is_unfinished,
        "problem": Problem(export.problem).label if export.problem else "",
        "file_url": reverse("desk_exports:file", args=args) if is_ready else "",
        "cancel_url": reverse("desk_exports:cancel", args=args) if is_unfinished else "",
        "discard_url": "" if is_unfinished else reverse("desk_exports:discard", args=args),
    }


def facts_of(export: Export) -> list[Row]:
    """Its facts; those without a value are left out by the component."""
    of_when = short_moment(export.read_at) if export.read_at else ""
    tone, icon = TONES[export.state]
    return [
        {"term": _("State"), "value": tag(str(State(export.state).label), tone, icon)},
        {"term": _("What it is of"), "value": label_of(export)},
        {"term": _("Filters"), "value": export.words or _("No filter")},
        {"term": _("Rows"), "value": rows_words(export)},
        {"term": _("Size"), "value": file_size(export.size) if export.size else ""},
        {"term": _("Asked for"), "value": short_moment(export.asked_at)},
        {"term": _("As of"), "value": of_when},
        {"term": _("Ready since"), "value": short_moment(export.made_at) if export.made_at else ""},
        {"term": _("Last downloaded"), "value": short_moment(export.taken_at) if export.taken_at else ""},
        {"term": _("Kept until"), "value": short_moment(export.expires_at) if export.expires_at else ""},
    ]
