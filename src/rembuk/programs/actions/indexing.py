"""Keeping the words a programme is found by. Documents are not among them, so excluded ones can't leak."""

from django.db import connection

from rembuk.programs.models import Program

_REFRESH = """
    UPDATE programs_program p SET search =
        setweight(to_tsvector('simple', concat_ws(' ', p.code, p.title, p.place, r.name)), 'A')
        || setweight(to_tsvector('indonesian', concat_ws(' ', p.title, c.name, c.name_en)), 'A')
        || setweight(to_tsvector('indonesian', concat_ws(' ', p.summary, p.place, r.name)), 'B')
        || setweight(to_tsvector('indonesian', p.body), 'C')
    FROM programs_program q
    LEFT JOIN taxonomy_category c ON c.id = q.category_id
    LEFT JOIN regions_region r ON r.code = q.region_id
    WHERE q.id = p.id AND p.id = %s
"""


def refresh_search(program: Program) -> None:
    """Write the search vector anew from code, title, summary, text, category and place."""
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH, [program.pk])
