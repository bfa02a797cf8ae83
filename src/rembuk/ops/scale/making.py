"""What the makers of proposals, programmes and consultations share: chance, the site, and rows not written yet."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connections, models
from psycopg import sql

from rembuk.common.search import words_of
from rembuk.engagement.models import Subject
from rembuk.ops.scale import trail
from rembuk.ops.scale.drawing import Draw
from rembuk.ops.scale.people import Site
from rembuk.ops.scale.rows import OWNER, Loader, columns_of
from rembuk.ops.scale.trail import Office

# As ``common.search.vector`` has it.
_VECTOR = """
    setweight(to_tsvector('indonesian', words.title), 'A')
    || setweight(to_tsvector('simple', words.title || ' ' || words.names), 'A')
    || setweight(to_tsvector('indonesian', words.body), 'C')
"""

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
        _with_search(self.loader, searched, self.rows[searched], self.words)
        for model in order:
            self.loader.copy(model, self.rows.get(model, ()))
        trail.write(self.loader, self.deeds)


def _with_search(
    loader: Loader,
    model: type[models.Model],
    rows: Sequence[Mapping[str, Any]],
    words: Mapping[int, tuple[str, str, str]],
) -> None:
    """By COPY into a table beside, from there with the vector made by PostgreSQL.

    ``words`` holds title, names of places and text by the number of the row.
    """
    table = model._meta.db_table
    columns = [name for name in columns_of(model) if name != "search"]
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE scale_rows (LIKE {} INCLUDING DEFAULTS)").format(sql.Identifier(table))
        )
        cursor.execute("CREATE TEMP TABLE scale_words (id bigint, title text, names text, body text)")
        loader.copy(model, rows, into="scale_rows")
        loader.copy_values(
            "scale_words",
            ["id", "title", "names", "body"],
            ([number, *(" ".join(words_of(text)) for text in texts)] for number, texts in words.items()),
        )
        names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
        given = sql.SQL(", ").join(sql.Identifier("staged", column) for column in columns)
        cursor.execute(
            sql.SQL(
                "INSERT INTO {} ({}, search) SELECT {}, {} FROM scale_rows staged JOIN scale_words words USING (id)"
            ).format(sql.Identifier(table), names, given, sql.SQL(_VECTOR))
        )
        loader.note(table, cursor.rowcount)
        cursor.execute("DROP TABLE scale_rows, scale_words")
