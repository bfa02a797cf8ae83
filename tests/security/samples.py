"""Answers that a form needs and that nobody can guess from its fields: a work unit is written, not chosen from a list."""

import re
from typing import Any

from tests.security.world import World

_NOBODY_ELSE = {"other_1": "", "other_2": "", "other_3": ""}


def _rows(made: World) -> tuple[tuple[str, dict[str, Any]], ...]:
    return (
        (r"kelola/usulan/.*/(ubah-)?disposisi/", _NOBODY_ELSE),
        (r"kelola/satuan-kerja/sekaligus/", {"aksi": "jenis", "selected": made.place.works.code}),
        (
            r"kelola/pengguna/pilihan/",
            {"step": "tangguhkan", "selected": str(made.layers.official.public_id)},
        ),
        (r"kelola/kategori/massal/", {"act": "nonaktif", "selected": made.place.category.slug}),
        (r"kelola/usulan/.*/duplikat/", {"of": made.published.code}),
    )


def better(made: World, route: str, data: dict[str, Any]) -> dict[str, Any]:
    """The data of a form with the answers of this list."""
    more = [answers for pattern, answers in _rows(made) if re.match(pattern, route)]
    return {**data, **(more[0] if more else {})}
