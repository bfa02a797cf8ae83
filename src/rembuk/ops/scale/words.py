"""Rows with a search vector: by COPY into a table beside, from there with the vector made by PostgreSQL."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connections, models
from psycopg import sql

from rembuk.common.search import words_of
from rembuk.ops.scale.rows import OWNER, Loader, columns_of

# As ``common.search.vector`` has it.
_VECTOR = """
    setweight(to_tsvector('indonesian', words.title), 'A')
    || setweight(to_tsvector('simple', words.title || ' ' || words.names), 'A')
    || setweight(to_tsvector('indonesian', words.body), 'C')
"""


def with_search(
    loader: Loader,
    model: type[models.Model],
    rows: Sequence[Mapping[str, Any]],
    words: Mapping[int, tuple[str, str, str]],
) -> None:
    """Write rows; ``words`` holds title, names of places and text by the number of the row."""
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
