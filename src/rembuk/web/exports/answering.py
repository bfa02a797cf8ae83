"""The answer to somebody who asks for rows as a file: the file itself where it is small, else one in the making."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rembuk.common.errors import require
from rembuk.exports import rules
from rembuk.exports.actions.asking import ask
from rembuk.exports.sources import Given, Opened, Source
from rembuk.exports.states import Form
from rembuk.web.answers import see_other
from rembuk.web.guards import PersonRequest
from rembuk.web.sheets.files import dated
from rembuk.web.sheets.workbook import XLSX

TYPES: Mapping[str, str] = {Form.XLSX: XLSX, Form.CSV: "text/csv; charset=utf-8"}


def given_of(request: HttpRequest, **choices: Sequence[str]) -> Given:
    """The filters of an address as they are kept, with what a form adds."""
    kept = {name: values for name, values in request.GET.lists() if any(values)}
    return {**kept, **{name: list(values) for name, values in choices.items()}}


def deliver(request: PersonRequest, source: Source, given: Given, form: str) -> HttpResponseBase:
    """The file of up to five thousand rows at once; of more, the page that shows how far it is.

    Raises:
        Denied, NotVisible: where the rows are out of reach.
        WrongState: when the person has as many files as she may.
    """
    opened = source.opened(request.user, given)
    require(rules.may_take(request.user, opened.reach))
    if opened.is_small():
        opened.note(form, opened.count())
        return at_once(opened, form)
    made = ask(source, given, form=form, by=request.user, language=get_language() or "id")
    words = _("The file is being made. You are told when it is ready; you can leave this page.")
    return see_other(request, reverse("desk_exports:export", args=[made.public_id]), words)


def at_once(opened: Opened, form: str) -> FileResponse:
    """The file of a small export, written now; nothing of it stays on disk while a slow line takes it."""
    with NamedTemporaryFile(suffix=f".{form}") as file:
        opened.write(Path(file.name), form, lambda _done: None)
        content = BytesIO(Path(file.name).read_bytes())
    return FileResponse(
        content, as_attachment=True, filename=dated(opened.stem, form), content_type=TYPES[form]
    )
