"""News as the public page shows it: pictures before and after side by side, open documents."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from rembuk.programs.choices import Moment
from rembuk.programs.models import Document, Update, UpdatePicture
from rembuk.web.components.pictures import picture_row
from rembuk.web.programs import parts

type Row = dict[str, Any]


def with_pictures(updates: QuerySet[Update]) -> QuerySet[Update]:
    """The same updates with what a page shows of them, in one more query."""
    return updates.select_related("phase", "office").prefetch_related("pictures__file")


def update_rows(updates: Iterable[Update], documents: Iterable[Document], code: str) -> list[Row]:
    """News with their pictures (all, in pairs, and the rest) and those of these documents that belong to each."""
    of_update: dict[int, list[Document]] = defaultdict(list)
    for document in documents:
        if document.update_id is not None:
            of_update[document.update_id].insert(0, document)
    return [_row(update, of_update[update.pk], code) for update in updates]


def _row(update: Update, documents: list[Document], code: str) -> Row:
    pictures = list(update.pictures.all())
    shown = {picture.pk: _picture(picture, code) for picture in pictures}
    pairs = [(before, after) for before, after in paired(pictures) if before and after]
    in_pairs = {picture.pk for pair in pairs for picture in pair}
    return {
        "anchor": f"kabar-{update.public_id}",
        "title": update.title,
        "at": update.at,
        "office": update.office.name,
        "phase": parts.phase_name(update.phase.kind),
        "html": update.html,
        "pictures": list(shown.values()),
        "pairs": [(shown[before.pk], shown[after.pk]) for before, after in pairs],
        "loose": [shown[picture.pk] for picture in pictures if picture.pk not in in_pairs],
        "documents": parts.document_rows(documents, "programs:document", code),
    }


def paired(
    pictures: Iterable[UpdatePicture],
) -> list[tuple[UpdatePicture | None, UpdatePicture | None]]:
    """The first picture from before beside the first from after, and so on; what has no partner stands alone."""
    rows = list(pictures)
    before = [row for row in rows if row.moment == Moment.BEFORE]
    after = [row for row in rows if row.moment == Moment.AFTER]
    return list(zip_longest(before, after))


def _picture(picture: UpdatePicture, code: str) -> Row:
    url = reverse("programs:picture", args=[code, picture.file.public_id])
    row = picture_row(picture.file, picture.alternative, url)
    return {**row, "moment": Moment(picture.moment).label if picture.moment else ""}
