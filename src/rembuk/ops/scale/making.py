"""What the makers of proposals, programmes and consultations share: chance, the site, and rows not written yet."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from rembuk.engagement.models import Subject
from rembuk.ops.scale import trail
from rembuk.ops.scale.drawing import Draw
from rembuk.ops.scale.people import Site
from rembuk.ops.scale.rows import Loader
from rembuk.ops.scale.trail import Office
from rembuk.ops.scale.words import with_search

type Row = dict[str, Any]


@dataclass(slots=True)
class Making:
    """Rows of one chunk by model, their words for the search, and the deeds behind them."""

    loader: Loader
    draw: Draw
    site: Site
    rows: dict[type[models.Model], list[Row]] = field(default_factory=dict)
    words: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    deeds: list[trail.Deed] = field(default_factory=list)

    def add(self, model: type[models.Model], **row: Any) -> int:
        """Take up a row; returns its number, a new one unless it is given."""
        number = int(row.pop("id", 0)) or self.loader.number(model)
        self.rows.setdefault(model, []).append({"id": number, **row})
        return number

    def subject(
        self, kind: str, code: str, title: str, path: str, office: Office, at: datetime, **more: Any
    ) -> int:
        """Take up a subject, visible unless ``more`` says otherwise."""
        given = {"is_visible": True, "comments_open": True, **more}
        return self.add(
            Subject,
            kind=kind,
            code=code,
            title=title[:300],
            path=path,
            unit_id=office.unit.pk,
            created_at=at,
            **given,
        )

    def public_id(self) -> uuid.UUID:
        """A public id by chance that is the same each time."""
        return uuid.UUID(int=self.draw.getrandbits(128), version=4)

    def write(self, searched: type[models.Model], order: Sequence[type[models.Model]]) -> None:
        """Write subjects, the rows with a search vector, and the others in an order that their keys allow."""
        self.loader.copy(Subject, self.rows[Subject])
        with_search(self.loader, searched, self.rows[searched], self.words)
        for model in order:
            self.loader.copy(model, self.rows.get(model, ()))
        trail.write(self.loader, self.deeds)
