"""A closed consultation whose rows say like and unlike things."""

from rembuk.consultations.actions.rows import make_rows
from rembuk.consultations.models import MatrixRow
from tests import consultation_scenes as consultations
from tests import matrix_scenes, people, scenes

# 0 and 1 are alike, 2 and 3 are; 4 is the contrary of 2, 5 is about something else.
TEXTS = (
    "Pedagang kaki lima jangan digusur sebelum ada tempat relokasi.",
    "PKL jgn diusir kalau blm ada lokasi pengganti.",
    "Retribusi pasar jangan dinaikkan lagi.",
    "Tolak kenaikan retribusi pasar.",
    "Retribusi pasar sebaiknya dinaikkan.",
    "Puskesmas tutup terlalu cepat.",
)


def like_matrix(*texts: str, at: object = matrix_scenes.AT) -> matrix_scenes.Matrix:
    """One row for each text, in order."""
    place = scenes.regency()
    made = consultations.closed(place, at=at)  # type: ignore[arg-type]
    for text in texts or TEXTS:
        consultations.sent(made, content=consultations.content(reason=text), at=at)  # type: ignore[arg-type]
    make_rows(made, at=at or made.created_at)  # type: ignore[arg-type]
    manager = people.staff("consultation-manager", place.works, "Dewi Anggraini")
    found = matrix_scenes.Matrix(place, made, [], manager)
    found.rows.extend(made.rows.select_related("submission", "consultation__unit").order_by("id"))
    return found


def groups(found: matrix_scenes.Matrix) -> list[set[int]]:
    """Which rows stand together, by their places in ``TEXTS``."""
    places = {row.pk: place for place, row in enumerate(found.rows)}
    together: dict[int, set[int]] = {}
    for row in MatrixRow.objects.filter(consultation=found.consultation).exclude(group=None):
        together.setdefault(row.group_id, set()).add(places[row.pk])  # type: ignore[arg-type]
    return sorted(together.values(), key=min)
